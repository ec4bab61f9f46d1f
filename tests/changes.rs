//! Owns the check that a changed site is met with silence: no mutation of a fixture may give a wrong author or a wrong paid sign.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test helper fails by panicking

use std::collections::BTreeSet;

use kibitz::post::{AdSource, Post};
use kibitz::read::Reading;

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/mutations.rs"]
mod mutations;
#[path = "support/tree.rs"]
mod tree;
#[path = "support/whole.rs"]
mod whole;

use mutations::mutations;

/// What became of the posts of a mutated page.
#[derive(Default)]
struct Tally {
    mutations: usize,
    same: usize,
    /// Some field other than author and paid sign is missing or different.
    poorer: usize,
    silent: usize,
    unreadable: usize,
    /// A paid post read as an unpaid one.
    missed_ads: usize,
    wrong: Vec<String>,
}

fn is_paid(post: &Post) -> bool {
    post.ad.is_some_and(AdSource::is_platform_paid)
}

/// Whether a name is the original one, whole or in part (an emoji or the end may be lost).
fn is_same_name(name: &str, original: &str) -> bool {
    let known: BTreeSet<&str> = original.split(' ').collect();
    name.split(' ').all(|word| {
        known.contains(word) || known.contains(word.trim_end_matches('…')) || original.replace('🌲', "").contains(word)
    })
}

fn judge(before: &[Post], after: &Post) -> Result<bool, String> {
    let original = before.iter().find(|post| post.id.is_some() && post.id == after.id).or_else(|| {
        before.iter().find(|post| {
            after.id.is_none()
                && post.text == after.text
                && !post.text.is_empty()
                && (after.author.handle.is_empty() || post.author.handle == after.author.handle)
        })
    });
    let Some(original) = original else {
        if is_paid(after) && !before.iter().any(|post| is_paid(post) && post.author.handle == after.author.handle) {
            return Err(format!("an ad out of nothing: {:?}", after.author));
        }
        let is_known = |post: &Post| {
            post.author.handle == after.author.handle
                || (after.author.handle.is_empty() && is_same_name(&after.author.name, &post.author.name))
        };
        return if before.iter().any(is_known) {
            Ok(false)
        } else {
            Err(format!("an author out of nothing: {:?}", after.author))
        };
    };
    if is_paid(after) && !is_paid(original) {
        return Err(format!("a wrong paid sign on {:?}", original.id));
    }
    let handle_differs = !after.author.handle.is_empty() && after.author.handle != original.author.handle;
    if handle_differs || !is_same_name(&after.author.name, &original.author.name) {
        return Err(format!("a wrong author: {:?} for {:?}", after.author, original.author));
    }
    Ok(after == original)
}

#[test]
fn a_changed_x_is_met_with_silence() {
    check("x_");
}

#[test]
fn a_changed_linkedin_is_met_with_silence() {
    check("linkedin_");
}

#[test]
fn a_changed_reddit_is_met_with_silence() {
    check("reddit_");
}

#[test]
fn a_changed_mastodon_is_met_with_silence() {
    check("mastodon_");
}

#[test]
fn a_changed_bluesky_is_met_with_silence() {
    check("bluesky_");
}

#[test]
fn a_changed_youtube_is_met_with_silence() {
    check("youtube_");
}

#[test]
fn a_changed_tiktok_is_met_with_silence() {
    check("tiktok_");
}

#[test]
fn any_other_site_that_changes_is_met_with_silence() {
    check("generic_");
}

#[test]
fn a_changed_facebook_is_met_with_silence() {
    check("facebook_");
}

#[test]
fn a_changed_instagram_is_met_with_silence() {
    check("instagram_");
}

#[test]
fn a_changed_threads_is_met_with_silence() {
    check("threads_");
}

/// Mutates every fixture whose name begins so; prints what became of the posts.
#[track_caller]
fn check(prefix: &str) {
    let mut total = Tally::default();
    println!(
        "{:28} {:>9} {:>6} {:>7} {:>7} {:>10} {:>10} {:>6}",
        "fixture", "mutations", "same", "poorer", "silent", "unreadable", "missed ads", "wrong"
    );
    for (name, url, html) in fixtures::all().into_iter().filter(|(name, ..)| name.starts_with(prefix)) {
        // What a page keeps out of sight may come into sight; it is still by whom it is.
        let hidden = whole::posts(&url, &html.replace("display: none", "").replace("display:none", ""));
        let mut before = whole::posts(&url, &html);
        let shown = before.len();
        before.extend(hidden.into_iter().filter(|post| !before.contains(post)).collect::<Vec<_>>());
        let mut tally = Tally::default();
        for mutation in mutations(&html) {
            tally.mutations += 1;
            let mut posts = 0;
            for reading in whole::readings(&url, &mutation.html) {
                match reading {
                    Reading::Post(post) => {
                        posts += 1;
                        match judge(&before, &post) {
                            Ok(true) => tally.same += 1,
                            Ok(false) => tally.poorer += 1,
                            Err(why) => tally.wrong.push(format!("{name}, {}: {why}", mutation.name)),
                        }
                        let is_missed = |original: &&Post| {
                            original.id.is_some() && original.id == post.id && is_paid(original) && !is_paid(&post)
                        };
                        tally.missed_ads += before.iter().filter(is_missed).count();
                    }
                    Reading::Unreadable(_) => tally.unreadable += 1,
                    Reading::NotAPost => {}
                }
            }
            tally.silent += shown.saturating_sub(posts);
        }
        println!(
            "{name:28} {:9} {:6} {:7} {:7} {:10} {:10} {:6}",
            tally.mutations,
            tally.same,
            tally.poorer,
            tally.silent,
            tally.unreadable,
            tally.missed_ads,
            tally.wrong.len()
        );
        total.mutations += tally.mutations;
        total.same += tally.same;
        total.wrong.extend(tally.wrong);
    }
    assert!(total.mutations > 40, "only {} mutations", total.mutations);
    assert!(total.same > total.mutations, "the mutations hit everything: {} readings survived", total.same);
    assert!(total.wrong.is_empty(), "{} wrong readings:\n{}", total.wrong.len(), total.wrong.join("\n"));
}
