//! Owns what name, handle and bio say for a brand and for a person; never asks who the author is known as.

use super::given::is_given;
use super::signs::{CERTAIN, CLEAR, COMPOUNDS, HAN_FAMILIES, HANGUL_FAMILIES, SIGNS, WEAK, Where};
use super::words::{AGAINST, FIRST, HANDLE, LAST, LEGAL, LOOSE, REGION, SUFFIX, TITLE, Words, fold};
use crate::text::normal::lower;

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// Points for a brand.
    pub(super) brand: u8,
    /// Among them a sign that no person bears.
    pub(super) is_certain: bool,
    /// Looks like a person's name, or speaks as a person.
    pub(super) is_personal: bool,
    /// A fan's, a parody or a role that persons name themselves by: nothing is decided.
    pub(super) is_doubtful: bool,
}

/// Points from which an author without any sign of a person is a brand.
pub(super) const ENOUGH: u8 = CLEAR;

/// Reads name, handle and bio.
pub(super) fn read(name: &str, handle: &str, bio: Option<&str>) -> Evidence {
    let folded = fold(name);
    let head = head(&folded);
    let words: Vec<&str> = words(head).collect();
    let all: Vec<&str> = self::words(&folded).collect();
    let segments = segments(handle);
    let mut found = Evidence {
        is_personal: is_personal(&words) || is_han_person(head) || bio.is_some_and(is_first_person),
        is_doubtful: all
            .iter()
            .chain(segments.iter().map(String::as_str).collect::<Vec<_>>().iter())
            .any(|word| AGAINST.has(word)),
        brand: 0,
        is_certain: false,
    };
    let mut add = |points: u8| {
        found.brand = found.brand.saturating_add(points);
        found.is_certain |= points >= CERTAIN;
    };
    if is_legal(name, &folded) || name.contains(['®', '™']) {
        add(CERTAIN);
    }
    add(of_address(&folded));
    let signs: &[_] = if folded.is_ascii() { &[] } else { SIGNS };
    add(signs.iter().filter(|sign| stands(head, &folded, **sign)).map(|sign| sign.2).max().unwrap_or(0));
    if let [first, .., last] = words[..] {
        let whole = words.concat();
        let is_local = REGION.has(last)
            // Persons add two or three letters to their name: "Ana Ruiz UK".
            && (words.len() == 2 || last.len() > 3)
            && (segments.concat() == whole || Some(core(handle).as_str()) == whole.strip_suffix(last));
        if LAST.has(last) || FIRST.has(first) || words.windows(2).any(is_head_of) || is_local {
            add(CLEAR);
        } else if LOOSE.has(last) {
            // "Ana van der Post".
            add(if after_title(&words).len() < 3 || last == "post" { WEAK } else { CLEAR });
        } else if NEWS.contains(&last) {
            add(if after_title(&words).len() < 3 { CLEAR } else { WEAK });
        }
    }
    if words.iter().any(|word| COMPOUNDS.iter().any(|end| word.ends_with(end))) {
        add(CLEAR);
    }
    add(of_handle(&segments, &words).max(of_both(&segments.concat(), &words)));
    add(bio.map_or(0, of_bio));
    let opens_with_a_given_name = segments.first().is_some_and(|first| {
        // Three letters are too often no name ("AskAcme"), and some titles begin words and names ("McAcme", "gov_acme").
        (first.len() > 3 && is_given(first))
            || (TITLE.has(first) && !["gov", "mc", "general"].contains(&first.as_str()))
    });
    found.is_personal |= opens_with_a_given_name && words.len() < 2;
    found
}

/// Ends of a news desk's name in two words ("Acme News"); behind two names they are what a person reports ("Ana Ruiz News").
const NEWS: [&str; 5] = ["news", "noticias", "nachrichten", "nieuws", "nyheter"];

/// "University of", "Alliance for", "Mairie de".
fn is_head_of(pair: &[&str]) -> bool {
    let [head, link] = pair else { return false };
    let is_link =
        ["of", "for", "de", "des", "du", "di", "da", "do", "del", "pour", "fur", "voor", "van", "para"].contains(link);
    let is_loose = || ["bank", "center", "centre", "offices", "society", "uni", "ville"].contains(head);
    is_link && (LAST.has(head) || FIRST.has(head) || is_loose())
}

/// The part of a name before what is said about it: "Nick | Founder of X", "Ana at Y", "Lee (Z)".
fn head(name: &str) -> &str {
    const BREAKS: [char; 21] = [
        '|', '｜', '@', '＠', '(', '（', '[', '［', '【', '/', '／', ':', '：', '–', '—', '•', '·', '~', '〜', '★', ',',
    ];
    let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = name.find(BREAKS).unwrap_or(name.len());
    let spoken = [" - ", " at ", " from ", " of the ", " bei ", " chez "]
        .iter()
        .filter_map(|mark| name.find(mark))
        .min()
        .unwrap_or(end);
    let head = name.get(..end.min(spoken)).unwrap_or(name);
    if head.trim().is_empty() { name } else { head }
}

