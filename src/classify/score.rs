//! Owns the score: the sums of a post's features and where in the text each part came from; never decides.

use super::math::log_sum_exp;
use super::model::{BIAS, Figures, Model, OUTPUTS, Row, STANCE};
use crate::intent::Intent;
use crate::text::features::{self, Aside, Feature, GROUPS, Group, NOWHERE, Sink};
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
    /// First token, or [`NOWHERE`].
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

/// Sums of rows, two bytes of which are added at once: each word of a row is split into its even and its odd bytes, which
/// then have eight bits of room above them.
#[derive(Clone, Copy, Default)]
struct Lanes {
    even: Row,
    odd: Row,
    /// Rows in the lanes; [`Lanes::FULL`] at most.
    count: u32,
    sums: [i32; 16],
}

impl Lanes {
    /// So many bytes of 255 do not overflow sixteen bits.
    const FULL: u32 = 257;

    #[inline(always)]
    fn add(&mut self, row: Row) {
        const EVEN: u32 = 0x00ff_00ff;
        if self.count == Self::FULL {
            self.flush();
        }
        self.count += 1;
        let [a, b, c, d] = row;
        self.even[0] += a & EVEN;
        self.odd[0] += a >> 8 & EVEN;
        self.even[1] += b & EVEN;
        self.odd[1] += b >> 8 & EVEN;
        self.even[2] += c & EVEN;
        self.odd[2] += c >> 8 & EVEN;
        self.even[3] += d & EVEN;
        self.odd[3] += d >> 8 & EVEN;
    }

    #[inline(never)]
    fn flush(&mut self) {
        let over = self.count as i32 * BIAS;
        for at in 0..4 {
            let (even, odd) = (self.even[at], self.odd[at]);
            for (sum, lane) in self.sums[at * 4..].iter_mut().zip([even & 0xffff, odd & 0xffff, even >> 16, odd >> 16])
            {
                *sum += lane as i32 - over;
            }
        }
        (self.even, self.odd, self.count) = ([0; 4], [0; 4], 0);
    }
}

/// Adds up what the model knows of a text's features.
struct Taker<'a> {
    model: &'a Model<'a>,
    lanes: [Lanes; GROUPS],
    counts: [u32; GROUPS],
    hits: Vec<Hit>,
}

impl Sink for Taker<'_> {
    #[inline(always)]
    fn take(&mut self, feature: Feature) -> bool {
        self.counts[feature.group as usize] += 1;
        let place = self.model.find(feature.hash);
        if let Some(place) = place {
            self.hit(feature, place);
        }
        place.is_some()
    }
}

impl Taker<'_> {
    #[inline(never)]
    fn hit(&mut self, Feature { group, first, last, .. }: Feature, place: u32) {
        self.lanes[group as usize].add(self.model.row(place));
        self.hits.push(Hit { group, first, last, place });
    }
}

/// Scores a text.
pub fn score<'a>(model: &'a Model<'a>, tokens: &Tokens, aside: Aside) -> Score<'a> {
    let hits = Vec::with_capacity(tokens.list.len() * 6 + 32);
    let mut taker = Taker { model, lanes: [Lanes::default(); GROUPS], counts: [0; GROUPS], hits };
    let met = features::extract(tokens, aside, &model.lexicon, &mut taker);
    let Taker { mut lanes, counts, hits, .. } = taker;
    let scales = [Group::Words, Group::Chars, Group::Surface].map(|group| group_weight(group, counts[group as usize]));
    lanes.iter_mut().for_each(Lanes::flush);
    let figures = &model.figures;
    let mut outputs = [0.0; OUTPUTS];
    for (at, output) in outputs.iter_mut().enumerate() {
        let mut sum = 0.0;
        for (lanes, scale) in lanes.iter().zip(scales) {
            sum += lanes.sums[at] as f32 * scale;
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

impl Score<'_> {
    /// What one row adds to the stance's score, before the scale of its group.
    #[inline(always)]
    fn sum(&self, row: Row) -> f32 {
        let part = |word: u32, at: usize| {
            (word >> (at % 4 * 8) & 0xff).wrapping_sub(BIAS as u32) as i32 as f32 * self.shares[at]
        };
        let [a, b, c, d] = row;
        part(a, 0)
            + part(a, 1)
            + part(a, 2)
            + part(a, 3)
            + (part(b, 4) + part(b, 5) + part(b, 6) + part(b, 7))
            + (part(c, 8) + part(c, 9) + part(c, 10) + part(c, 11))
            + (part(d, 12) + part(d, 13))
    }

    /// The stance's score split by token (a feature over several tokens counts for each in equal parts), and the rest:
    /// biases, and facts of the post as a whole. Their sum is [`Score::stance`] within rounding.
    pub fn by_token(&self, tokens: usize) -> (Vec<f32>, f32) {
        let mut parts = vec![0.0; tokens];
        let mut rest = self.constant;
        for hit in &self.hits {
            let part = self.sum(self.model.row(hit.place)) * self.scales[hit.group as usize];
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
