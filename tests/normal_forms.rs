//! The core's tables of compatibility forms say what the crate `unicode-normalization` says, of every character.
//!
//! With `KIBITZ_BLESS` set, writes `src/text/normal.bin` anew from that crate.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use kibitz::text::grapheme::is_boundary;
use kibitz::text::normal::{decompose, is_mark, lower, nfkc, small};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{
    canonical_combining_class, compose, decompose_canonical, decompose_compatible, is_combining_mark,
};
use unicode_segmentation::UnicodeSegmentation as _;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/text/normal.bin");

/// Left as they are, for size (7 KB of what ships): forms that feeds do not hold, or that fold alike without. Ideographs of other
/// standards, radicals, squared words, Arabic ligatures of whole words; polytonic Greek and negated operators.
fn is_left_out(c: char) -> bool {
    matches!(c,
        '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' | '\u{2e80}'..='\u{2fdf}' | '\u{3300}'..='\u{33ff}'
        | '\u{fbea}'..='\u{fdff}' | '\u{1f00}'..='\u{1fff}' | '\u{2190}'..='\u{2aff}' | '\u{11000}'..='\u{1d3ff}')
}

/// Neither left out nor in parts that, put together, would be.
fn is_held(c: char) -> bool {
    !is_left_out(c)
        && !matches!(c, '\u{342}'..='\u{345}' | '\u{313}'..='\u{314}' | '\u{338}' | '\u{11000}'..='\u{11fff}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

fn all() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

fn compatible(c: char) -> String {
    if is_left_out(c) {
        return c.into();
    }
    let mut text = String::new();
    decompose_compatible(c, |part| text.push(part));
    text
}

fn canonical(c: char) -> Vec<char> {
    let mut parts = Vec::new();
    decompose_canonical(c, |part| parts.push(part));
    parts
}

/// Pairs that compose, and what they become: the parts of whatever has a canonical decomposition.
fn compositions() -> Vec<(char, char, char)> {
    let mut found = Vec::new();
    for c in all().filter(|&c| !is_hangul(c) && !is_left_out(c)) {
        let parts = canonical(c);
        let Some((&last, first)) = parts.split_last().filter(|(_, first)| !first.is_empty()) else { continue };
        let first: String = first.iter().collect::<String>().nfc().collect();
        let mut first = first.chars();
        if let (Some(first), None) = (first.next(), first.next())
            && compose(first, last) == Some(c)
        {
            found.push((first, last, c));
        }
    }
    found.sort_unstable();
    found
}

fn u24(out: &mut Vec<u8>, c: char) {
    out.extend(&u32::from(c).to_le_bytes()[..3]);
}

/// Runs of neighbours with one value other than the default: first, how many follow (at most 255), value.
fn runs(value: impl Fn(char) -> u8) -> Vec<(char, u8, u8)> {
    let mut runs: Vec<(char, u8, u8)> = Vec::new();
    for c in all() {
        let value = value(c);
        match runs.last_mut() {
            _ if value == 0 => {}
            Some((first, more, same))
                if *same == value && *more < u8::MAX && u32::from(*first) + u32::from(*more) + 1 == u32::from(c) =>
            {
                *more += 1;
            }
            Some(_) | None => runs.push((c, 0, value)),
        }
    }
    runs
}

/// The one small letter that a character becomes, if it does.
fn one_small(c: char) -> Option<char> {
    let mut small = c.to_lowercase();
    small.next().filter(|&first| small.next().is_none() && first != c)
}

/// Capitals that stand one or two apart and become small by the same step: first, how many follow, how far apart, step.
fn pairs_of_letters() -> Vec<(char, u8, u8, i32)> {
    let mut runs: Vec<(char, u8, u8, i32)> = Vec::new();
    for (c, small) in all().filter(|c| !c.is_ascii()).filter_map(|c| Some((c, one_small(c)?))) {
        let step = small as i32 - c as i32;
        if let Some((first, more, apart, same)) = runs.last_mut()
            && *same == step
            && *more < u8::MAX
        {
            let since = c as u32 - *first as u32;
            let wanted = if *more == 0 { since } else { u32::from(*apart) };
            if wanted <= 2 && since == wanted * (u32::from(*more) + 1) {
                (*more, *apart) = (*more + 1, u8::try_from(wanted).expect("one or two"));
                continue;
            }
        }
        runs.push((c, 0, 1, step));
    }
    runs
}

/// A table of rows column by column: alike bytes stand together, so that they are packed in half the room.
fn columns(rows: &[u8], width: usize) -> Vec<u8> {
    (0..width).flat_map(|column| rows.iter().skip(column).step_by(width).copied()).collect()
}

fn file() -> Vec<u8> {
    let (mut index, mut blocks, mut texts) = (Vec::new(), vec![0; 10], Vec::new());
    let last = all().filter(|&c| compatible(c) != c.to_string()).last().expect("some decompose");
    for block in 0..=u32::from(last) / 64 {
        let (mut bits, start) = (0u64, u16::try_from(texts.len()).expect("texts of 64 KB at most"));
        for bit in 0..64 {
            let Some(c) = char::from_u32(64 * block + bit).filter(|&c| !is_hangul(c)) else { continue };
            let text = compatible(c);
            if text != c.to_string() {
                bits |= 1 << bit;
                texts.push(u8::try_from(text.len()).expect("short texts"));
                texts.extend(text.bytes());
            }
        }
        index.push(if bits == 0 { 0 } else { u8::try_from(blocks.len() / 10).expect("255 blocks at most") });
        if bits != 0 {
            blocks.extend(bits.to_le_bytes());
            blocks.extend(start.to_le_bytes());
        }
    }
    let mut composed = Vec::new();
    for (first, second, c) in compositions() {
        [first, second, c].into_iter().for_each(|c| u24(&mut composed, c));
    }
    let (mut classes, mut marks) = (Vec::new(), Vec::new());
    for (first, more, class) in runs(canonical_combining_class) {
        u24(&mut classes, first);
        classes.extend([more, class]);
    }
    for (first, more, _) in runs(|c| u8::from(is_combining_mark(c))) {
        u24(&mut marks, first);
        marks.push(more);
    }
    let mut capitals = Vec::new();
    for (first, more, apart, add) in pairs_of_letters() {
        u24(&mut capitals, first);
        capitals.extend([more, apart]);
        capitals.extend(&add.to_le_bytes()[..3]);
    }
    let [composed, classes, marks, capitals] =
        [(composed, 9), (classes, 5), (marks, 4), (capitals, 8)].map(|(rows, width)| columns(&rows, width));
    let parts = [index, blocks, texts, composed, classes, marks, capitals];
    let lengths = parts.iter().flat_map(|part| u32::try_from(part.len()).expect("short parts").to_le_bytes());
    lengths.chain(parts.iter().flatten().copied()).collect()
}

#[test]
fn the_file_is_what_the_crate_gives() {
    let file = file();
    if std::env::var_os("KIBITZ_BLESS").is_some() {
        std::fs::write(PATH, &file).expect("writing");
    }
    assert!(std::fs::read(PATH).expect("src/text/normal.bin") == file, "stale: run this test with KIBITZ_BLESS=1");
}

#[test]
fn every_character() {
    for c in all() {
        let mut text = String::new();
        decompose(c, |part| text.push(part));
        assert_eq!(text, compatible(c), "{c:?}");
        assert_eq!(is_mark(c), is_combining_mark(c), "{c:?}");
        assert_eq!(small(c), if c.is_ascii() { c.to_ascii_lowercase() } else { one_small(c).unwrap_or(c) }, "{c:?}");
        assert_eq!(lower(&c.to_string()), c.to_lowercase().collect::<String>(), "{c:?}");
        if is_left_out(c) {
            continue;
        }
        let alone = c.to_string();
        assert_eq!(nfkc(&alone), alone.nfkc().collect::<String>(), "{c:?}");
        // Between a base and marks of three classes, its own class shows.
        let among = format!("a\u{334}{c}\u{323}\u{301}");
        assert_eq!(nfkc(&among), among.nfkc().collect::<String>(), "{c:?}");
    }
}

#[test]
fn every_pair_that_composes() {
    for (first, second, composed) in compositions() {
        for text in
            [format!("{first}{second}"), format!("{first}\u{334}{second}\u{35c}"), format!("{composed}{second}")]
        {
            assert_eq!(nfkc(&text), text.nfkc().collect::<String>(), "{text:?}");
        }
    }
}

/// Characters that decompose, compose or combine, more often than any others.
fn texts() -> impl Strategy<Value = String> {
    let one = prop_oneof![
        any::<char>(),
        prop::char::range('\0', '\u{24f}'),
        prop::char::range('\u{300}', '\u{36f}'),
        prop::char::range('\u{900}', '\u{dff}'),
        prop::char::range('\u{1100}', '\u{11ff}'),
        prop::char::range('\u{1e00}', '\u{1fff}'),
        prop::char::range('\u{3041}', '\u{30ff}'),
        prop::char::range('\u{ac00}', '\u{ac40}'),
    ];
    prop::collection::vec(one.prop_filter("held by the tables", |&c| is_held(c)), 0..12)
        .prop_map(|chars| chars.into_iter().collect())
}

/// Offsets that the crate takes for the inside of a character are none of ours.
#[track_caller]
fn check_cuts(text: &str) {
    let theirs: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
    for at in (0..=text.len()).filter(|&at| is_boundary(text, at)) {
        assert!(theirs.contains(&at), "{text:?} is cut at byte {at}");
    }
}

#[test]
fn no_character_is_cut() {
    // Ideographs and what nobody uses, left out for speed, are alike.
    for c in all().filter(|&c| !matches!(c, '\u{3400}'..='\u{9fff}' | '\u{e000}'..='\u{f8ff}' | '\u{20000}'..='\u{dffff}' | '\u{e1000}'..)) {
        for text in [format!("a{c}"), format!("{c}a"), format!("\u{915}{c}\u{915}"), format!("\u{1f469}{c}\u{1f469}")] {
            check_cuts(&text);
        }
    }
}

#[test]
fn plain_words_are_cut_anywhere() {
    for text in ["Sale now", "Été à Köln", "привет мир", "猫と犬", "👏👏👏", "مرحبا"] {
        for (at, _) in text.char_indices() {
            assert!(is_boundary(text, at), "{text:?} at byte {at}");
        }
    }
    assert!(!is_boundary("👩‍🚀", 4) && !is_boundary("e\u{301}", 1) && !is_boundary("é", 1) && is_boundary("é", 9));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn no_character_of_any_text_is_cut(text in texts()) {
        check_cuts(&text);
    }

    #[test]
    fn any_text(text in texts()) {
        prop_assert_eq!(nfkc(&text), text.nfkc().collect::<String>());
    }
}
