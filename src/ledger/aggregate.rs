//! Owns what is known of many posts without the posts: sums that merge and from which every metric comes; never a share.
//!
//! Everything is a whole number, so that taking out what was put in leaves exactly what was there before, in any order.

use super::counted::Counted;
use super::{Entry, Question, Row, Tally};
use crate::intent::{COUNT, Intent, Stance};
use crate::post::Room;

/// Shorter texts repeat by nature ("Thank you!") without being templates, in Unicode scalar values.
pub const TEXT_MIN_CHARS: u32 = 40;

/// Milliseconds of a day.
pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const MINUTE_MS: i64 = 60 * 1000;

/// The day in UTC, counted from 1970-01-01.
pub fn day_of(unix_ms: i64) -> i32 {
    i32::try_from(unix_ms.div_euclid(DAY_MS)).unwrap_or(i32::MAX)
}

/// A sum of a count that the page shows for some posts only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The sum.
    pub sum: u64,
    /// Posts that showed a number.
    pub n: u32,
}

impl Sum {
    fn of(count: Option<u64>) -> Self {
        count.map_or_else(Self::default, |sum| Self { sum, n: 1 })
    }

    const fn plus(self, other: Self) -> Self {
        Self { sum: self.sum.saturating_add(other.sum), n: self.n.saturating_add(other.n) }
    }

    const fn minus(self, other: Self) -> Self {
        Self { sum: self.sum.saturating_sub(other.sum), n: self.n.saturating_sub(other.n) }
    }
}

/// Reactions of posts of one stance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reactions {
    /// Likes or reactions of every kind.
    pub likes: Sum,
    /// Reposts or shares.
    pub reposts: Sum,
    /// Answers received.
    pub replies: Sum,
}

impl Reactions {
    fn zip(self, other: Self, join: impl Fn(Sum, Sum) -> Sum) -> Self {
        Self {
            likes: join(self.likes, other.likes),
            reposts: join(self.reposts, other.reposts),
            replies: join(self.replies, other.replies),
        }
    }
}

/// The sums over some entries: of one brand on one day on one surface, or of any union of such.
///
/// [`Aggregate::plus`] is commutative and associative, the default is its neutral element, and [`Aggregate::minus`] undoes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aggregate {
    /// Posts by stance, paid ones as broadcasts.
    pub tally: Tally,
    /// Posts by intent, paid ones by their words; in the order of [`crate::intent::ALL`].
    pub intents: [u32; COUNT],
    /// Paid posts and pure advertising.
    pub adverts: u32,
    /// Posts of which the judge or the user is sure.
    pub sure: u32,
    /// Answers given, among posts with a stance.
    pub replies: u32,
    /// Sum of room fit, shifted by two so that no part is negative (0..=4 a post).
    pub fit: Sum,
    /// Reactions to conversation and to broadcasts.
    pub reactions: [Reactions; 2],
    /// Minutes of the UTC day at which posts were written, 0..1440, where it is known.
    pub minutes: Counted<u16>,
    /// Fingerprints of texts long enough to have one.
    pub texts: Counted<u64>,
    /// Salted hashes of the people addressed or answered, by the number of posts.
    pub people: Counted<u64>,
    /// Questions put to the brand.
    pub questions: u32,
    /// Minutes that answers took, of the questions answered in time.
    pub answers: Counted<u32>,
    /// Posts of any brand first seen on this day: only in the aggregates of the brand with the empty name.
    pub first_seen: u32,
}

/// Index of a stance in [`Aggregate::reactions`].
pub const fn of_stance(stance: Stance) -> usize {
    match stance {
        Stance::Conversation => 0,
        Stance::Broadcast => 1,
    }
}

