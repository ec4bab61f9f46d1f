//! Owns which posts are judged, how many in one turn, and what follows for badge and rules; never hides a slot itself.

use std::collections::VecDeque;
use std::rc::Rc;

use super::Session;
use super::contract::{Badge, Command, HideReason, Observation, Place, Slot, Whose};
use super::decide::Standing;
use super::events::Touched;
use super::memory::Counted;
use super::prefs::{AuthorId, Say};
use super::slots::{Held, Holder, lasting_id};
use crate::brand::{Known, Likelihood};
use crate::classify::{Input, Lessons, Reasons, Verdict};
use crate::intent::Stance;
use crate::ledger::{Tally, majority};
use crate::post::{AdSource, Room};
use crate::sorted::{Set, sort_by_rank};

/// Text judged in one turn, in bytes. At the 0.1 µs a byte that the specification allows the judge this is 5 ms, and a burst of
/// 500 posts of 200 bytes needs three turns.
const BYTES_A_TURN: i64 = 49_152;
/// What a post costs besides its text (features, observation, badge), in bytes of text.
const BYTES_A_POST: i64 = 64;
/// Longer texts are judged by their beginning, in bytes; LinkedIn allows 3,000 characters, Mastodon 500, X 280 to the many.
const JUDGED_BYTES: usize = 16_384;

/// One slice of work, between two frames.
#[derive(Debug)]
pub(super) struct Turn {
    /// Counts the frames.
    pub(super) number: u32,
    /// Bytes of text that may still be judged.
    left: i64,
    /// Whether [`Command::WantFrame`] was sent since the last frame.
    asked: bool,
    /// The turn in which a post last arrived.
    last_arrival: u32,
}

impl Default for Turn {
    fn default() -> Self {
        Self { number: TURNS_FRESH, left: BYTES_A_TURN, asked: false, last_arrival: 0 }
    }
}

/// A post counts as unpainted in the turn of its arrival and in the next: a frame's callback runs before that frame is painted.
const TURNS_FRESH: u32 = 2;

impl Turn {
    /// A new frame: a new slice.
    pub(super) fn next(&mut self) {
        *self = Self { number: self.number.wrapping_add(1), left: BYTES_A_TURN, asked: false, ..*self };
    }

    /// Notes that a post arrived; gives the turn.
    pub(super) fn arrival(&mut self) -> u32 {
        self.last_arrival = self.number;
        self.number
    }

    /// Whether a post that arrived in that turn may be unpainted still.
    pub(super) fn is_fresh(&self, arrived: u32) -> bool {
        self.number.wrapping_sub(arrived) < TURNS_FRESH
    }

    /// Takes the cost of a text from what is left; false when nothing is left. The last one may overdraw, so any text gets its turn.
    fn take(&mut self, bytes: usize) -> bool {
        let may = self.left > 0;
        if may {
            self.left -= BYTES_A_POST + i64::try_from(bytes).unwrap_or(i64::MAX / 2);
        }
        may
    }
}

/// Judges a post's words; any function over [`Input`] does.
pub trait Judging {
    /// The verdict; the same for the same input.
    fn judge(&self, input: &Input<'_>) -> Verdict;

    /// The verdict, shifted by what the user's corrections taught; a judge that cannot learn gives the same as without.
    fn judge_with(&self, input: &Input<'_>, _lessons: &Lessons) -> Verdict {
        self.judge(input)
    }

    /// The words behind that verdict; a judge that has none gives none.
    fn reasons(&self, _input: &Input<'_>, _lessons: &Lessons) -> Reasons {
        Reasons::default()
    }
}

impl<F: Fn(&Input<'_>) -> Verdict> Judging for F {
    fn judge(&self, input: &Input<'_>) -> Verdict {
        self(input)
    }
}

impl<J: Judging> Session<J> {
    /// Judges the touched slots again, in view first, and tells of their badges.
    pub(super) fn judge_touched(&mut self, touched: &Touched, out: &mut Vec<Command>) {
        let mut queue: VecDeque<Slot> = match touched {
            Touched::Nothing => return,
            Touched::One(slot) => VecDeque::from([*slot]),
            Touched::Pending => self.by_urgency(self.pending.iter().copied()),
            Touched::Author(author) => self.of_author(author),
            Touched::All => self.by_urgency(self.slots.keys().copied()),
        };
        // Each author once: two places that show one post with other words would call each other up for ever.
        let mut called_up = Set::new();
        while let Some(slot) = queue.pop_front() {
            if let Some(author) = self.judge_slot(slot, out)
                && called_up.insert(author.clone())
            {
                queue.extend(self.of_author(&author));
            }
        }
    }

