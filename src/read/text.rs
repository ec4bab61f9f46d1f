//! Owns visible text: what a reader sees of an element, and where each part of it stands in the page; never judges it.

use std::ops::Range;

use super::node::{Child, Node};

/// How the words of one layout are collected.
#[derive(Clone, Copy, Debug)]
pub struct TextRule {
    /// Elements left out with all they hold (buttons, hidden duplicates); empty: none are asked for.
    pub skip: &'static str,
    /// Whether `p`, `div`, `li` and headings stand on lines of their own; on X a mention is a `div` in the middle of a sentence.
    pub blocks: bool,
}

/// A stretch of visible text that is one text node's characters, unchanged.
///
/// The text node is the `child`-th of `parent`'s children as [`Node::children`] lists them (comments left out).
#[derive(Clone, Debug, PartialEq)]
pub struct Piece<N> {
    /// The element that holds the text node.
    pub parent: N,
    /// Which of its children.
    pub child: usize,
    /// Where the stretch begins in the text node, in UTF-16 code units.
    pub start: usize,
    /// Which part of the visible text it is, in UTF-16 code units.
    pub range: Range<usize>,
}

/// A boundary point as the DOM's `Range` knows it: a text node (by parent and child number) and an offset in UTF-16 code units.
#[derive(Clone, Debug, PartialEq)]
pub struct Point<N> {
    /// The element that holds the text node.
    pub parent: N,
    /// Which of its children.
    pub child: usize,
    /// Offset in the text node, in UTF-16 code units.
    pub offset: usize,
}

/// Never visible, whatever the layout.
const UNSEEN: [&str; 5] = ["script", "style", "noscript", "template", "svg"];
/// Elements that are not simply their text: [`UNSEEN`], images, line breaks.
const MARKED: &str = "img, br, svg, script, style, noscript, template";
const BLOCKS: [&str; 12] = ["p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"];

/// The visible text of `roots`, one after another: white space collapsed, an image by its `alt`, a line break or block as a space.
pub fn visible<N: Node>(roots: &[N], rule: TextRule) -> String {
    // One question instead of several for each element, where elements make no difference.
    if let [root] = roots
        && !rule.blocks
        && rule.skip.is_empty()
        && root.query(MARKED).is_none()
    {
        return collapse(&root.text_content());
    }
    walk(roots, rule, &mut |_, _, _, _| {})
}

/// The visible text together with its pieces, for marking a range of it in the page.
///
/// Characters that stand in no text node (spaces for line breaks, images' `alt`) have no piece.
pub fn pieces<N: Node>(roots: &[N], rule: TextRule) -> (String, Vec<Piece<N>>) {
    let mut pieces: Vec<Piece<N>> = Vec::new();
    let text = walk(roots, rule, &mut |parent: &N, child, start, range: Range<usize>| {
        if let Some(last) = pieces.last_mut()
            && last.child == child
            && last.range.end == range.start
            && last.start + last.range.len() == start
            && last.parent == *parent
        {
            last.range.end = range.end;
            return;
        }
        pieces.push(Piece { parent: parent.clone(), child, start, range });
    });
    (text, pieces)
}

/// Where a range of the visible text (UTF-16 code units) begins and ends in the page; `None` when no character of it stands in a text node.
pub fn locate<N: Node>(pieces: &[Piece<N>], range: &Range<usize>) -> Option<(Point<N>, Point<N>)> {
    let first = pieces.iter().find(|piece| piece.range.end > range.start && piece.range.start < range.end)?;
    let last = pieces.iter().rev().find(|piece| piece.range.start < range.end && piece.range.end > range.start)?;
    let from = range.start.max(first.range.start) - first.range.start;
    let to = range.end.min(last.range.end) - last.range.start;
    Some((
        Point { parent: first.parent.clone(), child: first.child, offset: first.start + from },
        Point { parent: last.parent.clone(), child: last.child, offset: last.start + to },
    ))
}

struct Walk<'v, F> {
    out: String,
    /// Length of `out` in UTF-16 code units.
    units: usize,
    /// White space was seen since the last character.
    gap: bool,
    rule: TextRule,
    visit: &'v mut F,
}

fn walk<N: Node, F: FnMut(&N, usize, usize, Range<usize>)>(roots: &[N], rule: TextRule, visit: &mut F) -> String {
    let mut walk = Walk { out: String::new(), units: 0, gap: false, rule, visit };
    for root in roots {
        walk.gap = true;
        walk.element(root);
    }
    walk.out
}

impl<F> Walk<'_, F> {
    fn element<N: Node>(&mut self, element: &N)
    where
        F: FnMut(&N, usize, usize, Range<usize>),
    {
        for (index, child) in element.children().into_iter().enumerate() {
            match child {
                Child::Text(text) => self.text(element, index, &text),
                Child::Element(child) => self.child(&child),
            }
        }
    }

    fn child<N: Node>(&mut self, child: &N)
    where
        F: FnMut(&N, usize, usize, Range<usize>),
    {
        let tag = child.tag();
        match tag.as_str() {
            "br" => self.gap = true,
            "img" => {
                if let Some(alt) = child.attr("alt") {
                    self.loose(&alt);
                }
            }
            tag if UNSEEN.contains(&tag) => {}
            _ if !self.rule.skip.is_empty() && child.matches(self.rule.skip) => {}
            tag => {
                let block = self.rule.blocks && BLOCKS.contains(&tag);
                self.gap |= block;
                self.element(child);
                self.gap |= block;
            }
        }
    }

    /// Characters that stand in no text node.
    fn loose(&mut self, text: &str) {
        for character in text.chars() {
            self.push(character);
        }
    }

    fn text<N: Node>(&mut self, parent: &N, child: usize, text: &str)
    where
        F: FnMut(&N, usize, usize, Range<usize>),
    {
        let mut raw = 0;
        for character in text.chars() {
            let width = character.len_utf16();
            if let Some(at) = self.push(character) {
                (self.visit)(parent, child, raw, at..at + width);
            }
            raw += width;
        }
    }

    /// Appends one character, or remembers white space; gives its place in UTF-16 code units.
    fn push(&mut self, character: char) -> Option<usize> {
        if character.is_whitespace() {
            self.gap = true;
            return None;
        }
        if self.gap && !self.out.is_empty() {
            self.out.push(' ');
            self.units += 1;
        }
        self.gap = false;
        let at = self.units;
        self.out.push(character);
        self.units += character.len_utf16();
        Some(at)
    }
}

/// The text with every run of white space as one space, none at the ends.
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
