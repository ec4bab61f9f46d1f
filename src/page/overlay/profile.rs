//! Owns the line at the head of a brand's own page: what the majority rule calls it; never takes room from what the page shows.
//!
//! Its host is a point of no size, and where even that would move something nothing is said; the words hang from it, right after
//! the last line of the name.

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{DomRect, Element, Range};

use super::Inner;
use super::root::{Roots, make};
use crate::ledger::{Call, Majority};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Range)]
    type Lines;
    /// One rectangle for each line box.
    #[wasm_bindgen(method, js_name = getClientRects)]
    fn client_rects(this: &Lines) -> JsValue;
}

/// Between the name and the line, CSS pixels.
const GAP_PX: f64 = 10.0;

/// Beside the name fewer pixels than this hold no word: nothing is said there.
const LEAST_WIDTH_PX: f64 = 48.0;

impl Inner {
    /// The line's host; none where there is no room for it.
    pub(super) fn profile(&self, said: &Majority, name: &Element) -> Option<Element> {
        let document = web_sys::window()?.document()?;
        let range: Range = document.create_range().ok()?;
        range.select_node_contents(name).ok()?;
        let last: DomRect = Array::from(&range.unchecked_ref::<Lines>().client_rects()).pop().dyn_into().ok()?;
        let before = name.get_bounding_client_rect();
        // A name that ends far from its left side and near its right one is written from the right.
        let is_rtl = last.left() - before.left() > before.right() - last.right();
        let wide = f64::from(document.document_element()?.client_width());
        let room = if is_rtl { last.left() } else { wide - last.right() } - 2.0 * GAP_PX;
        if room < LEAST_WIDTH_PX {
            return None;
        }
        self.theme.follow(name);
        let (host, root) = Roots::new(&document, self.mode, include_str!("profile.css"), &self.theme)
            .and_then(|roots| roots.make())
            .ok()?;
        let line = make(&document, "p", class(said.call), &self.verdict_in_words(said)).ok()?;
        root.append_child(&line).ok()?;
        self.host.insert(name, &host, None);
        let (after, point) = (name.get_bounding_client_rect(), host.get_bounding_client_rect());
        if before.height() != after.height() {
            self.host.remove(&host);
            return None;
        }
        let side = if is_rtl { "right:" } else { "left:" };
        let away = if is_rtl { point.left() - last.left() } else { last.right() - point.left() };
        let top = (last.top() + last.bottom()) / 2.0 - point.top();
        let [away, top, room] = [away + GAP_PX, top, room].map(|length| (length.round() as i32).to_string());
        let _ = line.set_attribute("style", &[side, &away, "px;top:", &top, "px;max-width:", &room, "px"].concat());
        Some(host)
    }

    /// "Broadcaster: 83 % of 52 posts seen (71–91 %)".
    fn verdict_in_words(&self, said: &Majority) -> String {
        let (share, low, high) = match said.call {
            Call::Broadcaster => (said.broadcast_share, said.interval.low, said.interval.high),
            Call::Conversationalist => (1.0 - said.broadcast_share, 1.0 - said.interval.high, 1.0 - said.interval.low),
            Call::Open => return self.words.with("profile_open", [&said.n.to_string(), ""]),
        };
        let key = if said.call == Call::Broadcaster { "profile_broadcaster" } else { "profile_conversationalist" };
        // A float’s own way to text would be 12 KB of the module.
        let [share, low, high] = [share, low, high].map(|share| ((share * 100.0).round() as u32).to_string());
        let range = [&low, "–", &high].concat();
        let text = self.words.with(key, [&share, &said.n.to_string()]);
        [&text, " (", &self.words.with("why_percent", [&range, ""]), ")"].concat()
    }
}

const fn class(call: Call) -> &'static str {
    match call {
        Call::Broadcaster => "broadcast",
        Call::Conversationalist => "conversation",
        Call::Open => "",
    }
}
