//! Owns LinkedIn's older pages (Ember, named classes; served beside the newer ones): selectors and what they cannot say; never runs over a page by itself.

use super::{has_digit, is_focal, is_served_as_ad, people, time_of};
use crate::platforms::{Hide, Layout, Overlay, Pick, Refine, Take, attr, labels, says_reposted, some, text};
use crate::post::{AdSource, Post};
use crate::read::node::Node;
use crate::read::{Context, Miss, Own, TextRule, labels as label, urn};

/// The older layout, with the class names of 2025 and those of 2022.
pub const LEGACY: Layout = Layout {
    name: "linkedin-legacy",
    container: UPDATE,
    not_posts: &[],
    post_parts: &[],
    foreign: FOREIGN,
    foreign_signs: &[],
    always_own: "",
    quote: QUOTE,
    name_of: &[
        Pick { css: ".update-components-actor__name, .feed-shared-actor__name", take: Take::Text, parse: once },
        Pick {
            css: r#":is(.update-components-actor__title, .feed-shared-actor__title) [dir]"#,
            take: Take::Text,
            parse: once,
        },
        Pick {
            css: ".update-components-actor__title, .feed-shared-actor__title",
            take: Take::Text,
            parse: before_bullet,
        },
    ],
    handle_of: &[
        attr(
            ":is(.update-components-actor__meta, .feed-shared-actor__meta) a[href], a.update-components-actor__meta-link[href]",
            "href",
        ),
        attr(
            "a:is(.update-components-actor__container-link, .feed-shared-actor__container-link, .update-components-actor__image)[href]",
            "href",
        ),
        attr(ACTOR_LINK, "href"),
    ],
    bio_of: &[text(".update-components-actor__description, .feed-shared-actor__description")],
    organisation: &[],
    text: &[
        &[".update-components-update-v2__commentary, .feed-shared-update-v2__commentary"],
        &[".feed-shared-update-v2__description .break-words, .feed-shared-inline-show-more-text .break-words"],
        &[".update-components-text, .feed-shared-text, .feed-shared-update-v2__description"],
    ],
    words: TextRule { skip: "button, .visually-hidden, .a11y-text", blocks: true },
    held_back: "",
    likes: &[
        text(".social-details-social-counts__social-proof-fallback-number"),
        Pick {
            css: "button[data-reaction-details], .social-details-social-counts__reactions button",
            take: Take::Attr("aria-label"),
            parse: leading,
        },
        text(".social-details-social-counts__reactions-count"),
        Pick { css: ".social-details-social-counts__social-proof-text", take: Take::Text, parse: people },
    ],
    replies: &[
        text(".social-details-social-counts__comments"),
        attr(
            ".social-details-social-counts__comments button, button.social-details-social-counts__comments",
            "aria-label",
        ),
    ],
    reposts: &[text(RESHARES), attr(RESHARES, "aria-label")],
    links: &[concat!(
        ".update-components-text a[href], .feed-shared-text a[href], .update-components-article a[href], .feed-shared-article a[href], ",
        "a.update-components-article__image-link[href]"
    )],
    refine: Refine::LinkedinLegacy,
    overlay: Overlay {
        anchors: &[
            ".update-components-actor__sub-description, .feed-shared-actor__sub-description",
            ".update-components-actor__title, .feed-shared-actor__title, .feed-shared-actor__name",
        ],
        row: "div[data-id^=\"urn:li:\"], .occludable-update",
        hide: Hide::Stub,
    },
};

/// One post. Off-screen rows keep their height and hold none. Right on 2 of 2, 2025-06.
const UPDATE: &str = "div.feed-shared-update-v2:not(.feed-shared-update-v2 *)";

/// A post within the post (2025, 2022).
const QUOTE: &str =
    ".update-components-mini-update-v2, .feed-shared-mini-update-v2, .feed-shared-update-v2__update-content-wrapper";

/// The same, and comments.
const FOREIGN: &str = concat!(
    ".update-components-mini-update-v2, .feed-shared-mini-update-v2, .feed-shared-update-v2__update-content-wrapper, ",
    ".feed-shared-update-v2__comments-container, .comments-comments-list, .comments-comment-item, .comments-comment-entity"
);

/// Any link of the author's block.
const ACTOR_LINK: &str = ".update-components-actor a[href], .feed-shared-actor a[href], .update-components-actor__container a[href], .update-components-actor--with-control-menu a[href]";

/// The line with the age, or with the label of a paid post. Everything in it stands twice: once hidden from view, once from screen readers.
const SUB_LINE: &str = ".update-components-actor__sub-description, .feed-shared-actor__sub-description";

