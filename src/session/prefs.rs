//! Owns the settings, their index by author, their edits and the inverse of each edit; never stores them.

use super::contract::{AuthorAction, BrandRule, Correction, HideMode, Kind, Settings};
use crate::brand::normal_handle;
use crate::classify::Lessons;
use crate::intent::Intent;
use crate::post::Room;
use crate::sorted::Map;

/// An author within a room, as rules name one: see [`crate::brand::author_id`].
pub(super) type AuthorId = (Room, String);

/// A post within a room, as corrections name one.
pub(super) type PostId = (Room, String);

/// The user's say about one author.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Say {
    /// The author's rule.
    pub(super) rule: Option<BrandRule>,
    /// Never hidden.
    pub(super) never_hide: bool,
    /// Watched.
    pub(super) watched: bool,
    /// The user's word on whether this is a brand.
    pub(super) brand: Option<bool>,
}

impl Say {
    /// The user's word, spoken or shown: who is watched or has a rule is treated as a brand.
    pub(super) fn is_brand(&self) -> Option<bool> {
        self.brand.or((self.watched || self.rule.is_some()).then_some(true))
    }

    /// Whether *Hide adverts by this brand* is on.
    pub(super) fn hides_adverts(&self) -> bool {
        self.rule
            .as_ref()
            .is_some_and(|rule| rule.hide.iter().any(|row| row.0 == Kind::Advert && row.1 != HideMode::Off))
    }
}

/// Corrections that keep their lesson, the newest: twice as many as count, so that taking some back finds others.
const KEPT_LESSONS: usize = 2 * crate::classify::personal::LESSONS;

/// A correction, or none, and its place in the list.
pub(super) type Placed = (usize, Option<Correction>);

/// The settings and their index.
#[derive(Debug)]
pub(super) struct Prefs {
    settings: Settings,
    says: Map<AuthorId, Say>,
    corrections: Map<PostId, Intent>,
    /// What the corrections teach.
    pub(super) lessons: Lessons,
}

impl Prefs {
    pub(super) fn new(settings: Settings) -> Self {
        let mut prefs = Self { settings, says: Map::new(), corrections: Map::new(), lessons: Lessons::default() };
        prefs.index();
        prefs
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn say(&self, author: &AuthorId) -> Option<&Say> {
        self.says.get(author)
    }

    pub(super) fn correction(&self, post: &PostId) -> Option<Intent> {
        self.corrections.get(post).copied()
    }

    /// Sets a post's correction at this place of the list (at the end when that is shorter), or takes it back. The former
    /// correction and its place are returned: setting them again undoes this exactly.
    pub(super) fn correct(&mut self, post: &PostId, (place, correction): Placed) -> Placed {
        let rows = &mut self.settings.corrections;
        let at = rows.iter().position(|row| (row.room, &row.id) == (post.0, &post.1));
        let before = at.map(|at| rows.remove(at));
        if let Some(correction) = correction {
            rows.insert(place.min(rows.len()), correction);
        }
        let old = rows.len().saturating_sub(KEPT_LESSONS);
        rows.iter_mut().take(old).for_each(|row| row.lesson.clear());
        self.learn();
        (at.unwrap_or(usize::MAX), before)
    }

    fn learn(&mut self) {
        self.corrections.clear();
        for Correction { room, id, intent, .. } in &self.settings.corrections {
            self.corrections.insert((*room, id.clone()), *intent);
        }
        let rows: Vec<(Intent, &str)> =
            self.settings.corrections.iter().map(|row| (row.intent, row.lesson.as_str())).collect();
        self.lessons = Lessons::of(&rows);
    }

    /// Replaces what is said about an author; the former word is returned.
    pub(super) fn set(&mut self, author: &AuthorId, say: Say) -> Say {
        let (room, handle) = (author.0, author.1.as_str());
        let same = |other: Room, name: &str| other == room && normal_handle(name) == handle;
        let s = &mut self.settings;
        s.rules.retain(|rule| !same(rule.room, &rule.handle));
        s.never_hide.retain(|row| !same(row.0, &row.1));
        s.watched.retain(|row| !same(row.0, &row.1));
        s.brands.retain(|row| !same(row.0, &row.1));
        s.rules.extend(say.rule.clone());
        s.never_hide.extend(say.never_hide.then(|| author.clone()));
        s.watched.extend(say.watched.then(|| author.clone()));
        s.brands.extend(say.brand.map(|brand| (room, author.1.clone(), brand)));
        self.says.insert(author.clone(), say).unwrap_or_default()
    }

    /// What is said about an author after this action. *Hide adverts* and *Never hide* exclude each other.
    pub(super) fn after(&self, author: &AuthorId, action: AuthorAction) -> Say {
        let mut say = self.say(author).cloned().unwrap_or_default();
        match action {
            AuthorAction::HideAdverts(on) => {
                let mode = if self.settings.adverts == HideMode::Off { HideMode::Fold } else { self.settings.adverts };
                say.rule = without_adverts(say.rule);
                if on {
                    say.never_hide = false;
                    let new = || BrandRule { room: author.0, handle: author.1.clone(), hide: Vec::new() };
                    say.rule.get_or_insert_with(new).hide.push((Kind::Advert, mode));
                }
            }
            AuthorAction::NeverHide(on) => {
                say.never_hide = on;
                if on {
                    say.rule = without_adverts(say.rule);
                }
            }
            AuthorAction::Watch(on) => say.watched = on,
            AuthorAction::IsBrand(brand) => say.brand = Some(brand),
        }
        say
    }

    fn index(&mut self) {
        self.learn();
        let Self { settings, says, .. } = self;
        let mut entry = |room: Room, handle: &str, change: &dyn Fn(&mut Say)| {
            change(says.get_or_insert_with((room, normal_handle(handle)), Say::default));
        };
        for rule in &settings.rules {
            entry(rule.room, &rule.handle, &|say| match &mut say.rule {
                Some(earlier) => earlier.hide.extend(rule.hide.iter().copied()),
                None => say.rule = Some(rule.clone()),
            });
        }
        for (room, handle) in &settings.never_hide {
            entry(*room, handle, &|say| say.never_hide = true);
        }
        for (room, handle) in &settings.watched {
            entry(*room, handle, &|say| say.watched = true);
        }
        for (room, handle, brand) in &settings.brands {
            entry(*room, handle, &|say| say.brand = Some(*brand));
        }
    }
}

fn without_adverts(rule: Option<BrandRule>) -> Option<BrandRule> {
    let mut rule = rule?;
    rule.hide.retain(|row| row.0 != Kind::Advert);
    (!rule.hide.is_empty()).then_some(rule)
}
