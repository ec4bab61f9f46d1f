//! Owns the calibration and the thresholds, from outputs for posts that the model had not seen; never learns a weight.

use std::fmt::Write;

use kibitz::classify::math::{log_sum_exp, sigmoid};
use kibitz::classify::model::{AD, Figures, STANCE};
use kibitz::intent::{Intent, Stance};
use kibitz::ledger::wilson;

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
/// Where nothing was measured, this much more: less than half the odds of error (log-odds).
pub const STRICTER: f32 = 1.25;
/// A folded post's own probability of conversation is at most this.
pub const FOLD_P_CONVERSATION: f32 = 0.10;

/// The stance's score as the shipped scorer mixes it.
pub fn stance_score(outputs: &Weights) -> f32 {
    let mut z = [0.0; Intent::Other as usize];
    z.copy_from_slice(&outputs[..Intent::Other as usize]);
    let (conversation, broadcast) = z.split_at_mut(Intent::Product as usize);
    (1.0 - MIX) * outputs[STANCE] + MIX * (log_sum_exp(conversation) - log_sum_exp(broadcast))
}

/// Sets gains, shifts and thresholds from posts by authors and (where there are any) from whole sources that were held out.
/// The gains follow both, by their weights; folding keeps its promise on each of the two.
pub fn calibrate(figures: &mut Figures, authors: &[Unseen<'_>], sources: &[Unseen<'_>]) {
    let unseen = [authors, sources].concat();
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
    figures.intent_gain = intent_gain(&unseen);
    // Showing a verdict of confidence p costs WRONG × (1 − p); "?" costs 1.
    figures.sure = 1.0 - 1.0 / WRONG_PER_UNSURE;
    figures.sure_strict = 1.0 - 1.0 / WRONG_PER_UNSURE_STRICT;
    figures.fold_conversation = FOLD_P_CONVERSATION;
    figures.fold = fold_threshold(figures, authors);
    if !sources.is_empty() {
        figures.fold = figures.fold.max(fold_threshold(figures, sources));
    }
    figures.fold_strict = figures.fold + STRICTER;
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

/// Calibrated log-odds of pure advertising and of conversation.
fn log_odds(figures: &Figures, outputs: &Weights) -> (f32, f32) {
    let conversation = stance_score(outputs) * figures.stance_gain + figures.stance_shift;
    (outputs[AD] * figures.ad_gain + figures.ad_shift, conversation)
}

/// The lowest score from which the list of folded posts keeps both promises.
pub fn fold_threshold(figures: &Figures, unseen: &[Unseen<'_>]) -> f32 {
    longest(figures, unseen, kibitz::classify::fold_score).threshold
}

/// A list of folded posts.
struct Folded {
    /// The score from which posts are on it.
    threshold: f32,
    /// Posts.
    n: u32,
    /// Adverts among them.
    ads: u32,
}

/// The longest list of posts by a score of the log-odds of pure advertising and of conversation that keeps both promises.
fn longest(figures: &Figures, unseen: &[Unseen<'_>], score: impl Fn(f32, f32) -> f32) -> Folded {
    let mut cases: Vec<(f32, &Post)> = unseen
        .iter()
        .filter(|case| case.post.row.is_reply != Some(true))
        .filter_map(|case| {
            let (ad, conversation) = log_odds(figures, &case.outputs);
            let may_fold = sigmoid(conversation) <= figures.fold_conversation.min(1.0 - figures.sure);
            may_fold.then(|| (score(ad, conversation), case.post))
        })
        .collect();
    cases.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut n, mut ads, mut talk) = (0_u32, 0_u32, 0_u32);
    let mut found = Folded { threshold: NEVER_FOLD, n: 0, ads: 0 };
    for (score, post) in cases {
        n += 1;
        ads += u32::from(post.row.ad);
        talk += u32::from(post.stance() == Some(Stance::Conversation));
        let share = |count: u32| count as f32 / n as f32;
        if n >= LEAST_FOLDED && share(ads) >= FOLD_PRECISION && share(talk) <= FOLD_CONVERSATION {
            found = Folded { threshold: score, n, ads };
        }
    }
    found
}

/// What the weight of conversation in the score of folding does to the longest list that keeps both promises.
pub fn weights(figures: &Figures, authors: &[Unseen<'_>], sources: &[Unseen<'_>]) -> String {
    let mut out = String::from(
        "the longest list that keeps the promises of folding, by how much conversation counts in its score\n",
    );
    for weight in [0.0, 0.5, 1.0, 1.5, 2.0] {
        let _ = write!(out, "  {weight:.1}");
        for (title, unseen) in [("authors", authors), ("sources", sources)] {
            let found = longest(figures, unseen, |ad, conversation| ad - weight * conversation);
            let ads = unseen.iter().filter(|case| case.post.row.ad).count().max(1);
            let recall = 100.0 * found.ads as f32 / ads as f32;
            let _ = write!(out, "   {title} held out: n {:>4}, recall {recall:>4.1} %", found.n);
        }
        out.push('\n');
    }
    out
}

/// No score is so high.
const NEVER_FOLD: f32 = 40.0;
/// A shorter list proves nothing.
const LEAST_FOLDED: u32 = 200;

/// What the decision is worth on posts not seen: calibration, the sure ones, the fold trade-off.
pub fn table(title: &str, figures: &Figures, unseen: &[Unseen<'_>]) -> String {
    let mut out = format!("{title}, n {}\n", unseen.len());
    let mut judged: Vec<(f32, bool)> = unseen
        .iter()
        .filter_map(|case| {
            let truth = case.post.stance()? == Stance::Conversation;
            let p = sigmoid(stance_score(&case.outputs) * figures.stance_gain + figures.stance_shift);
            Some((p.max(1.0 - p), (p >= 0.5) == truth))
        })
        .collect();
    if judged.is_empty() {
        return out;
    }
    judged.sort_by(|a, b| b.0.total_cmp(&a.0));
    let right = |cases: &[(f32, bool)]| cases.iter().filter(|case| case.1).count() as f32 / cases.len().max(1) as f32;
    let mut error = 0.0;
    for bin in judged.chunk_by(|a, b| (a.0 * 20.0) as u32 == (b.0 * 20.0) as u32) {
        let mean = bin.iter().map(|case| case.0).sum::<f32>() / bin.len() as f32;
        error += (mean - right(bin)).abs() * bin.len() as f32 / judged.len() as f32;
    }
    let sure = judged.partition_point(|case| case.0 >= figures.sure);
    let _ = writeln!(
        out,
        "  ECE {error:.3}; sure {:.1} %, of them right {:.1} %; right at 75 % coverage {:.1} %",
        100.0 * sure as f32 / judged.len() as f32,
        100.0 * right(&judged[..sure]),
        100.0 * right(&judged[..judged.len() * 3 / 4])
    );
    let mut folds: Vec<(f32, bool, bool)> = unseen
        .iter()
        .filter(|case| case.post.row.is_reply != Some(true))
        .map(|case| {
            let (ad, conversation) = log_odds(figures, &case.outputs);
            let is_conversation = case.post.stance() == Some(Stance::Conversation);
            (kibitz::classify::fold_score(ad, conversation), case.post.row.ad, is_conversation)
        })
        .collect();
    folds.sort_by(|a, b| b.0.total_cmp(&a.0));
    let ads = unseen.iter().filter(|case| case.post.row.ad).count().max(1);
    let mut line = |name: &str, upto: usize| {
        let found = folds[..upto].iter().filter(|case| case.1).count();
        let talk = folds[..upto].iter().filter(|case| case.2).count();
        let most = wilson(talk as u32, upto as u32).high;
        let _ = writeln!(
            out,
            "  fold {name}: n {upto}, recall {:.1} %, adverts {:.1} %, conversation {talk} ({:.2} %, 95 % interval up to {:.2} %)",
            100.0 * found as f32 / ads as f32,
            100.0 * found as f32 / upto.max(1) as f32,
            100.0 * talk as f32 / upto.max(1) as f32,
            100.0 * most
        );
    };
    line("at the threshold", folds.partition_point(|case| case.0 >= figures.fold));
    for percent in [10, 20, 30, 50] {
        let mut found = 0;
        let upto = folds.iter().take_while(|case| {
            found += usize::from(case.1);
            found * 100 < ads * percent
        });
        line(&format!("{percent} %"), upto.count());
    }
    out
}
