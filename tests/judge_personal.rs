//! What corrections teach, and how far: bounds that hold for any teaching, measured on posts that were not corrected.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use std::collections::BTreeMap;
use std::path::Path;

use kibitz::classify::personal::{FEATURES, LESSONS, MOST, MOST_OF_FEATURE, is_lesson, lesson};
use kibitz::classify::{Input, Judge, Lessons, Verdict};
use kibitz::intent::{COUNT, Intent, Stance};
use kibitz::post::Room;
use kibitz::text::tokens::Tokens;
use proptest::prelude::*;

struct Post {
    id: String,
    text: String,
    is_reply: Option<bool>,
    room: Room,
    intent: Intent,
}

impl Post {
    fn input(&self) -> Input<'_> {
        Input { text: &self.text, room: self.room, is_reply: self.is_reply, lang: None }
    }
}

fn read(text: &str) -> Vec<Post> {
    let field = |row: &serde_json::Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
    text.lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|row| Post {
            id: field(&row, "id"),
            text: field(&row, "text"),
            is_reply: row["is_reply"].as_bool(),
            room: Room::from_id(&field(&row, "platform")).unwrap_or(Room::X),
            intent: Intent::from_id(&field(&row, "intent")).unwrap(),
        })
        .collect()
}

fn written() -> Vec<Post> {
    let mut posts = read(include_str!("../model/data/written-en.jsonl"));
    posts.extend(read(include_str!("../model/data/written-multi.jsonl")));
    posts
}

/// Real posts that the model was not trained on, where the shared data is present.
fn dev() -> Option<Vec<Post>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/dev.jsonl");
    std::fs::read_to_string(path).ok().map(|text| read(&text))
}

fn sets() -> impl Iterator<Item = (&'static str, Vec<Post>)> {
    [("written", Some(written())), ("dev", dev())].into_iter().filter_map(|(title, posts)| Some((title, posts?)))
}

fn plain(post: &Post) -> Verdict {
    Judge::builtin().verdict(&post.input())
}

fn taught(post: &Post, lessons: &Lessons) -> Verdict {
    Judge::builtin().verdict_with(&post.input(), lessons)
}

fn learn(posts: &[(&Post, Intent)]) -> Lessons {
    let texts: Vec<(Intent, String)> = posts.iter().map(|(post, intent)| (*intent, lesson(&post.text))).collect();
    let rows: Vec<(Intent, &str)> = texts.iter().map(|(intent, lesson)| (*intent, lesson.as_str())).collect();
    Lessons::of(&rows)
}

/// One of five parts; the near-miss pairs of the written posts (…a and …b) stay together.
fn part(post: &Post) -> u32 {
    let stem = post.id.trim_end_matches(['a', 'b']);
    let hash = stem.bytes().fold(7_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 16) % 5
}

/// A hundred corrections, each of a sure verdict and each to the other stance.
fn adversary(posts: &[Post], only: Option<Stance>) -> Lessons {
    let rows: Vec<(&Post, Intent)> = posts
        .iter()
        .filter(|post| part(post) != 0)
        .filter_map(|post| {
            let found = plain(post);
            let stance = found.stance.filter(|stance| found.is_sure && only.is_none_or(|only| only == *stance))?;
            Some((post, if stance == Stance::Conversation { Intent::Product } else { Intent::Reply }))
        })
        .collect();
    let rows: Vec<_> = rows.iter().step_by(rows.len() / 100).take(100).copied().collect();
    assert_eq!(rows.len(), 100);
    learn(&rows)
}

/// A hundred corrections, all one way, of texts made of nothing but the most frequent words and pairs of the very posts that are
/// looked at afterwards: the worst that can be taught.
fn worst(posts: &[Post], intent: Intent) -> Lessons {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for post in posts.iter().filter(|post| part(post) == 0) {
        let lesson = lesson(&post.text);
        for at in (0..lesson.len()).step_by(6) {
            *counts.entry(lesson[at..at + 6].to_owned()).or_default() += 1;
        }
    }
    let mut keys: Vec<(usize, String)> = counts.into_iter().map(|(key, count)| (count, key)).collect();
    keys.sort_by(|one, other| other.cmp(one));
    // A sixth of the lessons each for the next most frequent eight features: few enough to weigh most.
    let rows: Vec<String> =
        (0..100).map(|at| keys.iter().skip(at % 6 * 8).take(8).map(|(_, key)| key.as_str()).collect()).collect();
    Lessons::of(&rows.iter().map(|lesson| (intent, lesson.as_str())).collect::<Vec<_>>())
}

struct Damage {
    sure: usize,
    flipped: usize,
    unsure: usize,
    newly_sure: usize,
    worse: i64,
    all: usize,
}