/// The line above the author: who reacted, reposted, follows. 2025, 2022.
const HEADER: &str = ".update-components-header, .feed-shared-header";

/// The item behind the comments: reposts, in 2022 "shares". A number of views is no button.
const RESHARES: &str = concat!(
    ".social-details-social-counts__item:not(.social-details-social-counts__comments, .social-details-social-counts__reactions, ",
    "[class*=\"views\"]) button:not([data-reaction-details], [aria-label$=\"views\"])"
);

/// Signs of an ad that need no words; an organic post may hold one by way of a copied link: only with no age shown.
const PAID_EXTRAS: &str = r#"a[href*="li_fat_id="], [href*="/leadGenForm/"], [class*="lead-gen-cta"]"#;

/// A name that stands twice, once for eyes and once for screen readers, where nothing tells which is which.
fn once(name: &str) -> Option<String> {
    let (first, second) = name.split_at_checked(name.len() / 2)?;
    some(if first == second { first } else { name })
}

/// The name in "Ada Rill • 2nd".
fn before_bullet(title: &str) -> Option<String> {
    some(title.split(" • ").next()?)
}

/// A label that begins with its number.
fn leading(label: &str) -> Option<String> {
    let label = label.trim();
    label.chars().next().is_some_and(char::is_numeric).then(|| label.to_owned())
}

/// Completes a reading: id and time, paid or not, repost, media.
///
/// # Errors
/// [`Miss`] when the element is no post, or its author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, context: &Context, post: &mut Post) -> Result<(), Miss> {
    let named = own
        .node
        .attr("data-urn")
        .or_else(|| own.node.closest("[data-id^=\"urn:li:\"]").and_then(|row| row.attr("data-id")));
    if let Some(named) = &named {
        // Courses, jobs, promotions of the site, bundles of posts.
        post.id = Some(urn::find(named).filter(|_| !named.starts_with("urn:li:aggregate")).ok_or(Miss::NotAPost)?);
    }
    if post.author.name.is_empty() || post.author.handle.is_empty() {
        without_link(own, post)?;
    }
    post.is_focal = is_focal(own, context, post.id.as_deref());
    post.time = time_of(post.id.as_deref());
    post.ad = paid(own);
    if let Some(header) = own.first(HEADER) {
        post.is_repost = says_reposted(&own.words(&header));
        if own.has(".feed-shared-header") {
            // In 2022 the id of a post shown for somebody's reaction was that of the reaction: 2 of 5 contradicted the age beside them.
            post.time = None;
        }
    }
    let pictures = own.count(".update-components-image img, .feed-shared-image img");
    let videos = own.count(
        "video, .update-components-linkedin-video:not(:has(video)), .feed-shared-linkedin-video:not(:has(video))",
    );
    post.media = Some(pictures + videos).filter(|count| *count > 0 && !post.has_quote);
    Ok(())
}

/// A header without a link to its author.
fn without_link<N: Node>(own: &Own<'_, N>, post: &mut Post) -> Result<(), Miss> {
    if !post.author.name.is_empty() {
        return Ok(());
    }
    let has_actor = own.has(r#"[class*="-actor__"]"#);
    // A fixture of 2026 puts the author's bare name where pages have the social line; that line always links to somebody.
    if !has_actor && let Some(header) = own.first(".update-components-header__text-view:not(:has(a))") {
        post.author.name = own.words(&header);
    }
    if !post.author.name.is_empty() {
        return Ok(());
    }
    let is_empty = post.text.is_empty() && !has_actor && own.number(LEGACY.likes).is_none();
    Err(if is_empty { Miss::NotAPost } else { Miss::Unreadable("author") })
}

fn paid<N: Node>(own: &Own<'_, N>) -> Option<AdSource> {
    if is_served_as_ad(own) {
        return Some(AdSource::Structure);
    }
    let line = own.first(SUB_LINE)?;
    let words = own.words(&line);
    let ageless = !words.is_empty() && !has_digit(&words) && line.query("svg, li-icon").is_none();
    if ageless && own.has(PAID_EXTRAS) {
        return Some(AdSource::Structure);
    }
    // Without a word of the list: no age, no bullet behind it, no sign of who may see the post, and nothing lets one dismiss it.
    let is_bare = ageless && !words.contains('•') && !own.has(r#"[class*="hide-post"]"#);
    label::find(&words, labels::LINKEDIN).or_else(|| is_bare.then_some(AdSource::Structure))
}
