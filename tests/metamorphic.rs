//! What may be done to a post without changing what is said of it, on a tenth of the posts written for the project.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use std::sync::OnceLock;

use kibitz::classify::{Input, Judge, Reasons, Verdict};
use kibitz::post::Room;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

fn verdict(text: &str, is_reply: Option<bool>) -> Verdict {
    Judge::builtin().verdict(&Input { text, room: Room::X, is_reply, lang: None })
}

fn reasons(text: &str) -> Reasons {
    Judge::builtin().reasoned(&Input { text, room: Room::X, is_reply: Some(false), lang: None }).1
}

/// Every tenth post, in 21 languages.
fn posts() -> &'static [String] {
    static POSTS: OnceLock<Vec<String>> = OnceLock::new();
    POSTS.get_or_init(|| {
        let files = ["written-en", "written-multi", "written-kinds"].map(|name| {
            std::fs::read_to_string(format!("{}/model/data/{name}.jsonl", env!("CARGO_MANIFEST_DIR"))).unwrap()
        });
        let lines = files.iter().flat_map(|file| file.lines().step_by(10));
        let posts: Vec<String> = lines
            .map(|line| serde_json::from_str::<Value>(line).unwrap()["text"].as_str().unwrap().to_owned())
            .collect();
        assert!(posts.len() > 900, "{}", posts.len());
        posts
    })
}

/// Changes each run of text between white space; what stands between stays.
fn each_word(text: &str, change: impl Fn(&str) -> String) -> String {
    text.split_inclusive(char::is_whitespace)
        .map(|piece| {
            let word = piece.trim_end_matches(char::is_whitespace);
            change(word) + &piece[word.len()..]
        })
        .collect()
}

/// The same for words of letters alone: not names, tags, addresses, numbers.
fn each_plain_word(text: &str, change: impl Fn(&str) -> String) -> String {
    let is_plain = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, ',' | '!' | '?' | '\'' | '’'));
    each_word(text, |word| if is_plain(word) { change(word) } else { word.to_owned() })
}

/// How many posts a change must touch to prove anything, how far it may move the probability of conversation of any post,
/// and of how many in a hundred it may change the stance.
struct Bounds {
    least: usize,
    most_moved: f32,
    mean_moved: f32,
    changed_percent: f32,
}

const NOTHING: Bounds = Bounds { least: 50, most_moved: 0.0, mean_moved: 0.0, changed_percent: 0.0 };

#[track_caller]
fn check(bounds: &Bounds, change: impl Fn(&str) -> String) {
    let (mut touched, mut changed, mut sum) = (0, 0, 0.0);
    for text in posts() {
        let other = change(text);
        if other == *text {
            continue;
        }
        touched += 1;
        let (one, two) = (verdict(text, Some(false)), verdict(&other, Some(false)));
        let moved = (one.p_conversation - two.p_conversation).abs();
        sum += moved;
        assert!(moved <= bounds.most_moved, "{text:?} → {other:?}: {} → {}", one.p_conversation, two.p_conversation);
        if bounds.most_moved == 0.0 {
            let (ones, twos) = (reasons(text), reasons(&other));
            assert_eq!(
                (one.intents, one.is_sure, one.ad, ones.decided.len(), ones.against.len()),
                (two.intents, two.is_sure, two.ad, twos.decided.len(), twos.against.len()),
                "{text:?} → {other:?}"
            );
        }
        changed += usize::from(one.stance != two.stance);
    }
    assert!(touched >= bounds.least, "only {touched} posts are touched");
    let (mean, percent) = (sum / touched as f32, 100.0 * changed as f32 / touched as f32);
    assert!(
        mean <= bounds.mean_moved && percent <= bounds.changed_percent,
        "{touched} posts: moved by {mean} on average, {percent} % change sides"
    );
}

