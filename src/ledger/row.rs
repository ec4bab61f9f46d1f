//! Owns the row of one post and how two sightings of it become one; never stores a row.

use super::Tally;
use crate::intent::{COUNT, Intent, Stance};
use crate::post::{AdSource, Engagement, PostTime, Room, Surface, TimeSource};
use crate::sorted::Set;

/// What the judge said of a post, and on what grounds.
///
/// Probabilities are kept in ten-thousandths: more than the calibration can say, and equal on every machine. The derived order
/// is that of the grounds, the better one the greater: a later model, then a longer reading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Judged {
    /// Version of the model; a later one's word wins.
    pub model: u32,
    /// Length of the text judged, in Unicode scalar values; the longer reading wins ("see more").
    pub chars: u32,
    /// Near-duplicate fingerprint of the text: see [`super::simhash`].
    pub simhash: u64,
    /// The intent; its stance follows.
    pub intent: Intent,
    /// Whether the confidence reached the threshold at which a verdict is shown as sure.
    pub is_sure: bool,
    /// Calibrated probability of the stance, 5,000..=10,000 ten-thousandths.
    pub confidence: u16,
    /// Calibrated probability of conversation, 0..=10,000 ten-thousandths.
    pub p_conversation: u16,
    /// Probability of each intent in ten-thousandths, in the order of [`crate::intent::ALL`].
    pub intents: [u16; COUNT],
    /// Pure advertising by the words.
    pub ad: bool,
    /// Room fit, −2..=2.
    pub room_fit: i8,
}

/// A probability in ten-thousandths; what is no probability counts as 0.
pub fn ten_thousandths(share: f32) -> u16 {
    // A cast of a float saturates and takes NaN for 0.
    (share.clamp(0.0, 1.0) * 10_000.0 + 0.5) as u16
}

/// One post as the ledger keeps it: never its text, unless the user keeps excerpts.
///
/// Persons addressed and askers appear as salted hashes only; the salt stays on the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The network.
    pub room: Room,
    /// The platform's id; of a post that shows none, its author and fingerprint.
    pub id: String,
    /// The brand: see [`crate::brand::author_id`].
    pub brand: String,
    /// Display name as last seen, and when (ms since 1970).
    pub name: (i64, String),
    /// When the post was first seen (ms since 1970), and where.
    pub first_seen: (i64, Surface),
    /// When it was written, and how exactly that is known.
    pub posted: Option<PostTime>,
    /// Language the page states.
    pub lang: Option<String>,
    /// What the judge says.
    pub judged: Judged,
    /// The sign by which it was recognised as paid or disclosed.
    pub ad: Option<AdSource>,
    /// Written in answer to another post.
    pub is_reply: bool,
    /// The post it answers, where the page shows it.
    pub parent: Option<String>,
    /// Salted hashes of the people it addresses or answers.
    pub addressed: Set<u64>,
    /// Other accounts named in the text, each once; at most as many as are addressed.
    pub mentions: u32,
    /// Addresses linked to.
    pub links: u32,
    /// Hashtags in the text.
    pub hashtags: u32,
    /// Pictures and videos, where known.
    pub media: Option<u32>,
    /// Reactions: the highest number seen of each.
    pub engagement: Engagement,
    /// The user's correction and when it was made; `None` inside takes an earlier one back.
    pub corrected: Option<(i64, Option<Intent>)>,
    /// The text's first characters, when the user keeps excerpts; the longest one seen.
    pub excerpt: Option<String>,
}

/// What a row counts as, after paid sign and correction; the same as the badge on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// The intent that counts: the user's, else the judge's.
    pub intent: Intent,
    /// Its part of the brand's tally; a paid post is a broadcast whatever its words.
    pub tally: Tally,
    /// Sure: by the judge's threshold, or by the user's word.
    pub is_sure: bool,
    /// Paid, or pure advertising for sure.
    pub is_advert: bool,
}

