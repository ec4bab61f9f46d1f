//! Owns how the aggregates of a month are written in bytes and read back, total on any bytes; never adds any up.

use super::counted::Counted;
use super::month::Glance;
use super::{Aggregate, Reactions, Sum, Tally};
use crate::intent::COUNT;
use crate::post::Surface;

/// First byte of a page.
pub(super) const VERSION: u8 = 1;

pub(super) fn write(out: &mut Vec<u8>, cell: &Aggregate) {
    let tally = [cell.tally.conversation, cell.tally.exchange, cell.tally.broadcast];
    let rest = [cell.adverts, cell.sure, cell.replies, cell.questions, cell.first_seen];
    for number in tally.iter().chain(&cell.intents).chain(&rest) {
        put(out, u64::from(*number));
    }
    for sum in sums(cell) {
        put(out, sum.sum);
        put(out, u64::from(sum.n));
    }
    ascending(out, cell.minutes.iter().map(|(value, times)| (u64::from(value), times)));
    ascending(out, cell.answers.iter().map(|(value, times)| (u64::from(value), times)));
    for hashes in [&cell.texts, &cell.people] {
        put(out, hashes.distinct() as u64);
        for (hash, times) in hashes.iter() {
            out.extend_from_slice(&hash.to_le_bytes());
            put(out, u64::from(times));
        }
    }
}

/// How many sums a cell holds: see `sums`.
const SUMS: usize = 7;

fn sums(cell: &Aggregate) -> [Sum; SUMS] {
    let [a, b] = cell.reactions;
    [cell.fit, a.likes, a.reposts, a.replies, b.likes, b.reposts, b.replies]
}

pub(super) fn read(left: &mut Bytes<'_>) -> Option<Aggregate> {
    let tally = Tally { conversation: left.small()?, exchange: left.small()?, broadcast: left.small()? };
    let mut intents = [0; COUNT];
    for intent in &mut intents {
        *intent = left.small()?;
    }
    let [adverts, sure, replies, questions, first_seen] =
        [left.small()?, left.small()?, left.small()?, left.small()?, left.small()?];
    let fit = left.sum()?;
    let mut reactions = [Reactions::default(); 2];
    for side in &mut reactions {
        *side = Reactions { likes: left.sum()?, reposts: left.sum()?, replies: left.sum()? };
    }
    let minutes = left.ascending(|value| u16::try_from(value).ok())?;
    let answers = left.ascending(|value| u32::try_from(value).ok())?;
    let [texts, people] = [left.hashes()?, left.hashes()?];
    Some(Aggregate {
        tally,
        intents,
        adverts,
        sure,
        replies,
        fit,
        reactions,
        minutes,
        texts,
        people,
        questions,
        answers,
        first_seen,
    })
}

/// A number in as few bytes as it needs (LEB128).
pub(super) fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A signed number, the small ones short (zig-zag).
pub(super) fn put_signed(out: &mut Vec<u8>, number: i64) {
    put(out, ((number << 1) ^ (number >> 63)).cast_unsigned());
}

/// Values in order, as their distances.
fn ascending(out: &mut Vec<u8>, values: impl Iterator<Item = (u64, u32)>) {
    let values: Vec<_> = values.collect();
    put(out, values.len() as u64);
    let mut before = 0;
    for (value, times) in values {
        put(out, value - before);
        put(out, u64::from(times));
        before = value;
    }
}

/// Bytes that are left to be read.
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    /// What stands before the cells: the name, and how many cells there are.
    pub(super) fn head(&mut self) -> Option<((i64, String), u64)> {
        if self.byte()? != VERSION {
            return None;
        }
        Some(((self.signed()?, self.text()?), self.number()?))
    }

    /// A text with its length before it.
    pub(super) fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.number()?).ok()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    /// What a head says of a cell, its day apart.
    pub(super) fn brief(&mut self, day: i32) -> Option<Glance> {
        let surface = self.surface()?;
        let tally = Tally { conversation: self.small()?, exchange: self.small()?, broadcast: self.small()? };
        Some(Glance { day, surface, tally, questions: self.small()? })
    }

    fn surface(&mut self) -> Option<Surface> {
        Surface::ALL.get(usize::from(self.byte()?)).copied()
    }

    /// The key of a cell.
    pub(super) fn cell(&mut self) -> Option<(i32, Surface)> {
        let day = i32::try_from(self.signed()?).ok()?;
        Some((day, self.surface()?))
    }

    /// A cell looked over, in the order in which `write` writes it; refuses what `read` refuses.
    pub(super) fn glance(&mut self) -> Option<Glance> {
        let (day, surface) = self.cell()?;
        let tally = Tally { conversation: self.small()?, exchange: self.small()?, broadcast: self.small()? };
        // Intents, adverts, sure, replies.
        for _ in 0..COUNT + 3 {
            self.small()?;
        }
        let (questions, _first_seen) = (self.small()?, self.small()?);
        for _ in 0..SUMS {
            self.sum()?;
        }
        for most in [u64::from(u16::MAX), u64::from(u32::MAX)] {
            let mut value = 0u64;
            for _ in 0..self.number()? {
                value = value.checked_add(self.number()?).filter(|value| *value <= most)?;
                self.small()?;
            }
        }
        for _ in 0..2 {
            for _ in 0..self.number()? {
                self.take(8)?;
                self.small()?;
            }
        }
        Some(Glance { day, surface, tally, questions })
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, left) = self.0.split_at_checked(length)?;
        self.0 = left;
        Some(taken)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    fn sum(&mut self) -> Option<Sum> {
        Some(Sum { sum: self.number()?, n: self.small()? })
    }

    fn ascending<T: Ord + Copy>(&mut self, narrow: impl Fn(u64) -> Option<T>) -> Option<Counted<T>> {
        let mut counted = Counted::default();
        let mut value = 0u64;
        for _ in 0..self.number()? {
            value = value.checked_add(self.number()?)?;
            counted.add(narrow(value)?, self.small()?);
        }
        Some(counted)
    }

    fn hashes(&mut self) -> Option<Counted<u64>> {
        let mut counted = Counted::default();
        for _ in 0..self.number()? {
            let hash = u64::from_le_bytes(self.take(8)?.try_into().ok()?);
            counted.add(hash, self.small()?);
        }
        Some(counted)
    }
}
