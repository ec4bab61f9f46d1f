//! Owns the lookup of a phrase's lexical class ("call to buy", "apology", …) in a prebuilt table; never names a class.

use super::hash;

/// A table of phrases by hash, borrowed from the model file: open addressing, three bytes a slot.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexicon<'a> {
    slots: &'a [u8],
    bits: u32,
}

/// Bytes of a slot: two of the hash, one of the class (0 = empty).
const SLOT: usize = 3;

impl<'a> Lexicon<'a> {
    /// Reads a table of `2^bits` slots; none if the length is another.
    pub fn new(slots: &'a [u8], bits: u32) -> Option<Self> {
        ((1..=20).contains(&bits) && slots.len() == SLOT << bits).then_some(Self { slots, bits })
    }

    /// The class of a phrase, 1..=255.
    #[inline]
    pub fn class(&self, phrase: u32) -> Option<u8> {
        if self.slots.is_empty() {
            return None;
        }
        let spread = hash::finish(phrase);
        let mask = (1_usize << self.bits) - 1;
        let mut at = (spread >> (32 - self.bits)) as usize;
        // A table is never full, so the walk ends at an empty slot; the bound holds for any bytes.
        for _ in 0..=mask {
            let slot = self.slots.get(at * SLOT..at * SLOT + SLOT)?;
            if slot[2] == 0 {
                return None;
            }
            if u16::from_le_bytes([slot[0], slot[1]]) == spread as u16 {
                return Some(slot[2]);
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Builds the bytes of a table; of two entries with one hash the first wins. Used in training only.
    pub fn build(entries: &[(u32, u8)], bits: u32) -> Vec<u8> {
        let mut slots = vec![0_u8; SLOT << bits];
        let mask = (1_usize << bits) - 1;
        for &(phrase, class) in entries.iter().take(mask) {
            let spread = hash::finish(phrase);
            let mut at = (spread >> (32 - bits)) as usize;
            while slots[at * SLOT + 2] != 0 {
                if slots[at * SLOT..at * SLOT + 2] == (spread as u16).to_le_bytes() {
                    break;
                }
                at = (at + 1) & mask;
            }
            if slots[at * SLOT + 2] == 0 {
                slots[at * SLOT..at * SLOT + 2].copy_from_slice(&(spread as u16).to_le_bytes());
                slots[at * SLOT + 2] = class;
            }
        }
        slots
    }
}
