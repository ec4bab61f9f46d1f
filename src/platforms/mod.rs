//! Owns one `Platform` constant per network (hosts, selectors with their biography, ad signs) and the list of them; never runs over a page itself.
//!
//! A selector's biography is its doc comment: what it finds, when it was last seen right, what broke it before.
//! Browsers answer a single compound selector on an attribute in a fraction of a microsecond; a list with commas, `:is` at its head or
//! `:has` takes ten to a hundred times that over a whole post (Chromium 156, saved pages). So tables list selectors one by one.
//! To add a network: one file with one constant, one line in [`ALL`], one fixture.

use std::sync::OnceLock;

use crate::post::{AuthorKind, Post, Room, Surface};
use crate::read::TextRule;
use crate::read::node::Node;
use crate::read::url::{self, Url};

pub mod bluesky;
pub mod facebook;
pub mod generic;
pub mod instagram;
pub mod labels;
pub mod linkedin;
pub mod mastodon;
pub mod reddit;
pub mod threads;
pub mod tiktok;
pub mod x;
pub mod youtube;

use labels::Labels;

/// Every network that has a reader.
pub const ALL: [&Platform; 11] = [
    &x::X,
    &linkedin::LINKEDIN,
    &facebook::FACEBOOK,
    &instagram::INSTAGRAM,
    &threads::THREADS,
    &bluesky::BLUESKY,
    &mastodon::MASTODON,
    &reddit::REDDIT,
    &youtube::YOUTUBE,
    &tiktok::TIKTOK,
    &generic::GENERIC,
];

/// A network: where it lives and how its posts are read.
#[derive(Debug)]
pub struct Platform {
    /// Its name in Kibitz.
    pub room: Room,
    /// Host names, whole; subdomains are listed one by one. Empty where anybody may run a site of this kind.
    pub hosts: &'static [&'static str],
    /// Elements of which one stands in every page of a site of this kind, wherever it lives; asked on hosts that no network owns.
    pub probe: &'static [&'static str],
    /// Which part of the site an address is, and the post it was opened for.
    pub locate: fn(&Url<'_>) -> (Surface, Option<String>),
    /// Addresses under which the page lies as it was, with a dialog over it: path segments from the first on, `*` for any one.
    pub dialogs: &'static [&'static [&'static str]],
    /// Absolute address of a post from its id and author.
    pub permalink: fn(&Post) -> Option<String>,
    /// Handle in a link to somebody's page, and what the link says about them.
    pub handle: fn(&str) -> Option<(String, AuthorKind)>,
    /// The page structures that are served, newest first; a container belongs to the first that knows it.
    pub layouts: &'static [Layout],
    /// Link to the page of who is signed in, in the site's own navigation.
    pub viewer: &'static [&'static str],
    /// The name at the head of somebody's own page, what Kibitz says of a brand stands at the end of its last line; empty where nothing is said.
    pub name: &'static str,
    /// The network's words for a paid post.
    pub labels: Labels,
}

/// One structure of a network's pages.
#[derive(Debug)]
pub struct Layout {
    /// Its name in reports.
    pub name: &'static str,
    /// What holds one post.
    pub container: &'static str,
    /// Containers that look like a post and are none; asked of the container itself.
    pub not_posts: &'static [&'static str],
    /// Parts that rule this out, each for less: where one is found, `not_posts` are not asked.
    pub post_parts: &'static [&'static str],
    /// Parts of a container that are not its author's: quoted posts, comments. What stands in them is never taken for the post's own.
    /// Empty where there are none.
    pub foreign: &'static str,
    /// Of these, at least one finds something wherever `foreign` does, for less; none listed: `foreign` itself is asked.
    pub foreign_signs: &'static [&'static str],
    /// Parts that are the post's own wherever they stand.
    pub always_own: &'static str,
    /// Parts that hold a post within the post.
    pub quote: &'static str,
    /// Display name.
    pub name_of: &'static [Pick],
    /// Link to the author's page, or the bare handle.
    pub handle_of: &'static [Pick],
    /// The line under the name.
    pub bio_of: &'static [Pick],
    /// Signs that the author is an organisation, beside what the link says.
    pub organisation: &'static [&'static str],
    /// Groups of elements that hold the author's words; of the first group that has any, the first match of each selector counts.
    pub text: &'static [&'static [&'static str]],
    /// How the words are collected.
    pub words: TextRule,
    /// The button that shows the rest of a text which the page holds back; empty where the whole text is in the page.
    pub held_back: &'static str,
    /// Answers.
    pub replies: &'static [Pick],
    /// Reposts.
    pub reposts: &'static [Pick],
    /// Likes, reactions.
    pub likes: &'static [Pick],
    /// Links in the text and its cards.
    pub links: &'static [&'static str],
    /// What these tables cannot say.
    pub refine: Refine,
    /// What the overlay needs to know.
    pub overlay: Overlay,
}

