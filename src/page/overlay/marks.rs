//! Owns the highlights in a post's own text, while its explanation is open; never touches the text's nodes.
//!
//! The page's text and the text that was judged differ in white space at most (and in pictures of emoji, which count as
//! their description), so phrases are looked for without white space, nearest to where they should be.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Document, Element, Node, Range};

use crate::page::host::Host;

#[wasm_bindgen]
extern "C" {
    type Highlight;
    #[wasm_bindgen(catch, constructor)]
    fn new() -> Result<Highlight, JsValue>;
    #[wasm_bindgen(method)]
    fn add(this: &Highlight, range: &Range);

    type Registry;
    #[wasm_bindgen(method, catch)]
    fn set(this: &Registry, name: &str, highlight: &Highlight) -> Result<JsValue, JsValue>;

    type Sheeted;
    #[wasm_bindgen(method, getter, js_name = adoptedStyleSheets)]
    fn adopted(this: &Sheeted) -> Option<Array>;
    #[wasm_bindgen(method, catch, setter, js_name = adoptedStyleSheets)]
    fn set_adopted(this: &Sheeted, sheets: &Array) -> Result<(), JsValue>;
}

/// The registered name; it says nothing of who registered it.
const NAME: &str = "hl";

/// How a decisive phrase looks in the post: a wash that leaves letters and selection alone.
const CSS: &str = "::highlight(hl){background-color:rgb(255 186 60/.32)}";

/// Longer texts are not searched, in UTF-16 code units; the longest post of the ten networks is about 63,000 (Facebook).
const SEARCHED_AT_MOST: usize = 70_000;

/// Highlights on the page; dropping the value leaves them, [`Marks::remove`] takes them away.
#[must_use = "the highlights stay until removed"]
#[derive(Debug)]
pub struct Marks {
    undo: Vec<Function>,
}

impl Marks {
    /// Marks these phrases (`start..end` in `judged`) in the element; none where the browser cannot, or nothing was found.
    pub fn put(
        document: &Document,
        host: &Host,
        element: &Element,
        judged: &str,
        phrases: &[(u32, u32)],
    ) -> Option<Self> {
        let css = Reflect::get(&js_sys::global(), &"CSS".into()).ok()?;
        let registry = Reflect::get(&css, &"highlights".into()).ok().filter(JsValue::is_object)?;
        let highlight = Highlight::new().ok()?;
        let shown = Shown::of(element);
        let judged: Vec<u16> = judged.encode_utf16().collect();
        let mut found = false;
        for &(start, end) in phrases {
            if let Some(range) = shown.range(document, &judged, start as usize, end as usize) {
                highlight.add(&range);
                found = true;
            }
        }
        if !found {
            return None;
        }
        let sheet = CssStyleSheet::new().ok()?;
        sheet.replace_sync(CSS).ok()?;
        let scope = element.get_root_node();
        let before = scope.unchecked_ref::<Sheeted>().adopted()?;
        let mut marks = Self { undo: Vec::new() };
        marks.note(host, host.shed(&scope, &sheet));
        scope.unchecked_ref::<Sheeted>().set_adopted(&before.concat(&Array::of1(&sheet))).ok()?;
        registry.unchecked_ref::<Registry>().set(NAME, &highlight).ok()?;
        if let Ok(delete) = Reflect::get(&registry, &"delete".into()).and_then(JsCast::dyn_into::<Function>) {
            marks.note(host, delete.bind1(&registry, &NAME.into()).unchecked_into());
        }
        Some(marks)
    }

    /// Takes the highlights away.
    pub fn remove(self, host: &Host) {
        for undo in &self.undo {
            host.clean(undo);
        }
    }

    fn note(&mut self, host: &Host, undo: Function) {
        host.cleanup(&undo);
        self.undo.push(undo);
    }
}

/// The characters of an element with the place of each, white space left out.
struct Shown {
    units: Vec<u16>,
    /// For each unit: index into `nodes`, and the offset within a text node.
    places: Vec<(u32, u32)>,
    nodes: Vec<Node>,
}

impl Shown {
    fn of(element: &Element) -> Self {
        let mut shown = Self { units: Vec::new(), places: Vec::new(), nodes: Vec::new() };
        shown.walk(element);
        shown
    }

    fn walk(&mut self, parent: &Node) {
        let mut next = parent.first_child();
        while let Some(node) = next {
            if self.units.len() > SEARCHED_AT_MOST {
                return;
            }
            next = node.next_sibling();
            match node.node_type() {
                Node::TEXT_NODE => self.take(&node, &node.node_value().unwrap_or_default()),
                Node::ELEMENT_NODE if node.node_name().eq_ignore_ascii_case("img") => {
                    let described = node.unchecked_ref::<Element>().get_attribute("alt").unwrap_or_default();
                    self.take(&node, &described);
                }
                _ => self.walk(&node),
            }
        }
    }

    fn take(&mut self, node: &Node, text: &str) {
        let index = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push(node.clone());
        for (offset, unit) in (0u32..).zip(text.encode_utf16()) {
            if !is_blank(unit) {
                self.units.push(unit);
                self.places.push((index, offset));
            }
        }
    }

    fn range(&self, document: &Document, judged: &[u16], start: usize, end: usize) -> Option<Range> {
        let phrase: Vec<u16> = judged.get(start..end)?.iter().copied().filter(|unit| !is_blank(*unit)).collect();
        let expected = judged.get(..start)?.iter().filter(|unit| !is_blank(**unit)).count();
        let at = self
            .units
            .windows(phrase.len().max(1))
            .enumerate()
            .filter(|(_, window)| *window == phrase.as_slice())
            .map(|(at, _)| at)
            .min_by_key(|at| at.abs_diff(expected))?;
        let range = document.create_range().ok()?;
        let (first, offset) = *self.places.get(at)?;
        let node = self.nodes.get(first as usize)?;
        if node.node_type() == Node::TEXT_NODE {
            range.set_start(node, offset).ok()?;
        } else {
            range.set_start_before(node).ok()?;
        }
        let (last, offset) = *self.places.get(at + phrase.len() - 1)?;
        let node = self.nodes.get(last as usize)?;
        if node.node_type() == Node::TEXT_NODE {
            range.set_end(node, offset + 1).ok()?;
        } else {
            range.set_end_after(node).ok()?;
        }
        Some(range)
    }
}

/// White space, and marks that a reader cannot see: two readings of one text may differ in them.
fn is_blank(unit: u16) -> bool {
    matches!(unit, 0x09..=0x0d | 0x20 | 0x85 | 0xa0 | 0xad | 0x1680 | 0x2000..=0x200f | 0x2028..=0x202f | 0x205f..=0x2064 | 0x3000 | 0xfeff)
}
