//! Owns LinkedIn's server-driven pages (since 2025-11, hashed classes): selectors and what they cannot say; never runs over a page by itself.

use super::{handle, has_digit, is_focal, people, time_of};
use crate::platforms::{Hide, Layout, Overlay, Pick, Refine, Take, labels, says_reposted, some, text};
use crate::post::{AdSource, AuthorKind, Post};
use crate::read::node::Node;
use crate::read::urn::{self, Key};
use crate::read::{Context, Miss, Own, TextRule, counts, labels as label};

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
/// `update-card-focus`; an outer element repeats it without the role. Right on 8 of 8 items, 2026-04.
const CARD: &str = concat!(
    r#"[role="listitem"][componentkey*="FeedType_"], [role="listitem"][componentkey^="update-card-focus"], [role="listitem"][id*="FeedType_"], "#,
    r#"[data-view-name="feed-full-update"]:not(:has(.feed-shared-update-v2), :has([componentkey*="FeedType_"]), [componentkey*="FeedType_"] *)"#
);

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
    r#"[role="listitem"] a[href*="/feed/update"]:has([data-testid="expandable-text-box"])"#
);

/// A quoted post is a link to it that holds its text.
const QUOTE: &str = r#"a[href*="/feed/update"]:has([data-testid="expandable-text-box"])"#;

