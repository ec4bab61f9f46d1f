//! Owns Instagram: hosts, addresses, selectors, ad signs and where its badge goes; never runs over a page by itself.
//!
//! Of a reel in the reels' viewer neither id, time nor counts are read: no link in it names it, its address may be another reel's, and
//! where its numbers stand is not known.

use super::{Hide, Layout, Overlay, Pick, Platform, Refine, Take, labels, some, text};
use crate::post::{AdSource, AuthorKind, Post, PostTime, Room, Surface, TimeSource};
use crate::read::node::Node;
use crate::read::url::{self, Url};
use crate::read::{Context, Miss, Own, TextRule, counts, labels as label, time};

/// Instagram.
pub static INSTAGRAM: Platform = Platform {
    room: Room::Instagram,
    hosts: &["www.instagram.com", "instagram.com"],
    probe: &[],
    locate,
    dialogs: DIALOGS,
    permalink,
    handle,
    layouts: &[ARTICLE, OPENED, REELS],
    viewer: &[VIEWER],
    name: NAMED,
    labels: labels::META,
};

/// Handle at the head of a profile; its heading has changed its level twice.
const NAMED: &str = "main header :is(h1, h2)";

const ARTICLE: Layout = Layout {
    name: "instagram",
    // Feeds have it below `main`, a post's own page in a dialog outside of it (1 of 1, 2025-06). Grids of pictures have none.
    container: "article:not(article *)",
    not_posts: &[NO_POST],
    post_parts: &["article section svg"],
    foreign: COMMENTS,
    foreign_signs: &["ul ul"],
    always_own: "",
    quote: "article article",
    // Author, id and time depend on each other: see `refine`.
    name_of: &[],
    handle_of: &[],
    bio_of: &[],
    organisation: &[],
    text: &[&["h1"], &[CAPTION], &[CAPTION_DEEP], &[CAPTION_2022], &[CAPTION_2021]],
    words: TextRule { skip: r#"button, [role="button"]"#, blocks: true },
    held_back: MORE,
    likes: &[
        Pick { css: OTHERS_LIKED, take: Take::Text, parse: one_more },
        Pick { css: OTHERS_LIKED_BESIDE, take: Take::Text, parse: one_more },
        text(r#"a[href$="/liked_by/"]:not(:has(img))"#),
        text(BESIDE_HEART),
    ],
    replies: &[text(r#"a[href$="/comments/"]"#), text(BESIDE_BUBBLE)],
    reposts: &[],
    links: &["h1 a[href]", r#"article section ~ div a[href^="https://l.instagram.com/"]"#],
    refine: Refine::Instagram,
    overlay: Overlay {
        // The author's line; in feeds, the one with the age.
        anchors: &[
            "header span[dir]:has(a[href])",
            AGE_LINE,
            "div:has(> span a[href]):not(article section ~ * *, ul *)",
            "header",
        ],
        row: "article",
        // Rows that vanish send the list into loops of loading (FT, 2026-08).
        hide: Hide::Keep,
    },
};

/// A post's own page, opened directly: no article; caption and comments are alike, each with a name, a `time` and words.
const OPENED: Layout = Layout {
    name: "instagram-opened",
    container: BLOCK,
    // Without the row of buttons it is none.
    not_posts: &["div"],
    post_parts: &["hr ~ section svg", "hr ~ * section svg"],
    foreign: MORE_POSTS,
    foreign_signs: &[],
    quote: "",
    text: &[&[OPENED_CAPTION]],
    held_back: "",
    links: &[],
    overlay: Overlay {
        anchors: &["div:has(> span a[href]):not(hr ~ *, hr ~ * *)", "div:has(~ hr)"],
        row: "",
        hide: Hide::Keep,
    },
    ..ARTICLE
};

/// A reel in the reels' viewer. None of it is in the saved pages.
const REELS: Layout = Layout {
    name: "instagram-reels",
    container: REEL,
    not_posts: &[],
    post_parts: &[ONE_VIDEO],
    foreign: r#"ul, [role="dialog"]"#,
    text: &[&[REEL_CAPTION]],
    likes: &[],
    replies: &[],
    overlay: Overlay {
        anchors: &[r#":is(div, span):has(> a[href$="/reels/"] span[dir])"#],
        row: "",
        // The list snaps to rows.
        hide: Hide::Keep,
    },
    ..OPENED
};

/// A row of the list, one to a screen, as a maintained script finds it; three others go up from the player to where the author's
/// link joins it, which leads to the same block or one within. No feed and no post stands in such a list.
const REEL: &str = "[aria-busy][tabindex]:not(:has(article, hr)) > div";

/// Each reel has its own; rows not yet filled have none.
const ONE_VIDEO: &str = "video";

/// The only `div` of its kind in a reel: name, dot, "Follow" and sound stand in spans, comments too. As two readers of reels
/// have it, of 2025 or later; not in the saved pages.
const REEL_CAPTION: &str = r#"div[dir="auto"]:not(a *)"#;

/// Media on one side; on the other the author, a line below them, words and buttons. A maintained script of 2026 finds the line at
/// the lesser depth.
const BLOCK: &str = "main > div > div > div:has(> div > div > hr, > div > div > div > hr):not(:has(article))";

/// "More posts from".
const MORE_POSTS: &str = "main > div > div > div > div:has(hr) ~ div";

/// The first words behind a time; whose they are is asked in `refine`. Not in the saved pages.
const OPENED_CAPTION: &str = r#"hr ~ * :is(time, :has(time)) ~ span:not(a *, [role="button"] *, :has(time, a span)), hr ~ * :is(time, :has(time)) ~ * span:not(a *, [role="button"] *, :has(time, a span))"#;

/// A comment's age links to the comment.
const TO_COMMENT: &str = r#"a[href*="/c/"]"#;

/// What stands below the author: buttons, and all behind them. The page itself lies in a `section`, too.
const BELOW: &str = "section, section ~ *, hr ~ *";

/// Nobody's link, no buttons: a placeholder.
const NO_POST: &str = ":not(:has(section)):not(:has(a[href]))";

/// On a post's own page caption and comments are one list, the comments in lists of their own. 2 of 2 comments, 2025-06.
const COMMENTS: &str = "article ul ul";

/// In feeds the caption follows the action row; who wrote it is asked in `refine`. As FT describes it, 2026-08; not in the saved pages.
/// Names stand in a `span[dir]` too, around a `div` with their link (permalink pages, 2 of 2, 2025-06); "more" is a `div` that is a button.
const CAPTION: &str = r#"article section ~ div span[dir="auto"]:not(a *, button *, [role="button"] *, ul *, :has(time, div:not([role]) a))"#;
const CAPTION_DEEP: &str = r#"article div:has(> section) ~ div span[dir="auto"]:not(a *, button *, [role="button"] *, ul *, :has(time, div:not([role]) a))"#;
/// 2019 to mid 2022 words stood in plain spans: on a post's own page below the author's heading, in feeds beside the author's link.
/// As readers of those years have it; not in the saved pages.
const CAPTION_2022: &str = "article li h2 ~ div > span";
const CAPTION_2021: &str = "article section ~ div a[href] + span";

/// "… more": the rest of a caption is not in the page.
const MORE: &str = r#"article section ~ div span[dir="auto"] [role="button"]:not(ul *), article section ~ div span[dir="auto"] button:not(ul *)"#;

/// "Liked by ada and 79 others": the number leaves out who is named. 1 of 1, 2025-06.
const OTHERS_LIKED: &str = r#"span:has(> :not(a) a[href]) > a[href$="/liked_by/"]"#;
/// The same where the name is a link beside the number.
const OTHERS_LIKED_BESIDE: &str = r#"a:not([href$="/liked_by/"], :has(img)) ~ a[href$="/liked_by/"]"#;

/// Since 2025 feeds show numbers beside the heart and the bubble, told by the beginnings of their icons. Not in the saved pages.
const BESIDE_HEART: &str = r#"span:has(path[d^="M16.792 3.904"]) + *"#;
const BESIDE_BUBBLE: &str = r#"span:has(path[d^="M20.656 17.008"]) + *"#;

/// Name, dot, age: a feed's header.
const AGE_LINE: &str = ":is(div, span):has(> a time):not(article section ~ *, article section ~ * *, ul *)";

/// Link to one's own page in the navigation: the only one there with a picture. 1 of 1, 2026.
const VIEWER: &str = "span[aria-describedby] a[href]:has(img)";

/// What stands in the header may be a label, if it is no link within the site. Zero-width characters pad the word (UA, AG).
const LEAF: &str = ":is(span, div):not(:has(*), button *)";
/// In a reel the caption stands beside it.
const REEL_LEAF: &str = ":is(span, div):not(:has(*), button *, div[dir], div[dir] *)";
/// "Paid partnership with …", with a link to the partner.
const PARTNER_LINE: &str = ":is(span, div):has(> a[href])";

/// Where the button of a paid post leads (uAssets and AdGuard's list, 2023–2026).
const PAID: &str = r#"a[href*="facebook.com/ads/ig_redirect"]"#;

/// The grid or feed stays below all of these.
const DIALOGS: &[&[&str]] = &[&["p"], &["reel"], &["*", "p"], &["*", "reel"], &["stories"]];

const RESERVED: &str = " about accounts ads api challenge create data developer direct directory download emails explore \
    fbsurvey invites legal lite login nametag notifications p press privacy reel reels session static stories terms threads tv web ";

fn locate(url: &Url<'_>) -> (Surface, Option<String>) {
    let segments: Vec<&str> = url.segments().collect();
    match segments.as_slice() {
        // The viewer goes on without end; its address stays the first reel's.
        [] | ["reels"] | ["reels", _] => (Surface::Home, None),
        ["p" | "reel" | "tv", code, ..] | [_, "p" | "reel", code, ..] => (Surface::Thread, some(code)),
        ["explore", ..] => (Surface::Search, None),
        [first, ..] if is_reserved(first) => (Surface::Elsewhere, None),
        [_] | [_, "reels" | "tagged" | "feed"] => (Surface::Profile, None),
        [_, ..] => (Surface::Elsewhere, None),
    }
}

fn is_reserved(segment: &str) -> bool {
    RESERVED.split(' ').any(|word| word == segment)
}

fn permalink(post: &Post) -> Option<String> {
    Some(["https://www.instagram.com/p/", post.id.as_ref()?, "/"].concat())
}

/// The handle in a link to somebody's page: one part, nothing behind it.
fn handle(link: &str) -> Option<(String, AuthorKind)> {
    let url = url::parse(link);
    if !(url.host.is_empty() || url.host == "instagram.com" || url.host == "www.instagram.com") {
        return None;
    }
    let mut segments = url.segments();
    let name = segments.next().filter(|name| !is_reserved(name))?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.');
    (is_name && segments.next().is_none_or(|tab| tab == "reels")).then(|| (name.to_owned(), AuthorKind::Unknown))
}

/// The short code in a link to a post, or to who liked it; not to one of its comments.
fn code(link: &str) -> Option<String> {
    let url = url::parse(link);
    let mut segments = url.segments().skip_while(|segment| !matches!(*segment, "p" | "reel"));
    segments.next()?;
    let code = segments.next()?;
    (segments.next() != Some("c")).then(|| code.to_owned())
}

/// Those who are counted, and the one who is named.
fn one_more(others: &str) -> Option<String> {
    Some(counts::first(others)?.saturating_add(1).to_string())
}

/// Completes a reading: author, id and time, whose caption it is, paid or not.
///
/// # Errors
/// [`Miss`] when the article is no post, or its author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, _: &Context, post: &mut Post) -> Result<(), Miss> {
    let is_reel = is_reel(own);
    if is_reel && own.count(ONE_VIDEO) != 1 {
        return Err(Miss::NotAPost);
    }
    let links: Vec<(String, N)> =
        own.all("a[href]").into_iter().filter_map(|link| Some((link.attr("href")?, link))).collect();
    let around = own.node.closest(BELOW);
    // The picture links there as well; likers, captions and comments stand below the author.
    let is_below = |element: &N| element.closest(BELOW) != around;
    let author = links.iter().find_map(|(href, link)| {
        let (handle, _) = handle(href)?;
        let words = some(&own.words(link)).filter(|_| link.query("img").is_none())?;
        // In a reel the author's link leads to the author's reels (as five readers of reels have it); nobody else's does.
        (!is_below(link) && (!is_reel || href.ends_with("/reels/"))).then_some((handle, words, link))
    });
    let Some((handle, name, link)) = author else {
        return Err(if own.has_any(own.layout.post_parts) { Miss::Unreadable("author") } else { Miss::NotAPost });
    };
    // The link shows the handle; should it show something else one day, that is the name.
    post.author.name = name;
    post.author.handle = handle;
    if !is_reel {
        post.id = links.iter().find_map(|(href, _)| code(href));
        post.time = stated(own);
    }
    if !is_authors(own, &post.author.handle) {
        post.text.clear();
        post.truncated = false;
    }
    // In a reel without a caption that is known as such, any words may be it.
    post.ad = paid(own, Some(link).filter(|_| !is_reel || !post.text.is_empty()));
    let is_carousel = own.has(r#"li img:not(a *, [role="link"] *), li video"#);
    let is_picture = |image: &N| !is_below(image);
    let pictures =
        || own.all(r#"img:not(a *, header *, ul *, [role="link"] *)"#).iter().any(is_picture) || own.has("video");
    post.media = (!is_carousel && pictures()).then_some(1);
    Ok(())
}

fn is_reel<N: Node>(own: &Own<'_, N>) -> bool {
    own.layout.container == REEL
}

/// The time in the link to the post; comments link to themselves.
fn stated<N: Node>(own: &Own<'_, N>) -> Option<PostTime> {
    let times = own.all("time[datetime]");
    let is_linked = |time: &&N| {
        time.closest("a[href]").and_then(|link| link.attr("href")).is_some_and(|href| code(&href).is_some())
    };
    let stated =
        times.iter().find(is_linked).or_else(|| times.iter().find(|time| time.closest("a[href]").is_none()))?;
    let unix_ms = time::parse_iso(&stated.attr("datetime")?)?;
    Some(PostTime { unix_ms, source: TimeSource::Stated })
}

/// How far above a caption its author's name may stand, in elements.
const NAME_ABOVE: usize = 6;

/// Whether the words found are the author's: the first link before them in their block leads to the author. A comment shown below a
/// post without a caption stands in the same place.
fn is_authors<N: Node>(own: &Own<'_, N>, author: &str) -> bool {
    let Some(words) = own.text_roots().into_iter().next() else { return true };
    if words.tag() == "h1" {
        return true;
    }
    let within = words.query_all("a[href]");
    let mut block = words.parent();
    for _ in 0..NAME_ABOVE {
        let Some(around) = block else { break };
        let named = around.query_all("a[href]").into_iter().find(|link| !within.contains(link));
        if let Some((who, _)) = named.and_then(|link| handle(&link.attr("href")?)) {
            return who == author && around.query(TO_COMMENT).is_none();
        }
        if around.matches("article section ~ div, article, hr ~ *") {
            break;
        }
        block = around.parent();
    }
    false
}

fn paid<N: Node>(own: &Own<'_, N>, author: Option<&N>) -> Option<AdSource> {
    if own.has(PAID) {
        return Some(AdSource::Structure);
    }
    let header = header(own, author?)?;
    let is_label = |leaf: &N| {
        let link = leaf.closest("a[href]").and_then(|link| link.attr("href"));
        link.is_none_or(|href| !href.starts_with('/') && !url::parse(&href).host.ends_with("instagram.com"))
    };
    let leaves = header.query_all(if is_reel(own) { REEL_LEAF } else { LEAF }).into_iter().filter(is_label);
    let told = |line: N| label::find(&line.text_content(), labels::META);
    // A line around a link may be a place: it can disclose, but not say that the network was paid.
    let partner = |line: N| told(line).filter(|sign| *sign == AdSource::Disclosed);
    leaves.into_iter().find_map(told).or_else(|| header.query_all(PARTNER_LINE).into_iter().find_map(partner))
}

/// The block around the author's link that holds neither buttons nor pictures; none where the row of buttons is not known.
/// In a reel, all that lies over the video.
fn header<N: Node>(own: &Own<'_, N>, author: &N) -> Option<N> {
    let edge = if is_reel(own) { ONE_VIDEO } else { "section" };
    let mut header = author.parent()?;
    while let Some(around) = header.parent() {
        if around.query(edge).is_some() || around == *own.node {
            break;
        }
        header = around;
    }
    header.parent()?.query(edge).map(|_| header)
}
