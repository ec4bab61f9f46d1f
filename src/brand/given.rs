//! Owns the given names of many languages, as a Bloom filter made at compile time; never speaks for a brand.
//!
//! The list itself would ship 17 KB gzipped, the filter 4 KB.
//! It never misses a listed name; of other words it takes about one in thirty for a name (counted by the test below), and
//! such a word only speaks for a person: the safe error.

/// Folded, one a line, sorted by bytes.
const NAMES: &str = include_str!("words/given.txt");
/// Bits of the filter, as a power of two: about seven a name.
const BITS_LOG2: u32 = 15;
/// Bits set for each name.
const PROBES: u32 = 4;
const BYTES: usize = (1 << BITS_LOG2) / 8;

static FILTER: [u8; BYTES] = build();

/// Whether the folded word is a given name, or one of the few that the filter takes for one.
pub(super) fn is_given(word: &str) -> bool {
    let word = word.as_bytes();
    !word.is_empty() && (0..PROBES).all(|probe| FILTER[bit(word, 0, word.len(), probe) / 8] & mask(word, probe) != 0)
}

fn mask(word: &[u8], probe: u32) -> u8 {
    1 << (bit(word, 0, word.len(), probe) % 8)
}

/// FNV-1a (Fowler, Noll, Vo) with the probe's number before the word, mixed so that the high bits depend on every letter.
const fn bit(text: &[u8], from: usize, to: usize, probe: u32) -> usize {
    let mut hash: u32 = (0x811c_9dc5 ^ probe).wrapping_mul(0x0100_0193);
    let mut at = from;
    while at < to {
        hash = (hash ^ text[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash ^= hash >> 15;
    (hash.wrapping_mul(0x2c1b_3c6d) >> (32 - BITS_LOG2)) as usize
}

#[allow(long_running_const_eval)] // 33 KB of names, four times
const fn build() -> [u8; BYTES] {
    let names = NAMES.as_bytes();
    let mut filter = [0; BYTES];
    let (mut start, mut at) = (0, 0);
    while at <= names.len() {
        if at == names.len() || names[at] == b'\n' {
            let mut probe = 0;
            while at > start && probe < PROBES {
                let bit = bit(names, start, at, probe);
                filter[bit / 8] |= 1 << (bit % 8);
                probe += 1;
            }
            start = at + 1;
        }
        at += 1;
    }
    filter
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_few_other_words_are() {
        for name in NAMES.lines() {
            assert_eq!(super::super::words::fold(name), name, "not folded");
            assert!(is_given(name), "{name}");
        }
        assert!(!is_given(""));
        let taken = (0..10_000).filter(|number| is_given(&format!("w{number}"))).count();
        assert!((1..=600).contains(&taken), "{taken} of 10,000 other words are taken for names");
    }
}
