//! Owns the aggregates at hand and how they are chosen and added up for a question; never reads a store.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::{Aggregate, Glance, Heads, Month, MonthKey, Packed, Tally};
use crate::post::{Room, Surface};

/// A brand in a room.
pub type BrandId = (Room, String);

/// Which aggregates are asked for; the default asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only these rooms; empty for all.
    pub rooms: BTreeSet<Room>,
    /// Only these surfaces; empty for all. Numbers are compared between like surfaces.
    pub surfaces: BTreeSet<Surface>,
    /// From this day on, counted from 1970.
    pub from: Option<i32>,
    /// Up to and with this day.
    pub to: Option<i32>,
}

impl Filter {
    fn has_room(&self, room: Room) -> bool {
        self.rooms.is_empty() || self.rooms.contains(&room)
    }

    fn has_day(&self, day: i32) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    fn has_surface(&self, surface: Surface) -> bool {
        self.surfaces.is_empty() || self.surfaces.contains(&surface)
    }

    fn has(&self, glance: &Glance) -> bool {
        self.has_day(glance.day) && self.has_surface(glance.surface)
    }
}

/// All pages, by brand; each stays packed until its sums are asked for. Of an account at least the heads must be here: with them
/// it is listed and filtered, and before its numbers are asked for its pages must be, too.
#[derive(Clone, Debug, Default)]
pub struct Book {
    brands: BTreeMap<BrandId, Vec<Packed>>,
    /// Days on which anything was first seen in a room.
    present: BTreeMap<Room, BTreeSet<i32>>,
}

/// The latest name on these pages, and when it was seen.
fn name_of(pages: &[Packed]) -> (i64, &str) {
    pages.iter().map(|page| &page.head().name).map(|name| (name.0, name.1.as_str())).max().unwrap_or((i64::MIN, ""))
}

/// A day's sums.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// The day, counted from 1970.
    pub day: i32,
    /// Its sums.
    pub sums: Aggregate,
}

/// A text with the day it was written on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timed {
    /// The day, counted from 1970.
    pub day: i32,
    /// Where.
    pub room: Room,
    /// Its fingerprint.
    pub text: u64,
}

/// What is known of a brand under a filter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brand {
    /// Its name as last seen.
    pub name: String,
    /// In which rooms it was seen.
    pub rooms: BTreeSet<Room>,
    /// Its days, in order.
    pub days: Vec<Day>,
    /// The sums over all days.
    pub total: Aggregate,
    /// Days on which somebody was there to see what it posts.
    pub observed: BTreeSet<i32>,
    /// Its texts in order of day.
    pub texts: Vec<Timed>,
}

/// The little of a brand that says whether it has anything under a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its name as last seen.
    pub name: String,
    /// Its posts.
    pub tally: Tally,
    /// Questions put to it.
    pub questions: u32,
}

impl Book {
    /// Adds a page.
    pub fn add(&mut self, key: MonthKey, month: &Month) {
        // What was just written can be read.
        let _ = self.add_bytes(key, month.to_bytes());
    }

    /// Adds a page as it is stored; none when it cannot be read. Costs one look over its bytes.
    pub fn add_bytes(&mut self, key: MonthKey, bytes: Vec<u8>) -> Option<()> {
        let page = Packed::new(bytes)?;
        if key.brand.is_empty() {
            self.present.entry(key.room).or_default().extend(page.head().glances.iter().map(|glance| glance.day));
        } else {
            self.brands.entry((key.room, key.brand)).or_default().push(page);
        }
        Some(())
    }

    /// Adds an account of which only the heads are here.
    pub fn add_heads(&mut self, account: BrandId, heads: Heads) {
        let heads = heads.0.into_values();
        if account.1.is_empty() {
            let days = heads.flat_map(|head| head.glances).map(|glance| glance.day);
            self.present.entry(account.0).or_default().extend(days);
        } else {
            self.brands.entry(account).or_default().extend(heads.map(Packed::only));
        }
    }

