//! Owns "the post's own": matches inside a container that do not stand in a quoted post or a comment; never decides what they mean.

use super::counts;
use super::node::Node;
use super::text::visible;
use crate::platforms::{Layout, Pick, Take};

/// A container seen without its foreign parts.
#[derive(Debug)]
pub struct Own<'a, N> {
    /// The container.
    pub node: &'a N,
    /// Its layout.
    pub layout: &'static Layout,
    /// Most posts have no foreign parts; then every match is the post's own, and one question is enough.
    has_foreign: bool,
}

impl<'a, N: Node> Own<'a, N> {
    /// Looks once whether the container has foreign parts: for many questions.
    pub fn new(node: &'a N, layout: &'static Layout) -> Self {
        let signs = layout.foreign_signs;
        let may_have =
            !layout.foreign.is_empty() && (signs.is_empty() || signs.iter().any(|css| node.query(css).is_some()));
        Self { node, layout, has_foreign: may_have && node.query(layout.foreign).is_some() }
    }

    /// Looks at each match instead: for one or two questions.
    pub fn unasked(node: &'a N, layout: &'static Layout) -> Self {
        Self { node, layout, has_foreign: !layout.foreign.is_empty() }
    }

    /// Whether an element of the container stands in a foreign part.
    fn is_foreign(&self, element: &N) -> bool {
        let Some(part) = element.closest(self.layout.foreign) else { return false };
        if !self.layout.always_own.is_empty() && element.closest(self.layout.always_own).is_some() {
            return false;
        }
        // A foreign part that holds the container itself is none of the container's: then it is the container's nearest, too.
        self.node.closest(self.layout.foreign).is_none_or(|around| around != part)
    }

    /// The first own match.
    pub fn first(&self, css: &'static str) -> Option<N> {
        let first = self.node.query(css)?;
        if !self.has_foreign || !self.is_foreign(&first) {
            return Some(first);
        }
        self.node.query_all(css).into_iter().find(|element| !self.is_foreign(element))
    }

    /// All own matches, in document order.
    pub fn all(&self, css: &'static str) -> Vec<N> {
        let mut all = self.node.query_all(css);
        if self.has_foreign {
            all.retain(|element| !self.is_foreign(element));
        }
        all
    }

    /// Whether any of the selectors has an own match.
    pub fn has_any(&self, selectors: &[&'static str]) -> bool {
        selectors.iter().any(|css| self.has(css))
    }

    /// Whether there is an own match; of the empty selector there is none.
    pub fn has(&self, css: &'static str) -> bool {
        !css.is_empty() && self.first(css).is_some()
    }

    /// The number of own matches.
    pub fn count(&self, css: &'static str) -> u32 {
        u32::try_from(self.all(css).len()).unwrap_or(u32::MAX)
    }

    /// Whether the container holds another post.
    pub fn has_quote(&self) -> bool {
        self.has_foreign && self.node.query(self.layout.quote).is_some()
    }

    /// The visible text of an element of the container.
    pub fn words(&self, element: &N) -> String {
        visible(std::slice::from_ref(element), self.layout.words)
    }

    /// What the first pick that yields something yields.
    pub fn pick(&self, picks: &[Pick]) -> Option<String> {
        self.pick_with(picks, |value| Some(value.to_owned()))
    }

    /// The same, with a second opinion on every value.
    pub fn pick_with<T>(&self, picks: &[Pick], accept: impl Fn(&str) -> Option<T>) -> Option<T> {
        picks.iter().find_map(|pick| {
            let found = if pick.css.is_empty() { self.node.clone() } else { self.first(pick.css)? };
            let value = match pick.take {
                Take::Text => self.words(&found),
                Take::Attr(name) => found.attr(name)?,
            };
            accept(&(pick.parse)(&value)?)
        })
    }

    /// The first number that the picks yield.
    pub fn number(&self, picks: &[Pick]) -> Option<u64> {
        self.pick_with(picks, counts::first)
    }

    /// The elements that hold the author's words.
    pub fn text_roots(&self) -> Vec<N> {
        for group in self.layout.text {
            let roots: Vec<N> = group.iter().filter_map(|css| self.first(css)).collect();
            if !roots.is_empty() {
                return roots;
            }
        }
        Vec::new()
    }
}
