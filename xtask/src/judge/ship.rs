//! Owns the way from a learned model to the shipped file: which features stay, the calibration; never learns.

use kibitz::classify::model::OUTPUTS;

use super::learn::WIDTH;
use super::pipeline::{Fit, Sample};
use super::vectors;

/// What each feature carries over all posts: the sum of its squared values.
pub fn mass(fit: &Fit, samples: &[Sample<'_>]) -> Vec<f32> {
    let mut mass = vec![0.0_f32; fit.index.hashes.len()];
    for sample in samples {
        for (at, value) in vectors::project(sample.features, &fit.index) {
            mass[at as usize] += value * value * sample.target.weight;
        }
    }
    mass
}

/// How much a feature matters: the length of its weights times the root of what it carries over all posts.
pub fn importance(fit: &Fit, samples: &[Sample<'_>]) -> Vec<f32> {
    let mass = mass(fit, samples);
    let length = |weights: &[f32; WIDTH]| {
        weights
            .iter()
            .take(OUTPUTS)
            .enumerate()
            .map(|(at, w)| w * w * if at >= OUTPUTS - 2 { 3.0 } else { 1.0 })
            .sum::<f32>()
    };
    fit.linear.weights.iter().zip(mass).map(|(weights, mass)| (length(weights) * mass).sqrt()).collect()
}

/// The hashes of the `count` features that matter most.
pub fn keep(fit: &Fit, samples: &[Sample<'_>], count: usize) -> Vec<u32> {
    let mut ranked: Vec<(f32, u32)> =
        importance(fit, samples).into_iter().zip(fit.index.hashes.iter().copied()).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.truncate(count);
    ranked.into_iter().map(|(_, hash)| hash).collect()
}

/// Gain and shift that make `gain × output + shift` the log-odds of the truth (Platt 1999), by Newton's method.
///
/// Cases are (output, truth, weight). Targets are pulled in by Platt's prior, so that a perfect split stays finite.
pub fn platt(cases: &[(f32, bool, f32)]) -> (f32, f32) {
    let positive: f32 = cases.iter().filter(|case| case.1).map(|case| case.2).sum();
    let negative: f32 = cases.iter().filter(|case| !case.1).map(|case| case.2).sum();
    let (high, low) = ((positive + 1.0) / (positive + 2.0), 1.0 / (negative + 2.0));
    let (mut gain, mut shift) = (1.0_f64, 0.0_f64);
    for _ in 0..40 {
        let (mut ga, mut gb, mut haa, mut hab, mut hbb) = (0.0_f64, 0.0_f64, 1e-6_f64, 0.0_f64, 1e-6_f64);
        for &(output, truth, weight) in cases {
            let x = f64::from(output);
            let p = f64::from(kibitz::classify::math::sigmoid((gain * x + shift) as f32));
            let error = (p - f64::from(if truth { high } else { low })) * f64::from(weight);
            let curve = (p * (1.0 - p)).max(1e-6) * f64::from(weight);
            ga += error * x;
            gb += error;
            haa += curve * x * x;
            hab += curve * x;
            hbb += curve;
        }
        let det = haa * hbb - hab * hab;
        if det.abs() < 1e-12 {
            break;
        }
        gain -= (hbb * ga - hab * gb) / det;
        shift -= (haa * gb - hab * ga) / det;
    }
    (gain as f32, shift as f32)
}
