//! Owns Reddit: hosts, addresses and what its four kinds of pages share; never runs over a page by itself.
//!
//! Comments are no posts. Everything that is read stands in the light tree, as attributes or slotted: the shadow roots of the current
//! site hold its buttons only.

use super::{Platform, labels, some};
use crate::post::{AdSource, AuthorKind, Post, PostTime, Room, Surface, TimeSource};
use crate::read::node::Node;
use crate::read::url::{self, Url};
use crate::read::{Miss, Own, labels as label, time};

pub mod current;
pub mod old;

/// Reddit.
pub static REDDIT: Platform = Platform {
    room: Room::Reddit,
    hosts: &["www.reddit.com", "reddit.com", "old.reddit.com", "new.reddit.com", "sh.reddit.com", "np.reddit.com"],
    probe: &[],
    locate,
    dialogs: &[],
    permalink,
    handle,
    layouts: &[current::POST, current::RESULT, old::THING, old::FOUND, old::CARD],
    viewer: &[VIEWER_OLD, VIEWER_CURRENT],
    name: "main h1",
    labels: labels::ANY,
};

/// The bar at the top of old.reddit; as its sources have it.
const VIEWER_OLD: &str = r#"#header-bottom-right .user > a[href*="/user/"]"#;
/// The entry of the current site's menu; as selector lists have it, 2026-09.
const VIEWER_CURRENT: &str = r#"[noun="profile"] a[href*="/user/"]"#;

/// Where a page says that a post is paid for: the custom element and its attribute (current; lists of several blockers, 2026), the
/// attribute of old.reddit (3 of 3, 2024-10), the class of old.reddit and of the redesign (3 of 3 and 4 of 4, 2021-11).
const PAID: &str = r#"shreddit-ad-post, shreddit-comments-page-ad, shreddit-comment-tree-ads, shreddit-comment-tree-ad, [promoted]:not([promoted="false"]), [data-promoted="true"], .promotedlink"#;
/// A click that is billed leads through this host. 4 of 4 and 3 of 3 ads, no organic post, 2021 and 2024.
const BILLED: &str = r#"a[href*="//alb.reddit.com/"]"#;
/// The line in which an ad's label stands: old.reddit, the redesign, the current site.
const LABEL_LINES: [&str; 3] =
    [".promoted-span", r#"span[role="presentation"] + span:not(:has(a))"#, r#"[slot="credit-bar"] .promoted-label"#];

/// Any link to a post; of an ad too. The last segment but one, of a user's page as well, is its number.
const PERMALINK: &str = r#"a[href*="/comments/"]"#;

fn locate(url: &Url<'_>) -> (Surface, Option<String>) {
    let segments: Vec<&str> = url.segments().collect();
    if let Some(id) = id_in(url.path) {
        return (Surface::Thread, Some(id));
    }
    match segments.as_slice() {
        [] | ["best" | "hot" | "new" | "top" | "rising" | "controversial", ..] | ["r", "popular" | "all", ..] => {
            (Surface::Home, None)
        }
        ["search" | "t" | "topics" | "explore" | "domain", ..] | ["r", _, "search", ..] => (Surface::Search, None),
        ["user" | "u", _, "m", ..] | ["r", _, ..] => (Surface::Group, None),
        ["user" | "u", _, "comments", ..] => (Surface::Replies, None),
        ["user" | "u", _] | ["user" | "u", _, "submitted" | "overview" | "posts", ..] => (Surface::Profile, None),
        [_, ..] => (Surface::Elsewhere, None),
    }
}

/// The id of the post that an address leads to.
fn id_in(path: &str) -> Option<String> {
    let mut segments = path.split('/').skip_while(|segment| !matches!(*segment, "comments" | "gallery"));
    segments.next()?;
    fullname(segments.next()?)
}

/// `t3_` and the number; ads carry an encrypted token instead.
fn fullname(id: &str) -> Option<String> {
    let number = id.strip_prefix("t3_").unwrap_or(id);
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase());
    is_number.then(|| ["t3_", number].concat())
}

fn permalink(post: &Post) -> Option<String> {
    Some(["https://www.reddit.com/comments/", post.id.as_deref()?.strip_prefix("t3_")?, "/"].concat())
}

