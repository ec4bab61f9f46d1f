//! Owns what must hold of every reading: addresses, marks in the text, cost in questions to the page, and silence when a site changes.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use kibitz::platforms::{self, Hide};
use kibitz::post::{AdSource, Post, Room, Surface};
use kibitz::read::{self, Child, Context, Node, Reading};
use serde_json::Value;

#[path = "support/tree.rs"]
mod tree;
#[path = "support/whole.rs"]
mod whole;

use tree::{Page, Tree};

fn fixtures() -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "html"))
        .map(|path| {
            let json = std::fs::read_to_string(path.to_string_lossy().replace(".html", ".expected.json")).unwrap();
            let expected: Value = serde_json::from_str(&json).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, expected["url"].as_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .collect()
}

#[test]
fn addresses() {
    #[track_caller]
    fn check(address: &str, room: Room, surface: Surface, focal: Option<&str>) {
        let place = platforms::for_url(address).unwrap_or_else(|| panic!("{address}: no platform"));
        assert_eq!(
            (place.platform.room, place.surface, place.focal_id.as_deref()),
            (room, surface, focal),
            "{address}"
        );
    }
    use Room::{Linkedin, X};
    for (path, surface, focal) in [
        ("/", Surface::Home, None),
        ("", Surface::Home, None),
        ("/home", Surface::Home, None),
        ("/search?q=a&f=live", Surface::Search, None),
        ("/hashtag/rad", Surface::Search, None),
        ("/explore/tabs/news", Surface::Search, None),
        ("/i/lists/12", Surface::Group, None),
        ("/i/communities/12", Surface::Group, None),
        ("/velomira", Surface::Profile, None),
        ("/velomira/media", Surface::Profile, None),
        ("/velomira/with_replies", Surface::Replies, None),
        ("/velomira/likes", Surface::Elsewhere, None),
        ("/velomira/status/20?s=46&t=x", Surface::Thread, Some("20")),
        ("/velomira/status/20/photo/1", Surface::Thread, Some("20")),
        ("/i/web/status/20", Surface::Thread, Some("20")),
        ("/messages/1-2", Surface::Elsewhere, None),
        ("/settings/account", Surface::Elsewhere, None),
        ("/i/bookmarks", Surface::Elsewhere, None),
    ] {
        check(&format!("https://x.com{path}"), X, surface, focal);
        check(&format!("https://mobile.twitter.com{path}"), X, surface, focal);
    }
    for (path, surface, focal) in [
        ("/", Surface::Home, None),
        ("/feed/", Surface::Home, None),
        ("/feed/?x=1", Surface::Home, None),
        ("/preload/", Surface::Home, None),
        ("/feed/update/urn:li:activity:73/", Surface::Thread, Some("urn:li:activity:73")),
        ("/feed/update/urn%3Ali%3AugcPost%3A73", Surface::Thread, Some("urn:li:ugcPost:73")),
        (
            "/posts/mira_rad-activity-7341458136567902210-aB3d",
            Surface::Thread,
            Some("urn:li:activity:7341458136567902210"),
        ),
        ("/posts/mira_my-share-of-work-share-73-x", Surface::Thread, Some("urn:li:share:73")),
        ("/search/results/content/?keywords=a", Surface::Search, None),
        ("/feed/hashtag/rad/", Surface::Search, None),
        ("/company/velomira/posts/?feedView=all", Surface::Profile, None),
        ("/school/velomira/", Surface::Profile, None),
        ("/in/mira/recent-activity/all/", Surface::Profile, None),
        ("/in/mira/recent-activity/comments/", Surface::Replies, None),
        ("/groups/12/", Surface::Group, None),
        ("/messaging/thread/2/", Surface::Elsewhere, None),
        ("/jobs/", Surface::Elsewhere, None),
    ] {
        check(&format!("https://www.linkedin.com{path}"), Linkedin, surface, focal);
    }
    for address in [
        "https://example.com/home",
        "https://notx.com/home",
        "https://x.com.example.com/",
        "https://help.x.com/",
        "x.com",
        "",
    ] {
        assert!(platforms::for_url(address).is_none(), "{address}");
    }
    assert!(platforms::for_host("X.COM.").is_some());
}

#[test]
fn every_platform_is_whole() {
    for platform in platforms::ALL {
        assert!(!platform.hosts.is_empty() && !platform.layouts.is_empty());
        for layout in platform.layouts {
            assert!(!layout.overlay.anchors.is_empty(), "{}", layout.name);
            assert!(matches!(layout.overlay.hide, Hide::CollapseChild | Hide::Stub));
            let picks = [layout.name_of, layout.handle_of, layout.bio_of, layout.replies, layout.reposts, layout.likes]
                .concat();
            let selectors = [
                layout.container,
                layout.foreign,
                layout.quote,
                layout.links,
                layout.overlay.row,
                layout.always_own,
                layout.organisation,
            ]
            .into_iter()
            .chain(layout.overlay.anchors.iter().copied())
            .chain(layout.not_posts.iter().copied())
            .chain(layout.text.concat())
            .chain(picks.iter().map(|pick| pick.css));
            for css in selectors.filter(|css| !css.is_empty()) {
                assert!(scraper::Selector::parse(css).is_ok(), "{}: {css}", layout.name);
            }
        }
    }
}

#[test]
fn every_post_of_the_fixtures_has_its_places() {
    for (name, url, html) in fixtures() {
        let place = platforms::for_url(&url).unwrap();
        let page = Page::parse(&html);
        let root = page.root();
        assert!(
            name.contains("legacy_2022") || read::viewer(place.platform, &root).is_some() || !name.contains("home"),
            "{name}: viewer"
        );
        for container in read::containers(place.platform, &root) {
            let Reading::Post(post) = read::read(place.platform, &container, &Context::from(&place)) else { continue };
            let layout = read::layout(place.platform, &container).unwrap();
            let anchor =
                read::anchor(layout, &container).unwrap_or_else(|| panic!("{name}: no anchor for {:?}", post.id));
            assert!(
                anchor.closest(layout.container).is_some_and(|owner| owner == container),
                "{name}: anchor of another post"
            );
            assert!(anchor.closest(layout.foreign).is_none(), "{name}: anchor in a quoted post");
            assert!(post.permalink.as_ref().is_none_or(|link| !link.contains('?')), "{name}: {:?}", post.permalink);
            assert!(
                post.links.iter().all(|link| !link.contains("utm_") && !link.contains("twclid")),
                "{name}: {:?}",
                post.links
            );
            let row = read::row(layout, &container);
            assert!(row == container || row.query(layout.container).is_some(), "{name}: row");
        }
    }
}

#[test]
fn marks_find_their_way_back_into_the_page() {
    let mut checked = 0;
    for (name, url, html) in fixtures() {
        let place = platforms::for_url(&url).unwrap();
        let page = Page::parse(&html);
        for container in read::containers(place.platform, &page.root()) {
            let Some(layout) = read::layout(place.platform, &container) else { continue };
            let (text, pieces) = read::pieces(&read::text_roots(layout, &container), layout.words);
            let units: Vec<u16> = text.encode_utf16().collect();
            for piece in &pieces {
                let children = piece.parent.children();
                let Some(Child::Text(raw)) = children.get(piece.child) else { panic!("{name}: no text node") };
                let raw: Vec<u16> = raw.encode_utf16().collect();
                assert_eq!(raw[piece.start..piece.start + piece.range.len()], units[piece.range.clone()], "{name}");
            }
            // Every word can be marked, and its ends are its own characters.
            let mut at = 0;
            for word in text.split(' ') {
                let range = at..at + word.encode_utf16().count();
                at = range.end + 1;
                if let Some((from, to)) = read::locate(&pieces, &range) {
                    let char_at =
                        |point: &read::Point<Tree<'_>>, offset: usize| match &point.parent.children()[point.child] {
                            Child::Text(raw) => raw.encode_utf16().nth(offset),
                            Child::Element(_) => None,
                        };
                    let covered =
                        pieces.iter().any(|piece| piece.range.start <= range.start && range.start < piece.range.end);
                    if covered {
                        assert_eq!(char_at(&from, from.offset), Some(units[range.start]), "{name}: {word}");
                    }
                    assert!(char_at(&to, to.offset - 1).is_some(), "{name}: {word}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 200, "only {checked} words");
}

/// A node that counts how often it is asked.
#[derive(Clone)]
struct Counted<'a, 'c> {
    node: Tree<'a>,
    asked: &'c Cell<usize>,
}

impl PartialEq for Counted<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<'a, 'c> Counted<'a, 'c> {
    fn wrap(&self, node: Tree<'a>) -> Self {
        Self { node, asked: self.asked }
    }

    fn ask(&self) -> &Tree<'a> {
        self.asked.set(self.asked.get() + 1);
        &self.node
    }
}

impl Node for Counted<'_, '_> {
    fn tag(&self) -> String {
        self.ask().tag()
    }
    fn attr(&self, name: &str) -> Option<String> {
        self.ask().attr(name)
    }
    fn matches(&self, selector: &str) -> bool {
        self.ask().matches(selector)
    }
    fn closest(&self, selector: &str) -> Option<Self> {
        self.ask().closest(selector).map(|node| self.wrap(node))
    }
    fn query(&self, selector: &str) -> Option<Self> {
        self.ask().query(selector).map(|node| self.wrap(node))
    }
    fn query_all(&self, selector: &str) -> Vec<Self> {
        self.ask().query_all(selector).into_iter().map(|node| self.wrap(node)).collect()
    }
    fn parent(&self) -> Option<Self> {
        self.ask().parent().map(|node| self.wrap(node))
    }
    fn children(&self) -> Vec<Child<Self>> {
        let children = self.ask().children().into_iter();
        children
            .map(|child| match child {
                Child::Element(node) => Child::Element(self.wrap(node)),
                Child::Text(text) => Child::Text(text),
            })
            .collect()
    }
    fn text_content(&self) -> String {
        self.ask().text_content()
    }
    fn is_hidden(&self) -> bool {
        self.ask().is_hidden()
    }
}

/// Most questions that reading one post may put to the page, by layout, on average over the fixtures.
/// Each is a crossing into the browser; set to what is needed today, so that a careless loop is noticed.
const QUESTIONS: [(&str, usize); 3] = [("x", 75), ("linkedin-sdui", 140), ("linkedin-legacy", 130)];

#[test]
fn reading_asks_the_page_little() {
    let mut by_layout: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (_, url, html) in fixtures() {
        let place = platforms::for_url(&url).unwrap();
        let page = Page::parse(&html);
        for container in read::containers(place.platform, &page.root()) {
            let Some(layout) = read::layout(place.platform, &container) else { continue };
            let asked = Cell::new(0);
            let node = Counted { node: container, asked: &asked };
            if let Reading::Post(_) = read::read(place.platform, &node, &Context::from(&place)) {
                let entry = by_layout.entry(layout.name).or_default();
                *entry = (entry.0 + asked.get(), entry.1 + 1);
            }
        }
    }
    for (layout, (asked, posts)) in &by_layout {
        let most = QUESTIONS.iter().find(|(name, _)| name == layout).unwrap().1;
        println!("{layout:16} {posts:3} posts, {:3} questions each", asked / posts);
        assert!(asked / posts <= most, "{layout}: {} questions a post", asked / posts);
    }
    assert_eq!(by_layout.len(), QUESTIONS.len());
}

/// A change that a site might make to its pages, everywhere at once.
struct Mutation {
    name: String,
    html: String,
}

/// Values of an attribute in a page, each once, in order.
fn values(html: &str, attribute: &str) -> BTreeSet<String> {
    let needle = format!(" {attribute}=\"");
    html.match_indices(&needle)
        .filter_map(|(at, _)| html[at + needle.len()..].split('"').next())
        .map(str::to_owned)
        .collect()
}

/// Names of elements that open in a page.
fn tags(html: &str) -> BTreeSet<String> {
    html.match_indices('<')
        .map(|(at, _)| {
            html[at + 1..]
                .chars()
                .take_while(|character| character.is_ascii_alphanumeric() || *character == '-')
                .collect::<String>()
        })
        .filter(|tag| {
            !tag.is_empty()
                && !matches!(tag.as_str(), "html" | "head" | "body" | "meta" | "title" | "img" | "br" | "hr")
        })
        .collect()
}

/// Every `attribute="…"` whose value `keep` does not want, taken out.
fn without(html: &str, attribute: &str, drop: impl Fn(&str) -> bool) -> String {
    let needle = format!(" {attribute}=\"");
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(&needle) {
        let (before, after) = rest.split_at(at);
        let value_end = after[needle.len()..].find('"').map_or(after.len(), |end| needle.len() + end + 1);
        out.push_str(before);
        if !drop(&after[needle.len()..value_end - 1]) {
            out.push_str(&after[..value_end]);
        }
        rest = &after[value_end..];
    }
    out.push_str(rest);
    out
}

/// Every innermost element of a name emptied.
fn emptied(html: &str, tag: &str) -> String {
    let close = format!("</{tag}>");
    let opens = [format!("<{tag}>"), format!("<{tag} ")];
    let mut out = String::new();
    let mut rest = html;
    while let Some(end) = rest.find(&close) {
        let start = opens.iter().filter_map(|open| rest[..end].rfind(open.as_str())).max();
        match start.and_then(|start| rest[start..end].find('>').map(|length| start + length + 1)) {
            Some(inner) => out.push_str(&rest[..inner]),
            None => out.push_str(&rest[..end]),
        }
        out.push_str(&close);
        rest = &rest[end + close.len()..];
    }
    out.push_str(rest);
    out
}

fn mutations(html: &str) -> Vec<Mutation> {
    let mut all = Vec::new();
    let mut add = |name: String, mutated: String| {
        if mutated != html {
            all.push(Mutation { name, html: mutated });
        }
    };
    for attribute in [
        "href",
        "role",
        "data-testid",
        "componentkey",
        "aria-label",
        "class",
        "id",
        "dir",
        "lang",
        "datetime",
        "style",
        "data-urn",
        "data-id",
        "alt",
        "target",
        "aria-hidden",
    ] {
        add(format!("no {attribute}"), without(html, attribute, |_| true));
    }
    for value in values(html, "data-testid") {
        add(format!("testid {value} gone"), without(html, "data-testid", |found| found == value));
        add(
            format!("testid {value} renamed"),
            html.replace(&format!("data-testid=\"{value}\""), &format!("data-testid=\"{value}-neu\"")),
        );
    }
    for value in values(html, "role") {
        add(format!("role {value} gone"), without(html, "role", |found| found == value));
    }
    for id in values(html, "id").iter().filter(|id| id.ends_with("-small") || id.contains("accent")) {
        add(format!("icon {id} renamed"), html.replace(&format!("id=\"{id}\""), "id=\"neu\""));
    }
    let classes: BTreeSet<String> = values(html, "class")
        .iter()
        .flat_map(|value| value.split(' '))
        .filter(|class| class.contains("__") || class.contains("-v2"))
        .map(str::to_owned)
        .collect();
    for class in classes {
        add(format!("class {class} renamed"), html.replace(&class, "neu"));
    }
    for part in [
        "FeedType_",
        "expanded",
        "update-card-focus",
        "-replaceableCommentTools",
        "replaceableComment_",
        "UserAvatar-Container-",
        "/status/",
        "/in/",
        "/company/",
        "urn:li:",
    ] {
        add(format!("{part} renamed"), html.replace(part, "neu"));
    }
    for tag in tags(html) {
        let closed = html.replace(&format!("</{tag}>"), &format!("</{tag}></x-wrap>"));
        let wrapped = closed
            .replace(&format!("<{tag}>"), &format!("<x-wrap><{tag}>"))
            .replace(&format!("<{tag} "), &format!("<x-wrap><{tag} "));
        add(format!("{tag} wrapped"), wrapped);
        let renamed = html
            .replace(&format!("<{tag}>"), "<x-tag>")
            .replace(&format!("<{tag} "), "<x-tag ")
            .replace(&format!("</{tag}>"), "</x-tag>");
        add(format!("{tag} renamed"), renamed);
        add(format!("{tag} emptied"), emptied(html, &tag));
    }
    all
}

/// What became of the posts of a mutated page.
#[derive(Default)]
struct Tally {
    mutations: usize,
    same: usize,
    /// Some field other than author and paid sign is missing or different.
    poorer: usize,
    silent: usize,
    unreadable: usize,
    /// A paid post read as an unpaid one.
    missed_ads: usize,
    wrong: Vec<String>,
}

fn is_paid(post: &Post) -> bool {
    post.ad.is_some_and(AdSource::is_platform_paid)
}

/// Whether a name is the original one, whole or in part (an emoji or the end may be lost).
fn is_same_name(name: &str, original: &str) -> bool {
    let known: BTreeSet<&str> = original.split(' ').collect();
    name.split(' ').all(|word| {
        known.contains(word) || known.contains(word.trim_end_matches('…')) || original.replace('🌲', "").contains(word)
    })
}

fn judge(before: &[Post], after: &Post) -> Result<bool, String> {
    let original = before.iter().find(|post| post.id.is_some() && post.id == after.id).or_else(|| {
        before.iter().find(|post| {
            after.id.is_none()
                && post.text == after.text
                && !post.text.is_empty()
                && (after.author.handle.is_empty() || post.author.handle == after.author.handle)
        })
    });
    let Some(original) = original else {
        if is_paid(after) && !before.iter().any(|post| is_paid(post) && post.author.handle == after.author.handle) {
            return Err(format!("an ad out of nothing: {:?}", after.author));
        }
        let is_known = |post: &Post| {
            post.author.handle == after.author.handle
                || (after.author.handle.is_empty() && is_same_name(&after.author.name, &post.author.name))
        };
        return if before.iter().any(is_known) {
            Ok(false)
        } else {
            Err(format!("an author out of nothing: {:?}", after.author))
        };
    };
    if is_paid(after) && !is_paid(original) {
        return Err(format!("a wrong paid sign on {:?}", original.id));
    }
    let handle_differs = !after.author.handle.is_empty() && after.author.handle != original.author.handle;
    if handle_differs || !is_same_name(&after.author.name, &original.author.name) {
        return Err(format!("a wrong author: {:?} for {:?}", after.author, original.author));
    }
    Ok(after == original)
}

#[test]
fn a_changed_site_is_met_with_silence() {
    let mut total = Tally::default();
    println!(
        "{:28} {:>9} {:>6} {:>7} {:>7} {:>10} {:>10} {:>6}",
        "fixture", "mutations", "same", "poorer", "silent", "unreadable", "missed ads", "wrong"
    );
    for (name, url, html) in fixtures() {
        let before = whole::posts(&url, &html);
        let mut tally = Tally::default();
        for mutation in mutations(&html) {
            tally.mutations += 1;
            let mut posts = 0;
            for reading in whole::readings(&url, &mutation.html) {
                match reading {
                    Reading::Post(post) => {
                        posts += 1;
                        match judge(&before, &post) {
                            Ok(true) => tally.same += 1,
                            Ok(false) => tally.poorer += 1,
                            Err(why) => tally.wrong.push(format!("{name}, {}: {why}", mutation.name)),
                        }
                        let is_missed = |original: &&Post| {
                            original.id.is_some() && original.id == post.id && is_paid(original) && !is_paid(&post)
                        };
                        tally.missed_ads += before.iter().filter(is_missed).count();
                    }
                    Reading::Unreadable(_) => tally.unreadable += 1,
                    Reading::NotAPost => {}
                }
            }
            tally.silent += before.len().saturating_sub(posts);
        }
        println!(
            "{name:28} {:9} {:6} {:7} {:7} {:10} {:10} {:6}",
            tally.mutations,
            tally.same,
            tally.poorer,
            tally.silent,
            tally.unreadable,
            tally.missed_ads,
            tally.wrong.len()
        );
        total.mutations += tally.mutations;
        total.same += tally.same;
        total.wrong.extend(tally.wrong);
    }
    assert!(total.mutations > 1000, "only {} mutations", total.mutations);
    assert!(total.same > total.mutations, "the mutations hit everything: {} readings survived", total.same);
    assert!(total.wrong.is_empty(), "{} wrong readings:\n{}", total.wrong.len(), total.wrong.join("\n"));
}