impl Aggregate {
    /// What one row adds.
    pub fn of_row(row: &Row) -> Self {
        let counts = row.counts();
        let mut intents = [0; COUNT];
        intents[counts.intent as usize] = 1;
        let has_stance = counts.tally.posts() > 0;
        let has_fit = counts.intent != Intent::Other && row.room != Room::Generic;
        let engagement = Reactions {
            likes: Sum::of(row.engagement.likes),
            reposts: Sum::of(row.engagement.reposts),
            replies: Sum::of(row.engagement.replies),
        };
        let mut reactions = [Reactions::default(); 2];
        if has_stance {
            let stance = if counts.tally.broadcast > 0 { Stance::Broadcast } else { Stance::Conversation };
            reactions[of_stance(stance)] = engagement;
        }
        let minute = |unix_ms: i64| u16::try_from(unix_ms.rem_euclid(DAY_MS) / MINUTE_MS).unwrap_or_default();
        let is_long = row.judged.chars >= TEXT_MIN_CHARS;
        Self {
            tally: counts.tally,
            intents,
            adverts: u32::from(counts.is_advert),
            sure: u32::from(counts.is_sure && has_stance),
            replies: u32::from(row.is_reply && has_stance),
            fit: Sum::of(has_fit.then(|| u64::from(row.judged.room_fit.saturating_add(2).unsigned_abs()))),
            reactions,
            minutes: row.posted.iter().map(|time| minute(time.unix_ms)).collect(),
            texts: is_long.then_some(row.judged.simhash).into_iter().collect(),
            people: row.addressed.iter().copied().collect(),
            ..Self::default()
        }
    }

    /// What one question adds.
    pub fn of_question(question: &Question) -> Self {
        Self { questions: 1, answers: question.answer_minutes().into_iter().collect(), ..Self::default() }
    }

    /// Adds another.
    pub fn plus(&mut self, other: &Self) {
        self.join(other, u32::saturating_add, Tally::plus, Sum::plus);
        self.minutes.plus(&other.minutes);
        self.texts.plus(&other.texts);
        self.people.plus(&other.people);
        self.answers.plus(&other.answers);
    }

    /// Takes out what was added.
    pub fn minus(&mut self, other: &Self) {
        self.join(other, u32::saturating_sub, Tally::minus, Sum::minus);
        self.minutes.minus(&other.minutes);
        self.texts.minus(&other.texts);
        self.people.minus(&other.people);
        self.answers.minus(&other.answers);
    }

    fn join(
        &mut self,
        other: &Self,
        number: fn(u32, u32) -> u32,
        tally: fn(Tally, Tally) -> Tally,
        sum: fn(Sum, Sum) -> Sum,
    ) {
        self.tally = tally(self.tally, other.tally);
        for (mine, theirs) in self.intents.iter_mut().zip(other.intents) {
            *mine = number(*mine, theirs);
        }
        self.adverts = number(self.adverts, other.adverts);
        self.sure = number(self.sure, other.sure);
        self.replies = number(self.replies, other.replies);
        self.fit = sum(self.fit, other.fit);
        for (mine, theirs) in self.reactions.iter_mut().zip(other.reactions) {
            *mine = mine.zip(theirs, sum);
        }
        self.questions = number(self.questions, other.questions);
        self.first_seen = number(self.first_seen, other.first_seen);
    }

    /// Whether nothing is left in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What an entry adds, and to which cells: its brand's on the day it was written (where that is not known, first seen), and
/// for a row the day's own on which somebody was there to see it.
pub fn contributions(entry: &Entry) -> Vec<(super::CellKey, Aggregate)> {
    match entry {
        Entry::Row(row) => {
            let (first_seen, surface) = row.first_seen;
            let written = row.posted.map_or(first_seen, |time| time.unix_ms);
            let own = super::CellKey { room: row.room, brand: row.brand.clone(), day: day_of(written), surface };
            let there = super::CellKey { room: row.room, brand: String::new(), day: day_of(first_seen), surface };
            vec![(own, Aggregate::of_row(row)), (there, Aggregate { first_seen: 1, ..Aggregate::default() })]
        }
        Entry::Question(question) => {
            let key = super::CellKey {
                room: question.room,
                brand: question.brand.clone(),
                day: day_of(question.asked),
                surface: crate::post::Surface::Thread,
            };
            vec![(key, Aggregate::of_question(question))]
        }
    }
}
