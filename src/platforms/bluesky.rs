//! Owns Bluesky: hosts, selectors and where its badge goes; never runs over a page by itself.
//!
//! As the client's source has them (2023 to 2026); no saved page. Nobody pays for posts here.

use super::{Hide, Layout, Overlay, Platform, Refine, attr, labels, says_reposted, some, text};
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
    // In a thread the words have no test id; those of a card that leads to a feed stand in a link.
    text: &[&[r#"[data-testid="postText"]"#], &[r#"[data-word-wrap="1"]:not(a *)"#]],
    words: TextRule { skip: "", blocks: false },
    held_back: r#"[data-testid="postText"] ~ button, [data-testid="postText"] ~ [role="button"], [data-word-wrap="1"] + button"#,
    replies: &[attr(r#"[data-testid="replyBtn"]"#, "aria-label"), text(r#"[data-testid="replyBtn"]"#)],
    reposts: &[
        attr(r#"[data-testid="repostBtn"]"#, "aria-label"),
        text(r#"[data-testid="repostBtn"]"#),
        // Logged out (and for all until 2025) the button has no test id.
        text(r#"[data-testid="repostCount"]"#),
    ],
    likes: &[
        attr(r#"[data-testid="likeBtn"]"#, "aria-label"),
        text(r#"[data-testid="likeBtn"]"#),
        text(r#"[data-testid="likeCount-expanded"]"#),
    ],
    links: &[r#":is([data-testid="postText"], [data-word-wrap="1"]) a[href]"#, r#"a[href][target="_blank"]"#],
    refine: Refine::Bluesky,
    overlay: Overlay {
        // The line of name, handle and age; on a post's own page the age stands below.
        anchors: &[r#"div:has(> a[href*="/post/"]):not(:has([data-testid]))"#, r#"div:has(> a[href^="/profile/"])"#],
        row: r#"div:has(> [data-testid^="feedItem-by-"]), div:has(> [data-testid^="postThreadItem-by-"]), div:has(> div[role="link"]:not([data-testid]))"#,
        hide: Hide::CollapseChild,
    },
};

/// One post; its test id ends in the author's handle. In lists of a search, a hashtag, of quotes it has none (as the source of 2023 to 2025
/// has them); a quoted post looks the same, but has no buttons.
const POST: &str = concat!(
    r#"[data-testid^="feedItem-by-"], [data-testid^="postThreadItem-by-"], "#,
    r#"div[role="link"]:not([data-testid]):has([data-testid="likeBtn"])"#
);
const PREFIXES: [&str; 2] = ["feedItem-by-", "postThreadItem-by-"];

/// A screen that was left.
const HIDDEN: &str = r#"[style*="display: none"] *, [style*="display:none"] *, [hidden] *"#;

/// A quoted post is a link of its own that holds a text or a picture of its author.
const QUOTE: &str = concat!(
    r#":is([data-testid*="tem-by-"], [role="link"]) :is(a, [role="link"]):has([data-testid="postText"]), "#,
    r#":is([data-testid*="tem-by-"], [role="link"]) [role="link"]:has([data-testid="userAvatarImage"]):has(a[href*="/post/"], [dir])"#
);

/// Link to the author's page or the post.
const PROFILE: &str = r#"a[href^="/profile/"], a[href^="https://bsky.app/profile/"]"#;

/// The arrow of "Replied to …": begins so in the client's icon set, and in the one it had before, which lists of a search kept until 2025.
const REPLIED: &str = r#"path:is([d^="M15.793 10.293"], [d^="M205 34.8"])"#;
/// The two arrows of "Reposted by …", as drawn until 2025, in 2026, in 2023. The button has the same; logged out it has no test id.
const REPOSTED: &str =
    r#"path:is([d^="M17.957 2.293"], [d^="M16.793 2.293"], [d^="M272 416c17.7"]):not(button *, [role="button"] *)"#;
/// In a chain of posts the first row holds, in the avatar's column, the line that comes from above. Since 2025 one more element stands
/// around the rows.
const CONNECTOR: &str = concat!(
    r#":is([data-testid*="tem-by-"], [data-testid*="tem-by-"] > div) > div:has(+ div [data-testid="userAvatarImage"])"#,
    r#":not(:has([data-testid="userAvatarImage"])) > div:first-child > div"#
);

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
    let links: Vec<(N, String)> =
        own.all(PROFILE).into_iter().filter_map(|link| link.attr("href").map(|href| (link, href))).collect();
    let is_post = |href: &str| url::parse(href).segments().nth(2) == Some("post");
    // Where no test id names the author, the first link to a post does: that of the age.
    let linked = || links.iter().find(|(_, href)| is_post(href)).and_then(|(_, href)| Some(handle(href)?.0));
    let named = PREFIXES.iter().find_map(|prefix| test_id.strip_prefix(prefix)).map(str::to_owned).or_else(linked);
    let named = named.as_deref().unwrap_or_default();
    let at = ["@", named].concat();
    let profiles: Vec<(bool, String)> = links
        .iter()
        .filter(|(_, href)| !is_post(href))
        .map(|(link, href)| {
            let is_own = handle(href).is_some_and(|(handle, _)| handle == named);
            (is_own, bare(&own.words(link)).trim().to_owned())
        })
        .collect();
    let own_page = || profiles.iter().filter(|(is_own, _)| *is_own).map(|(_, words)| words);
    // In 2023 and 2024, and at the head of a thread since, one link holds name and handle.
    let joined = own_page().find_map(|words| some(words.strip_suffix(&at)?));
    // "Reposted by" is a link too: the name is the link right before the handle.
    let at_handle = profiles.iter().position(|(_, words)| *words == at).and_then(|index| index.checked_sub(1));
    let marked = || some(&profiles.get(at_handle?)?.1);
    post.author.name = joined.or_else(marked).or_else(|| own_page().find_map(|words| some(words))).unwrap_or_default();
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
