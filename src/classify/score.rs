//! Owns the score: the sums of a post's features and where in the text each part came from; never decides.

use super::math::log_sum_exp;
use super::model::{Figures, Model, OUTPUTS, STANCE};
use crate::intent::Intent;
use crate::text::features::{self, Aside, Feature, GROUPS, Group, NOWHERE};
use crate::text::language::LANGUAGES;
use crate::text::tokens::{Kind, Tokens};

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
pub struct Hit<'a> {
    /// The scale it belongs to.
    pub group: Group,
    /// First token, or [`NOWHERE`].
    pub first: u32,
    /// Last token, inclusive.
    pub last: u32,
    /// Its weights.
    weights: &'a [u8; OUTPUTS],
}

/// The outputs of the model for one text.
#[derive(Clone, Debug)]
pub struct Score<'a> {
    /// One value an output, biases included.
    pub outputs: [f32; OUTPUTS],
    /// The stance's score, before calibration; positive is conversation. See [`Score::by_token`].
    pub stance: f32,
    /// Every feature that the model knows.
    pub hits: Vec<Hit<'a>>,
    /// Share of the words that the model has seen, 0..=1; 1 when there are none.
    pub known_words: f32,
    /// Words of each language class.
    pub languages: [u16; LANGUAGES],
    /// What one step of a weight of each output adds to the stance's score.
    shares: [f32; OUTPUTS],
    /// What of the stance's score rests on no feature.
    constant: f32,
    scales: [f32; GROUPS],
}

/// Scores a text.
pub fn score<'a>(model: &Model<'a>, tokens: &Tokens, aside: Aside) -> Score<'a> {
    let mut sums = [[0_i32; OUTPUTS]; GROUPS];
    let mut counts = [0_u32; GROUPS];
    let mut hits: Vec<Hit<'a>> = Vec::with_capacity(tokens.list.len() * 4);
    let (mut words, mut known) = (0_u32, 0_u32);
    let languages = features::extract(tokens, aside, &model.lexicon, &mut |feature: Feature| {
        let Feature { group, hash, first, last } = feature;
        counts[group as usize] += 1;
        let weights = model.weights(hash);
        if group == Group::Words && first == last {
            let kind = tokens.list.get(first as usize).map(|token| token.kind);
            if matches!(kind, Some(Kind::Word | Kind::Ideograph)) {
                words += 1;
                known += u32::from(weights.is_some());
            }
        }
        let Some(weights) = weights else { return };
        for (sum, weight) in sums[group as usize].iter_mut().zip(weights) {
            *sum += i32::from(*weight as i8);
        }
        hits.push(Hit { group, first, last, weights });
    });
    let scales = [Group::Words, Group::Chars, Group::Surface].map(|group| group_weight(group, counts[group as usize]));
    let figures = &model.figures;
    let mut outputs = [0.0; OUTPUTS];
    for (at, output) in outputs.iter_mut().enumerate() {
        let mut sum = 0.0;
        for (group, scale) in sums.iter().zip(scales) {
            sum += group[at] as f32 * scale;
        }
        *output = sum * figures.scale[at] + figures.bias[at];
    }
    let (stance, shares, constant) = stance(&outputs, figures);
    let known_words = if words == 0 { 1.0 } else { known as f32 / words as f32 };
    Score { outputs, stance, hits, known_words, languages, shares, constant, scales }
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

impl Score<'_> {
    /// The stance's score split by token (a feature over several tokens counts for each in equal parts), and the rest:
    /// biases, and facts of the post as a whole. Their sum is [`Score::stance`] within rounding.
    pub fn by_token(&self, tokens: usize) -> (Vec<f32>, f32) {
        let mut parts = vec![0.0; tokens];
        let mut rest = self.constant;
        for hit in &self.hits {
            let mut sum = 0.0;
            for (weight, share) in hit.weights.iter().zip(&self.shares) {
                sum += f32::from(*weight as i8) * share;
            }
            let part = sum * self.scales[hit.group as usize];
            if hit.first == NOWHERE || hit.first as usize >= tokens {
                rest += part;
                continue;
            }
            let span = hit.first as usize..=(hit.last as usize).min(tokens - 1);
            let share = part / span.clone().count().max(1) as f32;
            for at in span {
                parts[at] += share;
            }
        }
        (parts, rest)
    }
}
