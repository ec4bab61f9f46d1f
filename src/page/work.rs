//! Owns the work on one page: what changed is read, told to the session, and what the session says is obeyed; never decides.

use std::rc::Weak;

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

use super::app::{Inner, entering};
use super::dom::Dom;
use super::ground::Ground;
use super::host::{Callback, Host, Listening};
use super::observe::Observed;
use super::overlay::Overlay;
use super::shows::Shows;
use super::store::Store;
use super::watch::{Changes, Frames, Gather, Mutations, Placing, Slots};
use crate::classify::{Input, Judge, Lessons, Reasons, Verdict};
use crate::post::{Post, Room, Surface};
use crate::read::Reading;
use crate::session::{Badge, Command, Event, HideMode, Judging, Millis, Place, Report, Session, Settings, Slot};
use crate::sorted::{Map, Set};

/// Reading and badging go on for this long before the browser gets its turn; a millisecond clock can make it one more.
/// The longest callback may take 8 ms, and one post costs less than one.
const SLICE_MS: f64 = 5.0;
/// At most this many posts in one slice, for browsers whose clock is made coarse (100 ms) against fingerprinting.
const SLICE_POSTS: u32 = 48;

/// How many containers lacked what, by the name of the part; for the report on a page that has changed.
pub type Missing = Map<&'static str, u32>;

/// What is known of the page, for the popup.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The network.
    pub room: Room,
    /// The part of the site.
    pub surface: Surface,
    /// The session's report.
    pub report: Report,
    /// What was missing in the posts read.
    pub missing: Missing,
    /// How often a container was read; many more than containers means that the page changes its posts all the time.
    pub reads: u32,
}

/// Everything there is on a page while Kibitz runs.
#[derive(Debug)]
pub(super) struct Core {
    pub(super) overlay: Overlay,
    pub(super) session: Session<Shipped>,
    pub(super) slots: Slots,
    /// Slots to be read.
    pub(super) waiting: Set<Slot>,
    /// Slots of which the session was told.
    pub(super) posts: Set<Slot>,
    pub(super) badges: Map<Slot, Badge>,
    pub(super) shows: Shows,
    pub(super) observed: Observed,
    pub(super) places: Map<Slot, Place>,
    pub(super) missing: Missing,
    pub(super) reads: u32,
    pub(super) report: Option<Report>,
    /// Where the keyboard went last.
    pub(super) visited: Option<Slot>,
    /// Whether what waits was painted before it could be read.
    pub(super) is_painted: bool,
    pub(super) is_later_asked: bool,
    pub(super) has_changed: bool,
    pub(super) later: Function,
    pub(super) changed: Function,
    pub(super) card: Function,
    pub(super) gather: Gather,
    pub(super) _listening: (Callback, Listening),
    /// Only while something may be hidden: places are of no use otherwise.
    pub(super) placing: Option<Placing>,
    pub(super) mutations: Mutations,
    pub(super) frames: Frames,
    pub(super) weak: Weak<Inner>,
    pub(super) store: Store,
    pub(super) ground: Ground,
    pub(super) document: Document,
    pub(super) host: Host,
}

impl Core {
    /// A batch of mutations, in their microtask.
    pub(super) fn batch(&mut self, records: &Array) {
        let changes = Changes::of(&self.gather, records, self.ground.selector());
        // To ask for the address costs more than to see that nothing here concerns a post, and most of a page's changes do not.
        if changes.is_empty() && !self.ground.is_unsettled(&self.document) {
            // It may be the owner's name that came: this page's, not the next one's.
            if self.shows.is_unsaid() && !self.follow_address() {
                self.say();
            }
            return;
        }
        if self.follow_address() {
            return;
        }
        for element in changes.gone() {
            if let Some(slot) = self.slots.find(&element) {
                self.drop_slot(slot);
            }
        }
        self.meet(changes.touched());
        self.work();
    }

