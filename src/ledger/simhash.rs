//! Owns the near-duplicate fingerprint of a text; never keeps the text.

use super::people::is_tag_sign;
use crate::text::hash;
use crate::text::normal::{lower, nfkc};

/// Letters in a shingle. Four keep words of Latin scripts apart and still give Chinese and Japanese texts several shingles a sentence.
const SHINGLE_CHARS: usize = 4;

/// Longer texts are known by their beginning, in letters and digits; the judge reads no more either.
const MAX_CHARS: usize = 16_384;

/// 64-bit simhash (Charikar 2002) over shingles of four letters or digits.
///
/// The text is brought to one form first: compatibility form, lower case, links, @-handles and the hashtags at its end left out,
/// because a brand that posts one text in several rooms changes just those; everything but letters and digits is dropped. Texts
/// with fewer letters than a shingle are one shingle; an empty text gives 0. Near duplicates differ in few bits: see [`distance`].
///
/// Linear in the length of the text. Made of 32-bit steps only, because the JavaScript twin multiplies those natively: the 64
/// sums are kept in bytes, four to a word, and a table spreads four bits of a hash over them.
pub fn simhash(text: &str) -> u64 {
    let is_address = |word: &str| word.starts_with('@') || word.contains("://") || word.starts_with("www.");
    let mut words: Vec<&str> = Vec::new();
    // Words up to the last one that is neither address nor tag; all where there is none.
    let mut kept = 0;
    for word in text.split_whitespace() {
        words.push(word);
        if !is_address(word) && !word.starts_with(is_tag_sign) {
            kept = words.len();
        }
    }
    if kept > 0 {
        words.truncate(kept);
    }
    let mut letters: Vec<u32> = Vec::new();
    for word in words {
        if is_address(word) || letters.len() > MAX_CHARS {
            continue;
        }
        for c in lower(&nfkc(word)).chars() {
            if c.is_alphanumeric() {
                letters.push(u32::from(c));
            }
        }
    }
    if letters.is_empty() {
        return 0;
    }
    let mut sums = Sums { bytes: [0; 16], fresh: 0, totals: [0; 64], shingles: 0 };
    for shingle in letters.windows(SHINGLE_CHARS.min(letters.len())) {
        let head = shingle.iter().fold(hash::SEED, |hash, &letter| hash::push(hash, letter));
        sums.add(hash::finish(head), hash::finish(head ^ OTHER_HALF));
    }
    sums.majority()
}

/// Makes another hash of the same shingle for the upper 32 bits.
const OTHER_HALF: u32 = 0x9e37_79b9;

/// Spreads four bits over the four bytes of a word.
const SPREAD: [u32; 16] = {
    let mut table = [0; 16];
    let mut bits = 0;
    while bits < 16 {
        table[bits] = (bits & 1 | (bits & 2) << 7 | (bits & 4) << 14 | (bits & 8) << 21) as u32;
        bits += 1;
    }
    table
};

/// How often each of 64 bits was set.
struct Sums {
    bytes: [u32; 16],
    /// Shingles in `bytes`; a byte holds 255.
    fresh: u32,
    totals: [u32; 64],
    shingles: u32,
}

impl Sums {
    fn add(&mut self, low: u32, high: u32) {
        for (at, word) in self.bytes.iter_mut().enumerate() {
            let half = if at < 8 { low } else { high };
            *word += SPREAD[(half >> (at % 8 * 4) & 15) as usize];
        }
        self.fresh += 1;
        if self.fresh == 255 {
            self.flush();
        }
    }

    fn flush(&mut self) {
        for (bit, total) in self.totals.iter_mut().enumerate() {
            *total += self.bytes[bit / 4] >> (bit % 4 * 8) & 255;
        }
        self.shingles += self.fresh;
        self.bytes = [0; 16];
        self.fresh = 0;
    }

    /// The bits that more than half of the shingles set.
    fn majority(mut self) -> u64 {
        self.flush();
        let is_set = |total: &u32| *total * 2 > self.shingles;
        self.totals.iter().rev().fold(0, |bits, total| bits << 1 | u64::from(is_set(total)))
    }
}

/// In how many of the 64 bits two fingerprints differ; unrelated texts differ in about 32.
pub const fn distance(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, least: u32, most: u32) {
        let bits = distance(simhash(a), simhash(b));
        assert!((least..=most).contains(&bits), "{bits} bits apart: {a} / {b}");
    }

    const POST: &str = "Frost tonight: cover the seedlings, and water in the morning, not the evening. The roots will thank you in May.";

    #[test]
    fn one_shingle_is_its_hash() {
        let head = hash::push(hash::SEED, 0x61);
        let expected = u64::from(hash::finish(head)) | u64::from(hash::finish(head ^ OTHER_HALF)) << 32;
        assert_eq!(simhash("A"), expected);
        assert_eq!(simhash("  \n@you https://ex.am/1"), 0);
    }

    #[test]
    fn the_sums_are_those_counted_one_by_one() {
        // 600 different shingles: the bytes overflow twice.
        let letters: Vec<char> = (0..603u32).filter_map(|at| char::from_u32(0x4e00 + at)).collect();
        let mut counts = [0i32; 64];
        for shingle in letters.windows(SHINGLE_CHARS) {
            let head = shingle.iter().fold(hash::SEED, |hash, c| hash::push(hash, u32::from(*c)));
            let bits = u64::from(hash::finish(head)) | u64::from(hash::finish(head ^ OTHER_HALF)) << 32;
            for (bit, count) in counts.iter_mut().enumerate() {
                *count += if bits >> bit & 1 == 1 { 1 } else { -1 };
            }
        }
        let expected = counts.iter().enumerate().fold(0, |bits, (bit, count)| bits | u64::from(*count > 0) << bit);
        assert_eq!(simhash(&letters.iter().collect::<String>()), expected);
    }

    #[test]
    fn near_and_far() {
        check(POST, POST, 0, 0);
        check(POST, &format!("{POST} @garden https://ex.am/42"), 0, 0);
        check(POST, &POST.to_uppercase(), 0, 0);
        check(POST, &format!("{POST} #garden #frost https://ex.am/7 @you"), 0, 0);
        check("#only #tags", "#other #words #here", 1, 64);
        check(POST, &POST.replace("May", "June"), 0, 10);
        check(POST, "48 hours only: everything in the shop is twenty per cent off with the code at the till.", 20, 64);
        check("今夜は霜が降ります。苗に覆いをかけてください。", "今夜は霜が降ります。苗に覆いをかけて下さい。", 0, 20);
    }

    #[test]
    fn the_fingerprint_is_kept_in_ledgers_and_must_not_drift() {
        assert_eq!(simhash(POST), GOLDEN, "{:#x}", simhash(POST));
    }

    const GOLDEN: u64 = 0x7aca_a18b_5c93_22cc;
}