    fn by_urgency(&self, slots: impl Iterator<Item = Slot>) -> VecDeque<Slot> {
        let rank = |slot: &Slot| {
            let place = self.slots.get(slot).map_or(Place::Below, |holder| holder.place);
            let urgency = match place {
                Place::InView => 0,
                Place::Below => 1,
                Place::Above => 2,
            };
            [urgency, self.positions.get(slot).copied().unwrap_or(u32::MAX), slot.0]
        };
        let mut slots: Vec<Slot> = slots.collect();
        sort_by_rank(&mut slots, rank);
        slots.into()
    }

    pub(super) fn of_author(&self, author: &AuthorId) -> VecDeque<Slot> {
        let is_theirs = |holder: &Holder| holder.held.as_ref().is_some_and(|held| held.author == *author);
        self.slots.iter().filter(|(_, holder)| is_theirs(holder)).map(|(slot, _)| *slot).collect()
    }

    /// What was learned has changed: every verdict is to be made anew.
    pub(super) fn forget_verdicts(&mut self) {
        self.memory.forget_verdicts();
        self.slots.values_mut().filter_map(|holder| holder.held.as_mut()).for_each(|held| held.verdict = None);
    }

    /// Judges one slot; gives the author when the majority rule, or their manner, now says something else of them.
    fn judge_slot(&mut self, slot: Slot, out: &mut Vec<Command>) -> Option<AuthorId> {
        let Self { judge, prefs, page, slots, pending, active, memory, turn, now, .. } = self;
        let holder = slots.get_mut(&slot)?;
        let settings = prefs.settings();
        let Some(held) = holder.held.as_mut() else {
            pending.remove(&slot);
            tell_badge(holder, slot, None, out);
            return None;
        };
        let id = lasting_id(&held.key);
        let is_paid = held.post.ad.is_some_and(AdSource::is_platform_paid);
        let no_say = Say::default();
        let say = prefs.say(&held.author).unwrap_or(&no_say);
        if is_paid {
            memory.advertisers.insert(held.author.clone(), ());
        }
        let writes = memory.writes(&held.author);
        let mut known = Known { said: say.is_brand(), paid: memory.advertisers.contains(&held.author), writes };
        held.brand = memory.likelihood(&held.author, &held.post.author, known);
        if held.brand.0 == Likelihood::Unclear || held.brand.1.starts_with("brand_manner") {
            memory.note_manner(&held.author, &id, &held.post);
            known.writes = memory.writes(&held.author);
            held.brand = memory.likelihood(&held.author, &held.post.author, known);
        }
        let writes_otherwise = known.writes != writes;
        page.offer(&held.author.1, &held.post, held.brand.0);
        let is_brand = held.brand.0 == Likelihood::Brand;
        let is_wanted = is_paid
            || match settings.whose {
                Whose::Brands => is_brand,
                Whose::Listed => known.said == Some(true),
                Whose::Everyone => true,
            };
        let verdict = if !is_wanted {
            None
        } else if let Some(verdict) = held.verdict.clone().or_else(|| memory.verdicts.get(&held.key).cloned()) {
            Some(verdict)
        } else if turn.take(held.post.text.len().min(JUDGED_BYTES)) {
            let verdict = Rc::new(judge.judge_with(&input(held), &prefs.lessons));
            memory.verdicts.insert(held.key.clone(), Rc::clone(&verdict));
            Some(verdict)
        } else {
            pending.insert(slot);
            holder.is_pending = true;
            let author = writes_otherwise.then(|| held.author.clone());
            if holder.is_badge_stale {
                tell_badge(holder, slot, None, out);
            }
            return author;
        };
        pending.remove(&slot);
        held.verdict.clone_from(&verdict);
        holder.is_pending = false;
        let corrected = prefs.correction(&id);
        let standing = verdict.as_deref().map(|verdict| Standing::of(verdict, held.post.ad, corrected, settings));
        let badge = standing.and_then(|standing| standing.badge);
        page.count(&id, badge.map(|badge| badge.kind));

        let call = |record: super::memory::Record| majority(record.total()).call;
        let call_before = call(memory.record(&held.author));
        if let (Some(standing), Some(verdict)) = (standing, &verdict) {
            let observed = is_brand.then_some((held.key.fingerprint, badge, corrected));
            let counted = memory.counted.peek(&id).copied().unwrap_or_default();
            let reading = (held.post.text.len(), held.key.fingerprint);
            // Where a post stands twice, clamped and whole, the whole one counts; of equals the first.
            let is_best = reading.0 > counted.reading.0 || reading == counted.reading || counted == Counted::default();
            if is_best {
                let observed = observed.or(counted.observed);
                memory.count(&id, &held.author, Counted { tally: tally(standing), reading, observed });
            }
            if is_best && observed.is_some() && observed != counted.observed {
                let taken_back = || counted.observed.and_then(|(.., before)| before).map(|_| None);
                let observation = Observation {
                    key: held.key.clone(),
                    surface: page.surface,
                    seen: *now,
                    post: (*held.post).clone(),
                    verdict: **verdict,
                    badge,
                    corrected: corrected.map(Some).or_else(taken_back),
                    keeps_excerpt: settings.keep_excerpts,
                };
                out.push(Command::Observe(slot, Box::new(observation)));
            }
        }
        let call_now = call(memory.record(&held.author));

        let is_spared = page.is_showing_all
            || page.health().is_some()
            || page.spares(&held.post)
            || say.never_hide
            || memory.revealed.contains(&id);
        let is_broadcaster = call_now == crate::ledger::Call::Broadcaster;
        holder.wish = standing
            .filter(|_| !is_spared)
            .and_then(|standing| standing.rule(settings, say.rule.as_ref(), is_broadcaster))
            .map(|(mode, kind, rule)| HideReason {
                mode,
                kind,
                author: held.post.author.name.clone(),
                paid: held.post.ad.filter(|ad| ad.is_platform_paid()),
                rule,
                keeps_height: false,
            });
        if holder.wish.is_some() || holder.hide.is_some() {
            active.insert(slot);
        } else {
            // It stands here in full, and that is the height which the page will remember.
            if holder.was_collapsed {
                memory.note_collapsed(&held.key, false);
            }
            holder.was_collapsed = false;
        }
        let author = held.author.clone();
        tell_badge(holder, slot, badge, out);
        (writes_otherwise || (settings.fold_broadcasters && call_now != call_before)).then_some(author)
    }