    /// Begins anew where the page has another address; whether it has.
    pub(super) fn follow_address(&mut self) -> bool {
        let has_moved = self.ground.has_moved(&self.document);
        if has_moved {
            self.leave();
            self.arrive();
        }
        has_moved
    }

    /// A new address: tells the session and looks at what is on the page.
    pub(super) fn arrive(&mut self) {
        self.handle(self.ground.arrival());
        if let Some(owner) = self.ground.owner() {
            self.handle(owner);
        }
        self.has_changed = true;
        let present = self.ground.posts(&self.document);
        self.meet(present.into_iter());
        self.work();
    }

    /// The address is left: nothing of Kibitz stays on its posts.
    fn leave(&mut self) {
        let slots: Vec<Slot> = self.slots.iter().map(|(slot, _)| slot).collect();
        for slot in slots {
            self.forget(slot);
        }
        self.overlay.apply(&Command::CloseExplanation, None);
        self.shows.unsaid = None;
        self.shows.looks = 0;
        self.missing.clear();
    }

    /// The page took the slot away.
    fn drop_slot(&mut self, slot: Slot) {
        if self.posts.contains(&slot) {
            self.handle(Event::Gone(slot));
        }
        self.forget(slot);
    }

    fn forget(&mut self, slot: Slot) {
        self.overlay.forget(slot);
        self.waiting.remove(&slot);
        self.posts.remove(&slot);
        self.badges.remove(&slot);
        self.shows.held.remove(&slot);
        self.places.remove(&slot);
        self.slots.remove(slot);
        if let Some(placing) = &mut self.placing {
            placing.remove(slot);
        }
    }

    /// Containers that came or changed are to be read.
    fn meet(&mut self, touched: impl Iterator<Item = Element>) {
        let mut is_new = false;
        for element in touched {
            let (slot, is_first) = self.slots.find_or_make(element);
            is_new |= is_first;
            self.waiting.insert(slot);
            if is_first && let (Some(placing), Some(element)) = (&mut self.placing, self.slots.element(slot)) {
                placing.add(slot, self.ground.row(element));
            }
        }
        if !is_new {
            return;
        }
        // Whose posts are never hidden must be known before the new ones are judged.
        if let Some(viewer) = self.ground.find_viewer(&self.document) {
            self.handle(Event::Viewer(viewer));
        }
        self.tell_order();
    }

    /// Tells the session the page's order, where something may be hidden.
    fn tell_order(&mut self) {
        if self.placing.is_some() {
            let order =
                self.ground.posts(&self.document).iter().filter_map(|element| self.slots.find(element)).collect();
            self.handle(Event::Order(order));
        }
    }

    /// Reads what waits, as long as the slice lasts, oldest first.
    pub(super) fn work(&mut self) {
        let begin = now();
        let mut done = 0;
        self.shows.is_reading = true;
        while done < SLICE_POSTS && now() - begin < SLICE_MS {
            let Some(slot) = self.waiting.pop_first() else { break };
            self.read(slot, begin);
            done += 1;
        }
        self.shows.is_reading = false;
        if self.waiting.is_empty() {
            self.is_painted = false;
        }
        let is_done = self.show(begin) && self.waiting.is_empty();
        if !is_done && !self.is_later_asked {
            self.is_later_asked = true;
            let _ = self.later.call0(&JsValue::NULL);
        }
    }

    fn read(&mut self, slot: Slot, now: f64) {
        let Some(element) = self.slots.element(slot) else { return };
        self.reads += 1;
        let post = match self.ground.read(&Dom(element.clone())) {
            Reading::Post(post) => {
                self.note_missing(&post);
                Some(post)
            }
            Reading::Unreadable(part) => {
                *self.missing.get_or_insert_with(part, Default::default) += 1;
                None
            }
            Reading::NotAPost => {
                // The place stays watched: a row may be filled later.
                if self.posts.remove(&slot) {
                    self.overlay.forget(slot);
                    self.badges.remove(&slot);
                    self.shows.held.remove(&slot);
                    self.handle(Event::Gone(slot));
                }
                return;
            }
        };
        self.posts.insert(slot);
        let before = self.badges.get(&slot).copied();
        let place = self.places.get(&slot).copied().unwrap_or(Place::Below);
        self.handle(Event::Read { slot, post, place, painted: self.is_painted, now: now as Millis });
        if let Some(badge) = before
            && self.badges.get(&slot) == Some(&badge)
        {
            // Something around a badge that stays has changed: the overlay puts it back should the page have thrown it out.
            self.obey(Command::Badge(slot, badge));
        }
    }

