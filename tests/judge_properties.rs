//! Properties of the judge that hold for any text.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use kibitz::classify::{Input, Judge, ModelError};
use kibitz::post::Room;
use kibitz::text::tokens::Tokens;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// Texts that look like posts, in many scripts, with everything that makes offsets hard.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z']{1,9}",
        "\\PC{0,6}",
        Just("#SummerSale".to_owned()),
        Just("@some_one".to_owned()),
        Just("https://ex.am/x?y=é".to_owned()),
        Just("👩🏽‍🚀👨‍👩‍👧🇨🇭".to_owned()),
        Just("e\u{301}a\u{308}\u{323}".to_owned()),
        Just("今すぐ購入".to_owned()),
        Just("감사합니다".to_owned()),
        Just("شكرا لكم".to_owned()),
        Just("धन्यवाद".to_owned()),
        Just("thank you so much".to_owned()),
        Just("50% off now!".to_owned()),
        Just("\u{200b}\u{202e}\n".to_owned()),
        Just("$9.99 €20 7pm 2024".to_owned()),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.join(" "))
}

fn input(text: &str, is_reply: Option<bool>) -> Input<'_> {
    Input { text, room: Room::X, is_reply, lang: None }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_text_has_a_verdict(text in texts(), is_reply in any::<Option<bool>>()) {
        let found = Judge::builtin().verdict(&input(&text, is_reply));
        let sum: f32 = found.intents.iter().sum();
        prop_assert!((sum - 1.0).abs() < 1e-4, "{sum}");
        prop_assert!((0.5..=1.0).contains(&found.confidence));
        prop_assert!((0.0..=1.0).contains(&found.ad_probability));
        prop_assert_eq!(found.stance, found.intent.stance());
        prop_assert!(!found.ad || found.is_sure);
    }

    #[test]
    fn evidence_lies_on_grapheme_boundaries(text in texts()) {
        let (verdict, found) = Judge::builtin().reasoned(&input(&text, None));
        prop_assert_eq!(verdict, Judge::builtin().verdict(&input(&text, None)));
        prop_assert!(found.decided.len() <= 3 && found.against.len() <= 2);
        let mut boundaries = vec![0_u32];
        let mut at = 0;
        for grapheme in text.graphemes(true) {
            at += grapheme.encode_utf16().count() as u32;
            boundaries.push(at);
        }
        for phrase in found.decided.iter().chain(&found.against) {
            prop_assert!(phrase.start < phrase.end);
            prop_assert!(boundaries.contains(&phrase.start) && boundaries.contains(&phrase.end), "{phrase:?} in {text:?}");
        }
        for (nth, one) in found.decided.iter().enumerate() {
            prop_assert!(one.weight > 0.0);
            for other in found.decided.iter().skip(nth + 1).chain(&found.against) {
                prop_assert!(one.end <= other.start || other.end <= one.start, "{one:?} {other:?}");
            }
        }
        prop_assert!(found.against.iter().all(|phrase| phrase.weight < 0.0));
    }

    #[test]
    fn contributions_sum_to_the_score(text in texts(), is_reply in any::<Option<bool>>()) {
        let explanation = Judge::builtin().explain(&input(&text, is_reply)).expect("the shipped model loads");
        let sum: f32 = explanation.parts.iter().map(|(_, _, part)| part).sum::<f32>() + explanation.rest;
        let size: f32 = explanation.parts.iter().map(|(_, _, part)| part.abs()).sum::<f32>() + explanation.rest.abs();
        prop_assert!((sum - explanation.log_odds).abs() < 1e-4 * (1.0 + size), "{sum} {}", explanation.log_odds);
    }

    #[test]
    fn tokens_lie_in_order_inside_the_text(text in "\\PC{0,200}") {
        let tokens = Tokens::of(&text);
        let mut last = 0;
        for token in &tokens.list {
            prop_assert!(token.start >= last && token.start < token.end && token.end as usize <= text.len());
            prop_assert!(text.is_char_boundary(token.start as usize) && text.is_char_boundary(token.end as usize));
            last = token.end;
        }
    }

    #[test]
    fn any_bytes_are_a_model_or_an_error(mut bytes in prop::collection::vec(any::<u8>(), 0..400), has_head in any::<bool>()) {
        if has_head {
            let head = kibitz::classify::BUILTIN.len().min(200);
            bytes.splice(0..0, kibitz::classify::BUILTIN[..head].iter().copied());
        }
        prop_assert!(Judge::load(&bytes).is_err());
    }
}

#[test]
fn the_shipped_model_loads_and_damage_is_named() {
    let good = kibitz::classify::BUILTIN;
    assert!(Judge::load(good).is_ok(), "{:?}", Judge::load(good).err());
    let found = |bytes: &[u8]| Judge::load(bytes).map(|_| ()).unwrap_err();
    assert_eq!(found(b"nonsense"), ModelError::Foreign);
    assert!(matches!(found(&good[..good.len() - 1]), ModelError::Cut { .. }));
    let change = |at: usize| {
        let mut bytes = good.to_vec();
        bytes[at] ^= 1;
        bytes
    };
    assert_eq!(found(&change(good.len() / 2)), ModelError::Checksum);
    assert!(matches!(found(&change(4)), ModelError::Format { .. }));
    assert!(matches!(found(&change(8)), ModelError::Stale { .. }));
    let provenance = Judge::builtin().model().map(|model| model.provenance).unwrap_or_default();
    assert!(provenance.starts_with("cargo xtask train"), "{provenance}");
}
