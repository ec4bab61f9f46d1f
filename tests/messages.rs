//! Owns the agreement between the words that the code asks for and those in `extension/_locales`; never judges a translation.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kibitz::intent;
use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Longest description that the stores take, in characters.
const DESCRIPTION_MAX_CHARS: usize = 132;

/// Endings that a message gets by number (`Intl.PluralRules`); every language has `other`.
const PLURALS: [&str; 6] = ["_zero", "_one", "_two", "_few", "_many", "_other"];

/// One language: key → message.
type Locale = BTreeMap<String, String>;

fn locale(json: &str) -> Locale {
    let Value::Object(entries) = serde_json::from_str(json).expect("messages.json is an object") else {
        panic!("messages.json is not an object");
    };
    let message = |value: &Value| value.get("message").and_then(Value::as_str).unwrap_or_default().to_owned();
    entries.iter().map(|(key, value)| (key.clone(), message(value))).collect()
}

/// The key without its ending by number, when it has one.
fn singular(key: &str) -> &str {
    PLURALS.iter().find_map(|ending| key.strip_suffix(ending)).unwrap_or(key)
}

/// `$1` … and `$NAME$` in a message.
fn blanks(message: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in message.match_indices('$') {
        let name: String = message[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        if !name.is_empty() {
            found.insert(name.to_uppercase());
        }
    }
    found
}

/// What a translation lacks or has too much of; languages differ only in which numbers they tell apart.
fn translation_faults(name: &str, english: &Locale, other: &Locale) -> Vec<String> {
    let keys = |locale: &Locale| locale.keys().map(|key| singular(key).to_owned()).collect::<BTreeSet<_>>();
    let (wanted, found) = (keys(english), keys(other));
    let mut faults: Vec<String> = wanted.difference(&found).map(|key| format!("{name} lacks {key}")).collect();
    faults.extend(found.difference(&wanted).map(|key| format!("{name} has {key}, which English has not")));
    for (key, message) in other {
        if message.trim().is_empty() {
            faults.push(format!("{name}: {key} is empty"));
        }
        let general = format!("{}_other", singular(key));
        if let Some(model) = english.get(key).or_else(|| english.get(&general)) {
            // A singular may say "one" instead of the number.
            let (wanted, found) = (blanks(model), blanks(message));
            if found != wanted && !(key != &general && singular(key) != key && found.is_subset(&wanted)) {
                faults.push(format!("{name}: {key} fills in {found:?}, English {wanted:?}"));
            }
        }
        if singular(key) != key && !other.contains_key(&general) {
            faults.push(format!("{name} lacks {general}"));
        }
    }
    if other.get("description").is_some_and(|text| text.chars().count() > DESCRIPTION_MAX_CHARS) {
        faults.push(format!("{name}: the description is longer than {DESCRIPTION_MAX_CHARS} characters"));
    }
    faults
}

/// Texts between double quotes or backticks, and after `__MSG_`; comment lines are skipped.
fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for quote in ['"', '`'] {
            found.extend(line.replace("'\"'", "").split(quote).skip(1).step_by(2).map(String::from));
        }
        let names = line.split("__MSG_").skip(1).filter_map(|rest| rest.split("__").next());
        found.extend(names.map(String::from));
    }
    found
}

/// What stands before a key, and before nothing else.
const ASKING: [&str; 4] = ["words.get(\"", "words.with(\"", "getMessage(\"", "word(\""];

/// A literal that is, or begins, the key of a message.
#[derive(Debug, PartialEq, Eq)]
enum Use {
    /// The whole key, or the key without its ending by number.
    Whole(String),
    /// What stands before the part that is filled in.
    Prefix(String),
    /// What stands after it.
    Suffix(String),
}

/// Reads a literal as a key: its first word must be that of some message, known or asked for, so that other texts are left alone.
fn read_as_key(literal: &str, groups: &BTreeSet<&str>) -> Option<Use> {
    let is_fixed = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if let Some((_, suffix)) =
        literal.split_once("}_").filter(|(before, _)| before.starts_with('{') || before.starts_with("${"))
    {
        return (!suffix.is_empty() && is_fixed(suffix)).then(|| Use::Suffix(format!("_{suffix}")));
    }
    let fixed: String =
        literal.chars().take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_').collect();
    let group = fixed.split('_').next()?;
    if !fixed.contains('_') || !groups.contains(group) {
        return None;
    }
    let rest = &literal[fixed.len()..];
    if rest.is_empty() {
        Some(Use::Whole(fixed))
    } else {
        (rest.starts_with('{') || rest.starts_with("${")).then_some(Use::Prefix(fixed))
    }
}