#[test]
fn letters_have_one_form() {
    // Small letters of some languages have no capital of their own.
    let upper = |word: &str| word.to_uppercase();
    check(&NOTHING, |text| {
        each_plain_word(text, |word| if upper(word).to_lowercase() == word { upper(word) } else { word.to_owned() })
    });
    check(&NOTHING, |text| text.nfd().collect());
    check(&NOTHING, |text| {
        each_plain_word(text, |word| {
            let wide = |c: char| c.is_ascii_alphabetic().then(|| char::from_u32(c as u32 + 0xfee0)).flatten();
            word.chars().map(|c| wide(c).unwrap_or(c)).collect()
        })
    });
    // Bold letters of mathematics, as accounts use them for headings.
    check(&NOTHING, |text| {
        each_plain_word(text, |word| {
            let bold = |c: char| match c {
                'a'..='z' => char::from_u32(c as u32 - 'a' as u32 + 0x1d5ee),
                'A'..='Z' => char::from_u32(c as u32 - 'A' as u32 + 0x1d5d4),
                _ => None,
            };
            word.chars().map(|c| bold(c).unwrap_or(c)).collect()
        })
    });
}

#[test]
fn look_alikes_are_the_letters_they_look_like() {
    // A unit of money is known by its own letters.
    check(&NOTHING, |text| {
        each_plain_word(text, |word| {
            let is_latin = word.chars().all(|c| c.is_ascii() && c != '\'');
            let stays_mixed = word.chars().any(|c| c.is_ascii_alphabetic() && !"aeopcxyAEOPCXTHMKB".contains(c));
            let is_unit = ["euro", "pound", "dollar", "reais"].iter().any(|unit| word.contains(unit));
            if is_unit || !(is_latin && stays_mixed) {
                return word.to_owned();
            }
            // Fewer than a third: otherwise the script is in doubt, and so is the verdict.
            let twin = |c: char| match c {
                'o' => 'о',
                'p' => 'р',
                'c' => 'с',
                'x' => 'х',
                _ => c,
            };
            word.chars().map(twin).collect()
        })
    });
}

#[test]
fn what_is_not_seen_is_not_there() {
    for invisible in ['\u{200b}', '\u{2060}', '\u{ad}', '\u{feff}', '\u{200e}'] {
        // Between letters: a run of marks is one mark only where nothing stands between them.
        let within = |c: char| if c.is_alphabetic() { vec![c, invisible] } else { vec![c] };
        check(&NOTHING, |text| each_plain_word(text, |word| word.chars().flat_map(within).collect()));
        check(&NOTHING, |text| format!("{invisible}{text}{invisible}"));
    }
    check(&NOTHING, |text| text.replace(' ', "  "));
    check(&NOTHING, |text| text.replace(' ', "\u{a0}"));
    check(&NOTHING, |text| format!("\t {text} \u{3000}"));
    let some = Bounds { least: 20, ..NOTHING };
    check(&some, |text| text.replace('\n', "\r\n"));
    check(&some, |text| text.replace('\n', "\n\n"));
    check(&NOTHING, |text| text.replace('\'', "’"));
}

#[test]
fn skin_tones_and_variants_are_one_emoji() {
    const HANDS: [char; 9] = ['👍', '👏', '🙏', '💪', '🙌', '👋', '👇', '👉', '🤝'];
    let some = Bounds { least: 10, ..NOTHING };
    for tone in ['🏻', '🏽', '🏿', '\u{fe0f}'] {
        check(&some, |text| {
            text.chars().flat_map(|c| [Some(c), HANDS.contains(&c).then_some(tone)]).flatten().collect()
        });
    }
    check(&NOTHING, |text| {
        text.chars().filter(|c| *c != '\u{fe0f}').collect::<String>()
            + if text.contains('\u{fe0f}') { "" } else { "\u{fe0e}" }
    });
}

