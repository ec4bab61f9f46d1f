//! Owns what Facebook's tables cannot say: the author among group and member, the label of a paid post in all its disguises, the id; never runs over a page by itself.

use super::{COMET, HIDDEN, NAME, handle, post_id};
use crate::platforms::{labels, some};
use crate::post::{AdSource, AuthorKind, Post, Surface};
use crate::read::node::Node;
use crate::read::{Context, Miss, Own, counts, labels as label, scramble, url};

/// The author's words; whose links say nothing of the post.
const MESSAGE: &str = r#"[data-ad-preview="message"], [data-ad-comet-preview="message"], [data-ad-rendering-role="story_message"], [data-ad-rendering-role="creative_body"]"#;

/// The button that likes, the row of reactions: modules (people, reels, groups to join) have neither.
const ACTS: &[&str] = &[
    r#"[data-ad-rendering-role="like_button"]"#,
    r#"[role="toolbar"]"#,
    r#"[data-ad-rendering-role="comment_button"]"#,
];

/// The button of a link card. Adverts have one, and so have posts of pages with a button of their own; decoys have none
/// (5 of 5, 2024–2025). So it only counts where no age stands.
const CALL: &str = r#"[data-ad-rendering-role^="cta-"]"#;

/// The line where no ids say so (seen 2026-09): the block after the name's, which has a `div` around it in search.
const BELOW_NAME: &str = r#"span:has(> [data-ad-rendering-role="profile_name"]) + span, div:has(> span > [data-ad-rendering-role="profile_name"]) + div"#;

/// An element that names itself and its parts by ids.
const NAMED: &str = r#"[aria-labelledby][aria-describedby*=" "]"#;

/// Where a paid post's label leads.
const ABOUT_ADS: &str = r#"a[href*="/ads/about"]"#;

/// Where a disclosed partnership's line leads (FBCMF, 2026).
const ABOUT_PARTNERS: &str = r#"a[href*="/business/help/"]"#;

/// The token in a link of a paid post's header is at least this long, in characters; organic ones were 174 to 238 on five pages of
/// 2024 and 2025, FBCMF's measure of 2026 is 311. Facebook can move it at will, so it only counts where no age stands.
const PAID_TOKEN_CHARS: usize = 311;

/// Ages without a number, as the larger interfaces write them (inferred).
const AGES: &str = "\
    just now|about an hour ago|gerade eben|à l’instant|ahora mismo|agora mesmo|adesso|zojuist|przed chwilą|только что|şimdi|\
    たった今|刚刚|剛剛|방금|vừa xong|baru saja|الآن|ساعة واحدة|ساعتين|يومين|שעה|שעתיים|יום|יומיים";

/// What names itself so by id: the story's name, the line under it, its words.
struct Parts<N> {
    head: Option<N>,
    line: Option<N>,
    words: Option<N>,
}

impl<N: Node> Parts<N> {
    /// A story names its heading by `aria-labelledby`, and by `aria-describedby` in this order: line, words, pictures, reactions,
    /// comments; parts that are missing are named all the same. 5 of 5, 2024–2025.
    fn new(own: &Own<'_, N>) -> Self {
        // The names stand on the container, or on the story in it.
        let inner = if own.node.attr("aria-labelledby").is_none() { own.node.query(NAMED) } else { None };
        let story = inner.as_ref().unwrap_or(own.node);
        let named = |attribute: &'static str, at: usize| {
            let ids = story.attr(attribute)?;
            let part = story.by_id(ids.split_ascii_whitespace().nth(at)?)?;
            // An id may be given twice on a page, or to another story by now.
            holds(own.node, &part).then_some(part)
        };
        let head = named("aria-labelledby", 0).or_else(|| own.first(NAME)).or_else(|| {
            let headings = own.all("h2, h3, h4");
            headings.into_iter().find(|heading| heading.closest(MESSAGE).is_none())
        });
        Self { head, line: named("aria-describedby", 0), words: named("aria-describedby", 1) }
    }
}

/// Whether a node stands in a story.
fn holds<N: Node>(story: &N, part: &N) -> bool {
    let mut around = part.closest(COMET.container);
    while let Some(found) = around {
        if found == *story {
            return true;
        }
        around = found.parent().and_then(|parent| parent.closest(COMET.container));
    }
    false
}

/// Completes a reading: author, id, paid or not, pictures.
///
/// # Errors
/// [`Miss`] when the element is no post, or its author cannot be read.
pub fn refine<N: Node>(own: &Own<'_, N>, context: &Context, post: &mut Post) -> Result<(), Miss> {
    let mut parts = Parts::new(own);
    if post.text.is_empty()
        && let Some(words) = &parts.words
    {
        // Large letters on colour have none of the attributes.
        post.text = own.words(words);
    }
    let acts = !post.text.is_empty() || own.has_any(ACTS);
    if acts && parts.line.is_none() {
        parts.line = own.first(BELOW_NAME);
    }
    let Some(head) = &parts.head else {
        return Err(if acts && own.has(MESSAGE) { Miss::Unreadable("author") } else { Miss::NotAPost });
    };
    if !author(own, head, parts.line.as_ref(), post) {
        return Err(if acts { Miss::Unreadable("author") } else { Miss::NotAPost });
    }
    // Entries of search and people to know have names with links, but neither words, buttons nor a line with an age.
    if !acts && (parts.line.is_none() || post.author.handle.is_empty()) {
        return Err(Miss::NotAPost);
    }
    let slots = slots(own, &parts);
    post.id = slots.iter().find_map(|slot| post_id(&url::parse(&slot.attr("href")?)));
    post.ad = paid(own, head, &parts, &slots, post.id.is_some());
    post.is_focal = context.surface == Surface::Thread && post.id.is_none() && is_first(own);
    if !post.has_quote {
        post.media = Some(media(own));
    }
    Ok(())
}