    /// Ends what one event allows; asks for a frame while work waits or what arrived may be unpainted.
    pub(super) fn end_of_event(&mut self, placed: Option<Slot>, out: &mut Vec<Command>) {
        if self.is_allowing {
            self.is_allowing = false;
            for holder in self.slots.values_mut() {
                // Not judged or not measured yet: what the user allowed is still to come.
                holder.by_user &= holder.is_pending || !holder.is_measured;
                self.is_allowing |= holder.by_user;
            }
        }
        // Measured once, a post is about to be painted: from here on it may collapse out of view only.
        if let Some(holder) = placed.and_then(|slot| self.slots.get_mut(&slot)).filter(|holder| !holder.is_pending) {
            holder.arrived = None;
        }
        let is_waiting = !self.pending.is_empty() || self.turn.is_fresh(self.turn.last_arrival);
        if is_waiting && !self.turn.asked {
            self.turn.asked = true;
            out.push(Command::WantFrame);
        }
    }
}

/// Says what changed about the badge, if anything did.
fn tell_badge(holder: &mut Holder, slot: Slot, badge: Option<Badge>, out: &mut Vec<Command>) {
    match badge {
        Some(badge) if holder.badge != Some(badge) || holder.is_badge_stale => out.push(Command::Badge(slot, badge)),
        None if holder.badge.is_some() => out.push(Command::Unbadge(slot)),
        Some(_) | None => {}
    }
    holder.badge = badge;
    holder.is_badge_stale = false;
}

/// What a post adds to its author's record: a paid post is a broadcast whatever its words.
fn tally(standing: Standing) -> Tally {
    if standing.is_paid() { Tally::of_stance(Stance::Broadcast) } else { Tally::of(standing.intent) }
}

/// The part of a text that is judged.
pub(super) fn judged(text: &str) -> &str {
    let end = (0..=text.len().min(JUDGED_BYTES)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

pub(super) fn input(held: &Held) -> Input<'_> {
    Input {
        text: judged(&held.post.text),
        room: held.post.room,
        is_reply: reply(held.post.room, held.post.is_reply),
        lang: held.post.lang.as_deref(),
    }
}

/// A page that marks no answers says nothing by not marking one; every reader of a named room marks them.
fn reply(room: Room, is_reply: bool) -> Option<bool> {
    (is_reply || room != Room::Generic).then_some(is_reply)
}