#[test]
fn links_and_names_are_all_alike() {
    for link in [
        "http://x.example/",
        "https://www.example.com/a/b?c=d&utm_source=x#e",
        "https://EX.AM/UPPER",
        "https://ex.am/ünïcode",
        "example.org/long-path",
        "bit.ly/3xYz",
    ] {
        check(&NOTHING, |text| {
            each_word(text, |word| if word.starts_with("https://") { link.to_owned() } else { word.to_owned() })
        });
    }
    for name in ["@x", "@Some_Body99", "@a.b-c", "@who@social.example"] {
        check(&NOTHING, |text| {
            each_word(text, |word| {
                let rest = word.trim_start_matches(|c: char| c == '@' || c == '_' || c.is_ascii_alphanumeric());
                // Of "@name小满" the letters are words.
                if word.starts_with('@') && word.len() > 1 && rest.is_ascii() {
                    format!("{name}{rest}")
                } else {
                    word.to_owned()
                }
            })
        });
    }
}

/// What a feed adds or cuts off moves a verdict a little, and seldom to the other side.
#[test]
fn what_closes_a_post_changes_little() {
    let little = |mean_moved, changed_percent| Bounds { least: 500, most_moved: 0.7, mean_moved, changed_percent };
    check(&little(0.07, 6.0), |text| format!("{text} https://ex.am/9"));
    check(&little(0.07, 6.0), |text| bare(text).to_owned() + " pic.example.com/a1b2");
    check(&little(0.05, 5.0), |text| format!("{text} #monday"));
    check(&little(0.05, 5.0), |text| format!("{text} ✨"));
    check(&little(0.04, 4.0), |text| format!("{text}\n"));
    check(&little(0.04, 4.0), |text| text.strip_suffix('.').unwrap_or(&format!("{text}.")).to_owned());
}

fn bare(text: &str) -> &str {
    text.rsplit_once(" https://").map_or(text, |(head, _)| head)
}

/// A reply is never folded, and nothing that was not sure is.
#[test]
fn replies_are_never_folded() {
    let folded = |is_reply| posts().iter().filter(|text| verdict(text, is_reply).ad).count();
    assert_eq!(folded(Some(true)), 0);
    assert!(folded(Some(false)) > 10, "{}", folded(Some(false)));
    assert!(posts().iter().map(|text| verdict(text, None)).all(|found| found.is_sure || !found.ad));
}

/// What stands behind the part that is read changes nothing, whatever it is.
#[test]
fn a_long_text_is_judged_by_its_beginning() {
    let head: String = posts().iter().take(200).flat_map(|text| [text.as_str(), "\n"]).collect();
    let before = verdict(&head, None);
    for tail in ["Shop now, 50% off! ", "sorry to hear that @you ", "语", "🎉", "\u{301}", "\u{0}", "https://ex.am/1 "]
    {
        let long = head.clone() + &tail.repeat(100_000 / tail.len());
        assert!(long.len() > 100_000);
        let after = verdict(&long, None);
        assert_eq!((before.p_conversation, before.intents), (after.p_conversation, after.intents), "{tail:?}");
    }
}

/// A letter of any script, alone and in words: a verdict that adds up, and never sure where nothing was learned.
#[test]
fn any_script_has_a_verdict() {
    let (mut letters, mut foreign, mut ads) = (0, 0, 0);
    for block in (0x80..0x3_0000).step_by(0x40).filter_map(char::from_u32) {
        let letter = block.is_alphabetic();
        letters += u32::from(letter);
        for text in [block.to_string(), format!("{block}{block} {block} ").repeat(40), format!("Hello {block} world")] {
            let found = verdict(&text, Some(false));
            let sum: f32 = found.intents.iter().sum();
            assert!((sum - 1.0).abs() < 1e-4 && (0.5..=1.0).contains(&found.confidence), "{text:?}: {found:?}");
        }
        let alone = verdict(&format!("{block}{block} {block} ").repeat(40), Some(false));
        foreign += u32::from(letter && !alone.is_sure);
        ads += u32::from(letter && alone.ad);
    }
    assert!(letters > 1_000, "{letters}");
    // A Chinese letter is a word, and forty times the same one may be an advert.
    assert!(foreign * 100 >= letters * 99 && ads * 200 <= letters, "{foreign} of {letters} not sure, {ads} adverts");
}
