//! Owns the question whether a badge fits where it was put, asked after layout and before paint; never touches the page.
//!
//! In a flex row that does not wrap, CSS alone makes the badge give way. Elsewhere a word too many would start a new line,
//! so there a resize observer looks once, when layout is clean: too wide becomes the shape alone, still too wide nothing.
//! What must be asked of the page's styles is asked there too: before, each question would have the browser compute them at once.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{DomRect, Element, HtmlElement, ResizeObserver};

use super::badge::Placed;
use super::root::Theme;
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
enum Flow {
    /// A flex row without wrapping: nothing to check.
    Row,
    /// Anything that may break lines.
    Lines,
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
    flows: Rc<Flows>,
    theme: Rc<Theme>,
    observer: Option<ResizeObserver>,
    host: Host,
    _looks: Closure<dyn Fn(Array, ResizeObserver)>,
}

impl Fit {
    /// Makes the observer; without one, badges are put only where CSS alone suffices. The first look reads the theme as well.
    pub fn new(host: &Host, theme: &Rc<Theme>) -> Self {
        let flows = Rc::new(Flows::default());
        let looks = Closure::<dyn Fn(Array, ResizeObserver)>::new({
            let (flows, theme) = (flows.clone(), theme.clone());
            move |entries: Array, observer: ResizeObserver| {
                for entry in entries.iter() {
                    let badge = entry.unchecked_into::<Entry>().target();
                    // One look is enough, and what is observed costs a little in every frame.
                    observer.unobserve(&badge);
                    let Some(row) = badge.parent_element() else { continue };
                    if !theme.is_read() {
                        theme.follow(&row);
                    }
                    look(&badge, &row, &flows);
                }
            }
        });
        let observer = ResizeObserver::new(&host.guard(looks.as_ref().unchecked_ref())).ok();
        if let Some(observer) = &observer {
            host.observe(observer);
        }
        Self { flows, theme: theme.clone(), observer, host: host.clone(), _looks: looks }
    }

    /// Has the badge looked at after the next layout, if it needs that.
    pub fn check(&self, placed: &Placed) {
        let may_fail = self.may_fail(placed);
        match &self.observer {
            Some(observer) if may_fail || !self.theme.is_read() => observer.observe(&placed.host),
            None if may_fail => self.host.remove(&placed.host),
            Some(_) | None => {}
        }
    }

    /// Whether it may not fit, as far as is known.
    fn may_fail(&self, placed: &Placed) -> bool {
        is_in_corner(&placed.host) || self.flows.known(&placed.anchor) != Some(Flow::Row)
    }

    /// Has all badges looked at again, as after a change of the window's width.
    pub fn measure_again<'a>(&self, all: impl Iterator<Item = &'a Placed>) {
        let Some(observer) = &self.observer else { return };
        for placed in all {
            let _ = placed.host.remove_attribute("data-s");
            let _ = placed.host.remove_attribute("hidden");
            if self.may_fail(placed) {
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

/// The flows of rows, remembered by their class names.
#[derive(Debug, Default)]
struct Flows(RefCell<Map<String, Flow>>);

impl Flows {
    fn known(&self, row: &Element) -> Option<Flow> {
        self.0.borrow().get(&row.class_name()).copied()
    }

    /// The flow of this row; asked where styles are clean.
    fn of(&self, row: &Element) -> Flow {
        if let Some(flow) = self.known(row) {
            return flow;
        }
        let style = web_sys::window().and_then(|window| window.get_computed_style(row).ok().flatten());
        let is = |property, value| {
            style.as_ref().is_some_and(|style| style.get_property_value(property).is_ok_and(|now| now == value))
        };
        let in_a_row = (is("display", "flex") || is("display", "inline-flex"))
            && is("flex-wrap", "nowrap")
            && (is("flex-direction", "row") || is("flex-direction", "row-reverse"));
        let flow = if in_a_row { Flow::Row } else { Flow::Lines };
        let mut known = self.0.borrow_mut();
        if known.len() < KNOWN_AT_MOST {
            known.insert(row.class_name(), flow);
        }
        flow
    }
}

/// Whether the badge stands in no row at all but in the corner of its post.
fn is_in_corner(badge: &Element) -> bool {
    badge.has_attribute("data-b")
}

/// Makes the badge smaller, or takes it out of sight, if it does not fit.
fn look(badge: &Element, row: &Element, flows: &Flows) {
    if is_in_corner(badge) {
        if covers(badge, row) {
            let _ = badge.set_attribute("hidden", "");
        }
        return;
    }
    if flows.of(row) == Flow::Row {
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
    let inner = last_block(row, badge);
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
