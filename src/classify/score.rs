//! Owns the score: the sums of a post's features and where in the text each part came from; never decides.

use std::num::Wrapping;

use super::math::log_sum_exp;
use super::model::{BIAS, Figures, Model, OUTPUTS, Row, STANCE};
use crate::intent::Intent;
use crate::text::features::{self, Aside, Feature, GROUPS, Group, Sink};
use crate::text::language::LANGUAGES;
use crate::text::tokens::Tokens;

/// How much one feature counts in a text that has `count` of its group.
///
/// Sums over many n-grams grow like the square root of their number when the n-grams are unrelated; the constants keep
/// short texts from being judged by one word and were not tuned. Of the factors, lighter characters and heavier facts each
/// gained 0.2 to 0.3 points of stance with whole sources held out, heavier words 0.5 on dev.
pub fn group_weight(group: Group, count: u32) -> f32 {
    match group {
        Group::Words => 1.4 / (count as f32 + 6.0).sqrt(),
        Group::Chars => 0.7 / (count as f32 + 30.0).sqrt(),
        Group::Surface => SURFACE_WEIGHT,
    }
}

/// What a fact of the post counts.
const SURFACE_WEIGHT: f32 = 0.25;

/// One known feature of a text.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// The scale it belongs to.
    pub group: Group,
    /// First token, or [`features::NOWHERE`].
    pub first: u32,
    /// Last token, inclusive.
    pub last: u32,
    /// Where the model keeps its weights.
    place: u32,
}

/// The outputs of the model for one text.
#[derive(Clone, Debug)]
pub struct Score<'a> {
    /// One value an output, biases included.
    pub outputs: [f32; OUTPUTS],
    /// The stance's score, before calibration; positive is conversation. See [`Score::by_token`].
    pub stance: f32,
    /// Every feature that the model knows.
    pub hits: Vec<Hit>,
    /// Share of the words that the model has seen, 0..=1; 1 when there are none.
    pub known_words: f32,
    /// Words of each language class.
    pub languages: [u16; LANGUAGES],
    /// What one step of a weight of each output adds to the stance's score.
    shares: [f32; OUTPUTS],
    /// What of the stance's score rests on no feature.
    constant: f32,
    scales: [f32; GROUPS],
    model: &'a Model<'a>,
}

/// Sums of rows, output by output.
type Sums = [i32; 16];

/// So many bytes of 255 do not overflow sixteen bits.
const ROWS_AT_ONCE: usize = 257;

/// Adds the rows of these hits to sums. Two bytes are added at once: each word of a row is split into its even and its odd bytes,
/// which then have eight bits of room above them.
fn add(model: &Model<'_>, hits: &[Hit], sums: &mut Sums) {
    const EVEN: u32 = 0x00ff_00ff;
    for hits in hits.chunks(ROWS_AT_ONCE) {
        let [mut a, mut b, mut c, mut d] = [[0_u32; 2]; 4];
        for hit in hits {
            let row = model.row(hit.place);
            a = [a[0] + (row[0] & EVEN), a[1] + (row[0] >> 8 & EVEN)];
            b = [b[0] + (row[1] & EVEN), b[1] + (row[1] >> 8 & EVEN)];
            c = [c[0] + (row[2] & EVEN), c[1] + (row[2] >> 8 & EVEN)];
            d = [d[0] + (row[3] & EVEN), d[1] + (row[3] >> 8 & EVEN)];
        }
        let over = hits.len() as i32 * BIAS;
        for (sums, [even, odd]) in sums.as_chunks_mut::<4>().0.iter_mut().zip([a, b, c, d]) {
            for (sum, lane) in sums.iter_mut().zip([even & 0xffff, odd & 0xffff, even >> 16, odd >> 16]) {
                *sum += lane as i32 - over;
            }
        }
    }
}

/// Collects what the model knows of a text's features.
struct Taker<'a> {
    model: &'a Model<'a>,
    counts: [u32; GROUPS],
    hits: Vec<Hit>,
}

impl Sink for Taker<'_> {
    #[inline(always)]
    fn take(&mut self, Feature { group, hash, first, last }: Feature) -> bool {
        self.counts[group as usize] += 1;
        let Some(place) = self.model.find(hash) else { return false };
        self.hits.push(Hit { group, first, last, place });
        true
    }
}

/// Scores a text.
pub fn score<'a>(model: &'a Model<'a>, tokens: &Tokens, aside: Aside) -> Score<'a> {
    let hits = Vec::with_capacity(tokens.list.len() * 6 + 32);
    let mut taker = Taker { model, counts: [0; GROUPS], hits };
    let met = features::extract(tokens, aside, &model.lexicon, &mut taker);
    let Taker { counts, hits, .. } = taker;
    let scales = [Group::Words, Group::Chars, Group::Surface].map(|group| group_weight(group, counts[group as usize]));
    let mut sums: [Sums; GROUPS] = Default::default();
    for hits in hits.chunk_by(|one, next| one.group == next.group) {
        add(model, hits, &mut sums[hits[0].group as usize]);
    }
    let figures = &model.figures;
    let mut outputs = [0.0; OUTPUTS];
    for (at, output) in outputs.iter_mut().enumerate() {
        let mut sum = 0.0;
        for (sums, scale) in sums.iter().zip(scales) {
            sum += sums[at] as f32 * scale;
        }
        *output = sum * figures.scale[at] + figures.bias[at];
    }
    let (stance, shares, constant) = stance(&outputs, figures);
    let known_words = if met.words == 0 { 1.0 } else { met.known as f32 / met.words as f32 };
    Score { outputs, stance, hits, known_words, languages: met.languages, shares, constant, scales, model }
}

