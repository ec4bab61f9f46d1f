//! Owns the phrases that decided a verdict: exact contributions, merged and mapped to the original text; never scores.

use super::Evidence;
use crate::text::grapheme::is_boundary;
use crate::text::tokens::{Kind, Token};

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
pub fn phrases(text: &str, tokens: &[Token], roles: &mut Roles, parts: &[f32], count: usize) -> Vec<Evidence> {
    let roles = &mut roles.0;
    roles.iter_mut().for_each(|role| *role &= !USED);
    let mut ends: Vec<(usize, f32)> = (0..tokens.len()).map(|from| best_end(roles, parts, from)).collect();
    let mut spans: Vec<(usize, usize, f32)> = Vec::new();
    for _ in 0..count {
        let mut best = (0, 0, 0.0);
        for (from, &(to, sum)) in ends.iter().enumerate() {
            if sum > best.2 {
                best = (from, to, sum);
            }
        }
        if best.2 <= 0.0 {
            break;
        }
        let (from, to) = whole_tags(tokens, best.0, best.1);
        let weight: f32 = parts[from..=to].iter().sum();
        // Neighbours of a phrase are no phrases of their own.
        let (low, high) = (from.saturating_sub(1), (to + 1).min(tokens.len() - 1));
        roles[low..=high].iter_mut().for_each(|role| *role |= USED);
        // What ends before it stays as it is.
        let first = low.saturating_sub(LONGEST_IDEOGRAPHS);
        for (at, end) in ends.iter_mut().enumerate().take(high + 1).skip(first).filter(|(_, end)| end.0 >= low) {
            *end = best_end(roles, parts, at);
        }
        spans.push((from, to, weight));
    }
    let mut found: Vec<Evidence> = Vec::new();
    for (from, to, weight) in spans {
        let start = boundary_before(text, tokens[from].start as usize);
        let end = boundary_after(text, tokens[to].end as usize);
        let (start, end) = (units(text, start), units(text, end));
        let meets = |other: &Evidence| start < other.end && other.start < end;
        if start < end && !found.iter().any(meets) {
            found.push(Evidence { start, end, weight });
        }
    }
    found
}

/// UTF-16 code units before a byte: one for every byte that begins a character, two for those outside the first plane.
fn units(text: &str, until: usize) -> u32 {
    let head = text.as_bytes().get(..until).unwrap_or_default();
    head.iter().map(|&byte| u32::from(byte & 0xc0 != 0x80) + u32::from(byte >= 0xf0)).sum()
}

/// What each token may be in a phrase, found out once for both sides.
#[derive(Debug)]
pub struct Roles(Vec<u8>);

/// A phrase may start or end with it.
const SHOWN: u8 = 1;
/// No phrase holds it.
const BARS: u8 = 2;
/// It ends a sentence, and a phrase never runs over that.
const ENDS: u8 = 4;
/// A letter of a script without spaces.
const LETTER: u8 = 8;
/// It stands in a phrase already, or beside one.
const USED: u8 = 16;

impl Roles {
    /// What each of these tokens may be.
    pub fn of(tokens: &[Token]) -> Self {
        let role = |token: &Token| match token.kind {
            Kind::Word | Kind::Number | Kind::Price | Kind::Percent | Kind::Time | Kind::Year => SHOWN,
            Kind::Hashtag | Kind::Emoji => SHOWN,
            Kind::Ideograph => SHOWN | LETTER,
            Kind::Link | Kind::Email | Kind::Mention | Kind::Break => BARS,
            Kind::Mark => u8::from(token.ends_sentence()) * ENDS,
        };
        Self(tokens.iter().map(role).collect())
    }
}

/// The last token and the sum of the best span from a token on that is still free and starts and ends with a positive
/// word; a sum of 0 when there is none.
fn best_end(roles: &[u8], parts: &[f32], from: usize) -> (usize, f32) {
    let mut best = (from, 0.0);
    let first = roles[from];
    if parts[from] <= 0.0 || first & (SHOWN | USED) != SHOWN {
        return best;
    }
    let longest = if first & LETTER != 0 { LONGEST_IDEOGRAPHS } else { LONGEST_TOKENS };
    let mut sum = 0.0;
    for (at, (&role, &part)) in (from..).zip(roles[from..].iter().zip(&parts[from..])).take(longest) {
        if role & (USED | BARS) != 0 {
            break;
        }
        sum += part;
        if role & ENDS != 0 {
            break;
        }
        // In one step without branches, whose outcome nothing foretells.
        let is_better = (part > 0.0) & (sum >= LEAST_LOG_ODDS) & (sum > best.1) & (role & SHOWN != 0);
        best = if is_better { (at, sum) } else { best };
    }
    best
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
