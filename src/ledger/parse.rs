//! Owns the reading of an entry's line, of every version there was; never writes one (see [`super::line`]).

use super::entry::Question;
use super::line::{FIELD, MEMBER, QUESTION, ROW};
use super::{Entry, Judged, Row};
use crate::intent::{COUNT, Intent};
use crate::post::{AdSource, Engagement, PostTime, Room, Surface, TimeSource};

/// Reads a line that [`Entry::to_line`] wrote; none for anything else.
pub fn parse(line: &str) -> Option<Entry> {
    let mut fields = Fields(line.split(FIELD));
    let entry = match fields.text()? {
        ROW => Entry::Row(Box::new(row(&mut fields)?)),
        QUESTION => Entry::Question(question(&mut fields)?),
        _ => return None,
    };
    fields.0.next().is_none().then_some(entry)
}

fn row(fields: &mut Fields<'_>) -> Option<Row> {
    Some(Row {
        room: Room::from_id(fields.text()?)?,
        id: fields.named()?,
        brand: fields.named()?,
        name: (fields.number()?, fields.text()?.to_owned()),
        first_seen: (fields.number()?, Surface::from_id(fields.text()?)?),
        posted: posted(fields.maybe()?, fields.text()?)?,
        lang: fields.maybe_text()?,
        judged: Judged {
            model: fields.number()?,
            chars: fields.number()?,
            simhash: fields.hash()?,
            intent: Intent::from_id(fields.text()?)?,
            is_sure: fields.flag()?,
            confidence: fields.number()?,
            p_conversation: fields.number()?,
            intents: <[u16; COUNT]>::try_from(fields.list(|member| member.parse().ok())?).ok()?,
            ad: fields.flag()?,
            room_fit: fields.number()?,
        },
        ad: fields.one_of(AdSource::from_id)?,
        is_reply: fields.flag()?,
        parent: fields.maybe_text()?,
        addressed: fields.list(|member| u64::from_str_radix(member, 16).ok())?.into_iter().collect(),
        mentions: fields.number()?,
        links: fields.number()?,
        hashtags: fields.number()?,
        media: fields.maybe()?,
        engagement: Engagement { replies: fields.maybe()?, reposts: fields.maybe()?, likes: fields.maybe()? },
        corrected: corrected(fields.maybe()?, fields.one_of(Intent::from_id)?)?,
        excerpt: fields.maybe_text()?,
    })
}

fn question(fields: &mut Fields<'_>) -> Option<Question> {
    Some(Question {
        room: Room::from_id(fields.text()?)?,
        id: fields.named()?,
        brand: fields.named()?,
        asker: fields.hash()?,
        asked: fields.number()?,
        answered: fields.maybe()?,
        seen: fields.number()?,
    })
}

fn posted(unix_ms: Option<i64>, source: &str) -> Option<Option<PostTime>> {
    let source = match source {
        "stated" => TimeSource::Stated,
        "id" => TimeSource::Id,
        "" if unix_ms.is_none() => return Some(None),
        _ => return None,
    };
    Some(Some(PostTime { unix_ms: unix_ms?, source }))
}

type Corrected = Option<(i64, Option<Intent>)>;

fn corrected(when: Option<i64>, intent: Option<Intent>) -> Option<Corrected> {
    match (when, intent) {
        (None, Some(_)) => None,
        (when, intent) => Some(when.map(|when| (when, intent))),
    }
}

/// The fields that are left; each method takes the next one and gives none when it is not what was expected.
struct Fields<'a>(std::str::Split<'a, char>);

impl<'a> Fields<'a> {
    fn text(&mut self) -> Option<&'a str> {
        self.0.next()
    }

    /// A name, which is never empty.
    fn named(&mut self) -> Option<String> {
        self.text().filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn maybe_text(&mut self) -> Option<Option<String>> {
        self.text().map(|text| (!text.is_empty()).then(|| text.to_owned()))
    }

    fn number<T: std::str::FromStr>(&mut self) -> Option<T> {
        self.text()?.parse().ok()
    }

    fn maybe<T: std::str::FromStr>(&mut self) -> Option<Option<T>> {
        let text = self.text()?;
        if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
    }

    fn one_of<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
        let text = self.text()?;
        if text.is_empty() { Some(None) } else { read(text).map(Some) }
    }

    fn flag(&mut self) -> Option<bool> {
        match self.text()? {
            "0" => Some(false),
            "1" => Some(true),
            _ => None,
        }
    }

    fn hash(&mut self) -> Option<u64> {
        u64::from_str_radix(self.text()?, 16).ok()
    }

    fn list<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let text = self.text()?;
        if text.is_empty() { Some(Vec::new()) } else { text.split(MEMBER).map(read).collect() }
    }
}