/// Whether the story is the first of its page.
fn is_first<N: Node>(own: &Own<'_, N>) -> bool {
    let first = own.node.closest("body").and_then(|page| page.query(COMET.container));
    first.is_some_and(|first| first == *own.node)
}

/// Name and handle: the first link of the heading, or where that is a group's, the member's in the line below.
fn author<N: Node>(own: &Own<'_, N>, head: &N, line: Option<&N>, post: &mut Post) -> bool {
    let named = |links: Vec<N>| {
        links.into_iter().find_map(|link| {
            let (handle, _) = handle(&link.attr("href")?)?;
            Some((some(&own.words(&link))?, handle))
        })
    };
    let mut found = named(head.query_all("a[href]"));
    let is_group = found.is_none() && head.query_all("a[href]").iter().any(is_group);
    if is_group {
        let below = match line {
            Some(line) => line.query_all("a[href]"),
            None => {
                own.all(r#"a[href*="/user/"]"#).into_iter().filter(|link| link.closest(MESSAGE).is_none()).collect()
            }
        };
        found = named(below).or_else(|| Some((unlinked(own, line?)?, String::new())));
    }
    // Members without a page ("Anonymous participant").
    let bare =
        || Some((some(&own.words(&head.query("strong, b").filter(|name| name.query("a").is_none())?))?, String::new()));
    let Some((name, handle)) = found.or_else(|| if is_group { None } else { bare() }) else { return false };
    post.author.name = name;
    post.author.handle = handle;
    post.author.kind = AuthorKind::Unknown;
    true
}

/// A link to a group, not to somebody in it.
fn is_group<N: Node>(link: &N) -> bool {
    let Some(href) = link.attr("href") else { return false };
    let mut segments = url::parse(&href).segments();
    segments.next() == Some("groups")
        && segments.next().is_some_and(|group| group != "discover")
        && segments.next().is_none()
}

/// What stands in the line before the first dot, outside of links.
fn unlinked<N: Node>(own: &Own<'_, N>, line: &N) -> Option<String> {
    let first = line.query("span:not(:has(*), a *, [aria-hidden] *)")?;
    some(own.words(&first).split('·').next()?).filter(|name| name.chars().count() > 1 && counts::first(name).is_none())
}

/// Links, labels, words; these alone or with an icon after them.
const IN_LINE: &str = "a[href], [aria-label]:not(a *), span:not(a *, :has(:not(svg, svg *))), div:not(:has(*), a *)";

/// The elements that may hold age or label: links of the line that lead to nobody, and what stands in it outside of links.
fn slots<N: Node>(own: &Own<'_, N>, parts: &Parts<N>) -> Vec<N> {
    let is_slot = |element: &N| {
        if element.matches(HIDDEN) {
            return false;
        }
        let Some(href) = element.attr("href") else {
            // A single letter is one of a row; the row is read as a whole.
            return element.attr("aria-label").is_some() || own.words(element).chars().nth(1).is_some();
        };
        handle(&href).is_none() && (!is_group(element) || post_id(&url::parse(&href)).is_some())
    };
    let mut slots = match &parts.line {
        Some(line) => line.query_all(IN_LINE),
        // Without ids: the links between name and words, wherever they stand; cards name their lines.
        None => {
            let mut links = own.all(r#"a[href]:not([data-ad-rendering-role] *, [rel*="nofollow"], [aria-hidden] *)"#);
            links.retain(|link| link.closest(MESSAGE).is_none() && link.query("img, video").is_none());
            links
        }
    };
    slots.retain(is_slot);
    slots
}

/// Whether the network was paid for the story, and by which sign that is known. A link to the story stands where it says its age.
fn paid<N: Node>(own: &Own<'_, N>, head: &N, parts: &Parts<N>, slots: &[N], is_linked: bool) -> Option<AdSource> {
    let is_header = |link: N| link.closest(MESSAGE).is_none();
    if own.first(ABOUT_ADS).is_some_and(is_header) {
        return Some(AdSource::Structure);
    }
    let mut has_age = false;
    let mut found = None;
    // The line as a whole for what is drawn or scrambled in it outside of links.
    for slot in slots.iter().chain(&parts.line) {
        let is_line = parts.line.as_ref() == Some(slot);
        if is_line && has_age {
            break;
        }
        // A place may be called "Pub"; a label stands where the age would.
        let is_late = has_age && slot.attr("href").is_none();
        each_reading(own, slot, is_line, &mut |reading| {
            has_age |= says_age(reading);
            let label = label::find(reading, labels::META).filter(|label| !is_late || *label == AdSource::Disclosed);
            found = stronger(found, label);
        });
        if found == Some(AdSource::Label) {
            return found;
        }
    }
    if let Some(line) = &parts.line
        && found.is_none()
        && line.query(ABOUT_PARTNERS).is_some()
    {
        found = Some(AdSource::Disclosed);
    }
    if has_age || is_linked {
        return found;
    }
    let is_long = |link: &N| link.attr("href").is_some_and(|href| token(&href) >= PAID_TOKEN_CHARS);
    // The token of an organic story grows once its video has played (CMF).
    let has_token = || !own.has("video") && head.query_all("a[href]").iter().chain(slots).take(2).any(is_long);
    let is_marked = own.has(CALL) && own.has(MESSAGE) || has_token();
    if is_marked && !slots.is_empty() { Some(AdSource::Structure) } else { found }
}

/// Whether a text is an age; "Yesterday" and weekdays come with an hour.
fn says_age(text: &str) -> bool {
    let is_word = || {
        let text = label::normalise(text);
        AGES.split('|').any(|age| age == text)
    };
    counts::first(text).is_some() || is_word()
}

fn stronger(one: Option<AdSource>, other: Option<AdSource>) -> Option<AdSource> {
    if other == Some(AdSource::Label) { other } else { one.or(other) }
}

/// Length of the token of a link, in characters.
fn token(href: &str) -> usize {
    url::parse(href).query.split('&').find_map(|pair| pair.strip_prefix("__cft__[0]=")).map_or(0, |token| token.len())
}

/// Everything that a slot may say to its reader: its label, what it is labelled by, drawn letters, letters out of order, and plain
/// text, but for the line as a whole, in which names stand as well.
fn each_reading<N: Node>(own: &Own<'_, N>, slot: &N, is_line: bool, hear: &mut dyn FnMut(&str)) {
    if let Some(label) = slot.attr("aria-label") {
        hear(&label);
    }
    if let Some(labelled) = slot.query("[aria-labelledby]") {
        // The label stands elsewhere in the document, in a part that is never shown.
        let ids = labelled.attr("aria-labelledby").unwrap_or_default();
        let named: Vec<String> =
            ids.split_ascii_whitespace().filter_map(|id| Some(slot.by_id(id)?.text_content())).collect();
        hear(&named.join(" "));
        // Until 2021 it stood beside the ids.
        if let Some(label) = labelled.attr("aria-label") {
            hear(&label);
        }
    }
    if let Some(drawn) = slot.query("svg use") {
        let target = drawn.attr("xlink:href").or_else(|| drawn.attr("href"));
        if let Some(text) = target.and_then(|target| slot.by_id(target.strip_prefix('#')?)) {
            hear(&text.text_content());
        }
    }
    if let Some(drawn) = slot.query("svg text") {
        hear(&drawn.text_content());
    }
    let row = scramble::row(slot);
    let by_class = scramble::by_class(&row);
    let is_clear = |text: &String| says_age(text) || label::find(text, labels::META).is_some();
    // Unknown classes, or a label in words that are not known: only now is the browser asked for styles.
    let by_style = if by_class.as_ref().is_some_and(is_clear) { None } else { scramble::by_style(&row) };
    if by_class.is_none() && by_style.is_none() && !is_line {
        hear(&own.words(slot));
    }
    by_class.iter().chain(&by_style).for_each(|text| hear(text));
}

/// Pictures, reels and videos, each once.
fn media<N: Node>(own: &Own<'_, N>) -> u32 {
    let linked = r#"a:is([href*="/photo"], [href*="/reel/"], [href*="/videos/"]):has(img, video)"#;
    let mut seen: Vec<String> = Vec::new();
    for link in own.node.query_all(linked) {
        if link.closest(r#"[role="article"], [data-commentid]"#).is_some_and(|comment| comment != *own.node) {
            continue;
        }
        let address = link.attr("href").unwrap_or_default();
        let address = address.split(['&', '#']).next().unwrap_or_default().to_owned();
        if !seen.contains(&address) {
            seen.push(address);
        }
    }
    let loose = own.count("video:not(a *)");
    loose.saturating_add(u32::try_from(seen.len()).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_are_named_by_their_links() {
        for (link, expected) in [
            ("/watch/?v=888", Some("888")),
            ("/velomira/photos/a.11/22/?type=3", Some("22")),
            ("/velomira/photos/a.11/", None),
            ("/groups/123/?multi_permalinks=456", Some("456")),
            ("/media/set/?set=pcb.55&type=3", Some("55")),
            ("/media/set/?set=a.55", None),
            ("/photo/?fbid=33&set=pcb.55", Some("33")),
            ("/velomira?v=wall", None),
        ] {
            assert_eq!(post_id(&url::parse(link)).as_deref(), expected, "{link}");
        }
    }

    #[test]
    fn tokens_are_measured() {
        assert_eq!(token("/velomira?__cft__[0]=AZabc&__tn__=x"), 5);
        assert_eq!(token("/velomira"), 0);
    }
}
