//! Owns the calibration and the thresholds, from outputs for posts that the model had not seen; never learns a weight.

use kibitz::classify::math::{log_sum_exp, sigmoid};
use kibitz::classify::model::{AD, Figures, STANCE};
use kibitz::intent::{Intent, Stance};

use super::data::Post;
use super::lab::MIX;
use super::learn::Weights;
use super::ship;

/// An output for a post that the model had not seen, and how much it counts.
#[derive(Clone, Copy, Debug)]
pub struct Unseen<'a> {
    /// The post.
    pub post: &'a Post,
    /// Raw outputs.
    pub outputs: Weights,
    /// Weight.
    pub weight: f32,
}

/// A wrong verdict shown as sure costs as much as this many "?".
pub const WRONG_PER_UNSURE: f32 = 4.0;
/// The same where nothing was measured.
pub const WRONG_PER_UNSURE_STRICT: f32 = 9.0;
/// Largest share of conversation among folded posts.
pub const FOLD_CONVERSATION: f32 = 0.005;
/// Least share of true adverts among folded posts.
pub const FOLD_PRECISION: f32 = 0.95;
/// A folded post's own probability of conversation is at most this.
pub const FOLD_P_CONVERSATION: f32 = 0.10;

/// The stance's score as the shipped scorer mixes it.
pub fn stance_score(outputs: &Weights) -> f32 {
    let mut z = [0.0; Intent::Other as usize];
    z.copy_from_slice(&outputs[..Intent::Other as usize]);
    let (conversation, broadcast) = z.split_at_mut(Intent::Product as usize);
    (1.0 - MIX) * outputs[STANCE] + MIX * (log_sum_exp(conversation) - log_sum_exp(broadcast))
}

/// Sets gains, shifts and thresholds.
pub fn calibrate(figures: &mut Figures, unseen: &[Unseen<'_>]) {
    let stances: Vec<_> = unseen
        .iter()
        .filter_map(|case| {
            case.post.stance().map(|truth| (stance_score(&case.outputs), truth == Stance::Conversation, case.weight))
        })
        .collect();
    let ads: Vec<_> = unseen.iter().map(|case| (case.outputs[AD], case.post.row.ad, case.weight)).collect();
    figures.mix = MIX;
    (figures.stance_gain, figures.stance_shift) = ship::platt(&stances);
    (figures.ad_gain, figures.ad_shift) = ship::platt(&ads);
    figures.intent_gain = intent_gain(unseen);
    // Showing a verdict of confidence p costs WRONG × (1 − p); "?" costs 1.
    figures.sure = 1.0 - 1.0 / WRONG_PER_UNSURE;
    figures.sure_strict = 1.0 - 1.0 / WRONG_PER_UNSURE_STRICT;
    figures.fold_conversation = FOLD_P_CONVERSATION;
    figures.fold = fold_threshold(figures, unseen);
    // Half the odds of error.
    figures.fold_strict = 1.0 - (1.0 - figures.fold) / 2.0;
}

/// The inverse temperature of the intents, by golden section on the loss.
fn intent_gain(unseen: &[Unseen<'_>]) -> f32 {
    let loss = |gain: f32| -> f64 {
        let mut sum = 0.0_f64;
        for case in unseen.iter().step_by(3) {
            let mut z = [0.0; kibitz::intent::COUNT];
            z.iter_mut().zip(&case.outputs).for_each(|(z, output)| *z = output * gain);
            log_sum_exp(&mut z);
            sum -= f64::from(kibitz::classify::math::ln(z[case.post.intent as usize].max(1e-6)) * case.weight);
        }
        sum
    };
    let (mut low, mut high) = (0.3_f32, 3.0_f32);
    for _ in 0..24 {
        let (a, b) = (high - (high - low) * 0.618, low + (high - low) * 0.618);
        if loss(a) < loss(b) {
            high = b;
        } else {
            low = a;
        }
    }
    (low + high) / 2.0
}

/// The lowest probability of advertising from which every longer list of folded posts keeps both promises.
fn fold_threshold(figures: &Figures, unseen: &[Unseen<'_>]) -> f32 {
    let mut cases: Vec<(f32, bool, bool, f32)> = unseen
        .iter()
        .filter(|case| case.post.row.is_reply != Some(true))
        .map(|case| {
            let p = sigmoid(stance_score(&case.outputs) * figures.stance_gain + figures.stance_shift);
            let ad = sigmoid(case.outputs[AD] * figures.ad_gain + figures.ad_shift);
            let folds = p <= figures.fold_conversation.min(1.0 - figures.sure);
            let is_conversation = case.post.stance() == Some(Stance::Conversation);
            (if folds { ad } else { 0.0 }, case.post.row.ad, is_conversation, case.weight)
        })
        .collect();
    cases.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut all, mut ads, mut conversation) = (0.0_f32, 0.0_f32, 0.0_f32);
    let mut threshold = 0.995;
    for (p, is_ad, is_conversation, weight) in cases {
        all += weight;
        ads += if is_ad { weight } else { 0.0 };
        conversation += if is_conversation { weight } else { 0.0 };
        if p < 0.5 {
            break;
        }
        if ads >= FOLD_PRECISION * all && conversation <= FOLD_CONVERSATION * all {
            threshold = p;
        }
    }
    threshold
}
