//! Owns Bluesky: hosts, selectors and where its badge goes; never runs over a page by itself.
//!
//! As the client's source has them (2026); no saved page. Nobody pays for posts here.

use super::{Hide, Layout, Overlay, Platform, Refine, attr, labels, says_reposted, text};
use crate::post::{AuthorKind, Post, PostTime, Room, Surface, TimeSource};
use crate::read::node::Node;
use crate::read::url::{self, Url};
use crate::read::{Context, Miss, Own, TextRule, time};

/// Bluesky.
pub static BLUESKY: Platform = Platform {
    room: Room::Bluesky,
    hosts: &["bsky.app", "main.bsky.dev"],
    probe: &[],
    locate,
    dialogs: &[],
    permalink,
    handle,
    layouts: &[ITEM],
    viewer: &[
        r#"a[data-testid="bottomBarProfileBtn"]"#,
        r#"nav a[href^="/profile/"]:not([href*="/feed/"]):not([href*="/lists/"])"#,
    ],
    name: NAMED,
    labels: labels::NONE,
};

/// Display name at the head of a profile.
const NAMED: &str = r#"[data-testid="profileHeaderDisplayName"]"#;

const ITEM: Layout = Layout {
    name: "bluesky",
    container: POST,
    // Earlier screens stay in the page, out of sight. Notifications are items too, without buttons.
    not_posts: &[HIDDEN, r#":not(:has([data-testid="likeBtn"])):not(:has([data-testid="replyBtn"]))"#],
    post_parts: &[],
    foreign: QUOTE,
    foreign_signs: &[],
    always_own: "",
    quote: QUOTE,
    name_of: &[],
    handle_of: &[],
    bio_of: &[],
    organisation: &[],
    text: &[&[r#"[data-testid="postText"]"#]],
    words: TextRule { skip: "", blocks: false },
    held_back: r#"[data-testid="postText"] ~ button, [data-testid="postText"] ~ [role="button"]"#,
    replies: &[attr(r#"[data-testid="replyBtn"]"#, "aria-label"), text(r#"[data-testid="replyBtn"]"#)],
    reposts: &[attr(r#"[data-testid="repostBtn"]"#, "aria-label"), text(r#"[data-testid="repostBtn"]"#)],
    likes: &[
        attr(r#"[data-testid="likeBtn"]"#, "aria-label"),
        text(r#"[data-testid="likeBtn"]"#),
        text(r#"[data-testid="likeCount-expanded"]"#),
    ],
    links: &[r#"[data-testid="postText"] a[href]"#, r#"a[href][target="_blank"]"#],
    refine: Refine::Bluesky,
    overlay: Overlay {
        // The line of name, handle and age; on a post's own page the age stands below.
        anchors: &[r#"div:has(> a[href*="/post/"]):not(:has([data-testid]))"#, r#"div:has(> a[href^="/profile/"])"#],
        row: r#"div:has(> [data-testid^="feedItem-by-"]), div:has(> [data-testid^="postThreadItem-by-"])"#,
        hide: Hide::CollapseChild,
    },
};

/// One post; its test id ends in the author's handle.
const POST: &str = r#"[data-testid^="feedItem-by-"], [data-testid^="postThreadItem-by-"]"#;
const PREFIXES: [&str; 2] = ["feedItem-by-", "postThreadItem-by-"];

/// A screen that was left.
const HIDDEN: &str = r#"[style*="display: none"] *, [style*="display:none"] *, [hidden] *"#;

/// A quoted post is a link of its own that holds a text or a picture of its author.
const QUOTE: &str = concat!(
    r#"[data-testid*="tem-by-"] :is(a, [role="link"]):has([data-testid="postText"]), "#,
    r#"[data-testid*="tem-by-"] [role="link"]:has([data-testid="userAvatarImage"]):has(a[href*="/post/"], [dir])"#
);

/// Link to the author's page or the post.
const PROFILE: &str = r#"a[href^="/profile/"], a[href^="https://bsky.app/profile/"]"#;

/// The arrow of "Replied to …": begins so in the client's icon set.
const REPLIED: &str = r#"path[d^="M15.793 10.293"]"#;
/// The two arrows of "Reposted by …"; the button has the same.
const REPOSTED: &str = r#"path[d^="M17.957 2.293"]:not([data-testid="repostBtn"] *)"#;
/// In a chain of posts the first row holds, in the avatar's column, the line that comes from above.
const CONNECTOR: &str =
    r#"[data-testid*="tem-by-"] > div:has(+ div [data-testid="userAvatarImage"]) > div:first-child > div"#;

fn locate(url: &Url<'_>) -> (Surface, Option<String>) {
    let segments: Vec<&str> = url.segments().collect();
    match segments.as_slice() {
        [] => (Surface::Home, None),
        ["profile", _, "post", id, ..] => (Surface::Thread, Some((*id).to_owned())),
        ["profile", _, "feed" | "lists", ..] | ["starter-pack", ..] => (Surface::Group, None),
        ["profile", _] => (Surface::Profile, None),
        ["search" | "hashtag" | "topic", ..] => (Surface::Search, None),
        [_, ..] => (Surface::Elsewhere, None),
    }
}

fn permalink(post: &Post) -> Option<String> {
    Some(["https://bsky.app/profile/", &post.author.handle, "/post/", post.id.as_deref()?].concat())
}

/// Handle (a domain) or did in a link to somebody's page.
fn handle(link: &str) -> Option<(String, AuthorKind)> {
    let mut segments = url::parse(link).segments();
    (segments.next() == Some("profile")).then_some(())?;
    Some((segments.next()?.to_owned(), AuthorKind::Unknown))
}

/// Text without the marks by which the client keeps names left to right.
fn bare(words: &str) -> String {
    words.replace(
        |character| matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'),
        "",
    )
}

/// Completes a reading: author, id and time, repost, answer and to which, media.
///
/// # Errors
/// [`Miss`] when the author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, context: &Context, post: &mut Post) -> Result<(), Miss> {
    let test_id = own.node.attr("data-testid").unwrap_or_default();
    let named = PREFIXES.iter().find_map(|prefix| test_id.strip_prefix(prefix)).unwrap_or_default();
    let links: Vec<(N, String)> =
        own.all(PROFILE).into_iter().filter_map(|link| link.attr("href").map(|href| (link, href))).collect();
    let is_post = |href: &str| url::parse(href).segments().nth(2) == Some("post");
    let at = ["@", named].concat();
    // "Reposted by" is a link too: the name is the link right before the handle.
    let profiles: Vec<String> = links
        .iter()
        .filter(|(_, href)| !is_post(href))
        .map(|(link, _)| bare(&own.words(link)).trim().to_owned())
        .collect();
    let marked = profiles.iter().position(|words| *words == at).and_then(|index| profiles.get(index.checked_sub(1)?));
    let own_page = || {
        let is_own =
            |(_, href): &&(N, String)| handle(href).is_some_and(|(handle, _)| handle == named) && !is_post(href);
        links
            .iter()
            .filter(is_own)
            .map(|(link, _)| bare(&own.words(link)).trim().to_owned())
            .find(|words| !words.is_empty())
    };
    post.author.name = marked.cloned().filter(|name| !name.is_empty()).or_else(own_page).unwrap_or_default();
    post.author.handle = named.to_owned();
    if named.is_empty() || post.author.name.is_empty() {
        return Err(Miss::Unreadable("author"));
    }
    let is_focal = |id: &str| context.focal_id.as_deref() == Some(id);
    post.id = links.iter().filter(|(_, href)| is_post(href)).find_map(|(_, href)| id_of(href, named)).or_else(|| {
        // On its own page the focal post need not link to itself.
        let focal = context
            .focal_id
            .clone()
            .filter(|_| test_id.starts_with(PREFIXES[1]) && own.has(r#"[data-testid="likeCount-expanded"]"#));
        focal.filter(|id| is_focal(id))
    });
    post.time = post.id.as_deref().and_then(time::of_tid).map(|unix_ms| PostTime { unix_ms, source: TimeSource::Id });
    post.is_repost = own.has(REPOSTED)
        || own
            .first(r#"a[aria-label][href^="/profile/"]:has(svg)"#)
            .is_some_and(|line| says_reposted(&own.words(&line)));
    let is_connected = own.has(CONNECTOR);
    post.is_reply = own.has(REPLIED) || is_connected;
    let is_thread = test_id.starts_with(PREFIXES[1]);
    if is_thread || is_connected {
        let before = before(own.node);
        post.is_reply |= before.is_some();
        // Below the focal post the order alone does not say what is answered.
        let is_next = is_connected || post.id.as_deref().is_some_and(is_focal);
        post.parent = before.filter(|_| is_next).and_then(|before| {
            before.query_all(r#"a[href*="/post/"]"#).iter().find_map(|link| id_of(&link.attr("href")?, ""))
        });
    }
    let media = own.count(r#"img[src*="/img/feed_"]"#) + own.count("video");
    post.media = Some(media).filter(|count| *count > 0);
    Ok(())
}

/// The id in a link to a post: of this author, where the link names the handle.
fn id_of(href: &str, author: &str) -> Option<String> {
    let segments: Vec<&str> = url::parse(href).segments().collect();
    let ["profile", who, "post", id, ..] = segments.as_slice() else { return None };
    (author.is_empty() || *who == author || who.starts_with("did:")).then(|| (*id).to_owned())
}

/// The item of a thread that stands before this one.
fn before<N: Node>(container: &N) -> Option<N> {
    let screen = container.closest(r#"[data-testid$="Screen"], main, body"#)?;
    let items = screen.query_all(POST);
    let index = items.iter().position(|item| item == container)?;
    items.into_iter().nth(index.checked_sub(1)?)
}
