//! Owns the few transcendental functions of the judge, from + − × ÷ alone; never calls the platform's.

/// `e^x` within 1e-6 relative; saturates outside ±80.
///
/// Range reduction by ln 2 (in two parts, Cody and Waite) and the Taylor polynomial of degree 6.
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 80.0);
    let k = (x * std::f32::consts::LOG2_E + 0.5).floor();
    let r = (x - k * 0.693_359_4) + k * 2.121_944_4e-4;
    let p = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0))))));
    p * f32::from_bits(((k as i32 + 127) as u32) << 23)
}

/// The natural logarithm of a positive, finite number within 1e-6; −87 for anything smaller than the least normal number.
///
/// The mantissa is brought to 1/√2..√2 and ln m = 2 artanh((m − 1) / (m + 1)) taken to the ninth power.
pub fn ln(x: f32) -> f32 {
    if x < f32::MIN_POSITIVE {
        return -87.0;
    }
    let bits = x.to_bits();
    let mut exponent = (bits >> 23) as i32 - 127;
    let mut m = f32::from_bits(bits & 0x007f_ffff | 0x3f80_0000);
    if m > std::f32::consts::SQRT_2 {
        m *= 0.5;
        exponent += 1;
    }
    let s = (m - 1.0) / (m + 1.0);
    let q = s * s;
    let series = 2.0 * s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0 + q * (1.0 / 9.0)))));
    exponent as f32 * std::f32::consts::LN_2 + series
}

/// ln Σ eˣ, and the share of each term written over `values`; the sum runs in index order.
pub fn log_sum_exp(values: &mut [f32]) -> f32 {
    let top = values.iter().fold(f32::NEG_INFINITY, |top, value| if *value > top { *value } else { top });
    let mut sum = 0.0;
    for value in values.iter_mut() {
        *value = exp(*value - top);
        sum += *value;
    }
    for value in values.iter_mut() {
        *value /= sum;
    }
    top + ln(sum)
}

/// The logistic function.
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Softmax in place.
pub fn softmax(values: &mut [f32]) {
    log_sum_exp(values);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods)] // the platform's functions are what ours are compared with
    fn exp_and_ln_are_close() {
        for step in -800..=800 {
            let x = step as f32 / 10.0;
            let truth = f64::from(x).exp();
            let relative = (f64::from(exp(x)) / truth - 1.0).abs();
            assert!(relative < 2e-6, "{x}: {relative}");
            if truth > 1e-35 {
                assert!((f64::from(ln(truth as f32)) - f64::from(x)).abs() < 1e-5, "{x}");
            }
        }
    }

    #[test]
    fn softmax_sums_to_one() {
        let mut values = [3.0, -100.0, 0.5, 40.0];
        softmax(&mut values);
        assert!((values.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }
}
