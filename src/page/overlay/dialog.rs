//! Owns the life of the explanation: opening, place, keys, closing; never decides what it says or what an action means.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, HtmlElement, KeyboardEvent, ShadowRoot, ShadowRootMode};

use super::Target;
use super::badge::focus;
use super::marks::Marks;
use super::panel::{DOES, panel};
use super::root::{Roots, Theme, ground, raise};
use crate::intent::Intent;
use crate::page::host::{Callback, Host, Listening};
use crate::page::words::Words;
use crate::session::{self, AuthorAction, Explanation, Slot};

/// Room kept between the dialog and the edges of the view, in CSS pixels.
const EDGE_PX: f64 = 8.0;

/// Room between badge and dialog, in CSS pixels.
const GAP_PX: f64 = 8.0;

/// The dialog goes above its badge only if less than this is left below and more above; it is never made lower than this, in CSS pixels.
const ENOUGH_PX: f64 = 320.0;

/// An open explanation.
#[derive(Debug)]
pub struct Dialog {
    pub slot: Slot,
    host: Element,
    root: ShadowRoot,
    panel: Element,
    post: Option<Element>,
    text: Option<Element>,
    marks: Option<Marks>,
    _listening: Vec<Listening>,
}

/// What the reader did in the dialog.
#[derive(Debug, PartialEq)]
pub enum Answer {
    /// Close it.
    Close,
    /// It has become higher or lower: put it in its place again.
    Grown,
    /// Tell the session.
    Tell(session::Event),
}

impl Dialog {
    /// Opens the explanation beside its badge; `clicks` hears clicks in it, `moves` scrolling and resizing.
    ///
    /// # Errors
    /// Where the browser makes no element or root; the page is then as it was.
    #[allow(clippy::too_many_arguments)] // each is another owner's
    pub fn open(
        document: &Document,
        host: &Host,
        words: &Words,
        (mode, theme): (ShadowRootMode, &Theme),
        (clicks, moves): (&Callback, &Callback),
        slot: Slot,
        what: &Explanation,
        badge: &Element,
        target: Option<&Target>,
    ) -> Result<Self, JsValue> {
        let roots = Roots::new(document, mode, include_str!("panel.css"), theme)?;
        theme.follow(badge);
        let (shell, root) = roots.make()?;
        let panel = panel(document, words, what)?;
        root.append_child(&panel)?;
        let parent = ground(document).ok_or(JsValue::NULL)?;
        host.insert(&parent, &shell, None);
        raise(&panel);
        let mut listening = vec![host.listen(&root, "click", clicks, false)];
        if let Some(window) = web_sys::window() {
            listening.push(host.listen(&window, "scroll", moves, true));
            listening.push(host.listen(&window, "resize", moves, false));
        }
        let (post, text) = target.map_or((None, None), |target| (Some(target.post.clone()), target.text.clone()));
        let mut dialog = Self { slot, host: shell, root, panel, post, text, marks: None, _listening: listening };
        dialog.put_beside(badge);
        focus(&dialog.panel);
        dialog.mark(document, host, what, target);
        Ok(dialog)
    }

    /// Shows fresh contents in place, keeping the keyboard where it is.
    ///
    /// # Errors
    /// As [`Dialog::open`].
    pub fn renew(
        &mut self,
        document: &Document,
        host: &Host,
        words: &Words,
        what: &Explanation,
        badge: &Element,
        target: Option<&Target>,
    ) -> Result<(), JsValue> {
        let kept = self.root.active_element().and_then(|element| element.get_attribute(DOES));
        let fresh = panel(document, words, what)?;
        self.panel.replace_with_with_node_1(&fresh)?;
        self.panel = fresh;
        raise(&self.panel);
        self.put_beside(badge);
        let again = kept.and_then(|does| self.root.query_selector(&format!("[{DOES}={does}]")).ok().flatten());
        focus(again.as_ref().unwrap_or(&self.panel));
        self.mark(document, host, what, target);
        Ok(())
    }

    /// Takes the dialog and its highlights away.
    pub fn close(mut self, host: &Host) {
        if let Some(marks) = self.marks.take() {
            marks.remove(host);
        }
        host.remove(&self.host);
    }

    /// Whether this is the element that holds the dialog.
    pub fn is(&self, element: &JsValue) -> bool {
        JsValue::from(&self.host) == *element
    }

