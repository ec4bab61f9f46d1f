//! Owns what each event changes in what the session knows; never judges and never hides.

use super::Session;
use super::contract::{Command, Event, Place, Slot};
use super::judge::Judging;
use super::page::{Page, named};
use super::prefs::{AuthorId, Prefs};
use super::slots::{Held, Holder, lasting_id};
use crate::ledger::Tally;
use crate::post::Post;

/// Which slots an event touched.
#[derive(Debug)]
pub(super) enum Touched {
    Nothing,
    One(Slot),
    /// Those that wait for the judge.
    Pending,
    Author(AuthorId),
    All,
}

/// The slot that this event places for good: from here on its post is painted, or scrolled past.
pub(super) fn placed(event: &Event) -> Option<Slot> {
    if let Event::Placed(slot, _) | Event::Read { slot, place: Place::Above, .. } = event { Some(*slot) } else { None }
}

impl<J: Judging> Session<J> {
    /// Takes an event in.
    pub(super) fn take_in(&mut self, event: Event, out: &mut Vec<Command>) -> Touched {
        match event {
            Event::Navigated { room, surface, focal_id, viewer } => {
                self.leave(out);
                self.page = Page::new(room, surface, focal_id, viewer);
                Touched::Nothing
            }
            Event::Viewer(handle) => {
                self.page.set_viewer(handle);
                Touched::All
            }
            Event::Owner(handle) => {
                self.page.owner = named(handle).map(|handle| (self.page.room, handle));
                Touched::Nothing
            }
            Event::Settings(settings) => {
                let prefs = Prefs::new(*settings);
                let before = std::mem::replace(&mut self.prefs, prefs);
                if before.lessons != self.prefs.lessons {
                    self.forget_verdicts();
                }
                self.allow(|_| true);
                Touched::All
            }
            Event::Read { slot, post, place, painted, now } => {
                self.now = now;
                self.read(slot, post, place, painted, out)
            }
            Event::Order(order) => {
                self.positions = order.iter().zip(0..).map(|(slot, at)| (*slot, at)).collect();
                self.order = order;
                Touched::Nothing
            }
            Event::Record { room, handle, posts, conversation } => {
                let author = (room, crate::brand::normal_handle(&handle));
                let conversation = conversation.min(posts);
                let earlier = Tally { conversation, exchange: 0, broadcast: posts - conversation };
                self.memory.change_record(&author, |record| record.earlier = earlier);
                Touched::Author(author)
            }
            Event::Placed(slot, place) => {
                if let Some(holder) = self.slots.get_mut(&slot) {
                    holder.place = place;
                    holder.is_measured = true;
                }
                Touched::Nothing
            }
            Event::Unplaced => {
                self.slots.values_mut().for_each(|holder| holder.is_measured = false);
                Touched::Nothing
            }
            Event::Gone(slot) => {
                self.gone(slot, out);
                Touched::Nothing
            }
            Event::Frame { now } => {
                self.now = now;
                self.turn.next();
                Touched::Pending
            }
            Event::Explain(slot) => {
                self.explain(slot, out);
                Touched::Nothing
            }
            Event::ExplanationClosed => {
                self.explained = None;
                Touched::Nothing
            }
            Event::Report => {
                out.push(Command::Report(Box::new(self.report())));
                Touched::Nothing
            }
            Event::Show(slot) => self.show(slot),
            Event::Restore(key) => self.restore(&key),
            Event::ShowAll => self.show_all(out),
            Event::Undo => self.undo_last(out),
            Event::Correct(slot, intent) => self.correct(slot, intent, out),
            Event::Author(slot, action) => self.author_action(slot, action, out),
            Event::OpenCard(slot) => {
                if let Some(held) = self.slots.get(&slot).and_then(|holder| holder.held.as_ref()) {
                    let (room, brand) = held.author.clone();
                    out.push(Command::OpenCard(room, brand));
                }
                Touched::Nothing
            }
            Event::IsBrand { handle, brand } => self.is_brand(&handle, brand, out),
        }
    }

    /// Lets what lies in view collapse, because the user asked for it: at once where the place is known, else when it is told.
    pub(super) fn allow(&mut self, which: impl Fn(&Holder) -> bool) {
        for holder in self.slots.values_mut().filter(|holder| which(holder)) {
            holder.by_user = true;
        }
        self.is_allowing = true;
    }

    fn read(
        &mut self,
        slot: Slot,
        post: Option<Box<Post>>,
        place: Place,
        is_painted: bool,
        out: &mut Vec<Command>,
    ) -> Touched {
        let page = &mut self.page;
        let holder = self.slots.get_or_insert_with(slot, || {
            page.containers += 1;
            Holder::new(place)
        });
        if place != Place::Below {
            holder.place = place;
            holder.is_measured = true;
        }
        let had_post = holder.held.is_some();
        let Some(post) = post else {
            self.memory.note_leaving(holder);
            holder.vacate();
            self.readable -= u32::from(had_post);
            self.close_explanation(slot, out);
            return Touched::One(slot);
        };
        if !holder.was_read {
            holder.was_read = true;
            page.first_read(&post);
        }
        let fresh = Held::new(post);
        match &mut holder.held {
            Some(held) if held.key == fresh.key => {
                held.post = fresh.post; // counts and media may have moved on; no verdict depends on them
                return Touched::Nothing;
            }
            Some(held) if lasting_id(&held.key) == lasting_id(&fresh.key) => {
                *held = fresh;
                holder.arrived = None;
                return Touched::One(slot);
            }
            Some(_) | None => {}
        }
        self.memory.note_leaving(holder);
        holder.vacate();
        if had_post {
            holder.place = place;
            holder.is_measured = place != Place::Below;
        }
        holder.was_collapsed = self.memory.was_collapsed(&fresh.key);
        holder.held = Some(fresh);
        holder.arrived = Some(self.turn.arrival());
        holder.is_painted = is_painted;
        self.readable += u32::from(!had_post);
        self.close_explanation(slot, out);
        Touched::One(slot)
    }

    fn gone(&mut self, slot: Slot, out: &mut Vec<Command>) {
        let Some(holder) = self.slots.remove(&slot) else { return };
        self.memory.note_leaving(&holder);
        self.readable -= u32::from(holder.held.is_some());
        self.positions.remove(&slot);
        self.pending.remove(&slot);
        self.active.remove(&slot);
        self.close_explanation(slot, out);
        if holder.badge.is_some() {
            out.push(Command::Unbadge(slot));
        }
        if holder.hide.is_some() {
            out.push(Command::Unhide(slot));
        }
    }

    fn leave(&mut self, out: &mut Vec<Command>) {
        while let Some(slot) = self.slots.first_key().copied() {
            self.gone(slot, out);
        }
        self.order.clear();
        self.positions.clear();
        self.is_starved = false;
        if self.page.profile.is_some() {
            out.push(Command::Profile(None));
        }
        self.forget_page_undo();
    }
}