/// Where a value stands and what is taken of it.
#[derive(Clone, Copy, Debug)]
pub struct Pick {
    /// Selector of an own element; empty: the container itself.
    pub css: &'static str,
    /// What is taken.
    pub take: Take,
    /// What is made of it; `None`: this is not the value.
    pub parse: fn(&str) -> Option<String>,
}

/// What is taken of an element.
#[derive(Clone, Copy, Debug)]
pub enum Take {
    /// Its visible text.
    Text,
    /// An attribute.
    Attr(&'static str),
}

/// The function over the container that completes a layout's reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refine {
    /// [`x::post::refine`].
    X,
    /// [`x::web::refine`].
    XWeb,
    /// [`linkedin::sdui::refine`].
    LinkedinSdui,
    /// [`linkedin::legacy::refine`].
    LinkedinLegacy,
    /// [`linkedin::guest::refine`].
    LinkedinGuest,
    /// [`facebook::post::refine`].
    Facebook,
    /// [`instagram::refine`].
    Instagram,
    /// [`threads::refine`].
    Threads,
    /// [`bluesky::refine`].
    Bluesky,
    /// [`mastodon::refine`].
    Mastodon,
    /// [`reddit::refine`].
    Reddit,
    /// [`youtube::refine`].
    Youtube,
    /// [`tiktok::refine`].
    Tiktok,
    /// [`generic::refine`].
    Generic,
}

/// What the overlay needs to know of a layout.
#[derive(Debug)]
pub struct Overlay {
    /// Header elements, best first; the badge becomes the last child of the first own match.
    pub anchors: &'static [&'static str],
    /// The row of the site's list that holds the container: its nearest ancestor, or itself.
    pub row: &'static str,
    /// How a post is taken out of the row.
    pub hide: Hide,
}

/// How a post is taken out of its row without upsetting the site's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hide {
    /// `display: none` on the row's first element child; the row stays and the list measures it again.
    CollapseChild,
    /// The same, but the row keeps a line of its own, for lists that load no more when rows vanish.
    Stub,
    /// The row keeps its height, for lists that load without end when rows shrink, that remember heights or snap to rows: what it
    /// holds is made invisible.
    Keep,
    /// `display: none` on the row itself, whose children a shadow root of the site's shows; and on the element right after it, where
    /// this selector matches: the site's line between rows.
    Whole(&'static str),
}

/// A place on a network, as its address says.
#[derive(Clone, Debug)]
pub struct Place {
    /// The network.
    pub platform: &'static Platform,
    /// The part of the site.
    pub surface: Surface,
    /// The post for which the page was opened: as [`Post::id`] has it, or its number alone.
    pub focal_id: Option<String>,
    /// The host, as the address spells it.
    pub host: String,
}

/// The network that lives at a host; case, port and a final dot do not matter.
pub fn for_host(host: &str) -> Option<&'static Platform> {
    let host = host.split(':').next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    let named = |host: &str| ALL.into_iter().find(|platform| platform.hosts.contains(&host));
    named(&host).or_else(|| named(&["www.", abroad(&host)?].concat()))
}

/// What follows the name of a country, a language or a kind of device: `uk.`, `de-de.`, `m.`.
fn abroad(host: &str) -> Option<&str> {
    let (first, rest) = host.split_once('.')?;
    let is_short = first.split('-').all(|part| part.len() <= 2);
    (is_short && first.len() <= 5).then_some(rest)
}

