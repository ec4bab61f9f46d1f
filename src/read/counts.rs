//! Owns numbers as pages write them, in any digits and grouping; never guesses one where there is none.

use crate::text::normal::lower;
use crate::text::{head, tail};

/// The first number of a text, expanded: `1,107 reactions` → 1107, `2.1K` → 2100, `1,2 Mio.` → 1200000, `٣٫٤ ألف` → 3400.
///
/// `None` when the text holds no digit. Separators: `.` `,` `'` `’`, spaces that do not break, and their Arabic forms;
/// three digits behind the last one make it a grouping sign, unless a unit follows.
pub fn first(text: &str) -> Option<u64> {
    Some(scan(text)?.0)
}

/// The last number of a text, by the same rules.
pub fn last(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut found = None;
    while let Some((value, after)) = scan(rest) {
        found = Some(value);
        rest = after;
    }
    found
}

/// Words and signs that multiply the number before them; compared in lower case, whole.
///
/// As the interfaces abbreviate (CLDR compact forms): Latin letters, then Cyrillic, Arabic, Hebrew, Indic, Thai and East Asian units.
const UNITS: [(&str, u64); 73] = [
    ("k", 1_000),
    ("m", 1_000_000),
    ("b", 1_000_000_000),
    ("tsd", 1_000),
    ("mio", 1_000_000),
    ("mrd", 1_000_000_000),
    ("md", 1_000_000_000),
    ("mil", 1_000),
    ("mila", 1_000),
    ("mi", 1_000_000),
    ("mln", 1_000_000),
    ("mn", 1_000_000),
    ("bin", 1_000),
    ("tys", 1_000),
    ("tis", 1_000),
    ("rb", 1_000),
    ("jt", 1_000_000),
    ("tn", 1_000),
    ("lakh", 100_000),
    ("lakhs", 100_000),
    ("crore", 10_000_000),
    ("e", 1_000),
    ("t", 1_000),
    ("tuh", 1_000),
    ("tūkst", 1_000),
    ("mii", 1_000),
    ("mijë", 1_000),
    ("triệu", 1_000_000),
    ("cr", 10_000_000),
    ("n", 1_000),
    ("tr", 1_000_000),
    ("тыс", 1_000),
    ("тис", 1_000),
    ("млн", 1_000_000),
    ("хил", 1_000),
    ("хиљ", 1_000),
    ("илј", 1_000),
    ("χιλ", 1_000),
    ("εκ", 1_000_000),
    ("ألف", 1_000),
    ("آلاف", 1_000),
    ("ألفًا", 1_000),
    ("مليون", 1_000_000),
    ("م", 1_000_000),
    ("هزار", 1_000),
    ("میلیون", 1_000_000),
    ("ہزار", 1_000),
    ("אלף", 1_000),
    ("हज़ार", 1_000),
    ("हज़ार", 1_000),
    ("लाख", 100_000),
    ("ला", 100_000),
    ("क॰", 10_000_000),
    ("करोड़", 10_000_000),
    ("करोड़", 10_000_000),
    ("ह", 1_000),
    ("হা", 1_000),
    ("হাজার", 1_000),
    ("ஆ", 1_000),
    ("వే", 1_000),
    ("লাখ", 100_000),
    ("พัน", 1_000),
    ("หมื่น", 10_000),
    ("แสน", 100_000),
    ("ล้าน", 1_000_000),
    ("千", 1_000),
    ("万", 10_000),
    ("萬", 10_000),
    ("億", 100_000_000),
    ("亿", 100_000_000),
    ("천", 1_000),
    ("만", 10_000),
    ("억", 100_000_000),
];

/// The first number and what follows it.
fn scan(text: &str) -> Option<(u64, &str)> {
    let start = text.find(|character| digit(character).is_some())?;
    let (groups, decimal_comma, rest) = groups(tail(text, start));
    let (unit, after) = unit(rest, decimal_comma);
    let after_unit = if unit == 1 { rest } else { after };
    let (whole, fraction) = split(&groups, unit > 1);
    let mut value = whole.saturating_mul(unit);
    let mut scale = unit;
    for digit in fraction {
        scale /= 10;
        value = value.saturating_add(digit.saturating_mul(scale));
    }
    Some((value, after_unit))
}

