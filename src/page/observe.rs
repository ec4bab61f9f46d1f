//! Owns what was observed on the page and waits for the ledger: observations become lines here, in slices; never stores them.

use super::dom::Dom;
use super::work::Core;
use crate::ledger::{Row, Salt, Sighting, model_version, seen};
use crate::post::Surface;
use crate::session::{Observation, Slot, lasting_id};
use crate::sorted::Set;

/// Observations made into lines in one slice: about 1.5 ms for posts of 200 characters, in the twin four times that; the longest
/// callback may take 8 ms.
const SLICE: usize = 12;

/// Observations that wait at most; of more the oldest are seen again on another day.
const MOST_WAITING: usize = 512;

/// What waits.
#[derive(Debug)]
pub struct Observed {
    /// Whether there is a ledger to write to.
    keeps: bool,
    waiting: Vec<Observation>,
    /// Brands of which the ledger was or will be asked.
    met: Set<u64>,
    is_urgent: bool,
    /// Questions told, as told.
    asked: Set<u64>,
}

impl Observed {
    /// Nothing yet; when `keeps` is false, nothing ever.
    pub const fn new(keeps: bool) -> Self {
        Self { keeps, waiting: Vec::new(), met: Set::new(), is_urgent: false, asked: Set::new() }
    }

    /// How many wait.
    pub fn waiting(&self) -> u32 {
        u32::try_from(self.waiting.len()).unwrap_or(u32::MAX)
    }

    /// Whether one of them is the first of a brand, told once.
    pub fn take_urgency(&mut self) -> bool {
        std::mem::take(&mut self.is_urgent)
    }
}

impl Core {
    /// Keeps an observation for the ledger, with the counts that the page shows beside it.
    pub(super) fn observe(&mut self, slot: Slot, mut observation: Box<Observation>) {
        let observed = &mut self.observed;
        if !observed.keeps || observed.waiting.len() >= MOST_WAITING {
            return;
        }
        if let Some(element) = self.slots.element(slot) {
            self.ground.read_counts(&Dom(element.clone()), &mut observation.post);
        }
        observed.is_urgent |= observed.met.insert(PLAIN.hash(&observation.author().1));
        observed.waiting.push(*observation);
        self.has_changed = true;
    }

    /// The next slice as lines, each with its end; with the last one come the questions of a thread. Lines that begin with `b`
    /// say what this page has seen of the brands: see [`seen`].
    pub(super) fn drain(&mut self, salt: Salt) -> String {
        let count = self.observed.waiting.len().min(SLICE);
        let mut text = String::new();
        let mut push = |line: &str| {
            text.push_str(line);
            text.push('\n');
        };
        for observation in self.observed.waiting.drain(..count) {
            let author = observation.author();
            push(&seen(author.0, &author.1, self.session.seen(&author)));
            let row = Row::of(&Sighting {
                id: &lasting_id(&observation.key).1,
                post: &observation.post,
                verdict: &observation.verdict,
                model: model_version(),
                surface: observation.surface,
                seen: observation.seen,
                corrected: observation.corrected,
                salt,
                keeps_excerpt: observation.keeps_excerpt,
            });
            push(&row.to_line());
        }
        if self.observed.waiting.is_empty() && self.ground.surface() == Surface::Thread {
            for question in self.session.questions(salt) {
                if self.observed.asked.insert(PLAIN.hash(&question.id) ^ u64::from(question.answered.is_some())) {
                    push(&question.to_line());
                }
            }
        }
        text
    }
}

/// For telling words apart within a page; what leaves the page is hashed under the machine's own key.
const PLAIN: Salt = Salt(0, 0);