/// Keys that the sources use and English lacks, and keys that English has and nothing uses.
fn use_faults(english: &Locale, sources: &[(String, String)]) -> Vec<String> {
    let asked = sources.iter().flat_map(|(_, text)| ASKING.iter().flat_map(|call| text.split(call).skip(1)));
    let groups = english.keys().map(String::as_str).chain(asked).filter_map(|key| Some(key.split_once('_')?.0));
    let groups: BTreeSet<&str> = groups.filter(|group| group.chars().all(|c| c.is_ascii_lowercase())).collect();
    let mut faults = Vec::new();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for (path, text) in sources {
        for literal in literals(text) {
            let matching: Vec<&str> = match read_as_key(&literal, &groups) {
                None => english.keys().filter(|key| **key == literal).map(String::as_str).collect(),
                Some(Use::Whole(key)) => {
                    let is_it = |known: &&String| **known == key || singular(known) == key;
                    let found: Vec<&str> = english.keys().filter(is_it).map(String::as_str).collect();
                    if found.is_empty() && !key.ends_with('_') {
                        faults.push(format!("{path} asks for {key}, which English lacks"));
                    }
                    found
                }
                Some(Use::Prefix(prefix)) => {
                    let found: Vec<&str> =
                        english.keys().filter(|known| known.starts_with(&prefix)).map(String::as_str).collect();
                    if found.is_empty() {
                        faults.push(format!("{path} asks for {prefix}…, which English lacks"));
                    }
                    found
                }
                Some(Use::Suffix(suffix)) => {
                    english.keys().filter(|known| known.ends_with(&suffix)).map(String::as_str).collect()
                }
            };
            used.extend(matching);
        }
    }
    faults.extend(english.keys().filter(|key| !used.contains(key.as_str())).map(|key| format!("nothing uses {key}")));
    faults
}

fn files(folder: &str, extensions: &[&str]) -> Vec<(String, String)> {
    let mut left = vec![Path::new(ROOT).join(folder)];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(next) = left.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                left.push(path);
            } else if extensions.iter().any(|&wanted| path.extension().is_some_and(|found| found == wanted)) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.iter().map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap())).collect()
}

fn committed() -> BTreeMap<String, Locale> {
    let named = files("extension/_locales", &["json"]).into_iter().filter(|(path, _)| path.ends_with("messages.json"));
    let name = |path: &str| Path::new(path).parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
    named.map(|(path, text)| (name(&path), locale(&text))).collect()
}

fn of(entries: &[(&str, &str)]) -> Locale {
    entries.iter().map(|&(key, message)| (key.to_owned(), message.to_owned())).collect()
}

