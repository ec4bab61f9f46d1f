//! Owns the confidence interval of a share; never decides what follows from it.

/// A closed interval of shares, both ends in 0.0..=1.0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Two-sided 95 % quantile of the standard normal distribution.
const Z_95: f64 = 1.959_963_984_540_054;

/// The Wilson score interval at 95 % of `hits` among `n` (Wilson 1927, without continuity correction).
///
/// With `n == 0` nothing is known: 0..=1. `hits` above `n` count as `n`. Uses only operations that IEEE 754 rounds
/// correctly, so native and Wasm agree bit for bit.
///
/// ```
/// let interval = kibitz::ledger::wilson(43, 52);
/// assert_eq!(format!("{:.2}–{:.2}", interval.low, interval.high), "0.70–0.91");
/// ```
pub fn wilson(hits: u32, n: u32) -> Interval {
    if n == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let hits = f64::from(hits.min(n));
    let n = f64::from(n);
    let share = hits / n;
    let square = Z_95 * Z_95;
    let centre = share + square / (2.0 * n);
    let spread = Z_95 * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let scale = 1.0 + square / n;
    Interval { low: ((centre - spread) / scale).clamp(0.0, 1.0), high: ((centre + spread) / scale).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hits: u32, n: u32, low: f64, high: f64) {
        let interval = wilson(hits, n);
        assert!((interval.low - low).abs() < 5e-5, "{hits}/{n}: low {}", interval.low);
        assert!((interval.high - high).abs() < 5e-5, "{hits}/{n}: high {}", interval.high);
    }

    #[test]
    fn equals_values_worked_by_hand() {
        // n = 4, all hits: n / (n + z²) = 4 / 7.84146 = 0.51011.
        check(4, 4, 0.51011, 1.0);
        check(0, 4, 0.0, 0.48989);
        // 81 of 263: Newcombe 1998, table I, method 3 gives 0.2553–0.3662.
        check(81, 263, 0.2553, 0.3662);
        // 15 of 148, same source: 0.0624–0.1605.
        check(15, 148, 0.0624, 0.1605);
        check(0, 0, 0.0, 1.0);
    }
}