    fn note_missing(&mut self, post: &Post) {
        let parts = [
            ("id", post.id.is_none()),
            ("author", post.author.name.is_empty() && post.author.handle.is_empty()),
            ("text", post.text.is_empty()),
            ("time", post.time.is_none()),
        ];
        for (part, is_missing) in parts {
            if is_missing {
                *self.missing.get_or_insert_with(part, Default::default) += 1;
            }
        }
    }

    pub(super) fn frame(&mut self, now: f64) {
        self.frames.came();
        self.handle(Event::Frame { now: now as Millis });
    }

    /// Where containers stand is of use only where something may be hidden.
    pub(super) fn follow_settings(&mut self, settings: &Settings) {
        let hides = |mode: HideMode| mode != HideMode::Off;
        let is_wanted = settings.fold_broadcasters
            || hides(settings.adverts)
            || settings.kinds.iter().any(|row| hides(row.1))
            || settings.rules.iter().any(|rule| rule.hide.iter().any(|row| hides(row.1)));
        if !is_wanted {
            self.unplace();
            return;
        }
        if self.placing.is_some() {
            return;
        }
        let placed = entering(&self.weak, |core, places: Vec<(Element, Place)>| core.placed(places));
        self.placing = Placing::new(&self.host, placed).ok();
        if let Some(placing) = &mut self.placing {
            self.slots.iter().for_each(|(slot, element)| placing.add(slot, self.ground.row(element)));
        }
        self.tell_order();
    }

    /// Nobody watches any more where slots stand, so nobody knows.
    pub(super) fn unplace(&mut self) {
        if self.placing.take().is_some() {
            self.places.clear();
            self.handle(Event::Unplaced);
        }
    }

    fn placed(&mut self, places: Vec<(Element, Place)>) {
        for (row, place) in places {
            let Some(slot) = self.placing.as_ref().and_then(|placing| placing.slot(&row)) else { continue };
            if self.places.insert(slot, place) != Some(place) {
                self.handle(Event::Placed(slot, place));
            }
        }
    }

    /// Tells the session and does what it says.
    pub(super) fn handle(&mut self, event: Event) {
        let mut stored = None;
        for command in self.session.on(event) {
            if let Command::Save(settings) = &command {
                stored = Some(settings.clone());
            }
            self.obey(command);
        }
        // Last: it tells the session more, whose answers must not come before those that are left.
        if let Some(settings) = stored {
            self.follow_settings(&settings);
        }
    }

    pub(super) fn summary(&mut self) -> Option<Summary> {
        self.follow_address();
        self.handle(Event::Report);
        let report = self.report.take()?;
        Some(Summary {
            room: self.ground.room(),
            surface: self.ground.surface(),
            report,
            missing: self.missing.clone(),
            reads: self.reads,
        })
    }
}

/// Judges by the shipped model.
#[derive(Debug)]
pub(super) struct Shipped;

impl Judging for Shipped {
    fn judge(&self, input: &Input<'_>) -> Verdict {
        self.judge_with(input, &Lessons::default())
    }

    fn judge_with(&self, input: &Input<'_>, lessons: &Lessons) -> Verdict {
        Judge::builtin().verdict_with(input, lessons)
    }

    fn reasons(&self, input: &Input<'_>, lessons: &Lessons) -> Reasons {
        Judge::builtin().reasoned_with(input, lessons).1
    }
}

/// Milliseconds since 1970-01-01T00:00:00Z.
pub(super) fn now() -> f64 {
    js_sys::Date::now()
}