#[test]
fn every_language_says_everything() {
    #[track_caller]
    fn check(other: &[(&str, &str)], faults: usize) {
        let english =
            of(&[("name", "Kibitz"), ("seen_one", "one post"), ("seen_other", "$1 posts"), ("by", "by $WHO$")]);
        let found = translation_faults("xx", &english, &of(other));
        assert_eq!(found.len(), faults, "{found:?}");
    }
    let whole = [("name", "Kibitz"), ("seen_few", "$1 posty"), ("seen_other", "$1 postów"), ("by", "od $who$")];
    check(&whole, 0);
    check(&whole[1..], 1);
    check(&[&whole[..], &[("more", "x")]].concat(), 1);
    check(&[&whole[..3], &[("by", "od")]].concat(), 1);
    check(&[&whole[..1], &whole[3..], &[("seen_other", "posty")]].concat(), 1);
    check(&[&whole[..2], &whole[3..]].concat(), 1);
    check(&[&whole[1..], &[("name", " ")]].concat(), 1);
    let locales = committed();
    let english = locales.get("en").expect("extension/_locales/en/messages.json");
    let faults: Vec<String> =
        locales.iter().flat_map(|(name, other)| translation_faults(name, english, other)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Messages that may read in another language as they do in English: names, signs, and words that the languages share.
const SHARED: [&str; 24] = [
    "badge_conversation",
    "badge_unsure_mark",
    "dash_csv",
    "dash_export",
    "dash_filters",
    "dash_import",
    "dash_interval",
    "dash_metric_conversation",
    "dash_n",
    "dash_n_head",
    "dash_nav",
    "dash_no",
    "dash_png",
    "dash_svg",
    "fit_sociable",
    "intent_ask",
    "name",
    "opt_account_example",
    "opt_sites",
    "popup_dashboard",
    "popup_form_wasm",
    "popup_is_person",
    "why_percent",
    "why_phrase",
];

/// Messages that were left in English by accident.
fn untranslated(english: &Locale, other: &Locale) -> Vec<String> {
    // Networks are called the same everywhere; any other site is no name.
    let is_name = |key: &str| key.starts_with("room_") && key != "room_generic";
    let may_be = |key: &str| is_name(key) || SHARED.contains(&key);
    let is_left = |(key, message): &(&String, &String)| english.get(*key) == Some(*message) && !may_be(key);
    other.iter().filter(is_left).map(|(key, _)| key.clone()).collect()
}

#[test]
fn nothing_is_left_in_english() {
    let english = of(&[("name", "Kibitz"), ("by", "by $WHO$"), ("seen_other", "$1 posts")]);
    let left = |other: &[(&str, &str)]| untranslated(&english, &of(other)).len();
    assert_eq!(left(&[("name", "Kibitz"), ("by", "von $WHO$"), ("seen_other", "$1 Beiträge")]), 0);
    assert_eq!(left(&[("name", "Kibitz"), ("by", "by $WHO$")]), 1);
    let locales = committed();
    let wanted = ["ar", "de", "en", "es", "fr", "ja", "pt"];
    assert!(wanted.iter().all(|name| locales.contains_key(*name)), "{:?}", locales.keys());
    let english = locales.get("en").expect("extension/_locales/en/messages.json");
    let faults: Vec<_> = locales
        .iter()
        .filter(|(name, _)| *name != "en")
        .map(|(name, other)| (name, untranslated(english, other)))
        .filter(|(_, left)| !left.is_empty())
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    // A language says of itself which it is: plurals and direction follow it.
    for (name, locale) in &locales {
        assert_eq!(locale.get("locale"), Some(name));
    }
}

#[test]
fn what_is_asked_for_is_there_and_what_is_there_is_asked_for() {
    #[track_caller]
    fn check(text: &str, faults: &[&str]) {
        let english = of(&[
            ("name", "Kibitz"),
            ("fold_show", "Show"),
            ("fold_n_one", "one"),
            ("fold_n_other", "$1"),
            ("badge_a", "A"),
        ]);
        assert_eq!(use_faults(&english, &[("x".into(), text.into())]), faults, "{text}");
    }
    let whole = "__MSG_name__ get(\"fold_show\") plural(\"fold_n\") format!(\"badge_{}\", id)";
    check(whole, &[]);
    check(&format!("{whole} \"fold_\" \"folded_out\" \"Fold_x\""), &[]);
    check(&format!("{whole}\n    // \"fold_shwo\""), &[]);
    check(&format!("{whole} with(\"fold_shwo\")"), &["x asks for fold_shwo, which English lacks"]);
    check(&format!("{whole} \"badge_x_{{}}\""), &["x asks for badge_x_…, which English lacks"]);
    check(&whole.replace("fold_n", "fold_n_other"), &["nothing uses fold_n_one"]);
    check(&whole.replace("fold_n", "x").replace("badge_", "{}_n_one\" \"${key}_n_other\" \"badge_"), &[]);
    check(&whole.replace("__MSG", "MSG"), &["nothing uses name"]);
    check(&format!("{whole} words.get(\"toast_undo\")"), &["x asks for toast_undo, which English lacks"]);
    check(&format!("{whole} attribute(\"toast_undo\")"), &[]);
    let sources = [files("src", &["rs"]), files("extension", &["js", "html", "json"])].concat();
    // Fields of the ledger's files are no messages, though some are called alike.
    let is_asking = |path: &str| !path.contains("_locales") && !path.ends_with("panel/file.rs");
    let sources: Vec<_> = sources.into_iter().filter(|(path, _)| is_asking(path)).collect();
    let locales = committed();
    let english = locales.get("en").expect("extension/_locales/en/messages.json");
    let faults = use_faults(english, &sources);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Keys that are put together at run time from the taxonomy, where the source shows only their beginning.
#[test]
fn every_intent_has_its_word() {
    let locales = committed();
    let english = locales.get("en").expect("extension/_locales/en/messages.json");
    if !english.keys().any(|key| key.starts_with("intent_")) {
        println!("no intent has a word yet");
        return;
    }
    let missing: Vec<String> =
        intent::ALL.iter().map(|info| format!("intent_{}", info.id)).filter(|key| !english.contains_key(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
