//! Owns the comparison of a whole element's text with a platform's words for paid posts; never searches inside a sentence.

use crate::platforms::labels::{Form, Label};
use crate::post::AdSource;
use crate::text::normal::nfkc;

/// The form in which labels are compared: NFKC, invisible and private-use characters dropped, white space collapsed, lower case.
///
/// Both sides lose ZWNJ: interfaces write the Persian words with and without it.
pub fn normalise(text: &str) -> String {
    let visible = nfkc(text).replace(is_invisible, "");
    super::text::collapse(&visible).to_lowercase()
}

/// Zero-width characters, direction marks, soft hyphen, private use (Facebook and Instagram pad the word with them).
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{61c}' | '\u{e000}'..='\u{f8ff}')
}

/// Longest text that can be a label with the name of who pays, in characters; a label is one short line.
const LONGEST_LABEL_CHARS: usize = 80;

/// Whether an element's whole text is one of the labels, alone or beside other parts between bullets.
pub fn find(text: &str, labels: &[Label]) -> Option<AdSource> {
    if text.chars().count() > LONGEST_LABEL_CHARS {
        return None;
    }
    let text = normalise(text);
    if text.is_empty() {
        return None;
    }
    let is = |label: &Label, part: &str| match label.form {
        Form::Whole => part == label.word,
        Form::Before | Form::Partner => part
            .strip_prefix(label.word)
            .is_some_and(|name| name.is_empty() || name.starts_with(' ') || label.word.ends_with(':')),
    };
    let label = labels.iter().find(|label| is(label, &text) || text.split('•').any(|part| is(label, part.trim())))?;
    Some(match label.form {
        Form::Whole | Form::Before => AdSource::Label,
        Form::Partner => AdSource::Disclosed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platforms::labels::{LINKEDIN, X};

    #[track_caller]
    fn check(text: &str, labels: &[Label], expected: Option<AdSource>) {
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
        check("Promoted", LINKEDIN, Some(AdSource::Label));
        check("Gesponsert von Velomira GmbH", LINKEDIN, Some(AdSource::Label));
        check("Promoted • 2d", LINKEDIN, Some(AdSource::Label));
        check("Promu • Partenariat avec Velomira", LINKEDIN, Some(AdSource::Label));
        check("En partenariat avec Velomira", LINKEDIN, Some(AdSource::Disclosed));
        check("تبلیغ\u{200c}شده", LINKEDIN, Some(AdSource::Label));
        check("宣傳單位：維洛", LINKEDIN, Some(AdSource::Label));
        check("Promoted to head of sales", LINKEDIN, None);
        check("5d •", LINKEDIN, None);
    }

    #[test]
    fn the_tables_are_in_normal_form() {
        for label in X.iter().chain(LINKEDIN) {
            assert_eq!(normalise(label.word), label.word, "{label:?}");
        }
    }
}
