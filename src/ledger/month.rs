//! Owns the page of a brand's month in a room: its aggregates by day and surface, and how they are written in bytes; never stores them.

use std::collections::BTreeMap;

use super::heads::Head;
use super::month_bytes::{Bytes, VERSION, put, put_signed, read, write};
use super::{Aggregate, Tally};
use crate::post::{Room, Surface};

/// Where an aggregate stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// The network.
    pub room: Room,
    /// The brand; the empty name stands for all of them, and its cells say when somebody was there.
    pub brand: String,
    /// Day in UTC, counted from 1970-01-01.
    pub day: i32,
    /// The part of the site.
    pub surface: Surface,
}

/// Where a page stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MonthKey {
    /// The network.
    pub room: Room,
    /// The brand, as in [`CellKey::brand`].
    pub brand: String,
    /// Month in UTC, counted from January 1970.
    pub month: i32,
}

impl CellKey {
    /// The page that holds the cell.
    pub fn page(&self) -> MonthKey {
        MonthKey { room: self.room, brand: self.brand.clone(), month: month_of(self.day) }
    }
}

/// The month of a day, both counted from 1970 (civil calendar after Hinnant 2013, `civil_from_days`).
pub fn month_of(day: i32) -> i32 {
    let shifted = i64::from(day) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let year = year_of_era + era * 400;
    i32::try_from((year - 1970) * 12 + from_march + 2).unwrap_or_default()
}

/// Aggregates by day and surface.
pub type Cells = BTreeMap<(i32, Surface), Aggregate>;

/// A brand's month in a room. Pages are kept instead of single cells, because a browser's database gives 3,000 large values
/// sooner than 90,000 small ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// The brand's name as last seen, and when.
    pub name: (i64, String),
    /// The aggregates; none is empty.
    pub cells: Cells,
}

impl Month {
    /// Adds to a cell.
    pub fn plus(&mut self, cell: (i32, Surface), part: &Aggregate) {
        self.cells.entry(cell).or_default().plus(part);
    }

    /// Takes out of a cell what was added to it.
    pub fn minus(&mut self, cell: (i32, Surface), part: &Aggregate) {
        if let Some(aggregate) = self.cells.get_mut(&cell) {
            aggregate.minus(part);
            if aggregate.is_empty() {
                self.cells.remove(&cell);
            }
        }
    }

    /// Adds all of another page of the same brand.
    pub fn merge(&mut self, other: &Self) {
        if self.name < other.name {
            self.name.clone_from(&other.name);
        }
        other.cells.iter().for_each(|(cell, part)| self.plus(*cell, part));
    }

    /// Posts of all stances on the page.
    pub fn tally(&self) -> Tally {
        self.cells.values().fold(Tally::default(), |sum, cell| sum.plus(cell.tally))
    }

    /// Entries of which the page is made, questions included: grows with everything that is added.
    pub fn weight(&self) -> u64 {
        let of = |cell: &Aggregate| {
            cell.intents.iter().chain([&cell.questions, &cell.first_seen]).map(|n| u64::from(*n)).sum::<u64>()
        };
        self.cells.values().map(of).sum()
    }

    /// The page in bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        put_signed(&mut out, self.name.0);
        put(&mut out, self.name.1.len() as u64);
        out.extend_from_slice(self.name.1.as_bytes());
        put(&mut out, self.cells.len() as u64);
        for ((day, surface), cell) in &self.cells {
            put_signed(&mut out, i64::from(*day));
            out.push(*surface as u8);
            write(&mut out, cell);
        }
        out
    }

    /// The page from bytes; none when they are cut, foreign or of a later version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut left = Bytes(bytes);
        let (name, count) = left.head()?;
        let mut cells = Cells::new();
        for _ in 0..count {
            cells.insert(left.cell()?, read(&mut left)?);
        }
        left.0.is_empty().then_some(Self { name, cells })
    }
}

/// The little of a cell that says whether there is anything to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glance {
    /// Day in UTC, counted from 1970-01-01.
    pub day: i32,
    /// The part of the site.
    pub surface: Surface,
    /// Posts by stance.
    pub tally: Tally,
    /// Questions put to the brand.
    pub questions: u32,
}

/// A page that stays in its bytes until somebody asks for its sums: in them it takes a thirtieth of the room, and a million rows
/// are looked over in a tenth of a second.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    head: Head,
    bytes: Vec<u8>,
}

impl Packed {
    /// A page from its bytes; none when [`Month::from_bytes`] would give none.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        let mut left = Bytes(&bytes);
        let (name, count) = left.head()?;
        let mut glances = Vec::new();
        for _ in 0..count {
            glances.push(left.glance()?);
        }
        left.0.is_empty().then_some(())?;
        Some(Self { head: Head { name, glances }, bytes })
    }

    /// A page of which only the head is here: it has no sums.
    pub const fn only(head: Head) -> Self {
        Self { head, bytes: Vec::new() }
    }

    /// Its head.
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// Whether its sums are here.
    pub const fn is_whole(&self) -> bool {
        !self.bytes.is_empty()
    }

    /// The page with its sums; an empty one where they are not here.
    pub fn open(&self) -> Month {
        Month::from_bytes(&self.bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_the_civil_calendar() {
        // Days from the proleptic Gregorian calendar by hand: 2000-02-29 is day 11,016, 2026-11-22 is day 20,779.
        for (day, month) in
            [(0, 0), (30, 0), (31, 1), (-1, -1), (11_015, 361), (11_016, 361), (11_017, 362), (20_779, 682)]
        {
            assert_eq!(month_of(day), month, "day {day}");
        }
    }

    #[test]
    fn bytes_that_are_cut_or_foreign_give_nothing() {
        let mut month = Month { name: (-5, "Orla".into()), ..Month::default() };
        let cell = Aggregate {
            texts: [u64::MAX, 7, 7].into_iter().collect(),
            minutes: [0, 1439].into_iter().collect(),
            ..Aggregate::default()
        };
        month.plus((20_779, Surface::Replies), &cell);
        let bytes = month.to_bytes();
        let packed = Packed::new(bytes.clone()).expect("a page");
        assert_eq!((packed.open(), packed.head.name.1.as_str()), (month.clone(), "Orla"));
        let keys: Vec<_> = packed.head.glances.iter().map(|it| (it.day, it.surface)).collect();
        assert_eq!(keys, month.cells.keys().copied().collect::<Vec<_>>());
        assert_eq!(Month::from_bytes(&bytes), Some(month));
        for end in 0..bytes.len() {
            assert_eq!(Month::from_bytes(bytes.get(..end).unwrap_or_default()), None, "cut at {end}");
            assert_eq!(Packed::new(bytes.get(..end).unwrap_or_default().to_vec()), None, "packed, cut at {end}");
        }
        assert_eq!(Packed::new([&bytes[..], &[0]].concat()), None, "packed, something follows");
        assert_eq!(Month::from_bytes(&[&[2], bytes.get(1..).unwrap_or_default()].concat()), None, "a later version");
        assert_eq!(Month::from_bytes(&[&bytes[..], &[0]].concat()), None, "something follows");
    }
}
