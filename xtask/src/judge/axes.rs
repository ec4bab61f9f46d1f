//! Owns the axes along which weights are written: those along which they cost least; never quantises.

use kibitz::classify::model::OUTPUTS;

/// Orthonormal axes, one a row.
pub type Axes = [[f64; OUTPUTS]; OUTPUTS];

/// Error at which a vector's part along an axis is not worth writing, in steps of weights, squared, times what the feature
/// carries: about four times the price of a bit. With 300 the error of the whole was 0.0349, with 80 0.0345.
const NOISE: f64 = 80.0;
/// A vector below this is not written at all.
const LEAST: f64 = 8.0;
/// Rounds over all pairs of axes: the third found less than a hundredth of what the first did.
const SWEEPS: usize = 3;
/// Angles that are tried for a pair, to either side, and how far apart they are (radians).
const ANGLES: i32 = 12;
const ANGLE: f64 = 0.065;

/// Axes along which most of the vectors are nothing: the principal ones, then turned in pairs to where the vectors cost
/// the least bits. `mass` is what the error of each vector counts.
///
/// What speaks for one intent speaks against all others, so the vectors lie near a few directions and not in an ellipsoid:
/// turning made the error at 109.5 KB 4.5 % smaller (0.0362 to 0.0345 of the whole).
#[allow(clippy::disallowed_methods)] // training only
pub fn of(vectors: &[[f32; OUTPUTS]], mass: &[f32]) -> Axes {
    let mut axes = principal(vectors);
    let parts = |(vector, mass): (&[f32; OUTPUTS], &f32)| -> [f64; OUTPUTS] {
        let root = (f64::from(*mass) / NOISE).sqrt();
        std::array::from_fn(|at| axes[at].iter().zip(vector).map(|(a, v)| a * f64::from(*v) * root).sum())
    };
    let mut turned: Vec<[f64; OUTPUTS]> = vectors.iter().zip(mass).map(parts).collect();
    turned.retain(|parts| parts.iter().map(|x| x * x).sum::<f64>() > LEAST);
    for _ in 0..SWEEPS {
        for p in 0..OUTPUTS {
            for q in p + 1..OUTPUTS {
                let angle = cheapest(&turned, p, q).sin_cos();
                turned.iter_mut().for_each(|parts| (parts[p], parts[q]) = turn(parts[p], parts[q], angle));
                let (x, y) = (axes[p], axes[q]);
                axes[p] = std::array::from_fn(|at| turn(x[at], y[at], angle).0);
                axes[q] = std::array::from_fn(|at| turn(x[at], y[at], angle).1);
            }
        }
    }
    let cost: [f64; OUTPUTS] = std::array::from_fn(|at| turned.iter().map(|parts| bits(parts[at])).sum());
    let mut order: Vec<usize> = (0..OUTPUTS).collect();
    order.sort_by(|x, y| cost[*y].total_cmp(&cost[*x]));
    std::array::from_fn(|at| axes[order[at]])
}

/// What a part costs, in half nats: the rate of a Gaussian source (Shannon) with this part as its spread.
#[allow(clippy::disallowed_methods)] // training only
fn bits(part: f64) -> f64 {
    (1.0 + part * part).ln()
}

fn turn(x: f64, y: f64, (s, c): (f64, f64)) -> (f64, f64) {
    (c * x - s * y, s * x + c * y)
}

/// The angle by which turning two axes saves most.
#[allow(clippy::disallowed_methods)] // training only
fn cheapest(turned: &[[f64; OUTPUTS]], p: usize, q: usize) -> f64 {
    let cost = |angle: f64| -> f64 {
        let angle = angle.sin_cos();
        let both = |parts: &[f64; OUTPUTS]| {
            let (x, y) = turn(parts[p], parts[q], angle);
            bits(x) + bits(y)
        };
        turned.iter().map(both).sum()
    };
    let mut best = (cost(0.0), 0.0);
    for step in -ANGLES..=ANGLES {
        let angle = f64::from(step) * ANGLE;
        let now = (cost(angle), angle);
        if now.0 < best.0 {
            best = now;
        }
    }
    best.1
}

/// The principal axes of the directions of vectors, strongest first (Jacobi's method on their second moments).
///
/// Every vector counts alike: by their own size the few great ones would set axes that the many pay for. With those the
/// error was 0.042 of the whole at 109.5 KB, with these 0.036.
fn principal(vectors: &[[f32; OUTPUTS]]) -> Axes {
    let mut a = [[0.0_f64; OUTPUTS]; OUTPUTS];
    for vector in vectors {
        let energy = vector.iter().map(|part| f64::from(part * part)).sum::<f64>();
        let share = 1.0 / energy.max(1e-9);
        for i in 0..OUTPUTS {
            for j in 0..OUTPUTS {
                a[i][j] += f64::from(vector[i]) * f64::from(vector[j]) * share;
            }
        }
    }
    let mut axes = [[0.0_f64; OUTPUTS]; OUTPUTS];
    (0..OUTPUTS).for_each(|at| axes[at][at] = 1.0);
    for _ in 0..30 {
        for p in 0..OUTPUTS {
            for q in p + 1..OUTPUTS {
                if a[p][q].abs() < 1e-12 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for row in &mut a {
                    let (x, y) = (row[p], row[q]);
                    (row[p], row[q]) = (c * x - s * y, s * x + c * y);
                }
                for k in 0..OUTPUTS {
                    let (x, y) = (a[p][k], a[q][k]);
                    (a[p][k], a[q][k]) = (c * x - s * y, s * x + c * y);
                    let (x, y) = (axes[p][k], axes[q][k]);
                    (axes[p][k], axes[q][k]) = (c * x - s * y, s * x + c * y);
                }
            }
        }
    }
    let mut order: Vec<usize> = (0..OUTPUTS).collect();
    order.sort_by(|x, y| a[*y][*y].total_cmp(&a[*x][*x]));
    std::array::from_fn(|at| axes[order[at]])
}
