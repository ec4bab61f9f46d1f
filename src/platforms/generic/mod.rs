//! Owns the reading of any other site that the reader switches on, by public vocabularies of the web; never by the names of one site.
//!
//! In order: microformats (h-entry and the older hAtom), schema.org as microdata, ARIA feeds and articles; what a page says of its one
//! post in JSON-LD or OpenGraph completes it. Where nothing names an author, nothing is read. What software that many sites run (WordPress,
//! Discourse, Lemmy) calls its parts is asked where those vocabularies leave a gap.

use super::{Hide, Layout, Overlay, Platform, Refine, attr, labels, some, text};
use crate::post::{AdSource, AuthorKind, Post, PostTime, Room, Surface, TimeSource};
use crate::read::node::{Child, Node};
use crate::read::url::{self, Url};
use crate::read::{Context, Miss, Own, TextRule, counts, time, visible};

mod stated;

/// Any other site.
pub static GENERIC: Platform = Platform {
    room: Room::Generic,
    hosts: &[],
    // Whatever no other probe knows.
    probe: &[],
    locate,
    dialogs: &[],
    permalink: |_| None,
    handle,
    layouts: &[ENTRY, POSTING, ARTICLE, PAGE],
    viewer: &[],
    name: "",
    labels: labels::NONE,
};