impl Counts {
    /// Which of the popup's four numbers it adds to: conversation, broadcast, advert, unsure; none for [`Intent::Other`].
    pub fn kind(self) -> Option<usize> {
        if self.is_advert {
            return Some(2);
        }
        let stance = self.intent.stance()?;
        Some(match stance {
            _ if !self.is_sure => 3,
            Stance::Conversation => 0,
            Stance::Broadcast => 1,
        })
    }
}

impl Row {
    /// What the row counts as.
    pub fn counts(&self) -> Counts {
        let corrected = self.corrected.and_then(|(_, intent)| intent);
        let intent = corrected.unwrap_or(self.judged.intent);
        let stance = intent.stance();
        let is_sure = corrected.is_some() || self.judged.is_sure;
        let is_freed = corrected.is_some() && stance == Some(Stance::Conversation);
        let is_paid = self.ad.is_some_and(AdSource::is_platform_paid) && !is_freed;
        let tally = if is_paid { Tally::of_stance(Stance::Broadcast) } else { Tally::of(intent) };
        let is_advert = is_paid || (is_sure && stance == Some(Stance::Broadcast) && self.judged.ad);
        Counts { intent, tally, is_sure, is_advert }
    }

    /// When the post was last seen, ms since 1970.
    pub const fn last_seen(&self) -> i64 {
        self.name.0
    }

    /// What two sightings of one post come to. Commutative, associative and idempotent, so that nothing is lost or counted
    /// twice whatever order batches arrive in, or how often. Rows of different posts stay apart: `self` is returned.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        if (self.room, &self.id) != (other.room, &other.id) {
            return self;
        }
        self.addressed.extend(other.addressed);
        Self {
            room: self.room,
            brand: (&self.name, self.brand).max((&other.name, other.brand)).1,
            name: self.name.max(other.name),
            id: self.id,
            first_seen: self.first_seen.min(other.first_seen),
            posted: [self.posted, other.posted]
                .into_iter()
                .flatten()
                .min_by_key(|time| (exactness(time.source), time.unix_ms)),
            lang: self.lang.max(other.lang),
            judged: self.judged.max(other.judged),
            ad: [self.ad, other.ad].into_iter().flatten().min_by_key(|source| *source as u8),
            is_reply: self.is_reply || other.is_reply,
            parent: self.parent.max(other.parent),
            addressed: self.addressed,
            mentions: self.mentions.max(other.mentions),
            links: self.links.max(other.links),
            hashtags: self.hashtags.max(other.hashtags),
            media: self.media.max(other.media),
            engagement: Engagement {
                replies: self.engagement.replies.max(other.engagement.replies),
                reposts: self.engagement.reposts.max(other.engagement.reposts),
                likes: self.engagement.likes.max(other.engagement.likes),
            },
            corrected: self.corrected.max(other.corrected),
            excerpt: longer(self.excerpt, other.excerpt),
        }
    }
}

/// Merges rows that may speak of the same posts; the result is ordered by room and id.
pub fn merge(rows: impl IntoIterator<Item = Row>) -> Vec<Row> {
    let mut merged: std::collections::BTreeMap<(Room, String), Row> = std::collections::BTreeMap::new();
    for row in rows {
        let key = (row.room, row.id.clone());
        let row = match merged.remove(&key) {
            Some(known) => known.merge(row),
            None => row,
        };
        merged.insert(key, row);
    }
    merged.into_values().collect()
}

fn longer(a: Option<String>, b: Option<String>) -> Option<String> {
    let rank = |text: &Option<String>| text.as_ref().map(|text| (text.len(), text.clone()));
    if rank(&a) < rank(&b) { b } else { a }
}

