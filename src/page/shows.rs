//! Owns how the session's commands are carried out: at once, or held for a while as a burst is read; never decides what they are.

use wasm_bindgen::JsValue;

use super::work::{Core, now};
use crate::ledger::Majority;
use crate::session::{Badge, Command, Report, Slot};
use crate::sorted::Map;

/// A slice of reading and of badges together ends after this long; the longest callback may take 8 ms.
const LONGEST_MS: f64 = 7.0;
/// A name that has not come after so many changes of a page does not come; each look goes through the document.
const LOOKS_AT_MOST: u32 = 200;

/// Badges of a burst that are not on the page yet.
///
/// On a page of hundreds of posts each frame with a new badge costs the browser far more than the badge (45 ms with 500 posts of
/// LinkedIn, Chromium 156), and a burst is read in dozens of slices. So those of the first slice, which are seen first, come at once,
/// and later ones when they are more than all that came before: few frames, and no badge more than about twice as late.
#[derive(Debug, Default)]
pub(super) struct Shows {
    pub(super) held: Map<Slot, Badge>,
    /// Posts are being read: what is to be badged is held.
    pub(super) is_reading: bool,
    /// Badges of this burst that are on the page.
    shown: usize,
    /// What is to be said at the owner's name, which does not stand on the page yet.
    pub(super) unsaid: Option<Majority>,
    /// How often that name was looked for on this page.
    pub(super) looks: u32,
}

impl Shows {
    /// Whether something is still to be said at the owner's name, and worth another look.
    pub(super) fn is_unsaid(&self) -> bool {
        self.unsaid.is_some() && self.looks < LOOKS_AT_MOST
    }
}

impl Core {
    /// Does what the session says; a post's first badge is held while posts are read.
    pub(super) fn obey(&mut self, command: Command) {
        if let Command::Observe(slot, observation) = command {
            self.observe(slot, observation);
            return;
        }
        let mut is_first = false;
        let slot = match &command {
            Command::Badge(slot, badge) => {
                let before = self.badges.insert(*slot, *badge);
                self.has_changed |= before != Some(*badge);
                is_first = before.is_none();
                Some(*slot)
            }
            Command::Unbadge(slot) => {
                self.has_changed |= self.badges.remove(slot).is_some();
                Some(*slot)
            }
            Command::Hide(slot, ..) | Command::Unhide(slot) | Command::Explain(slot, _) => Some(*slot),
            Command::CloseExplanation | Command::Toast(..) => None,
            Command::Save(settings) => {
                self.store.write(settings);
                return;
            }
            Command::Profile(said) => {
                let name = self.ground.name(&self.document);
                self.shows.unsaid = said.filter(|_| name.is_none());
                self.overlay.profile(*said, name);
                return;
            }
            Command::OpenCard(room, brand) => {
                let _ = self.card.call2(&JsValue::NULL, &room.id().into(), &brand.into());
                return;
            }
            Command::Observe(..) => return,
            Command::Report(report) => {
                self.report = Some(Report::clone(report));
                return;
            }
            Command::WantFrame => {
                self.frames.ask();
                return;
            }
        };
        if let Some(slot) = slot {
            let held = self.shows.held.remove(&slot);
            match (&command, held) {
                // A badge that stands there already speaks of another post by now: it never waits.
                (Command::Badge(_, badge), _) if self.shows.is_reading && (is_first || held.is_some()) => {
                    self.shows.held.insert(slot, *badge);
                    return;
                }
                (Command::Badge(..) | Command::Unbadge(_), _) | (_, None) => {}
                (_, Some(badge)) => self.put(slot, &Command::Badge(slot, badge)),
            }
            self.put(slot, &command);
        } else {
            self.overlay.apply(&command, None);
        }
    }

    fn put(&mut self, slot: Slot, command: &Command) {
        let target = self.slots.element(slot).and_then(|element| self.ground.target(element, command));
        self.overlay.apply(command, target.as_ref());
    }

    /// Puts badges that are held on the page, for one slice from `begin` on, if it is time to; whether none is left.
    pub(super) fn show(&mut self, begin: f64) -> bool {
        let is_time = self.waiting.is_empty() || self.shows.held.len() > self.shows.shown;
        while is_time && let Some(slot) = self.shows.held.first_key().copied() {
            if let Some(badge) = self.shows.held.remove(&slot) {
                self.put(slot, &Command::Badge(slot, badge));
            }
            self.shows.shown += 1;
            if now() - begin >= LONGEST_MS {
                return false;
            }
        }
        if self.waiting.is_empty() {
            self.shows.shown = 0;
        }
        self.say();
        self.shows.held.is_empty()
    }

    /// Has what badges need made, when nothing else is to be done.
    pub(super) fn get_ready(&self) {
        if self.waiting.is_empty() && self.shows.held.is_empty() {
            self.overlay.get_ready(&self.document);
        }
    }

    /// Says at the owner's name what could not be said before it stood there.
    pub(super) fn say(&mut self) {
        if self.shows.is_unsaid() {
            self.shows.looks += 1;
            self.obey(Command::Profile(self.shows.unsaid));
        }
    }
}
