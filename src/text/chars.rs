//! Owns what kind a character is and what it becomes in normal form; never looks at its neighbours.

use super::normal::{decompose, small};

/// What the tokeniser does with a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Has no width or only style: as if it were not there.
    Nothing,
    /// White space other than a line break.
    Space,
    /// A line break.
    Break,
    /// A decimal digit of any script.
    Digit,
    /// A letter of a script that puts spaces between words, or a mark on one.
    Letter,
    /// A letter of a script without spaces: every one is a token.
    Ideograph,
    /// A pictograph, flag or symbol used as one.
    Emoji,
    /// A sign of money.
    Currency,
    /// Anything else.
    Other,
}

/// The kinds of the first 128 characters.
const ASCII: [Class; 128] = {
    let mut kinds = [Class::Other; 128];
    let mut at = 0;
    while at < 128 {
        kinds[at as usize] = match at {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'\n' => Class::Break,
            b' ' | b'\t' | b'\r' | b'\x0b' | b'\x0c' => Class::Space,
            b'$' => Class::Currency,
            b'\0'..=b'\x1f' | b'\x7f' => Class::Nothing,
            _ => Class::Other,
        };
        at += 1;
    }
    kinds
};

/// The kind of a character.
#[inline(always)]
pub fn class(c: char) -> Class {
    ASCII.get(c as usize).copied().unwrap_or_else(|| wide_class(c))
}

#[inline(never)]
fn wide_class(c: char) -> Class {
    let code = c as u32;
    if is_nothing(code) {
        return Class::Nothing;
    }
    match code {
        0xa2..=0xa5 | 0x20a0..=0x20cf | 0xfdfc | 0xff04 | 0xffe5 | 0xffe0..=0xffe1 => Class::Currency,
        0x2028 | 0x2029 | 0x85 => Class::Break,
        0xa9 | 0xae | 0x2122 => Class::Nothing, // ©, ®, ™: style of a name
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff if c.is_alphanumeric() || is_mark(code) => Class::Ideograph,
        0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3040..=0x30fa | 0x30fc..=0x312f | 0x31a0..=0x31bf | 0x31f0..=0x31ff => {
            Class::Ideograph
        }
        0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0xff66..=0xff9d | 0x2_0000..=0x3_ffff => Class::Ideograph,
        0x203c | 0x2049 => Class::Other,
        0x2190..=0x21ff | 0x2300..=0x23ff | 0x25a0..=0x27bf | 0x2900..=0x297f | 0x2b00..=0x2bff => Class::Emoji,
        0x3030 | 0x303d | 0x3297 | 0x3299 => Class::Emoji,
        0x1_f000..=0x1_f0ff | 0x1_f18e | 0x1_f191..=0x1_f19a | 0x1_f1e6..=0x1_faff => Class::Emoji,
        _ if c.is_whitespace() => Class::Space,
        _ if digit(c).is_some() => Class::Digit,
        _ if c.is_alphanumeric() || is_mark(code) => Class::Letter,
        _ => Class::Other,
    }
}

/// Format characters, variation selectors, skin tones, tags, and marks above and below that many writers leave out.
const fn is_nothing(code: u32) -> bool {
    matches!(code,
        0x80..=0x84 | 0x86..=0x9f | 0xad | 0x34f | 0x61c | 0x180b..=0x180f | 0x200b..=0x200f | 0x202a..=0x202e
        | 0x2060..=0x206f | 0x20d0..=0x20ff | 0xfe00..=0xfe0f | 0xfeff | 0xfff9..=0xfffc
        | 0x1_f3fb..=0x1_f3ff | 0xe_0000..=0xe_0fff)
        || is_dropped_mark(code)
}

/// Marks that are dropped: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels and tatweel, kana voicing.
const fn is_dropped_mark(code: u32) -> bool {
    matches!(code,
        0x300..=0x36f | 0x591..=0x5bd | 0x5bf..=0x5c7 | 0x610..=0x61a | 0x640 | 0x64b..=0x65f | 0x670 | 0x6d6..=0x6ed
        | 0x3099..=0x309a | 0xff9e..=0xff9f | 0x1ab0..=0x1aff | 0x1dc0..=0x1dff | 0xfe20..=0xfe2f)
}

/// Marks that belong to the word in the scripts of India and South-East Asia.
const fn is_mark(code: u32) -> bool {
    matches!(code, 0x900..=0xdff | 0xe31..=0xe4e | 0xeb1..=0xece | 0x102b..=0x103e | 0x17b4..=0x17d3)
        && !matches!(code, 0x964..=0x965 | 0x970)
}

/// The value of a decimal digit of the scripts the product reads.
pub const fn digit(c: char) -> Option<u32> {
    let code = c as u32;
    let zero = match code {
        0x30..=0x39 => 0x30,
        0x660..=0x669 => 0x660,
        0x6f0..=0x6f9 => 0x6f0,
        0x966..=0x96f => 0x966,
        0xe50..=0xe59 => 0xe50,
        0xff10..=0xff19 => 0xff10,
        _ => return None,
    };
    Some(code - zero)
}

/// Gives what a letter becomes in normal form: compatibility decomposition, small, without marks that writers leave out.
///
/// Hangul syllables stay whole; the scanner makes them of conjoining letters.
#[inline]
pub fn fold(c: char, mut out: impl FnMut(char)) {
    if c.is_ascii() {
        out(c.to_ascii_lowercase());
        return;
    }
    match c as u32 {
        0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0x5d0..=0x5ea | 0x621..=0x621 | 0x627..=0x63a => out(c),
        0x2018 | 0x2019 | 0x2bc | 0xff07 => out('\''),
        _ => decompose(c, |part| {
            if is_nothing(part as u32) {
                return;
            }
            if part.is_ascii() {
                out(part.to_ascii_lowercase());
                return;
            }
            let small = small(part);
            if !is_nothing(small as u32) {
                out(match small {
                    'ı' => 'i',
                    'ς' => 'σ',
                    _ => small,
                });
            }
        }),
    }
}

/// The Latin letter that a Cyrillic or Greek one (small) imitates; for words that mix scripts.
pub const fn latin_twin(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'е' | 'ε' => 'e',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'с' => 'c',
        'у' | 'υ' => 'y',
        'х' | 'χ' => 'x',
        'і' | 'ι' => 'i',
        'ѕ' => 's',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' => 'm',
        'т' | 'τ' => 't',
        'в' => 'b',
        'н' => 'h',
        'ν' => 'v',
        'ԁ' => 'd',
        'ԛ' => 'q',
        'ԝ' => 'w',
        _ => return None,
    })
}

/// Whether a character in normal form is a Latin letter.
pub const fn is_latin(c: char) -> bool {
    c.is_ascii_lowercase() || matches!(c as u32, 0xdf..=0x24f)
}
