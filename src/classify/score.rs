//! Owns the score: the sums of a post's features and where in the text each part came from; never decides.

use super::model::{Model, OUTPUTS, STANCE};
use crate::text::features::{self, Aside, Feature, GROUPS, Group, NOWHERE};
use crate::text::language::LANGUAGES;
use crate::text::tokens::{Kind, Tokens};

/// How much one feature counts in a text that has `count` of its group.
///
/// Sums over many n-grams grow like the square root of their number when the n-grams are unrelated; the constants keep
/// short texts from being judged by one word (set by leave-source-out stance accuracy).
pub fn group_weight(group: Group, count: u32) -> f32 {
    match group {
        Group::Words => 1.0 / (count as f32 + 6.0).sqrt(),
        Group::Chars => 1.0 / (count as f32 + 30.0).sqrt(),
        Group::Surface => SURFACE_WEIGHT,
    }
}

/// What a fact of the post counts.
const SURFACE_WEIGHT: f32 = 0.2;

/// One feature that moved the stance.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// First token, or [`NOWHERE`].
    pub first: u32,
    /// Last token, inclusive.
    pub last: u32,
    /// Its part of the stance output.
    pub stance: f32,
}

/// The outputs of the model for one text.
#[derive(Clone, Debug)]
pub struct Score {
    /// One value an output, biases included.
    pub outputs: [f32; OUTPUTS],
    /// Everything that moved the stance output; their sum and the bias is the output within rounding.
    pub hits: Vec<Hit>,
    /// Share of the words that the model has seen, 0..=1; 1 when there are none.
    pub known_words: f32,
    /// Words of each language class.
    pub languages: [u16; LANGUAGES],
}

/// Scores a text.
pub fn score(model: &Model<'_>, tokens: &Tokens, aside: Aside) -> Score {
    let mut sums = [[0_i32; OUTPUTS]; GROUPS];
    let mut counts = [0_u32; GROUPS];
    let mut found: Vec<(Group, u32, u32, i8)> = Vec::with_capacity(tokens.list.len() * 4);
    let (mut words, mut known) = (0_u32, 0_u32);
    let languages = features::extract(tokens, aside, &model.lexicon, &mut |feature: Feature| {
        counts[feature.group as usize] += 1;
        let weights = model.weights(feature.hash);
        if feature.group == Group::Words && feature.first == feature.last {
            let is_word = tokens
                .list
                .get(feature.first as usize)
                .is_some_and(|token| matches!(token.kind, Kind::Word | Kind::Ideograph));
            if is_word {
                words += 1;
                known += u32::from(weights.is_some());
            }
        }
        let Some(weights) = weights else { return };
        for (sum, weight) in sums[feature.group as usize].iter_mut().zip(weights) {
            *sum += i32::from(*weight as i8);
        }
        let stance = weights[STANCE] as i8;
        if stance != 0 {
            found.push((feature.group, feature.first, feature.last, stance));
        }
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
    let step = figures.scale[STANCE];
    let hits = found
        .into_iter()
        .map(|(group, first, last, weight)| Hit {
            first,
            last,
            stance: f32::from(weight) * scales[group as usize] * step,
        })
        .collect();
    let known_words = if words == 0 { 1.0 } else { known as f32 / words as f32 };
    Score { outputs, hits, known_words, languages }
}

/// The stance output split by token (a feature over several tokens counts for each in equal parts), and the rest:
/// bias and facts of the post as a whole.
pub fn by_token(score: &Score, tokens: usize, bias: f32) -> (Vec<f32>, f32) {
    let mut parts = vec![0.0; tokens];
    let mut rest = bias;
    for hit in &score.hits {
        if hit.first == NOWHERE {
            rest += hit.stance;
            continue;
        }
        let span = hit.first as usize..=(hit.last as usize).min(tokens.saturating_sub(1));
        let share = hit.stance / span.clone().count().max(1) as f32;
        for at in span {
            parts[at] += share;
        }
    }
    (parts, rest)
}
