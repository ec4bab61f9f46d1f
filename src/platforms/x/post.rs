//! Owns the posts of X's application (what everybody who is signed in sees): selectors, ad signs and where the badge goes; never runs over a page by itself.

use super::{PERMALINK, before, handle, number, status};
use crate::platforms::{Hide, Layout, Overlay, Pick, Refine, Take, attr, labels, says_reposted, some, text};
use crate::post::{AdSource, AuthorKind, Post, PostTime, Surface, TimeSource};
use crate::read::node::Node;
use crate::read::{Context, Miss, Own, TextRule, labels as label, time, visible};
use crate::text::head;

/// The layout with test ids.
pub const TWEET: Layout = Layout {
    name: "x",
    container: ARTICLE,
    not_posts: &[TOMBSTONE],
    post_parts: &[r#"[data-testid^="User-Name"]"#, r#"[role="group"]"#],
    foreign: FOREIGN,
    // One by one: a list costs a browser ten times its members (Chromium 156).
    foreign_signs: &[r#"div[role="link"]"#, r#"[data-testid="simpleTweet"]"#],
    // Quoted posts have no buttons; one capture nests the post's own among them.
    always_own: r#"[role="group"]"#,
    quote: QUOTE,
    name_of: &[
        text(r#"[data-testid^="User-Name"] > :first-child [dir]"#),
        text(r#"[data-testid^="User-Name"] a[href]"#),
    ],
    handle_of: &[
        attr(r#"[data-testid^="User-Name"] a[href]"#, "href"),
        Pick { css: AVATAR, take: Take::Attr("data-testid"), parse: handle_of_avatar },
        Pick { css: r#"[data-testid^="User-Name"]"#, take: Take::Text, parse: handle_in_text },
    ],
    bio_of: &[],
    organisation: ORGANISATION,
    text: &[
        &[r#"[data-testid="tweetText"]"#],
        &[r#"[data-testid="twitter-article-title"]"#, r#"[data-testid="twitterArticleRichTextView"]"#],
        &[UNNAMED_WORDS],
    ],
    words: TextRule { skip: "", blocks: false },
    held_back: MORE,
    replies: &[attr(r#"[data-testid="reply"]"#, "aria-label"), text(r#"[data-testid="reply"]"#)],
    reposts: &[attr(RETWEET, "aria-label"), text(RETWEET), text(RETWEETERS)],
    likes: &[attr(LIKE, "aria-label"), text(LIKE), text(LIKERS)],
    links: &[r#"[data-testid="tweetText"] a[target="_blank"][href]"#, r#"[data-testid="card.wrapper"] a[href]"#],
    refine: Refine::X,
    overlay: Overlay {
        // The row of handle, dot and time; in ads the handle alone. Below it the name block, for the two-line header of a status page.
        anchors: &[
            r#"[data-testid^="User-Name"] > :last-child:not(:first-child) > div"#,
            r#"[data-testid^="User-Name"]"#,
            // Until spring 2022.
            r#"div:has(> a [dir="auto"])"#,
        ],
        row: r#"[data-testid="cellInnerDiv"]"#,
        // On the cell itself it would keep the list from closing the gap (CPFT).
        hide: Hide::CollapseChild,
    },
};

/// One post. Right on 30 of 30 articles of four home feeds and two fragments, 2024-11 to 2025-10; a cell is not a post
/// (an empty one precedes each pair of a conversation). The second form is for a renamed test id.
const ARTICLE: &str = r#"article[data-testid="tweet"], [data-testid="cellInnerDiv"] article:not([data-testid="tweet"]):not([data-testid="notification"]):has([data-testid^="User-Name"])"#;

/// "This post is unavailable": an article with neither a name nor an action row.
const TOMBSTONE: &str = r#":not(:has([data-testid^="User-Name"])):not(:has([role="group"]))"#;

/// A quoted post: the nested link that holds a name, a text or a time. A link role alone is also an affiliate badge or "Show more".
/// The localised word "Quote" before it is hidden. Right on 3 of 3, 2024-11 to 2025-10.
const QUOTE: &str =
    r#"article div[role="link"]:is(:has([data-testid^="User-Name"]), :has([data-testid="tweetText"]), :has(time))"#;

/// The same, and posts that a long-form article shows on its way; those are no quotes.
const FOREIGN: &str = concat!(
    r#"article div[role="link"]:is(:has([data-testid^="User-Name"]), :has([data-testid="tweetText"]), :has(time)), "#,
    r#"article [data-testid="simpleTweet"]"#
);

/// The author's picture; its test id ends in the handle. Right on 30 of 30, 2024-11 to 2025-10.
const AVATAR: &str = r#"[data-testid="Tweet-User-Avatar"] [data-testid^="UserAvatar-Container-"]"#;

/// Organisations have a square picture (in any language by its clip path, in English by its label) and a golden mark.
/// A quoted organisation has them too: own matches only. An affiliate's small picture is not one.
/// Right on 2 of 2 organisations and none of 14 others, 2024-11 to 2025-10.
const ORGANISATION: &[&str] =
    &[r##"[data-testid^="User-Name"] [data-testid="icon-verified"] stop[stop-color="#f4e72a" i]"##];

/// A question about `style` makes the browser write out the attribute of every element it meets (28 µs for the picture alone,
/// Chromium 156), so one element is asked: the first in the picture's link.
const PICTURE: &str = r#"[data-testid="Tweet-User-Avatar"]"#;
const FRAME: &str = "a > div";
const SQUARE: &str = r#"[aria-label="Square profile picture"]"#;

/// The buttons change their names with the viewer's own state.
const RETWEET: &str = r#":is([data-testid="retweet"], [data-testid="unretweet"])"#;
const LIKE: &str = r#":is([data-testid="like"], [data-testid="unlike"])"#;

/// Until mid-2023 the buttons of a post on its own page bore no numbers: these links did. Of the replies there was none, and the label of
/// the buttons' row leaves zeros out, so that its first number may be another.
const RETWEETERS: &str = r#"a[href*="/status/"][href$="/retweets"]:not([target])"#;
const LIKERS: &str = r#"a[href*="/status/"][href$="/likes"]:not([target])"#;

/// The button that shows the rest; in 2023 it stood within the text.
const MORE: &str = r#"[data-testid="tweet-text-show-more-link"]"#;
/// What stands among the author's words and is none of them: the same button; in long-form text posts and pictures on the way (2026-05).
const NO_WORDS: &str =
    r#"[data-testid="tweet-text-show-more-link"], [data-testid="simpleTweet"], [data-testid="tweetPhoto"]"#;
const LONG_FORM: &str = r#"[data-testid="twitterArticleRichTextView"]"#;

/// The words before they had a test id (until mid-2022): the language stands at them. Not in cards and notes of readers.
const UNNAMED_WORDS: &str = r#"div[lang][dir="auto"]:not([data-testid="card.wrapper"] *, [role="link"] *)"#;

/// Paid posts stand inside the marker; a video of an organic post holds the same marker inside the article, which is why nobody
/// may look for it below. 4 of 4 ads, 0 of 26 others, 2024-11 (language-free).
const PAID: &str = r#"[data-testid="placementTracking"]"#;

/// The corner of the header beside the menu, where "Ad" stands instead of a time. 4 of 4 ads, 2024-11.
const CORNER: &str = r#"div:has([data-testid="caret"]):not(:has([data-testid^="User-Name"])) span:not(:has(*))"#;

/// Stands in the permalink of the post, above the text in feeds, below it on the post's own page. Ads have none.
const TIME: &str = "time[datetime]";

/// Beginning of the icon's path in "… reposted" (the button below has another): 6 of 6, 2024-11; and until 2022-11.
const REPOST_ICONS: &[&str] =
    &[r#"path[d^="M4.75 3.79"]:not([role="group"] *)"#, r#"path[d^="M23.615 15.477"]:not([role="group"] *)"#];

/// Beginning of the icon's path before "Promoted" below the buttons, where ads said it until mid-2023: of 2022 and of 2019.
const PROMOTED_ICONS: &[&str] = &[r#"path[d^="M19.498 3h-15"]"#, r#"path[d^="M20.75 2H3.25C2.007"]"#];

/// In an answer shown under its question the first row holds an empty element in the avatar's column: the line that comes from above.
/// 2 of 2 answers, 0 of 28 others, 2024-11 (no class, no word).
///
/// Asked in steps, the row first, then that it has no icon: as one selector it is the dearest question of all (38 µs, Chromium 156).
const FIRST_ROW: &str = "article > div > div > div:first-child";
/// In 2022 one element more lay around the row's columns.
const CONNECTOR: &str = "article > div > div > div:first-child > div div:first-child:not(:last-child) > div";

/// "Replying to @…": a link of that form outside name, text and cards. Not in the saved pages; as the site's tests describe it.
/// One `:not` each, the cheap ones first: a third of the price of a list in one.
const ADDRESSEE: &str = concat!(
    r#"a[href]:not([target]):not([href*="/status/"]):not([data-testid^="User-Name"] *):not([data-testid="Tweet-User-Avatar"] *)"#,
    r#":not([data-testid="tweetText"] *):not([data-testid="card.wrapper"] *):not([data-testid="socialContext"] *)"#,
    r#":not([data-testid^="twitterArticle"] *):not([role="group"] *)"#
);

/// "… reposted", "Pinned": the line above the name.
const SOCIAL: &str = r#"[data-testid="socialContext"]"#;

/// A cell below a heading of its own ("Discover more"): no answers any more.
const AFTER_HEADING: &str = r#"[data-testid="cellInnerDiv"]:has(h2) ~ [data-testid="cellInnerDiv"]"#;

fn handle_of_avatar(test_id: &str) -> Option<String> {
    some(test_id.strip_prefix("UserAvatar-Container-")?).filter(|handle| handle != "unknown")
}

fn handle_in_text(text: &str) -> Option<String> {
    let after = text.split('@').nth(1)?;
    let end =
        after.find(|character: char| !(character.is_ascii_alphanumeric() || character == '_')).unwrap_or(after.len());
    some(head(after, end))
}

/// Completes a reading: id and time, paid or not, repost, answer, media.
///
/// # Errors
/// [`Miss`] when the article is no post, or its author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, context: &Context, post: &mut Post) -> Result<(), Miss> {
    if post.author.handle.is_empty() {
        (post.author.name, post.author.handle) = unnamed(own).ok_or(Miss::Unreadable("author"))?;
    }
    if post.author.kind == AuthorKind::Unknown && own.first(PICTURE).as_ref().is_some_and(is_square) {
        post.author.kind = AuthorKind::Organisation;
    }
    identify(own, post);
    post.ad = paid(own, post);
    let social = own.first(SOCIAL);
    if let Some(social) = &social {
        // Words only where no icon says what the line is: it may hold the name of a community or a person.
        let has_icon = || own.first(FIRST_ROW).is_some_and(|row| row.query("path[d]").is_some());
        post.is_repost = own.has_any(REPOST_ICONS) || (!has_icon() && says_reposted(&own.words(social)));
    }
    if !post.ad.is_some_and(AdSource::is_platform_paid) {
        if social.is_none() && is_connected(own) {
            post.is_reply = true;
            post.parent = above(own.node);
        }
        post.answers = addressees(own);
        post.is_reply |= !post.answers.is_empty() || is_below_focal(own, context, post);
    }
    let text = own.first(r#"[data-testid="tweetText"][lang]"#);
    let is_long = text.is_none() && own.has(LONG_FORM);
    if is_long || post.truncated {
        post.text = visible(&own.text_roots(), TextRule { skip: NO_WORDS, blocks: is_long });
    }
    let lang = text.and_then(|text| text.attr("lang"));
    post.lang =
        lang.filter(|lang| !matches!(lang.as_str(), "und" | "zxx" | "qme" | "qst" | "qht" | "qam" | "qct" | ""));
    let photos = own.count(r#"[data-testid="tweetPhoto"]"#);
    let videos = own.count(r#"[data-testid="videoPlayer"]:not([data-testid="tweetPhoto"] *)"#);
    post.media = Some(photos + videos);
    Ok(())
}

/// Whether the author's picture is cut to a square.
fn is_square<N: Node>(picture: &N) -> bool {
    let is_cut = |frame: N| frame.attr("style").is_some_and(|style| style.contains("shape-square"));
    picture.query(FRAME).is_some_and(is_cut) || picture.query(SQUARE).is_some()
}

/// Name and handle before they had a test id (until spring 2022): one link to the author's page held both.
fn unnamed<N: Node>(own: &Own<'_, N>) -> Option<(String, String)> {
    own.all("a[href]").iter().find_map(|link| {
        let name = link.query(r#"[dir="auto"]"#)?;
        let (handle, _) = handle(&link.attr("href")?)?;
        let is_whole = link.text_content().trim().strip_suffix(&handle).is_some_and(|before| before.ends_with('@'));
        is_whole.then(|| (own.words(&name), handle))
    })
}

/// Id and time from the author's own links.
fn identify<N: Node>(own: &Own<'_, N>, post: &mut Post) {
    let is_own = |link: &N| {
        let href = link.attr("href")?;
        let (handle, id) = status(&href)?;
        handle.eq_ignore_ascii_case(&post.author.handle).then_some(id)
    };
    let timed = own.all(TIME).into_iter().find_map(|time| Some((is_own(&time.closest(PERMALINK)?)?, time)));
    match timed {
        Some((id, time)) => {
            post.id = Some(id);
            let stated = time.attr("datetime");
            post.time = stated
                .and_then(|stated| time::parse_iso(&stated))
                .map(|unix_ms| PostTime { unix_ms, source: TimeSource::Stated });
        }
        None => post.id = own.all(PERMALINK).iter().find_map(is_own),
    }
}

fn paid<N: Node>(own: &Own<'_, N>, post: &Post) -> Option<AdSource> {
    if own.node.closest(PAID).is_some() {
        return Some(AdSource::Structure);
    }
    // The other signs only serve where no time stands: a paid post has none, and everybody may write "Ad".
    if post.time.is_some() || own.has("time") {
        return None;
    }
    if own.has(r#"a[href*="twclid="]"#) || own.has_any(PROMOTED_ICONS) {
        return Some(AdSource::Structure);
    }
    own.all(CORNER).iter().find_map(|span| label::find(&span.text_content(), labels::X))
}

/// Whether a line comes from the post above.
fn is_connected<N: Node>(own: &Own<'_, N>) -> bool {
    own.first(FIRST_ROW).is_some_and(|row| {
        row.query("svg").is_none() && row.query_all(CONNECTOR).iter().any(|line| line.query("*").is_none())
    })
}

/// Those named after "Replying to".
fn addressees<N: Node>(own: &Own<'_, N>) -> Vec<String> {
    let addressed = |link: &N| {
        let (handle, _) = handle(&link.attr("href")?)?;
        let is_named = own.words(link).strip_prefix('@').is_some_and(|name| name.starts_with(&handle));
        // Words without a test id (until mid-2022) hold mentions as well.
        (is_named && link.query(SOCIAL).is_none() && link.closest(UNNAMED_WORDS).is_none()).then_some(handle)
    };
    own.all(ADDRESSEE).iter().filter_map(addressed).collect()
}

/// The id of the post in the cell above.
fn above<N: Node>(article: &N) -> Option<String> {
    let time = before(&article.closest(TWEET.overlay.row)?)?.query(TIME)?;
    Some(status(&time.closest(PERMALINK)?.attr("href")?)?.1)
}

/// Whether it stands below the post for which the page was opened, and before the next heading.
fn is_below_focal<N: Node>(own: &Own<'_, N>, context: &Context, post: &Post) -> bool {
    if context.surface != Surface::Thread {
        return false;
    }
    // On a post's own page everything younger below it answers it, down to the next heading. Ids grow with time.
    let (Some(focal), Some(id)) = (number(context.focal_id.as_deref()), number(post.id.as_deref())) else {
        return false;
    };
    id > focal && own.node.closest(AFTER_HEADING).is_none()
}
