//! Owns LinkedIn's server-driven pages (since 2025-11, hashed classes): selectors and what they cannot say; never runs over a page by itself.

use super::{is_focal, people, time_of};
use crate::platforms::{Hide, Layout, Overlay, Pick, Refine, Take, says_reposted, some, text};
use crate::post::Post;
use crate::read::node::Node;
use crate::read::urn::{self, Key};
use crate::read::{Context, Miss, Own, TextRule, counts};

mod author;
mod lines;

use lines::{Lines, PLAIN_LINES};

/// The server-driven layout.
pub const SDUI: Layout = Layout {
    name: "linkedin-sdui",
    container: CARD,
    not_posts: &[MODULE, LEARNING],
    post_parts: &[r#"[data-testid="expandable-text-box"]"#],
    foreign: FOREIGN,
    foreign_signs: &[
        r#"[componentkey^="replaceableComment_"]"#,
        r#"[id^="replaceableComment_"]"#,
        r#"[data-testid$="commentList"]"#,
        r#"a[href*="/feed/update"]"#,
    ],
    always_own: "",
    quote: QUOTE,
    // Author, handle and headline depend on each other: see `author`.
    name_of: &[],
    handle_of: &[],
    bio_of: &[],
    organisation: &[],
    text: &[
        &[r#"[data-testid="expandable-text-box"]"#],
        &[r#"[data-view-name="feed-commentary"]"#],
        &["h2 ~ p[componentkey]"],
        &["h2 ~ div > p[componentkey]:only-child"],
    ],
    words: TextRule { skip: r#"button, [data-testid="expandable-text-button"]"#, blocks: true },
    // The whole text is in the page; "… more" only unfolds it.
    held_back: "",
    likes: &[
        Pick { css: REACTIONS_SHORT, take: Take::Text, parse: people },
        Pick { css: REACTIONS, take: Take::Text, parse: people },
        text(r#"button:has(svg[id^="thumbs-up"]), button[aria-label^="Reaction button"]"#),
        Pick { css: OWN_REACTION, take: Take::Text, parse: before_bullet },
        Pick { css: REACTIONS_GLUED, take: Take::Text, parse: before_bullet },
        Pick { css: PLAIN_COUNTS, take: Take::Text, parse: before_bullet },
    ],
    replies: &[
        text(r#"a:has(svg[id*="consumption-ring"]) ~ div [role="button"] > p"#),
        text(r#"div:has(+ hr) > div div[role="button"] > p, div:has(+ hr) > div[role="button"] > p"#),
        text(r#"button:has(svg[id^="comment-"]), button[aria-label="Comment"]"#),
        Pick { css: PLAIN_COUNTS, take: Take::Text, parse: after_bullet },
    ],
    reposts: &[
        text(r#"a:has(svg[id*="consumption-ring"]) ~ div a > p"#),
        text(r#"div:has(+ hr) > div:has([role="button"] > p) a > p"#),
        text(r#"button:has(svg[id^="repost-"]), button[aria-label="Repost"]"#),
    ],
    links: &[r#"[data-testid="expandable-text-box"] a[href]"#, r#"a[href][target="_blank"]:has(figure)"#],
    refine: Refine::LinkedinSdui,
    overlay: Overlay {
        // The line with the age, the label of a paid post, the name.
        anchors: &["p[componentkey]:has(svg)", PLAIN_LINES, "a[componentkey]:has(p) p"],
        row: r#"[data-display-contents="true"] > div"#,
        // Rows that vanish leave the loader starving (LOFF, FT).
        hide: Hide::Stub,
    },
};

/// One post: a list item whose key ends in the kind of feed. The key began with `expanded` until 2026-09, since then with
/// `update-card-focus` or `expandable-focus`; an outer element repeats it without the role, since 2026-09 sometimes alone.
/// Right on 8 of 8 items, 2026-04. A post's own page has no list item on some builds (2026-05, 2026-08).
const CARD: &str = concat!(
    r#"[role="listitem"]:is([componentkey*="FeedType_"], [componentkey^="update-card-focus"], [componentkey^="expandable-focus"], [id*="FeedType_"], "#,
    r#"[componentkey*="FeedType_"] > *, [id*="FeedType_"] > *), "#,
    r#":is([componentkey^="expanded"][componentkey$="FEED_DETAIL"], [id^="expanded"][id$="FEED_DETAIL"]):not(:has([role="listitem"])), "#,
    r#"[data-view-name="feed-full-update"]:not(:has(.feed-shared-update-v2), :has([componentkey*="FeedType_"]), [componentkey*="FeedType_"] *)"#
);

/// What may repeat the key around the list item.
const KEYED: &str = r#"[componentkey*="FeedType_"], [id*="FeedType_"]"#;

/// "People to follow": its entries are list items too. 1 of 1, 2026.
const MODULE: &str = concat!(
    r#":is(:has(a [role="listitem"]), :has([role="listitem"] button[aria-label])):not(:has([data-testid="expandable-text-box"]))"#,
    r#":not(:has([componentkey*="-replaceableCommentTools"], [id*="-replaceableCommentTools"]))"#
);

/// A course of LinkedIn Learning: counts, but no author. 1 of 1, 2026-04; the kind of its id says the same.
const LEARNING: &str = r#":has(a[href*="/learning/"] p):not(:has([data-testid="expandable-text-box"], a[href*="/in/"] p, a[href*="/company/"] p))"#;

/// Comments, and the post within the post.
const FOREIGN: &str = concat!(
    r#"[componentkey^="replaceableComment_"], [id^="replaceableComment_"], [data-testid$="commentList"], "#,
    r#":is([role="listitem"], [id^="expanded"], [componentkey^="expanded"]) a[href*="/feed/update"]:has([data-testid="expandable-text-box"])"#
);

/// A quoted post is a link to it that holds its text.
const QUOTE: &str = r#"a[href*="/feed/update"]:has([data-testid="expandable-text-box"])"#;

/// Carries the id (see `urn`), also on paid posts. 10 of 10, 2026; on some builds in `id`.
const TOOLS: [&str; 2] = [r#"[componentkey*="-replaceableCommentTools"]"#, r#"[id*="-replaceableCommentTools"]"#];

/// A comment's key names the post that it answers.
const COMMENT: &str =
    r#"[componentkey^="replaceableComment_urn:li:comment:"], [id^="replaceableComment_urn:li:comment:"]"#;

/// "1,107 reactions 1,107": the second is what is seen. Found by the icons of the reactions.
const REACTIONS_SHORT: &str = r#"a:has(svg[id*="consumption-ring"]) p > [aria-hidden="true"], [data-view-name="feed-reaction-count"] [aria-hidden="true"]"#;
const REACTIONS: &str = r#"a:has(svg[id*="consumption-ring"]) p, [data-view-name="feed-reaction-count"] p"#;

/// The viewer's own reaction in the place of the thumb, with the number of all beside it. In Italian and English, 2026-09.
const OWN_REACTION: &str = r#"button:has(svg[id*="-consumption-"])"#;
/// "821reazioni", beside the icons of the reactions. 2026-09.
const REACTIONS_GLUED: &str = r#"a:has(svg[id*="consumption-ring"]) > div[id]"#;

/// "15 réactions • 2 commentaires" in one element: a fixture of 2026, not seen live.
const PLAIN_COUNTS: &str = "h2 ~ div > span:only-child";

/// The social line above the author ("Ada reposted this") names somebody in bold; tags in the text are bold as well
/// ("Repost this" was taken for it until 2026-10).
const SOCIAL: &str = "p[componentkey]:has(a > strong):not(:has([data-testid]), h2 ~ p)";

/// Whatever else spells out the id: a link, the reactions' pictures (2026-09), the anchor of the social line, which ends in `-0` (2026-09).
const SPELT: [(&str, &str); 3] = [
    (r#"a[href*="/feed/update/urn"]:not([data-testid="expandable-text-box"] a)"#, "href"),
    (r#"[data-testid^="ReactionFacepileCollection-urn:li:"]"#, "data-testid"),
    (r#"[data-sdui-anchor-id^="feed-header-urn:li:"]"#, "data-sdui-anchor-id"),
];

/// A picture of the post: not of a person, not of a link's card.
const PICTURE: &str = concat!(
    r#"a:not([href*="/in/"], [href*="/company/"], [href*="/school/"], [href*="/showcase/"], :has(p), :has(~ a p), div:has(~ a p) > a) "#,
    r#"> figure:not([aria-hidden="true"]) > img"#
);

fn before_bullet(line: &str) -> Option<String> {
    counts::first(line).filter(|_| starts_with_digit(line))?;
    some(line.split('•').next()?)
}

fn after_bullet(line: &str) -> Option<String> {
    some(line.split_once('•').filter(|_| starts_with_digit(line))?.1)
}

fn starts_with_digit(line: &str) -> bool {
    line.chars().next().is_some_and(char::is_numeric)
}

/// Completes a reading: id and time, author, paid or not, repost, media.
///
/// # Errors
/// [`Miss`] when the list item is no post, or its author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, context: &Context, post: &mut Post) -> Result<(), Miss> {
    post.id = identify(own, context)?;
    author::fill(own, post)?;
    // Words that stand where the text may, under a name without a page, are those of a module ("Jobs recommended for you").
    let has_words = || !post.author.handle.is_empty() || own.has(r#"[data-testid="expandable-text-box"]"#);
    let reads_as_post = post.id.is_some()
        || !post.text.is_empty() && has_words()
        || own.number(SDUI.likes).or_else(|| own.number(SDUI.replies)).is_some();
    if !reads_as_post {
        return Err(Miss::NotAPost);
    }
    post.is_focal = context.focal_id.is_some() && is_detail(own) || is_focal(own, context, post.id.as_deref());
    post.time = time_of(post.id.as_deref());
    let lines = Lines::new(own);
    post.ad = lines.paid(own);
    // A second header with an age is that of another post.
    post.has_quote |= lines.ages() > 1;
    post.is_repost = own.first(SOCIAL).is_some_and(|line| says_reposted(&own.words(&line)));
    if post.is_repost && post.text.is_empty() && post.has_quote {
        // A plain repost holds nothing but the other post: its words are what is seen.
        if let Some(words) = own.node.query(r#"[data-testid="expandable-text-box"]"#) {
            post.text = own.words(&words);
            post.has_quote = false;
        }
    }
    post.media = media(own, post.has_quote);
    Ok(())
}

fn identify<N: Node>(own: &Own<'_, N>, context: &Context) -> Result<Option<String>, Miss> {
    let key = |node: N| node.attr("componentkey").filter(|key| key.contains("replaceable")).or_else(|| node.attr("id"));
    let tools = |node: &N| TOOLS.iter().find_map(|css| node.query(css));
    // On some builds they stand beside the list item, in the element that repeats its key.
    let beside = || own.node.parent().filter(|around| around.matches(KEYED)).and_then(|around| tools(&around));
    if let Some(key) = tools(own.node).or_else(beside).and_then(key) {
        match urn::of_component_key(&key) {
            Some(Key::Post(urn)) => return Ok(Some(urn)),
            Some(Key::Other(6)) => return Err(Miss::NotAPost),
            Some(Key::Other(_)) | None => {}
        }
    }
    if let Some(urn) =
        own.node.query(COMMENT).and_then(key).and_then(|key| urn::find(&key.replace("comment:(", "urn:li:")))
    {
        return Ok(Some(urn));
    }
    let spelt = SPELT.iter().find_map(|(css, name)| urn::find(own.first(css)?.attr(name)?.trim_end_matches("-0")));
    // A post's own page shows one list item of this kind, and its address names it.
    let focal = || context.focal_id.clone().filter(|_| is_detail(own));
    Ok(spelt.or_else(focal))
}

/// Whether the list item's key says that it stands on the post's own page.
fn is_detail<N: Node>(own: &Own<'_, N>) -> bool {
    is_in(own, "FEED_DETAIL")
}

/// Whether the key of the list item, or of what is right around it, names this kind of feed.
fn is_in<N: Node>(own: &Own<'_, N>, feed: &str) -> bool {
    let says = |node: &N, name| node.attr(name).is_some_and(|key| key.contains(feed));
    let says = |node: &N| says(node, "componentkey") || says(node, "id");
    says(own.node) || own.node.parent().is_some_and(|around| says(&around))
}

fn media<N: Node>(own: &Own<'_, N>, has_quote: bool) -> Option<u32> {
    if has_quote {
        return None;
    }
    let players = own.count("[data-vjs-player]");
    let videos = if players == 0 { own.count("video") } else { players };
    Some(own.count(PICTURE) + videos).filter(|count| *count > 0)
}
