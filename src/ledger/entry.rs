//! Owns what the ledger holds one of for each post: a brand's row, or a question that somebody put to a brand; never stores it.

use super::Row;
use crate::post::Room;

/// A question put to a brand in a thread that was on the screen: all that is kept of a person's post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The network.
    pub room: Room,
    /// The platform's id of the post that asks.
    pub id: String,
    /// The brand asked: see [`crate::brand::author_id`].
    pub brand: String,
    /// Salted hash of who asks.
    pub asker: u64,
    /// When it was asked, ms since 1970.
    pub asked: i64,
    /// When the brand answered first, ms since 1970; none while no answer was seen.
    pub answered: Option<i64>,
    /// When it was last seen, ms since 1970.
    pub seen: i64,
}

/// An answer later than this after the question counts as none: seven days (the dictionary of `peers.md`, after quintly).
pub const ANSWER_MAX_MS: i64 = 7 * 24 * 60 * 60 * 1000;

impl Question {
    /// How long the answer took, in whole minutes; none where none came in time.
    pub fn answer_minutes(&self) -> Option<u32> {
        let took = self.answered?.checked_sub(self.asked)?;
        if (0..=ANSWER_MAX_MS).contains(&took) { u32::try_from(took / 60_000).ok() } else { None }
    }

    /// What two sightings come to: the earliest answer counts. A semilattice, as [`Row::merge`] is.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        if (self.room, &self.id) != (other.room, &other.id) {
            return self;
        }
        let answered = [self.answered, other.answered].into_iter().flatten().min();
        let seen = self.seen.max(other.seen);
        let rank = |one: &Self| (std::cmp::Reverse(one.asked), one.brand.clone(), one.asker);
        let best = if rank(&self) < rank(&other) { other } else { self };
        Self { answered, seen, ..best }
    }
}

/// One line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A brand's post.
    Row(Box<Row>),
    /// A person's question to a brand.
    Question(Question),
}

/// What an entry is known by: a post has one author, so a row and a question never share it unless somebody was first taken for
/// a person and then for a brand.
pub type EntryKey = (Room, String);

impl Entry {
    /// What it is known by.
    pub fn key(&self) -> EntryKey {
        match self {
            Self::Row(row) => (row.room, row.id.clone()),
            Self::Question(question) => (question.room, question.id.clone()),
        }
    }

    /// The brand it speaks of.
    pub fn brand(&self) -> &str {
        match self {
            Self::Row(row) => &row.brand,
            Self::Question(question) => &question.brand,
        }
    }

    /// When it was last seen, ms since 1970.
    pub const fn last_seen(&self) -> i64 {
        match self {
            Self::Row(row) => row.last_seen(),
            Self::Question(question) => question.seen,
        }
    }

    /// What two sightings come to; of a row and a question the row stays.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        match (self, other) {
            (Self::Row(one), Self::Row(other)) => Self::Row(Box::new(one.merge(*other))),
            (Self::Question(one), Self::Question(other)) => Self::Question(one.merge(other)),
            (row @ Self::Row(_), Self::Question(_)) | (Self::Question(_), row @ Self::Row(_)) => row,
        }
    }
}
