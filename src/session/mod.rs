//! Owns the decisions on a page, sans-IO: events in, commands out; never holds a node, never reads a clock.
//!
//! One event goes through three steps: it changes what is known (`events`), the slots it touches are judged again as far as
//! the turn's budget reaches (`judge`), and what is to be hidden is settled over the whole page (`hide`).
//! Commands are the difference between what the runner was told and what holds now, so nothing is said twice.

mod actions;
mod contract;
mod decide;
mod events;
mod explain;
mod hide;
mod judge;
mod lru;
mod memory;
mod page;
mod prefs;
mod questions;
mod slots;
mod told;
mod words;

pub use contract::*;
pub use judge::Judging;
pub use slots::lasting_id;
pub use told::{Explanation, Report};
pub use words::MESSAGE_KEYS;

use crate::post::{Room, Surface};
use crate::sorted::{Map, Set};

/// The brain of one page's life.
///
/// `J` judges a post's words; the runner plugs in the model, tests a script.
///
/// ```
/// use kibitz::session::{Command, Event, Session, Settings};
/// # use kibitz::classify::{Input, Verdict};
/// # let judge = |_: &Input<'_>| -> Verdict { unreachable!("no post is read here") };
/// let mut session = Session::new(Settings::default(), judge);
/// let commands = session.on(Event::Report);
/// assert!(matches!(&commands[..], [Command::Report(report)] if report.judged.is_none()), "a dash, not a false zero");
/// ```
#[derive(Debug)]
pub struct Session<J> {
    judge: J,
    prefs: prefs::Prefs,
    page: page::Page,
    slots: Map<Slot, slots::Holder>,
    /// Slots with a post.
    readable: u32,
    /// Page order as last told.
    order: Vec<Slot>,
    positions: Map<Slot, u32>,
    /// Slots that wait for the judge.
    pending: Set<Slot>,
    /// Slots that are hidden or that a rule wants hidden.
    active: Set<Slot>,
    memory: memory::Memory,
    undo: Vec<actions::Undo>,
    /// The open explanation as last told.
    explained: Option<(Slot, Box<Explanation>)>,
    turn: judge::Turn,
    is_starved: bool,
    /// Some slots may collapse in view by the user's act, now or when they are judged and measured.
    is_allowing: bool,
    now: Millis,
}

impl<J: Judging> Session<J> {
    /// A session that has seen nothing yet; until [`Event::Navigated`] it is nowhere in particular.
    pub fn new(settings: Settings, judge: J) -> Self {
        Self {
            judge,
            prefs: prefs::Prefs::new(settings),
            page: page::Page::new(Room::Generic, Surface::Elsewhere, None, None),
            slots: Map::new(),
            readable: 0,
            order: Vec::new(),
            positions: Map::new(),
            pending: Set::new(),
            active: Set::new(),
            memory: memory::Memory::new(),
            undo: Vec::new(),
            explained: None,
            turn: judge::Turn::default(),
            is_starved: false,
            is_allowing: false,
            now: 0,
        }
    }

    /// Takes in what happened and says what is to be done, in order; empty when nothing changes.
    ///
    /// Costs one judgement at most for a read, one slice of the work that waits for a frame, and is linear in the slots on the
    /// page for [`Event::Settings`], [`Event::Order`] and [`Event::Navigated`].
    pub fn on(&mut self, event: Event) -> Vec<Command> {
        let mut out = Vec::new();
        let health = self.page.health();
        let placed = events::placed(&event);
        let touched = self.take_in(event, &mut out);
        let touched = if self.page.health() == health { touched } else { events::Touched::All };
        self.judge_touched(&touched, &mut out);
        self.settle_hiding(&mut out);
        self.renew_explanation(&touched, &mut out);
        self.renew_profile(&mut out);
        self.end_of_event(placed, &mut out);
        out
    }
}
