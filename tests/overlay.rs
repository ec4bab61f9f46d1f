//! Checks the parts of the overlay that need no browser: the cut of quotations, and that no message is missing.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

#[path = "../src/page/overlay/quote.rs"]
mod quote;

use std::collections::BTreeSet;

use kibitz::intent;
use kibitz::post::Room;
use quote::{Piece, quote as cut};

/// `[x]` stands for a marked phrase, `…` for a gap.
#[track_caller]
fn check(text: &str, phrases: &[&str], expected: &str) {
    let at = |phrase: &&str| {
        let byte = text.find(phrase).unwrap();
        let start = text[..byte].encode_utf16().count() as u32;
        (start, start + phrase.encode_utf16().count() as u32)
    };
    let phrases: Vec<(u32, u32)> = phrases.iter().map(at).collect();
    let shown: String = cut(text, &phrases)
        .into_iter()
        .map(|piece| match piece {
            Piece::Plain(text) => text,
            Piece::Marked(text) => format!("[{text}]"),
            Piece::Gap => "…".into(),
        })
        .collect();
    assert_eq!(shown, expected);
}

#[test]
fn quotations_show_each_phrase_once_with_some_words_around() {
    check("Shop now", &["Shop now"], "[Shop now]");
    check("Tell us more", &[], "");
    check("one two three", &["three", "one"], "[one] two [three]");
    check("one two three", &["one two", "two three"], "[one two][ three]");
    check("one two three", &["two", "one two three"], "[one two three]");
    let long = "a first part that goes on and on before the phrase of which we speak here stands and then again as long as before";
    check(
        long,
        &["phrase"],
        "a first part that goes on and on before the [phrase] of which we speak here stands and then again…",
    );
    let far = "start ".to_owned() + &"word ".repeat(40) + "end";
    check(
        &far,
        &["start", "end"],
        &("[start]".to_owned() + &" word".repeat(8) + " wor…" + &"word ".repeat(9) + "[end]")
            .replace(" wor…", " word…"),
    );
    let emoji = "🫖".repeat(60) + "now";
    check(&emoji, &["now"], &format!("…{}[now]", "🫖".repeat(22)));
    let chinese = "今".repeat(100) + "買";
    check(&chinese, &["買"], &format!("…{}[買]", "今".repeat(44)));
}

#[test]
fn phrases_outside_the_text_are_dropped() {
    assert_eq!(cut("short", &[(9, 12), (3, 2), (2, 2)]), []);
    assert_eq!(cut("", &[(0, 4)]), []);
    assert_eq!(cut("ab", &[(1, u32::MAX)]), [Piece::Plain("a".into()), Piece::Marked("b".into())]);
}

const WORDS: &str = include_str!("../src/page/words.rs");
const MESSAGES: &str = include_str!("../extension/_locales/en/messages.json");

/// Every quoted string of a source that looks like a message key of one of these families.
fn keys(source: &str) -> BTreeSet<&str> {
    const FAMILIES: [&str; 9] = ["badge_", "intent_", "meaning_", "room_", "fold_", "toast_", "why_", "brand_", "fit_"];
    let is_key = |text: &&str| {
        FAMILIES.iter().any(|family| text.len() > family.len() && text.starts_with(family))
            && text.chars().all(|c| c.is_ascii_lowercase() || c == '_')
            && !text.ends_with('_')
    };
    source.split('"').filter(is_key).collect()
}

#[test]
fn every_message_that_the_overlay_asks_for_is_listed_and_written() {
    let listed = keys(WORDS);
    let written: serde_json::Value = serde_json::from_str(MESSAGES).unwrap();
    for key in &listed {
        assert!(written[*key]["message"].as_str().is_some_and(|text| !text.is_empty()), "{key} is not written");
    }
    let sources = [
        include_str!("../src/page/overlay/badge.rs"),
        include_str!("../src/page/overlay/fold.rs"),
        include_str!("../src/page/overlay/panel.rs"),
        include_str!("../src/page/overlay/toast.rs"),
    ];
    for key in sources.iter().flat_map(|source| keys(source)) {
        assert!(listed.contains(key), "{key} is not listed");
    }
    for row in &intent::ALL {
        for family in ["intent", "meaning"] {
            let key = format!("{family}_{}", row.id);
            assert!(listed.contains(key.as_str()), "{key} is not listed");
        }
    }
    for room in Room::ALL {
        let key = format!("room_{}", room.id());
        assert!(listed.contains(key.as_str()), "{key} is not listed");
    }
}
