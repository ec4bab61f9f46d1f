//! Owns the quantising: which steps along which axes stand for a learned model at a given size; never learns a weight.

use kibitz::classify::draft::Draft;
use kibitz::classify::model::OUTPUTS;
use kibitz::classify::packed::{BASIS_BITS, Basis, Codes, STEPS};

use super::axes;
use super::pipeline::{Fit, Sample};
use super::ship;

/// The share of weights that a byte holds uncut at half its range.
const USUAL: f64 = 0.9995;
/// Smallest step in units of a shipped weight's own step.
const FINEST: f64 = 0.8;
/// Bits of a feature's key, of its step and of how many axes it uses: 10.2, 2.4 and 3.2 of 20,000 features.
const KEY_BITS: f32 = 15.8;
/// Sizes whose cost in bits is counted one by one.
const SIZES: usize = 16;
/// Prices of a bit between which the one is sought: 5 to 60 were met, from 80 to 150 KB.
const PRICE: (f32, f32) = (0.5, 500.0);
/// Prices that are tried: the last two differ by two thousandths.
const PRICES: usize = 12;

/// What a code costs in bits: by step, by axis, by size.
type Costs = Vec<[[f32; SIZES]; OUTPUTS]>;

/// Rows whose codes are settled.
pub type Settled = std::collections::BTreeMap<u32, Codes>;

/// Chooses the codes of a model so that error plus cost is least, with the price of a bit such that the file has about
/// `bytes` bytes. The error is that of the outputs over the samples.
///
/// The codes of `settled` rows stay, in the steps and along the axes of `frame`.
pub fn quantise(fit: &Fit, samples: &[Sample<'_>], frame: &Draft, settled: &Settled, bytes: usize) -> Draft {
    let mass = ship::mass(fit, samples);
    let mut figures = frame.figures.clone();
    let mut sizes: Vec<f32> =
        fit.linear.weights.iter().flat_map(|weights| weights.iter().take(OUTPUTS).map(|w| w.abs())).collect();
    sizes.sort_by(f32::total_cmp);
    let top = sizes.get((sizes.len() as f64 * USUAL) as usize).copied().unwrap_or(1.0).max(1e-6);
    figures.scale = if settled.is_empty() { [top / 64.0; OUTPUTS] } else { frame.figures.scale };
    figures.bias.copy_from_slice(&fit.linear.bias[..OUTPUTS]);
    let vectors: Vec<[f32; OUTPUTS]> =
        fit.linear.weights.iter().map(|weights| std::array::from_fn(|at| weights[at] / figures.scale[at])).collect();
    let unit = FINEST / f64::from(STEPS[0]) * f64::from(1 << BASIS_BITS);
    let axes = if settled.is_empty() {
        axes::of(&vectors, &mass)
    } else {
        frame.basis.map(|axis| axis.map(|part| f64::from(part) / unit))
    };
    let mut basis: Basis = [[0; OUTPUTS]; OUTPUTS];
    for (row, axis) in basis.iter_mut().zip(&axes) {
        for (cell, part) in row.iter_mut().zip(axis) {
            *cell = (part * unit).round() as i16;
        }
    }
    let turned: Vec<[f32; OUTPUTS]> = vectors
        .iter()
        .map(|vector| {
            std::array::from_fn(|axis| axes[axis].iter().zip(vector).map(|(a, v)| *a as f32 * v).sum::<f32>())
        })
        .collect();
    let work = Work { fit, mass: &mass, vectors: &vectors, turned: &turned, basis: &basis, settled };
    let (mut low, mut high) = PRICE;
    let mut costs = Work::costs();
    let mut best = Draft { figures, basis, ..frame.clone() };
    for _ in 0..PRICES {
        let price = (low * high).sqrt();
        let draft = Draft { rows: work.choose(price, &mut costs), ..best.clone() };
        if draft.encode().len() > bytes {
            low = price;
        } else {
            high = price;
            best = draft;
        }
    }
    best
}

struct Work<'a> {
    fit: &'a Fit,
    mass: &'a [f32],
    vectors: &'a [[f32; OUTPUTS]],
    turned: &'a [[f32; OUTPUTS]],
    basis: &'a Basis,
    settled: &'a Settled,
}

