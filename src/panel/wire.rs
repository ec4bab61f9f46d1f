//! Owns the shapes of entries in export files and on the pages: plain objects in `camelCase`, unknown fields refused; never an inner type.

use serde::{Deserialize, Serialize};

use crate::intent::{ALL, COUNT, Intent, Stance};
use crate::ledger::{self, Entry, Row};
use crate::post::{AdSource, Engagement, PostTime, Room, Surface, TimeSource};

/// A brand's post, as files and pages show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Post {
    /// [`Row::room`]
    pub room: String,
    /// [`Row::id`]
    pub id: String,
    /// [`Row::brand`]
    pub brand: String,
    /// [`Row::name`]
    pub name: String,
    /// When it was last seen, ms since 1970.
    pub last_seen: i64,
    /// [`Row::first_seen`], ms since 1970.
    pub first_seen: i64,
    /// Where it was first seen.
    pub surface: String,
    /// [`Row::posted`], ms since 1970.
    pub posted: Option<i64>,
    /// How exactly that is known: `stated` or `id`.
    pub posted_by: Option<String>,
    /// [`Row::lang`]
    pub lang: Option<String>,
    /// What it counts as, after paid sign and correction: `conversation`, `broadcast`, or nothing. Follows from the rest, and is
    /// not read back.
    #[serde(default)]
    pub stance: Option<String>,
    /// The intent that counts. Follows from the rest, and is not read back.
    #[serde(default)]
    pub counted_intent: Option<String>,
    /// [`ledger::Judged::intent`]
    pub intent: String,
    /// [`ledger::Judged::is_sure`]
    pub is_sure: bool,
    /// [`ledger::Judged::confidence`], 0.0..=1.0.
    pub confidence: f64,
    /// [`ledger::Judged::p_conversation`], 0.0..=1.0.
    pub p_conversation: f64,
    /// [`ledger::Judged::intents`], 0.0..=1.0, in the order of the taxonomy.
    pub intents: [f64; COUNT],
    /// [`ledger::Judged::ad`]
    pub ad: bool,
    /// [`Row::ad`]
    pub ad_source: Option<String>,
    /// [`Row::is_reply`]
    pub is_reply: bool,
    /// [`Row::parent`]
    pub parent: Option<String>,
    /// [`Row::addressed`], hexadecimal.
    pub addressed: Vec<String>,
    /// [`Row::mentions`]
    pub mentions: u32,
    /// [`Row::links`]
    pub links: u32,
    /// [`Row::hashtags`]
    pub hashtags: u32,
    /// [`Row::media`]
    pub media: Option<u32>,
    /// [`Engagement::replies`]
    pub replies: Option<u64>,
    /// [`Engagement::reposts`]
    pub reposts: Option<u64>,
    /// [`Engagement::likes`]
    pub likes: Option<u64>,
    /// [`ledger::Judged::room_fit`]
    pub room_fit: i8,
    /// When the user corrected it, ms since 1970.
    pub corrected: Option<i64>,
    /// To what; nothing when a correction was taken back.
    pub corrected_to: Option<String>,
    /// [`ledger::Judged::model`]
    pub model: u32,
    /// [`ledger::Judged::simhash`], hexadecimal.
    pub simhash: String,
    /// [`ledger::Judged::chars`]
    pub chars: u32,
    /// [`Row::excerpt`]
    pub excerpt: Option<String>,
}

/// A person's question to a brand, as files and pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Question {
    /// [`ledger::Question::room`]
    pub room: String,
    /// [`ledger::Question::id`]
    pub id: String,
    /// [`ledger::Question::brand`]
    pub brand: String,
    /// [`ledger::Question::asker`], hexadecimal.
    pub asker: String,
    /// [`ledger::Question::asked`]
    pub asked: i64,
    /// [`ledger::Question::answered`]
    pub answered: Option<i64>,
    /// [`ledger::Question::seen`]
    pub seen: i64,
}

fn share(ten_thousandths: u16) -> f64 {
    f64::from(ten_thousandths) / 10_000.0
}

fn ten_thousandths(share: f64) -> Result<u16, String> {
    if (0.0..=1.0).contains(&share) {
        Ok((share * 10_000.0).round() as u16)
    } else {
        Err(format!("{share} is no share"))
    }
}

fn known<T>(what: &str, id: &str, found: Option<T>) -> Result<T, String> {
    found.ok_or_else(|| format!("no {what} `{id}`"))
}

fn maybe<T>(what: &str, id: Option<&str>, find: impl Fn(&str) -> Option<T>) -> Result<Option<T>, String> {
    id.map(|id| known(what, id, find(id))).transpose()
}

fn hash(text: &str) -> Result<u64, String> {
    u64::from_str_radix(text, 16).map_err(|_| format!("`{text}` is not hexadecimal"))
}

