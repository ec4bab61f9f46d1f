//! Owns the committed answers that browsers are held to (`tests/web.rs`); written anew with `UPDATE_EXPECT=1`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "support/goldens.rs"]
mod goldens;
#[path = "support/tree.rs"]
mod tree;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

#[track_caller]
fn check(name: &str, now: &str) {
    let path = folder().join("goldens").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, now).unwrap();
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    for (at, (kept, now)) in kept.lines().zip(now.lines()).enumerate() {
        assert_eq!(kept, now, "{name}:{}: write anew with UPDATE_EXPECT=1 if this is meant", at + 1);
    }
    assert_eq!(kept.lines().count(), now.lines().count(), "{name}");
}

/// A judge that knows its texts gives many intents; one whose model was refused gives one.
const INTENTS_AT_LEAST: usize = 6;

#[test]
fn verdicts_are_the_committed_ones() {
    let now = goldens::verdicts();
    let intents: BTreeSet<_> = now.lines().filter_map(|line| line.split(' ').nth(1)).collect();
    assert!(intents.len() >= INTENTS_AT_LEAST, "only {intents:?}: was the model refused?");
    check("verdicts.txt", &now);
}

#[test]
fn readings_are_the_committed_ones() {
    let mut lines = String::new();
    for (name, url, html) in goldens::PAGES {
        let page = tree::Page::parse(html);
        lines.push_str(&format!("# {name}\n{}", goldens::reading(url, &page.root())));
    }
    check("readings.txt", &lines);
}

#[test]
fn every_fixture_is_read_in_browsers_too() {
    let files = fs::read_dir(folder().join("fixtures")).unwrap();
    let names = files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "html"));
    let found: BTreeSet<String> = names.map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let listed: BTreeSet<String> = goldens::PAGES.iter().map(|page| page.0.to_owned()).collect();
    assert_eq!(listed, found, "tests/support/goldens.rs names other pages than there are");
}

/// wasm-pack builds every test target for the browser; a native one that forgets to say so breaks that build.
#[test]
fn every_native_test_says_that_it_is_native() {
    let is_gated = |text: &str| text.contains("#![cfg(not(target_arch = \"wasm32\"))]");
    assert!(!is_gated("//! A test.\nuse proptest::prelude::*;"));
    for file in fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|end| end == "rs") && path.file_stem().is_some_and(|name| name != "web") {
            assert!(is_gated(&fs::read_to_string(&path).unwrap()), "{}", path.display());
        }
    }
}
