//! Owns what must hold for any bytes; shared by the fuzz targets and `tests/judge_fuzz.rs`, which runs them for a while.
#![allow(dead_code, missing_docs)] // each target uses one of them

use kibitz::classify::model::seal;
use kibitz::classify::{BUILTIN, Input, Judge, Model};
use kibitz::post::Room;
use unicode_segmentation::UnicodeSegmentation;

/// The first byte says what the page says; the rest is the text.
pub fn verdict(data: &[u8]) {
    let Some((said, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    let room = Room::ALL[usize::from(said >> 2) % Room::ALL.len()];
    let is_reply = [None, Some(false), Some(true), None][usize::from(said & 3)];
    let input = Input { text: &text, room, is_reply, lang: None };
    let (found, reasons) = Judge::builtin().reasoned(&input);
    assert_eq!(found, Judge::builtin().verdict(&input));
    let sum: f32 = found.intents.iter().sum();
    assert!((sum - 1.0).abs() < 1e-3, "{sum}");
    assert_eq!(found.stance, found.intent.stance());
    assert!((0.5..=1.0).contains(&found.confidence) && (0.0..=1.0).contains(&found.ad_probability));
    let mut ends = vec![0];
    for grapheme in text.graphemes(true) {
        ends.push(ends.last().copied().unwrap_or(0) + grapheme.encode_utf16().count() as u32);
    }
    for phrase in reasons.decided.iter().chain(&reasons.against) {
        assert!(
            phrase.start < phrase.end
                && ends.binary_search(&phrase.start).is_ok()
                && ends.binary_search(&phrase.end).is_ok()
        );
    }
    let explained = Judge::builtin().explain(&input).expect("the shipped model loads");
    let parts: f32 = explained.parts.iter().map(|(_, _, part)| part).sum();
    let size: f32 = explained.parts.iter().map(|(_, _, part)| part.abs()).sum::<f32>() + explained.rest.abs();
    assert!((parts + explained.rest - explained.log_odds).abs() < 1e-4 * (1.0 + size));
}

/// The bytes as they are, and as the body of a file whose head and checksum are right.
pub fn model(data: &[u8]) {
    let _ = Model::load(data);
    let Some((keep, body)) = data.split_first() else { return };
    let keep = (usize::from(*keep) * 8).min(BUILTIN.len());
    let mut file = BUILTIN[..keep.max(64)].to_vec();
    file.extend(body);
    seal(&mut file);
    if let Ok(model) = Model::load(&file) {
        let judge = Judge::of(model);
        let found = judge.verdict(&Input { text: "Shop now: 20% off!", room: Room::X, is_reply: None, lang: None });
        assert_eq!(found.stance, found.intent.stance());
    }
}
