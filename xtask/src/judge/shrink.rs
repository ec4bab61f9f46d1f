//! Owns the way from a model over all features to one of a given size: thinning, learning again, quantising in parts; never reads a text.

use std::collections::{BTreeMap, BTreeSet};

use kibitz::classify::draft::Draft;
use kibitz::classify::model::{AD, OUTPUTS, STANCE};

use super::learn::{self, Plan, WIDTH};
use super::pipeline::{self, Fit, Sample};
use super::quantise::{self, Settled};
use super::ship;
use super::vectors::{self, Index};

/// Features that quantising chooses from at first, and how many times as many there are in the steps before.
const ROWS: usize = 40_000;
const THINNED: [usize; 3] = [4, 2, 1];
/// Features to choose from again in a round, as a share of those chosen.
const SPARE: f32 = 1.3;

/// How much is spent on a model of a given size.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Rounds of learning again over the features that quantising chose and [`SPARE`] more. Of 40,000 it keeps 15,000, and
    /// those had leant on the others: without a round the loss of the intents was 0.931 on dev (0.867 before quantising),
    /// with one 0.895, with two 0.891.
    rounds: usize,
    /// Then the rows are settled in parts, those that are met least and so are coarsest first; what is left is learned
    /// again over the errors of the settled ones. In two parts the loss of the intents on dev fell from 0.855 to 0.842; the
    /// other way round it rose to 0.880.
    settled: &'static [f32],
}

impl Effort {
    /// For the model that ships.
    pub const FULL: Self = Self { rounds: 2, settled: &[0.4, 0.65, 0.8, 0.9] };
    /// For those that are made only to see what such a model says of posts that it has not seen: half the time.
    pub const LIGHT: Self = Self { rounds: 1, settled: &[0.6] };
}

/// In how many passes the weights of the kept features are learned. They are held down like those of the whole model: half as much
/// fitted sources better that were learned from and others worse, half as much again both worse.
const KEPT_EPOCHS: u32 = 10;
/// Share of the whole model's opinion in the targets of the smaller one, and in those that are an opinion already.
const SOFT: f32 = 0.5;

/// What the file is made with beside the weights.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// Phrases and provenance.
    pub frame: &'a Draft,
    /// Size of the file.
    pub bytes: usize,
    /// How much is spent on it.
    pub effort: Effort,
}

/// A model of about `shape.bytes` bytes that says what `whole` says.
pub fn shrink(
    whole: &Fit,
    samples: &mut [Sample<'_>],
    plan: Plan,
    shape: Shape<'_>,
    stage: impl Fn(&str, &Fit),
) -> (Fit, Draft) {
    let mut fit = whole.clone();
    let plan = thin(&mut fit, samples, plan);
    stage("kept features", &fit);
    let quantised = |fit: &Fit, samples: &[Sample<'_>], frame: &Draft, settled: &Settled| {
        quantise::quantise(fit, samples, frame, settled, shape.bytes)
    };
    let none = Settled::new();
    let mut draft = quantised(&fit, samples, shape.frame, &none);
    for _ in 0..shape.effort.rounds {
        let chosen: BTreeSet<u32> = draft.rows.iter().map(|row| row.0).collect();
        let spare = (chosen.len() as f32 * (SPARE - 1.0)) as usize;
        let ranked = ship::keep(&fit, samples, usize::MAX);
        let mut kept: Vec<u32> = chosen.iter().copied().collect();
        kept.extend(ranked.into_iter().filter(|hash| !chosen.contains(hash)).take(spare));
        fit = pipeline::fit_over(samples, Index::shipped(kept), plan);
        draft = quantised(&fit, samples, shape.frame, &none);
    }
    stage("learned again", &quantise::as_shipped(&fit, &draft));
    for &part in shape.effort.settled {
        let (settled, rest) = split(&fit, samples, &draft, part);
        fit = learn_rest(samples, &draft, &settled, rest, plan);
        draft = quantised(&fit, samples, &draft, &settled);
    }
    let shipped = quantise::as_shipped(&fit, &draft);
    stage("as shipped", &shipped);
    (shipped, draft)
}

/// Thins a model to [`ROWS`] features, learning from its own opinion too; gives the plan for what comes after.
pub fn thin(fit: &mut Fit, samples: &mut [Sample<'_>], plan: Plan) -> Plan {
    soften(samples, fit, SOFT);
    let plan = Plan { epochs: KEPT_EPOCHS, ..plan };
    for times in THINNED {
        *fit = pipeline::fit_over(samples, Index::shipped(ship::keep(fit, samples, ROWS * times)), plan);
    }
    plan
}

/// Mixes what the whole model says of a post with its target, so that the smaller model learns from both.
fn soften(samples: &mut [Sample<'_>], fit: &Fit, share: f32) {
    for sample in samples {
        let p = fit.opinion(sample.features);
        let mix = |truth: &mut f32, p: f32| *truth = *truth * (1.0 - share) + p * share;
        sample.target.intents.iter_mut().zip(p).for_each(|(truth, p)| mix(truth, p));
        mix(&mut sample.target.stance.0, p[STANCE]);
        mix(&mut sample.target.ad.0, p[AD]);
    }
}

/// The rows that are settled now (the share `part` of them that is met least), and the hashes of the rest.
fn split(fit: &Fit, samples: &[Sample<'_>], draft: &Draft, part: f32) -> (Settled, Vec<u32>) {
    let mass: BTreeMap<u32, f32> = fit.index.hashes.iter().copied().zip(ship::mass(fit, samples)).collect();
    let met = |hash: u32| mass.get(&hash).copied().unwrap_or(0.0);
    let mut ranked = draft.rows.clone();
    ranked.sort_by(|a, b| met(a.0).total_cmp(&met(b.0)).then(a.0.cmp(&b.0)));
    let rest = ranked.split_off((ranked.len() as f32 * part) as usize);
    (ranked.into_iter().collect(), rest.into_iter().map(|row| row.0).collect())
}

/// Learns the rest over what the settled rows give as they ship; both together.
fn learn_rest(samples: &mut [Sample<'_>], draft: &Draft, settled: &Settled, rest: Vec<u32>, plan: Plan) -> Fit {
    let hashes: Vec<u32> = settled.keys().copied().collect();
    let scale = &draft.figures.scale;
    let shipped = |hash: &u32| {
        let mut row = [0.0; WIDTH];
        let codes = settled.get(hash).copied().unwrap_or_default().weights(&draft.basis);
        for at in 0..OUTPUTS {
            row[at] = f32::from(codes[at]) * scale[at];
        }
        row
    };
    let weights = hashes.iter().map(shipped).collect();
    let given = Fit { index: Index::shipped(hashes), linear: learn::Linear { weights, bias: [0.0; WIDTH] } };
    for sample in samples.iter_mut() {
        sample.target.given = given.linear.outputs(&vectors::project(sample.features, &given.index));
    }
    let learned = pipeline::fit_over(samples, Index::shipped(rest), plan);
    let mut hashes = given.index.hashes;
    let mut weights = given.linear.weights;
    hashes.extend(learned.index.hashes);
    weights.extend(learned.linear.weights);
    Fit { index: Index::shipped(hashes), linear: learn::Linear { weights, bias: learned.linear.bias } }
}
