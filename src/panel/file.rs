//! Owns the export file, JSON Lines after a versioned header, and the comma-separated one; never opens a file.
//!
//! | `kind` of a line | holds |
//! |---|---|
//! | `ledger` | the header: version of the format, whose ledger it is, when it was written |
//! | `post`, `question` | an entry: see [`super::wire`] |
//! | `carried` | a brand's month of entries that were pruned: their sums alone, in bytes as base64 |
//! | `pruned` | what those entries were known by, so that none is counted again |

use serde::{Deserialize, Serialize};

use super::wire;
use crate::ledger::{Entry, Month, MonthKey};
use crate::post::Room;

/// Version of the format; every earlier one can be read. 1: the first.
pub const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[allow(clippy::large_enum_variant)] // lives for one line
enum Line {
    Ledger(Header),
    Post(wire::Post),
    Question(wire::Question),
    Carried(Carried),
    Pruned(Pruned),
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Header {
    /// [`VERSION`]
    pub version: u32,
    /// Which ledger it is: a random word, made once.
    pub source: String,
    /// When it was written, ms since 1970.
    pub written: i64,
}

/// Sums of pruned entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Carried {
    /// Whose entries they were: see [`Header::source`]. Of two pages of one source the heavier one is the later.
    pub source: String,
    /// [`MonthKey::room`]
    pub room: String,
    /// [`MonthKey::brand`]
    pub brand: String,
    /// [`MonthKey::month`]
    pub month: i32,
    /// [`Month::to_bytes`] as base64.
    pub page: String,
}

/// What a pruned entry was known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pruned {
    /// The network.
    pub room: String,
    /// The post's id.
    pub id: String,
    /// The brand.
    pub brand: String,
    /// When it was last seen, ms since 1970.
    pub seen: i64,
}

/// A line of the file, understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// The header.
    Header(Header),
    /// An entry.
    Entry(Entry),
    /// Sums of pruned entries, of the ledger with this name.
    Carried(String, MonthKey, Month),
    /// What a pruned entry was known by.
    Pruned(Pruned),
}

fn json(line: &Line) -> String {
    let mut text = serde_json::to_string(line).unwrap_or_default();
    text.push('\n');
    text
}

/// The header line, with its end.
pub fn header(source: &str, written: i64) -> String {
    json(&Line::Ledger(Header { version: VERSION, source: source.to_owned(), written }))
}

/// The line of an entry, with its end.
pub fn entry(entry: &Entry) -> String {
    json(&match wire::Line::from(entry) {
        wire::Line::Post(post) => Line::Post(post),
        wire::Line::Question(question) => Line::Question(question),
    })
}

/// The line of carried sums, with its end.
pub fn carried(source: &str, key: &MonthKey, page: &[u8]) -> String {
    json(&Line::Carried(Carried {
        source: source.to_owned(),
        room: key.room.id().into(),
        brand: key.brand.clone(),
        month: key.month,
        page: base64(page),
    }))
}

/// The line of a pruned entry's key, with its end.
pub fn pruned(key: Pruned) -> String {
    json(&Line::Pruned(key))
}

/// Reads one line of a file of any version.
///
/// # Errors
/// Says what is wrong with it; a file of a later version says so in its header.
pub fn read(line: &str) -> Result<Part, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    Ok(match line {
        Line::Ledger(header) if header.version > VERSION => {
            return Err(format!("version {} of the format, this build reads up to {VERSION}", header.version));
        }
        Line::Ledger(header) => Part::Header(header),
        Line::Post(post) => Part::Entry(wire::Line::Post(post).try_into()?),
        Line::Question(question) => Part::Entry(wire::Line::Question(question).try_into()?),
        Line::Carried(Carried { source, room, brand, month, page }) => {
            let room = Room::from_id(&room).ok_or_else(|| format!("no room `{room}`"))?;
            let page =
                from_base64(&page).and_then(|bytes| Month::from_bytes(&bytes)).ok_or("its page cannot be read")?;
            Part::Carried(source, MonthKey { room, brand, month }, page)
        }
        Line::Pruned(key) => Part::Pruned(key),
    })
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes as base64 (RFC 4648), padded.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let word = three.iter().chain(&[0; 2]).take(3).fold(0u32, |word, byte| word << 8 | u32::from(*byte));
        for at in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * at) & 63) as usize];
            text.push(if at > three.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

/// Bytes from padded base64; none when it is no such thing.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let body = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - body.len() > 2 {
        return None;
    }
    let mut bytes = Vec::new();
    for four in body.as_bytes().chunks(4) {
        let digits =
            four.iter().map(|byte| DIGITS.iter().position(|digit| digit == byte)).collect::<Option<Vec<_>>>()?;
        let word = digits.iter().chain(&[0; 3]).take(4).fold(0u32, |word, digit| word << 6 | *digit as u32);
        let whole = digits.len().checked_sub(1).filter(|whole| *whole > 0)?;
        bytes.extend(word.to_be_bytes().iter().skip(1).take(whole));
    }
    Some(bytes)
}

