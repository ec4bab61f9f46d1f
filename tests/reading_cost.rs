//! Owns the bound on questions that reading a post puts to the page.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test helper fails by panicking
#![allow(clippy::wildcard_enum_match_arm)] // a test names the variants that it is about

use std::cell::Cell;
use std::collections::BTreeMap;

use kibitz::platforms;
use kibitz::read::{self, Child, Context, Node, Reading};

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/tree.rs"]
mod tree;

use tree::{Page, Tree};

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
    fn attr(&self, name: &'static str) -> Option<String> {
        self.ask().attr(name)
    }
    fn matches(&self, selector: &'static str) -> bool {
        self.ask().matches(selector)
    }
    fn closest(&self, selector: &'static str) -> Option<Self> {
        self.ask().closest(selector).map(|node| self.wrap(node))
    }
    fn query(&self, selector: &'static str) -> Option<Self> {
        self.ask().query(selector).map(|node| self.wrap(node))
    }
    fn query_all(&self, selector: &'static str) -> Vec<Self> {
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
    fn by_id(&self, id: &str) -> Option<Self> {
        self.ask().by_id(id).map(|node| self.wrap(node))
    }
    fn order(&self) -> Option<i32> {
        self.ask().order()
    }
}

/// Most questions that reading one post may put to the page, by layout, on average over the fixtures.
/// Each is a crossing into the browser; set to what is needed today, so that a careless loop is noticed.
const QUESTIONS: &[(&str, usize)] = &[
    ("x", 41), // a long-form text, which is walked, among them
    ("x-web", 49),
    ("linkedin-sdui", 52),
    ("linkedin-legacy", 61),
    ("linkedin-guest", 31),
    ("facebook", 157),
    ("facebook-bare", 89),
    ("instagram", 71),
    ("instagram-opened", 83),
    ("instagram-reels", 56),
    ("threads", 48),
    ("reddit", 21),
    ("reddit-search", 29),
    ("reddit-old", 25),
    ("reddit-redesign", 34),
    ("mastodon", 47),
    ("mastodon-2026", 34),
    ("mastodon-public", 45),
    ("bluesky", 38),
    ("youtube", 23),
    ("youtube-ad", 19),
    ("tiktok", 22),
    ("tiktok-search", 21),
    ("tiktok-opened", 20),
    ("h-entry", 56),
    ("schema-org", 49),
    ("article", 56),
    ("page", 58),
];

#[test]
fn reading_asks_the_page_little() {
    let mut by_layout: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (_, url, html) in fixtures::all() {
        let page = Page::parse(&html);
        let place = platforms::for_page(&url, &page.root());
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
        let most = QUESTIONS.iter().find(|(name, _)| name == layout).unwrap_or_else(|| panic!("{layout}: how many?")).1;
        println!("{layout:16} {posts:3} posts, {:3} questions each", asked / posts);
        assert!(asked / posts <= most, "{layout}: {} questions a post", asked / posts);
    }
    assert_eq!(by_layout.len(), QUESTIONS.len());
}
