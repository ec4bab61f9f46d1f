//! Owns the selectors of Reddit's current pages (custom elements, since 2023); never runs over a page by itself.

use super::{PERMALINK, name};
use crate::platforms::{Hide, Layout, Overlay, Pick, Refine, Take, attr, text};
use crate::read::TextRule;
use crate::read::counts;

/// A post in a feed, on a profile, on its own page.
pub const POST: Layout = Layout {
    name: "reddit",
    container: ELEMENT,
    not_posts: &[],
    post_parts: &[],
    foreign: "",
    foreign_signs: &[],
    always_own: "",
    quote: "",
    name_of: &[
        Pick { css: "", take: Take::Attr("author"), parse: name },
        Pick { css: CREDIT, take: Take::Text, parse: name },
    ],
    handle_of: &[attr("", "author"), attr(CREDIT, "href")],
    bio_of: &[],
    organisation: &[],
    text: &[&[r#"[slot="title"]"#]],
    words: TextRule { skip: "faceplate-screen-reader-content", blocks: false },
    held_back: "",
    replies: &[attr("", "comment-count")],
    reposts: &[],
    likes: &[attr("", "score")],
    links: &[r#"[slot="text-body"] a[href]"#, r#"[slot="post-media-container"] a[href]"#],
    refine: Refine::Reddit,
    overlay: Overlay {
        anchors: &[r#"[slot="credit-bar"]"#, r#"[slot="title"]"#],
        row: "article",
        // Its children are slotted: a collapsed child would leave the buttons of the shadow root. Between rows stand lines.
        hide: Hide::Whole("hr"),
    },
};

/// A result of a search. An outer and an inner element each know the post; the outer has its id.
pub const RESULT: Layout = Layout {
    name: "reddit-search",
    container: UNIT,
    foreign: HOVER,
    name_of: &[Pick { css: CREDIT, take: Take::Text, parse: name }],
    handle_of: &[attr(CREDIT, "href")],
    text: &[&[r#"[data-testid="post-title-text"]"#], &[r#"[data-testid="post-title"]"#], &[PERMALINK]],
    replies: &[
        attr(
            r#"[data-testid="search-counter-row"] > :has(faceplate-number) ~ :has(faceplate-number) faceplate-number"#,
            "number",
        ),
        attr(r#"[data-testid="search-counter-row"] > faceplate-number ~ faceplate-number"#, "number"),
        Pick { css: COUNTERS, take: Take::Text, parse: second },
    ],
    likes: &[attr(r#"[data-testid="search-counter-row"] faceplate-number"#, "number"), text(COUNTERS)],
    links: &[],
    overlay: Overlay { anchors: &[COUNTERS, r#"[data-testid="post-title-text"]"#], row: "", hide: Hide::Whole("hr") },
    ..POST
};

/// One post; an ad is an element of its own name, or wears the attribute `promoted`. Attributes hold everything: as the lists and readers
/// of several maintained projects have it (2024 to 2026-10); no saved page. The ads among comments were taken for posts by their wrapping
/// alone, which hid the ad in it (2026).
const ELEMENT: &str = concat!(
    "shreddit-post, shreddit-ad-post, shreddit-comments-page-ad, ",
    "shreddit-comment-tree-ads[post-title], shreddit-comment-tree-ad[post-title]"
);

/// Link to the author's page.
const CREDIT: &str = r#"a[href*="/user/"]:not([href*="/comments/"])"#;

/// Either element of a result: 55 of 55, 2025-07 (`platforms.md` §9); a third kind with a preview of the text since 2026.
const UNIT: &str = r#"[data-testid="search-sdui-post"], [data-testid="search-post-unit"], [data-testid="search-post-with-content-preview"]"#;

/// The card of the community, whose numbers come first.
const HOVER: &str = "faceplate-hovercard";

/// "12 votes · 3 comments".
const COUNTERS: &str = r#"[data-testid="search-counter-row"]"#;

/// The second number of two.
fn second(line: &str) -> Option<String> {
    let (first, last) = (counts::first(line)?, counts::last(line)?);
    let is_two = line.matches(|character: char| character.is_ascii_digit()).count() > 1 || first != last;
    is_two.then(|| last.to_string())
}
