//! Owns YouTube: community posts and the paid units of its lists, not its videos; never runs over a page by itself.
//!
//! As selector lists and readers of several maintained projects have it (2024 to 2026-10); no saved page.

use super::{Hide, Layout, Overlay, Pick, Platform, Refine, Take, attr, labels, some, text};
use crate::post::{AdSource, AuthorKind, Post, Room, Surface};
use crate::read::node::Node;
use crate::read::url::{self, Url};
use crate::read::{Miss, Own, TextRule, labels as label};

/// YouTube.
pub static YOUTUBE: Platform = Platform {
    room: Room::Youtube,
    hosts: &["www.youtube.com", "youtube.com", "m.youtube.com"],
    probe: &[],
    locate,
    dialogs: &[],
    permalink,
    handle,
    layouts: &[AD, COMMUNITY],
    viewer: &[r#"ytd-active-account-header-renderer a[href^="/@"]"#],
    name: "#page-header h1",
    labels: labels::ANY,
};

/// A post of a channel, on its page and in the home grid.
const COMMUNITY: Layout = Layout {
    name: "youtube",
    container: POST,
    not_posts: &[],
    post_parts: &[],
    foreign: SHARED,
    foreign_signs: &[],
    always_own: "",
    quote: SHARED,
    name_of: &[text("#author-text"), text("#header #author a, #author a"), text("#channel-name #text")],
    handle_of: &[
        attr("a#author-text", "href"),
        attr("#author-text a", "href"),
        attr("#author-thumbnail a", "href"),
        attr("a#author-thumbnail", "href"),
    ],
    bio_of: &[],
    organisation: &[],
    text: &[&["#content-text"], &["#home-content-text"], &["#post-text"]],
    words: TextRule { skip: "tp-yt-paper-button, button", blocks: false },
    held_back: "",
    replies: &[
        text("#reply-button-end #text, #reply-button-end .yt-core-attributed-string"),
        text("#reply-button-end"),
        attr("#reply-button-end a, #reply-button-end button", "aria-label"),
    ],
    reposts: &[],
    likes: &[
        text("#vote-count-middle"),
        attr("#vote-count-middle", "aria-label"),
        attr("#like-button button", "aria-label"),
    ],
    links: &["#content-text a[href]", "#home-content-text a[href]"],
    refine: Refine::Youtube,
    overlay: Overlay {
        anchors: &["#published-time-text", "#author-text", "#header-author"],
        // A cell of the grid that stays empty leaves a hole in it.
        row: "ytd-rich-item-renderer, ytd-backstage-post-thread-renderer",
        hide: Hide::Whole(""),
    },
};

/// A paid unit in the grid, a list or the results of a search. A slot may be empty.
const AD: Layout = Layout {
    name: "youtube-ad",
    container: SLOT,
    not_posts: &["#player-ads *", "#masthead-ad *", "ytd-watch-metadata *"],
    foreign: "",
    quote: "",
    name_of: &[
        text("#channel-name #text a, #channel-name a"),
        text("#advertiser-name"),
        text("ytd-channel-name #text, #channel-name #text, .ytd-channel-name a"),
        Pick { css: r#"[class*="Byline"] a, #byline"#, take: Take::Text, parse: some },
        text("#website-text, #subtitle"),
        // Beside the mark, in units of 2025 and later.
        text("feed-ad-metadata-view-model ad-badge-view-model ~ span"),
    ],
    handle_of: &[attr(r#"a[href^="/@"], a[href^="/channel/"], a[href^="/user/"], a[href^="/c/"]"#, "href")],
    text: &[
        &["#video-title", "#description-text"],
        &["#title", "#description"],
        &["h3", r#"[class*="Description"]"#],
        &["h2"],
    ],
    replies: &[],
    likes: &[],
    links: &[r#"a[href^="http"]"#],
    overlay: Overlay {
        anchors: &["#channel-name #text", "#byline", "#metadata-line", "#video-title", "h3"],
        row: "ytd-rich-item-renderer",
        hide: Hide::Whole(""),
    },
    ..COMMUNITY
};

/// A thread holds one post; the home grid holds a shorter element. What a channel passes on with words of its own is a third.
const POST: &str = "ytd-backstage-post-renderer, ytd-post-renderer, ytd-shared-post-renderer:has(#original-post)";

/// A post that a channel passes on is held in the passing one.
const SHARED: &str =
    "ytd-shared-post-renderer #original-post, ytd-backstage-post-renderer :has(> ytd-backstage-post-renderer)";

/// The names of paid units; the slot is the outermost. What YouTube says of itself (banners) is none of them.
const SLOT: &str = concat!(
    "ytd-ad-slot-renderer, ytd-in-feed-ad-layout-renderer, ytd-promoted-sparkles-web-renderer, ytd-promoted-video-renderer, ",
    "ytd-display-ad-renderer, ytd-search-pyv-renderer, ",
    // Before 2023 these two stood in no slot.
    "ytd-promoted-sparkles-text-search-renderer, ytd-compact-promoted-video-renderer"
);

/// The mark beside a unit's title.
const MARK: &str = "#ad-badge, ad-badge-view-model, [class*=\"AdBadge\"], .badge-style-type-ad";

fn locate(url: &Url<'_>) -> (Surface, Option<String>) {
    let segments: Vec<&str> = url.segments().collect();
    match segments.as_slice() {
        ["post", id, ..] => (Surface::Thread, Some((*id).to_owned())),
        ["channel", _, "community" | "posts", ..] if url.param("lb").is_some() => {
            (Surface::Thread, url.param("lb").map(str::to_owned))
        }
        [] | ["feed", "subscriptions", ..] => (Surface::Home, None),
        ["results" | "hashtag", ..] => (Surface::Search, None),
        ["channel" | "c" | "user", _, ..] => (Surface::Profile, None),
        [who, ..] if who.starts_with('@') => (Surface::Profile, None),
        [_, ..] => (Surface::Elsewhere, None),
    }
}

fn permalink(post: &Post) -> Option<String> {
    Some(["https://www.youtube.com/post/", post.id.as_deref()?].concat())
}

/// The handle, or of a channel without one its id.
fn handle(link: &str) -> Option<(String, AuthorKind)> {
    let mut segments = url::parse(link).segments();
    let first = segments.next()?;
    let name = match first {
        "channel" | "c" | "user" => segments.next()?,
        at => at.strip_prefix('@')?,
    };
    Some((url::decoded(name), AuthorKind::Unknown))
}

/// Completes a reading: id, paid or not, media.
///
/// # Errors
/// [`Miss`] when a slot is empty, or a post's author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, post: &mut Post) -> Result<(), Miss> {
    if own.layout.name == AD.name {
        if post.text.is_empty() && post.author.name.is_empty() {
            return Err(Miss::NotAPost);
        }
        post.ad = Some(AdSource::Structure);
        post.media = None;
        return Ok(());
    }
    if post.author.name.is_empty() {
        return Err(Miss::Unreadable("author"));
    }
    post.id = own.all(r#"a[href*="/post/"], a[href*="lb="]"#).iter().find_map(|link| {
        let href = link.attr("href")?;
        let url = url::parse(&href);
        let named = url.param("lb").map(str::to_owned);
        named.or_else(|| url.segments().skip_while(|segment| *segment != "post").nth(1).map(str::to_owned))
    });
    // A post in a paid slot is the slot's; a mark of its own is read as a word.
    post.ad = own.first(MARK).and_then(|mark| label::find(&mark.text_content(), labels::ANY));
    post.has_quote |= own.has("ytd-shared-post-renderer");
    // Passed on without words, it stands in the passing element alone.
    post.is_repost = own.node.matches("ytd-shared-post-renderer *");
    let media = own.count("ytd-backstage-image-renderer") + own.count("#content-attachment ytd-video-renderer");
    post.media = Some(media).filter(|count| *count > 0);
    Ok(())
}