/// What teaching does to posts that were not corrected.
fn damage(posts: &[Post], lessons: &Lessons) -> Damage {
    let mut damage = Damage { sure: 0, flipped: 0, unsure: 0, newly_sure: 0, worse: 0, all: 0 };
    for post in posts.iter().filter(|post| part(post) == 0) {
        let (before, after) = (plain(post), taught(post, lessons));
        assert!(!after.ad || before.ad, "a lesson made a post one to be folded: {}", post.text);
        let is_right = |found: &Verdict| i64::from(found.stance == post.intent.stance());
        damage.all += 1;
        damage.worse += is_right(&before) - is_right(&after);
        damage.newly_sure += usize::from(!before.is_sure && after.is_sure);
        if before.is_sure {
            damage.sure += 1;
            damage.flipped += usize::from(after.stance != before.stance);
            damage.unsure += usize::from(!after.is_sure);
        }
    }
    damage
}

/// Of 1,000 sure verdicts on other posts, a hundred adversarial corrections turn at most this many to the other stance.
const FLIPPED_PER_1000: usize = 10;
/// The same for a hundred lessons made of the most frequent features of the very posts that are looked at.
const WORST_FLIPPED_PER_1000: usize = 20;

#[test]
fn a_hundred_adversarial_corrections_do_not_turn_the_model_over() {
    use Stance::{Broadcast, Conversation};
    for (title, posts) in sets() {
        let aims = [
            ("both ways", adversary(&posts, None), FLIPPED_PER_1000),
            ("all to broadcast", adversary(&posts, Some(Conversation)), FLIPPED_PER_1000),
            ("all to conversation", adversary(&posts, Some(Broadcast)), FLIPPED_PER_1000),
            ("worst to broadcast", worst(&posts, Intent::Product), WORST_FLIPPED_PER_1000),
            ("worst to conversation", worst(&posts, Intent::Reply), WORST_FLIPPED_PER_1000),
        ];
        for (aim, lessons, most) in aims {
            let Damage { sure, flipped, unsure, newly_sure, worse, all } = damage(&posts, &lessons);
            println!(
                "{title}, {aim}: of {sure} sure {flipped} turned, {unsure} no longer sure; {newly_sure} of {} unsure now sure; \
                 {worse} of {all} stances more wrong",
                all - sure
            );
            assert!(sure > 150, "{title}: {sure}");
            assert!(flipped * 1000 <= sure * most, "{title}, {aim}: {flipped} of {sure}");
        }
    }
}

