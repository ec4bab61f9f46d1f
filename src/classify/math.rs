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

/// The logistic function.
pub fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

/// Softmax in place; the sum runs in index order.
pub fn softmax(values: &mut [f32]) {
    let top = values.iter().fold(f32::NEG_INFINITY, |top, value| if *value > top { *value } else { top });
    let mut sum = 0.0;
    for value in values.iter_mut() {
        *value = exp(*value - top);
        sum += *value;
    }
    for value in values.iter_mut() {
        *value /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_close() {
        for step in -800..=800 {
            let x = step as f32 / 10.0;
            let truth = f64::from(x).exp();
            let relative = (f64::from(exp(x)) / truth - 1.0).abs();
            assert!(relative < 2e-6, "{x}: {relative}");
        }
    }

    #[test]
    fn softmax_sums_to_one() {
        let mut values = [3.0, -100.0, 0.5, 40.0];
        softmax(&mut values);
        assert!((values.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }
}
