//! Owns the word tables of the room and how a word is looked up in them; never weighs a word.

use crate::text::normal::{decompose, lower, nfkc};

/// Words, one a line, folded, sorted by bytes: searched where they lie, so that nothing is built at start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words(&'static str);

/// Legal forms (`inc`, `gmbh`, `ооо`).
pub(super) const LEGAL: Words = Words(include_str!("words/legal.txt"));
/// Heads of a name in languages that put them last (`museum`, `airlines`).
pub(super) const LAST: Words = Words(include_str!("words/last.txt"));
/// Heads of a name in languages that put them first (`banco`, `université`).
pub(super) const FIRST: Words = Words(include_str!("words/first.txt"));
/// Heads that are also family names or said of oneself (`bank`, `media`): they count alone only in a name of three words.
pub(super) const LOOSE: Words = Words(include_str!("words/loose.txt"));
/// Segments that end a brand's handle (`hq`, `inc`, `support`).
pub(super) const HANDLE: Words = Words(include_str!("words/handle.txt"));
/// Words that speak against a brand wherever they stand (`fan`, `parody`, `photographer`).
pub(super) const AGAINST: Words = Words(include_str!("words/against.txt"));
/// Titles before a person's name.
pub(super) const TITLE: Words = Words(include_str!("words/title.txt"));
/// What follows a person's name (`phd`, `jr`).
pub(super) const SUFFIX: Words = Words(include_str!("words/suffix.txt"));
/// Regions and languages with which a brand's local account ends (`uk`, `france`, `jp`).
pub(super) const REGION: Words = Words(include_str!("words/region.txt"));

impl Words {
    /// Whether the table has this folded word; logarithmic.
    pub(super) fn has(self, word: &str) -> bool {
        let table = self.0.as_bytes();
        let (mut low, mut high) = (0, table.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let before = table.get(low..middle).unwrap_or_default();
            let start = low + before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
            let rest = table.get(start..).unwrap_or_default();
            let line = rest.split(|&b| b == b'\n').next().unwrap_or_default();
            match line.cmp(word.as_bytes()) {
                std::cmp::Ordering::Equal => return !word.is_empty(),
                std::cmp::Ordering::Less => low = start + line.len() + 1,
                std::cmp::Ordering::Greater => high = start,
            }
        }
        false
    }
}

/// Compatibility form, lower case, Latin letters without their marks: `Müseum™` and `museumtm` are one.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in lower(&nfkc(text)).chars() {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            '\u{307}' => {} // what lower-casing leaves of the Turkish dotted capital
            '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => folded.push(base(c)),
            _ => folded.push(c),
        }
    }
    folded
}

/// The ASCII letter under a Latin letter's marks, or the letter itself.
fn base(c: char) -> char {
    let mut first = None;
    decompose(c, |part| {
        first.get_or_insert(part);
    });
    match first {
        Some(part) if part.is_ascii() => part,
        Some(part) if part != c => base(part),
        Some(_) | None => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_folded_and_found_whole() {
        for words in [LEGAL, LAST, LOOSE, FIRST, HANDLE, AGAINST, TITLE, SUFFIX, REGION] {
            let lines: Vec<&str> = words.0.lines().collect();
            assert!(lines.is_sorted_by(|a, b| a.as_bytes() < b.as_bytes()));
            for line in lines {
                assert_eq!(fold(line), line, "not folded");
                assert!(words.has(line), "{line}");
            }
            assert!(!words.has("") && !words.has("zzzz") && !words.has("!"));
        }
        assert!(!LAST.has("museum\nnews") && !LEGAL.has("in") && !LEGAL.has("incc"));
    }

    #[test]
    fn folding() {
        for (text, folded) in [
            ("Université", "universite"),
            ("Øst İzmir Łódź", "ost izmir lodz"),
            ("Ｇｍｂｈ", "gmbh"),
            ("𝒄𝒂𝒑", "cap"),
            ("が", "が"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }
}
