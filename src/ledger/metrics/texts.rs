//! Owns the metrics of near-duplicate texts: repeated in one room, and posted in several; never sees a text.

use std::collections::VecDeque;

use super::book::Brand;
use super::shares::MIN_POSTS;
use crate::ledger::{Measure, distance};

/// Texts whose fingerprints differ in at most so many of 64 bits count as one.
///
/// Measured on 125,057 unlabelled posts (`tests/ledger/thresholds.txt`): of pairs by one author that share half of their shingles
/// 86.7 % are found, 97.7 % of the pairs found are such, 4 of a million pairs by different authors fall together; of texts with
/// another link, other hashtags at their end or fewer emoji 99.5 % and more are found, without their last sentence 95 %, cut to
/// 280 characters 57 %. Two bits more find 92 % at a precision of 95 %.
pub const NEAR_BITS: u32 = 12;

/// Only so long after the first does a text count as the same message in another room, in days.
pub const CROSS_POST_DAYS: i32 = 14;

/// Texts compared at most; of more the latest count, so that a brand with a hundred thousand posts costs no more than 30 ms.
const MAX_TEXTS: usize = 4_000;

fn latest(brand: &Brand) -> &[super::Timed] {
    let from = brand.texts.len().saturating_sub(MAX_TEXTS);
    brand.texts.get(from..).unwrap_or_default()
}

/// Repeated share: posts whose text is a near duplicate of an earlier one by the brand in the same room ÷ posts with a text of
/// at least [`crate::ledger::TEXT_MIN_CHARS`] characters. Templates that change a name or a number are found, too.
/// n: those posts, at most 4,000. Wilson interval, minimum [`MIN_POSTS`].
pub fn repeated_share(brand: &Brand) -> Option<Measure> {
    let texts = latest(brand);
    let is_repeated = |(at, text): &(usize, &super::Timed)| {
        let earlier = texts.get(..*at).unwrap_or_default();
        earlier.iter().any(|other| other.room == text.room && distance(other.text, text.text) <= NEAR_BITS)
    };
    let hits = texts.iter().enumerate().filter(is_repeated).count();
    Measure::share(u32::try_from(hits).ok()?, u32::try_from(texts.len()).ok()?, MIN_POSTS)
}

/// Cross-posting: posts whose text is a near duplicate of one that the brand posted in another room within [`CROSS_POST_DAYS`]
/// before or after ÷ posts with a long enough text (after Farahbakhsh 2017, `peers.md` 3.5). None unless the brand was seen in
/// two rooms. n: those posts, at most 4,000. Wilson interval, minimum [`MIN_POSTS`].
pub fn cross_posting(brand: &Brand) -> Option<Measure> {
    let texts = latest(brand);
    let first = texts.first()?;
    if texts.iter().all(|text| text.room == first.room) {
        return None;
    }
    let mut is_crossed = vec![false; texts.len()];
    let mut window: VecDeque<usize> = VecDeque::new();
    for (at, text) in texts.iter().enumerate() {
        let is_past = |early: &usize| texts.get(*early).is_some_and(|other| text.day - other.day > CROSS_POST_DAYS);
        while window.front().is_some_and(is_past) {
            window.pop_front();
        }
        for early in &window {
            let Some(other) = texts.get(*early) else { continue };
            if other.room != text.room && distance(other.text, text.text) <= NEAR_BITS {
                is_crossed[*early] = true;
                is_crossed[at] = true;
            }
        }
        window.push_back(at);
    }
    let hits = is_crossed.iter().filter(|is_crossed| **is_crossed).count();
    Measure::share(u32::try_from(hits).ok()?, u32::try_from(texts.len()).ok()?, MIN_POSTS)
}
