//! Owns posts as data files and `xtask read` write them, one JSON object a line; never judges one.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::Context as _;
use kibitz::post::{AdSource, Author, AuthorKind, Engagement, Post, PostTime, Room, Surface, TimeSource};
use kibitz::read::time::parse_iso;
use serde::Deserialize;

/// A line; the names of data files and those of `xtask read` are both understood, other fields are ignored.
#[derive(Clone, Debug, Deserialize)]
pub struct Line {
    /// The platform's id.
    pub id: Option<String>,
    /// The collection it comes from.
    #[serde(default)]
    pub dataset: String,
    /// The network.
    pub platform: String,
    /// The author's handle.
    #[serde(alias = "author_handle")]
    pub author: Option<String>,
    /// The author's display name; the handle where there is none.
    pub author_name: Option<String>,
    /// `person`, `organisation` or nothing.
    pub author_kind: Option<String>,
    /// When it was written, ISO 8601.
    #[serde(alias = "time")]
    pub created_at: Option<String>,
    /// When it was seen, ISO 8601; when it was written where nothing else is said.
    pub seen_at: Option<String>,
    /// The part of the site.
    pub surface: Option<String>,
    /// Language (BCP 47).
    pub lang: Option<String>,
    /// Whether it answers another post.
    pub is_reply: Option<bool>,
    /// Handles of those it answers.
    #[serde(default)]
    pub answers: Vec<String>,
    /// Paid or disclosed: `structure`, `label` or `disclosed`.
    pub ad_source: Option<String>,
    /// Likes.
    pub likes: Option<u64>,
    /// Reposts.
    #[serde(alias = "shares")]
    pub reposts: Option<u64>,
    /// Answers received.
    pub replies: Option<u64>,
    /// Pictures and videos.
    pub media: Option<u32>,
    /// Addresses linked to.
    #[serde(default)]
    pub links: Vec<String>,
    /// The words.
    pub text: String,
}

impl Line {
    /// The post.
    ///
    /// # Errors
    /// Names what is unknown.
    pub fn post(&self) -> anyhow::Result<Post> {
        let handle = self.author.clone().unwrap_or_default();
        let kind = match self.author_kind.as_deref() {
            Some("organisation") => AuthorKind::Organisation,
            Some("person") => AuthorKind::Person,
            Some("unknown") | None => AuthorKind::Unknown,
            Some(other) => anyhow::bail!("unknown kind of author {other:?}"),
        };
        let time = self.created_at.as_deref().map(time).transpose()?;
        Ok(Post {
            room: Room::from_id(&self.platform).with_context(|| format!("unknown platform {:?}", self.platform))?,
            id: self.id.clone(),
            permalink: None,
            author: Author {
                name: self.author_name.clone().unwrap_or_else(|| handle.clone()),
                handle,
                kind,
                bio: None,
            },
            time: time.map(|unix_ms| PostTime { unix_ms, source: TimeSource::Stated }),
            text: self.text.clone(),
            lang: self.lang.clone(),
            truncated: false,
            ad: self.ad_source.as_deref().and_then(AdSource::from_id),
            is_repost: false,
            is_reply: self.is_reply.unwrap_or_default(),
            has_quote: false,
            counts: Engagement { replies: self.replies, reposts: self.reposts, likes: self.likes },
            media: self.media,
            is_focal: false,
            links: self.links.clone(),
            parent: None,
            answers: self.answers.clone(),
        })
    }

    /// Where it was seen; elsewhere when nothing is said.
    pub fn surface(&self) -> Surface {
        self.surface.as_deref().and_then(Surface::from_id).unwrap_or(Surface::Elsewhere)
    }

    /// When it was seen, ms since 1970.
    ///
    /// # Errors
    /// When neither that nor the time of writing is known.
    pub fn seen(&self) -> anyhow::Result<i64> {
        time(self.seen_at.as_deref().or(self.created_at.as_deref()).context("no time")?)
    }
}

fn time(text: &str) -> anyhow::Result<i64> {
    parse_iso(text).with_context(|| format!("no time: {text:?}"))
}

/// Reads a file of JSON Lines, gzipped if its name ends in `.gz`.
///
/// # Errors
/// Names the first line that is none.
pub fn lines(path: &Path) -> anyhow::Result<Vec<Line>> {
    let file = std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let reader: Box<dyn Read> = if path.extension().is_some_and(|extension| extension == "gz") {
        Box::new(flate2::read::GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut lines = Vec::new();
    for (at, line) in BufReader::new(reader).lines().enumerate() {
        let line = line.with_context(|| format!("reading {}", path.display()))?;
        if !line.trim().is_empty() {
            lines.push(serde_json::from_str(&line).with_context(|| format!("{}, line {}", path.display(), at + 1))?);
        }
    }
    Ok(lines)
}
