//! Owns the cut of a post's text around the phrases that decided; never sees a page.
//!
//! Everything counts in UTF-16 code units, as evidence does.

/// A stretch of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of the post, for context.
    Plain(String),
    /// A phrase that decided.
    Marked(String),
    /// Something was left out here.
    Gap,
}

/// Context shown on each side of a phrase, in UTF-16 code units: about half a line of the dialog.
const CONTEXT: usize = 44;

/// A cut moves outwards by at most this much to meet white space; scripts without spaces are cut where they stand.
const TO_A_SPACE: usize = 14;

/// Cuts the text around these phrases (`start..end`, any order, overlaps allowed); those that lie outside the text are dropped.
///
/// Empty when no phrase is left.
pub fn quote(text: &str, phrases: &[(u32, u32)]) -> Vec<Piece> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut marks: Vec<(usize, usize)> = Vec::with_capacity(phrases.len());
    for &(start, end) in phrases {
        let mark = (start as usize, (end as usize).min(units.len()));
        if mark.0 < mark.1 {
            // Kept in order: there are few.
            marks.insert(marks.partition_point(|other| *other < mark), mark);
        }
    }
    let mut pieces = Vec::new();
    let mut written = 0;
    for (at, &(start, end)) in marks.iter().enumerate() {
        let start = start.max(written);
        if start >= end {
            continue;
        }
        let from = cut_before(&units, start).max(written);
        if from > written {
            pieces.push(Piece::Gap);
        }
        push(&mut pieces, Piece::Plain, units.get(from..start));
        push(&mut pieces, Piece::Marked, units.get(start..end));
        let next = marks.get(at + 1).map_or(units.len(), |next| next.0.max(end));
        let to = cut_after(&units, end).min(next);
        push(&mut pieces, Piece::Plain, units.get(end..to));
        written = to;
    }
    if written > 0 && written < units.len() {
        pieces.push(Piece::Gap);
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, kind: fn(String) -> Piece, units: Option<&[u16]>) {
    if let Some(units) = units.filter(|units| !units.is_empty()) {
        pieces.push(kind(String::from_utf16_lossy(units)));
    }
}

/// Where the context before `start` begins.
fn cut_before(units: &[u16], start: usize) -> usize {
    let near = start.saturating_sub(CONTEXT);
    if near == 0 {
        return 0;
    }
    let far = near.saturating_sub(TO_A_SPACE);
    (far..near).rev().find(|&at| is_space(units, at)).map_or_else(|| whole(units, near), |at| at + 1)
}

/// Where the context after `end` ends.
fn cut_after(units: &[u16], end: usize) -> usize {
    let near = end + CONTEXT;
    if near >= units.len() {
        return units.len();
    }
    let far = (near + TO_A_SPACE).min(units.len());
    (near..far).find(|&at| is_space(units, at)).unwrap_or_else(|| whole(units, near))
}

fn is_space(units: &[u16], at: usize) -> bool {
    matches!(units.get(at), Some(0x20 | 0x09 | 0x0a | 0x0d | 0xa0))
}

/// A cut never parts the two halves of a character outside the basic plane.
fn whole(units: &[u16], at: usize) -> usize {
    match units.get(at) {
        Some(0xdc00..=0xdfff) => at - 1,
        Some(_) | None => at,
    }
}
