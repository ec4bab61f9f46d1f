//! Owns the way from labelled posts to a linear model: samples, augmentation, targets, weights of sources; never writes a file.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use kibitz::classify::model::{AD, OUTPUTS, STANCE};
use kibitz::intent::{COUNT, Intent, Stance};
use kibitz::text::lexicon::Lexicon;

use super::data::{Post, Row};
use super::learn::{self, Linear, Plan, Target};
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
    /// Whether its features are counted when the vocabulary is chosen: once a post.
    pub names: bool,
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
    /// How far the stances of a source are brought to equal shares, 0..=1, so that its style says less of the stance.
    pub even_power: f32,
    /// The learner's own settings.
    pub plan: Plan,
}

/// Chosen on dev and with whole sources held out; `model/CARD.md` says which on what.
pub const RECIPE: Recipe = Recipe {
    least: 2,
    least_authors: 1,
    source_power: 1.0,
    written: 2.0,
    class_power: 0.05,
    even_power: 0.4,
    plan: Plan { epochs: 10, rate: 1.5, decay: 1.2e-5, seed: 1, dropout: 0.1, rarity: 1.0 },
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
    Target { intents, stance, ad, weight: 1.0, given: [0.0; learn::WIDTH] }
}

/// The views of a post that are learned from: as it stands and, for every other post, as a page may show it (no closing
/// links, no opening names, not said to be no reply).
pub fn views(at: usize, post: &Post, lexicon: &Lexicon) -> Vec<Vec<(u32, f32)>> {
    let is_reply = post.row.is_reply;
    let mut views = vec![vectors::features_of(&post.row.text, is_reply, Some(post.room()), lexicon)];
    if at.is_multiple_of(2) {
        let told = is_reply.filter(|is_reply| *is_reply);
        views.push(vectors::features_of(bare(&post.row.text), told, Some(post.room()), lexicon));
    }
    views
}

/// Weight of the second view against the first.
const BARE_WEIGHT: f32 = 0.25;

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
pub fn view_all<'a>(posts: &[&'a Post], lexicon: &Lexicon) -> Vec<Viewed<'a>> {
    let half = posts.len() / 2;
    let job = |part: &[&'a Post]| {
        part.iter().enumerate().map(|(at, post)| Viewed { post, views: views(at, post, lexicon) }).collect::<Vec<_>>()
    };
    super::lab::in_pairs(2, |at| if at == 0 { job(&posts[..half]) } else { job(&posts[half..]) })
        .into_iter()
        .flatten()
        .collect()
}