/// Runs of digits between single separators; whether a comma stands among the separators; and the rest of the text.
fn groups(text: &str) -> (Vec<Vec<u64>>, bool, &str) {
    let mut groups = vec![Vec::new()];
    let mut comma = false;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        if let Some(value) = digit(character) {
            if end < at {
                groups.push(Vec::new());
            }
            if let Some(group) = groups.last_mut() {
                group.push(value);
            }
            end = at + character.len_utf8();
        } else if end == at
            && (is_separator(character) || character == ' ' && is_group(tail(text, at + 1), head(text, at)))
        {
            comma |= character == ',';
        } else {
            break;
        }
    }
    (groups, comma, tail(text, end))
}

/// Whole part and decimals of a grouped number. Without a unit a short last group ends the number before it ("5.2" is no count).
fn split(groups: &[Vec<u64>], has_unit: bool) -> (u64, Vec<u64>) {
    let number = |groups: &[Vec<u64>]| {
        groups.iter().flatten().fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(*digit))
    };
    let Some((last, before)) = groups.split_last() else { return (0, Vec::new()) };
    if before.is_empty() {
        return (number(groups), Vec::new());
    }
    if has_unit && last.len() < 3 {
        return (number(before), last.clone());
    }
    // Groups of three at the end; two or three before it (Indian lakhs).
    let grouped =
        last.len() == 3 && before.iter().skip(1).all(|group| matches!(group.len(), 2 | 3)) && before[0].len() <= 3;
    if grouped { (number(groups), Vec::new()) } else { (number(&groups[..1]), Vec::new()) }
}

/// The multiplier at the head of a text, and the rest.
fn unit(text: &str, decimal_comma: bool) -> (u64, &str) {
    let trimmed = text.trim_start_matches(|character: char| {
        character.is_whitespace() || character == '\u{200f}' || character == '\u{200e}'
    });
    // East Asian and Thai units need no boundary behind them. Most labels go on in Latin letters, and then none of these comes.
    for (sign, value) in UNITS.into_iter().filter(|_| !trimmed.starts_with(|character: char| character.is_ascii())) {
        if !sign.is_ascii() && sign.chars().all(is_unspaced) && trimmed.starts_with(sign) {
            return (value, tail(trimmed, sign.len()));
        }
    }
    let end =
        trimmed.find(|character: char| !(character.is_alphabetic() || is_mark(character))).unwrap_or(trimmed.len());
    let (word, after) = (lower(head(trimmed, end)), tail(trimmed, end));
    let attached = trimmed.len() == text.len();
    let is_small = trimmed.starts_with(char::is_lowercase);
    let is_word = match word.as_str() {
        "k" => false,
        // "7 Mi piace" are seven likes.
        "mi" => !is_small,
        // Hungarian thousands; "5e" is the fifth in French.
        "e" => is_small,
        // Northern thousands, which come with decimals only.
        "t" => !decimal_comma,
        // A single small letter apart from the number is a word of the sentence ("5 m ago").
        _ => word.chars().count() == 1 && !attached && is_small,
    };
    // "7 M'agrada" are seven likes too.
    if is_word || after.starts_with(['\'', '’']) {
        return (1, text);
    }
    match UNITS.iter().find(|(sign, _)| sign.len() == word.len() && *sign == word) {
        // Turkish thousands have the letter of English billions.
        Some(("b", _)) if decimal_comma || !attached => (1_000, after),
        Some((_, value)) => (*value, after),
        None => (1, text),
    }
}

/// Exactly three digits: what may follow a plain space within a number, which is what visible text makes of the spaces that do not break.
///
/// The same number again is its copy for screen readers ("112 112").
fn is_group(text: &str, before: &str) -> bool {
    let end = text.find(|character| digit(character).is_none()).unwrap_or(text.len());
    let group = head(text, end);
    group.chars().count() == 3 && group != before
}

fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// Combining marks of Indic and Arabic units, the Devanagari sign for abbreviation.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{0900}'..='\u{0dff}' | '\u{064b}'..='\u{0652}' | '\u{0e31}'..='\u{0e4e}')
}

fn is_separator(character: char) -> bool {
    matches!(character, '.' | ',' | '\'' | '’' | '٬' | '٫' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// The value of a decimal digit of any script that an interface of these platforms uses.
fn digit(character: char) -> Option<u64> {
    if character.is_ascii() {
        return character.to_digit(10).map(u64::from);
    }
    const ZEROS: [char; 14] = ['٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '０', '၀'];
    ZEROS.into_iter().find_map(|zero| {
        let value = u32::from(character).checked_sub(u32::from(zero))?;
        (value < 10).then_some(u64::from(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<u64>) {
        assert_eq!(first(text), expected, "{text:?}");
    }

    #[test]
    fn numbers_as_pages_write_them() {
        for (text, expected) in [
            ("", None),
            ("Like", None),
            ("0 Replies. Reply", Some(0)),
            ("20 Replies. Reply", Some(20)),
            ("2594 Replies. Reply", Some(2594)),
            ("1 Like. Like", Some(1)),
            ("1,107 reactions", Some(1107)),
            ("29 comments 29 comments", Some(29)),
            ("2.1K", Some(2100)),
            ("37K", Some(37_000)),
            ("4.95M", Some(4_950_000)),
            ("1.2B views", Some(1_200_000_000)),
            ("1.107", Some(1107)),
            ("1.107 Reaktionen", Some(1107)),
            ("1,2 Mio. Aufrufe", Some(1_200_000)),
            ("3,4 Tsd.", Some(3400)),
            ("1 107 réactions", Some(1107)),
            ("1\u{202f}107 réactions", Some(1107)),
            ("12,5 k", Some(12_500)),
            ("5,1 mil", Some(5100)),
            ("5 mil me gusta", Some(5000)),
            ("5 Mal geteilt", Some(5)),
            ("3 m ago", Some(3)),
            ("1,2 B", Some(1200)),
            ("12 B", Some(12_000)),
            ("12B", Some(12_000_000_000)),
            ("7 Mi piace. Mi piace", Some(7)),
            ("7 M'agrada", Some(7)),
            ("2 mi", Some(2_000_000)),
            ("1,2 E", Some(1200)),
            ("5 e 3", Some(5)),
            ("1,2 t.", Some(1200)),
            ("3 t", Some(3)),
            ("1,2 tūkst.", Some(1200)),
            ("12 tuh", Some(12_000)),
            ("1,5 triệu", Some(1_500_000)),
            ("1.2 হা", Some(1200)),
            ("१.२ ह", Some(1200)),
            ("٢٠ ردًا. رد", Some(20)),
            ("٢٬٥٩٤ إعجابًا", Some(2594)),
            ("٣٫٤ ألف", Some(3400)),
            ("1.4万", Some(14_000)),
            ("20 件の返信。返信する", Some(20)),
            ("3.1만", Some(31_000)),
            ("12,34,567 likes", Some(1_234_567)),
            ("1.5 लाख", Some(150_000)),
            ("1.2 พัน", Some(1200)),
            ("2,5 тыс.", Some(2500)),
            ("५२ प्रतिक्रियाएँ", Some(52)),
            ("5.2", Some(5)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("9K9", Some(9_000)),
            ("29 1 107", Some(29)),
            ("3 2024", Some(3)),
            ("112 112", Some(112)),
            ("12 345 678 vues", Some(12_345_678)),
        ] {
            check(text, expected);
        }
    }

    #[test]
    fn the_last_number() {
        for (text, expected) in [("petu 7 ubugut and 52 others", Some(52)), ("nobody", None), ("1,107", Some(1107))] {
            assert_eq!(last(text), expected, "{text:?}");
        }
    }
}
