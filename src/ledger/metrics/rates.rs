//! Owns the metrics that are means or rates, by day; never a share.

use std::collections::BTreeMap;

use super::book::{Brand, Day};
use super::shares::MIN_POSTS;
use crate::intent::Stance;
use crate::ledger::{Aggregate, Measure, Reactions, Sum, of_stance, ratio_by_day};

/// Fewest days for an interval over days: from five on more than a hundred different resamples exist.
pub const MIN_DAYS: usize = 5;

/// Cadence: posts written on observed days ÷ observed days (Rival IQ's posts a day, over observed days only, `peers.md` 3.5).
///
/// A day is observed when the ledger saw a post of any brand in the brand's rooms on it for the first time: then the reader was
/// there. Days before and after are not counted, and neither are posts that a visit to a profile brought up from them.
/// n: observed days. Bootstrap over days, minimum [`MIN_DAYS`] days.
pub fn cadence(brand: &Brand) -> Option<Measure> {
    let written: BTreeMap<i32, u32> = brand.days.iter().map(|day| (day.day, day.sums.tally.posts())).collect();
    let days: Vec<(f64, f64)> =
        brand.observed.iter().map(|day| (f64::from(written.get(day).copied().unwrap_or_default()), 1.0)).collect();
    ratio_by_day(&days, 0, MIN_DAYS)
}

/// A kind of reaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Likes of every kind.
    Likes,
    /// Reposts or shares.
    Reposts,
    /// Answers received.
    Replies,
}

impl Reaction {
    const fn of(self, reactions: &Reactions) -> Sum {
        match self {
            Self::Likes => reactions.likes,
            Self::Reposts => reactions.reposts,
            Self::Replies => reactions.replies,
        }
    }
}

fn mean_by_day(days: &[Day], pick: impl Fn(&Aggregate) -> Sum) -> Vec<(f64, f64)> {
    let of = |day: &Day| {
        let sum = pick(&day.sums);
        (sum.sum as f64, f64::from(sum.n))
    };
    days.iter().map(of).collect()
}

/// Reactions of a kind per post of a stance: Σ highest numbers seen ÷ posts that showed one, so that an audience (likes) and a
/// connection (replies) can be told apart (product specification, section 1).
/// n: posts that showed a number. Bootstrap over days, minimum [`MIN_POSTS`] posts on [`MIN_DAYS`] days.
pub fn reactions_per_post(brand: &Brand, stance: Stance, reaction: Reaction) -> Option<Measure> {
    let pick =
        |sums: &Aggregate| sums.reactions.get(of_stance(stance)).map(|side| reaction.of(side)).unwrap_or_default();
    ratio_by_day(&mean_by_day(&brand.days, pick), MIN_POSTS, MIN_DAYS)
}

/// Mean room fit, −2 (out of place) ..= 2 (at home), over posts of which the room's profile says something
/// (product specification, section 1). n: those posts. Bootstrap over days, minimum [`MIN_POSTS`] posts on [`MIN_DAYS`] days.
pub fn mean_room_fit(brand: &Brand) -> Option<Measure> {
    // Kept shifted by two: see `Aggregate::fit`.
    let shifted = ratio_by_day(&mean_by_day(&brand.days, |sums| sums.fit), MIN_POSTS, MIN_DAYS)?;
    Some(Measure { value: shifted.value - 2.0, low: shifted.low - 2.0, high: shifted.high - 2.0, ..shifted })
}

/// People talked with per 100 posts: different accounts addressed or answered ÷ posts with a stance × 100
/// (product specification, section 1: the value of a network is many-to-many). Accounts named by a brand may be brands too.
///
/// The interval is that of the jackknife over days (Tukey 1958): resampling with replacement would see too few different
/// people. n: posts with a stance; minimum [`MIN_POSTS`] posts on [`MIN_DAYS`] days. Grows slower than posts do, so only like
/// samples compare.
pub fn people_per_100(brand: &Brand) -> Option<Measure> {
    const Z_95: f64 = 1.959_963_984_540_054;
    let total = &brand.total;
    let rate = |people: usize, posts: u32| people as f64 * 100.0 / f64::from(posts);
    let posts = total.tally.posts();
    if posts == 0 {
        return None;
    }
    let value = rate(total.people.distinct(), posts);
    let overall: BTreeMap<u64, u32> = total.people.iter().collect();
    let without = |day: &&Day| {
        let only_here = day.sums.people.iter().filter(|(who, times)| overall.get(who) == Some(times)).count();
        let left = posts.saturating_sub(day.sums.tally.posts());
        (left > 0).then(|| rate(total.people.distinct() - only_here, left))
    };
    let left_out: Vec<f64> =
        brand.days.iter().filter(|day| day.sums.tally.posts() > 0).filter_map(|day| without(&day)).collect();
    let days = left_out.len() as f64;
    let mean = left_out.iter().sum::<f64>() / days.max(1.0);
    let spread = left_out.iter().map(|rate| (rate - mean) * (rate - mean)).sum::<f64>();
    let error = if left_out.len() > 1 { (spread * (days - 1.0) / days).sqrt() } else { 0.0 };
    Some(Measure {
        value,
        low: (value - Z_95 * error).max(0.0),
        high: value + Z_95 * error,
        n: posts,
        is_enough: posts >= MIN_POSTS && left_out.len() >= MIN_DAYS,
    })
}
