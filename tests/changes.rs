//! Owns the check that a changed site is met with silence: no mutation of a fixture may give a wrong author or a wrong paid sign.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test helper fails by panicking

use std::collections::BTreeSet;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

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

/// The row of a fixture's table, and what was read wrongly.
fn measure(name: &str, url: &str, html: &str) -> (Tally, String) {
    // What a page keeps out of sight may come into sight; it is still by whom it is.
    let hidden = whole::posts(url, &html.replace("display: none", "").replace("display:none", ""));
    let mut before = whole::posts(url, html);
    let shown = before.len();
    before.extend(hidden.into_iter().filter(|post| !before.contains(post)).collect::<Vec<_>>());
    let mut tally = Tally::default();
    for mutation in mutations(html) {
        tally.mutations += 1;
        let mut posts = 0;
        for reading in whole::readings(url, &mutation.html) {
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
    let Tally { mutations, same, poorer, silent, unreadable, missed_ads, .. } = tally;
    let wrong = tally.wrong.len();
    let row =
        format!("{name:28} {mutations:9} {same:6} {poorer:7} {silent:7} {unreadable:10} {missed_ads:10} {wrong:6}\n");
    (tally, row)
}

const HEAD: &str = "\
What becomes of the posts of each invented page when a class is renamed, a wrapper added, an attribute dropped, a list emptied.\n\
Written by `UPDATE_EXPECT=1 cargo test --test changes`.\n\n\
fixture                      mutations   same  poorer  silent unreadable missed ads  wrong\n";

/// The committed table.
const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/changes.txt");

#[test]
fn a_changed_site_is_met_with_silence() {
    let fixtures = fixtures::all();
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let mut rows: Vec<(usize, Tally, String)> = std::thread::scope(|scope| {
        let work = || {
            let mut rows = Vec::new();
            while let at = next.fetch_add(1, Ordering::Relaxed)
                && let Some((name, url, html)) = fixtures.get(at)
            {
                let (tally, row) = measure(name, url, html);
                rows.push((at, tally, row));
            }
            rows
        };
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    rows.sort_by_key(|row| row.0);
    let wrong: Vec<&str> = rows.iter().flat_map(|(_, tally, _)| &tally.wrong).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{} wrong readings:\n{}", wrong.len(), wrong.join("\n"));
    let sum = |of: fn(&Tally) -> usize| rows.iter().map(|(_, tally, _)| of(tally)).sum::<usize>();
    let (all, same) = (sum(|tally| tally.mutations), sum(|tally| tally.same));
    assert!(same > all, "the mutations hit everything: of {all} pages {same} readings survived");
    let table = HEAD.to_owned() + &rows.iter().map(|(.., row)| row.as_str()).collect::<String>();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return fs::write(TABLE, table).unwrap();
    }
    let kept = fs::read_to_string(TABLE).unwrap_or_default();
    assert!(kept == table, "tests/changes.txt is of another day: UPDATE_EXPECT=1 cargo test --test changes\n{table}");
}
