//! Owns the lookup of a phrase's lexical class ("call to buy", "apology", …) in a prebuilt table; never names a class.

use super::hash;
use super::table::Table;

/// Bits of a phrase's hash that are kept: of the phrases that a post could be taken to hold, one in 5,000 is mistaken.
pub const KEY_BITS: u32 = 25;

/// Four times as many slots as phrases: half of them would be enough and be slower to find nothing in.
type Phrases = Table<0x8000>;

/// Phrases by hash.
#[derive(Clone, Debug)]
pub struct Lexicon {
    table: Phrases,
}

/// What is known of a phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Lexical class from 1 to 63; 0 for none.
    pub class: u8,
    /// Place in [`super::language::ALL`] from 1; 0 when the phrase belongs to several languages.
    pub language: u8,
}

const CLASS_BITS: u32 = 6;

impl Lexicon {
    /// Most phrases.
    pub const MOST: usize = Phrases::MOST;

    /// A table of phrases by key (see [`Lexicon::key`]); more than it can hold are left out.
    pub fn new(entries: impl IntoIterator<Item = (u32, Entry)>) -> Self {
        let mut table = Phrases::new(KEY_BITS);
        for (key, Entry { class, language }) in entries.into_iter().take(Self::MOST) {
            table.add(key, u32::from(language) << CLASS_BITS | u32::from(class));
        }
        Self { table }
    }

    /// What is kept of a phrase's hash.
    pub const fn key(phrase: u32) -> u32 {
        hash::finish(phrase) >> (32 - KEY_BITS)
    }

    /// What is known of a phrase.
    #[inline(always)]
    pub fn get(&self, phrase: u32) -> Option<Entry> {
        let value = self.table.get(hash::finish(phrase))?;
        Some(Entry { class: (value & ((1 << CLASS_BITS) - 1)) as u8, language: (value >> CLASS_BITS) as u8 })
    }
}
