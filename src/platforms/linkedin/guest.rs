//! Owns LinkedIn's pages for readers who are not signed in, its embedded posts and its mobile site: selectors and what they cannot say; never runs over a page by itself.

use super::{is_focal, is_here, time_of};
use crate::platforms::{Hide, Layout, Overlay, Refine, attr, labels, says_reposted, text};
use crate::post::{AdSource, Post};
use crate::read::node::Node;
use crate::read::{Context, Miss, Own, TextRule, labels as label, url, urn};

/// The pages without scripts of LinkedIn's: named classes and test ids, no hashes. As three maintained blockers of 2026 have them;
/// no saved page yet.
pub const GUEST: Layout = Layout {
    name: "linkedin-guest",
    // Also a post within a post; of containers within each other the outermost is read.
    container: "article[data-activity-urn]",
    not_posts: &[".feed-reshare-content"],
    post_parts: &[],
    foreign: FOREIGN,
    foreign_signs: &[],
    always_own: "",
    quote: QUOTE,
    name_of: &[text(NAME)],
    handle_of: &[attr(NAME, "href")],
    bio_of: &[text(r#"[data-test-id$="__entity-lockup"] p"#), text(".base-main-feed-card__entity-lockup p")],
    organisation: &[],
    text: &[&[r#"[data-test-id="main-feed-activity-card__commentary"]"#], &[".attributed-text-segment-list__content"]],
    words: TextRule { skip: "button", blocks: true },
    // The whole text is in the page, cut off by style.
    held_back: "",
    likes: &[
        attr("[data-num-reactions]", "data-num-reactions"),
        text(r#"[data-test-id="social-actions__reaction-count"]"#),
    ],
    replies: &[attr("[data-num-comments]", "data-num-comments")],
    // Not shown.
    reposts: &[],
    links: &[".attributed-text-segment-list__content a[href]"],
    refine: Refine::LinkedinGuest,
    overlay: Overlay {
        // The line with the age, the name.
        anchors: &[LINE, LINE_MOBILE, NAME],
        row: "li",
        hide: Hide::Stub,
    },
};

/// A post within the post.
const QUOTE: &str = r#".feed-reshare-content, [data-test-id="feed-reshare-content"]"#;

/// The same, and comments.
const FOREIGN: &str = r#".feed-reshare-content, [data-test-id="feed-reshare-content"], section.comment"#;

/// The author's link with the name; the picture has another.
const NAME: &str = r#"a[data-tracking-control-name$="feed-actor-name"]"#;

/// Under the headline: the age, or the label of a paid post.
const LINE: &str = r#"[data-test-id$="__entity-lockup"] span:not(a *, p *)"#;
/// The same on the mobile site.
const LINE_MOBILE: &str = ".base-main-feed-card__entity-lockup span:not(a *, p *)";

/// The line above the author: "Suggested", who reacted or reposted.
const HEADER: &str = r#"[data-test-id="main-feed-card__header"]"#;

/// Completes a reading: id and time, paid or not, repost, media.
///
/// # Errors
/// [`Miss`] when the element is no post, or its author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, context: &Context, post: &mut Post) -> Result<(), Miss> {
    if post.author.name.is_empty() {
        return Err(if post.text.is_empty() { Miss::NotAPost } else { Miss::Unreadable("author") });
    }
    post.id = own.node.attr("data-activity-urn").and_then(|urn| urn::find(&urn));
    post.time = time_of(post.id.as_deref());
    post.is_focal = is_focal(own, context, post.id.as_deref());
    post.ad = paid(own);
    post.is_repost = own.first(HEADER).is_some_and(|header| says_reposted(&own.words(&header)));
    post.links.retain(|link| !is_here(url::parse(link).host));
    let pictures = own.count(r#"[data-test-id="feed-images-content__list-item"] img"#);
    post.media = Some(pictures + own.count("video")).filter(|count| *count > 0);
    Ok(())
}

fn paid<N: Node>(own: &Own<'_, N>) -> Option<AdSource> {
    const TRACKED: &str = "[data-sponsored-tracking-url]";
    if own.node.matches(TRACKED) || own.has(TRACKED) {
        return Some(AdSource::Structure);
    }
    let lines = [LINE, LINE_MOBILE].iter().flat_map(|css| own.all(css));
    lines.into_iter().find_map(|line| label::find(&own.words(&line), labels::LINKEDIN))
}