/// The first line of the comma-separated file, with its end.
pub fn csv_header() -> String {
    let mut names: Vec<String> = CSV.iter().map(|(name, _)| (*name).to_owned()).collect();
    names.extend(wire::intent_ids().iter().map(|id| format!("p_{id}")));
    csv_line(names.into_iter())
}

/// The comma-separated line of a post (RFC 4180), with its end; none of a question.
pub fn csv(entry: &Entry) -> Option<String> {
    let Entry::Row(row) = entry else { return None };
    let post = wire::Post::from(&**row);
    let shares = post.intents.map(|share| share.to_string());
    Some(csv_line(CSV.iter().map(|(_, value)| value(&post)).chain(shares)))
}

fn csv_line(fields: impl Iterator<Item = String>) -> String {
    let quoted = fields.map(|field| {
        // A cell that begins like a formula is none: spreadsheets would run it.
        let field = if field.starts_with(['=', '+', '@', '\t', '\r']) { format!("'{field}") } else { field };
        if field.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
    });
    let mut line = quoted.collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

type Column = (&'static str, fn(&wire::Post) -> String);

fn opt<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

const CSV: [Column; 33] = [
    ("room", |post| post.room.clone()),
    ("id", |post| post.id.clone()),
    ("brand", |post| post.brand.clone()),
    ("name", |post| post.name.clone()),
    ("first_seen_ms", |post| post.first_seen.to_string()),
    ("last_seen_ms", |post| post.last_seen.to_string()),
    ("surface", |post| post.surface.clone()),
    ("posted_ms", |post| opt(post.posted.as_ref())),
    ("posted_by", |post| opt(post.posted_by.as_ref())),
    ("lang", |post| opt(post.lang.as_ref())),
    ("stance", |post| opt(post.stance.as_ref())),
    ("counted_intent", |post| opt(post.counted_intent.as_ref())),
    ("intent", |post| post.intent.clone()),
    ("is_sure", |post| post.is_sure.to_string()),
    ("confidence", |post| post.confidence.to_string()),
    ("p_conversation", |post| post.p_conversation.to_string()),
    ("ad", |post| post.ad.to_string()),
    ("ad_source", |post| opt(post.ad_source.as_ref())),
    ("is_reply", |post| post.is_reply.to_string()),
    ("parent", |post| opt(post.parent.as_ref())),
    ("people", |post| post.addressed.len().to_string()),
    ("mentions", |post| post.mentions.to_string()),
    ("links", |post| post.links.to_string()),
    ("hashtags", |post| post.hashtags.to_string()),
    ("media", |post| opt(post.media.as_ref())),
    ("replies", |post| opt(post.replies.as_ref())),
    ("reposts", |post| opt(post.reposts.as_ref())),
    ("likes", |post| opt(post.likes.as_ref())),
    ("fit", |post| post.room_fit.to_string()),
    ("corrected_to", |post| opt(post.corrected_to.as_ref())),
    ("chars", |post| post.chars.to_string()),
    ("simhash", |post| post.simhash.clone()),
    ("excerpt", |post| opt(post.excerpt.as_ref())),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_comes_back() {
        // RFC 4648, section 10.
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
            assert_eq!(from_base64(text).as_deref(), Some(bytes.as_bytes()));
        }
        for wrong in ["Zg=", "Z===", "Zg", "Z!==", "===="] {
            assert_eq!(from_base64(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn cells_are_quoted_and_run_nothing() {
        let line = csv_line(["a", "b,\"c\"", "=1+1", "two\nlines"].map(str::to_owned).into_iter());
        assert_eq!(line, "a,\"b,\"\"c\"\"\",'=1+1,\"two\nlines\"\r\n");
    }
}