    /// Puts the dialog beside its post if there is room, else below or above, always inside the view; false when the badge is out of it.
    ///
    /// It avoids the post's text, where the deciding phrases are marked, as far as the view allows.
    pub fn put_beside(&self, badge: &Element) -> bool {
        let Some(frame) = web_sys::window().and_then(|window| window.document()?.document_element()) else {
            return false;
        };
        let (wide, high) = (f64::from(frame.client_width()), f64::from(view_height(&frame)));
        let at = badge.get_bounding_client_rect();
        let style = self.panel.unchecked_ref::<HtmlElement>().style();
        let set = |property, value: f64| {
            let _ = style.set_property(property, &format!("{}px", value.round() as i32));
        };
        set("max-width", wide - 2.0 * EDGE_PX);
        let size = self.panel.get_bounding_client_rect();
        let post = self.post.as_ref().map(Element::get_bounding_client_rect);
        let beside = post.and_then(|post| {
            let right = post.right() + GAP_PX;
            let left = post.left() - GAP_PX - size.width();
            let fits_right = right + size.width() + EDGE_PX <= wide;
            let fits_left = left >= EDGE_PX;
            match is_rtl(&self.panel) {
                true if fits_left => Some(left),
                false if fits_right => Some(right),
                true | false => None,
            }
        });
        let (left, top, room) = if let Some(left) = beside {
            (left, at.top() - GAP_PX, high - 2.0 * EDGE_PX)
        } else {
            let text = self.text.as_ref().map(Element::get_bounding_client_rect);
            let clear = text.map_or(at.bottom(), |text| text.bottom()).max(at.bottom());
            let bottom = if high - clear - GAP_PX - EDGE_PX >= ENOUGH_PX { clear } else { at.bottom() };
            let below = high - bottom - GAP_PX - EDGE_PX;
            let above = at.top() - GAP_PX - EDGE_PX;
            let goes_above = below < ENOUGH_PX && above > below;
            let room = if goes_above { above } else { below };
            let start = if is_rtl(&self.panel) { at.right() - size.width() } else { at.left() };
            let natural = f64::from(self.panel.scroll_height()).min(room.max(ENOUGH_PX));
            (start, if goes_above { at.top() - GAP_PX - natural } else { bottom + GAP_PX }, room)
        };
        set("max-height", room.max(ENOUGH_PX).min(high - 2.0 * EDGE_PX));
        let size = self.panel.get_bounding_client_rect();
        set("left", left.min(wide - size.width() - EDGE_PX).max(EDGE_PX));
        set("top", top.min(high - size.height() - EDGE_PX).max(EDGE_PX));
        at.bottom() > 0.0 && at.top() < high
    }

    /// Handles a key pressed in the dialog; true when the dialog is to be closed.
    pub fn key(&self, event: &KeyboardEvent) -> bool {
        if event.key() == "Tab" {
            let Ok(all) = self.root.query_selector_all(&format!("[{DOES}]:not([hidden] *)")) else { return false };
            let controls: Vec<Element> = (0..all.length()).filter_map(|at| all.get(at)?.dyn_into().ok()).collect();
            let active = self.root.active_element();
            let (edge, other) = if event.shift_key() {
                (controls.first(), controls.last())
            } else {
                (controls.last(), controls.first())
            };
            let at_edge = active.is_none() || active.as_ref() == edge;
            let on_panel = event.shift_key() && active.as_ref() == Some(&self.panel);
            if at_edge || on_panel {
                event.prevent_default();
                if let Some(other) = other {
                    focus(other);
                }
            }
        }
        event.key() == "Escape"
    }

    /// What a click in the dialog means.
    pub fn answer(&self, event: &Event) -> Option<Answer> {
        let control = event.target()?.dyn_into::<Element>().ok()?.closest(&format!("[{DOES}]")).ok().flatten()?;
        let on = control.get_attribute("aria-checked").as_deref() != Some("true");
        let author = |action| Some(Answer::Tell(session::Event::Author(self.slot, action)));
        match control.get_attribute(DOES)?.as_str() {
            "close" => Some(Answer::Close),
            "uncorrect" => Some(Answer::Tell(session::Event::Correct(self.slot, None))),
            "adverts" => author(AuthorAction::HideAdverts(on)),
            "never" => author(AuthorAction::NeverHide(on)),
            "watch" => author(AuthorAction::Watch(on)),
            "card" => Some(Answer::Tell(session::Event::OpenCard(self.slot))),
            "person" => author(AuthorAction::IsBrand(false)),
            "choose" => {
                let list = self.root.get_element_by_id("i")?;
                let opens = list.has_attribute("hidden");
                list.toggle_attribute_with_force("hidden", !opens).ok()?;
                control.set_attribute("aria-expanded", if opens { "true" } else { "false" }).ok()?;
                Some(Answer::Grown)
            }
            id => Intent::from_id(id).map(|intent| Answer::Tell(session::Event::Correct(self.slot, Some(intent)))),
        }
    }

    fn mark(&mut self, document: &Document, host: &Host, what: &Explanation, target: Option<&Target>) {
        if let Some(old) = self.marks.take() {
            old.remove(host);
        }
        if let Some(text) = target.and_then(|target| target.text.as_ref()) {
            let phrases: Vec<_> = what.reasons.decided.iter().map(|phrase| (phrase.start, phrase.end)).collect();
            self.marks = Marks::put(document, host, text, &what.text, &phrases);
        }
    }
}

/// Height of the view in CSS pixels; in quirks mode the root element does not know it, the window does.
fn view_height(frame: &Element) -> i32 {
    let inner = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    inner.map_or_else(|| frame.client_height(), |height| height as i32)
}

fn is_rtl(element: &Element) -> bool {
    element.get_attribute("dir").as_deref() == Some("rtl")
}
