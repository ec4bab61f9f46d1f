//! Owns what must hold of every reading: addresses, places for the overlay, marks in the text, and cost in questions to the page.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test helper fails by panicking

use std::cell::Cell;
use std::collections::BTreeMap;

use kibitz::platforms::{self, Hide};
use kibitz::post::{Room, Surface};
use kibitz::read::{self, Child, Context, Node, Reading};

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/tree.rs"]
mod tree;

use tree::{Page, Tree};

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
            let selectors = [layout.container, layout.foreign, layout.quote, layout.overlay.row, layout.always_own]
                .into_iter()
                .chain(layout.overlay.anchors.iter().copied())
                .chain(
                    [layout.not_posts, layout.post_parts, layout.foreign_signs, layout.organisation, layout.links]
                        .concat(),
                )
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
    for (name, url, html) in fixtures::all() {
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
    for (name, url, html) in fixtures::all() {
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
const QUESTIONS: [(&str, usize); 3] = [("x", 36), ("linkedin-sdui", 50), ("linkedin-legacy", 61)];

#[test]
fn reading_asks_the_page_little() {
    let mut by_layout: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (_, url, html) in fixtures::all() {
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
