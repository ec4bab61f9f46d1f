//! Owns the made-up ledger: a dozen invented brands over some months, the same for the same seed; never a real name or text of others.
//!
//! Each brand has a character ([`BRANDS`]): where and how often it posts, what, at which minutes, how it answers, who reacts.
//! Days run over a reader who is there on seven of ten and sees about a third of what is posted, answers less often on the home
//! feed than on profiles. Texts are the project's own written posts, judged by the shipped model, so that verdicts err as they do;
//! since a few thousand texts serve for more posts, a post that is no template gets a fingerprint of its own.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;
use kibitz::classify::{Input, Judge, Verdict};
use kibitz::intent::Intent;
use kibitz::ledger::{DAY_MS, Entry, Question, Row, Salt, Sighting, model_version};
use kibitz::post::{AdSource, Author, AuthorKind, Engagement, Post, PostTime, Room, Surface, TimeSource};

use super::brands::{BRANDS, Character, Clock};
use super::random::Random;
use super::rows::Entries;
use crate::judge::data;

/// The last day: 2026-11-20, the stage's own.
const LAST_DAY: i64 = 20_777;
const MINUTE_MS: i64 = 60_000;
/// The share of days on which the reader is there, and of posts that they then see on the home feed.
const DAYS_THERE: f64 = 0.7;
const SEEN_AT_HOME: f64 = 0.3;
/// Of answers the home feed shows so much less.
const ANSWERS_AT_HOME: f64 = 0.25;
/// How often the reader looks at a brand's own page.
const PROFILE_A_DAY: f64 = 0.06;

struct Texts {
    by_intent: BTreeMap<(Intent, bool), Vec<String>>,
    verdicts: BTreeMap<(Room, String), Verdict>,
}

impl Texts {
    fn load(root: &Path) -> anyhow::Result<Self> {
        let mut by_intent: BTreeMap<(Intent, bool), Vec<String>> = BTreeMap::new();
        for name in ["written-en.jsonl", "written-multi.jsonl"] {
            for post in data::posts(&root.join("model/data").join(name))? {
                let key = (post.intent, post.row.is_reply.unwrap_or_default());
                by_intent.entry(key).or_default().push(post.row.text.clone());
            }
        }
        Ok(Self { by_intent, verdicts: BTreeMap::new() })
    }

    fn pick(&self, intent: Intent, is_reply: bool, random: &mut Random) -> Option<String> {
        let pool = self.by_intent.get(&(intent, is_reply)).or_else(|| self.by_intent.get(&(intent, !is_reply)))?;
        pool.get(random.below(pool.len())).cloned()
    }

    fn verdict(&mut self, room: Room, text: &str, is_reply: bool) -> Verdict {
        let judge = || Judge::builtin().verdict(&Input { text, room, is_reply: Some(is_reply), lang: None });
        *self.verdicts.entry((room, text.to_owned())).or_insert_with(judge)
    }
}

/// What is made up.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Another seed gives another ledger.
    pub seed: u64,
    /// Days, up to and with the last.
    pub days: i64,
    /// Times as many brands, with numbered names: for trying a large ledger.
    pub times: usize,
}

/// Makes it up.
///
/// # Errors
/// When the written posts cannot be read.
pub fn make(root: &Path, wish: Wish, salt: Salt, out: &mut Entries) -> anyhow::Result<()> {
    let mut texts = Texts::load(root)?;
    let mut random = Random::new(wish.seed);
    let there: Vec<bool> = (0..wish.days).map(|_| random.happens(DAYS_THERE)).collect();
    for copy in 0..wish.times.max(1) {
        for character in &BRANDS {
            let mut random = Random::new(random.next());
            brand(character, copy, wish.days, &there, salt, &mut texts, &mut random, out).context(character.name)?;
        }
    }
    Ok(())
}

