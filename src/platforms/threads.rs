//! Owns Threads: hosts, addresses, selectors, ad signs and where its badge goes; never runs over a page by itself.

use super::{Hide, Layout, Overlay, Platform, Refine, labels, says_reposted, some, text};
use crate::post::{AdSource, AuthorKind, Post, PostTime, Room, Surface, TimeSource};
use crate::read::node::Node;
use crate::read::url::{self, Url};
use crate::read::{Context, Miss, Own, TextRule, labels as label, time};

/// Threads.
pub static THREADS: Platform = Platform {
    room: Room::Threads,
    hosts: &["www.threads.com", "threads.com", "www.threads.net", "threads.net"],
    probe: &[],
    locate,
    dialogs: DIALOGS,
    permalink,
    handle,
    layouts: &[PRESSABLE],
    viewer: &[VIEWER, VIEWER_NAVIGATION],
    name: "main h1",
    labels: labels::META,
};

const PRESSABLE: Layout = Layout {
    name: "threads",
    container: POST,
    not_posts: &[":not(:has(a))"],
    post_parts: &["time"],
    foreign: QUOTE,
    foreign_signs: &[],
    always_own: "",
    quote: QUOTE,
    // Name and handle come with the link to the post: see `refine`.
    name_of: &[],
    handle_of: &[],
    bio_of: &[],
    organisation: &[],
    // Text may be several elements beside each other.
    text: &[
        &[
            WORDS,
            r#"div:has(~ * [role="button"]:not([aria-haspopup])):not(:has(~ * [aria-haspopup])) > span ~ span[dir="auto"]:not(:has(time))"#,
            r#"div:has(~ * [role="button"]:not([aria-haspopup])):not(:has(~ * [aria-haspopup])) > span ~ span ~ span[dir="auto"]:not(:has(time))"#,
            r#"div:has(~ * [role="button"]:not([aria-haspopup])):not(:has(~ * [aria-haspopup])) > span ~ span ~ span ~ span[dir="auto"]:not(:has(time))"#,
        ],
        &[LONE_WORDS],
    ],
    words: TextRule { skip: r#"button, [role="button"]"#, blocks: true },
    held_back: r#"span[dir="auto"] [role="button"]"#,
    likes: &[text(LIKE), text(r#"[role="button"]:has(svg[aria-label="Like"], svg[aria-label="Unlike"])"#), text(FIRST)],
    replies: &[
        text(COMMENT),
        text(r#"[role="button"]:has(svg[aria-label="Comment"], svg[aria-label="Reply"])"#),
        text(SECOND),
    ],
    reposts: &[text(REPOST), text(r#"[role="button"]:has(svg[aria-label="Repost"])"#), text(THIRD)],
    links: &[r#"a[href^="https://l.threads."]"#, r#"span[dir="auto"] a[href][target="_blank"]"#],
    refine: Refine::Threads,
    overlay: Overlay {
        // Behind the age; paid posts may have none.
        anchors: &[
            "span[dir]:has(> a > time)",
            ":is(div, span):has(> a time)",
            // The line of name and label, behind both.
            "div:has(> span [translate])",
            r#"span:has(> div a[href^="/@"], > a[href^="/@"])"#,
            r#"div:has(> a[href*="/@"])"#,
        ],
        // Rows of author threads hold several posts, so each hides by itself.
        row: "[data-pressable-container]",
        hide: Hide::CollapseChild,
    },
};

/// One post; a pressable within it is a quoted one. Right on 9 of 9, 2025-12.
const POST: &str = "[data-pressable-container]:not([data-pressable-container] *)";
const QUOTE: &str = "[data-pressable-container] [data-pressable-container]";

/// The author's words: what stands above the buttons. 7 of 7, 2025-12; names, ages and labels stand in a row of their own.
const WORDS: &str = r#"div:has(~ * [role="button"]:not([aria-haspopup])):not(:has(~ * [aria-haspopup])) > span[dir="auto"]:not(a *, [role="button"] *, :has(time))"#;
/// The same where something came between: not in a link, not in the row of the name.
const LONE_WORDS: &str = r#"span[dir="auto"]:not(a *, [role="button"] *, [translate], :has(time, a), div:has(> * [translate]) *, div:has(> * > [translate]) *)"#;

/// Link to a post. 9 of 9, 2025-12.
const PERMALINK: &str = r#"a[href*="/@"][href*="/post/"]"#;

/// Buttons by the beginning of their icon's path: free of language. 7 of 7, 2025-12.
const LIKE: &str = r#"[role="button"]:has(path[d^="M1.34375"])"#;
const COMMENT: &str = r#"[role="button"]:has(path[d^="M15.376 13.2177"])"#;
const REPOST: &str = r#"[role="button"]:has(path[d^="M6.41256 1.23531"])"#;
/// The same by their place among four, for the day when the icons are drawn anew.
const FIRST: &str = r#"div:first-child:nth-last-child(4) > [role="button"]:has(svg)"#;
const SECOND: &str = r#"div:nth-child(2):nth-last-child(3) > [role="button"]:has(svg)"#;
const THIRD: &str = r#"div:nth-child(3):nth-last-child(2) > [role="button"]:has(svg)"#;

/// Buttons that act on a post; people that are suggested have none with an icon.
const ACTION: &str = r#"[role="button"] svg"#;
/// The same without the menu.
const ACT: &str = r#"[role="button"]:not([aria-haspopup]) svg"#;
/// A post has a menu and four of them; people that one may follow have fewer.
const ACTIONS_FROM: u32 = 4;

/// The second and later posts of a row answer the one before: author threads, replies with what they answer. 3 of 3, 2025-12.
const CONTINUED: &str = "div:has(> [data-pressable-container]) ~ div";

/// Pictures and videos (by their picture): not of a person, not of a link's card. 4 of 4, 2025-12. Links may be absolute.
const PICTURE: &str = r#"img:not(a[target="_blank"] *, a[href*="/@"]:not([href*="/media"], [href*="/post/"]) *, [alt$="profile picture"])"#;
/// Persons' pictures state a height in pixels, of 14 to 48; others a part of the place they have.
const LARGEST_FACE: u32 = 48;

/// Links to persons, and to what they wrote.
const PERSON: &str = r#"a[href*="/@"]"#;
/// An icon that is no button: the mark of a line.
const ICON: &str = r#"svg:not([role="button"] *)"#;

/// What stands in the header outside of links within the site.
const LEAF: &str = r#"span:not(:has(*), a[href^="/"] *, a[href*="threads."] *, [role="button"] *)"#;
/// The author's name, a link; their picture links there as well.
const NAME: &str = r#"a[href*="/@"]:has([translate])"#;
const FACE: &str = r#"a[href*="/@"]:has(img)"#;

/// Link to one's own page in the navigation. As the site's markup of 2025; logged-out pages have none.
const VIEWER: &str = r#"a[href^="/@"]:has(svg[aria-label="Profile"])"#;
const VIEWER_NAVIGATION: &str = r#":is(nav, [role="navigation"]) a[href^="/@"]"#;

const DIALOGS: &[&[&str]] = &[&["*", "post", "*", "media"], &["compose"], &["intent"], &["login"]];

fn locate(url: &Url<'_>) -> (Surface, Option<String>) {
    let segments: Vec<&str> = url.segments().collect();
    match segments.as_slice() {
        [] | ["for_you" | "following"] => (Surface::Home, None),
        [who, "post", code, ..] if who.starts_with('@') => (Surface::Thread, some(code)),
        ["t", code, ..] => (Surface::Thread, some(code)),
        [who, "replies"] if who.starts_with('@') => (Surface::Replies, None),
        [who] | [who, "media" | "reposts"] if who.starts_with('@') => (Surface::Profile, None),
        ["search" | "tag", ..] => (Surface::Search, None),
        ["custom_feed" | "communities" | "community", ..] => (Surface::Group, None),
        [_, ..] => (Surface::Elsewhere, None),
    }
}

fn permalink(post: &Post) -> Option<String> {
    let id = post.id.as_ref()?;
    Some(["https://www.threads.com/@", &post.author.handle, "/post/", id].concat())
}

fn handle(link: &str) -> Option<(String, AuthorKind)> {
    let url = url::parse(link);
    if !(url.host.is_empty() || url.host.contains("threads.")) {
        return None;
    }
    let name = some(url.segments().next()?.strip_prefix('@')?)?;
    Some((name, AuthorKind::Unknown))
}

/// The short code in a link to a post.
fn code(link: &str) -> Option<&str> {
    let mut segments = url::parse(link).segments();
    (segments.nth(1)? == "post").then(|| segments.next())?
}

/// Completes a reading: id, author and time, paid or not, answer, media.
///
/// # Errors
/// [`Miss`] when the element is no post, or its author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, context: &Context, post: &mut Post) -> Result<(), Miss> {
    let is_acted_on = own.count(ACTION) >= ACTIONS_FROM;
    let links = own.all(PERMALINK);
    let timed = links.iter().find_map(|link| Some((link, link.query("time[datetime]")?)));
    let link = timed.as_ref().map(|(link, _)| *link).or(links.first());
    let named = || own.first(NAME).or_else(|| own.first(FACE))?.attr("href");
    let Some(href) = link.and_then(|link| link.attr("href")).or_else(named) else {
        return Err(if is_acted_on { Miss::Unreadable("author") } else { Miss::NotAPost });
    };
    // What one sees of others' deeds ("liked your post") has links, but no buttons.
    if !is_acted_on {
        let is_post = context.surface != Surface::Elsewhere && timed.is_some() && !post.text.is_empty();
        return Err(if is_post { Miss::Unreadable("actions") } else { Miss::NotAPost });
    }
    let Some((handle, _)) = handle(&href) else { return Err(Miss::Unreadable("author")) };
    post.id = code(&href).map(str::to_owned);
    post.author.name.clone_from(&handle);
    post.author.handle = handle;
    if let Some((_, stated)) = &timed {
        let stated = stated.attr("datetime").and_then(|stated| time::parse_iso(&stated));
        post.time = stated.map(|unix_ms| PostTime { unix_ms, source: TimeSource::Stated });
    }
    post.ad = paid(own, &post.author.handle);
    post.is_repost = reposted(own, &post.author.handle);
    post.is_reply = !post.ad.is_some_and(AdSource::is_platform_paid) && answers(own, context, post);
    let is_face = |image: &N| {
        image.attr("height").and_then(|height| height.parse::<u32>().ok()).is_some_and(|height| height <= LARGEST_FACE)
    };
    let mut pictures = own.all(PICTURE);
    pictures.retain(|image| !is_face(image));
    post.media = u32::try_from(pictures.len()).ok();
    Ok(())
}

/// Whether a link leads to the author; `None` when it leads to nobody.
fn is_authors<N: Node>(link: &N, author: &str) -> Option<bool> {
    handle(&link.attr("href")?).map(|(who, _)| who == author)
}

/// "… reposted": a link to somebody else above the header, with more words than a name; or above the author's picture, in a line with
/// an icon.
fn reposted<N: Node>(own: &Own<'_, N>, author: &str) -> bool {
    let links = own.all(PERSON);
    let named = links.iter().find(|link| !own.words(link).is_empty());
    let Some(link) = named.filter(|link| is_authors(*link, author) == Some(false)) else { return false };
    let says = |line: &N| says_reposted(&own.words(line));
    let is_above =
        links.iter().take_while(|before| *before != link).all(|before| is_authors(before, author) != Some(true));
    says(link) || link.parent().is_some_and(|line| says(&line)) || (is_above && has_icon(own, link))
}

/// Whether the line of a link above the author's picture has an icon.
fn has_icon<N: Node>(own: &Own<'_, N>, link: &N) -> bool {
    let mut line = link.clone();
    while let Some(around) = line.parent().filter(|around| around != own.node && around.query(FACE).is_none()) {
        line = around;
    }
    line.query(ICON).is_some()
}

fn paid<N: Node>(own: &Own<'_, N>, author: &str) -> Option<AdSource> {
    let named = || {
        own.all(PERSON).into_iter().find(|link| is_authors(link, author) == Some(true) && !own.words(link).is_empty())
    };
    let mut header = own.first(NAME).or_else(named)?.parent()?;
    // As far as the row of name and menu reaches.
    while let Some(around) = header.parent() {
        if around == *own.node || around.query(ACT).is_some() {
            break;
        }
        header = around;
    }
    header.parent()?.query(ACT)?;
    header.query_all(LEAF).into_iter().find_map(|leaf| label::find(&leaf.text_content(), labels::META))
}

fn answers<N: Node>(own: &Own<'_, N>, context: &Context, post: &Post) -> bool {
    if own.node.parent().is_some_and(|place| place.matches(CONTINUED)) {
        return true;
    }
    let (Surface::Thread, Some(focal), Some(id)) = (context.surface, &context.focal_id, &post.id) else { return false };
    // Short codes are numbers to base 64 that grow with time: on a post's own page younger ones answer it.
    number(id) > number(focal)
}

/// Length and digits of a short code, in the order of the numbers that they write.
fn number(code: &str) -> (usize, Vec<u8>) {
    let digit = |byte| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'-' => 62,
        _ => 63,
    };
    (code.len(), code.bytes().map(digit).collect())
}