impl Work<'_> {
    /// What codes cost before any were chosen.
    fn costs() -> Costs {
        let first = std::array::from_fn(|size| if size == 0 { 0.6 } else { 2.0 + 1.1 * size as f32 });
        vec![[first; OUTPUTS]; STEPS.len()]
    }

    /// The codes of all rows at a price, on two threads; what they cost is counted for the next.
    fn choose(&self, price: f32, costs: &mut Costs) -> Vec<(u32, Codes)> {
        let half = self.vectors.len() / 2;
        let halves = super::lab::in_pairs(2, |job| {
            let range = if job == 0 { 0..half } else { half..self.vectors.len() };
            range.filter_map(|at| self.row(at, price, costs)).collect::<Vec<_>>()
        });
        let rows = halves.concat();
        *costs = counted(&rows);
        rows
    }

    /// The best codes of one row; none when it is not worth its key.
    fn row(&self, at: usize, price: f32, costs: &Costs) -> Option<(u32, Codes)> {
        let hash = self.fit.index.hashes[at];
        if let Some(codes) = self.settled.get(&hash) {
            return Some((hash, *codes));
        }
        let mass = self.mass[at];
        let none = mass * self.vectors[at].iter().map(|v| v * v).sum::<f32>();
        let mut best = (none, None);
        for (step, size) in STEPS.iter().enumerate() {
            let width = *size as f32 * (FINEST as f32) / STEPS[0] as f32;
            let mut codes = Codes { step: step as u8, values: [0; OUTPUTS] };
            let mut bits = KEY_BITS;
            for (axis, value) in self.turned[at].iter().enumerate() {
                let exact = value / width;
                let near = exact.round();
                let mut found = (f32::INFINITY, 0.0, 0.0);
                // The nearest, the next towards nothing, and nothing.
                for candidate in [near, near - near.signum() * f32::from(near != 0.0), 0.0] {
                    let cost = costs[step][axis][(candidate.abs() as usize).min(SIZES - 1)]
                        + (candidate.abs() - (SIZES - 1) as f32).max(0.0) * 0.3;
                    let error = (exact - candidate) * width;
                    let sum = mass * error * error + price * cost;
                    if sum < found.0 {
                        found = (sum, candidate, cost);
                    }
                }
                codes.values[axis] = found.1.clamp(-2000.0, 2000.0) as i16;
                bits += found.2;
            }
            // Axes after the last that is used cost nothing.
            let used = codes.values.iter().rposition(|value| *value != 0).map_or(0, |last| last + 1);
            bits -= (used..OUTPUTS).map(|axis| costs[step][axis][0]).sum::<f32>();
            let shipped = codes.weights(self.basis);
            let error: f32 = self.vectors[at].iter().zip(shipped).map(|(v, w)| (v - f32::from(w)).powi(2)).sum();
            let sum = mass * error + price * bits;
            if sum < best.0 {
                best = (sum, Some(codes));
            }
        }
        best.1.map(|codes| (hash, codes))
    }
}

/// What codes cost by how often they stand in rows.
fn counted(rows: &[(u32, Codes)]) -> Costs {
    let mut counts = vec![[[0.5_f32; SIZES]; OUTPUTS]; STEPS.len()];
    for (_, codes) in rows {
        let used = codes.values.iter().rposition(|value| *value != 0).map_or(0, |last| last + 1);
        for (axis, value) in codes.values.iter().enumerate().take(used) {
            counts[usize::from(codes.step)][axis][usize::from(value.unsigned_abs()).min(SIZES - 1)] += 1.0;
        }
    }
    for cell in counts.iter_mut().flatten() {
        let all: f32 = cell.iter().sum();
        for (size, count) in cell.iter_mut().enumerate() {
            let sign = f32::from(size > 0);
            *count = sign - kibitz::classify::math::ln(*count / all) * std::f32::consts::LOG2_E;
        }
    }
    counts
}

/// What quantising made of the weights: for measuring before anything is written.
pub fn as_shipped(fit: &Fit, draft: &Draft) -> Fit {
    let mut shipped = fit.clone();
    let rows: std::collections::BTreeMap<u32, &Codes> = draft.rows.iter().map(|(hash, codes)| (*hash, codes)).collect();
    for (weights, hash) in shipped.linear.weights.iter_mut().zip(&fit.index.hashes) {
        let row = rows.get(hash).map_or([0; OUTPUTS], |codes| codes.weights(&draft.basis));
        for at in 0..OUTPUTS {
            weights[at] = f32::from(row[at]) * draft.figures.scale[at];
        }
    }
    shipped
}
