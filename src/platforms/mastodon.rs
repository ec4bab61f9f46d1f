//! Owns Mastodon, on whatever host it runs: how its pages are known, and the selectors of its web client, old and new, and of its public pages; never runs over a page by itself.
//!
//! Nobody pays for posts here, and nothing marks an organisation: a checked link of a profile or the mark of a bot says neither.

use super::{Hide, Layout, Overlay, Platform, Refine, attr, labels, some, text};
use crate::post::{AuthorKind, Post, PostTime, Room, Surface, TimeSource};
use crate::read::node::{Child, Node};
use crate::read::url::{self, Url};
use crate::read::{Context, Miss, Own, TextRule, time};

/// Mastodon and what keeps its web client (glitch-soc, Hometown).
pub static MASTODON: Platform = Platform {
    room: Room::Mastodon,
    hosts: &[],
    probe: PROBE,
    locate,
    dialogs: &[&["publish"]],
    permalink: |post| post.permalink.clone(),
    handle,
    layouts: &[STATUS, ARTICLE, PUBLIC],
    viewer: &[VIEWER, r#".navigation-bar a[href^="/@"]"#, r#".drawer__header ~ * .navigation-bar a[href]"#],
    name: NAMED,
    labels: labels::NONE,
};

/// Name and address at the head of a profile (3.x to 4.x), the address last.
const NAMED: &str = ".account__header__tabs__name h1";

/// The element into which the client is put, and the body's class: 1 of 1, 2026-04; as the sources have them since 2016. A part of a page,
/// as people save them, has its posts only. Public pages have neither: either of two signs is enough there.
const PROBE: &[&str] =
    &["#mastodon", "body.app-body", WRAPPER, ".activity-stream .entry .display-name", ".status__content .e-content"];

/// The entry "Profile" of the navigation (4.x).
const VIEWER: &str = r#".navigation-panel a.column-link[href^="/@"]"#;

/// A post up to 4.5. A row off screen keeps its height and a bare text, but neither name nor id.
const STATUS: Layout = Layout {
    name: "mastodon",
    container: ROW,
    // What is written to named people only is nobody else's business.
    not_posts: &[".status__wrapper-direct", ".status-direct", ".detailed-status__wrapper-direct", PRIVATE],
    post_parts: &[],
    foreign: ".status__quote",
    foreign_signs: &[],
    always_own: "",
    quote: ".status__quote",
    name_of: &[
        text(
            ":is(.status, .detailed-status) :is(.status__display-name, .detailed-status__display-name) .display-name__html",
        ),
        text(":is(.status__info, .detailed-status) .display-name bdi"),
        text(".status__info .display-name strong"),
    ],
    handle_of: &[
        attr(".status__info .status__display-name", "title"),
        text(":is(.status__info, .detailed-status) .display-name__account"),
        attr(":is(.status__info .status__display-name, .detailed-status__display-name)", "href"),
    ],
    bio_of: &[],
    organisation: &[],
    text: &[
        &[
            ".status__content--with-spoiler > p > span",
            ":is(.status, .detailed-status) .content-warning p",
            ".status__content__text--visible",
            ".status__content__spoiler--visible > .status__content__text",
        ],
        &[".status__content__text"],
        &[".status__content"],
    ],
    words: TextRule { skip: SKIP, blocks: true },
    held_back: ":is(.status, .detailed-status):has(.content-warning):not(:has(.status__content))",
    replies: &[
        text(
            ".status__action-bar button:is(:has(.icon-reply), :has(.icon-reply-all), :has(.fa-reply), :has(.fa-reply-all)) .icon-button__counter",
        ),
        text(".status__action-bar > :first-child .icon-button__counter"),
        text(".status__action-bar__counter__label"),
    ],
    reposts: &[
        text(".detailed-status__reblogs"),
        text(".status__action-bar button:is(:has(.icon-retweet), :has(.fa-retweet)) .icon-button__counter"),
    ],
    likes: &[
        text(".detailed-status__favorites"),
        text(".status__action-bar :is(.star-icon, button:has(.icon-star), button:has(.fa-star)) .icon-button__counter"),
    ],
    links: &[".status__content__text a[href]:not(.mention)", "a.status-card[href]", ".status-card a[href]"],
    refine: Refine::Mastodon,
    overlay: Overlay {
        anchors: &[".status__info", ".detailed-status__meta", ".status__content"],
        row: "article[data-id]",
        // The list remembers the height of a row and gives it back to the row when it is off screen.
        hide: Hide::Keep,
    },
};

/// A post of the client of 2026: class names are hashed. As its source has it; no saved page.
const ARTICLE: Layout = Layout {
    name: "mastodon-2026",
    container: CARD,
    not_posts: &[PRIVATE],
    foreign: QUOTED,
    quote: QUOTED,
    name_of: &[
        text(r#"header p a[title^="@"] .display-name__html"#),
        text(r#"header p a[title^="@"] bdi"#),
        text(r#"header p a[title^="@"]"#),
    ],
    handle_of: &[attr(r#"header a[title^="@"]"#, "title"), attr("header a[href]", "href")],
    text: &[
        &["header ~ div > [lang]:first-child"],
        &["header ~ div > :first-child:has(> p)"],
        // What a closed warning says; that of a filter is the reader's own.
        &[".content-warning:not(.content-warning--filter) p"],
    ],
    words: TextRule { skip: "button", blocks: true },
    held_back: "",
    replies: &[
        text("footer button:is(:has(.icon-reply), :has(.icon-reply-all))"),
        text("footer > div:last-child > :nth-child(1)"),
    ],
    reposts: &[text("footer button:has(.icon-retweet)"), text("footer > div:last-child > :nth-child(2)")],
    likes: &[text("footer button:has(.icon-star)"), text("footer > div:last-child > :nth-child(3)")],
    links: &["header ~ div > [lang] a[href]:not(.mention)"],
    overlay: Overlay { anchors: &["header p", "header"], row: "article[aria-posinset]", hide: Hide::Keep },
    ..STATUS
};

/// A post of the pages that the server itself makes for whoever is not signed in (2017 to 3.5), and of embeds; as its sources have them,
/// no saved page. The class of the number of boosts is that of the number of answers, too.
const PUBLIC: Layout = Layout {
    name: "mastodon-public",
    container: ".entry:has(> .status), .entry:has(> .detailed-status)",
    name_of: &[text(":is(.status, .detailed-status) .display-name strong")],
    handle_of: &[text(":is(.status, .detailed-status) .display-name > span")],
    text: &[&[".p-summary", r#".e-content:not([style*="display: none"])"#]],
    held_back: r#".e-content[style*="display: none"]"#,
    replies: &[
        text(".status__action-bar__counter__label"),
        text(":is(.fa-reply, .fa-reply-all) + .detailed-status__reblogs"),
    ],
    reposts: &[text(".detailed-status__reblogs:not(.fa-reply + *, .fa-reply-all + *)")],
    likes: &[text(".detailed-status__favorites")],
    links: &[".e-content a[href]:not(.mention)"],
    ..STATUS
};

/// One post: the focal one of a thread is "detailed". Right on 6 of 6, 2026-04.
const WRAPPER: &str = ".status__wrapper, .detailed-status__wrapper";

/// The same; in glitch-soc up to 4.x, and in Mastodon of 2017, nothing stands around a post. As the source of glitch-soc has it; no saved
/// page. What is asked about before it is boosted is "light".
const ROW: &str = concat!(
    ".status__wrapper, .detailed-status__wrapper, ",
    ".status:not(.light, .status__wrapper *, .entry > *), .detailed-status:not(.detailed-status__wrapper *, .entry > *)"
);

/// Buttons, and the line that stands in for a quoted post where none is shown (4.4).
const SKIP: &str = "button, .status__content__read-more-button, .translate-button, .status--has-quote .quote-inline";

/// The row around it is an article with the same attribute, and a place in the list.
const CARD: &str = "article[data-id]:not([aria-posinset])";

/// A card that links to another post by its age and holds a name.
const QUOTED: &str = "article header ~ div div:has(> div a > time):has(.display-name)";

/// The button "boost" has the same icon, below. Icons are named by class (4.x) or by font (up to 4.2).
const BOOSTED: &str = ":is(.status__prepend, .pre-header) :is(.icon-retweet, .fa-retweet)";
/// "Replied to …"; the class of an answer is a surer sign, which the client of 2026 has not. Up to 4.2 the button "reply" has an icon of its
/// own where the post is an answer.
const ANSWERS: &str = ".status__prepend :is(.icon-reply, .fa-reply), .fa-reply-all";
/// "Private mention".
const PRIVATE: &str = ":has(> .status__prepend .icon-at)";

/// The line that leads from a post up to the one that it answers; see `parent`.
const LINE: &str = ".status__line";

fn locate(url: &Url<'_>) -> (Surface, Option<String>) {
    let mut segments: Vec<&str> = url.segments().collect();
    // The client of many columns, and addresses before 4.0.
    if matches!(segments.first(), Some(&("deck" | "web"))) {
        segments.remove(0);
    }
    match segments.as_slice() {
        [] | ["home" | "getting-started" | "public" | "firehose", ..] | ["timelines", "home" | "public", ..] => {
            (Surface::Home, None)
        }
        ["explore" | "search" | "tags", ..] | ["timelines", "tag", ..] => (Surface::Search, None),
        ["lists", ..] | ["timelines", "list", ..] => (Surface::Group, None),
        ["statuses", id, ..] | ["users", _, "statuses", id, ..] => (Surface::Thread, digits(id)),
        [who, "with_replies", ..] if who.starts_with('@') => (Surface::Replies, None),
        [who, id, ..] if who.starts_with('@') && digits(id).is_some() => (Surface::Thread, digits(id)),
        [who, ..] if who.starts_with('@') => (Surface::Profile, None),
        ["accounts", ..] => (Surface::Profile, None),
        [_, ..] => (Surface::Elsewhere, None),
    }
}

fn digits(text: &str) -> Option<String> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}

/// The account as the page has it: without a host where it lives on this one.
fn handle(link: &str) -> Option<(String, AuthorKind)> {
    let url = url::parse(link);
    let segment = if url.host.is_empty() && !link.starts_with('/') { link } else { url.segments().next()? };
    let name = segment.trim().strip_prefix('@').unwrap_or(segment.trim());
    let is_part = |part: &str| {
        !part.is_empty()
            && part.chars().all(|character| character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | ':'))
    };
    name.split('@').all(is_part).then(|| (name.to_owned(), AuthorKind::Unknown))
}

/// Completes a reading: id and time, boost, answer and to which, media.
///
/// # Errors
/// [`Miss`] when the row is off screen, or its author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, context: &Context, post: &mut Post) -> Result<(), Miss> {
    let is_empty = |css: &'static str| own.node.query(css).is_none();
    if is_empty(".status, .detailed-status, .status__info, .detailed-status__meta, header") || is_empty("a[href]") {
        return Err(Miss::NotAPost);
    }
    if post.author.handle.is_empty() || post.author.name.is_empty() {
        return Err(Miss::Unreadable("author"));
    }
    // The client shows the host of its own accounts in some places and not in others.
    if let Some(name) = post.author.handle.strip_suffix(context.host.as_str()).and_then(|name| name.strip_suffix('@')) {
        post.author.handle = name.to_owned();
    }
    post.is_repost = own.has(BOOSTED);
    let is_detailed = own.node.matches(".detailed-status") || own.has(".detailed-status");
    // The row of a boost has the boost's id; the post's own stands inside, and in the link with its age.
    let named = || own.node.query(".status[data-id]").and_then(|status| digits(&status.attr("data-id")?));
    let linked = || linked(own.all(TIMED), &context.host);
    let row = || {
        let row = own.node.closest("[data-id]")?;
        let id = digits(&row.attr("data-id")?)?;
        (row == *own.node || !post.is_repost && id.len() >= STATUS_DIGITS).then_some(id)
    };
    post.id = named().or_else(linked).or_else(row).or_else(|| context.focal_id.clone().filter(|_| is_detailed));
    post.permalink =
        post.id.as_ref().map(|id| ["https://", &context.host, "/@", &post.author.handle, "/", id].concat());
    post.time = own.first(TIMED_TIME).and_then(|time| {
        let unix_ms = time::parse_iso(&time.attr("datetime")?)?;
        Some(PostTime { unix_ms, source: TimeSource::Stated })
    });
    post.lang = own.text_roots().into_iter().find_map(|root| root.attr("lang")).and_then(|lang| some(&lang));
    let is_detailed = is_detailed || post.id.is_some() && post.id == context.focal_id;
    post.is_reply =
        own.node.matches(".status__wrapper-reply, .entry-successor") || own.has(".status-reply") || own.has(ANSWERS);
    if context.surface == Surface::Thread {
        post.parent = parent(own, context, is_detailed);
        post.is_reply |= post.parent.is_some();
    }
    let media =
        own.count(".media-gallery__item") + own.count(".video-player, .audio-player, .attachment-list__list > li");
    // In a public page as it was sent, films and pictures may not stand yet.
    let is_unknown = media == 0 && own.layout.name == PUBLIC.name && own.has(UNMADE);
    post.media = Some(media).filter(|_| !is_unknown);
    Ok(())
}

/// What scripts make media of.
const UNMADE: &str = r#"[data-component="MediaGallery"], [data-component="Video"]"#;

/// A post's number is as long as this since 2018; that of a notice, which a row may have instead, is shorter.
const STATUS_DIGITS: usize = 17;

/// The number at the end of the first link to this host: elsewhere a post has another number.
fn linked<N: Node>(links: Vec<N>, host: &str) -> Option<String> {
    links.into_iter().find_map(|link| {
        let href = link.attr("href")?;
        let url = url::parse(&href);
        (url.host.is_empty() || url.host == host).then_some(())?;
        digits(url.segments().last()?)
    })
}

/// The link with the age of the post; cards and polls have times too. On public pages also the buttons, which know posts of other hosts by
/// their number on this one.
const TIMED: &str = ".status__relative-time, .detailed-status__datetime, .modal-button, header p a:has(time)";
const TIMED_TIME: &str = ":is(.status__relative-time, .detailed-status__datetime, header p a) time[datetime]";

/// Which post of a thread this one answers. Above the focal post each answers the one before it. Below, the list is told depth first, and a
/// line is drawn up where the one before is answered, or, on the first of a branch, the focal one. 5 of 5, 2026-04, and as the source has it.
fn parent<N: Node>(own: &Own<'_, N>, context: &Context, is_detailed: bool) -> Option<String> {
    if own.layout.name == PUBLIC.name {
        let before = before(own.node)?;
        let is_next = is_detailed || own.node.matches(".entry-predecessor") || before.matches(".entry-center");
        return linked(before.query_all(TIMED), &context.host).filter(|_| is_next);
    }
    let status = own.node.query(".status--in-thread");
    if !is_detailed && status.is_none() {
        return None;
    }
    let is_first = status.as_ref().is_some_and(|status| status.matches(".status--first-in-thread"));
    let line = own.first(LINE);
    if !is_detailed && is_first {
        // A full line leads on downwards; alone it does not say that it comes from above.
        let from_above = line.is_some_and(|line| !line.matches(".status__line--full"));
        return context.focal_id.clone().filter(|_| from_above);
    }
    if !is_detailed && line.is_none_or(|line| line.matches(".status__line--first")) {
        return None;
    }
    let before = before(own.node)?;
    let of_detailed = || Some(before.query(".detailed-status")).flatten().and(context.focal_id.clone());
    before.query(".status[data-id]").and_then(|status| status.attr("data-id")).or_else(of_detailed)
}

/// The row before that of a container.
fn before<N: Node>(container: &N) -> Option<N> {
    let mut row = container.clone();
    // The container stands in its row alone, two or three elements deep.
    for _ in 0..4 {
        let list = row.parent()?;
        let mut last = None;
        for child in list.children() {
            let Child::Element(child) = child else { continue };
            if child == row {
                break;
            }
            last = Some(child);
        }
        // Beyond the list stand other columns.
        if last.is_some() || list.matches(".scrollable, [role=\"feed\"]") {
            return last;
        }
        row = list;
    }
    None
}
