//! Owns what the reader can do, and how each act is taken back; never decides what a post is.

use super::Session;
use super::contract::{AuthorAction, Command, Correction, HideMode, Slot};
use super::events::Touched;
use super::judge::{Judging, judged};
use super::prefs::{AuthorId, Placed, PostId, Say};
use super::slots::lasting_id;
use crate::brand::normal_handle;
use crate::classify::personal::lesson;
use crate::intent::Intent;
use crate::post::PostKey;

/// Acts that can be taken back, one after the other.
const UNDO_STEPS: usize = 20;

/// How to take back one act.
#[derive(Debug)]
pub(super) enum Undo {
    /// What was said about the author before.
    Say(AuthorId, Say),
    /// What the post was corrected to before.
    Correction(PostId, Placed),
    /// Posts that were revealed.
    Revealed(Vec<PostId>),
    /// *Show all on this page.*
    ShownAll,
}

impl<J: Judging> Session<J> {
    /// Reveals a post and every fold for which its line stands.
    pub(super) fn show(&mut self, slot: Slot) -> Touched {
        let mut shown = vec![slot];
        let lines = |slot: &Slot| self.slots.get(slot).and_then(|holder| holder.hide.as_ref());
        if lines(&slot).is_some_and(|(_, merged)| *merged > 1)
            && let Some(at) = self.order.iter().position(|other| *other == slot)
        {
            let is_merged = |slot: &&Slot| {
                lines(slot).is_some_and(|(reason, merged)| reason.mode == HideMode::Fold && *merged == 0)
            };
            shown.extend(self.order.iter().skip(at + 1).take_while(is_merged));
        }
        let posts: Vec<PostId> = shown
            .iter()
            .filter_map(|slot| self.slots.get(slot)?.held.as_ref())
            .map(|held| lasting_id(&held.key))
            .collect();
        self.reveal(posts)
    }

    /// Reveals a post of the hidden list.
    pub(super) fn restore(&mut self, key: &PostKey) -> Touched {
        self.memory.unlist_hidden(key);
        self.reveal(vec![lasting_id(key)])
    }

    fn reveal(&mut self, posts: Vec<PostId>) -> Touched {
        if posts.is_empty() {
            return Touched::Nothing;
        }
        for post in &posts {
            self.memory.revealed.insert(post.clone(), ());
        }
        self.remember(Undo::Revealed(posts));
        Touched::All
    }

    /// Shows everything on this page until the next address.
    pub(super) fn show_all(&mut self, out: &mut Vec<Command>) -> Touched {
        if self.page.is_showing_all {
            return Touched::Nothing;
        }
        self.page.is_showing_all = true;
        self.remember(Undo::ShownAll);
        out.push(Command::Toast("toast_shown_all", String::new()));
        Touched::All
    }

    /// Corrects a post, or takes the correction back.
    pub(super) fn correct(&mut self, slot: Slot, intent: Option<Intent>, out: &mut Vec<Command>) -> Touched {
        let Some(held) = self.slots.get(&slot).and_then(|holder| holder.held.as_ref()) else { return Touched::Nothing };
        let (id, name) = (lasting_id(&held.key), held.post.author.name.clone());
        if self.prefs.correction(&id) == intent {
            return Touched::Nothing;
        }
        let correction = intent.map(|intent| {
            // What has no stance teaches nothing.
            let lesson = if intent.stance().is_some() { lesson(judged(&held.post.text)) } else { String::new() };
            Correction { room: id.0, id: id.1.clone(), intent, lesson }
        });
        let before = self.prefs.correct(&id, (usize::MAX, correction));
        self.remember(Undo::Correction(id, before));
        self.forget_verdicts();
        let toast = if intent.is_some() { "toast_corrected" } else { "toast_correction_back" };
        self.saved(toast, name, out);
        self.allow(|_| true);
        Touched::All
    }

    /// Does what the dialog asks about the slot's author.
    pub(super) fn author_action(&mut self, slot: Slot, action: AuthorAction, out: &mut Vec<Command>) -> Touched {
        let Some(held) = self.slots.get(&slot).and_then(|holder| holder.held.as_ref()) else { return Touched::Nothing };
        let (author, name) = (held.author.clone(), held.post.author.name.clone());
        self.say(author, action, name, out)
    }

    /// Takes the user's word of the popup.
    pub(super) fn is_brand(&mut self, handle: &str, brand: bool, out: &mut Vec<Command>) -> Touched {
        let author = (self.page.room, normal_handle(handle));
        self.say(author, AuthorAction::IsBrand(brand), handle.to_owned(), out)
    }

    fn say(&mut self, author: AuthorId, action: AuthorAction, name: String, out: &mut Vec<Command>) -> Touched {
        let say = self.prefs.after(&author, action);
        if author.1.is_empty() || self.prefs.say(&author) == Some(&say) {
            return Touched::Nothing;
        }
        let before = self.prefs.set(&author, say);
        self.remember(Undo::Say(author.clone(), before));
        let toast = match action {
            AuthorAction::HideAdverts(true) => "toast_hide_on",
            AuthorAction::HideAdverts(false) => "toast_hide_off",
            AuthorAction::NeverHide(true) => "toast_never_on",
            AuthorAction::NeverHide(false) => "toast_never_off",
            AuthorAction::Watch(true) => "toast_watch_on",
            AuthorAction::Watch(false) => "toast_watch_off",
            AuthorAction::IsBrand(true) => "toast_brand_yes",
            AuthorAction::IsBrand(false) => "toast_brand_no",
        };
        self.saved(toast, name, out);
        self.allow(|holder| holder.held.as_ref().is_some_and(|held| held.author == author));
        Touched::Author(author)
    }

    /// Takes back the last act that was not taken back yet.
    pub(super) fn undo_last(&mut self, out: &mut Vec<Command>) -> Touched {
        let Some(step) = self.undo.pop() else { return Touched::Nothing };
        match step {
            Undo::Say(author, before) => {
                self.prefs.set(&author, before);
                out.push(Command::Save(Box::new(self.prefs.settings().clone())));
            }
            Undo::Correction(post, before) => {
                self.prefs.correct(&post, before);
                self.forget_verdicts();
                out.push(Command::Save(Box::new(self.prefs.settings().clone())));
            }
            Undo::Revealed(posts) => posts.iter().for_each(|post| self.memory.revealed.remove(post)),
            Undo::ShownAll => self.page.is_showing_all = false,
        }
        self.allow(|_| true);
        Touched::All
    }

    /// Forgets the acts that concern the page that is left.
    pub(super) fn forget_page_undo(&mut self) {
        self.undo.retain(|step| !matches!(step, Undo::ShownAll));
    }

    fn saved(&self, toast: &'static str, name: String, out: &mut Vec<Command>) {
        out.push(Command::Save(Box::new(self.prefs.settings().clone())));
        out.push(Command::Toast(toast, name));
    }

    fn remember(&mut self, step: Undo) {
        self.undo.push(step);
        if self.undo.len() > UNDO_STEPS {
            self.undo.remove(0);
        }
    }
}
