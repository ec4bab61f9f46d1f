//! Owns where a text may be cut so that no user-perceived character is; never says where one must be.
//!
//! Coarser than Unicode Standard Annex #29: runs of flags stay whole, and so do the words of Indic scripts around their marks.
//! `tests/normal_forms.rs` holds it against `unicode-segmentation`, whose tables would be a thirtieth of what ships.

use super::normal::is_mark;

/// Whether a byte offset may be the end of a phrase: true at both ends of the text, false inside a character.
pub fn is_boundary(text: &str, at: usize) -> bool {
    let Some((head, tail)) = text.split_at_checked(at) else { return at >= text.len() };
    match (head.chars().next_back(), tail.chars().next()) {
        (Some(before), Some(after)) => !joins(before, after),
        (None, _) | (_, None) => true,
    }
}

/// Whether two neighbours may be parts of one character.
fn joins(before: char, after: char) -> bool {
    if before.is_ascii() && after.is_ascii() {
        return before == '\r' && after == '\n';
    }
    is_tail(after)
        || is_head(before)
        || (is_flag_letter(before) && is_flag_letter(after))
        || (is_leading_jamo(before) && is_hangul(after))
        || (is_mark(before) && is_indic(after))
}

/// What goes on with the character before it: marks, joiners, skin tones, tags, trailing jamo, halfwidth voicing.
fn is_tail(c: char) -> bool {
    matches!(c as u32,
        0x200c | 0x200d | 0xe33 | 0xeb3 | 0x1160..=0x11ff | 0xd7b0..=0xd7ff | 0xff9e | 0xff9f
        | 0x1_f3fb..=0x1_f3ff | 0xe_0020..=0xe_007f)
        || is_mark(c)
}

/// What goes on with the character after it: the joiner, and signs that are written before what they belong to.
const fn is_head(c: char) -> bool {
    matches!(c as u32,
        0x200d | 0x600..=0x605 | 0x6dd | 0x70f | 0x890..=0x891 | 0x8e2 | 0xd4e | 0x1_10bd | 0x1_10cd | 0x1_11c2..=0x1_11c3
        | 0x1_13d1 | 0x1_193f | 0x1_1941 | 0x1_1a3a | 0x1_1a84..=0x1_1a89 | 0x1_1d46 | 0x1_1f02)
}

const fn is_flag_letter(c: char) -> bool {
    matches!(c as u32, 0x1_f1e6..=0x1_f1ff)
}

const fn is_leading_jamo(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x115f | 0xa960..=0xa97f)
}

const fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x11ff | 0xa960..=0xa97f | 0xac00..=0xd7ff)
}

/// Scripts that join consonants over a mark.
const fn is_indic(c: char) -> bool {
    matches!(c as u32, 0x900..=0xdff | 0x1000..=0x109f | 0x1700..=0x17ff | 0x1a20..=0x1aaf | 0x1b00..=0x1bff
        | 0xa8e0..=0xa8ff | 0xa980..=0xa9ff | 0xaa60..=0xaaff | 0xabc0..=0xabff | 0x1_0a00..=0x1_0a5f | 0x1_1000..=0x1_1fff)
}
