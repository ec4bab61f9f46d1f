//! Owns the comparison of a whole element's text with a platform's words for paid posts; never searches inside a sentence.

use crate::platforms::labels::{Labels, TAGS};
use crate::post::AdSource;
use crate::text::head;
use crate::text::normal::{lower, nfkc};

/// The form in which labels are compared: NFKC, invisible and private-use characters dropped, white space collapsed, lower case.
///
/// Both sides lose ZWNJ: interfaces write the Persian words with and without it.
pub fn normalise(text: &str) -> String {
    let visible = nfkc(text).replace(is_invisible, "");
    lower(&super::text::collapse(&visible))
}

/// Zero-width characters, direction marks, soft hyphen, private use (Facebook and Instagram pad the word with them).
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{61c}' | '\u{e000}'..='\u{f8ff}')
}

/// Longest text that can be a label with the name of who pays, in characters; a label is one short line.
const LONGEST_LABEL_CHARS: usize = 80;

/// Whether an element's whole text is one of the labels, alone or beside other parts between bullets or dots.
pub fn find(text: &str, labels: Labels) -> Option<AdSource> {
    if text.chars().count() > LONGEST_LABEL_CHARS {
        return None;
    }
    let text = normalise(text);
    let has = |tables: &[&str]| {
        let is =
            |part: &str| !part.is_empty() && tables.iter().any(|table| table.split('|').any(|word| agrees(part, word)));
        is(&text) || text.split(['•', '·']).any(|part| is(part.trim()))
    };
    if has(labels.paid) { Some(AdSource::Label) } else { has(labels.disclosed).then_some(AdSource::Disclosed) }
}

/// Whether a text is the word of a table, with a name where the word has an ellipsis, or without it.
fn agrees(text: &str, word: &str) -> bool {
    let (name, rest) = match word.split_once('…') {
        None => return text == word,
        Some((before, "")) => (before, text.strip_prefix(before.trim_end())),
        Some(("", after)) => (after, text.strip_suffix(after.trim_start())),
        // The name in the middle.
        Some((before, after)) => return text.starts_with(before) && text.ends_with(after),
    };
    let is_apart = |rest: &str| rest.is_empty() || !name.contains(' ') || rest.starts_with(' ') || rest.ends_with(' ');
    rest.is_some_and(is_apart)
}

/// Whether the author's words carry a tag that discloses an advert (`#ad`, `#werbung`).
pub fn has_tag(text: &str) -> bool {
    text.split('#').skip(1).any(|after| {
        let end =
            after.find(|character: char| !(character.is_alphanumeric() || is_mark(character))).unwrap_or(after.len());
        let tag = normalise(head(after, end));
        !tag.is_empty() && TAGS.split('|').any(|known| known == tag)
    })
}

/// Vowel signs of Indic and Thai tags belong to them.
fn is_mark(character: char) -> bool {
    crate::text::normal::is_mark(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platforms::labels::{LINKEDIN, META, X};

    #[track_caller]
    fn check(text: &str, labels: Labels, expected: Option<AdSource>) {
        assert_eq!(find(text, labels), expected, "{text:?}");
    }

    #[test]
    fn whole_elements_only() {
        check("Ad", X, Some(AdSource::Label));
        check(" Ad\n", X, Some(AdSource::Label));
        check("A\u{200b}d", X, Some(AdSource::Label));
        check("Anzeige", X, Some(AdSource::Label));
        check("Ad of the year", X, None);
        check("Not an ad", X, None);
        check("Promoted by Velomira", X, Some(AdSource::Label));
        check("Promoted bystander", X, None);
        check("", X, None);
        check("·", X, None);
        check("Promoted", LINKEDIN, Some(AdSource::Label));
        check("Gesponsert von Velomira GmbH", LINKEDIN, Some(AdSource::Label));
        check("Promoted • 2d", LINKEDIN, Some(AdSource::Label));
        check("Promu • Partenariat avec Velomira", LINKEDIN, Some(AdSource::Label));
        check("En partenariat avec Velomira", LINKEDIN, Some(AdSource::Disclosed));
        check("تبلیغ\u{200c}شده", LINKEDIN, Some(AdSource::Label));
        check("宣傳單位：維洛", LINKEDIN, Some(AdSource::Label));
        check("Promoted to head of sales", LINKEDIN, None);
        check("5d •", LINKEDIN, None);
        check("Spon\u{200b}sored\u{e000}", META, Some(AdSource::Label));
        check("Sponsored · Paid for by Velomira", META, Some(AdSource::Label));
        check("Velomira による支払い", META, Some(AdSource::Label));
        check("由 维洛 付费", META, Some(AdSource::Label));
        check("Paid partnership with velomira", META, Some(AdSource::Disclosed));
        check("Paid partnership", META, Some(AdSource::Disclosed));
        check("velomiraとの有償パートナーシップ", META, Some(AdSource::Disclosed));
        check("Ad Rill", META, None);
        check("10h", META, None);
    }

    #[test]
    fn tags_that_disclose() {
        for (text, expected) in [
            ("New bars! #ad", true),
            ("#Werbung Neue Griffe", true),
            ("Griffe #werbung, heute", true),
            ("إعلان #إعلان", true),
            ("#विज्ञापन नया", true),
            ("#PAIDPARTNERSHIP", true),
            ("#adventure", false),
            ("#adnan says hello", false),
            ("AD", false),
            ("no tag", false),
            ("# ad", false),
            ("#", false),
        ] {
            assert_eq!(has_tag(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_tables_are_in_normal_form() {
        let tables = [X, LINKEDIN, META].iter().flat_map(|labels| labels.paid.iter().chain(labels.disclosed)).copied();
        for word in tables.chain([TAGS]).flat_map(|table| table.split('|')) {
            assert!(!word.is_empty());
            let word = word.replace(" … ", " ").replace('…', "");
            assert_eq!(normalise(&word), word.trim(), "{word}");
        }
    }
}