/// The post with every fourth word exchanged, as a brand's template would be filled again.
fn near_copy(text: &str) -> String {
    let words = text.split(' ').enumerate();
    words.map(|(at, word)| if at % 4 == 3 { "zorblat" } else { word }).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_lesson_is_learned() {
    for (title, posts) in sets() {
        let (mut copies, mut turned, mut same) = (0, 0, 0);
        for post in posts.iter().filter(|post| post.text.split(' ').count() >= 8) {
            let copy = Post { text: near_copy(&post.text), id: String::new(), ..*post };
            let truth = post.intent.stance();
            if truth.is_none() || plain(&copy).stance == truth || plain(post).stance == truth {
                continue;
            }
            let lessons = learn(&[(post, post.intent)]);
            copies += 1;
            turned += usize::from(taught(&copy, &lessons).stance == truth);
            same += usize::from(taught(post, &lessons).stance == truth);
        }
        println!(
            "{title}: of {copies} wrong verdicts, one lesson turns {same} on the same words, {turned} on a near copy"
        );
        assert!(turned * 2 >= copies, "{title}: {turned} of {copies}");
    }
}

/// What the user says of posts in general helps, if only a little: half of dev's wrong verdicts corrected, the other half looked at.
#[test]
fn honest_corrections_do_no_harm() {
    let Some(posts) = dev() else { return };
    let wrong: Vec<(&Post, Intent)> = posts
        .iter()
        .filter(|post| part(post) != 0 && post.intent.stance().is_some() && plain(post).stance != post.intent.stance())
        .map(|post| (post, post.intent))
        .take(100)
        .collect();
    let Damage { sure, flipped, worse, all, .. } = damage(&posts, &learn(&wrong));
    println!(
        "{} honest corrections: of {sure} sure {flipped} turned; {worse} of {all} stances more wrong",
        wrong.len()
    );
    assert!(worse <= 2, "{worse} more wrong");
}

fn bits(post: &Post, lessons: &Lessons) -> Vec<u32> {
    let (found, reasons) = Judge::builtin().reasoned_with(&post.input(), lessons);
    let evidence = reasons.decided.iter().chain(&reasons.against);
    let numbers = [found.confidence, found.ad_probability, found.p_conversation].into_iter().chain(found.intents);
    let flags = [found.intent as u32, u32::from(found.is_sure), u32::from(found.ad)];
    numbers
        .map(f32::to_bits)
        .chain(flags)
        .chain(evidence.flat_map(|phrase| [phrase.start, phrase.end, phrase.weight.to_bits()]))
        .collect()
}

#[test]
fn without_lessons_nothing_moves_by_a_bit() {
    for post in written().iter().step_by(9) {
        let before = bits(post, &Lessons::default());
        assert_eq!(before, bits(post, &Lessons::of(&[])), "{}", post.text);
        // Emptied and foreign lessons, and posts said to be nothing to judge, teach nothing.
        let rows = [(Intent::Reply, ""), (Intent::Reply, "zz"), (Intent::Other, "00ff00")];
        assert_eq!(before, bits(post, &Lessons::of(&rows)), "{}", post.text);
    }
}

#[test]
fn lessons_are_short_and_equal_for_equal_words() {
    let text = "Our harbour books festival opens on Friday with thirty authors and fresh waffles for everybody who comes early \
                and stays until the evening lights go on above the water";
    let long = lesson(text);
    assert!(is_lesson(&long) && long.len() == 6 * FEATURES, "{long}");
    assert_eq!(lesson(&text.to_uppercase()), long);
    assert_eq!(lesson("@someone https://ex.am/1 !!"), "");
    for wrong in ["0", "00000", "00000g", "00000A", &"0".repeat(6 * FEATURES + 6)] {
        assert!(!is_lesson(wrong), "{wrong}");
    }
}

#[test]
fn an_old_lesson_counts_less_and_then_not_at_all() {
    let shift = |newer: usize| {
        let post = lesson("our harbour waffle festival opens early with fresh authors");
        let other = lesson("zorblat quibble");
        let mut rows = vec![(Intent::Reply, post.as_str())];
        rows.extend((0..newer).map(|_| (Intent::Reply, other.as_str())));
        Lessons::of(&rows).shift(&Tokens::of("our harbour waffle festival opens early with fresh authors")).stance
    };
    let all = [0, 20, 64, LESSONS - 1].map(shift);
    assert!(all.is_sorted_by(|newer, older| newer > older) && all[3] > 0.0, "{all:?}");
    assert!((all[2] * 2.0 - all[0]).abs() < 0.01, "{all:?}");
    assert_eq!(shift(LESSONS), 0.0);
}

fn intents() -> impl Strategy<Value = Intent> {
    prop::sample::select(kibitz::intent::ALL.iter().map(|row| row.intent).collect::<Vec<_>>())
}

fn texts() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "a",
        "the",
        "new",
        "thank",
        "you",
        "harbour",
        "waffle",
        "今",
        "日",
        "é👍🏽",
        "#tag",
        "!",
        "@you",
        "abcd",
        "bcde",
    ];
    prop::collection::vec(prop::sample::select(WORDS), 0..40).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_bounds_hold_and_the_parts_add_up(taught in prop::collection::vec((intents(), texts()), 0..24), text in texts()) {
        let rows: Vec<(Intent, String)> = taught.iter().map(|(intent, text)| (*intent, lesson(text))).collect();
        let rows: Vec<(Intent, &str)> = rows.iter().map(|(intent, lesson)| (*intent, lesson.as_str())).collect();
        let tokens = Tokens::of(&text);
        let shift = Lessons::of(&rows).shift(&tokens);
        prop_assert!(shift.stance.abs() <= MOST);
        prop_assert!(shift.intents.iter().all(|part| (0.0..=MOST).contains(part)));
        prop_assert_eq!(shift.intents[COUNT - 1], 0.0);
        prop_assert!(shift.parts.iter().all(|part| part.2.abs() <= MOST_OF_FEATURE + 1e-5));
        let mut parts = vec![0.0; tokens.list.len()];
        shift.add_to(&mut parts, 1.0);
        let sum: f32 = parts.iter().sum();
        prop_assert!((sum - shift.stance).abs() < 1e-4, "{} of {}", sum, shift.stance);
        let input = Input { text: &text, room: Room::X, is_reply: None, lang: None };
        let judge = Judge::builtin();
        let (before, after) = (judge.verdict(&input), judge.verdict_with(&input, &Lessons::of(&rows)));
        prop_assert!(before.ad || !after.ad);
        prop_assert_eq!(before.ad_probability.to_bits(), after.ad_probability.to_bits());
        prop_assert_eq!(after.stance, after.intent.stance());
    }
}
