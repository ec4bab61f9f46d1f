//! Owns the way from labelled posts to a linear model: samples, augmentation, targets, weights of sources; never writes a file.

use std::collections::BTreeMap;

use kibitz::intent::{COUNT, Intent, Stance};
use kibitz::text::lexicon::Lexicon;

use super::data::Post;
use super::learn::{Linear, Plan, Target};
use super::vectors::{self, Index, Vector};

/// A post as the learner sees it: one of several views of one text.
#[derive(Clone, Debug)]
pub struct Sample<'v> {
    /// Features by hash.
    pub features: &'v [(u32, f32)],
    /// What it should be scored as.
    pub target: Target,
    /// Number of its author: a feature counts as known only when several authors use it.
    pub author: u32,
}

/// How samples are made.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// Features must stand in so many samples,
    pub least: u32,
    /// by so many authors.
    pub least_authors: u32,
    /// A source of n posts weighs n to this power.
    pub source_power: f32,
    /// Weight of posts written for the project, against real ones.
    pub written: f32,
    /// An intent of n posts weighs each of them n to minus this power.
    pub class_power: f32,
    /// The learner's own settings.
    pub plan: Plan,
}

/// What came out best with whole sources held out; see `model/CARD.md`.
pub const RECIPE: Recipe = Recipe {
    least: 4,
    least_authors: 2,
    source_power: 0.8,
    written: 3.0,
    class_power: 0.15,
    plan: Plan { epochs: 8, rate: 1.5, decay: 1.2e-5, seed: 1, dropout: 0.1, rarity: 1.3 },
};

/// The target that a label sets: doubt spreads some of it to the second intent and beyond.
pub fn target(post: &Post) -> Target {
    let mut intents = [0.0; COUNT];
    let doubt = if post.row.sure { 0.04 } else { 0.2 };
    let elsewhere = match post.second {
        Some(second) => {
            intents[second as usize] += doubt * 0.75;
            doubt * 0.25
        }
        None => doubt,
    };
    for share in intents.iter_mut().take(COUNT - 1) {
        *share += elsewhere / (COUNT - 1) as f32;
    }
    let rest: f32 = intents.iter().sum();
    intents[post.intent as usize] += 1.0 - rest;
    let second = post.second.and_then(Intent::stance);
    let stance = match post.stance() {
        None => (0.5, 0.0),
        Some(stance) => {
            let doubt = match (post.row.sure, second) {
                (true, _) => 0.02,
                (false, Some(second)) if second != stance => 0.2,
                (false, _) => 0.1,
            };
            (if stance == Stance::Conversation { 1.0 - doubt } else { doubt }, 1.0)
        }
    };
    let doubt = if post.row.sure { 0.02 } else { 0.12 };
    let ad = (if post.row.ad { 1.0 - doubt } else { doubt }, 1.0);
    Target { intents, stance, ad, weight: 1.0 }
}

/// The views of a post that are learned from: as it stands, and as a page may show it (no closing links, no opening names).
pub fn views(post: &Post, lexicon: &Lexicon<'_>) -> Vec<Vec<(u32, f32)>> {
    let is_reply = post.row.is_reply;
    let bare = bare(&post.row.text);
    let mut views = vec![vectors::features_of(&post.row.text, is_reply, None, lexicon)];
    // Without its link and without the page's word on replies.
    let hides = !is_reply.unwrap_or(false);
    views.push(vectors::features_of(bare, if hides { None } else { is_reply }, None, lexicon));
    views
}

/// A text without closing links and opening names.
pub fn bare(text: &str) -> &str {
    let mut out = text.trim();
    while let Some((head, last)) = out.rsplit_once(char::is_whitespace) {
        if !last.starts_with("http") {
            break;
        }
        out = head.trim_end();
    }
    while let Some((first, tail)) = out.split_once(char::is_whitespace) {
        if !first.starts_with('@') {
            break;
        }
        out = tail.trim_start();
    }
    out
}

/// A post with its views, made once and used by every fold.
#[derive(Clone, Debug)]
pub struct Viewed<'a> {
    /// The post.
    pub post: &'a Post,
    /// See [`views`].
    pub views: Vec<Vec<(u32, f32)>>,
}

