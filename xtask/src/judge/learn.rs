//! Owns the learner: multinomial and logistic regression by stochastic gradient descent, deterministic; never reads a text.

use kibitz::classify::model::{AD, OUTPUTS, STANCE};
use kibitz::intent::COUNT;

use super::vectors::Vector;

/// Outputs padded to a whole number of vector registers.
pub const WIDTH: usize = 16;

/// Weights of one feature, one an output.
pub type Weights = [f32; WIDTH];

/// What a post should be scored as, and how much it counts.
#[derive(Clone, Debug)]
pub struct Target {
    /// Probability of each intent.
    pub intents: [f32; COUNT],
    /// Probability of conversation, and its weight (0 for posts without stance).
    pub stance: (f32, f32),
    /// Probability of pure advertising, and its weight.
    pub ad: (f32, f32),
    /// Weight of the post.
    pub weight: f32,
    /// What weights that are not learned any more give already.
    pub given: Weights,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Passes over the data.
    pub epochs: u32,
    /// First step; falls linearly to zero.
    pub rate: f32,
    /// L2 penalty per post.
    pub decay: f32,
    /// Seed of the order of posts.
    pub seed: u32,
    /// Share of a post's features left out at random in each pass.
    pub dropout: f32,
    /// Power of the inverse document frequency by which features are scaled while learning.
    pub rarity: f32,
}

/// A linear model over an index.
#[derive(Clone, Debug)]
pub struct Linear {
    /// One row a feature.
    pub weights: Vec<Weights>,
    /// Added to each output.
    pub bias: Weights,
}

/// A small generator of pseudo-random numbers (xorshift, Marsaglia); the same everywhere.
#[derive(Clone, Debug)]
pub struct Random(u32);

impl Random {
    /// A generator; 0 is as good a seed as any.
    pub const fn new(seed: u32) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b1) | 1)
    }

    /// The next number.
    pub const fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    /// Shuffles a list (Fisher and Yates).
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.next() as usize % (at + 1));
        }
    }
}

impl Linear {
    /// Raw outputs for a vector.
    pub fn outputs(&self, vector: &[(u32, f32)]) -> Weights {
        let mut out = self.bias;
        for (at, value) in vector {
            for (sum, weight) in out.iter_mut().zip(&self.weights[*at as usize]) {
                *sum += weight * value;
            }
        }
        out
    }

    /// Learns from scratch.
    pub fn learn(features: usize, posts: &[(&Vector, &Target)], plan: Plan) -> Self {
        let mut model = Self { weights: vec![[0.0; WIDTH]; features], bias: [0.0; WIDTH] };
        let mut random = Random::new(plan.seed);
        let mut order: Vec<u32> = (0..posts.len() as u32).collect();
        // The true weights are `shrink` times those stored, so that the penalty costs nothing per feature.
        let mut shrink = 1.0_f32;
        let steps = (plan.epochs as usize * posts.len()).max(1);
        let mut step = 0;
        for _ in 0..plan.epochs {
            random.shuffle(&mut order);
            for &at in &order {
                let (vector, target) = posts[at as usize];
                let rate = plan.rate * (1.0 - step as f32 / steps as f32);
                step += 1;
                let key = random.next();
                let keeps = |feature: u32| {
                    plan.dropout == 0.0
                        || kibitz::text::hash::finish(feature ^ key) as f32 / u32::MAX as f32 >= plan.dropout
                };
                let boost = shrink / (1.0 - plan.dropout);
                let mut out = [0.0; WIDTH];
                for (feature, value) in vector {
                    if keeps(*feature) {
                        for (sum, weight) in out.iter_mut().zip(&model.weights[*feature as usize]) {
                            *sum += weight * value;
                        }
                    }
                }
                for ((sum, bias), given) in out.iter_mut().zip(&model.bias).zip(&target.given) {
                    *sum = *sum * boost + bias + given;
                }
                let slope = slope(&out, target);
                shrink *= 1.0 - rate * plan.decay;
                let push = slope.map(|slope| -slope * target.weight * rate);
                let scaled = push.map(|push| push / shrink / (1.0 - plan.dropout));
                for (feature, value) in vector {
                    if keeps(*feature) {
                        for (weight, push) in model.weights[*feature as usize].iter_mut().zip(&scaled) {
                            *weight += push * value;
                        }
                    }
                }
                for (bias, push) in model.bias.iter_mut().zip(&push) {
                    *bias += push * 0.1;
                }
                if shrink < 1e-4 {
                    model.weights.iter_mut().flatten().for_each(|weight| *weight *= shrink);
                    shrink = 1.0;
                }
            }
        }
        model.weights.iter_mut().flatten().for_each(|weight| *weight *= shrink);
        model
    }
}

/// Derivative of the loss by each output.
pub fn slope(out: &Weights, target: &Target) -> Weights {
    let mut slope = [0.0; WIDTH];
    let p = probabilities(out);
    for at in 0..COUNT {
        slope[at] = p[at] - target.intents[at];
    }
    slope[STANCE] = (p[STANCE] - target.stance.0) * target.stance.1;
    slope[AD] = (p[AD] - target.ad.0) * target.ad.1;
    slope
}

/// Probabilities from raw outputs: softmax over intents, logistic for the other two.
pub fn probabilities(out: &Weights) -> [f32; OUTPUTS] {
    let mut p = [0.0; OUTPUTS];
    p[..COUNT].copy_from_slice(&out[..COUNT]);
    kibitz::classify::math::softmax(&mut p[..COUNT]);
    p[STANCE] = kibitz::classify::math::sigmoid(out[STANCE]);
    p[AD] = kibitz::classify::math::sigmoid(out[AD]);
    p
}
