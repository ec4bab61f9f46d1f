//! Owns the measurements with whole sources held out; never ships a weight.

use kibitz::classify::model::{AD, STANCE};
use kibitz::intent::{self, COUNT, Intent, Stance};
use kibitz::text::lexicon::Lexicon;

use super::data::Post;
use super::learn::probabilities;
use super::measure::{self, Case};
use super::pipeline::{self, Fit, Recipe, Viewed};
use super::vectors;

/// Sources that are held out together: kinds of account, so that none of a kind is left to learn from.
pub const HELD_OUT: [&[&str]; 8] = [
    &["fashion_timelines"],
    &["corporate_messaging", "yum_brands"],
    &["swiss_uas_tweets", "telkomsel_x"],
    &["br_gov_instagram", "ta1c_es_clickbait", "arabic_low_quality"],
    &["australis_facebook", "beauty_brand_tweets", "cigar_brands_instagram"],
    &["facebook_news", "wearerladies", "mercedes_weibo_x"],
    &["fr_brand_replies", "twcs_brand_replies", "uk_northern_rail"],
    &["twitter_promoted"],
];

/// Judges a post with a model that has not been calibrated.
pub fn judge(fit: &Fit, post: &Post, lexicon: &Lexicon<'_>) -> Case {
    let features = vectors::features_of(&post.row.text, post.row.is_reply, None, lexicon);
    case(&fit.linear.outputs(&vectors::project(&features, &fit.index)), post)
}

/// A case from raw outputs.
pub fn case(outputs: &super::learn::Weights, post: &Post) -> Case {
    let p = probabilities(outputs);
    let p_conversation = p[STANCE];
    let stance = if p_conversation >= 0.5 { Stance::Conversation } else { Stance::Broadcast };
    let mut best = if stance == Stance::Conversation { Intent::Care } else { Intent::Product };
    for row in intent::ALL.iter().take(COUNT - 1) {
        if row.stance == Some(stance) && p[row.intent as usize] > p[best as usize] {
            best = row.intent;
        }
    }
    if p[Intent::Other as usize] > 0.5 {
        best = Intent::Other;
    }
    Case {
        truth: post.intent,
        ad: post.row.ad,
        is_reply: post.row.is_reply == Some(true),
        intent: best,
        stance: best.stance(),
        p_conversation,
        p_ad: p[AD],
        sure: true,
        folds: false,
    }
}

/// Trains once for each group of sources without them, and judges them: (source group, cases).
pub fn leave_sources_out(posts: &[Viewed<'_>], lexicon: &Lexicon<'_>, recipe: &Recipe) -> Vec<(usize, Vec<Case>)> {
    let run = |fold: usize| {
        let is_out = |post: &Post| HELD_OUT[fold].contains(&post.row.dataset.as_str());
        let train: Vec<&Viewed<'_>> = posts.iter().filter(|viewed| !is_out(viewed.post)).collect();
        let fit = pipeline::fit(&pipeline::samples(&train, recipe), recipe);
        let held = posts.iter().filter(|viewed| is_out(viewed.post));
        (fold, held.map(|viewed| judge(&fit, viewed.post, lexicon)).collect::<Vec<Case>>())
    };
    in_pairs(HELD_OUT.len(), run)
}

/// Runs jobs on two threads; the results stand in the order of the jobs.
pub fn in_pairs<T: Send>(jobs: usize, run: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let run = &run;
    let mut halves = std::thread::scope(|scope| {
        let spawn =
            |half: usize| scope.spawn(move || (half..jobs).step_by(2).map(|job| (job, run(job))).collect::<Vec<_>>());
        let handles = [spawn(0), spawn(1)];
        handles.into_iter().flat_map(|handle| handle.join().unwrap_or_default()).collect::<Vec<_>>()
    });
    halves.sort_by_key(|(job, _)| *job);
    halves.into_iter().map(|(_, result)| result).collect()
}

/// Prints the figures of each group of sources and of all together.
pub fn print(folds: &[(usize, Vec<Case>)]) {
    let mut all = Vec::new();
    for (fold, cases) in folds {
        println!("{:60} {}", HELD_OUT[*fold].join("+"), measure::headline(cases));
        all.extend(cases.iter().copied());
    }
    println!("{:60} {}", "all held-out sources", measure::headline(&all));
    let mean: f32 = folds.iter().map(|(_, cases)| measure::stance_accuracy(cases).0).sum::<f32>() / folds.len() as f32;
    println!("mean stance over groups {:.2}", mean * 100.0);
}
