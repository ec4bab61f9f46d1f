//! Owns the phrases that decided a verdict: exact contributions, merged and mapped to the original text; never scores.

use super::Evidence;
use crate::text::tokens::{Kind, Token};
use unicode_segmentation::{GraphemeCursor, GraphemeIncomplete};

/// A phrase weaker than this (log-odds) is no evidence.
const LEAST_LOG_ODDS: f32 = 0.12;
/// Longest phrase in tokens.
const LONGEST_TOKENS: usize = 5;
/// Longest phrase in letters of a script without spaces.
const LONGEST_IDEOGRAPHS: usize = 10;
/// Phrases for a verdict.
pub const FOR: usize = 3;
/// Phrases against it.
pub const AGAINST: usize = 2;

/// The strongest phrases with positive contribution, at most `count`, strongest first.
///
/// `parts` is the contribution of each token to the log-odds of the side in question.
pub fn phrases(text: &str, tokens: &[Token], parts: &[f32], count: usize) -> Vec<Evidence> {
    let mut used = vec![false; tokens.len()];
    let mut spans: Vec<(usize, usize, f32)> = Vec::new();
    for _ in 0..count {
        let Some((from, to, _)) = best(tokens, parts, &used) else { break };
        let (from, to) = whole_tags(tokens, from, to);
        let weight: f32 = parts[from..=to].iter().sum();
        used[from..=to].fill(true);
        // Neighbours of a phrase are no phrases of their own.
        if from > 0 {
            used[from - 1] = true;
        }
        if let Some(next) = used.get_mut(to + 1) {
            *next = true;
        }
        spans.push((from, to, weight));
    }
    let mut found: Vec<Evidence> = Vec::new();
    for (from, to, weight) in spans {
        let start = boundary_before(text, tokens[from].start as usize);
        let end = boundary_after(text, tokens[to].end as usize);
        let units = |until: usize| text.get(..until).map_or(0, |head| head.encode_utf16().count() as u32);
        let (start, end) = (units(start), units(end));
        let meets = |other: &Evidence| start < other.end && other.start < end;
        if start < end && !found.iter().any(meets) {
            found.push(Evidence { start, end, weight });
        }
    }
    found
}

/// The span of the largest sum among those still free, that starts and ends with a positive word.
fn best(tokens: &[Token], parts: &[f32], used: &[bool]) -> Option<(usize, usize, f32)> {
    let mut best: Option<(usize, usize, f32)> = None;
    for from in 0..tokens.len() {
        if used[from] || !is_shown(tokens[from].kind) || parts[from] <= 0.0 {
            continue;
        }
        let longest = if tokens[from].kind == Kind::Ideograph { LONGEST_IDEOGRAPHS } else { LONGEST_TOKENS };
        let mut sum = 0.0;
        for to in from..tokens.len().min(from + longest) {
            let kind = tokens[to].kind;
            if used[to] || matches!(kind, Kind::Break | Kind::Link | Kind::Mention | Kind::Email) {
                break;
            }
            sum += parts[to];
            // A phrase never runs over the end of a sentence.
            if tokens[to].is_mark(&['.', '!', '?', '…']) {
                break;
            }
            let ends_well = is_shown(kind) && parts[to] > 0.0;
            if ends_well && sum >= LEAST_LOG_ODDS && best.is_none_or(|(_, _, top)| sum > top) {
                best = Some((from, to, sum));
            }
        }
    }
    best
}

/// Whether a phrase may start or end with such a token.
const fn is_shown(kind: Kind) -> bool {
    match kind {
        Kind::Word
        | Kind::Ideograph
        | Kind::Number
        | Kind::Price
        | Kind::Percent
        | Kind::Time
        | Kind::Year
        | Kind::Hashtag
        | Kind::Emoji => true,
        Kind::Link | Kind::Email | Kind::Mention | Kind::Mark | Kind::Break => false,
    }
}

/// The span widened so that no hashtag is shown in part.
fn whole_tags(tokens: &[Token], mut from: usize, mut to: usize) -> (usize, usize) {
    while tokens[from].tagged && from > 0 {
        from -= 1;
    }
    let opens_tag = |at: usize| tokens[at].tagged || tokens[at].kind == Kind::Hashtag;
    while opens_tag(to) && tokens.get(to + 1).is_some_and(|next| next.tagged && next.start == tokens[to].end) {
        to += 1;
    }
    (from, to)
}

/// The last grapheme boundary at or before a byte.
fn boundary_before(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !is_boundary(text, at) {
        at -= 1;
    }
    at
}

/// The first grapheme boundary at or after a byte.
fn boundary_after(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !is_boundary(text, at) {
        at += 1;
    }
    at
}

fn is_boundary(text: &str, at: usize) -> bool {
    if at == 0 || at >= text.len() {
        return true;
    }
    if !text.is_char_boundary(at) {
        return false;
    }
    let boundary: Result<bool, GraphemeIncomplete> = GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0);
    boundary.unwrap_or(true)
}
