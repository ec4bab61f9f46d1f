//! Owns the signs of a machine behind an account: a clock, an interval, a template; never says that they prove one.

use super::book::Brand;
use super::shares::MIN_POSTS;
use super::texts::repeated_share;
use crate::ledger::{Aggregate, Measure};

/// Standard deviations above chance, and a constant for small counts: with minutes drawn evenly, fewer than 1 of 100 brands with
/// 20 to 2,000 posts has a single minute above this (2,000 seeded draws in the tests).
const ABOVE_CHANCE_SD: f64 = 3.5;
const ABOVE_CHANCE_COUNT: f64 = 3.0;

/// Whether so many hits among `n` are more than a chance of `p` brings.
fn is_above_chance(hits: u32, n: u32, p: f64) -> bool {
    let mean = f64::from(n) * p;
    f64::from(hits) > mean + ABOVE_CHANCE_SD * (mean * (1.0 - p)).sqrt() + ABOVE_CHANCE_COUNT
}

const MINUTES_OF_HOUR: usize = 60;

/// Clock share: posts written at a minute of the hour that holds more of the brand's posts than chance would bring ÷ posts whose
/// time is known. A person's minutes are spread evenly; a scheduler posts at :00, :15 or its own favourite minute.
/// n: posts whose time is known. Wilson interval, minimum [`MIN_POSTS`].
pub fn clock_share(aggregate: &Aggregate) -> Option<Measure> {
    let mut hours = [0u32; MINUTES_OF_HOUR];
    for (minute, times) in aggregate.minutes.iter() {
        hours[usize::from(minute) % MINUTES_OF_HOUR] += times;
    }
    let n = aggregate.minutes.total();
    let hits = hours.iter().filter(|&&times| is_above_chance(times, n, 1.0 / 60.0)).sum();
    Measure::share(hits, n, MIN_POSTS)
}

/// Gaps that are looked at, in minutes. Of a busy desk the short ones are common whatever it does (from five minutes on, human
/// support desks came out at 60 % regular), and longer ones were not seen whole.
const GAP_MINUTES: std::ops::RangeInclusive<i64> = 30..=2 * 1440;
/// Gaps are alike within this, in minutes: a scheduler's own delay.
const ALIKE_MINUTES: i64 = 1;
/// How many are alike is compared with how many lie within this, in minutes.
const AROUND_MINUTES: i64 = 30;

/// Interval share: gaps between posts in a row that return to the minute more often than those around them would by chance ÷
/// gaps of half an hour to two days ("every three hours", "daily at nine"). Posts that were not seen break the row, so the
/// true share is higher. n: those gaps. Wilson interval, minimum [`MIN_POSTS`].
pub fn interval_share(brand: &Brand) -> Option<Measure> {
    let mut times: Vec<i64> = Vec::new();
    for day in &brand.days {
        for (minute, count) in day.sums.minutes.iter() {
            times.extend(std::iter::repeat_n(i64::from(day.day) * 1440 + i64::from(minute), count as usize));
        }
    }
    times.sort_unstable();
    let mut gaps: Vec<i64> = times.windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?)).collect();
    gaps.sort_unstable();
    let looked_at: Vec<i64> = gaps.iter().copied().filter(|gap| GAP_MINUTES.contains(gap)).collect();
    let within = |gap: i64, reach: i64| {
        let from = gaps.partition_point(|other| *other < gap - reach);
        let to = gaps.partition_point(|other| *other <= gap + reach);
        u32::try_from(to - from).unwrap_or(u32::MAX)
    };
    let chance = (2 * ALIKE_MINUTES + 1) as f64 / (2 * AROUND_MINUTES + 1) as f64;
    let returns = |gap: &&i64| is_above_chance(within(**gap, ALIKE_MINUTES), within(**gap, AROUND_MINUTES), chance);
    let hits = looked_at.iter().filter(returns).count();
    Measure::share(u32::try_from(hits).ok()?, u32::try_from(looked_at.len()).ok()?, MIN_POSTS)
}

/// What the three signs come to; shown as a hint, never as proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AutomationCall {
    /// All three lie wholly below one fifth.
    Organic,
    /// Something between.
    Mixed,
    /// The whole interval of one sign lies above one half.
    Robotised,
}

impl AutomationCall {
    /// The stable id, end of the message key.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Organic => "organic",
            Self::Mixed => "mixed",
            Self::Robotised => "robotised",
        }
    }
}

/// The three signs and what they come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Automation {
    /// [`clock_share`]
    pub clock: Option<Measure>,
    /// [`interval_share`]
    pub interval: Option<Measure>,
    /// [`repeated_share`]
    pub repeated: Option<Measure>,
    /// None while no sign has enough to stand on.
    pub call: Option<AutomationCall>,
}

/// Below this share a sign says nothing: whoever posts on the hour now and then is no robot.
const ORGANIC_MAX: f64 = 0.2;
const ROBOTISED_MIN: f64 = 0.5;

/// Automation: *organic* when the intervals of all signs that have enough posts lie below a fifth, *robotised* when that of one
/// lies above one half, else *mixed* (product specification, section 1: a machine is no fault if it is mixed with the organic).
pub fn automation(brand: &Brand) -> Automation {
    let (clock, interval, repeated) = (clock_share(&brand.total), interval_share(brand), repeated_share(brand));
    let signs: Vec<Measure> = [clock, interval, repeated].into_iter().flatten().filter(|sign| sign.is_enough).collect();
    let call = if signs.is_empty() {
        None
    } else if signs.iter().any(|sign| sign.low > ROBOTISED_MIN) {
        Some(AutomationCall::Robotised)
    } else if signs.iter().all(|sign| sign.high < ORGANIC_MAX) {
        Some(AutomationCall::Organic)
    } else {
        Some(AutomationCall::Mixed)
    };
    Automation { clock, interval, repeated, call }
}
