//! Owns what the user's corrections teach: a bounded shift of later verdicts; never changes the model, never a corrected post.
//!
//! A correction keeps a *lesson* beside the user's intent: the keys of some of the post's words and pairs of words, hashed.
//! All that is learned is computed from the lessons in force, so taking a correction back, forgetting all, and carrying them to
//! another machine are exact by construction. Sums are whole numbers: no order and no platform changes a bit.
//!
//! The bounds, each tested in `tests/judge_personal.rs`:
//! one feature moves the log-odds of a post by at most [`MOST_OF_FEATURE`], all together by at most [`MOST`], so a verdict whose
//! own log-odds lie beyond [`MOST`] keeps its stance whatever is taught; at most [`LESSONS`] lessons count, the newest, an old
//! one less than a new one; and nothing learned ever makes a post one that may be folded as advertising.

use crate::intent::{COUNT, Intent};
use crate::sorted::Set;
use crate::text::hash::{finish, join, name};
use crate::text::tokens::{Kind, Tokens};

/// Log-odds in the whole numbers of this module.
const UNIT: i32 = 1 << 14;
/// Most that all lessons together move the log-odds of conversation, and those of an intent: 0.5 becomes 0.88.
/// With 1.5 one lesson turns 120 of the model's 170 wrong verdicts on dev, with 2 it turns 144; neither lets a hundred
/// adversarial lessons turn one sure verdict in 769.
pub const MOST: f32 = 2.0;
/// Most that one word or pair of words moves them: with 0.4 the hundred turn 2 in 237 sure verdicts of dev, with 0.25 none.
pub const MOST_OF_FEATURE: f32 = 0.25;
/// What one new lesson moves on a post of the same words; with 3 a hundred of the user's honest lessons helped less.
const LESSON: i32 = 2 * UNIT;
/// A lesson of fewer features is as weak in each as one of this many: one word of thanks must not judge all thanks.
const LEAST_FEATURES: usize = 8;
/// Features kept of a post.
pub const FEATURES: usize = 24;
/// Lessons that count: the newest.
pub const LESSONS: usize = 128;
/// Lessons after which one counts half.
const HALF_AFTER: usize = 64;
/// A post of more features is moved less, in proportion: the longer a text, the more of it agrees by chance.
const LONG: usize = 64;
/// Letters from which a word is a feature by itself; shorter ones are mostly grammar.
const LEAST_LETTERS: usize = 4;
/// Hexadecimal digits of a feature's key.
const DIGITS: usize = 6;
/// [`MOST_OF_FEATURE`] in whole numbers.
const MOST_OF_KEY: i32 = (MOST_OF_FEATURE * UNIT as f32) as i32;
const KEY: u32 = (1 << (4 * DIGITS)) - 1;

/// What a text teaches when it is corrected: [`DIGITS`] hexadecimal digits a feature; empty for a text without words.
///
/// Of more than [`FEATURES`] those with the least hash are kept, so that like texts keep like features (Broder's bottom-k
/// sketch).
pub fn lesson(text: &str) -> String {
    let mut keys: Set<u32> = Set::new();
    features(&Tokens::of(text), &mut |key, _, _| {
        keys.insert(key);
    });
    let mut text = String::new();
    for key in keys.iter().take(FEATURES) {
        for digit in (0..DIGITS).rev() {
            text.push(char::from(b"0123456789abcdef"[(key >> (4 * digit) & 15) as usize]));
        }
    }
    text
}

/// Whether this is a lesson as [`lesson`] writes one.
pub fn is_lesson(text: &str) -> bool {
    text.len().is_multiple_of(DIGITS)
        && text.len() <= FEATURES * DIGITS
        && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Everything learned, ready to be looked up; [`Lessons::default`] has learned nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lessons {
    /// Open addressing by key; a power of two, at least twice what is used.
    slots: Vec<Slot>,
}

/// A feature's part for one intent; `intent` is [`COUNT`] where the slot is free.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Slot {
    key: u32,
    intent: u8,
    weight: i32,
}

const FREE: Slot = Slot { key: 0, intent: COUNT as u8, weight: 0 };

impl Lessons {
    /// Learns from intents and lessons, oldest first; what is no lesson teaches nothing. Linear in their number.
    pub fn of(taught: &[(Intent, &str)]) -> Self {
        let newest = taught.get(taught.len().saturating_sub(LESSONS)..).unwrap_or(taught);
        let mut lessons = Self::default();
        if newest.iter().any(|(_, lesson)| !lesson.is_empty()) {
            lessons.slots = vec![FREE; (2 * newest.len() * FEATURES).next_power_of_two()];
        }
        for (age, (intent, lesson)) in newest.iter().rev().enumerate() {
            if intent.stance().is_none() || !is_lesson(lesson) {
                continue;
            }
            let weight = LESSON * HALF_AFTER as i32 / (HALF_AFTER + age) as i32;
            let weight = weight / (lesson.len() / DIGITS).max(LEAST_FEATURES) as i32;
            for digits in lesson.as_bytes().chunks_exact(DIGITS) {
                let key = digits.iter().fold(0, |key, digit| key << 4 | char::from(*digit).to_digit(16).unwrap_or(0));
                lessons.add(key, *intent as u8, weight);
            }
        }
        lessons
    }