impl From<&Row> for Post {
    fn from(row: &Row) -> Self {
        let (judged, counts) = (&row.judged, row.counts());
        let stance = match (counts.tally.conversation, counts.tally.broadcast) {
            (0, 0) => None,
            (0, _) => Some(Stance::Broadcast),
            _ => Some(Stance::Conversation),
        };
        Self {
            room: row.room.id().into(),
            id: row.id.clone(),
            brand: row.brand.clone(),
            name: row.name.1.clone(),
            last_seen: row.name.0,
            first_seen: row.first_seen.0,
            surface: row.first_seen.1.id().into(),
            posted: row.posted.map(|time| time.unix_ms),
            posted_by: row.posted.map(|time| if time.source == TimeSource::Stated { "stated" } else { "id" }.into()),
            lang: row.lang.clone(),
            stance: stance.map(|stance| stance.id().into()),
            counted_intent: Some(counts.intent.info().id.into()),
            intent: judged.intent.info().id.into(),
            is_sure: judged.is_sure,
            confidence: share(judged.confidence),
            p_conversation: share(judged.p_conversation),
            intents: judged.intents.map(share),
            ad: judged.ad,
            ad_source: row.ad.map(|source| source.id().into()),
            is_reply: row.is_reply,
            parent: row.parent.clone(),
            addressed: row.addressed.iter().map(|hash| format!("{hash:x}")).collect(),
            mentions: row.mentions,
            links: row.links,
            hashtags: row.hashtags,
            media: row.media,
            replies: row.engagement.replies,
            reposts: row.engagement.reposts,
            likes: row.engagement.likes,
            room_fit: judged.room_fit,
            corrected: row.corrected.map(|(when, _)| when),
            corrected_to: row.corrected.and_then(|(_, intent)| intent).map(|intent| intent.info().id.into()),
            model: judged.model,
            simhash: format!("{:x}", judged.simhash),
            chars: judged.chars,
            excerpt: row.excerpt.clone(),
        }
    }
}

impl TryFrom<Post> for Row {
    type Error = String;

    fn try_from(post: Post) -> Result<Self, String> {
        let source = |id: &str| match id {
            "stated" => Some(TimeSource::Stated),
            "id" => Some(TimeSource::Id),
            _ => None,
        };
        let posted_by = maybe("source of a time", post.posted_by.as_deref(), source)?;
        if post.id.is_empty() || post.brand.is_empty() {
            return Err("a post has an id and a brand".into());
        }
        let mut intents = [0; COUNT];
        for (kept, given) in intents.iter_mut().zip(post.intents) {
            *kept = ten_thousandths(given)?;
        }
        Ok(Self {
            room: known("room", &post.room, Room::from_id(&post.room))?,
            id: post.id,
            brand: post.brand,
            name: (post.last_seen, post.name),
            first_seen: (post.first_seen, known("surface", &post.surface, Surface::from_id(&post.surface))?),
            posted: post.posted.zip(posted_by).map(|(unix_ms, source)| PostTime { unix_ms, source }),
            lang: post.lang,
            judged: ledger::Judged {
                model: post.model,
                chars: post.chars,
                simhash: hash(&post.simhash)?,
                intent: known("intent", &post.intent, Intent::from_id(&post.intent))?,
                is_sure: post.is_sure,
                confidence: ten_thousandths(post.confidence)?,
                p_conversation: ten_thousandths(post.p_conversation)?,
                intents,
                ad: post.ad,
                room_fit: post.room_fit.clamp(-2, 2),
            },
            ad: maybe("sign of an advert", post.ad_source.as_deref(), AdSource::from_id)?,
            is_reply: post.is_reply,
            parent: post.parent,
            addressed: post.addressed.iter().map(|text| hash(text)).collect::<Result<_, _>>()?,
            mentions: post.mentions,
            links: post.links,
            hashtags: post.hashtags,
            media: post.media,
            engagement: Engagement { replies: post.replies, reposts: post.reposts, likes: post.likes },
            corrected: {
                let intent = maybe("intent", post.corrected_to.as_deref(), Intent::from_id)?;
                post.corrected.map(|when| (when, intent))
            },
            excerpt: post.excerpt,
        })
    }
}

impl From<&ledger::Question> for Question {
    fn from(question: &ledger::Question) -> Self {
        Self {
            room: question.room.id().into(),
            id: question.id.clone(),
            brand: question.brand.clone(),
            asker: format!("{:x}", question.asker),
            asked: question.asked,
            answered: question.answered,
            seen: question.seen,
        }
    }
}

impl TryFrom<Question> for ledger::Question {
    type Error = String;

    fn try_from(question: Question) -> Result<Self, String> {
        if question.id.is_empty() || question.brand.is_empty() {
            return Err("a question has an id and a brand".into());
        }
        Ok(Self {
            room: known("room", &question.room, Room::from_id(&question.room))?,
            id: question.id,
            brand: question.brand,
            asker: hash(&question.asker)?,
            asked: question.asked,
            answered: question.answered,
            seen: question.seen,
        })
    }
}

/// An entry, as pages show it: which of the two it is stands under `kind`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[allow(clippy::large_enum_variant)] // lives for one line
pub enum Line {
    /// A brand's post.
    Post(Post),
    /// A person's question to a brand.
    Question(Question),
}

impl From<&Entry> for Line {
    fn from(entry: &Entry) -> Self {
        match entry {
            Entry::Row(row) => Self::Post(Post::from(&**row)),
            Entry::Question(question) => Self::Question(question.into()),
        }
    }
}

impl TryFrom<Line> for Entry {
    type Error = String;

    fn try_from(line: Line) -> Result<Self, String> {
        Ok(match line {
            Line::Post(post) => Self::Row(Box::new(post.try_into()?)),
            Line::Question(question) => Self::Question(question.try_into()?),
        })
    }
}

/// Names of the intents, in the order of every list of them.
pub fn intent_ids() -> [&'static str; COUNT] {
    std::array::from_fn(|at| ALL[at].id)
}
