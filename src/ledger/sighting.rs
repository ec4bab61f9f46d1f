//! Owns the way from a post that was read and judged to its row; never reads a page, never asks a judge.

use super::people::{Salt, hashtags, mentions};
use super::room_fit::{Matter, room_fit};
use super::row::ten_thousandths;
use super::{Judged, Row, simhash};
use crate::brand::{author_id, normal_handle};
use crate::classify::Verdict;
use crate::intent::Intent;
use crate::post::{Post, Surface};
use crate::sorted::Set;

/// A post as it was seen once.
#[derive(Clone, Copy, Debug)]
pub struct Sighting<'a> {
    /// What the ledger knows the post by.
    pub id: &'a str,
    /// The post.
    pub post: &'a Post,
    /// What the judge says.
    pub verdict: &'a Verdict,
    /// Version of its model: see [`model_version`].
    pub model: u32,
    /// Where it was seen.
    pub surface: Surface,
    /// When, ms since 1970.
    pub seen: i64,
    /// The user's correction; `None` inside takes an earlier one back.
    pub corrected: Option<Option<Intent>>,
    /// The key under which people are hashed.
    pub salt: Salt,
    /// Whether the user keeps excerpts.
    pub keeps_excerpt: bool,
}

/// Length of an excerpt in Unicode scalar values (product specification).
const EXCERPT_CHARS: usize = 160;

/// Accounts that one post addresses at most; a list of more is no talk.
const MAX_ADDRESSED: usize = 32;

/// The model's version is that of the build in which it ships: `1.2.3` is 1,002,003.
pub const fn model_version() -> u32 {
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    let (mut sum, mut part, mut at) = (0, 0, 0);
    while at < version.len() && (version[at] == b'.' || version[at].is_ascii_digit()) {
        if version[at] == b'.' {
            sum = (sum + part) * 1_000;
            part = 0;
        } else {
            part = part * 10 + (version[at] - b'0') as u32;
        }
        at += 1;
    }
    sum + part
}

impl Row {
    /// The row of one sighting.
    pub fn of(sighting: &Sighting<'_>) -> Self {
        let Sighting { post, verdict, .. } = *sighting;
        let own = normal_handle(&post.author.handle);
        let mut addressed = Set::new();
        let mut note = |name: &str| {
            let handle = normal_handle(name);
            if handle != own && addressed.len() < MAX_ADDRESSED {
                addressed.insert(sighting.salt.hash(&handle));
            }
            addressed.len()
        };
        let mut named = 0;
        mentions(&post.text, &mut |name| named = note(name));
        for name in &post.answers {
            note(name);
        }
        let corrected = sighting.corrected.and_then(|intent| intent);
        let fit = room_fit(&Matter {
            room: post.room,
            intent: corrected.unwrap_or(verdict.intent),
            text: &post.text,
            links: post.links.len(),
            media: post.media,
            is_reply: post.is_reply,
            is_marked_ad: post.ad.is_some(),
        });
        let excerpt = || -> String { post.text.chars().take(EXCERPT_CHARS).collect() };
        Self {
            room: post.room,
            id: sighting.id.to_owned(),
            brand: author_id(&post.author),
            name: (sighting.seen, post.author.name.clone()),
            first_seen: (sighting.seen, sighting.surface),
            posted: post.time,
            lang: post.lang.clone(),
            judged: Judged {
                model: sighting.model,
                chars: count(post.text.chars().count()),
                simhash: simhash(&post.text),
                intent: verdict.intent,
                is_sure: verdict.is_sure,
                confidence: ten_thousandths(verdict.confidence),
                p_conversation: ten_thousandths(verdict.p_conversation),
                intents: verdict.intents.map(ten_thousandths),
                ad: verdict.ad,
                room_fit: fit.points,
            },
            ad: post.ad,
            is_reply: post.is_reply,
            parent: post.parent.clone(),
            addressed,
            mentions: count(named),
            links: count(post.links.len()),
            hashtags: hashtags(&post.text),
            media: post.media,
            engagement: post.counts,
            corrected: sighting.corrected.map(|intent| (sighting.seen, intent)),
            excerpt: (sighting.keeps_excerpt && !post.text.is_empty()).then(excerpt),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