    /// Puts an account's pages, as they are stored now, in the place of all that is here of it; none, and nothing is changed, when
    /// one cannot be read.
    pub fn fill(&mut self, account: BrandId, pages: Vec<Vec<u8>>) -> Option<()> {
        let pages = pages.into_iter().map(Packed::new).collect::<Option<Vec<_>>>()?;
        if pages.is_empty() {
            self.brands.remove(&account);
        } else {
            self.brands.insert(account, pages);
        }
        Some(())
    }

    /// Whether only heads are here of some of an account.
    pub fn lacks(&self, account: &BrandId) -> bool {
        self.brands.get(account).is_some_and(|pages| pages.iter().any(|page| !page.is_whole()))
    }

    /// Every brand of which there is a page.
    pub fn brands(&self) -> impl Iterator<Item = &BrandId> {
        self.brands.keys()
    }

    /// The account's name as last seen; empty when it is not known.
    pub fn name(&self, account: &BrandId) -> &str {
        self.brands.get(account).map_or("", |pages| name_of(pages).1)
    }

    /// The posts and questions of one brand under a filter, without their sums.
    pub fn seen(&self, accounts: &[BrandId], filter: &Filter) -> Seen {
        let mut seen = Seen::default();
        let mut name = (i64::MIN, "");
        for (account, pages) in accounts.iter().filter_map(|account| Some((account, self.brands.get(account)?))) {
            if !filter.has_room(account.0) {
                continue;
            }
            name = name.max(name_of(pages));
            for glance in pages.iter().flat_map(|page| &page.head().glances).filter(|glance| filter.has(glance)) {
                seen.tally = seen.tally.plus(glance.tally);
                seen.questions = seen.questions.saturating_add(glance.questions);
            }
        }
        seen.name = name.1.to_owned();
        seen
    }

    /// Rooms, surfaces, and the first and last day with an entry of a brand.
    pub fn extent(&self) -> (BTreeSet<Room>, BTreeSet<Surface>, Option<(i32, i32)>) {
        let (mut rooms, mut surfaces) = (BTreeSet::new(), BTreeSet::new());
        let mut days: Option<(i32, i32)> = None;
        for ((room, _), pages) in &self.brands {
            rooms.insert(*room);
            for Glance { day, surface, .. } in pages.iter().flat_map(|page| &page.head().glances) {
                surfaces.insert(*surface);
                let (first, last) = days.unwrap_or((*day, *day));
                days = Some((first.min(*day), last.max(*day)));
            }
        }
        (rooms, surfaces, days)
    }

    /// What is known of one brand, which may have several accounts, in one room or more.
    pub fn brand(&self, accounts: &[BrandId], filter: &Filter) -> Brand {
        let mut brand = Brand::default();
        let mut days: BTreeMap<i32, Aggregate> = BTreeMap::new();
        let mut name = (i64::MIN, "");
        for (account, pages) in accounts.iter().filter_map(|account| Some((account, self.brands.get(account)?))) {
            if !filter.has_room(account.0) {
                continue;
            }
            name = name.max(name_of(pages));
            for page in pages.iter().filter(|page| page.head().glances.iter().any(|glance| filter.has(glance))) {
                let cells = page.open().cells.into_iter();
                for ((day, _), cell) in
                    cells.filter(|((day, surface), _)| filter.has_day(*day) && filter.has_surface(*surface))
                {
                    brand.rooms.insert(account.0);
                    days.entry(day).or_default().plus(&cell);
                    let texts = cell.texts.iter();
                    brand.texts.extend(texts.flat_map(|(text, times)| {
                        std::iter::repeat_n(Timed { day, room: account.0, text }, times as usize)
                    }));
                }
            }
            let there = self.present.get(&account.0).into_iter().flatten().copied();
            brand.observed.extend(there.filter(|day| filter.has_day(*day)));
        }
        brand.name = name.1.to_owned();
        brand.texts.sort_unstable();
        for (day, sums) in days {
            brand.total.plus(&sums);
            brand.days.push(Day { day, sums });
        }
        brand
    }
}
