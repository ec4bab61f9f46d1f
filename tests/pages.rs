//! Owns the check against saved pages: every page with an expected file, in the repository and, when present, beside it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test helper fails by panicking

use std::path::{Path, PathBuf};

use kibitz::post::{AdSource, Post};
use kibitz::read::time;
use serde_json::Value;

#[path = "support/tree.rs"]
mod tree;
#[path = "support/whole.rs"]
mod whole;

/// Part by which the length of a text may differ (emoji, trailing ellipsis): `pages/NOTES.md`.
const LENGTH_TOLERANCE: f64 = 0.02;

/// Pages in a folder that have an expected file.
fn pages(folder: &Path) -> Vec<(PathBuf, Value)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut pages: Vec<(PathBuf, Value)> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".expected.json"))
        .map(|path| {
            let expected = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            (PathBuf::from(path.to_string_lossy().replace(".expected.json", ".html")), expected)
        })
        .collect();
    pages.sort_by(|left, right| left.0.cmp(&right.0));
    pages
}

/// What differs from the expected file: one line each; and the number of fields compared.
fn differences(expected: &Value, posts: &[Post]) -> (Vec<String>, usize) {
    let wanted = expected["posts"].as_array().expect("posts");
    let mut found = Vec::new();
    let mut fields = 0;
    if wanted.len() != posts.len() {
        found.push(format!("{} posts wanted, {} read", wanted.len(), posts.len()));
    }
    for (index, (wanted, post)) in wanted.iter().zip(posts).enumerate() {
        for (field, wanted) in wanted.as_object().expect("an object") {
            let Some(difference) = compare(field, wanted, post) else { continue };
            fields += 1;
            if let Some(difference) = difference {
                found.push(format!("post {index}, {field}: {difference}"));
            }
        }
    }
    (found, fields)
}

/// `None` for a field that is not read; `Some(None)` for agreement.
fn compare(field: &str, wanted: &Value, post: &Post) -> Option<Option<String>> {
    let text = |got: Option<&str>| (wanted.as_str() != got).then(|| format!("want {wanted}, got {got:?}"));
    let flag = |got: bool| (wanted.as_bool() != Some(got)).then(|| format!("want {wanted}, got {got}"));
    // No number on the page may be read as none or as zero.
    let number = |got: Option<u64>| {
        (wanted.as_u64().unwrap_or(0) != got.unwrap_or(0)).then(|| format!("want {wanted}, got {got:?}"))
    };
    let known = |text: &'static str, value: &str| (value != text).then(|| value.to_owned());
    Some(match field {
        "id" => text(post.id.as_deref()),
        "author_name" => text(known("", &post.author.name).as_deref()),
        "author_handle" => text(known("", &post.author.handle).as_deref()),
        "author_kind" => text(Some(post.author.kind.id())),
        "time" => text(post.time.map(|time| time::as_stated(time, post.room)).as_deref()),
        "parent" => text(post.parent.as_deref()),
        "text" => text(Some(&post.text)),
        "text_start" => {
            let start = wanted.as_str().unwrap_or_default();
            (!post.text.starts_with(start))
                .then(|| format!("want {start:?}, got {:?}", post.text.chars().take(40).collect::<String>()))
        }
        "text_chars" => {
            let (got, wanted) = (post.text.chars().count(), wanted.as_u64().unwrap_or(0));
            let allowed = (wanted as f64 * LENGTH_TOLERANCE).max(1.0);
            ((got as f64 - wanted as f64).abs() > allowed).then(|| format!("want {wanted}, got {got}"))
        }
        "is_ad" => flag(post.ad.is_some_and(AdSource::is_platform_paid)),
        "ad_source" => text(post.ad.map(AdSource::id)),
        "is_repost" => flag(post.is_repost),
        "is_reply" => flag(post.is_reply),
        "has_quote" => flag(post.has_quote),
        "replies" => number(post.counts.replies),
        "reposts" => number(post.counts.reposts),
        "likes" => number(post.counts.likes),
        "media" => number(post.media.map(u64::from)),
        _ => return None,
    })
}

/// Reads every page that has a reader; prints a table; gives the differences.
fn check_all(folder: &Path) -> (usize, Vec<String>) {
    let (mut read, mut wrong) = (0, Vec::new());
    for (path, expected) in pages(folder) {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let url = expected["url"].as_str().unwrap_or_default();
        let html = std::fs::read_to_string(&path).unwrap();
        let place = kibitz::platforms::for_page(url, &tree::Page::parse(&html).root());
        if name.split('_').next() != Some(place.platform.room.id()) {
            println!("{name:32} no reader yet");
            continue;
        }
        let posts = whole::posts(url, &html);
        let (differences, fields) = differences(&expected, &posts);
        println!("{name:32} {:3} posts {fields:4} fields {:3} differences", posts.len(), differences.len());
        wrong.extend(differences.into_iter().map(|difference| format!("{name}: {difference}")));
        read += 1;
    }
    (read, wrong)
}

#[test]
fn saved_pages_read_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pages");
    if !folder.is_dir() {
        println!("skipped: no saved pages beside the repository");
        return;
    }
    let (read, wrong) = check_all(&folder);
    assert!(read > 0, "no page with a reader in {}", folder.display());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn invented_pages_read_as_expected() {
    let (read, wrong) = check_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"));
    assert!(read >= 14, "only {read} fixtures");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_label_tables_hold_every_known_word() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/ad_labels.json");
    let Ok(json) = std::fs::read_to_string(&path) else {
        println!("skipped: no dictionary beside the repository");
        return;
    };
    let known: Value = serde_json::from_str(&json).unwrap();
    for platform in kibitz::platforms::ALL {
        for (lang, words) in known[platform.room.id()].as_object().into_iter().flatten() {
            for word in words.as_array().unwrap() {
                let found = kibitz::read::labels::find(word.as_str().unwrap(), platform.labels);
                assert!(found.is_some(), "{} {lang}: {word}", platform.room.id());
            }
        }
    }
}
