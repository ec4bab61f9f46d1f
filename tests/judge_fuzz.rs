//! A bounded, repeatable run of what the fuzz targets check (`fuzz/`), on the compiler that everything else uses.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

#[path = "../fuzz/checks.rs"]
mod checks;

use kibitz::classify::BUILTIN;
use kibitz::text::hash::finish;

/// Bytes from a seed: pieces of posts, single characters of many scripts, and anything.
fn bytes(seed: u32) -> Vec<u8> {
    const PIECES: [&str; 12] = [
        "#SummerSale",
        "@some_one ",
        "https://ex.am/x?y=é ",
        "👩🏽‍🚀🇨🇭",
        "e\u{301}",
        "今すぐ購入",
        "감사합니다",
        "شكرا ",
        "50% off ",
        "\u{200b}\u{202e}\n",
        "$9.99 ",
        "thank you ",
    ];
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9e37_79b9);
        finish(state)
    };
    let mut out = vec![next() as u8];
    for _ in 0..next() % 40 {
        match next() % 4 {
            0 => out.push(next() as u8),
            1 => out.extend(char::from_u32(next() % 0x1_1000).unwrap_or(' ').to_string().bytes()),
            _ => out.extend(PIECES[next() as usize % PIECES.len()].bytes()),
        }
    }
    out
}

#[test]
fn any_text_has_a_verdict() {
    (0..1_500).for_each(|seed| checks::verdict(&bytes(seed)));
}

#[test]
fn a_very_long_text_has_a_verdict() {
    let long = "Shop now, 50% off everything in store 👍 今すぐ購入 ".repeat(2_000);
    assert!(long.len() > 100_000);
    checks::verdict(format!(" {long}").as_bytes());
    checks::verdict(" ".repeat(100_000).as_bytes());
    checks::verdict(format!(" {}", "a".repeat(100_000)).as_bytes());
    checks::verdict(format!(" {}", "\u{301}".repeat(50_000)).as_bytes());
    checks::verdict(format!(" #{}", "aB".repeat(50_000)).as_bytes());
}

#[test]
fn any_bytes_are_a_model_or_an_error() {
    for seed in 0..40 {
        checks::model(&bytes(seed));
        // The shipped file, changed at one place behind its head and sealed again.
        let mut body = BUILTIN[64..].to_vec();
        let at = finish(seed) as usize % body.len();
        body[at] ^= 1 << (seed % 8);
        body.insert(0, 8);
        checks::model(&body);
    }
}
