//! Owns the question whether a badge fits where it was put, asked after layout and before paint; never touches the page.
//!
//! In a flex row that does not wrap, CSS alone makes the badge give way. Elsewhere a word too many would start a new line,
//! so there a resize observer looks once, when layout is clean: too wide becomes the shape alone, still too wide nothing.

use std::cell::RefCell;

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{DomRect, Element, HtmlElement, ResizeObserver};

use super::badge::Placed;
use crate::page::host::Host;
use crate::sorted::Map;

#[wasm_bindgen]
extern "C" {
    type Entry;
    #[wasm_bindgen(method, getter)]
    fn target(this: &Entry) -> Element;
}

/// How what stands in a badge's row is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// A flex row without wrapping: nothing to check.
    Row,
    /// Anything that may break lines.
    Lines,
    /// No row at all: the corner of the post.
    Corner,
}

/// Class names remembered with their flow; a site has a handful.
const KNOWN_AT_MOST: usize = 64;

/// A badge lower than this share of its row's height stands on a second line, or the row has two lines anyway; one line gives 0.38–0.6.
const SECOND_LINE_FROM: f64 = 0.62;

/// Heights are compared in CSS pixels with this tolerance for rounding.
const SAME_HEIGHT_PX: f64 = 0.5;

/// In a corner, posts of more elements than this are not searched for something the badge could cover; they get none.
const SEARCHED_AT_MOST: u32 = 400;

/// Looks at badges once laid out.
#[derive(Debug)]
pub struct Fit {
    known: RefCell<Map<String, Flow>>,
    observer: Option<ResizeObserver>,
    host: Host,
    _looks: Closure<dyn Fn(Array, ResizeObserver)>,
}

impl Fit {
    /// Makes the observer; without one, badges are put only where CSS alone suffices.
    pub fn new(host: &Host) -> Self {
        let looks = Closure::<dyn Fn(Array, ResizeObserver)>::new(|entries: Array, observer: ResizeObserver| {
            for entry in entries.iter() {
                let badge = entry.unchecked_into::<Entry>().target();
                // One look is enough, and what is observed costs a little in every frame.
                observer.unobserve(&badge);
                look(&badge);
            }
        });
        let observer = ResizeObserver::new(&host.guard(looks.as_ref().unchecked_ref())).ok();
        if let Some(observer) = &observer {
            host.observe(observer);
        }
        Self { known: RefCell::default(), observer, host: host.clone(), _looks: looks }
    }

    /// The flow of this row, remembered by its class.
    pub fn flow(&self, row: &Element) -> Flow {
        let class = row.class_name();
        let mut known = self.known.borrow_mut();
        if let Some(flow) = known.get(&class) {
            return *flow;
        }
        let style = web_sys::window().and_then(|window| window.get_computed_style(row).ok().flatten());
        let is = |property, value| {
            style.as_ref().is_some_and(|style| style.get_property_value(property).is_ok_and(|now| now == value))
        };
        let in_a_row = (is("display", "flex") || is("display", "inline-flex"))
            && is("flex-wrap", "nowrap")
            && (is("flex-direction", "row") || is("flex-direction", "row-reverse"));
        let flow = if in_a_row { Flow::Row } else { Flow::Lines };
        if known.len() < KNOWN_AT_MOST {
            known.insert(class, flow);
        }
        flow
    }

    /// Has the badge looked at after the next layout, if it needs that.
    pub fn check(&self, placed: &Placed, flow: Flow) {
        match (&self.observer, flow) {
            (_, Flow::Row) => {}
            (Some(observer), Flow::Lines | Flow::Corner) => observer.observe(&placed.host),
            (None, Flow::Lines | Flow::Corner) => self.host.remove(&placed.host),
        }
    }

    /// Has all badges looked at again, as after a change of the window's width.
    pub fn measure_again<'a>(&self, all: impl Iterator<Item = &'a Placed>) {
        let Some(observer) = &self.observer else { return };
        for placed in all {
            let _ = placed.host.remove_attribute("data-s");
            let _ = placed.host.remove_attribute("hidden");
            if self.flow(&placed.anchor) != Flow::Row {
                observer.observe(&placed.host);
            }
        }
    }
}

impl Drop for Fit {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
            self.host.unobserve(observer);
        }
    }
}

/// Makes the badge smaller, or takes it out of sight, if it does not fit.
fn look(badge: &Element) {
    let Some(row) = badge.parent_element() else { return };
    if badge.has_attribute("data-b") {
        if covers(badge, &row) {
            let _ = badge.set_attribute("hidden", "");
        }
        return;
    }
    let (at, around) = (badge.get_bounding_client_rect(), row.get_bounding_client_rect());
    if at.top() - around.top() <= SECOND_LINE_FROM * around.height() {
        return;
    }
    let height = || row.get_bounding_client_rect().height();
    let _ = badge.set_attribute("hidden", "");
    let without = height();
    let _ = badge.remove_attribute("hidden");
    let fits = || height() <= without + SAME_HEIGHT_PX;
    if fits() {
        return;
    }
    // Behind blocks it would begin a line of its own: behind what stands in the last of them it need not.
    let inner = last_block(&row, badge);
    if inner.append_child(badge).is_ok() && !fits() {
        let _ = row.append_child(badge);
    }
    for attribute in ["data-s", "hidden"] {
        if fits() {
            return;
        }
        let _ = badge.set_attribute(attribute, "");
    }
}

/// The innermost last element of a row that holds text: blocks of a name may lie within its link.
fn last_block(row: &Element, badge: &Element) -> Element {
    let mut block = row.clone();
    loop {
        let last = match block.last_element_child() {
            Some(last) if last == *badge => last.previous_element_sibling(),
            other => other,
        };
        match last {
            Some(last) if !last.matches("button, [role=button], img, svg, video, canvas").unwrap_or(true) => {
                block = last
            }
            Some(_) | None => return block,
        }
    }
}

/// Whether a badge in the corner of the post lies over anything, or the corner is not the post's own.
fn covers(badge: &Element, post: &Element) -> bool {
    let own_corner = badge.unchecked_ref::<HtmlElement>().offset_parent().is_some_and(|parent| parent == *post);
    let all = match post.query_selector_all("*") {
        Ok(all) if own_corner && all.length() <= SEARCHED_AT_MOST => all,
        Ok(_) | Err(_) => return true,
    };
    let mine = badge.get_bounding_client_rect();
    let middle = mine.top();
    let space = DomRect::new_with_x_and_y_and_width_and_height(mine.left(), middle - 12.0, mine.width(), 24.0);
    let Ok(space) = space else { return true };
    let frame = post.get_bounding_client_rect();
    if space.left() < frame.left() || space.right() > frame.right() || space.bottom() > frame.bottom() {
        return true;
    }
    (0..all.length()).filter_map(|at| all.get(at)?.dyn_into::<Element>().ok()).any(|element| {
        element != *badge
            && element.first_element_child().is_none()
            && meet(&element.get_bounding_client_rect(), &space)
    })
}

fn meet(one: &DomRect, other: &DomRect) -> bool {
    one.left() < other.right() && other.left() < one.right() && one.top() < other.bottom() && other.top() < one.bottom()
}