/// Runs of letters and digits; an apostrophe stays within its word.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '.') && !is_mark(c))
        .map(|word| word.trim_matches(['.', '\'', '’']))
        .filter(|word| !word.is_empty())
}

/// Vowel signs of Indic scripts and the like belong to their word.
fn is_mark(c: char) -> bool {
    crate::text::normal::is_mark(c)
}

/// The words after "official", "team" and the like.
fn after_title<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    match words {
        ["official" | "officiel" | "oficial" | "team" | "the" | "real", rest @ ..] if !rest.is_empty() => rest,
        all => all,
    }
}

/// A title, a letter after the name, or a given name in the first place of a short name without a possessive.
fn is_personal(words: &[&str]) -> bool {
    let words = after_title(words);
    if words.windows(2).next().is_some_and(is_head_of) {
        return false;
    }
    let [first, rest @ ..] = words else { return false };
    let is_given = |word: &str| is_given(word) || word.split('-').all(is_given);
    TITLE.has(first)
        || rest.last().is_some_and(|last| SUFFIX.has(&last.replace('.', "")))
        || is_given(first)
        || rest.first().is_some_and(|second| is_given(second) && is_initial(first))
        || (words.len() == 2 && rest.iter().any(|word| is_given(word)) && !has_head(words))
}

fn is_initial(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() <= 2
}

fn has_head(words: &[&str]) -> bool {
    let in_table = |word: Option<&&str>, table: Words| word.is_some_and(|word| table.has(word));
    in_table(words.last(), LAST) || in_table(words.first(), FIRST)
}

/// A family name and at most three characters more, or three syllables of Hangul.
fn is_han_person(head: &str) -> bool {
    let bare: String =
        ["公式", "官方", "공식", "オフィシャル"].iter().fold(head.to_owned(), |name, sign| name.replace(sign, ""));
    let bare: Vec<char> = bare.chars().filter(|c| c.is_alphanumeric()).collect();
    let text: String = bare.iter().collect();
    let is_kana_or_han = |c: &char| matches!(*c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '々');
    let han = (2..=5).contains(&bare.len())
        && bare.iter().all(is_kana_or_han)
        && HAN_FAMILIES.split(' ').any(|family| {
            text.starts_with(family) && text.len() > family.len() && bare.len() <= family.chars().count() + 3
        });
    let hangul = bare.len() == 3
        && bare.iter().all(|c| matches!(*c, '\u{ac00}'..='\u{d7a3}'))
        && bare.first().is_some_and(|first| HANGUL_FAMILIES.contains(*first));
    han || hangul
}

/// Ends in a legal form. Two letters count only as capitals, because they are also a person's initials, and not alone.
fn is_legal(name: &str, folded: &str) -> bool {
    // The form may stand behind a comma, which otherwise ends the name: "Acme, Inc."
    let folded = folded.replace(',', " ");
    let words: Vec<&str> = words(head(&folded)).collect();
    let Some(last) = words.last().map(|word| word.replace('.', "")) else { return false };
    if words.len() < 2 || !LEGAL.has(&last) {
        return false;
    }
    let stands_in_capitals =
        || name.split_whitespace().any(|word| is_in_capitals(&word.replace(['.', ','], ""), &last));
    last.chars().count() > 2
        || (stands_in_capitals() && !name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase))
}

/// Whether the word is this small one, written in capitals.
fn is_in_capitals(word: &str, small: &str) -> bool {
    word.chars().all(|c| !c.is_lowercase()) && lower(word) == small
}

/// Ends of a name that is an address, and their points: persons have such names too, under the newer domains.
const ADDRESSES: [(&str, u8); 11] = [
    ("com", CERTAIN),
    ("org", CERTAIN),
    ("net", CERTAIN),
    ("co.uk", CERTAIN),
    ("gov", CERTAIN),
    ("gov.uk", CERTAIN),
    ("co.jp", CERTAIN),
    ("de", CLEAR),
    ("fr", CLEAR),
    ("io", CLEAR),
    ("ai", CLEAR),
];

/// A whole name that is an address: "Realtor.com".
fn of_address(name: &str) -> u8 {
    let word = name.trim_matches(|c: char| !c.is_alphanumeric());
    let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let ends =
        |end: &str| word.strip_suffix(end).and_then(|rest| rest.strip_suffix('.')).is_some_and(|rest| rest.len() > 2);
    if is_plain { ADDRESSES.iter().filter(|end| ends(end.0)).map(|end| end.1).max().unwrap_or(0) } else { 0 }
}

fn stands(head: &str, name: &str, (sign, place, _): (&str, Where, u8)) -> bool {
    match place {
        Where::Anywhere => name.contains(sign),
        Where::Start => head.trim().starts_with(sign),
        Where::End => head.trim().ends_with(sign),
    }
}

