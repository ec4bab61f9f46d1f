//! Owns the line at the head of a brand's own page: what the majority rule calls it; never takes room from what the page shows.
//!
//! Its host is a point of no size. Where even that would move something, or the page cuts off what stands there, it goes one
//! element further out; the words hang from it, right after the last line of the name.

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

/// How many elements around the name are tried for the line's place.
const PLACES_AT_MOST: usize = 5;

/// Between the name and the line, CSS pixels.
const GAP_PX: f64 = 10.0;

/// Beside the name fewer pixels than this hold no word: nothing is said there.
const LEAST_WIDTH_PX: f64 = 48.0;

impl Inner {
    /// The line's host; none where there is no room for it.
    pub(super) fn profile(&self, said: &Majority, name: &Element) -> Result<Option<Element>, JsValue> {
        let Some((window, document)) = web_sys::window().and_then(|window| Some((window.clone(), window.document()?)))
        else {
            return Ok(None);
        };
        let range: Range = document.create_range()?;
        range.select_node_contents(name)?;
        let Some(last) = Array::from(&range.unchecked_ref::<Lines>().client_rects()).pop().dyn_into::<DomRect>().ok()
        else {
            return Ok(None);
        };
        let is_rtl = window
            .get_computed_style(name)?
            .is_some_and(|style| style.get_property_value("direction").is_ok_and(|direction| direction == "rtl"));
        let wide = window.inner_width()?.as_f64().unwrap_or_default();
        let room = if is_rtl { last.left() } else { wide - last.right() } - 2.0 * GAP_PX;
        if room < LEAST_WIDTH_PX {
            return Ok(None);
        }
        self.theme.follow(name);
        let (host, root) = Roots::new(&document, self.mode, include_str!("profile.css"), &self.theme)?.make()?;
        let line = make(&document, "p", class(said.call), &self.verdict_in_words(said))?;
        line.set_attribute("dir", if self.words.is_rtl() { "rtl" } else { "ltr" })?;
        root.append_child(&line)?;
        let mut place = Some(name.clone());
        for _ in 0..PLACES_AT_MOST {
            let Some(around) = place else { break };
            let overflow = window.get_computed_style(&around)?.map(|style| style.get_property_value("overflow-x"));
            let before = around.get_bounding_client_rect();
            if matches!(overflow, Some(Ok(value)) if value == "visible") {
                self.host.insert(&around, &host, None);
                let after = around.get_bounding_client_rect();
                if (before.height(), before.width()) == (after.height(), after.width()) {
                    let point = host.get_bounding_client_rect();
                    let (side, away) = if is_rtl {
                        ("right", point.left() - last.left())
                    } else {
                        ("left", last.right() - point.left())
                    };
                    let style = format!(
                        "{side}:{}px;top:{}px;max-width:{room}px",
                        away + GAP_PX,
                        (last.top() + last.bottom()) / 2.0 - point.top()
                    );
                    line.set_attribute("style", &style)?;
                    return Ok(Some(host));
                }
                self.host.remove(&host);
            }
            place = around.parent_element();
        }
        Ok(None)
    }

    /// "Broadcaster: 83 % of 52 posts seen (71–91 %)".
    fn verdict_in_words(&self, said: &Majority) -> String {
        let percent = |share: f64| (share * 100.0).round() as u32;
        let (key, share, low, high) = match said.call {
            Call::Broadcaster => ("profile_broadcaster", said.broadcast_share, said.interval.low, said.interval.high),
            Call::Conversationalist => (
                "profile_conversationalist",
                1.0 - said.broadcast_share,
                1.0 - said.interval.high,
                1.0 - said.interval.low,
            ),
            Call::Open => return self.words.with("profile_open", [&said.n.to_string(), ""]),
        };
        let range = format!("{}–{}", percent(low), percent(high));
        let text = self.words.with(key, [&percent(share).to_string(), &said.n.to_string()]);
        format!("{text} ({})", self.words.with("why_percent", [&range, ""]))
    }
}

const fn class(call: Call) -> &'static str {
    match call {
        Call::Broadcaster => "broadcast",
        Call::Conversationalist => "conversation",
        Call::Open => "",
    }
}
