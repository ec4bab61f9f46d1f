//! Owns Facebook: hosts, addresses, selectors and where its badge goes; never runs over a page by itself.
//!
//! Captions of the reels' viewer and of Watch are not read: nothing of their structure is recorded, neither a page nor a list's selector.

use super::{Hide, Layout, Overlay, Platform, Refine, attr, labels, text};
use crate::post::{AuthorKind, Post, Room, Surface};
use crate::read::TextRule;
use crate::read::url::{self, Url};

pub mod post;

/// Facebook.
pub static FACEBOOK: Platform = Platform {
    room: Room::Facebook,
    hosts: &["www.facebook.com", "facebook.com", "web.facebook.com"],
    probe: &[],
    locate,
    dialogs: DIALOGS,
    permalink,
    handle,
    layouts: &[BARE, COMET],
    viewer: &[VIEWER, VIEWER_SHORTCUT],
    name: r#"[role="main"] h1"#,
    labels: labels::META,
};

/// The pages served since 2020, in every class family.
pub const COMET: Layout = Layout {
    name: "facebook",
    container: STORY,
    not_posts: &[SHELL],
    post_parts: &["h2", "h3", "h4", NAME],
    foreign: FOREIGN,
    // Every page stands in a `div` with an id, so headings need not be asked for one.
    foreign_signs: &["h4", "h3", "h2", r#"[role="article"]"#, INNER_MESSAGE],
    always_own: "",
    quote: QUOTE,
    // Name, handle and the line under them depend on each other: see `post`.
    name_of: &[],
    handle_of: &[],
    bio_of: &[],
    organisation: &[],
    text: &[
        &[r#"[data-ad-preview="message"]"#],
        &[r#"[data-ad-comet-preview="message"]"#],
        &[r#"[data-ad-rendering-role="story_message"]"#],
        // Of adverts, 2026.
        &[r#"[data-ad-rendering-role="creative_body"]"#],
    ],
    words: TextRule { skip: HIDDEN, blocks: true },
    held_back: MORE,
    likes: &[
        text(r#"[role="toolbar"] ~ * [aria-hidden="true"]"#),
        attr(r#"[role="toolbar"] [aria-label]"#, "aria-label"),
        text(r#"[role="button"]:has([data-ad-rendering-role="like_button"])"#),
        attr(BESIDE_LIKE, "aria-label"),
    ],
    replies: &[
        text(r#"[role="button"][id]:not([aria-label], [aria-haspopup])"#),
        text(r#"[role="button"]:has([data-ad-rendering-role="comment_button"])"#),
    ],
    reposts: &[text(SHARES), text(r#"[role="button"]:has([data-ad-rendering-role="share_button"])"#)],
    links: &[
        r#"[data-ad-preview="message"] a[href], [data-ad-comet-preview="message"] a[href]"#,
        r#"a[href*="//l.facebook.com/"]"#,
    ],
    refine: Refine::Facebook,
    overlay: Overlay {
        // The line of age and audience, in which the label of a paid post stands; else the name.
        anchors: &[LINE, LINE_OLD, NAME, "h4, h3, h2"],
        // Off-screen rows keep a measured height; the list measures again when its child is gone (FBCMF collapses as far).
        row: "[data-virtualized]",
        hide: Hide::CollapseChild,
    },
};

/// Stories that name neither themselves nor their parts (seen 2026-09): what stands below the name and has another name is foreign.
pub const BARE: Layout = Layout {
    name: "facebook-bare",
    container: r#"div[role="article"]:not([aria-describedby], [aria-label], [role="article"] *, :has([aria-describedby*=" "]))"#,
    foreign: BARE_FOREIGN,
    foreign_signs: &[],
    quote: BARE_QUOTE,
    ..COMET
};

/// One post. A story names itself by one id and its parts by four or five, which nothing else does; feeds number it as well.
/// Right on 5 of 5 filled stories and 2 emptied ones, 2024-08 to 2025-12; the role stood on it until 2023. Comments have the role
/// and a label instead. Below: units of 2022 and rows of groups for the day when the ids go; rows of adverts alone, which have neither
/// ids nor a number (FBCMF, 2026): what a row of today has is asked first, so that those cost nothing.
const STORY: &str = concat!(
    r#"div[aria-posinset]:is([aria-labelledby], [aria-describedby]), div[aria-labelledby][aria-describedby*=" "], "#,
    r#"div[role="article"]:not([aria-label], [role="article"] *), "#,
    r#"[role="main"] div[aria-posinset]:has([data-ad-rendering-role="profile_name"], [data-ad-preview="message"]), "#,
    r#"div[data-pagelet^="FeedUnit_"]:not(:has([aria-posinset], [aria-describedby], [role="article"])), "#,
    r#"div[role="feed"] > div:has([data-ad-rendering-role="profile_name"]):not(:has([aria-posinset], [aria-describedby], [role="article"])), "#,
    r#"[role="main"] div[data-virtualized]:not([aria-posinset] *, [role="article"] *, :has([aria-posinset], [aria-describedby], [role="article"])):has(a[href*="/ads/about"]):has([data-ad-rendering-role="profile_name"])"#
);

/// Off-screen stories are emptied and keep their ids: 2 of 2, 2025.
const SHELL: &str = ":not(:has(a, h2, h3, h4))";

/// The part with pictures, cards and shared stories: the only own `div` with an id below the words. It is foreign when it holds
/// an author's heading or words: a shared story, a reel with its owner, a life event. 4 of 4, 2024–2025. Comments have a role and
/// a label.
const FOREIGN: &str = concat!(
    r#"[aria-describedby] [role="article"], [role="article"][aria-label], [data-commentid], "#,
    r#"[aria-describedby] div[id]:not([data-ad-preview], [role], span > div):has(h2, h3, h4, [data-ad-preview="message"], [data-ad-comet-preview="message"], [data-ad-rendering-role="profile_name"]):not(:has([role="toolbar"]))"#
);

/// Of these, the shared stories. Without words they have a heading with an id; that of a reel or a life event has none, and a reel
/// has no name of this kind: 1 of 1 each, 2025.
const QUOTE: &str = r#"[aria-describedby] div[id]:not([data-ad-preview], [role], span > div):has(h2[id], h3[id], h4[id], [data-ad-preview="message"], [data-ad-comet-preview="message"], [data-ad-rendering-role="profile_name"]):not(:has([role="toolbar"]))"#;

/// Without ids: comments and shared stories.
const BARE_FOREIGN: &str = r#"[role="article"] [role="article"], [data-commentid], [role="article"] div:has([data-ad-rendering-role="profile_name"]) ~ div:has([data-ad-rendering-role="profile_name"])"#;
/// Of these, the shared stories.
const BARE_QUOTE: &str = r#"[role="article"] div:has([data-ad-rendering-role="profile_name"]) ~ div:has([data-ad-rendering-role="profile_name"])"#;

/// Words within a part that has an id of its own.
const INNER_MESSAGE: &str = r#"div[id] [data-ad-preview="message"]"#;

/// The author's heading since 2025, of any level: h2 on profiles, h3 in search, h4 in feeds.
const NAME: &str = r#"[data-ad-rendering-role="profile_name"]"#;

/// Never seen by the reader: decoys (`display:none`, off-screen runs of "Facebook"), the button behind which the rest is.
const HIDDEN: &str = r#"[role="button"], [aria-hidden="true"], [hidden], .x1s85apg"#;

/// "See more": the rest is not in the page.
const MORE: &str = r#":is([data-ad-preview="message"], [data-ad-comet-preview="message"], [data-ad-rendering-role="story_message"], [data-ad-rendering-role="creative_body"]) [role="button"]"#;

/// Age and audience stand in an element with an id, below the name: 5 of 5, 2024–2025; until 2023 it was a `span`.
const LINE: &str = r#"span > div[id]:has(a)"#;
const LINE_OLD: &str = r#"span > span[id]:has(a)"#;

/// The number of likes as a button of its own beside the one that likes, where counts stand in the row of buttons (2026).
const BESIDE_LIKE: &str = r#"[role="button"]:has([data-ad-rendering-role="like_button"]) + [role="button"][aria-label]:not(:has([data-ad-rendering-role]))"#;

/// "1 share", beside "3 comments", which has an id.
const SHARES: &str = r#"div:has(> [role="toolbar"]) ~ div [role="button"]:not([id])"#;

/// First entry of the left column: one's own page. As blockers use it, 2026; not in the saved pages.
const VIEWER: &str = r#"[role="navigation"] li:first-child a[href]"#;
const VIEWER_SHORTCUT: &str = r#"[role="main"] a[href][aria-label]:has(svg):has(+ * [role="button"])"#;

/// The viewer of photos and stories lies over the page.
const DIALOGS: &[&[&str]] = &[&["photo"], &["photo.php"], &["stories"]];

/// First path segments that are no pages of somebody.
const RESERVED: &str = " ads bookmarks business codes dating events friends fundraisers games gaming groups hashtag help \
    home.php l.php legal live login login.php marketplace media me memories messages notifications offers pages permalink.php \
    photo photo.php photos places plugins policies privacy profile.php reel reels saved search settings share sharer stories \
    story.php support terms video.php videos watch work ";

fn is_reserved(segment: &str) -> bool {
    RESERVED.split(' ').any(|word| word == segment)
}

fn locate(url: &Url<'_>) -> (Surface, Option<String>) {
    let segments: Vec<&str> = url.segments().collect();
    let named = post_id(url);
    let surface = match segments.as_slice() {
        [] | ["home.php"] => Surface::Home,
        ["search" | "hashtag", ..] => Surface::Search,
        ["profile.php"] if named.is_none() => Surface::Profile,
        ["people" | "pages" | "p", ..] | ["profile", _, "search"] => Surface::Profile,
        _ if named.is_some() => Surface::Thread,
        ["groups", ..] => Surface::Group,
        [first, ..] if is_reserved(first) => Surface::Elsewhere,
        [_] | [_, "posts" | "photos" | "videos" | "reels" | "mentions" | "about"] => Surface::Profile,
        _ => Surface::Elsewhere,
    };
    (surface, named.filter(|_| surface == Surface::Thread))
}

/// The post that an address names: `/posts/…`, `/permalink/…`, `story_fbid=…`, `/photo/?fbid=…`, `/photos/a.1/…`, `/videos/…`,
/// `/reel/…`, `/watch/?v=…`, `/media/set/?set=pcb.…`.
fn post_id(url: &Url<'_>) -> Option<String> {
    let named = ["story_fbid", "fbid", "multi_permalinks"].iter().find_map(|name| url.param(name));
    let video = || url.segments().next().filter(|first| *first == "watch").and_then(|_| url.param("v"));
    let pictures = || url.param("set")?.strip_prefix("pcb.");
    let is_kind = |segment: &&str| matches!(*segment, "posts" | "permalink" | "photos" | "videos" | "reel");
    let mut segments = url.segments().skip_while(|segment| !is_kind(segment));
    let id = named.or_else(video).or_else(pictures).or_else(|| {
        segments.next()?;
        // Some addresses have words between.
        segments.last()
    })?;
    let is_id = id.starts_with("pfbid") || id.bytes().all(|byte| byte.is_ascii_digit());
    (is_id && !id.is_empty()).then(|| id.to_owned())
}

fn permalink(post: &Post) -> Option<String> {
    let id = post.id.as_ref()?;
    let who = post.author.handle.strip_prefix("/profile.php?id=").unwrap_or(post.author.handle.trim_start_matches('/'));
    let who = who.split_once("/user/").map_or(who, |(group, _)| group);
    let mut link = String::from("https://www.facebook.com/");
    if who.is_empty() {
        link.push_str(id);
        return Some(link);
    }
    link.push_str(who);
    link.push_str("/posts/");
    link.push_str(id);
    Some(link)
}

/// Path of somebody's page; in a group, of their page there. A group is nobody: its path ends behind its name.
fn handle(link: &str) -> Option<(String, AuthorKind)> {
    let url = url::parse(link);
    if !(url.host.is_empty() || url.host == "facebook.com" || url.host.ends_with(".facebook.com")) {
        return None;
    }
    let segments: Vec<&str> = url.segments().collect();
    let path = match segments.as_slice() {
        ["profile.php"] => {
            let id = url.param("id").filter(|id| !id.is_empty())?;
            return Some((["/profile.php?id=", id].concat(), AuthorKind::Unknown));
        }
        ["groups", _, "user", _, ..] => 4,
        ["people" | "pages", _, _, ..] => 3,
        ["p", _] => 2,
        // Anything but a file or a parameter of the page.
        [name] if !is_reserved(name) && !url.host.starts_with("l.") => 1,
        _ => return None,
    };
    let mut handle = String::new();
    for segment in &segments[..path] {
        handle.push('/');
        handle.push_str(segment);
    }
    Some((handle, AuthorKind::Unknown))
}
