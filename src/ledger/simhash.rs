//! Owns the near-duplicate fingerprint of a text; never keeps the text.

use crate::text::normal::{lower, nfkc};

/// Letters in a shingle. Four keep words of Latin scripts apart and still give Chinese and Japanese texts several shingles a sentence.
const SHINGLE_CHARS: usize = 4;

/// 64-bit simhash (Charikar 2002) over shingles of four letters or digits.
///
/// The text is brought to one form first: compatibility form, lower case, links and @-handles left out, because a brand that
/// posts one text in several rooms changes just those; everything but letters and digits is dropped. Texts with fewer letters
/// than a shingle are one shingle; an empty text gives 0. Near duplicates differ in few bits: see [`distance`].
pub fn simhash(text: &str) -> u64 {
    let letters: Vec<char> = text
        .split_whitespace()
        .filter(|word| !word.starts_with('@') && !word.contains("://") && !word.starts_with("www."))
        .flat_map(|word| lower(&nfkc(word)).chars().collect::<Vec<_>>())
        .filter(|c| c.is_alphanumeric())
        .collect();
    if letters.is_empty() {
        return 0;
    }
    let mut weights = [0i32; 64];
    for shingle in letters.windows(SHINGLE_CHARS.min(letters.len())) {
        let hash = hash(shingle);
        for (bit, weight) in weights.iter_mut().enumerate() {
            *weight += if hash >> bit & 1 == 1 { 1 } else { -1 };
        }
    }
    weights.iter().enumerate().fold(0, |bits, (bit, weight)| bits | u64::from(*weight > 0) << bit)
}

/// In how many of the 64 bits two fingerprints differ; unrelated texts differ in about 32.
pub const fn distance(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}

/// FNV-1a over the letters, then the finaliser of MurmurHash3: FNV alone leaves the high bits of short inputs alike.
fn hash(shingle: &[char]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in shingle.iter().flat_map(|c| u32::from(*c).to_le_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
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
        // Worked by hand in the mixing steps above for the single shingle "a".
        let mut fnv: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in [0x61u64, 0, 0, 0] {
            fnv = (fnv ^ byte).wrapping_mul(0x100_0000_01b3);
        }
        fnv = (fnv ^ (fnv >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        fnv = (fnv ^ (fnv >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        assert_eq!(simhash("A"), fnv ^ (fnv >> 33));
        assert_eq!(simhash("  \n@you https://ex.am/1"), 0);
    }

    #[test]
    fn near_and_far() {
        check(POST, POST, 0, 0);
        check(POST, &format!("{POST} @garden https://ex.am/42"), 0, 0);
        check(POST, &POST.to_uppercase(), 0, 0);
        check(POST, &format!("{POST} #garden"), 0, 8);
        check(POST, &POST.replace("May", "June"), 0, 8);
        check(POST, "48 hours only: everything in the shop is twenty per cent off with the code at the till.", 20, 64);
        check("今夜は霜が降ります。苗に覆いをかけてください。", "今夜は霜が降ります。苗に覆いをかけて下さい。", 0, 20);
    }

    #[test]
    fn the_fingerprint_is_kept_in_ledgers_and_must_not_drift() {
        assert_eq!(simhash(POST), GOLDEN);
    }

    const GOLDEN: u64 = 0xa475_2b36_97bf_8352;
}