/// Carries the id (see `urn`), also on paid posts. 10 of 10, 2026; on some builds in `id`.
const TOOLS: [&str; 2] = [r#"[componentkey*="-replaceableCommentTools"]"#, r#"[id*="-replaceableCommentTools"]"#];

/// A comment's key names the post that it answers.
const COMMENT: &str =
    r#"[componentkey^="replaceableComment_urn:li:comment:"], [id^="replaceableComment_urn:li:comment:"]"#;

/// Link to the page of a member or organisation that holds lines of its own: the author's header. Those of the social line
/// ("Ada likes this") stand in a line or hold a picture only. 7 of 7, 2026-04.
const HEAD: &str = r#"a:is([href*="/in/"], [href*="/company/"], [href*="/school/"], [href*="/showcase/"]):has(p)"#;

/// The same where the header holds bare text.
const HEAD_BARE: &str = r#"a:is([href*="/in/"], [href*="/company/"], [href*="/school/"], [href*="/showcase/"]):not(p a, span a, [data-testid="expandable-text-box"] a)"#;

/// The menu names the author in the interface's language; 10 of 10, 2026. Its icon is the language-free key.
const MENU: &str = "button[aria-label]";
const MENU_ICON: &str = r#"svg[id^="overflow-"]"#;
const MENU_ENGLISH: &str = "Open control menu for post by ";

/// Lines beside a picture, not themselves links: the age, the label of a paid post, above them who reacted ("Ada likes this", with links).
/// User-made lines (the headline) carry no key. 7 of 7, 2026-04.
const LINES: &str = "a[componentkey]:not(:has(ul)) ~ div p[componentkey]:not(a *)";

/// Keyed lines wherever they stand, but for links, numbers and the text.
const STRAY_LINES: &str = r#"p[componentkey]:not(a *, [role="button"] *, :has([data-testid]))"#;

/// The lines beside a picture, without keys.
const UNKEYED_LINES: &str = "a:has(figure, img) ~ div p:not(a *)";

/// The keyed lines without those that hold links.
const PLAIN_LINES: &str = "a[componentkey]:not(:has(ul)) ~ div p[componentkey]:not(a *, :has(a))";

/// "1,107 reactions 1,107": the second is what is seen. Found by the icons of the reactions.
const REACTIONS_SHORT: &str = r#"a:has(svg[id*="consumption-ring"]) p > [aria-hidden="true"], [data-view-name="feed-reaction-count"] [aria-hidden="true"]"#;
const REACTIONS: &str = r#"a:has(svg[id*="consumption-ring"]) p, [data-view-name="feed-reaction-count"] p"#;

/// "15 réactions • 2 commentaires" in one element: a fixture of 2026, not seen live.
const PLAIN_COUNTS: &str = "h2 ~ div > span:only-child";

/// A picture of the post: not of a person, not of a link's card.
const PICTURE: &str = concat!(
    r#"a:not([href*="/in/"], [href*="/company/"], [href*="/school/"], [href*="/showcase/"], :has(p), :has(~ a p), div:has(~ a p) > a) "#,
    r#"> figure:not([aria-hidden="true"]) > img"#
);

/// Signs of an ad that need no words, of which organic posts may hold one by way of a copied link: only with no age shown.
const PAID_EXTRAS: &str = r#"a[href*="li_fat_id="], [alt$="View Lead Gen Form"], [aria-label$="View Lead Gen Form"], [aria-label*="View Sponsored Content"]"#;

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
    author(own, post)?;
    let reads_as_post = post.id.is_some()
        || !post.text.is_empty()
        || own.number(SDUI.likes).or_else(|| own.number(SDUI.replies)).is_some();
    if !reads_as_post {
        return Err(Miss::NotAPost);
    }
    post.is_focal = context.focal_id.is_some() && is_detail(own) || is_focal(own, context, post.id.as_deref());
    post.time = time_of(post.id.as_deref());
    let lines = Lines::new(own);
    post.ad = paid(own, &lines);
    // A second header with an age is that of another post.
    post.has_quote |= lines.ages() > 1;
    post.is_repost = own.first("p[componentkey]:has(a > strong)").is_some_and(|line| says_reposted(&own.words(&line)));
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
    if let Some(key) = TOOLS.iter().find_map(|css| own.node.query(css)).and_then(key) {
        match urn::of_component_key(&key) {
            Some(Key::Post(urn)) => return Ok(Some(urn)),
            Some(Key::Other(6)) => return Err(Miss::NotAPost),
            Some(Key::Other(_)) | None => {}
        }
    }
    if let Some(urn) = own
        .node
        .query(COMMENT)
        .and_then(key)
        .and_then(|key| urn::find(&key.replace("comment:(activity", "urn:li:activity")))
    {
        return Ok(Some(urn));
    }
    let linked = own
        .first(r#"a[href*="/feed/update/urn"]"#)
        .and_then(|link| link.attr("href"))
        .and_then(|href| urn::find(&href));
    // A post's own page shows one list item of this kind, and its address names it.
    let focal = || context.focal_id.clone().filter(|_| is_detail(own));
    Ok(linked.or_else(focal))
}

/// Whether the list item's key says that it stands on the post's own page.
fn is_detail<N: Node>(own: &Own<'_, N>) -> bool {
    let says = |name: &'static str| own.node.attr(name).is_some_and(|key| key.contains("FEED_DETAIL"));
    says("componentkey") || says("id")
}

/// Name, handle, kind and headline. The first profile link is often somebody else's ("Ada likes this"), so the menu's label has the
/// last word: who it does not name is not the author.
fn author<N: Node>(own: &Own<'_, N>, post: &mut Post) -> Result<(), Miss> {
    let menu = own.all(MENU_ICON).iter().find_map(|icon| icon.closest(MENU)?.attr("aria-label"));
    // Where the menu's icon is gone, "Follow …" and "Hide post by …" name the author as well.
    let says: Vec<String> = match &menu {
        Some(menu) => vec![label::normalise(menu)],
        None => own
            .all(MENU)
            .iter()
            .filter_map(|button| button.attr("aria-label"))
            .map(|says| label::normalise(&says))
            .collect(),
    };
    let mut heads = own.all(HEAD);
    if heads.is_empty() {
        heads = own.all(HEAD_BARE);
    }
    let heads: Vec<Head<N>> = heads.into_iter().filter_map(|link| Head::new(own, link)).collect();
    let named = heads.iter().find(|head| says.iter().any(|says| says.contains(&label::normalise(head.short()))));
    let head = named.or_else(|| heads.first().filter(|_| menu.is_none()));
    if let Some(head) = head {
        let full = menu
            .as_deref()
            .and_then(|menu| menu.strip_prefix(MENU_ENGLISH))
            .filter(|full| full.starts_with(head.short()));
        post.author.name = full.map_or_else(|| head.name.clone(), str::to_owned);
        post.author.handle.clone_from(&head.handle);
        post.author.kind = head.kind;
        post.author.bio = headline(own, &head.link);
        return Ok(());
    }
    if !heads.is_empty() {
        return Err(Miss::Unreadable("author"));
    }
    if let Some(name) = menu.as_deref().and_then(|menu| menu.strip_prefix(MENU_ENGLISH)) {
        post.author.name = name.to_owned();
    } else if menu.is_none() {
        // No menu, no link to a profile: the first line of the header.
        let line = ["a[componentkey] p", "h2 ~ div a[componentkey] ~ div p"].iter().find_map(|css| own.first(css));
        post.author.name = line.map(|line| own.words(&line)).unwrap_or_default();
    }
    if let Some(key) =
        own.first(r#"[componentkey^="FollowButtonurn:li:"]"#).and_then(|button| button.attr("componentkey"))
    {
        let organisation = key.contains("urn:li:organization:");
        post.author.kind = if organisation { AuthorKind::Organisation } else { AuthorKind::Person };
    }
    if !post.author.name.is_empty() {
        return Ok(());
    }
    let acts = own.has(r#"button:has(svg[id^="comment-"])"#) || !post.text.is_empty();
    Err(if acts { Miss::Unreadable("author") } else { Miss::NotAPost })
}

/// A link that may be the author's.
struct Head<N> {
    link: N,
    name: String,
    handle: String,
    kind: AuthorKind,
}

impl<N: Node> Head<N> {
    /// `None` for a link to no profile, or without a name. The name is the link's first line; of bare text what stands before the first bullet.
    fn new(own: &Own<'_, N>, link: N) -> Option<Self> {
        let (handle, kind) = link.attr("href").and_then(|href| handle(&href))?;
        let words = own.words(&link.query("p").unwrap_or_else(|| link.clone()));
        let name = some(words.split(" • ").next()?)?;
        Some(Self { link, name, handle, kind })
    }

    /// The name without a sign of its being cut off.
    fn short(&self) -> &str {
        self.name.trim_end_matches(['…', '.']).trim_end()
    }
}

/// The line under the name: in the same column, user-made, so without a key.
fn headline<N: Node>(own: &Own<'_, N>, head: &N) -> Option<String> {
    let column = head.parent()?.parent()?;
    let line = column.query("p:not([componentkey], a *)")?;
    some(&own.words(&line))
}

/// The lines in which the age or the label of a paid post stands, with their words.
struct Lines<N> {
    all: Vec<(String, N)>,
    /// They stand where they should: only then what is missing among them means something.
    beside_picture: bool,
}

impl<N: Node> Lines<N> {
    /// The lines beside the author's picture; any keyed lines where the picture is no neighbour any more; without keys, the last one.
    fn new(own: &Own<'_, N>) -> Self {
        let mut all = own.all(LINES);
        let beside_picture = !all.is_empty();
        if all.is_empty() {
            let words = own.text_roots();
            all = own.all(STRAY_LINES);
            all.retain(|line| !words.contains(line));
        }
        if all.is_empty() {
            all.extend(own.all(UNKEYED_LINES).pop());
        }
        Self { all: all.into_iter().map(|line| (own.words(&line), line)).collect(), beside_picture }
    }

    /// Whether there are lines, and none is an age ("5d •", "now •") or says who may see the post. Links among them say who reacted.
    fn is_ageless(&self) -> bool {
        let mut lines =
            self.all.iter().filter(|(words, line)| !words.is_empty() && line.query("a").is_none()).peekable();
        let is_aged =
            |(words, line): &(String, N)| has_digit(words) || words.contains('•') || line.query("svg").is_some();
        self.beside_picture && lines.peek().is_some() && !lines.any(is_aged)
    }

    /// How many of them are ages.
    fn ages(&self) -> usize {
        self.all.iter().filter(|(words, _)| words.contains('•') && has_digit(words)).count()
    }
}

fn paid<N: Node>(own: &Own<'_, N>, lines: &Lines<N>) -> Option<AdSource> {
    if own.has(r#"[data-view-tracking-scope*="SponsoredUpdateServed"]"#) {
        return Some(AdSource::Structure);
    }
    let labelled = lines.all.iter().find_map(|(words, _)| label::find(words, labels::LINKEDIN));
    // Without a word: no age, no sign of who may see the post, and nothing lets one dismiss it.
    // Only in the home feed: search results have no such signs on any post.
    let key = own.node.attr("componentkey").or_else(|| own.node.attr("id"));
    let is_home = key.is_some_and(|key| key.contains("FeedType_MAIN_FEED"));
    let is_fixed = || is_home && !own.has(r#"button:has(svg[id^="close-"])"#);
    if lines.is_ageless() && (own.has(PAID_EXTRAS) || is_fixed()) {
        return Some(AdSource::Structure);
    }
    labelled
}

fn media<N: Node>(own: &Own<'_, N>, has_quote: bool) -> Option<u32> {
    if has_quote {
        return None;
    }
    let players = own.count("[data-vjs-player]");
    let videos = if players == 0 { own.count("video") } else { players };
    Some(own.count(PICTURE) + videos).filter(|count| *count > 0)
}