/// Where an address leads; `None` when no network with a reader lives there.
pub fn for_url(address: &str) -> Option<Place> {
    Some(Place::new(for_host(url::parse(address).host)?, address))
}

/// What a page is: by its host, else by what stands in it. Kibitz runs on a host that no network owns only where the reader has
/// switched it on, so that what no probe knows is left to the generic reader.
pub fn for_page<N: Node>(address: &str, root: &N) -> Place {
    let knows = |platform: &&'static Platform| platform.probe.iter().any(|css| root.query(css).is_some());
    for_url(address).unwrap_or_else(|| Place::new(ALL.into_iter().find(knows).unwrap_or(&generic::GENERIC), address))
}

impl Place {
    fn new(platform: &'static Platform, address: &str) -> Self {
        let url = url::parse(address);
        let (surface, focal_id) = (platform.locate)(&url);
        Self { platform, surface, focal_id, host: url.host.to_owned() }
    }
}

impl Platform {
    /// Whether a host is one of this network's.
    pub fn lives_at(&self, host: &str) -> bool {
        for_host(host).is_some_and(|platform| platform.room == self.room)
    }

    /// Whether an address of this network opens a dialog over the page that is there.
    pub fn is_dialog(&self, address: &str) -> bool {
        let url = url::parse(address);
        let begins_with = |pattern: &[&str]| {
            let mut segments = url.segments();
            pattern.iter().all(|&wanted| segments.next().is_some_and(|segment| wanted == "*" || wanted == segment))
        };
        (self.hosts.is_empty() || self.lives_at(url.host)) && self.dialogs.iter().any(|pattern| begins_with(pattern))
    }

    /// One selector for the containers of every layout, for observers and for finding all posts of a page.
    pub fn containers(&self) -> &'static str {
        static JOINED: [OnceLock<String>; Room::ALL.len()] = [const { OnceLock::new() }; Room::ALL.len()];
        JOINED[self.room as usize].get_or_init(|| {
            let mut all = String::new();
            for layout in self.layouts {
                if !all.is_empty() {
                    all.push_str(", ");
                }
                all.push_str(layout.container);
            }
            all
        })
    }
}

/// A [`Pick`] of an element's visible text, as it is.
const fn text(css: &'static str) -> Pick {
    Pick { css, take: Take::Text, parse: some }
}

/// A [`Pick`] of an attribute, as it is.
const fn attr(css: &'static str, name: &'static str) -> Pick {
    Pick { css, take: Take::Attr(name), parse: some }
}

/// Anything but white space.
fn some(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Stems of "reposted" as the social line of either network words it; the icon or the structure is asked first where there is one.
pub(crate) const REPOST_STEMS: [&str; 46] = [
    "repost",
    "retweet",
    "republi",
    "shared this",
    "erneut gepostet",
    "compartido esto",
    "compartilhou isso",
    "lto a publicar",
    "ltou a publicar",
    "retwitt",
    "ritwitt",
    "ha diffuso",
    "ripubblic",
    "opnieuw geplaatst",
    "återpubl",
    "genopslog",
    "udostępni",
    "podał dalej",
    "posting ulang",
    "đăng lại",
    "yeniden payla",
    "yeniden yayın",
    "再投稿",
    "リポスト",
    "リツイート",
    "转发",
    "轉發",
    "轉貼",
    "转推",
    "퍼감",
    "퍼갔",
    "재게시",
    "리포스트",
    "리트윗",
    "репост",
    "ретвит",
    "поделил",
    "поділи",
    "αναδημοσ",
    "أعاد نشر",
    "أعادت نشر",
    "إعادة نشر",
    "بازنشر",
    "रीपोस्ट",
    "รีโพสต์",
    "รีทวีต",
];

/// Whether a social line says that somebody reposted.
pub(crate) fn says_reposted(line: &str) -> bool {
    let line = crate::text::normal::lower(line);
    REPOST_STEMS.iter().any(|stem| line.contains(stem))
}
