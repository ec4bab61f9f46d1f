//! Owns the selectors of Reddit's older pages: old.reddit (since 2008) and the redesign of 2018 to 2024; never runs over a page by itself.

use super::name;
use crate::platforms::{Hide, Layout, Overlay, Pick, Refine, Take, attr, text};
use crate::read::TextRule;

/// A post of old.reddit.
pub const THING: Layout = Layout {
    name: "reddit-old",
    container: LINK,
    not_posts: &[],
    post_parts: &[],
    foreign: "",
    foreign_signs: &[],
    always_own: "",
    quote: "",
    name_of: &[
        Pick { css: "", take: Take::Attr("data-author"), parse: name },
        Pick { css: "a.author", take: Take::Text, parse: name },
        Pick { css: r#".tagline a[href*="/user/"]"#, take: Take::Text, parse: name },
    ],
    handle_of: &[attr("", "data-author"), attr("a.author", "href"), attr(r#".tagline a[href*="/user/"]"#, "href")],
    bio_of: &[],
    organisation: &[],
    text: &[&["a.title"], &[".title > a"], &[r#"[data-event-action="title"]"#]],
    words: TextRule { skip: "", blocks: false },
    held_back: "",
    replies: &[attr("", "data-comments-count"), text("a.comments")],
    reposts: &[],
    // The page may hide a score that the attribute has. Until 2016 the number stands in the page alone.
    likes: &[attr("", "data-score"), attr(".score.unvoted", "title"), text(".score.unvoted")],
    links: &["a.title[href]", ".usertext-body a[href]"],
    refine: Refine::Reddit,
    overlay: Overlay { anchors: &[".tagline", "p.title", ".entry"], row: "", hide: Hide::Whole("") },
};

/// A result of old.reddit's search; as its sources have it, no saved page.
pub const FOUND: Layout = Layout {
    name: "reddit-old-search",
    container: r#".search-result[data-fullname^="t3_"]"#,
    name_of: &[Pick { css: ".author", take: Take::Text, parse: name }],
    handle_of: &[attr("a.author", "href")],
    text: &[&["a.search-title"], &[".search-result-header a"]],
    replies: &[text(".search-comments")],
    likes: &[text(".search-score")],
    links: &[".search-result-body a[href]"],
    overlay: Overlay { anchors: &[".search-result-meta", ".search-result-header"], row: "", hide: Hide::Whole("") },
    ..THING
};

/// A post of the redesign. A crosspost holds the other post's title and numbers, always behind its own title and before its own comments.
pub const CARD: Layout = Layout {
    name: "reddit-redesign",
    container: r#"[data-testid="post-container"], .scrollerItem.Post"#,
    name_of: &[Pick { css: r#"a[href*="/user/"]:not([href*="/comments/"])"#, take: Take::Text, parse: name }],
    handle_of: &[attr(r#"a[href*="/user/"]:not([href*="/comments/"])"#, "href")],
    text: &[&["h3"], &["h1"]],
    replies: &[
        text(r#"[data-test-id="comments-page-link-num-comments"]"#),
        text(r#"[id^="vote-arrows-"] ~ div [data-click-id="comments"]"#),
        // On the post's own page the number is no link.
        text(".icon-comment + span"),
        text(NUMBERS[1]),
    ],
    likes: &[text(r#"[id^="vote-arrows-"] > div"#), text(r#"[data-click-id="upvote"] + div"#), text(NUMBERS[0])],
    links: &[r#"a[data-testid="outbound-link"][href]"#],
    overlay: Overlay {
        // The line of community, author and age.
        anchors: &[r#"div:has(> a[data-click-id="timestamp"])"#, r#"div:has(> span[role="presentation"])"#, "h3", "h1"],
        row: "",
        hide: Hide::Stub,
    },
    ..THING
};

/// One post: comments, communities and messages are things too, with other prefixes. Right on 30 of 30, 2024-10.
const LINK: &str = r#".thing[data-fullname^="t3_"], .link[data-fullname^="t3_"], [id^="thing_t3_"]"#;

/// "12 points", "3 comments" of a result of the redesign's search: of hashed class, which stayed from 2021 to 2023.
const NUMBERS: [&str; 2] =
    ["._2IpBiHtzKzIxk2fKI4UOv1 > span:nth-child(1)", "._2IpBiHtzKzIxk2fKI4UOv1 > span:nth-child(2)"];
