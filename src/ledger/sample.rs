//! Owns how sure a number is: its sample, its interval, and whether the sample is large enough to show it; never what it means.

use super::interval::wilson;

/// A number with what it stands on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// The number.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// What it was counted over: posts, days, answers or questions, as the metric says.
    pub n: u32,
    /// Whether `n` reaches the metric's minimum; below it the number is shown in grey.
    pub is_enough: bool,
}

impl Measure {
    /// A share of `hits` among `n` with its Wilson interval; none of nothing.
    pub fn share(hits: u32, n: u32, minimum: u32) -> Option<Self> {
        let interval = wilson(hits, n);
        (n > 0).then(|| Self {
            value: f64::from(hits.min(n)) / f64::from(n),
            low: interval.low,
            high: interval.high,
            n,
            is_enough: n >= minimum,
        })
    }
}

/// The generator SplitMix64 (Steele, Lea and Flood 2014): the same numbers for the same seed everywhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// A number below `end`; 0 when that is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (((self.next() >> 32) * end as u64) >> 32) as usize
    }
}

/// Resamples of a bootstrap. Its ends then lie on the 10th value from either side; four runs with other seeds move them by less
/// than a tenth of the interval's width on 90 days of lognormal counts.
const RESAMPLES: usize = 399;
/// Values left out on either side: 2.5 % of 400.
const CUT: usize = 9;

/// At most so many parts are drawn from. Of 970 days the ends of the interval then move by 3.5 % of its width (mean of 20 sets of
/// made-up days, in the tests), and an eighth of the draws is made: a table of fifty brands would be seconds in the drawing.
const BLOCKS: usize = 128;

/// A ratio of sums over days, Σy ÷ Σn, with the percentile interval of a bootstrap over whole days (Efron and Tibshirani 1993,
/// chapter 13; by days, because posts of one day are alike). None when nothing was counted.
///
/// `days` are (y, n) of each day; days with `n` of 0 say nothing and are left out. Seeded: the same for the same days. With a
/// single day nothing is known of the spread: the interval is the number itself and the number is never enough.
/// Of many days neighbours are drawn together, as one of [`BLOCKS`] (Künsch 1989: the moving block bootstrap without overlap).
/// The number is enough from `minimum_n` in Σn over `minimum_days` on. Costs about 400 steps a day or block.
pub fn ratio_by_day(days: &[(f64, f64)], minimum_n: u32, minimum_days: usize) -> Option<Measure> {
    ratio_in_blocks(days, minimum_n, minimum_days, BLOCKS)
}

fn ratio_in_blocks(days: &[(f64, f64)], minimum_n: u32, minimum_days: usize, most: usize) -> Option<Measure> {
    let days: Vec<(f64, f64)> = days.iter().copied().filter(|day| day.1 > 0.0).collect();
    let ratio = |(y, n): (f64, f64)| y / n;
    let plus = |sum: (f64, f64), day: &(f64, f64)| (sum.0 + day.0, sum.1 + day.1);
    let sum = days.iter().fold((0.0, 0.0), plus);
    if days.is_empty() {
        return None;
    }
    let value = ratio(sum);
    let blocks: Vec<(f64, f64)> =
        days.chunks(days.len().div_ceil(most)).map(|block| block.iter().fold((0.0, 0.0), plus)).collect();
    let mut random = Random(days.len() as u64);
    let mut draw = || {
        let picked = (0..blocks.len()).filter_map(|_| blocks.get(random.below(blocks.len())));
        ratio(picked.fold((0.0, 0.0), plus))
    };
    let mut resampled: Vec<f64> = (0..RESAMPLES).map(|_| draw()).collect();
    resampled.sort_by(f64::total_cmp);
    let end = |at: usize| resampled.get(at).copied().unwrap_or(value);
    Some(Measure {
        value,
        low: end(CUT),
        high: end(RESAMPLES - 1 - CUT),
        n: sum.1 as u32,
        is_enough: sum.1 >= f64::from(minimum_n) && days.len() >= minimum_days.max(2),
    })
}

/// Fewest values between whose extremes the median lies with 95 % certainty: 1 − 2·(1/2)⁶ = 0.969.
pub const MEDIAN_MIN: u32 = 6;

/// The median of values with the exact interval of order statistics (Conover 1999, section 3.2): the narrowest pair of values
/// that holds it with at least 95 % certainty whatever the distribution. None of nothing.
///
/// `values` are in order, each with its number. Of an even number the mean of the two in the middle. Below [`MEDIAN_MIN`] values
/// no pair is sure enough: the interval is all of them.
pub fn median(values: &[(u32, u32)]) -> Option<Measure> {
    let n = values.iter().fold(0u32, |sum, (_, times)| sum.saturating_add(*times));
    let at = |rank: u32| {
        let mut left = rank;
        let found = values.iter().find(|(_, times)| {
            let is_here = left < *times;
            left = left.saturating_sub(*times);
            is_here
        });
        f64::from(found.or(values.last()).map_or(0, |(value, _)| *value))
    };
    let last = n.checked_sub(1)?;
    let rank = median_rank(n);
    Some(Measure {
        value: f64::midpoint(at(last / 2), at(n / 2)),
        low: at(rank),
        high: at(last - rank),
        n,
        is_enough: n >= MEDIAN_MIN,
    })
}

