//! Owns the line at the head of a brand's own page: what the majority rule calls it; never takes room from what the page shows.
//!
//! Its host is a badge's, which has no height, and where even that would move something nothing is said; the words hang from it,
//! right after the last line of the name.

use js_sys::Array;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{DomRect, Element};

use super::Inner;
use super::badge::Badges;
use super::root::make;
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
const GAP_PX: f64 = 8.0;

/// Beside the name fewer pixels than this hold no word: nothing is said there.
const LEAST_WIDTH_PX: f64 = 48.0;

impl Inner {
    /// The line's host; none where there is no room for it.
    pub(super) fn profile(&self, badges: &Badges, said: &Majority, name: &Element) -> Option<Element> {
        let document = name.owner_document()?;
        let range = document.create_range().ok()?;
        range.select_node_contents(name).ok()?;
        let last = Array::from(&range.unchecked_ref::<Lines>().client_rects()).pop();
        if last.is_undefined() {
            return None;
        }
        let last: DomRect = last.unchecked_into();
        let around = name.get_bounding_client_rect();
        // A name that ends far from its left side and near its right one is written from the right.
        let is_rtl = last.left() - around.left() > around.right() - last.right();
        let wide = f64::from(document.document_element()?.client_width());
        let room = if is_rtl { last.left() } else { wide - last.right() } - 2.0 * GAP_PX;
        if room < LEAST_WIDTH_PX {
            return None;
        }
        self.theme.follow(name);
        let (host, root) = badges.root().ok()?;
        let class = match said.call {
            Call::Broadcaster => "broadcast",
            Call::Conversationalist => "conversation",
            Call::Open => "",
        };
        let line = make(&document, "p", class, &self.verdict_in_words(said)).ok()?;
        root.append_child(&line).ok()?;
        self.host.insert(name, &host, None);
        if around.height() != name.get_bounding_client_rect().height() {
            self.host.remove(&host);
            return None;
        }
        let point = host.get_bounding_client_rect();
        let (side, away) =
            if is_rtl { ("right:", point.right() - last.left()) } else { ("left:", last.right() - point.left()) };
        let top = (last.top() + last.bottom()) / 2.0 - point.top();
        let [away, top, room] = [&whole(away + GAP_PX), &whole(top), &whole(room)];
        let _ = line.set_attribute("style", &[side, away, "px;top:", top, "px;max-width:", room, "px"].concat());
        Some(host)
    }

    /// "Broadcaster: 83 % of 52 posts seen (71–91 %)".
    fn verdict_in_words(&self, said: &Majority) -> String {
        let n = whole(f64::from(said.n));
        let (low, high) = (said.interval.low, said.interval.high);
        let (key, share, low, high) = match said.call {
            Call::Broadcaster => ("profile_broadcaster", said.broadcast_share, low, high),
            Call::Conversationalist => ("profile_conversationalist", 1.0 - said.broadcast_share, 1.0 - high, 1.0 - low),
            Call::Open => return self.words.with("profile_open", [&n, ""]),
        };
        let range = [&*whole(low * 100.0), "–", &whole(high * 100.0)].concat();
        let text = self.words.with(key, [&whole(share * 100.0), &n]);
        [&text, " (", &self.words.with("why_percent", [&range, ""]), ")"].concat()
    }
}

/// A number without its fraction: a float's own way to text would be 12 KB of the module.
#[inline(never)]
fn whole(number: f64) -> String {
    (number.round() as i32).to_string()
}