/// The stance's score, what a step of each output's weights adds to it, and what rests on no feature.
///
/// The score mixes the stance's own output with ln Σ e^z over the conversation intents minus the same over the broadcast
/// intents. ln Σ e^z equals Σ q z + H(q) exactly, with q the softmax of z and H its entropy: so the score is a sum over
/// features for this post, and the entropies stand beside the biases.
fn stance(outputs: &[f32; OUTPUTS], figures: &Figures) -> (f32, [f32; OUTPUTS], f32) {
    let mut shares = [0.0; OUTPUTS];
    shares[..Intent::Other as usize].copy_from_slice(&outputs[..Intent::Other as usize]);
    let (conversation, broadcast) = shares[..Intent::Other as usize].split_at_mut(Intent::Product as usize);
    let log_odds = log_sum_exp(conversation) - log_sum_exp(broadcast);
    let score = (1.0 - figures.mix) * outputs[STANCE] + figures.mix * log_odds;
    conversation.iter_mut().for_each(|share| *share *= figures.mix);
    broadcast.iter_mut().for_each(|share| *share *= -figures.mix);
    shares[STANCE] = 1.0 - figures.mix;
    let (mut linear, mut bias) = (0.0, 0.0);
    for at in 0..OUTPUTS {
        linear += shares[at] * outputs[at];
        bias += shares[at] * figures.bias[at];
        shares[at] *= figures.scale[at];
    }
    (score, shares, bias + (score - linear))
}

/// What a step of each output's weights adds to the stance's score, in whole numbers, which add up faster: twenty bits for the
/// largest leave an error far below what is ever shown. Sums may overflow on the way; in the end they do not.
struct Steps {
    shares: [Wrapping<i32>; OUTPUTS],
    /// What the [`BIAS`] of the weights adds up to.
    bias: Wrapping<i32>,
    unit: f32,
}

impl Steps {
    fn new(shares: &[f32; OUTPUTS]) -> Self {
        let most = shares.iter().fold(f32::MIN_POSITIVE, |most, share| most.max(share.abs()));
        let unit = most / (1 << 20) as f32;
        let shares = shares.map(|share| Wrapping((share / unit).round() as i32));
        let bias = shares.iter().fold(Wrapping(0), |sum, share| sum + share * Wrapping(BIAS));
        Self { shares, bias, unit }
    }

    /// What one row adds to the stance's score, before the scale of its group.
    #[inline(always)]
    fn sum(&self, row: Row) -> f32 {
        const { assert!(Intent::Other as usize == 11 && STANCE == 12 && OUTPUTS == 14) };
        let part = |word: u32, at: usize| Wrapping((word >> (at % 4 * 8) & 0xff) as i32) * self.shares[at];
        let [a, b, c, d] = row;
        // Neither "other" nor advertising has a share in the stance.
        let sum = part(a, 0)
            + part(a, 1)
            + part(a, 2)
            + part(a, 3)
            + (part(b, 4) + part(b, 5) + part(b, 6) + part(b, 7))
            + (part(c, 8) + part(c, 9) + part(c, 10) + part(d, 12));
        (sum - self.bias).0 as f32 * self.unit
    }
}

impl Score<'_> {
    /// The part of [`Score::stance`] that each token has: a feature over several tokens counts for each in equal parts.
    /// With [`Score::rest`] they add up to the score within rounding.
    pub fn by_token(&self, tokens: usize) -> Vec<f32> {
        let mut parts = vec![0.0; tokens];
        let steps = Steps::new(&self.shares);
        for hit in self.hits.iter().filter(|hit| hit.first != features::NOWHERE) {
            let part = self.part(&steps, hit);
            if let Some(token) = parts.get_mut(hit.first as usize)
                && hit.first == hit.last
            {
                *token += part;
                continue;
            }
            let span = parts.get_mut(hit.first as usize..=hit.last as usize).unwrap_or_default();
            let share = part / span.len() as f32;
            span.iter_mut().for_each(|token| *token += share);
        }
        parts
    }

    /// The part of [`Score::stance`] that no token has: biases, and facts of the post as a whole.
    pub fn rest(&self) -> f32 {
        let steps = Steps::new(&self.shares);
        let facts = self.hits.iter().filter(|hit| hit.first == features::NOWHERE);
        self.constant + facts.map(|hit| self.part(&steps, hit)).sum::<f32>()
    }

    #[inline(always)]
    fn part(&self, steps: &Steps, hit: &Hit) -> f32 {
        steps.sum(self.model.row(hit.place)) * self.scales[hit.group as usize]
    }
}
