//! Owns the decision: calibrated probabilities and thresholds from a score, and the phrases behind it; never reads a feature.

use super::evidence::{self, Roles, phrases};
use super::math::{sigmoid, softmax};
use super::model::{AD, Figures, Model};
use super::personal::Shift;
use super::score::Score;
use super::{Input, Reasons, Verdict};
use crate::intent::{self, Intent, Stance};
use crate::text::language::{self, Guess};
use crate::text::tokens::{Kind, Tokens};

/// Probability from which a post with words is nothing to judge.
const OTHER: f32 = 0.5;

/// The verdict where there is no model: sure of nothing.
pub(super) fn nothing() -> Verdict {
    let mut intents = [0.0; intent::COUNT];
    intents[Intent::Other as usize] = 1.0;
    Verdict {
        stance: None,
        intent: Intent::Other,
        confidence: 0.5,
        is_sure: false,
        ad: false,
        ad_probability: 0.0,
        p_conversation: 0.5,
        intents,
    }
}

/// How far held-out evidence covers a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// Its room and its language were measured on held-out posts.
    Measured,
    /// The model was trained for it, but it was not measured: stricter thresholds.
    Unmeasured,
    /// A language the model does not know: never sure.
    Foreign,
}

pub(super) fn cover(figures: &Figures, input: &Input<'_>, score: &Score<'_>) -> Cover {
    let room = figures.rooms >> (input.room as u32) & 1 == 1;
    if score.known_words < figures.known_words {
        return Cover::Foreign;
    }
    let language = match language::guess(input.text, &score.languages) {
        Guess::Foreign => return Cover::Foreign,
        Guess::Known(id) => id,
        // Too little to say: what the page says, else English, which has the most posts of this kind.
        Guess::Nothing => input.lang.map_or("en", |lang| lang.split(['-', '_']).next().unwrap_or("en")),
    };
    let index = if language == language::CHINESE {
        Some(language::ALL.len())
    } else {
        language::ALL.iter().position(|known| known.eq_ignore_ascii_case(language))
    };
    match index {
        None => Cover::Foreign,
        Some(at) if room && figures.languages >> at & 1 == 1 => Cover::Measured,
        Some(_) => Cover::Unmeasured,
    }
}

/// How far a post is on the side where it may be folded, from its log-odds of pure advertising and of conversation: the latter
/// counts half as much again. Up to there each step of a half folds more of the adverts of unseen authors and of unseen sources
/// at the same safety (`model/report.txt`).
pub fn fold_score(ad: f32, conversation: f32) -> f32 {
    ad - 1.5 * conversation
}

pub(super) fn decide(
    model: &Model<'_>,
    input: &Input<'_>,
    tokens: &Tokens,
    score: &Score<'_>,
    shift: &Shift,
) -> Verdict {
    let figures = &model.figures;
    let is_reply = input.is_reply == Some(true);
    if tokens.is_wordless() {
        let speaks = tokens.list.iter().any(|token| matches!(token.kind, Kind::Emoji | Kind::Mark | Kind::Number));
        if !(is_reply && speaks) {
            return nothing();
        }
    }
    let mut logits = score.outputs.map(|output| output * figures.intent_gain);
    let mut all = [0.0; intent::COUNT];
    all.copy_from_slice(&logits[..intent::COUNT]);
    softmax(&mut all);
    let p_other = all[Intent::Other as usize];
    if p_other >= OTHER && !is_reply {
        let mut verdict = nothing();
        verdict.intents = all;
        return verdict;
    }
    let log_odds = score.stance * figures.stance_gain + figures.stance_shift;
    let p_conversation = sigmoid(log_odds + shift.stance);
    logits.iter_mut().zip(shift.intents).for_each(|(logit, part)| *logit += part);
    let stance = if p_conversation >= 0.5 { Stance::Conversation } else { Stance::Broadcast };
    let (conversation, broadcast) = logits[..Intent::Other as usize].split_at_mut(Intent::Product as usize);
    softmax(conversation);
    softmax(broadcast);
    let mut intents = [0.0; intent::COUNT];
    for (at, p) in intents.iter_mut().enumerate() {
        *p = match intent::ALL[at].stance {
            None => p_other,
            Some(Stance::Conversation) => (1.0 - p_other) * p_conversation * logits[at],
            Some(Stance::Broadcast) => (1.0 - p_other) * (1.0 - p_conversation) * logits[at],
        };
    }
    let mut intent = if stance == Stance::Conversation { Intent::Care } else { Intent::Product };
    for row in &intent::ALL {
        if row.stance == Some(stance) && intents[row.intent as usize] > intents[intent as usize] {
            intent = row.intent;
        }
    }
    let cover = cover(figures, input, score);
    let confidence = p_conversation.max(1.0 - p_conversation);
    let ad_log_odds = score.outputs[AD] * figures.ad_gain + figures.ad_shift;
    let ad_probability = sigmoid(ad_log_odds);
    let (sure, fold) = match cover {
        Cover::Measured => (figures.sure, figures.fold),
        Cover::Unmeasured => (figures.sure_strict, figures.fold_strict),
        Cover::Foreign => (f32::INFINITY, f32::INFINITY),
    };
    let is_sure = confidence >= sure;
    // What was learned may keep a post from being folded, and never lets one be.
    let p_most = sigmoid(log_odds + shift.stance.max(0.0));
    let ad = stance == Stance::Broadcast
        && 1.0 - p_most >= sure
        && fold_score(ad_log_odds, log_odds + shift.stance.max(0.0)) >= fold
        && p_most <= figures.fold_conversation
        && !is_reply;
    Verdict { stance: Some(stance), intent, confidence, is_sure, ad, ad_probability, p_conversation, intents }
}

/// The phrases that speak for a stance and against it.
pub(super) fn reasons(
    model: &Model<'_>,
    text: &str,
    tokens: &Tokens,
    score: &Score<'_>,
    shift: &Shift,
    stance: Stance,
) -> Reasons {
    let side = if stance == Stance::Conversation { 1.0 } else { -1.0 };
    let gain = side * model.figures.stance_gain;
    let mut parts = score.by_token(tokens.list.len());
    parts.iter_mut().for_each(|part| *part *= gain);
    shift.add_to(&mut parts, side);
    let mut roles = Roles::of(&tokens.list);
    let decided = phrases(text, &tokens.list, &mut roles, &parts, evidence::FOR);
    parts.iter_mut().for_each(|part| *part = -*part);
    let mut against = phrases(text, &tokens.list, &mut roles, &parts, evidence::AGAINST);
    against.retain(|phrase| !decided.iter().any(|other| phrase.start < other.end && other.start < phrase.end));
    against.iter_mut().for_each(|phrase| phrase.weight = -phrase.weight);
    Reasons { decided, against }
}