const fn exactness(source: TimeSource) -> u8 {
    match source {
        TimeSource::Stated => 0,
        TimeSource::Id => 1,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use proptest::strategy::ValueTree as _;

    use super::*;

    fn any_intent() -> impl Strategy<Value = Intent> {
        prop::sample::select(crate::intent::ALL.iter().map(|row| row.intent).collect::<Vec<_>>())
    }

    fn any_judged() -> impl Strategy<Value = Judged> {
        (0..3u32, 0..3u32, 0..3u64, any_intent(), any::<bool>(), -2..=2i8, 0..3u16).prop_map(
            |(model, chars, simhash, intent, ad, room_fit, confidence)| Judged {
                model,
                chars,
                simhash,
                intent,
                is_sure: ad,
                confidence,
                p_conversation: 5_000,
                intents: [0; COUNT],
                ad,
                room_fit,
            },
        )
    }

    fn any_seen() -> impl Strategy<Value = (i64, Surface, i64, String, String)> {
        let surface = prop::sample::select(vec![Surface::Home, Surface::Profile, Surface::Thread]);
        (0..3i64, surface, 0..3i64, "[ab]", "[ab]")
    }

    prop_compose! {
        fn any_row()(
            (first, surface, last, name, brand) in any_seen(),
            posted in prop::option::of((0..3i64, prop::sample::select(vec![TimeSource::Stated, TimeSource::Id]))),
            lang in prop::option::of("[ab]"),
            judged in any_judged(),
            ad in prop::option::of(prop::sample::select(vec![AdSource::Structure, AdSource::Label, AdSource::Disclosed])),
            is_reply in any::<bool>(),
            parent in prop::option::of("[ab]"),
            addressed in prop::collection::vec(0..4u64, 0..3),
            counts in (0..3u32, 0..3u32, 0..3u32, prop::option::of(0..3u32)),
            engagement in (prop::option::of(0..3u64), prop::option::of(0..3u64), prop::option::of(0..3u64)),
            corrected in prop::option::of((0..3i64, prop::option::of(any_intent()))),
            excerpt in prop::option::of("[ab]{1,2}"),
        ) -> Row {
            Row {
                room: Room::X,
                id: "1".to_owned(),
                brand,
                name: (last, name),
                first_seen: (first, surface),
                posted: posted.map(|(unix_ms, source)| PostTime { unix_ms, source }),
                lang,
                judged,
                ad,
                is_reply,
                parent,
                addressed: addressed.into_iter().collect(),
                mentions: counts.0,
                links: counts.1,
                hashtags: counts.2,
                media: counts.3,
                engagement: Engagement { replies: engagement.0, reposts: engagement.1, likes: engagement.2 },
                corrected,
                excerpt,
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn merging_is_a_semilattice(a in any_row(), b in any_row(), c in any_row()) {
            prop_assert_eq!(a.clone().merge(a.clone()), a.clone());
            prop_assert_eq!(a.clone().merge(b.clone()), b.clone().merge(a.clone()));
            prop_assert_eq!(a.clone().merge(b.clone()).merge(c.clone()), a.merge(b.merge(c)));
        }

        #[test]
        fn batches_may_arrive_in_any_order_and_twice(rows in prop::collection::vec((any_row(), 0..3u8), 0..8)) {
            let rows: Vec<Row> = rows.into_iter().map(|(row, id)| Row { id: id.to_string(), ..row }).collect();
            let once = merge(rows.clone());
            let again = merge(rows.iter().rev().cloned().chain(once.clone()));
            prop_assert_eq!(&once, &again);
            prop_assert!(once.is_sorted_by_key(|row| row.id.clone()));
        }
    }

    #[test]
    fn a_correction_counts_until_it_is_taken_back() {
        let mut row =
            any_row().new_tree(&mut proptest::test_runner::TestRunner::deterministic()).expect("a row").current();
        row.judged.intent = Intent::Product;
        row.corrected = Some((1, Some(Intent::Care)));
        assert_eq!(row.counts().intent, Intent::Care);
        let taken_back = Row { corrected: Some((2, None)), ..row.clone() };
        assert_eq!(taken_back.merge(row).counts().intent, Intent::Product);
    }
}
