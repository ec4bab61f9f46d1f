//! Owns the plain values read from a post: what, by whom, where, when; never reads a DOM.

/// A social network as Kibitz names it; one per file of [`crate::platforms`], and `Generic` for any other site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // the names are the documentation
pub enum Room {
    X,
    Linkedin,
    Facebook,
    Instagram,
    Threads,
    Bluesky,
    Mastodon,
    Reddit,
    Youtube,
    Tiktok,
    Generic,
}

impl Room {
    /// Every room, in the order of the enum.
    pub const ALL: [Self; 11] = [
        Self::X,
        Self::Linkedin,
        Self::Facebook,
        Self::Instagram,
        Self::Threads,
        Self::Bluesky,
        Self::Mastodon,
        Self::Reddit,
        Self::Youtube,
        Self::Tiktok,
        Self::Generic,
    ];

    /// The stable id used in files and on the command line (`x`, `linkedin`, …).
    pub const fn id(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::Linkedin => "linkedin",
            Self::Facebook => "facebook",
            Self::Instagram => "instagram",
            Self::Threads => "threads",
            Self::Bluesky => "bluesky",
            Self::Mastodon => "mastodon",
            Self::Reddit => "reddit",
            Self::Youtube => "youtube",
            Self::Tiktok => "tiktok",
            Self::Generic => "generic",
        }
    }

    /// The room with this id; none for an unknown one.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|room| room.id() == id)
    }
}

/// The part of a site on which a post was seen; numbers are only compared like with like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Surface {
    /// The home feed.
    Home,
    /// A brand's or person's own page.
    Profile,
    /// The "replies" tab of a profile.
    Replies,
    /// A list of search results, a hashtag or a topic.
    Search,
    /// A group, list, community or subreddit.
    Group,
    /// A single post with its answers (permalink).
    Thread,
    /// Anywhere else.
    Elsewhere,
}

impl Surface {
    /// Every part, in the order of the enum.
    pub const ALL: [Self; 7] =
        [Self::Home, Self::Profile, Self::Replies, Self::Search, Self::Group, Self::Thread, Self::Elsewhere];

    /// The part with this id; none for an unknown one.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|surface| surface.id() == id)
    }

    /// The stable id used in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Profile => "profile",
            Self::Replies => "replies",
            Self::Search => "search",
            Self::Group => "group",
            Self::Thread => "thread",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// What the page itself says the author is; most pages say nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthorKind {
    /// The page does not say.
    #[default]
    Unknown,
    /// The page marks the author as a person.
    Person,
    /// The page marks the author as an organisation.
    Organisation,
}

impl AuthorKind {
    /// The stable id used on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }
}

/// Who wrote a post, as far as the page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// Display name, white space collapsed; empty when none was found.
    pub name: String,
    /// Handle without `@` (X, Instagram, Threads …) or path without host (`/company/x` on LinkedIn); empty when none was found.
    pub handle: String,
    /// What the page marks the author as.
    pub kind: AuthorKind,
    /// The line under the name (headline, "N followers"), where the page shows one.
    pub bio: Option<String>,
}

/// How a paid post was recognised, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AdSource {
    /// A structural mark of the platform, free of language.
    Structure,
    /// A whole element whose text is the platform's label word.
    Label,
    /// A disclosed partnership or an ad tag by the author: disclosed, not paid to the platform.
    Disclosed,
}

impl AdSource {
    /// Every way, surest first.
    pub const ALL: [Self; 3] = [Self::Structure, Self::Label, Self::Disclosed];

    /// The way with this id; none for an unknown one.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.id() == id)
    }

    /// The stable id used on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Label => "label",
            Self::Disclosed => "disclosed",
        }
    }

    /// Whether the platform itself says that the post is paid for.
    pub const fn is_platform_paid(self) -> bool {
        matches!(self, Self::Structure | Self::Label)
    }
}

/// When a post was written and how exactly that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostTime {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub unix_ms: i64,
    /// Where the time comes from.
    pub source: TimeSource,
}

/// Where a post's time comes from, most exact first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeSource {
    /// A machine-readable time on the page.
    Stated,
    /// Decoded from the post's id.
    Id,
}

/// Reactions as the page shows them; `None` where it shows no number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Engagement {
    /// Answers or comments.
    pub replies: Option<u64>,
    /// Reposts or shares.
    pub reposts: Option<u64>,
    /// Likes or reactions of every kind.
    pub likes: Option<u64>,
}

/// A post as read from the page; every text has its white space collapsed and holds what a reader sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// The network.
    pub room: Room,
    /// The platform's id (LinkedIn: the urn); `None` when the page shows none.
    pub id: Option<String>,
    /// Absolute address of the post, without tracking parameters.
    pub permalink: Option<String>,
    /// Who wrote it (of a repost: the original author).
    pub author: Author,
    /// When it was written.
    pub time: Option<PostTime>,
    /// The author's own words: without quoted posts, buttons, decoys and hidden duplicates. Empty when there are none.
    pub text: String,
    /// Language the page states for the text (BCP 47).
    pub lang: Option<String>,
    /// Whether the page holds back a part of the text behind "see more".
    pub truncated: bool,
    /// The sign by which the post was recognised as paid or disclosed.
    pub ad: Option<AdSource>,
    /// Shown because somebody reposted it.
    pub is_repost: bool,
    /// Written in answer to another post.
    pub is_reply: bool,
    /// The id of the post that it answers, where the page shows which.
    pub parent: Option<String>,
    /// Contains another post.
    pub has_quote: bool,
    /// Reactions.
    pub counts: Engagement,
    /// Pictures and videos; `None` where the number cannot be known.
    pub media: Option<u32>,
    /// The post for which the page was opened.
    pub is_focal: bool,
    /// Addresses that the post links to, other than its own and its author's.
    pub links: Vec<String>,
    /// Handles of those whom it answers, where the page names them beside the words.
    pub answers: Vec<String>,
}

/// What a post is known by: never by its node, since pages recycle nodes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostKey {
    /// The network.
    pub room: Room,
    /// The platform's id, or `name:` and the author's handle when the page shows no id.
    pub id: String,
    /// Fingerprint of everything a verdict depends on (text, its language, paid sign, reply, author): changes when the post is read afresh with other words.
    pub fingerprint: u64,
}

impl Post {
    /// The key of this post.
    pub fn key(&self) -> PostKey {
        let id = self.id.clone().unwrap_or_else(|| format!("name:{}", self.author.handle));
        let mut hash = Fnv::default();
        hash.bytes(self.text.as_bytes());
        hash.bytes(self.author.handle.as_bytes());
        hash.bytes(self.author.name.as_bytes());
        hash.bytes(self.lang.as_deref().unwrap_or_default().as_bytes());
        hash.bytes(&[
            self.author.kind as u8,
            self.ad.map_or(0, |source| source as u8 + 1),
            u8::from(self.is_reply),
            u8::from(self.is_repost),
            u8::from(self.truncated),
        ]);
        PostKey { room: self.room, id, fingerprint: hash.0 }
    }
}

/// 64-bit FNV-1a (Fowler, Noll, Vo), with a separator after each field.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn bytes(&mut self, bytes: &[u8]) {
        for &byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