#[allow(clippy::too_many_arguments)] // one call, above
fn brand(
    character: &Character,
    copy: usize,
    days: i64,
    there: &[bool],
    salt: Salt,
    texts: &mut Texts,
    random: &mut Random,
    out: &mut Entries,
) -> anyhow::Result<()> {
    let templates: Vec<(String, u64)> = (0..3)
        .filter_map(|_| Some((texts.pick(random.weighted(character.mix).copied()?, false, random)?, random.next())))
        .collect();
    let mut robot = 0;
    for (at, is_there) in there.iter().enumerate() {
        let begin = (LAST_DAY - days + 1 + i64::try_from(at)?) * DAY_MS;
        let sees_profile = *is_there && random.happens(PROFILE_A_DAY);
        let count = posts_today(character, random);
        for _ in 0..count {
            let minute = minute(character.clock, &mut robot, random);
            let is_reply = random.happens(character.replies);
            let intent = if is_reply {
                if random.happens(0.6) { Intent::Care } else { Intent::Reply }
            } else {
                *random.weighted(character.mix).context("a mix")?
            };
            let template =
                random.happens(character.templates).then(|| templates.get(random.below(templates.len()))).flatten();
            let (text, print) = match template {
                Some((text, print)) => (text.clone(), *print ^ 1 << random.below(64)),
                None => (texts.pick(intent, is_reply, random).context("a text")?, random.next()),
            };
            let first = random.below(character.accounts.len());
            let is_crossed = !is_reply && random.happens(character.crossed);
            let accounts = character.accounts.iter().cycle().skip(first).take(if is_crossed {
                character.accounts.len()
            } else {
                1
            });
            for (room, handle) in accounts {
                let written = begin + (minute + i64::from(is_crossed && random.happens(0.5)) * 3) * MINUTE_MS + 1_000;
                let home = if is_reply { SEEN_AT_HOME * ANSWERS_AT_HOME } else { SEEN_AT_HOME };
                let surface = if *is_there && random.happens(home) {
                    Surface::Home
                } else if sees_profile {
                    if is_reply { Surface::Replies } else { Surface::Profile }
                } else {
                    continue;
                };
                let is_paid = surface == Surface::Home && random.happens(character.paid);
                let print = print ^ if is_crossed { 3 << random.below(60) } else { 0 };
                let post = post(character, copy, (*room, handle), &text, written, is_reply, is_paid, random);
                let verdict = texts.verdict(*room, &text, is_reply);
                let id = format!("{}{:04}", written, random.below(10_000));
                let seen = written + i64::try_from(random.below(600))? * MINUTE_MS;
                let mut row = Row::of(&Sighting {
                    id: &id,
                    post: &post,
                    verdict: &verdict,
                    model: model_version(),
                    surface,
                    seen,
                    corrected: None,
                    salt,
                    keeps_excerpt: false,
                });
                row.judged.simhash = print;
                out.push(Entry::Row(Box::new(row)));
            }
        }
        if *is_there {
            questions(character, copy, begin, salt, random, out)?;
        }
    }
    Ok(())
}

fn posts_today(character: &Character, random: &mut Random) -> i64 {
    if let Clock::Robot(gap) = character.clock {
        return 1_440 / gap;
    }
    (character.cadence + random.normal() * character.cadence.sqrt()).round().max(0.0) as i64
}

fn minute(clock: Clock, robot: &mut i64, random: &mut Random) -> i64 {
    let hour = (13.0 + random.normal() * 3.5).clamp(5.0, 23.0) as i64 * 60;
    match clock {
        Clock::Scheduler(share) if random.happens(share) => {
            hour + 15 * i64::try_from(random.below(4)).unwrap_or_default()
        }
        Clock::Person | Clock::Scheduler(_) => hour + i64::try_from(random.below(60)).unwrap_or_default(),
        Clock::Robot(gap) => {
            *robot = (*robot + gap) % 1_440;
            *robot
        }
    }
}

fn brand_handle(handle: &str, copy: usize) -> String {
    if copy == 0 { handle.to_owned() } else { format!("{handle}{copy}") }
}

#[allow(clippy::too_many_arguments)] // one call, above
fn post(
    character: &Character,
    copy: usize,
    (room, handle): (Room, &str),
    text: &str,
    written: i64,
    is_reply: bool,
    is_paid: bool,
    random: &mut Random,
) -> Post {
    let name = if copy == 0 { character.name.to_owned() } else { format!("{} {copy}", character.name) };
    let scale = (random.normal() * 0.9).exp2();
    let likes = character.likes * scale * if is_reply { 0.05 } else { 1.0 };
    let talk = if text.contains('?') { 0.12 } else { 0.03 };
    // Some people come again and again.
    let reach = random.below(character.circle) + 1;
    let partner = format!("person{}", random.below(reach));
    Post {
        room,
        id: None,
        permalink: None,
        author: Author { name, handle: brand_handle(handle, copy), kind: AuthorKind::Organisation, bio: None },
        time: Some(PostTime { unix_ms: written, source: TimeSource::Stated }),
        text: text.to_owned(),
        lang: None,
        truncated: false,
        ad: is_paid.then_some(AdSource::Structure),
        is_repost: false,
        is_reply,
        has_quote: false,
        counts: Engagement {
            likes: Some(likes as u64),
            reposts: Some((likes * 0.1) as u64),
            replies: Some((likes * talk) as u64),
        },
        media: Some(u32::from(random.happens(0.4))),
        is_focal: false,
        links: Vec::new(),
        parent: None,
        answers: if is_reply { vec![partner] } else { Vec::new() },
    }
}

fn questions(
    character: &Character,
    copy: usize,
    begin: i64,
    salt: Salt,
    random: &mut Random,
    out: &mut Entries,
) -> anyhow::Result<()> {
    let (a_day, answered, minutes) = character.questions;
    let count = (a_day * 0.5 + random.normal() * (a_day * 0.5).sqrt()).round().max(0.0) as usize;
    for _ in 0..count {
        let (room, handle) = character.accounts[0];
        let asked = begin + i64::try_from(random.below(1_440))? * MINUTE_MS;
        let took = (minutes * (random.normal() * 1.2).exp2()) as i64 * MINUTE_MS;
        out.push(Entry::Question(Question {
            room,
            id: format!("{asked}{:04}", random.below(10_000)),
            brand: brand_handle(handle, copy),
            asker: salt.hash(&format!("asker{}", random.below(5_000))),
            asked,
            answered: random.happens(answered).then_some(asked + took),
            seen: asked + DAY_MS,
        }));
    }
    Ok(())
}
