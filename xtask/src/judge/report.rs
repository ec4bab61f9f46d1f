//! Owns the tables of a measurement as text; never judges.

use std::collections::BTreeMap;
use std::fmt::Write;

use kibitz::classify::{Input, Judge};
use kibitz::intent::{self, Stance};

use super::data::Post;
use super::measure::{self, Case};

/// Judges posts as the extension would.
pub fn judge(judge: &Judge<'_>, posts: &[Post]) -> Vec<Case> {
    let one = |post: &Post| {
        let input = Input {
            text: &post.row.text,
            room: post.room(),
            is_reply: post.row.is_reply,
            lang: post.row.lang.as_deref(),
        };
        let verdict = judge.verdict(&input);
        Case {
            truth: post.intent,
            ad: post.row.ad,
            is_reply: post.row.is_reply == Some(true),
            intent: verdict.intent,
            stance: verdict.stance,
            p_conversation: verdict.p_conversation,
            p_ad: verdict.ad_probability,
            sure: verdict.is_sure,
            folds: verdict.ad,
        }
    };
    posts.iter().map(one).collect()
}

/// Every table of one measurement.
pub fn tables(title: &str, posts: &[Post], cases: &[Case]) -> String {
    let mut out = format!("## {title}\n\n{}\n", measure::headline(cases));
    let _ = writeln!(out, "replies apart: {}", measure::headline(&only(cases, |case| case.is_reply)));
    let _ = writeln!(
        out,
        "\n{:14} {:>6} {:>7} {:>7} {:>7}  most frequent confusions",
        "class", "n", "prec", "recall", "F1"
    );
    for stance in [Stance::Conversation, Stance::Broadcast] {
        let class =
            measure::prf(cases.iter().map(|case| (case.truth.stance() == Some(stance), case.stance == Some(stance))));
        let _ = writeln!(out, "{}", row(stance.id(), class, ""));
    }
    for info in &intent::ALL {
        let class = measure::prf(cases.iter().map(|case| (case.truth == info.intent, case.intent == info.intent)));
        let wrong = measure::confusions(&only(cases, |case| case.truth == info.intent), 3);
        let wrong: Vec<String> = wrong.iter().map(|(_, verdict, n)| format!("{} {n}", verdict.info().id)).collect();
        let _ = writeln!(out, "{}", row(info.id, class, &wrong.join(", ")));
    }
    by(&mut out, "language", posts, cases, |post| post.row.lang.clone().unwrap_or_else(|| "?".into()));
    by(&mut out, "platform", posts, cases, |post| post.row.platform.clone());
    by(&mut out, "source", posts, cases, |post| post.row.dataset.clone());
    let (error, bins) = measure::calibration(cases);
    let _ = writeln!(out, "\ncalibration of the stance (ECE {error:.3}): mean confidence, share right, n");
    for (mean, right, n) in bins {
        let _ = writeln!(out, "  {mean:.3}  {right:.3}  {n}");
    }
    let _ = writeln!(out, "\ncoverage: share of the most confident, share right");
    for percent in [50, 60, 70, 75, 80, 90, 100] {
        let _ = writeln!(out, "  {percent:3} %  {:.3}", measure::accuracy_at_coverage(cases, percent as f32 / 100.0));
    }
    let sure = only(cases, |case| case.sure && case.truth.stance().is_some());
    let judged = only(cases, |case| case.truth.stance().is_some());
    let _ = writeln!(
        out,
        "shown as sure: {} of {} ({:.1} %), right {:.1} %",
        sure.len(),
        judged.len(),
        100.0 * sure.len() as f32 / judged.len().max(1) as f32,
        100.0 * measure::stance_accuracy(&sure).0
    );
    let _ =
        writeln!(out, "\nfold trade-off: recall of pure advertising, precision, conversation among them, threshold");
    for percent in [25, 50, 75, 90] {
        let (precision, conversation, at) = measure::ad_at_recall(cases, percent as f32 / 100.0);
        let _ = writeln!(out, "  {percent:3} %  {precision:.3}  {conversation:.4}  {at:.3}");
    }
    let folded = only(cases, |case| case.folds);
    let ads = folded.iter().filter(|case| case.ad).count();
    let talk = folded.iter().filter(|case| case.truth.stance() == Some(Stance::Conversation)).count();
    let _ = writeln!(
        out,
        "would be folded: {} (adverts {ads}, conversation {talk}, upper bound of conversation at 95 %: {:.2} %), recall {:.1} %",
        folded.len(),
        100.0 * upper_bound(talk, folded.len()),
        100.0 * ads as f32 / cases.iter().filter(|case| case.ad).count().max(1) as f32
    );
    out
}

/// Upper end of the two-sided 95 % Wilson interval of a share.
fn upper_bound(hits: usize, all: usize) -> f32 {
    if all == 0 {
        return 1.0;
    }
    let (n, p, z) = (all as f32, hits as f32 / all as f32, 1.96_f32);
    ((p + z * z / (2.0 * n)) + z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt()) / (1.0 + z * z / n)
}

fn only(cases: &[Case], keep: impl Fn(&Case) -> bool) -> Vec<Case> {
    cases.iter().copied().filter(keep).collect()
}

fn row(name: &str, class: measure::Prf, wrong: &str) -> String {
    format!("{name:14} {:6} {:7.3} {:7.3} {:7.3}  {wrong}", class.n, class.precision, class.recall, class.f1)
}

fn by(out: &mut String, title: &str, posts: &[Post], cases: &[Case], key: impl Fn(&Post) -> String) {
    let mut groups: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for (post, case) in posts.iter().zip(cases) {
        groups.entry(key(post)).or_default().push(*case);
    }
    let _ = writeln!(
        out,
        "\n{title:24} {:>6} {:>7} {:>7} {:>7} {:>7}  most frequent confusions",
        "n", "stance", "F1 conv", "F1 brd", "intent"
    );
    for (name, cases) in groups {
        let f1 = |stance| {
            measure::prf(cases.iter().map(|case| (case.truth.stance() == Some(stance), case.stance == Some(stance)))).f1
        };
        let wrong: Vec<String> = measure::confusions(&cases, 2)
            .iter()
            .map(|(truth, verdict, n)| format!("{}→{} {n}", truth.info().id, verdict.info().id))
            .collect();
        let _ = writeln!(
            out,
            "{name:24} {:6} {:7.3} {:7.3} {:7.3} {:7.3}  {}",
            cases.len(),
            measure::stance_accuracy(&cases).0,
            f1(Stance::Conversation),
            f1(Stance::Broadcast),
            measure::intent_accuracy(&cases).0,
            wrong.join(", ")
        );
    }
}