/// Microformats: h-entry (2011) and hAtom (2005), which themes of WordPress still carry.
const ENTRY: Layout = Layout {
    name: "h-entry",
    container: ".h-entry, .hentry",
    not_posts: &[COMMENT, ".h-cite"],
    post_parts: &[],
    foreign: ".h-cite, .p-comment, .u-comment, .comments, #comments, #respond",
    foreign_signs: &[],
    always_own: "",
    quote: ".h-cite:not(.u-in-reply-to):not(.p-comment):not(.u-comment):not(.u-like):not(.u-repost)",
    name_of: &[
        text(".p-author .p-name"),
        text(".p-author"),
        text(".author .fn"),
        text(".vcard .fn"),
        text(r#"[rel~="author"]"#),
        text(BLOCK_AUTHOR),
    ],
    handle_of: &[
        attr("a.p-author", "href"),
        attr(".p-author .u-url, .p-author a", "href"),
        attr(".author a.url, .vcard a.url, .author a", "href"),
        attr(r#"a[rel~="author"]"#, "href"),
        attr(".wp-block-post-author-name a", "href"),
    ],
    bio_of: &[text(".p-author .p-note")],
    organisation: &[r#".p-author[itemtype$="/Organization"]"#],
    text: &[
        &[TITLE, ".e-content"],
        &[TITLE, ".p-content"],
        &[".entry-title, .wp-block-post-title", ".entry-content, .wp-block-post-excerpt"],
        &[TITLE, ".p-summary, .entry-summary"],
        &[".p-name:not(.p-author *):not(.p-author)"],
    ],
    words: WORDS,
    held_back: "",
    replies: &[text(".p-comment-count, .comments-link, .comments-count")],
    reposts: &[],
    likes: &[text(".p-like-count, .like-count")],
    links: &[".e-content a[href]", ".entry-content a[href]", ".p-content a[href]"],
    refine: Refine::Generic,
    overlay: Overlay {
        anchors: &[
            ".p-author:not(a)",
            ".byline",
            ".entry-meta:not(footer, footer *)",
            ".vcard",
            "header",
            ".entry-header",
            "*:has(> a.p-author)",
            "*:has(> .dt-published)",
            ".wp-block-post-title",
        ],
        row: "",
        hide: Hide::Keep,
    },
};

/// The author in a block theme of WordPress (since 2022), whose parts have none of the names of the vocabulary; as its sources have it.
const BLOCK_AUTHOR: &str = ".wp-block-post-author-name, .wp-block-post-author__name";

/// A title that is not the text itself, nor the author's name.
const TITLE: &str = ".p-name:not(.e-content):not(.p-content):not(.p-author):not(.p-author *):not(:has(.e-content)):not(.e-content *):not(.h-card *)";

/// Without what frames words: buttons above all, the link to the rest, and what Jetpack puts below (buttons to share, related posts).
const WORDS: TextRule = TextRule {
    skip: concat!(
        r#"button, [role="button"], [role="toolbar"], nav, footer, form, figcaption, time, [hidden], .sr-only, .screen-reader-text, "#,
        r#".visually-hidden, a[class*="more-link"], .sharedaddy, #jp-relatedposts"#
    ),
    blocks: true,
};

/// What is left of an article without header and footer.
const UNFRAMED: TextRule = TextRule {
    skip: r#"header, footer, button, [role="button"], nav, form, figure, aside, blockquote, time, article article, [hidden]"#,
    blocks: true,
};

/// schema.org, as microdata.
const POSTING: Layout = Layout {
    name: "schema-org",
    container: concat!(
        r#"[itemtype$="/SocialMediaPosting"], [itemtype$="/DiscussionForumPosting"], [itemtype$="/BlogPosting"], "#,
        r#"[itemtype$="/NewsArticle"], [itemtype$="schema.org/Article"]"#
    ),
    not_posts: &[COMMENT, ".crawler-post ~ .crawler-post"],
    foreign: r#"[itemprop~="comment"], [itemtype$="/Comment"], [itemprop~="sharedContent"], #comments, .comments"#,
    quote: r#"[itemprop~="sharedContent"]"#,
    name_of: &[
        text(r#"[itemprop~="author"] [itemprop~="name"]:not(meta)"#),
        attr(r#"[itemprop~="author"] meta[itemprop~="name"]"#, "content"),
        attr(r#"meta[itemprop~="author"]"#, "content"),
        text(r#"[itemprop~="author"]:not(meta)"#),
        text(r#"[rel~="author"]"#),
    ],
    handle_of: &[
        attr(r#"[itemprop~="author"] [itemprop~="url"][href]"#, "href"),
        attr(r#"a[itemprop~="author"], [itemprop~="author"] a"#, "href"),
        attr(r#"a[rel~="author"]"#, "href"),
    ],
    bio_of: &[],
    organisation: &[r#"[itemprop~="author"][itemtype$="/Organization"]"#],
    text: &[
        &[r#"[itemprop~="headline"]:not(meta)"#, r#"[itemprop~="articleBody"]:not(meta)"#],
        &[r#"[itemprop~="text"]:not(meta)"#],
        &[r#"[itemprop~="description"]:not(meta)"#],
    ],
    replies: &[attr(r#"[itemprop~="commentCount"][content]"#, "content"), text(r#"[itemprop~="commentCount"]"#)],
    reposts: &[attr(SHARES, "content")],
    likes: &[
        attr(LIKES, "content"),
        attr(r#"[itemprop~="upvoteCount"][content]"#, "content"),
        text(r#"[itemprop~="upvoteCount"]"#),
    ],
    links: &[r#"[itemprop~="articleBody"] a[href]"#, r#"[itemprop~="text"] a[href]"#],
    overlay: Overlay {
        anchors: &[r#"*:has(> [itemprop~="author"])"#, r#"[itemprop~="author"]:not(meta)"#, "header"],
        row: "",
        hide: Hide::Keep,
    },
    ..ENTRY
};

const LIKES: &str =
    r#"[itemprop~="interactionStatistic"]:has([content$="/LikeAction"]) [itemprop~="userInteractionCount"]"#;
const SHARES: &str =
    r#"[itemprop~="interactionStatistic"]:has([content$="/ShareAction"]) [itemprop~="userInteractionCount"]"#;

/// What a page marks as an article, in a feed or alone.
const ARTICLE: Layout = Layout {
    name: "article",
    container: r#"article, [role="article"], [role="feed"] > [aria-posinset]"#,
    // Lemmy (up to 0.19) has each post twice, once for narrow screens.
    not_posts: &[COMMENT, r#":not(:has(a[href]))"#, ".d-sm-none *"],
    foreign: r#"article article, article [role="article"], [role="article"] [role="article"], blockquote, #comments, .comments"#,
    quote: r#"article article, article [role="article"], [role="article"] [role="article"]"#,
    name_of: &[text(r#"[rel~="author"]"#), text(r#"address a[href], .byline a[href], [class*="author" i] a[href]"#)],
    handle_of: &[
        attr(r#"a[rel~="author"]"#, "href"),
        attr(r#"address a[href], .byline a[href], [class*="author" i] a[href]"#, "href"),
    ],
    bio_of: &[],
    organisation: &[],
    text: &[&[HEADING, BODY]],
    replies: &[],
    likes: &[],
    links: &["p a[href]"],
    overlay: Overlay {
        anchors: &[
            "header",
            r#"*:has(> a > time)"#,
            r#"*:has(> time)"#,
            r#"*:has(> [rel~="author"])"#,
            ".topic-meta-data",
            "h1",
            "h2",
            "h3",
        ],
        row: r#"[role="feed"] > *"#,
        hide: Hide::Keep,
    },
    ..ENTRY
};

/// A page without any of these that says of itself that it is an article.
const PAGE: Layout = Layout {
    name: "page",
    container: concat!(
        r#":is(html:has(> head > meta[property="og:type"][content="article"]), html:has(script[type="application/ld+json"])) "#,
        r#":is(main, [role="main"]):not(:has(article, [role="article"], [role="feed"], .h-entry, .hentry, [itemtype*="schema.org/"]))"#
    ),
    not_posts: &[],
    ..ARTICLE
};

/// An answer to a post: lists of comments are marked as articles too.
const COMMENT: &str = r#":is(.comment, .comment-body, .p-comment, [itemprop~="comment"], #comments *, .comments *, .comment-list *, .comment *, [aria-label="comments" i] *)"#;

/// Links that may lead to somebody's page; see [`is_person`]. Not those in the words, nor in lists of answers.
const PEOPLE: &str = concat!(
    r#"a:is([href*="/@"], [href*="/u/"], [href*="/user/"], [href*="/users/"], [href*="/profile/"], [href*="/author/"], [href*="/people/"])"#,
    r#":not(p a, article section *, article ol *, article ul:not(header ul) *, [class*="mention" i])"#
);

/// A title that stands apart from the words, and is nobody's name.
const HEADING: &str = concat!(
    ":is(h1, h2, h3):not(:has(~ p)):not(aside *):not(nav *):not(footer *)",
    r#":not(:has(:is([href*="/@"], [href*="/u/"], [href*="/user/"], [href*="/users/"], [href*="/profile/"])))"#
);
/// What holds paragraphs, or is named as holding words.
const BODY: &str = r#":is(:has(> p), :is([class*="content" i], [class*="body" i], [class*="text" i]):is(p, [lang])):not(header, header *, footer, footer *, aside *, nav *)"#;

fn locate(url: &Url<'_>) -> (Surface, Option<String>) {
    let segments: Vec<&str> = url.segments().collect();
    let surface = match segments.as_slice() {
        [] | ["home" | "feed" | "timeline", ..] => Surface::Home,
        ["search" | "tag" | "tags" | "hashtag" | "explore", ..] => Surface::Search,
        ["groups" | "c" | "m" | "lists", _] => Surface::Group,
        ["u" | "user" | "users" | "profile" | "author", _] => Surface::Profile,
        [who] if who.starts_with('@') => Surface::Profile,
        [_, ..] => Surface::Elsewhere,
    };
    (surface, None)
}

/// Where the author's page is: the path on this host, elsewhere host and path.
fn handle(link: &str) -> Option<(String, AuthorKind)> {
    let url = url::parse(link);
    let is_page = !link.starts_with('#') && !link.contains("javascript:") && !link.starts_with("mailto:");
    let handle = [url.host, url.path.trim_end_matches('/')].concat();
    (is_page && !handle.is_empty()).then_some((handle, AuthorKind::Unknown))
}

/// Whether an address ends in somebody's name, as most clients make it.
fn is_person(link: &str) -> bool {
    let segments: Vec<&str> = url::parse(link).segments().collect();
    match segments.as_slice() {
        [.., "u" | "user" | "users" | "profile" | "author" | "people", name] => !name.is_empty(),
        [.., name] => name.starts_with('@'),
        [] => false,
    }
}

/// Where a post's own address stands.
const ADDRESS: [(&str, &str); 7] = [
    (".u-url:not(.p-author):not(.p-author *):not(.h-card *)", "href"),
    (r#"a[rel~="bookmark"]"#, "href"),
    (r#"[itemprop~="url"]:not([itemprop~="author"] *):not([itemprop~="publisher"] *)"#, "href"),
    (r#"[itemprop~="mainEntityOfPage"]"#, "href"),
    ("a[href]:has(> time)", "href"),
    (":is(h1, h2, h3) > a[href]", "href"),
    (":is(h1, h2, h3):has(> a) > a", "href"),
];

/// Where its time stands.
const TIMES: [(&str, &str); 7] = [
    (".dt-published", "datetime"),
    (".dt-published", "title"),
    (".published", "datetime"),
    // hAtom: an abbreviation, as Blogger still has it.
    (".published", "title"),
    (r#"[itemprop~="datePublished"]"#, "datetime"),
    (r#"[itemprop~="datePublished"]"#, "content"),
    ("time[datetime]", "datetime"),
];

const AVATAR: &str = ".p-author .u-photo, .p-author img.avatar";

/// Which post of a thread this is, in a crawler's view of Discourse (up to 2022); of a path to the page there are places, too.
const PLACE: &str = r#"[itemprop="position"]:not([itemprop="itemListElement"] *)"#;

/// Completes a reading: address and time, author, answer and to which, repost, media; where the page has one post, what the page says of it.
///
/// # Errors
/// [`Miss`] when nothing names an author, or there is nothing to read.
pub fn refine<N: Node>(own: &Own<'_, N>, context: &Context, post: &mut Post) -> Result<(), Miss> {
    let absolute = |href: &str| {
        let is_whole = !url::parse(href).host.is_empty();
        if is_whole { url::untracked(href) } else { ["https://", &context.host, &url::untracked(href)].concat() }
    };
    post.permalink = ADDRESS
        .iter()
        .find_map(|(css, name)| own.first(css)?.attr(name))
        .filter(|href| handle(href).is_some() && !is_person(href))
        .map(|href| absolute(&href));
    post.time = TIMES.iter().find_map(|(css, name)| time::parse_iso(&own.first(css)?.attr(name)?)).map(stated_at);
    if post.author.kind == AuthorKind::Unknown && own.has(r#"[itemprop~="author"][itemtype$="/Person"]"#) {
        post.author.kind = AuthorKind::Person;
    }
    let answered = own.node.query(".u-in-reply-to").filter(|_| own.layout.name == ENTRY.name);
    post.is_reply = answered.is_some();
    post.parent = answered
        .and_then(|to| to.attr("href").or_else(|| to.query("a[href]")?.attr("href")))
        .map(|href| absolute(&href));
    post.is_repost = own.node.query(".u-repost-of").is_some();
    post.lang = own
        .text_roots()
        .iter()
        .find_map(|root| root.attr("lang"))
        .or_else(|| own.node.attr("lang"))
        .and_then(|lang| some(&lang));
    // In old pages of a forum each answer is a posting of its own, with its place in the thread; further pages begin with an answer.
    if own.layout.name == POSTING.name
        && own.first(PLACE).and_then(|place| counts::first(&place.text_content())).is_some_and(|place| place > 1)
    {
        return Err(Miss::NotAPost);
    }
    // What an avatar shows is no part of the name beside it.
    if own.layout.name == ENTRY.name
        && let Some(alt) = own.first(AVATAR).and_then(|avatar| avatar.attr("alt"))
        && own.first(".p-author").is_some_and(|author| own.words(&author) == post.author.name)
        && let Some(name) = post.author.name.strip_prefix(alt.trim()).and_then(some)
    {
        post.author.name = name;
    }
    let is_article = own.layout.text == ARTICLE.text;
    // Discourse, as its client shows it: the post, then its answers; a time in milliseconds, a link that names the reader.
    if is_article
        && post.permalink.is_none()
        && let Some(date) = own.first("a.post-date")
    {
        if own.node.attr("id").as_deref() != Some("post_1") {
            return Err(Miss::NotAPost);
        }
        post.permalink = date.attr("href").as_deref().and_then(|href| href.split('?').next()).map(absolute);
        post.time = date.query("[data-time]").and_then(|time| time.attr("data-time")?.parse().ok()).map(stated_at);
    }
    if is_article && post.author.name.is_empty() {
        let mut links = own.all(PEOPLE).into_iter().filter_map(|link| Some((own.words(&link), link.attr("href")?)));
        if let Some((name, href)) = links.find(|(name, href)| !name.is_empty() && is_person(href)) {
            post.author.name = name;
            post.author.handle = handle(&href).map(|(handle, _)| handle).unwrap_or_default();
        }
    }
    // Paragraphs that stand in the article itself, or words in elements that nothing names: then all but what frames them.
    if is_article && own.first(BODY).is_none() {
        let is_paragraph = |child: &Child<N>| matches!(child, Child::Element(child) if child.tag() == "p");
        if own.node.children().iter().any(is_paragraph) {
            post.text = own.words(own.node);
        } else if own.has("header") && own.has("footer") {
            post.text = visible(std::slice::from_ref(own.node), UNFRAMED);
        }
    }
    let is_only = || own.node.closest("body").is_some_and(|page| page.query_all(own.layout.container).len() == 1);
    if (post.author.name.is_empty() || post.time.is_none()) && is_only() {
        stated::complete(own.node, post);
    }
    if post.author.name.is_empty() {
        let is_marked = own.layout.container != ARTICLE.container && own.layout.container != PAGE.container;
        let is_one = is_marked || own.node.closest(r#"[role="feed"]"#).is_some();
        let is_missed = is_one && post.time.is_some() && !post.text.is_empty();
        return Err(if is_missed { Miss::Unreadable("author") } else { Miss::NotAPost });
    }
    if post.author.handle.starts_with('/') {
        post.author.handle.insert_str(0, &context.host);
    }
    // A like, a card of a person, a teaser without words or time: nothing to judge.
    if post.text.is_empty() || (post.time.is_none() && post.permalink.is_none()) {
        return Err(Miss::NotAPost);
    }
    post.id = post.permalink.as_deref().and_then(handle).map(|(id, _)| id);
    // Whoever was paid for a link must say so in it.
    post.ad = own.has(r#"a[rel~="sponsored"]"#).then_some(AdSource::Disclosed);
    let media = own.count(".u-photo:not(.p-author *):not(.h-card *), .u-video, figure img, video");
    post.media = Some(media).filter(|count| *count > 0);
    Ok(())
}

fn stated_at(unix_ms: i64) -> PostTime {
    PostTime { unix_ms, source: TimeSource::Stated }
}
