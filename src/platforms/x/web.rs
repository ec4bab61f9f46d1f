//! Owns the posts of X's other front end (pages for those who are not signed in, since 2026-07): selectors and what they cannot say; never runs over a page by itself.
//!
//! No test ids, no `time`. Three states were served from July to October 2026; what is used here stands in all of them, or says which.

use super::{PERMALINK, before, number, status};
use crate::platforms::{Hide, Layout, Overlay, Refine, attr, text};
use crate::post::{AuthorKind, Post, PostTime, Surface, TimeSource};
use crate::read::node::Node;
use crate::read::{Context, Miss, Own, TextRule, time, url};

/// The layout without test ids.
pub const WEB: Layout = Layout {
    name: "x-web",
    container: ARTICLE,
    not_posts: &[r#":not(:has(a[href*="/status/"]))"#],
    post_parts: &[PERMALINK],
    foreign: QUOTE,
    foreign_signs: &["article"],
    always_own: "",
    quote: QUOTE,
    // Both come with the link to the post: see `refine`.
    name_of: &[],
    handle_of: &[],
    bio_of: &[],
    organisation: &[],
    text: &[&[WORDS]],
    words: TextRule { skip: "button", blocks: false },
    held_back: r#"div[dir="auto"] button"#,
    // Exact in July; then what the buttons show, of which none shows a zero.
    replies: &[
        attr(r#"meta[content$="/ReplyAction"] ~ [itemprop="userInteractionCount"]"#, "content"),
        text(r#"[data-engagement-action="reply"] [data-animated-count-visual]"#),
        text(r#"button:has(> [data-icon^="icon-reply"]) + button [data-animated-count-visual]"#),
    ],
    reposts: &[
        attr(r#"meta[content$="/ShareAction"] ~ [itemprop="userInteractionCount"]"#, "content"),
        text(r#"[data-engagement-action="retweet"] [data-animated-count-visual]"#),
        text(r#"button:has(> [data-icon^="icon-retweet"]) + button [data-animated-count-visual]"#),
    ],
    likes: &[
        attr(r#"meta[content$="/LikeAction"] ~ [itemprop="userInteractionCount"]"#, "content"),
        text(r#"[data-engagement-action="like"] [data-animated-count-visual]"#),
        text(r#"button:has(> [data-icon^="icon-heart"]) + button [data-animated-count-visual]"#),
    ],
    links: &[r#"a[target="_blank"][href]"#],
    refine: Refine::XWeb,
    overlay: Overlay {
        anchors: &[
            // The line of name and age; not the line of date and views below the text of a post's own page.
            r#"div:has(a[href]:not([href*="/status/"])):has(> span > a[href*="/status/"])"#,
            // The line of the handle below the name's.
            r#":has(> a[href]) + :has(> a[href]:only-child)"#,
            "div:has(> a[href] + a[href])",
        ],
        row: "li",
        hide: Hide::CollapseChild,
    },
};

/// One post: by its number in July and August, in October as an entry of the list. Right on three states and 13 of 13 posts, 2026-10.
const ARTICLE: &str = "article[data-tweet-id], [data-timeline-entry] > article";

/// A quoted post is an article within the article. 5 of 5, 2026-10.
const QUOTE: &str = "article article";

/// The author's words, the first of the kind; a card's stand in its link. 13 of 13, 2026-10.
const WORDS: &str = r#"div[dir="auto"]:not(a *)"#;

/// Links to the post outside its words, which may name others.
const OWN_LINK: &str = r#"a[href*="/status/"]:not([dir="auto"] *)"#;

/// Links to somebody's page outside the words: picture, name, handle; a company's badge behind the name of those who work there.
const PERSON: &str = r#"a[href]:not([href*="/status/"]):not([dir="auto"] *)"#;

/// An organisation's picture is square, a person's round: by class, the page has no other sign. 1 of 1 and none of 12, 2026-10.
const SQUARE: &str = "div.rounded-xs > img";

/// When it was published, in the state of July and on posts' own pages of August.
const PUBLISHED: &str = r#"[itemprop="datePublished"]"#;

/// The line from the post above, beside the picture; the line to the one below has no negative top. 1 of 1, 2026-08.
const FROM_ABOVE: &str = r#"span[aria-hidden="true"][class*="-top-"]"#;

/// The post for which the page was opened is the one of its list that is no link to itself. 3 of 3, 2026-07 to 2026-10.
const FOCAL: &str = r#"article:not([data-href] *):has(a[href*="/status/"])"#;

/// An entry below a heading of its own: no answers any more. Not seen; as in the application.
const AFTER_HEADING: &str = "li:has(h2) ~ li";

/// Completes a reading: author, id and time, answer, media.
///
/// # Errors
/// [`Miss`] when the author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, context: &Context, post: &mut Post) -> Result<(), Miss> {
    let people = own.all(PERSON);
    let (handle, id) = identity(own, &people).ok_or(Miss::Unreadable("author"))?;
    for link in people.iter().filter(|link| leads_to(*link, &handle)) {
        let shown = link.text_content();
        // A picture shows none; a name may hold emoji as pictures.
        if post.author.name.is_empty() && !shown.trim().is_empty() && !shown.trim().starts_with('@') {
            post.author.name = own.words(link);
        }
        if link.query(SQUARE).is_some() {
            post.author.kind = AuthorKind::Organisation;
        }
    }
    post.author.handle = handle;
    let stated = own.first(PUBLISHED).and_then(|meta| time::parse_iso(&meta.attr("content")?));
    let (unix_ms, source) = (stated.or_else(|| of_id(&id)), stated.map_or(TimeSource::Id, |_| TimeSource::Stated));
    post.time = unix_ms.map(|unix_ms| PostTime { unix_ms, source });
    post.id = Some(id);
    if own.has(FROM_ABOVE) {
        post.is_reply = true;
        post.parent = above(own.node);
    }
    post.is_reply |= is_below_focal(own.node, context, post);
    post.media = Some(own.count(r#"a[href*="/photo/"] img[src*="pbs.twimg.com/media"]"#) + own.count("video"));
    Ok(())
}

/// Handle and id: of the first link to a post whose handle the header shows as well. One alone may be somebody else's.
fn identity<N: Node>(own: &Own<'_, N>, people: &[N]) -> Option<(String, String)> {
    own.all(OWN_LINK).iter().find_map(|link| {
        let href = link.attr("href")?;
        let (handle, id) = status(&href)?;
        let names = |link: &N| link.text_content().trim().strip_prefix('@') == Some(handle) && leads_to(link, handle);
        people.iter().any(names).then(|| (handle.to_owned(), id))
    })
}

/// Whether a link leads to somebody's page.
fn leads_to<N: Node>(link: &N, handle: &str) -> bool {
    link.attr("href").is_some_and(|href| url::parse(&href).segments().eq([handle]))
}

/// When an id was given out: its upper bits are milliseconds since November 2010; numbers of before are counters.
/// Checked to the second on 13 of 13 posts, 2026-10.
fn of_id(id: &str) -> Option<i64> {
    let id: u64 = id.parse().ok()?;
    (id >> 40 > 0).then_some(())?;
    Some(i64::try_from(id >> 22).ok()? + 1_288_834_974_657)
}

/// The id of the post in the entry above.
fn above<N: Node>(article: &N) -> Option<String> {
    let article = before(&article.closest(WEB.overlay.row)?)?.query(ARTICLE)?;
    let own = Own::new(&article, &WEB);
    Some(identity(&own, &own.all(PERSON))?.1)
}

/// Whether it stands in the list of the post for which the page was opened, is younger than that, and no heading comes between.
fn is_below_focal<N: Node>(article: &N, context: &Context, post: &Post) -> bool {
    let (Some(focal), Some(id)) = (number(context.focal_id.as_deref()), number(post.id.as_deref())) else {
        return false;
    };
    let leads_there = |link: &N| {
        let id = link.attr("href").and_then(|href| Some(status(&href)?.1));
        id.is_some() && id == context.focal_id
    };
    context.surface == Surface::Thread
        && id > focal
        && article
            .closest("ul")
            .and_then(|list| list.query(FOCAL))
            .is_some_and(|top| top.query_all(PERMALINK).iter().any(leads_there))
        && article.closest(AFTER_HEADING).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_hold_their_time() {
        for (id, expected) in [
            ("2082883636177916306", Some("2026-07-30T17:38:51Z")),
            ("2089153024648425811", Some("2026-08-17T00:51:10Z")),
            ("20", None),
            ("x", None),
        ] {
            assert_eq!(of_id(id).map(|ms| time::format_iso(ms, false)).as_deref(), expected, "{id}");
        }
    }
}
