//! Owns what one batch of entries changes in a ledger: which rows and which pages, before and after; never reads or writes them itself.
//!
//! Whoever stores asks three times within one transaction: for the keys, to fetch what is there; for the pages, to fetch those;
//! and for all that is to be written. Killed in between, nothing has happened; done twice, nothing more happens.

use std::collections::{BTreeMap, BTreeSet};

use super::aggregate::contributions;
use super::entry::EntryKey;
use super::{Entry, Month, MonthKey, parse};

/// What the store has under a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    #[default]
    Nothing,
    /// An entry.
    Entry(Entry),
    /// Its entry was pruned; what it added stays in the carried pages, so it must not be added again.
    Pruned,
}

/// Entries that came in together; sightings of one post are one.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    entries: BTreeMap<EntryKey, Entry>,
    /// Lines that could not be read.
    pub refused: u32,
}

impl Batch {
    /// A batch from lines.
    pub fn read<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let mut batch = Self::default();
        for line in lines {
            match parse(line) {
                Some(entry) => batch.push(entry),
                None => batch.refused += 1,
            }
        }
        batch
    }

    /// Adds an entry.
    pub fn push(&mut self, entry: Entry) {
        let key = entry.key();
        let entry = match self.entries.remove(&key) {
            Some(known) => known.merge(entry),
            None => entry,
        };
        self.entries.insert(key, entry);
    }

    /// What it speaks of, in order.
    pub fn keys(&self) -> impl Iterator<Item = &EntryKey> {
        self.entries.keys()
    }

    /// Brands it speaks of, in order.
    pub fn brands(&self) -> BTreeSet<(crate::post::Room, String)> {
        self.entries.values().map(|entry| (entry.key().0, entry.brand().to_owned())).collect()
    }

    /// What is to be written, given what is known under each key, in the order of [`Batch::keys`].
    pub fn settle(self, known: impl IntoIterator<Item = Known>) -> Changes {
        let mut changes = Changes::default();
        for ((_, entry), known) in self.entries.into_iter().zip(known) {
            match known {
                Known::Pruned => {}
                Known::Nothing => {
                    changes.add(&entry);
                    changes.entries.push(entry);
                }
                Known::Entry(before) => {
                    let after = before.clone().merge(entry);
                    if after != before {
                        changes.remove(&before);
                        changes.add(&after);
                        changes.entries.push(after);
                    }
                }
            }
        }
        changes
    }
}

/// What is to be written.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Entries as they are from now on.
    pub entries: Vec<Entry>,
    /// What is added to each page.
    plus: BTreeMap<MonthKey, Month>,
    /// What is taken out first.
    minus: BTreeMap<MonthKey, Month>,
}

impl Changes {
    /// Counts an entry.
    pub fn add(&mut self, entry: &Entry) {
        note(&mut self.plus, entry);
    }

    /// Takes an entry out of the counts.
    pub fn remove(&mut self, entry: &Entry) {
        note(&mut self.minus, entry);
    }

    /// Pages that change, in order.
    pub fn pages(&self) -> BTreeSet<&MonthKey> {
        self.plus.keys().chain(self.minus.keys()).collect()
    }

    /// A page as it is from now on, given what it was.
    ///
    /// What is added comes first: an aggregate never goes below nothing on the way.
    pub fn apply(&self, key: &MonthKey, before: Month) -> Month {
        let mut month = before;
        if let Some(plus) = self.plus.get(key) {
            month.merge(plus);
        }
        if let Some(minus) = self.minus.get(key) {
            minus.cells.iter().for_each(|(cell, part)| month.minus(*cell, part));
        }
        month
    }
}

fn note(pages: &mut BTreeMap<MonthKey, Month>, entry: &Entry) {
    let name = match entry {
        Entry::Row(row) => row.name.clone(),
        Entry::Question(_) => (0, String::new()),
    };
    for (key, part) in contributions(entry) {
        let page = pages.entry(key.page()).or_default();
        if !key.brand.is_empty() && page.name < name {
            page.name.clone_from(&name);
        }
        page.plus((key.day, key.surface), &part);
    }
}

/// What pruning these entries takes out of the pages of live rows, and adds to the carried ones.
pub fn prune<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> (Changes, Changes) {
    let (mut live, mut carried) = (Changes::default(), Changes::default());
    for entry in entries {
        live.remove(entry);
        carried.add(entry);
    }
    (live, carried)
}