/// Samples of posts, weighted by source and class.
pub fn samples<'v>(posts: &[&'v Viewed<'_>], recipe: &Recipe) -> Vec<Sample<'v>> {
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    let mut stances: BTreeMap<(&str, Option<Stance>), usize> = BTreeMap::new();
    let mut classes = [0_usize; COUNT];
    let mut authors: BTreeMap<String, u32> = BTreeMap::new();
    for Viewed { post, .. } in posts {
        *sources.entry(&post.row.dataset).or_default() += 1;
        *stances.entry((&post.row.dataset, post.stance())).or_default() += 1;
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
        let same = stances.get(&(post.row.dataset.as_str(), post.stance())).copied().unwrap_or(1) as f64;
        // Mean 1 over a source: its stances in equal shares at power 1, as they come at power 0.
        let even = power(n / (2.0 * same), recipe.even_power);
        let weight = power(n, recipe.source_power - 1.0) * power(c, -recipe.class_power) * written * even;
        for (nth, features) in views.iter().enumerate() {
            let weight = if nth == 0 { weight } else { weight * BARE_WEIGHT };
            out.push(Sample { features, target: Target { weight, ..target(post) }, author, names: nth == 0 });
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

impl Fit {
    /// What it says of these features: a probability for each output.
    pub fn opinion(&self, features: &[(u32, f32)]) -> [f32; OUTPUTS] {
        learn::probabilities(&self.linear.outputs(&vectors::project(features, &self.index)))
    }
}

/// The features that samples are learned over.
pub fn index_of(samples: &[Sample<'_>], recipe: &Recipe) -> Index {
    let pairs: Vec<(&[(u32, f32)], u32)> =
        samples.iter().filter(|sample| sample.names).map(|sample| (sample.features, sample.author)).collect();
    Index::new(vectors::vocabulary(&pairs, recipe.least, recipe.least_authors))
}

/// Learns from samples.
pub fn fit(samples: &[Sample<'_>], recipe: &Recipe) -> Fit {
    fit_over(samples, index_of(samples, recipe), recipe.plan)
}

/// Samples as vectors whose rare features count more, and by how much each feature does.
fn scaled(samples: &[Sample<'_>], index: &Index, plan: Plan) -> (Vec<Vector>, Vec<f32>) {
    let mut vectors: Vec<Vector> = samples.iter().map(|sample| vectors::project(sample.features, index)).collect();
    let rarity = rarity(&vectors, index.hashes.len(), plan.rarity);
    vectors.iter_mut().flatten().for_each(|(at, value)| *value *= rarity[*at as usize]);
    (vectors, rarity)
}

/// Learns from samples over given features.
pub fn fit_over(samples: &[Sample<'_>], index: Index, plan: Plan) -> Fit {
    let (vectors, rarity) = scaled(samples, &index, plan);
    let pairs: Vec<(&Vector, &Target)> = vectors.iter().zip(samples.iter().map(|sample| &sample.target)).collect();
    let mut linear = Linear::learn(index.hashes.len(), &pairs, plan);
    for (weights, rarity) in linear.weights.iter_mut().zip(&rarity) {
        weights.iter_mut().for_each(|weight| *weight *= rarity);
    }
    Fit { index, linear }
}

/// Weight of a post of the pool, whose label is only a larger model's opinion, against a labelled one.
const POOL_WEIGHT: f32 = 1.0;

/// A post of the pool.
#[derive(Clone, Debug)]
pub struct Pooled {
    /// Features by hash.
    pub features: Vec<(u32, f32)>,
    /// Hash of its author's name, or of its id.
    pub author: u32,
    /// Where it comes from.
    pub source: String,
    /// What a larger model says of it, if it was asked.
    opinion: Option<[f32; OUTPUTS]>,
}

/// What a larger model says of posts, by their id: a probability for each output.
pub type Opinions = BTreeMap<String, [f32; OUTPUTS]>;

/// Reads a table of opinions: id, then one character for each output, '0' + 63 √p.
pub fn opinions(path: &Path) -> anyhow::Result<Opinions> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let line = |(at, line): (usize, &str)| {
        let pair = line.split_once('\t').filter(|(_, codes)| codes.len() == OUTPUTS);
        let (id, codes) = pair.with_context(|| format!("{}, line {}: not id, opinion", path.display(), at + 1))?;
        let mut p = [0.0; OUTPUTS];
        for (p, code) in p.iter_mut().zip(codes.bytes()) {
            *p = (f32::from(code.saturating_sub(b'0')) / 63.0).powi(2);
        }
        let sum: f32 = p[..COUNT].iter().sum();
        p[..COUNT].iter_mut().for_each(|p| *p /= sum.max(1e-6));
        Ok((id.to_owned(), p))
    };
    text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')).map(line).collect()
}

/// Posts of the pool of one source that are used although there is no opinion of them.
const UNTOLD_OF_SOURCE: usize = 3_000;

/// Features of the pool's posts of which there is an opinion, and of some others: every other post as a page may show it.
pub fn pool(rows: &[Row], opinions: &Opinions, lexicon: &Lexicon) -> Vec<Pooled> {
    let (mut used, untold): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| opinions.contains_key(&row.id));
    used.extend(drawn(untold, UNTOLD_OF_SOURCE));
    let one = |at: usize| {
        let row = used[at];
        let opinion = opinions.get(&row.id).copied();
        let author = row.author.as_deref().unwrap_or(&row.id);
        let author = kibitz::text::hash::word(author.chars());
        let (text, is_reply) = if at.is_multiple_of(2) {
            (row.text.as_str(), row.is_reply)
        } else {
            (bare(&row.text), row.is_reply.filter(|is_reply| *is_reply))
        };
        let features = vectors::features_of(text, is_reply, Some(super::data::room(&row.platform)), lexicon);
        Pooled { features, author, source: row.dataset.clone(), opinion }
    };
    let half = used.len() / 2;
    super::lab::in_pairs(2, |job| {
        let range = if job == 0 { 0..half } else { half..used.len() };
        range.map(one).collect::<Vec<_>>()
    })
    .into_iter()
    .flatten()
    .collect()
}

/// At most so many posts of each source, drawn by their ids.
fn drawn(mut rows: Vec<&Row>, most: usize) -> Vec<&Row> {
    rows.sort_by_key(|row| kibitz::text::hash::finish(kibitz::text::hash::word(row.id.chars())));
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    rows.retain(|row| {
        let of_source = taken.entry(&row.dataset).or_default();
        *of_source += 1;
        *of_source <= most
    });
    rows
}

/// Samples of the posts of the pool that a larger model was asked about, its opinions as soft labels.
pub fn taught<'p>(pool: &[&'p Pooled]) -> Vec<Sample<'p>> {
    pool.iter().filter_map(|post| Some(taught_by(post, &post.opinion?))).collect()
}

/// Samples of the other posts of the pool: what this model says of them.
pub fn echoed<'p>(pool: &[&'p Pooled], fit: &Fit) -> Vec<Sample<'p>> {
    let rest = pool.iter().filter(|post| post.opinion.is_none());
    rest.map(|post| taught_by(post, &fit.opinion(&post.features))).collect()
}

fn taught_by<'p>(Pooled { features, author, .. }: &'p Pooled, p: &[f32; OUTPUTS]) -> Sample<'p> {
    let mut intents = [0.0; COUNT];
    intents.copy_from_slice(&p[..COUNT]);
    let given = [0.0; learn::WIDTH];
    let target = Target { intents, stance: (p[STANCE], 1.0), ad: (p[AD], 1.0), weight: POOL_WEIGHT, given };
    Sample { features, target, author: *author, names: true }
}
