//! Owns the reading of the page: [`Node`] over web-sys; never writes to it.
//!
//! Objects pass through wasm-bindgen's heap (the module is built without reference types, so that its JavaScript twin can be
//! made), so a crossing costs about 0.1 µs; selectors and attribute names are constants and cross once.

use js_sys::JsString;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, NodeList};

use super::known::known;
use crate::read::{Child, Node};

#[wasm_bindgen]
extern "C" {
    /// An element as it is asked here: selectors are constants that the tests run, or empty (then nothing matches, and nobody is
    /// asked), so nothing is caught (a third of the price).
    type Asked;
    #[wasm_bindgen(method, js_name = getAttribute)]
    fn attr(this: &Asked, name: &JsString) -> Option<String>;
    #[wasm_bindgen(method)]
    fn matches(this: &Asked, css: &JsString) -> bool;
    #[wasm_bindgen(method)]
    fn closest(this: &Asked, css: &JsString) -> Option<Element>;
    #[wasm_bindgen(method, js_name = querySelector)]
    fn query(this: &Asked, css: &JsString) -> Option<Element>;
    #[wasm_bindgen(method, js_name = querySelectorAll)]
    fn query_all(this: &Asked, css: &JsString) -> NodeList;
}

/// `Node.ELEMENT_NODE` of the DOM standard.
const ELEMENT_NODE: u16 = 1;
/// `Node.TEXT_NODE` of the DOM standard.
const TEXT_NODE: u16 = 3;
/// `Node.CDATA_SECTION_NODE` of the DOM standard.
const CDATA_NODE: u16 = 4;

/// An element of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Dom(pub Element);

impl Dom {
    fn asked(&self) -> &Asked {
        self.0.unchecked_ref()
    }
}

impl Node for Dom {
    fn tag(&self) -> String {
        self.0.local_name()
    }

    fn attr(&self, name: &'static str) -> Option<String> {
        self.asked().attr(&known(name))
    }

    fn matches(&self, selector: &'static str) -> bool {
        !selector.is_empty() && self.asked().matches(&known(selector))
    }

    fn closest(&self, selector: &'static str) -> Option<Self> {
        if selector.is_empty() { None } else { self.asked().closest(&known(selector)).map(Self) }
    }

    fn query(&self, selector: &'static str) -> Option<Self> {
        if selector.is_empty() { None } else { self.asked().query(&known(selector)).map(Self) }
    }

    fn query_all(&self, selector: &'static str) -> Vec<Self> {
        if selector.is_empty() {
            return Vec::new();
        }
        let list = self.asked().query_all(&known(selector));
        // Selectors find elements only: their kind need not be asked.
        (0..list.length()).filter_map(|at| list.item(at)).map(|node| Self(node.unchecked_into())).collect()
    }

    fn parent(&self) -> Option<Self> {
        self.0.parent_element().map(Self)
    }

    fn children(&self) -> Vec<Child<Self>> {
        let mut children = Vec::new();
        let mut next = self.0.first_child();
        while let Some(node) = next {
            next = node.next_sibling();
            match node.node_type() {
                ELEMENT_NODE => children.push(Child::Element(Self(node.unchecked_into()))),
                TEXT_NODE | CDATA_NODE => children.push(Child::Text(node.node_value().unwrap_or_default())),
                _ => {}
            }
        }
        children
    }

    fn text_content(&self) -> String {
        self.0.text_content().unwrap_or_default()
    }

    fn is_hidden(&self) -> bool {
        if self.0.has_attribute("hidden") {
            return true;
        }
        let style = web_sys::window().and_then(|window| window.get_computed_style(&self.0).ok().flatten());
        let is = |property: &str, value: &str| {
            style.as_ref().and_then(|style| style.get_property_value(property).ok()).is_some_and(|now| now == value)
        };
        is("display", "none") || is("visibility", "hidden")
    }

    fn by_id(&self, id: &str) -> Option<Self> {
        self.0.owner_document()?.get_element_by_id(id).map(Self)
    }

    fn order(&self) -> Option<i32> {
        let style = web_sys::window()?.get_computed_style(&self.0).ok().flatten()?;
        let value = |property: &str| style.get_property_value(property).unwrap_or_default();
        let is_out = value("display") == "none"
            || value("position") == "absolute"
            || value("visibility") == "hidden"
            || value("opacity") == "0";
        if is_out { None } else { value("order").parse().ok() }
    }
}

/// The elements of a list; other nodes are left out.
fn elements(list: &NodeList) -> impl Iterator<Item = Element> + '_ {
    (0..list.length())
        .filter_map(|at| list.item(at))
        .filter(|node| node.node_type() == ELEMENT_NODE)
        .map(|node| node.unchecked_into())
}

/// Those elements of a list in document order that stand in no other of it.
pub fn outermost(list: &NodeList) -> impl Iterator<Item = Element> + '_ {
    let mut last: Option<Element> = None;
    elements(list).filter(move |element| {
        let is_inside = last.as_ref().is_some_and(|outer| outer.contains(Some(element)));
        if !is_inside {
            last = Some(element.clone());
        }
        !is_inside
    })
}
