//! Owns the measures: accuracy, F1, calibration, coverage and the fold trade-off; never reads a text.

use kibitz::intent::{self, COUNT, Intent, Stance};

/// A judged post beside its label.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// The label.
    pub truth: Intent,
    /// Label: pure advertising.
    pub ad: bool,
    /// Whether it is known to answer another post.
    pub is_reply: bool,
    /// Verdict.
    pub intent: Intent,
    /// Verdict; none for "nothing to judge".
    pub stance: Option<Stance>,
    /// Verdict: probability of conversation.
    pub p_conversation: f32,
    /// Verdict: probability of pure advertising.
    pub p_ad: f32,
    /// Verdict: shown as sure.
    pub sure: bool,
    /// Verdict: may be folded.
    pub folds: bool,
}

impl Case {
    /// Whether the stance is right; posts that have none do not count.
    pub fn is_right(&self) -> Option<bool> {
        self.truth.stance().map(|truth| self.stance == Some(truth))
    }

    /// Probability of the stance given.
    pub fn confidence(&self) -> f32 {
        self.p_conversation.max(1.0 - self.p_conversation)
    }
}

/// Share of right stances and how many posts it rests on.
pub fn stance_accuracy<'a>(cases: impl IntoIterator<Item = &'a Case>) -> (f32, usize) {
    share(cases.into_iter().filter_map(Case::is_right))
}

/// Share of right intents.
pub fn intent_accuracy<'a>(cases: impl IntoIterator<Item = &'a Case>) -> (f32, usize) {
    share(cases.into_iter().map(|case| case.intent == case.truth))
}

/// Share of `true`, and n.
pub fn share(flags: impl IntoIterator<Item = bool>) -> (f32, usize) {
    let (mut right, mut all) = (0_usize, 0_usize);
    for flag in flags {
        right += usize::from(flag);
        all += 1;
    }
    (if all == 0 { 0.0 } else { right as f32 / all as f32 }, all)
}

/// Precision, recall, F1 and number of one class.
#[derive(Clone, Copy, Debug, Default)]
pub struct Prf {
    /// Of those judged so, how many are.
    pub precision: f32,
    /// Of those that are, how many were judged so.
    pub recall: f32,
    /// Harmonic mean.
    pub f1: f32,
    /// How many are.
    pub n: usize,
}

/// Precision and recall of a class given as (truth, verdict) flags.
pub fn prf(flags: impl IntoIterator<Item = (bool, bool)>) -> Prf {
    let (mut hit, mut said, mut n) = (0_usize, 0_usize, 0_usize);
    for (truth, verdict) in flags {
        hit += usize::from(truth && verdict);
        said += usize::from(verdict);
        n += usize::from(truth);
    }
    let ratio = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f32 / b as f32 };
    let (precision, recall) = (ratio(hit, said), ratio(hit, n));
    let f1 = ratio(2 * hit, said + n);
    Prf { precision, recall, f1, n }
}

/// Mean F1 over the intents that occur in labels or verdicts.
pub fn macro_f1(cases: &[Case]) -> f32 {
    let mut sum = 0.0;
    let mut classes = 0;
    for row in &intent::ALL {
        let class = prf(cases.iter().map(|case| (case.truth == row.intent, case.intent == row.intent)));
        if class.n > 0 || cases.iter().any(|case| case.intent == row.intent) {
            sum += class.f1;
            classes += 1;
        }
    }
    sum / classes.max(1) as f32
}

/// Precision of pure advertising where recall reaches `recall`, the share of conversation there, and the threshold.
pub fn ad_at_recall(cases: &[Case], recall: f32) -> (f32, f32, f32) {
    let mut sorted: Vec<&Case> = cases.iter().collect();
    sorted.sort_by(|a, b| b.p_ad.total_cmp(&a.p_ad));
    let total = cases.iter().filter(|case| case.ad).count();
    let (mut hit, mut conversation) = (0, 0);
    for (at, case) in sorted.iter().enumerate() {
        hit += usize::from(case.ad);
        conversation += usize::from(case.truth.stance() == Some(Stance::Conversation));
        if hit as f32 >= recall * total as f32 {
            let said = (at + 1) as f32;
            return (hit as f32 / said, conversation as f32 / said, case.p_ad);
        }
    }
    (0.0, 0.0, 1.0)
}

/// Share of right stances among the `coverage` most confident.
pub fn accuracy_at_coverage(cases: &[Case], coverage: f32) -> f32 {
    let mut sorted: Vec<&Case> = cases.iter().filter(|case| case.truth.stance().is_some()).collect();
    sorted.sort_by(|a, b| b.confidence().total_cmp(&a.confidence()));
    let keep = (sorted.len() as f32 * coverage) as usize;
    stance_accuracy(sorted.into_iter().take(keep)).0
}

/// Expected calibration error of the stance over ten bins of equal width in 0.5..=1, with each bin (mean, share right, n).
pub fn calibration(cases: &[Case]) -> (f32, Vec<(f32, f32, usize)>) {
    let mut bins = vec![(0.0_f32, 0_usize, 0_usize); 10];
    for case in cases {
        let Some(right) = case.is_right() else { continue };
        let bin = (((case.confidence() - 0.5) * 20.0) as usize).min(9);
        bins[bin].0 += case.confidence();
        bins[bin].1 += usize::from(right);
        bins[bin].2 += 1;
    }
    let all: usize = bins.iter().map(|bin| bin.2).sum();
    let mut error = 0.0;
    let table = bins
        .into_iter()
        .filter(|bin| bin.2 > 0)
        .map(|(sum, right, n)| {
            let (mean, share) = (sum / n as f32, right as f32 / n as f32);
            error += (mean - share).abs() * n as f32 / all as f32;
            (mean, share, n)
        })
        .collect();
    (error, table)
}

/// The most frequent wrong (truth → verdict) pairs with their counts.
pub fn confusions(cases: &[Case], most: usize) -> Vec<(Intent, Intent, usize)> {
    let mut counts = [[0_usize; COUNT]; COUNT];
    for case in cases.iter().filter(|case| case.intent != case.truth) {
        counts[case.truth as usize][case.intent as usize] += 1;
    }
    let mut out: Vec<(Intent, Intent, usize)> = intent::ALL
        .iter()
        .flat_map(|truth| intent::ALL.iter().map(move |verdict| (truth.intent, verdict.intent)))
        .map(|(truth, verdict)| (truth, verdict, counts[truth as usize][verdict as usize]))
        .filter(|(_, _, count)| *count > 0)
        .collect();
    out.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    out.truncate(most);
    out
}

/// One line of the main figures.
pub fn headline(cases: &[Case]) -> String {
    let first_hand: Vec<Case> = cases.iter().filter(|case| !case.is_reply).copied().collect();
    let (stance, n) = stance_accuracy(cases);
    let (ad, conversation, _) = ad_at_recall(cases, 0.5);
    format!(
        "n {n:5}  stance {:5.1}  non-replies {:5.1}  intent {:5.1}  macro-F1 {:.3}  ad P@R.5 {:5.1} conv {:4.1}  acc@75% {:5.1}  ece {:.3}",
        stance * 100.0,
        stance_accuracy(&first_hand).0 * 100.0,
        intent_accuracy(cases).0 * 100.0,
        macro_f1(cases),
        ad * 100.0,
        conversation * 100.0,
        accuracy_at_coverage(cases, 0.75) * 100.0,
        calibration(cases).0,
    )
}