/// The name in a link to a user's page, or a bare one.
fn handle(link: &str) -> Option<(String, AuthorKind)> {
    let path = url::parse(link).path;
    let name = match path.split_once("/user/").or_else(|| path.split_once("/u/")) {
        Some((_, after)) => after.split('/').next()?,
        None => path.strip_prefix("u/").unwrap_or(path),
    };
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    is_name.then(|| (name.to_owned(), AuthorKind::Unknown))
}

/// A name as it is shown, without the mark in front of it; nobody's where the account is gone.
fn name(shown: &str) -> Option<String> {
    some(shown.trim().trim_start_matches("u/")).filter(|name| name != DELETED)
}

/// Stands in place of the name when an account is gone.
const DELETED: &str = "[deleted]";

/// Completes a reading: id and time, title, paid or not, crosspost, media.
///
/// # Errors
/// [`Miss`] when the container is an empty slot for an ad, or its title or author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, post: &mut Post) -> Result<(), Miss> {
    let attr = |name: &'static str| own.node.attr(name);
    post.id = ["id", "data-fullname", "data-thingid", "thingid", "post-id"]
        .iter()
        .find_map(|name| fullname(attr(name)?.strip_prefix("t3_")?))
        .or_else(|| id_in(&attr("permalink").or_else(|| attr("data-permalink"))?))
        .or_else(|| own.all(PERMALINK).iter().find_map(|link| id_in(url::parse(&link.attr("href")?).path)));
    if let Some(title) = attr("post-title").and_then(|title| some(&crate::read::text::collapse(&title))) {
        post.text = title;
    }
    post.ad = paid(own);
    if post.text.is_empty() {
        let is_slot = post.ad.is_some() || post.author.name.is_empty();
        return Err(if is_slot { Miss::NotAPost } else { Miss::Unreadable("title") });
    }
    // Results of a search show no author.
    if post.author.name.is_empty() && own.layout.name != current::RESULT.name {
        let is_deleted =
            attr("author").is_some_and(|name| name == DELETED) || own.node.text_content().contains(DELETED);
        if !is_deleted && post.ad.is_none() {
            return Err(Miss::Unreadable("author"));
        }
    }
    post.time = time_of(own);
    post.lang = attr("post-language").and_then(|lang| some(&lang));
    let kind = attr("post-type").or_else(|| attr("data-kind"));
    post.is_repost = kind.as_deref() == Some("crosspost")
        || attr("data-crosspost-root-author").is_some()
        || own.layout.name == old::CARD.name && own.count("h3") > 1;
    post.media = media(own, kind.as_deref()).filter(|_| post.ad.is_none() || kind.is_some());
    Ok(())
}

fn paid<N: Node>(own: &Own<'_, N>) -> Option<AdSource> {
    if own.node.matches(PAID) || own.has(BILLED) {
        return Some(AdSource::Structure);
    }
    let line = LABEL_LINES.iter().find_map(|css| own.first(css))?;
    label::find(&line.text_content(), labels::ANY)
}

/// old.reddit states milliseconds, the others an ISO time; of an edited post the first is the post's.
fn time_of<N: Node>(own: &Own<'_, N>) -> Option<PostTime> {
    let unix_ms = own.node.attr("data-timestamp").and_then(|stamp| i64::try_from(stamp.parse::<u64>().ok()?).ok());
    let written = || {
        let created = own.node.attr("created-timestamp");
        let shown = || own.first("faceplate-timeago[ts]").and_then(|time| time.attr("ts"));
        let timed = || own.first("time[datetime]").and_then(|time| time.attr("datetime"));
        time::parse_iso(&created.or_else(shown).or_else(timed)?)
    };
    Some(PostTime { unix_ms: unix_ms.or_else(written)?, source: TimeSource::Stated })
}

/// A picture or film of the redesign; the player is an element of its own name since 2022.
const PLAYED: &str = ".media-element, :is(shreddit-player, video):not(.media-element *, shreddit-player *)";

fn media<N: Node>(own: &Own<'_, N>, kind: Option<&str>) -> Option<u32> {
    match kind {
        Some("image" | "video" | "gif" | "multi_media") => Some(1),
        Some("gallery") => Some(own.count("gallery-carousel li")).filter(|count| *count > 0),
        Some(_) => Some(0),
        None if own.layout.name == old::CARD.name => Some(own.count(PLAYED)),
        None => None,
    }
}