    fn add(&mut self, key: u32, intent: u8, weight: i32) {
        let mask = self.slots.len() - 1;
        let mut at = key as usize;
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if slot.intent == FREE.intent || (slot.key, slot.intent) == (key, intent) {
                *slot = Slot { key, intent, weight: slot.weight + weight };
                return;
            }
            at += 1;
        }
    }

    /// Whether nothing was learned.
    pub const fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// What was learned of this text.
    pub fn shift(&self, tokens: &Tokens) -> Shift {
        let mut shift = Shift::default();
        if self.is_empty() {
            return shift;
        }
        let mask = self.slots.len() - 1;
        let (mut count, mut stance, mut intents) = (0, 0, [0_i32; COUNT]);
        let mut seen: Vec<u32> = Vec::new();
        let mut parts: Vec<(u32, u32, i32)> = Vec::new();
        features(tokens, &mut |key, first, last| {
            count += 1;
            if seen.contains(&key) {
                return;
            }
            let (mut part, mut at) = (0, key as usize);
            while let Some(slot) = self.slots.get(at & mask).filter(|slot| slot.intent != FREE.intent) {
                at += 1;
                if slot.key != key {
                    continue;
                }
                if let Some(sum) = intents.get_mut(usize::from(slot.intent)) {
                    *sum += slot.weight.min(MOST_OF_KEY);
                }
                let is_conversation = usize::from(slot.intent) < Intent::Product as usize;
                part += if is_conversation { slot.weight } else { -slot.weight };
            }
            if part != 0 {
                seen.push(key);
                let part = part.clamp(-MOST_OF_KEY, MOST_OF_KEY);
                stance += part;
                parts.push((first, last, part));
            }
        });
        let long = LONG as f32 / count.max(LONG) as f32;
        let scaled = |sum: i32| sum as f32 / UNIT as f32 * long;
        shift.stance = scaled(stance).clamp(-MOST, MOST);
        for (intent, sum) in shift.intents.iter_mut().zip(intents) {
            *intent = scaled(sum).min(MOST);
        }
        // What the bound takes is taken from each part alike, so that they still add up.
        let share = if stance == 0 { 0.0 } else { shift.stance / stance as f32 };
        shift.parts = parts.into_iter().map(|(first, last, part)| (first, last, part as f32 * share)).collect();
        shift
    }
}

/// What was learned of one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shift {
    /// Added to the calibrated log-odds of conversation; within ±[`MOST`].
    pub stance: f32,
    /// Added to the logit of each intent, in the order of [`crate::intent::ALL`]; 0..=[`MOST`].
    pub intents: [f32; COUNT],
    /// First and last token of a feature and its part of `stance`; they sum to it within rounding, unless it is 0.
    pub parts: Vec<(u32, u32, f32)>,
}

impl Shift {
    /// Adds each token's part of the stance, times `side`.
    pub fn add_to(&self, tokens: &mut [f32], side: f32) {
        for (first, last, part) in &self.parts {
            let span = *first as usize..=*last as usize;
            let share = side * part / span.clone().count() as f32;
            if let Some(span) = tokens.get_mut(span) {
                span.iter_mut().for_each(|token| *token += share);
            }
        }
    }
}

/// Gives the key of each longer word and of each pair of neighbours, with the tokens it rests on.
fn features(tokens: &Tokens, sink: &mut impl FnMut(u32, u32, u32)) {
    let key = |hash: u32| finish(join(join(name("lesson"), crate::text::VERSION), hash)) & KEY;
    let mut before: Option<(u32, u32)> = None;
    for (at, token) in (0..).zip(&tokens.list) {
        match token.kind {
            Kind::Link | Kind::Email | Kind::Mention | Kind::Mark | Kind::Hashtag => continue,
            Kind::Break => before = None,
            Kind::Word
            | Kind::Ideograph
            | Kind::Number
            | Kind::Price
            | Kind::Percent
            | Kind::Time
            | Kind::Year
            | Kind::Emoji => {
                if token.kind == Kind::Word && tokens.word(token).len() >= LEAST_LETTERS {
                    sink(key(token.hash), at, at);
                }
                if let Some((first, hash)) = before {
                    sink(key(join(hash, token.hash)), first, at);
                }
                before = Some((at, token.hash));
            }
        }
    }
}
