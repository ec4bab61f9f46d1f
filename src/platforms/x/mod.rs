//! Owns X (Twitter): hosts, addresses and what its kinds of pages share; never runs over a page by itself.

use super::{Platform, labels};
use crate::post::{AuthorKind, Post, Room, Surface};
use crate::read::node::{Child, Node};
use crate::read::url::{self, Url};

pub mod post;
pub mod web;

/// X.
pub static X: Platform = Platform {
    room: Room::X,
    hosts: &["x.com", "twitter.com", "mobile.x.com", "mobile.twitter.com", "www.x.com", "www.twitter.com"],
    probe: &[],
    locate,
    dialogs: DIALOGS,
    permalink,
    handle,
    // The newer one last: the pages of everybody who is signed in are the older one's.
    layouts: &[post::TWEET, web::WEB],
    viewer: &[VIEWER, r#"[data-testid="SideNav_AccountSwitcher_Button"] [data-testid^="UserAvatar-Container-"]"#],
    name: NAMED,
    labels: labels::X,
};

/// Name, mark and handle at the head of a profile, the handle last; has stood there since 2020.
const NAMED: &str = r#"[data-testid="UserName"]"#;

/// Link to a post. A video credited to somebody else puts `/i/status/…` in the article.
const PERMALINK: &str = r#"a[href*="/status/"]"#;

/// Link to one's own page in the navigation. Seen 2024-11.
const VIEWER: &str = r#"a[data-testid="AppTabBar_Profile_Link"]"#;

/// The timeline stays mounted below all of these. As the site's router names them, 2025-10.
const DIALOGS: &[&[&str]] = &[
    &["*", "status", "*", "photo"],
    &["*", "status", "*", "video"],
    &["*", "photo"],
    &["*", "header_photo"],
    &["compose"],
    &["intent"],
    &["i", "flow"],
    &["i", "display"],
    &["i", "keyboard_shortcuts"],
    &["i", "lists", "add_member"],
    &["i", "lists", "create"],
    &["settings", "profile"],
    &["settings", "trends"],
    &["logout"],
];

/// First path segments that are no handles.
const RESERVED: [&str; 18] = [
    "home",
    "explore",
    "search",
    "notifications",
    "messages",
    "settings",
    "i",
    "compose",
    "login",
    "signup",
    "tos",
    "privacy",
    "jobs",
    "hashtag",
    "intent",
    "share",
    "download",
    "about",
];

fn locate(url: &Url<'_>) -> (Surface, Option<String>) {
    let segments: Vec<&str> = url.segments().collect();
    match segments.as_slice() {
        [] | ["home"] => (Surface::Home, None),
        ["search" | "explore" | "hashtag", ..] => (Surface::Search, None),
        ["i", "lists" | "communities", ..] => (Surface::Group, None),
        // Posts that quote this one, people that liked it.
        [_, "status" | "statuses", _, "quotes" | "retweets" | "reposts" | "likes", ..] => (Surface::Search, None),
        ["i", "status", id, ..] | ["i", "web", "status", id, ..] => (Surface::Thread, digits(id)),
        ["i", ..] => (Surface::Elsewhere, None),
        [_, "status" | "statuses" | "article", id, ..] => (Surface::Thread, digits(id)),
        [first, ..] if RESERVED.contains(first) => (Surface::Elsewhere, None),
        [_, "with_replies"] => (Surface::Replies, None),
        [_, "likes"] => (Surface::Elsewhere, None),
        [_] | [_, "media" | "highlights" | "articles" | "affiliates" | "superfollows"] => (Surface::Profile, None),
        [_, "lists" | "communities", ..] => (Surface::Group, None),
        [_, ..] => (Surface::Elsewhere, None),
    }
}

fn digits(text: &str) -> Option<String> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}

fn permalink(post: &Post) -> Option<String> {
    let id = post.id.as_ref()?;
    let handle = if post.author.handle.is_empty() { "i" } else { &post.author.handle };
    Some(format!("https://x.com/{handle}/status/{id}"))
}

fn handle(link: &str) -> Option<(String, AuthorKind)> {
    let first = url::parse(link).segments().next()?;
    let first = first.strip_prefix('@').unwrap_or(first);
    let valid = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    // A bare handle is nobody's path: `jobs` and `about` are people.
    (valid && (!link.contains('/') || !RESERVED.contains(&first))).then(|| (first.to_owned(), AuthorKind::Unknown))
}

/// Handle and id of a link to a post.
fn status(link: &str) -> Option<(&str, String)> {
    let mut segments = url::parse(link).segments();
    let handle = segments.next()?;
    let status = segments.next()?;
    (handle != "i" && matches!(status, "status" | "statuses")).then_some(())?;
    Some((handle, digits(segments.next()?)?))
}

fn number(id: Option<&str>) -> Option<u64> {
    id?.parse().ok()
}

/// The element right before, in the same list.
fn before<N: Node>(row: &N) -> Option<N> {
    let mut last = None;
    for child in row.parent()?.children() {
        let Child::Element(child) = child else { continue };
        if child == *row {
            break;
        }
        last = Some(child);
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_called_like_a_part_of_the_site() {
        for (link, expected) in [
            ("/velomira", Some("velomira")),
            ("https://x.com/velomira?s=20", Some("velomira")),
            ("/jobs", None),
            ("https://x.com/about", None),
            ("jobs", Some("jobs")),
        ] {
            assert_eq!(handle(link).map(|(handle, _)| handle).as_deref(), expected, "{link}");
        }
    }
}