/// The views of all posts, on two threads.
pub fn view_all<'a>(posts: &[&'a Post], lexicon: &Lexicon<'_>) -> Vec<Viewed<'a>> {
    let half = posts.len() / 2;
    let job =
        |part: &[&'a Post]| part.iter().map(|post| Viewed { post, views: views(post, lexicon) }).collect::<Vec<_>>();
    super::lab::in_pairs(2, |at| if at == 0 { job(&posts[..half]) } else { job(&posts[half..]) })
        .into_iter()
        .flatten()
        .collect()
}

/// Samples of posts, weighted by source and class.
pub fn samples<'v>(posts: &[&'v Viewed<'_>], recipe: &Recipe) -> Vec<Sample<'v>> {
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    let mut classes = [0_usize; COUNT];
    let mut authors: BTreeMap<String, u32> = BTreeMap::new();
    for Viewed { post, .. } in posts {
        *sources.entry(&post.row.dataset).or_default() += 1;
        classes[post.intent as usize] += 1;
    }
    let mut out = Vec::new();
    for Viewed { post, views } in posts {
        let name = post.row.author.clone().unwrap_or_else(|| post.row.id.clone());
        let next = authors.len() as u32;
        let author = *authors.entry(format!("{}/{name}", post.row.dataset)).or_insert(next);
        let n = sources.get(post.row.dataset.as_str()).copied().unwrap_or(1) as f64;
        let c = classes[post.intent as usize] as f64;
        let written = if post.row.dataset.starts_with("written") { recipe.written } else { 1.0 };
        let weight = power(n, recipe.source_power - 1.0) * power(c, -recipe.class_power) * written;
        let each = 1.0 / views.len() as f32;
        for features in views {
            out.push(Sample { features, target: Target { weight: weight * each, ..target(post) }, author });
        }
    }
    normalise(&mut out);
    out
}

/// Makes the mean weight of a post (all its views) 1.
pub fn normalise(samples: &mut [Sample<'_>]) {
    let sum: f32 = samples.iter().map(|sample| sample.target.weight).sum();
    let mean = sum / samples.len().max(1) as f32;
    samples.iter_mut().for_each(|sample| sample.target.weight /= mean.max(1e-12));
}

/// Rare features count more (inverse document frequency, to a power), with mean 1 over what is met.
#[allow(clippy::disallowed_methods)] // training only
fn rarity(vectors: &[Vector], features: usize, strength: f32) -> Vec<f32> {
    let mut seen = vec![0_u32; features];
    vectors.iter().flatten().for_each(|(at, _)| seen[*at as usize] += 1);
    let raw = |n: u32| (vectors.len() as f64 / f64::from(n.max(1))).ln().max(0.3).powf(f64::from(strength)) as f32;
    let mean = seen.iter().map(|n| f64::from(raw(*n)) * f64::from(*n)).sum::<f64>()
        / seen.iter().map(|n| f64::from(*n)).sum::<f64>().max(1.0);
    seen.iter().map(|n| raw(*n) / mean as f32).collect()
}

#[allow(clippy::disallowed_methods)] // training only
fn power(base: f64, exponent: f32) -> f32 {
    base.powf(f64::from(exponent)) as f32
}

/// A learned model and the hashes that its rows stand for.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Which feature each row is.
    pub index: Index,
    /// The weights.
    pub linear: Linear,
}

/// Learns from samples.
pub fn fit(samples: &[Sample<'_>], recipe: &Recipe) -> Fit {
    let pairs: Vec<(&[(u32, f32)], u32)> = samples.iter().map(|sample| (sample.features, sample.author)).collect();
    let index = Index::new(vectors::vocabulary(&pairs, recipe.least, recipe.least_authors));
    fit_over(samples, index, recipe.plan)
}

/// Learns from samples over given features.
pub fn fit_over(samples: &[Sample<'_>], index: Index, plan: Plan) -> Fit {
    let mut vectors: Vec<Vector> = samples.iter().map(|sample| vectors::project(sample.features, &index)).collect();
    let rarity = rarity(&vectors, index.hashes.len(), plan.rarity);
    vectors.iter_mut().flatten().for_each(|(at, value)| *value *= rarity[*at as usize]);
    let pairs: Vec<(&Vector, &Target)> = vectors.iter().zip(samples.iter().map(|sample| &sample.target)).collect();
    let mut linear = Linear::learn(index.hashes.len(), &pairs, plan);
    for (weights, rarity) in linear.weights.iter_mut().zip(&rarity) {
        weights.iter_mut().for_each(|weight| *weight *= rarity);
    }
    Fit { index, linear }
}
