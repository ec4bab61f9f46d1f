//! Owns LinkedIn: hosts, addresses and what both generations of its pages share; never runs over a page by itself.

use super::{Platform, labels};
use crate::post::{AuthorKind, Post, PostTime, Room, Surface, TimeSource};
use crate::read::node::Node;
use crate::read::url::{self, Url};
use crate::read::{Context, Own, time, urn};
use crate::text::head;

pub mod guest;
pub mod legacy;
pub mod sdui;

/// LinkedIn.
pub static LINKEDIN: Platform = Platform {
    room: Room::Linkedin,
    hosts: &["www.linkedin.com", "linkedin.com"],
    probe: &[],
    locate,
    dialogs: DIALOGS,
    permalink,
    handle,
    layouts: &[sdui::SDUI, legacy::LEGACY, guest::GUEST],
    viewer: &[VIEWER_SDUI, VIEWER_LEGACY, VIEWER_CARD],
    name: "main h1",
    labels: labels::LINKEDIN,
};

/// The picture beside "Start a post", the first entry of the feed. Seen 2026-04. Where a post comes first it shows somebody else.
const VIEWER_SDUI: &str =
    r#"[data-testid="mainFeed"] > div:first-child:not(:has([role="listitem"])) a[href*="/in/"]:has(figure)"#;
/// The card in the left column, 2025-06.
const VIEWER_LEGACY: &str =
    r#"a.profile-card-profile-link[href*="/in/"], a.profile-card-profile-picture-container[href*="/in/"]"#;
/// The same card, 2022.
const VIEWER_CARD: &str = r#".feed-identity-module a[href*="/in/"]"#;

/// A profile's contact details, pictures and forms.
const DIALOGS: &[&[&str]] = &[&["in", "*", "overlay"]];

fn locate(url: &Url<'_>) -> (Surface, Option<String>) {
    let segments: Vec<&str> = url.segments().collect();
    match segments.as_slice() {
        // Without its beginning, too: "activity:7456".
        ["feed", "update", name, ..] | ["embed", "feed", "update", name, ..] => {
            (Surface::Thread, urn::find(&["urn:li:", name].concat()))
        }
        ["posts", slug, ..] => (Surface::Thread, of_slug(slug)),
        ["feed", "hashtag", ..] | ["search", ..] => (Surface::Search, None),
        [] | ["feed" | "preload" | "home", ..] => (Surface::Home, None),
        ["in", _, "recent-activity", "comments", ..] => (Surface::Replies, None),
        ["in" | "company" | "school" | "showcase", _, ..] => (Surface::Profile, None),
        ["groups", _, ..] => (Surface::Group, None),
        [_, ..] => (Surface::Elsewhere, None),
    }
}

/// The urn in `{name}_{words}-activity-{id}-{check}`.
fn of_slug(slug: &str) -> Option<String> {
    ["activity", "ugcPost", "share"].into_iter().find_map(|kind| {
        let (_, after) = slug.rsplit_once(&format!("{kind}-"))?;
        let end = after.find(|character: char| !character.is_ascii_digit()).unwrap_or(after.len());
        (end > 0).then(|| format!("urn:li:{kind}:{}", head(after, end)))
    })
}

fn permalink(post: &Post) -> Option<String> {
    Some(format!("https://www.linkedin.com/feed/update/{}/", post.id.as_ref()?))
}

/// Path of a member, company, school or showcase page; nothing else has authors.
fn handle(link: &str) -> Option<(String, AuthorKind)> {
    let url = url::parse(link);
    if !(url.host.is_empty() || is_here(url.host)) {
        return None;
    }
    let mut segments = url.segments();
    let room = segments.next()?;
    let name = segments.next()?;
    let kind = match (room, segments.next()) {
        // Nothing follows a member's name in the links of a feed.
        ("in", None) => AuthorKind::Person,
        ("company" | "school" | "showcase", _) => AuthorKind::Organisation,
        (_, _) => return None,
    };
    Some((format!("/{room}/{name}"), kind))
}

/// Whether a host is LinkedIn's: guests see those of their country (`uk.linkedin.com`).
fn is_here(host: &str) -> bool {
    host.strip_suffix("linkedin.com").is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// What the page reports of a post, said of a paid one (2025 to 2026-06). Not every mention: organic ones say `"isSponsored":false`.
const SCOPE: &str = r#"[data-view-tracking-scope*="sponsored" i]"#;
const SPONSORED: [&str; 4] =
    ["SponsoredUpdateServed", "SPONSORED_UPDATE_SERVED", r#"["sponsored"]"#, r#"isSponsored":true"#];

/// Whether what the page reports of the post says that it was paid: on it, around it or in it.
fn is_served_as_ad<N: Node>(own: &Own<'_, N>) -> bool {
    let around = own.node.closest(SCOPE);
    own.all(SCOPE).into_iter().chain(around).any(|node| {
        node.attr("data-view-tracking-scope").is_some_and(|scope| SPONSORED.iter().any(|says| scope.contains(says)))
    })
}

/// Whether this is the post for which the page was opened although its id is of another kind than the address's: an activity, a
/// share and a `ugcPost` of one post have different numbers. A post's own page holds it first.
fn is_focal<N: Node>(own: &Own<'_, N>, context: &Context, id: Option<&str>) -> bool {
    let Some(focal) = context.focal_id.as_deref().filter(|_| context.surface == Surface::Thread) else { return false };
    let kind = |urn: &str| urn.rsplit_once(':').map(|(kind, _)| kind.to_owned());
    let is_first = || {
        let first = own.node.closest("body").and_then(|page| page.query(own.layout.container));
        first.is_some_and(|first| first == *own.node)
    };
    id.is_none_or(|id| kind(id) != kind(focal)) && is_first()
}

/// The time that the post's id holds.
fn time_of(id: Option<&str>) -> Option<PostTime> {
    let unix_ms = time::of_linkedin_id(urn::number(id?)?)?;
    Some(PostTime { unix_ms, source: TimeSource::Id })
}

/// The number of people in "Ada and 52 others" (53), "53 reactions" (53) and "Ada" (1).
fn people(line: &str) -> Option<String> {
    let line = line.trim_start_matches(|character: char| {
        character.is_whitespace() || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
    });
    let first = line.chars().next()?;
    if first.is_numeric() {
        return crate::read::counts::first(line).map(|count| count.to_string());
    }
    Some(crate::read::counts::last(line).map_or(1, |others| others.saturating_add(1)).to_string())
}

/// Whether a line under a name says when a post was written: "5d •", "٣ أيام".
fn has_digit(line: &str) -> bool {
    crate::read::counts::first(line).is_some()
}