/// A handle's parts at capitals, digits and signs, folded: `FollowAcmeHQ_UK` gives `follow`, `acme`, `hq`, `uk`.
pub(super) fn segments(handle: &str) -> Vec<String> {
    let local = handle.split('@').next().unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    let mut part = String::new();
    let chars: Vec<char> = local.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| chars.get(before)).copied();
        let after = chars.get(at + 1).copied();
        let starts = before.is_some_and(|before| {
            (before.is_lowercase() && c.is_uppercase())
                || (before.is_uppercase() && c.is_uppercase() && after.is_some_and(char::is_lowercase))
                || before.is_alphabetic() != c.is_alphabetic()
        });
        if starts && !part.is_empty() {
            parts.push(fold(&std::mem::take(&mut part)));
        }
        if c.is_alphanumeric() {
            part.push(c);
        }
    }
    if !part.is_empty() {
        parts.push(fold(&part));
    }
    parts
}

/// A handle without the region and the desk at its end, folded, in one word.
pub(super) fn core(handle: &str) -> String {
    let mut parts = segments(handle);
    while parts.len() > 1 && parts.last().is_some_and(|last| REGION.has(last) || HANDLE.has(last) || last == "official")
    {
        parts.pop();
    }
    parts.concat()
}

/// A handle that ends in an organisation's word; a region may follow. It says nothing where the handle takes up but the
/// end of the name, as family names do.
fn of_handle(segments: &[String], words: &[&str]) -> u8 {
    let core = match segments {
        [core @ .., last] if REGION.has(last) && !HANDLE.has(last) => core,
        all => all,
    };
    match core {
        [own @ .., last] if !own.is_empty() && HANDLE.has(last) => {
            let own = own.concat();
            let name = words.concat().replace(['\'', '’'], "");
            let is_end_of_name = words.len() > 1
                && !name.starts_with(&own)
                && words.iter().any(|word| own.contains(&word.replace(['\'', '’'], "")));
            // What stands before may be a person's two names: "AnaRuizHQ".
            let is_full_name = words.len() > 1 && name == own && ["hq", "gov"].contains(&last.as_str());
            match (is_end_of_name, is_full_name) {
                (true, _) => 0,
                (_, true) => WEAK,
                _ => CLEAR,
            }
        }
        _ => 0,
    }
}

/// A handle made of the name and a word that startups and shops put before or after it: "JoinWobble", "wobble_app".
///
/// The name must be whole and long enough: persons, too, write "askme" and "gohome".
fn of_both(handle: &str, words: &[&str]) -> u8 {
    let name = words.concat();
    let name = name.as_str();
    const BEFORE: [&str; 14] =
        ["get", "join", "try", "use", "shop", "visit", "discover", "meet", "fly", "drink", "eat", "hey", "with", "buy"];
    if name.chars().count() < LEAST_NAME || handle == name {
        return 0;
    }
    let is_before = handle.strip_suffix(name).is_some_and(|before| BEFORE.contains(&before));
    let after = handle.strip_prefix(name).unwrap_or_default();
    if is_before || (words.len() < 2 && (HANDLE.has(after) || LOOSE.has(after))) {
        CLEAR
    } else if ["io", "ai", "co", "com", "jp", "us", "usa", "fr", "kr", "in"].contains(&after) {
        WEAK
    } else {
        0
    }
}

/// Letters from which a name is long enough for [`of_both`].
const LEAST_NAME: usize = 4;

/// What a profile's line says of itself as an organisation.
fn of_bio(bio: &str) -> u8 {
    let bio = fold(bio);
    const SPOKEN: [&str; 16] = [
        "the official account",
        "official account of",
        "official page of",
        "official twitter",
        "official x account",
        "compte officiel",
        "cuenta oficial",
        "perfil oficial",
        "account ufficiale",
        "offizieller account",
        "公式アカウント",
        "官方账号",
        "공식 계정",
        "customer service",
        "customer support",
        "kundenservice",
    ];
    if SPOKEN.iter().any(|words| bio.contains(words)) { CLEAR } else { 0 }
}

/// What a profile's line says in the first person, or of a person.
fn is_first_person(bio: &str) -> bool {
    let bio = fold(bio);
    const SPOKEN: [&str; 19] = [
        "she/her",
        "he/him",
        "they/them",
        "elle/",
        "er/ihm",
        "sie/ihr",
        "views my own",
        "opinions my own",
        "opinions are my own",
        "views are my own",
        "tweets my own",
        "my views",
        "mom of",
        "mum of",
        "dad of",
        "father of",
        "husband",
        "wife",
        "personal account",
    ];
    let first = words(&bio).any(|word| {
        matches!(word, "i" | "i'm" | "i’m" | "im" | "my" | "ich" | "yo" | "je" | "io" | "eu" | "я" | "мой" | "我")
    });
    first || SPOKEN.iter().any(|words| bio.contains(words))
}
