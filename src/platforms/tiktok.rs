//! Owns TikTok: the captions of its feed, lists and opened videos, and the marks of paid videos; never runs over a page by itself.
//!
//! Feed: as captured 2026-10-03 by a maintained project; the others: as several readers have them. No saved page.

use super::{Hide, Layout, Overlay, Pick, Platform, Refine, Take, attr, labels, some, text};
use crate::post::{AdSource, AuthorKind, Post, PostTime, Room, Surface, TimeSource};
use crate::read::node::Node;
use crate::read::url::{self, Url};
use crate::read::{Context, Miss, Own, TextRule, labels as label, time};

/// TikTok.
pub static TIKTOK: Platform = Platform {
    room: Room::Tiktok,
    hosts: &["www.tiktok.com", "tiktok.com"],
    probe: &[],
    locate,
    // A video opened from a list lies over the list.
    dialogs: &[&["*", "video", "*"], &["*", "photo", "*"]],
    permalink,
    handle,
    layouts: &[VIDEO, FOUND, OPENED],
    viewer: &[r#"a[data-e2e="nav-profile"][href*="/@"]"#],
    name: NAMED,
    labels: labels::ANY,
};

/// Name at the head of a profile.
const NAMED: &str = r#"[data-e2e="user-title"]"#;

/// A video in the feed.
const VIDEO: Layout = Layout {
    name: "tiktok",
    container: ITEM,
    not_posts: &[],
    post_parts: &[],
    foreign: "",
    foreign_signs: &[],
    always_own: "",
    quote: "",
    name_of: &[
        text(r#"[data-e2e="video-author-nickname"]"#),
        text(r#"section a[href^="/@"] p"#),
        text(r#"a[href*="/@"] h3, a[href*="/@"] p"#),
        text(r#"[data-e2e="video-author-uniqueid"]"#),
    ],
    handle_of: &[
        attr(r#"[data-e2e="video-author-avatar"][href]"#, "href"),
        attr(r#"a[href*="/@"]:not([href*="/video/"])"#, "href"),
        Pick { css: r#"[data-e2e="video-author-uniqueid"]"#, take: Take::Text, parse: marked },
    ],
    bio_of: &[],
    organisation: &[],
    text: &[&[r#"[data-e2e="video-desc"]"#]],
    words: TextRule { skip: "button", blocks: false },
    // Of a long caption the rest is in the page, clamped.
    held_back: "",
    replies: &[text(r#"[data-e2e="comment-count"]"#), attr(r#"[data-e2e="comment-icon"]"#, "aria-label")],
    reposts: &[text(r#"[data-e2e="share-count"]"#), attr(r#"[data-e2e="share-icon"]"#, "aria-label")],
    likes: &[text(r#"[data-e2e="like-count"]"#), attr(r#"[data-e2e="like-icon"]"#, "aria-label")],
    links: &[r#"[data-e2e="video-desc"] a[href]"#],
    refine: Refine::Tiktok,
    overlay: Overlay {
        // The name itself: a block beside it would make a line of its own.
        anchors: &[
            r#"a[href*="/@"]:not([data-e2e]) p"#,
            r#"[data-e2e="video-author-nickname"]"#,
            r#"[data-e2e="video-desc"]"#,
        ],
        row: ITEM,
        // The feed snaps to its rows.
        hide: Hide::Keep,
    },
};

/// A video among the results of a search, on the page of a tag or of discoveries (which has no words): picture and caption are neighbours.
const FOUND: Layout = Layout {
    name: "tiktok-search",
    container: RESULT,
    name_of: &[text(r#"[data-e2e$="card-user-unique-id"]"#), text(r#"[data-e2e="challenge-item-username"]"#)],
    handle_of: &[
        attr(r#"[data-e2e$="card-user-link"]"#, "href"),
        attr(r#"[data-e2e="challenge-item-avatar"]"#, "href"),
        Pick { css: r#"[data-e2e$="card-user-unique-id"]"#, take: Take::Text, parse: marked },
    ],
    text: &[&[r#"[data-e2e="search-card-video-caption"]"#], &[r#"[data-e2e="challenge-item-desc"]"#]],
    words: TextRule { skip: r#"button, [class*="AigcLabel"]"#, blocks: false },
    replies: &[],
    reposts: &[],
    // The number on the picture counts views.
    likes: &[text(r#"[data-e2e$="card-like-container"]"#), text(r#"[data-e2e="search-card-like-count"]"#)],
    links: &[r#"[data-e2e="search-card-video-caption"] a[href]"#],
    overlay: Overlay {
        anchors: &[
            r#"[data-e2e$="card-user-unique-id"]"#,
            r#"[data-e2e="search-card-user-info"]"#,
            r#"[data-e2e="challenge-item-username"]"#,
        ],
        row: "",
        hide: Hide::Keep,
    },
    ..VIDEO
};

/// A video on its own page, or opened over a list. Comments and others' videos stand beside it, under other names.
const OPENED: Layout = Layout {
    name: "tiktok-opened",
    container: PLAYER,
    // Its second part is a date.
    name_of: &[text(r#"[data-e2e="browser-nickname"] span"#)],
    handle_of: &[
        attr(r#"[data-e2e="browse-user-avatar"]"#, "href"),
        Pick { css: r#"[data-e2e="browse-username"]"#, take: Take::Text, parse: marked },
    ],
    text: &[&[r#"[data-e2e="browse-video-desc"]"#]],
    replies: &[text(r#"[data-e2e="comment-count"]"#), text(r#"[data-e2e="browse-comment-count"]"#)],
    reposts: &[text(r#"[data-e2e="share-count"]"#)],
    likes: &[text(r#"[data-e2e="like-count"]"#), text(r#"[data-e2e="browse-like-count"]"#)],
    links: &[r#"[data-e2e="browse-video-desc"] a[href]"#],
    overlay: Overlay {
        anchors: &[
            r#"[data-e2e="browser-nickname"]"#,
            r#"[data-e2e="browse-username"]"#,
            r#"[data-e2e="browse-video-desc"]"#,
        ],
        row: "",
        hide: Hide::Keep,
    },
    ..VIDEO
};

/// As readers of 2022 to 2026 have them. Where a feed stands in it, its items are read.
const PLAYER: &str = r#"#main-content-video_detail:not(:has([data-e2e="recommend-list-item-container"])), [class*="DivBrowserModeContainer"]"#;

/// One video. 4 of 4, 2026-10; live previews are items too, without a caption or a number.
const ITEM: &str = r#"[data-e2e="recommend-list-item-container"], #column-list-container > article"#;

const RESULT: &str = r#"div:has(> [data-e2e$="card-desc"], > [data-e2e="challenge-item-desc"])"#;

/// The mark over a paid video: part of a generated class name, after the component (lists of blockers, 2026-10).
const MARK: &str = r#"[class*="SpanAdBadge"], [class*="DivAdBadge"]"#;
/// Where a mark in words stands.
const MARK_LINES: &str =
    r#"[data-e2e*="ad-"] , [class*="Badge"], [class*="PaidPartnership"], [class*="DisclosureLabel"]"#;

/// Lines of their own: where a class is all there is, the word alone tells a mark.
const LINES: &str =
    r#"p:not(:has(*), a *, button *, [role="button"] *, [data-e2e$="video-desc"], [data-e2e$="video-desc"] *)"#;

fn locate(url: &Url<'_>) -> (Surface, Option<String>) {
    let segments: Vec<&str> = url.segments().collect();
    match segments.as_slice() {
        [who, "video" | "photo", id, ..] if who.starts_with('@') => (Surface::Thread, digits(id)),
        [] | ["foryou" | "following" | "friends", ..] => (Surface::Home, None),
        [_, "foryou" | "following"] => (Surface::Home, None),
        ["search" | "tag" | "explore" | "discover", ..] => (Surface::Search, None),
        [who, ..] if who.starts_with('@') => (Surface::Profile, None),
        [_, ..] => (Surface::Elsewhere, None),
    }
}

fn digits(text: &str) -> Option<String> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}

fn permalink(post: &Post) -> Option<String> {
    Some(["https://www.tiktok.com/@", &post.author.handle, "/video/", post.id.as_deref()?].concat())
}

fn handle(link: &str) -> Option<(String, AuthorKind)> {
    let name = url::parse(link).segments().next()?.strip_prefix('@')?;
    some(name).map(|name| (name, AuthorKind::Unknown))
}

/// A name that stands without its mark, as links have it.
fn marked(name: &str) -> Option<String> {
    some(name).map(|name| ["@", name.trim_start_matches('@')].concat())
}

/// Completes a reading: id and time, paid or disclosed, media.
///
/// # Errors
/// [`Miss`] when the item is no video, or its author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, context: &Context, post: &mut Post) -> Result<(), Miss> {
    post.id = identify(own);
    if post.id.is_none() && post.text.is_empty() {
        return Err(Miss::NotAPost);
    }
    if post.author.handle.is_empty() {
        return Err(Miss::Unreadable("author"));
    }
    let is_opened = own.layout.name == OPENED.name;
    if is_opened && post.id.is_none() {
        post.id.clone_from(&context.focal_id);
    }
    post.time =
        post.id.as_deref().and_then(time::of_tiktok_id).map(|unix_ms| PostTime { unix_ms, source: TimeSource::Id });
    post.media = Some(1);
    // A mark beside an opened video may be another's.
    if is_opened {
        return Ok(());
    }
    post.ad = if own.has(MARK) {
        Some(AdSource::Structure)
    } else {
        let mut marks = [MARK_LINES, LINES].into_iter().flat_map(|css| own.all(css));
        marks.find_map(|mark| label::find(&mark.text_content(), labels::ANY))
    };
    Ok(())
}

/// The number is in the player's id, the menu's attribute, or a link to the video.
fn identify<N: Node>(own: &Own<'_, N>) -> Option<String> {
    let player = || digits(own.first(r#"[id^="xgwrapper-"]"#)?.attr("id")?.rsplit('-').next()?);
    let menu = || digits(&own.first("[data-more-menu-item-id]")?.attr("data-more-menu-item-id")?);
    let link = || {
        let href = own.first(r#"a[href*="/video/"], a[href*="/photo/"]"#)?.attr("href")?;
        digits(url::parse(&href).segments().nth(2)?)
    };
    // Beside an opened video stand links to others.
    let link = || (own.layout.name != OPENED.name).then(link)?;
    player().or_else(menu).or_else(link)
}