/// The highest rank (from 0) whose value lies below the median with at least 97.5 % certainty: P(B(n, 1/2) ≤ rank) ≤ 0.025.
/// From 1,000 values on by the normal approximation, which is off by less than one rank there.
fn median_rank(n: u32) -> u32 {
    const EXACT_MAX: u32 = 1_000;
    let size = f64::from(n);
    if n > EXACT_MAX {
        return (size / 2.0 - 0.979_981_992_270_027 * size.sqrt()).floor().max(1.0) as u32 - 1;
    }
    let mut term = (0..n).fold(1.0, |product: f64, _| product / 2.0);
    let (mut sum, mut rank) = (0.0, 0);
    for hits in 0..n {
        sum += term;
        if sum > 0.025 {
            break;
        }
        rank = hits;
        term = term * f64::from(n - hits) / f64::from(hits + 1);
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[(u32, u32)], value: f64, low: f64, high: f64) {
        let measure = median(values).expect("a median");
        assert_eq!((measure.value, measure.low, measure.high), (value, low, high), "{values:?}");
    }

    #[test]
    fn the_median_and_its_order_statistics() {
        assert_eq!(median(&[]), None);
        check(&[(5, 1)], 5.0, 5.0, 5.0);
        check(&[(1, 1), (4, 1)], 2.5, 1.0, 4.0);
        // Six values: (1/2)^6 = 0.0156 ≤ 0.025, and 0.0156 + 6·0.0156 is more: the extremes.
        check(&[(1, 1), (2, 1), (3, 2), (9, 1), (20, 1)], 3.0, 1.0, 20.0);
        // Conover's table of the binomial: n = 10, P(B ≤ 1) = 0.0107, P(B ≤ 2) = 0.0547: second and ninth value.
        check(&(1..=10).map(|value| (value, 1)).collect::<Vec<_>>(), 5.5, 2.0, 9.0);
        // n = 20: P(B ≤ 5) = 0.0207, P(B ≤ 6) = 0.0577: sixth and fifteenth.
        check(&(1..=20).map(|value| (value, 1)).collect::<Vec<_>>(), 10.5, 6.0, 15.0);
        // Ties: 100 values of 7.
        check(&[(7, 100)], 7.0, 7.0, 7.0);
        assert!(!median(&[(1, 5)]).expect("a median").is_enough);
        assert!(median(&[(1, 6)]).expect("a median").is_enough);
    }

    #[test]
    fn the_approximation_meets_the_exact_rank() {
        let rank = median_rank(1_000);
        let size = 1_001.0f64;
        let approximate = (size / 2.0 - 0.979_981_992_270_027 * size.sqrt()).floor() as u32 - 1;
        assert!(rank.abs_diff(approximate) <= 1, "{rank} and {approximate}");
    }

    #[test]
    fn a_ratio_over_days() {
        assert_eq!(ratio_by_day(&[], 0, 0), None);
        assert_eq!(ratio_by_day(&[(3.0, 0.0)], 0, 0), None);
        let single = ratio_by_day(&[(3.0, 2.0)], 1, 1).expect("a ratio");
        assert_eq!((single.value, single.low, single.high, single.n, single.is_enough), (1.5, 1.5, 1.5, 2, false));
        let same = ratio_by_day(&[(4.0, 2.0); 9], 18, 9).expect("a ratio");
        assert_eq!((same.value, same.low, same.high, same.is_enough), (2.0, 2.0, 2.0, true));
        // (0 + 10 + 2) / (5 + 5 + 2): by hand 1.0; no resample can leave the range of the days.
        let mixed = ratio_by_day(&[(0.0, 5.0), (10.0, 5.0), (2.0, 2.0), (9.0, 0.0)], 12, 3).expect("a ratio");
        assert_eq!((mixed.value, mixed.n, mixed.is_enough), (1.0, 12, true));
        assert!(mixed.low >= 0.0 && mixed.low < 1.0 && mixed.high > 1.0 && mixed.high <= 2.0, "{mixed:?}");
        assert_eq!(Some(mixed), ratio_by_day(&[(0.0, 5.0), (10.0, 5.0), (2.0, 2.0), (9.0, 0.0)], 12, 3), "seeded");
    }

    #[test]
    fn blocks_of_days_give_the_interval_of_days() {
        // Posts a day of 0..=9 with up to 99 likes each, three years long.
        let mut random = Random(3);
        let mut apart: f64 = 0.0;
        for _ in 0..20 {
            let mut day = || {
                let posts = random.below(10) as f64;
                (posts * random.below(100) as f64, posts)
            };
            let days: Vec<(f64, f64)> = (0..970).map(|_| day()).collect();
            let by_day = ratio_in_blocks(&days, 0, 0, days.len()).expect("a ratio");
            let by_block = ratio_by_day(&days, 0, 0).expect("a ratio");
            assert_eq!((by_day.value, by_day.n), (by_block.value, by_block.n));
            let ends = [(by_day.low, by_block.low), (by_day.high, by_block.high)];
            let width = by_day.high - by_day.low;
            apart += ends.iter().map(|(one, other)| (one - other).abs() / width).sum::<f64>() / 40.0;
        }
        println!("ends move by {apart:.3} of the interval's width");
        assert!(apart < 0.1, "{apart}");
    }

    #[test]
    fn the_bootstrap_covers_the_truth_about_as_often_as_it_says() {
        // 400 samples of 30 days, each with 0..=9 of 10: the true ratio is 0.45.
        let mut random = Random(7);
        let covers = (0..400).filter(|_| {
            let days: Vec<(f64, f64)> = (0..30).map(|_| (random.below(10) as f64, 10.0)).collect();
            let measure = ratio_by_day(&days, 0, 0).expect("a ratio");
            measure.low <= 0.45 && 0.45 <= measure.high
        });
        let share = covers.count();
        assert!((360..=396).contains(&share), "{share} of 400");
    }
}
