//! Owns the lookup of a phrase's lexical class ("call to buy", "apology", …) in a prebuilt table; never names a class.

use super::hash;

/// A table of phrases by hash, borrowed from the model file: open addressing, four bytes a slot.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexicon<'a> {
    slots: &'a [u8],
    bits: u32,
}

/// What is known of a phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Lexical class from 1; 0 for none.
    pub class: u8,
    /// Place in [`super::language::ALL`] from 1; 0 when the phrase belongs to several languages.
    pub language: u8,
}

/// Bytes of a slot: two of the hash, class, language.
pub const SLOT_BYTES: usize = 4;

impl<'a> Lexicon<'a> {
    /// Reads a table of `2^bits` slots; none if the length is another.
    pub fn new(slots: &'a [u8], bits: u32) -> Option<Self> {
        ((1..=20).contains(&bits) && slots.len() == SLOT_BYTES << bits).then_some(Self { slots, bits })
    }

    /// What is known of a phrase.
    #[inline]
    pub fn get(&self, phrase: u32) -> Option<Entry> {
        if self.slots.is_empty() {
            return None;
        }
        let spread = hash::finish(phrase);
        let mask = (1_usize << self.bits) - 1;
        let mut at = (spread >> (32 - self.bits)) as usize;
        // A table is never full, so the walk ends at an empty slot; the bound holds for any bytes.
        for _ in 0..=mask {
            let [low, high, class, language] = *self.slots.get(at * SLOT_BYTES..)?.first_chunk()?;
            if class == 0 && language == 0 {
                return None;
            }
            if u16::from_le_bytes([low, high]) == spread as u16 {
                return Some(Entry { class, language });
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Builds the bytes of a table; of two entries with one hash the first wins. Used in training only.
    pub fn build(entries: &[(u32, Entry)], bits: u32) -> Vec<u8> {
        let mut slots = vec![0_u8; SLOT_BYTES << bits];
        let mask = (1_usize << bits) - 1;
        for &(phrase, entry) in entries.iter().take(mask) {
            let spread = hash::finish(phrase);
            let [low, high] = (spread as u16).to_le_bytes();
            let mut at = (spread >> (32 - bits)) as usize;
            loop {
                let slot = &mut slots[at * SLOT_BYTES..(at + 1) * SLOT_BYTES];
                if slot[2] == 0 && slot[3] == 0 {
                    slot.copy_from_slice(&[low, high, entry.class, entry.language]);
                    break;
                }
                if slot[..2] == [low, high] {
                    break;
                }
                at = (at + 1) & mask;
            }
        }
        slots
    }
}
