//! Owns the few exported functions and the shapes of what crosses; never anything else.

mod wire;

use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::classify::{Input, Judge};
use crate::ledger::Salt;
use crate::page::app::{App, Options};
use crate::post::Room;
use crate::session::Event;

pub use wire::{settings_from_js, settings_to_js};

/// The module's version, as in the manifest.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

/// Features of the model that are read in one call of [`prepare`]: 2 to 7 ms in Chromium's Wasm.
const FEATURES_AT_ONCE: usize = 4_096;

/// Reads the next part of the model; whether it is whole. Without it the first verdict reads all of it at once.
#[wasm_bindgen]
pub fn prepare() -> bool {
    Judge::prepare(FEATURES_AT_ONCE)
}

/// Kibitz on one page, from [`start`] to [`Handle::stop`].
#[wasm_bindgen]
#[derive(Debug)]
pub struct Handle(App);

/// Starts on this page; the fields of `options` are those of [`Options`].
///
/// # Errors
/// When the browser refuses an observer; the undo record then holds what must be undone.
#[wasm_bindgen]
pub fn start(options: Options) -> Result<Handle, JsValue> {
    App::start(&options).map(Handle)
}

#[wasm_bindgen]
impl Handle {
    /// Gives new settings; settings that cannot be read change nothing and are reported through `options.refused`.
    #[wasm_bindgen(js_name = applySettings)]
    pub fn apply_settings(&self, settings: JsValue) {
        self.0.apply_settings(settings);
    }

    /// A request of the popup or the keyboard, `{kind, …}`: the report for `report`, the number of broadcasts and adverts for
    /// `count` (null when nothing could be judged), null for any other.
    pub fn message(&self, request: JsValue) -> JsValue {
        let Some(wire::Request { kind, key, handle, brand }) = wire::request(&request) else { return JsValue::NULL };
        match kind.as_str() {
            "report" => return self.0.report().map_or(JsValue::NULL, |summary| wire::report(&summary)),
            "count" => return self.0.report().map_or(JsValue::NULL, |summary| wire::broadcasts(&summary)),
            "explain" => self.0.explain_focused(),
            "nextBroadcast" => self.0.go_to_next_broadcast(),
            "showAll" => self.0.event(Event::ShowAll),
            "restore" => {
                if let Some(key) = key {
                    self.0.event(Event::Restore(key));
                }
            }
            "isBrand" => {
                if let (Some(handle), Some(brand)) = (handle, brand) {
                    self.0.event(Event::IsBrand { handle, brand });
                }
            }
            _ => {}
        }
        JsValue::NULL
    }

    /// The next slice of observations as lines for the ledger, each with its end; empty when none waits, or the salt is none.
    ///
    /// Lines that begin with `b` are for the loader: room, brand, posts with a stance and conversation among them that this page
    /// has seen of each brand that the others speak of.
    pub fn rows(&self, salt: &str) -> String {
        Salt::from_hex(salt).map(|salt| self.0.drain(salt)).unwrap_or_default()
    }

    /// What the ledger knew of a brand before this page: posts with a stance, and conversation among them.
    pub fn record(&self, room: &str, handle: String, posts: u32, conversation: u32) {
        if let Some(room) = Room::from_id(room) {
            self.0.event(Event::Record { room, handle, posts, conversation });
        }
    }

    /// Goes on with what one slice had no time for; called after `options.later` has been.
    pub fn tick(&self) {
        self.0.tick();
    }

    /// Leaves the page as it was.
    pub fn stop(self) {
        self.0.stop();
    }
}

/// The verdict on one text and the words behind it, as the page's posts get it, in numbers (see [`wire::verdict`]); for benches
/// and tests.
///
/// # Errors
/// Names the room that does not exist.
#[wasm_bindgen]
pub fn verdict(text: &str, room: &str, is_reply: Option<bool>, lang: Option<String>) -> Result<Array, JsValue> {
    let room = Room::from_id(room).ok_or_else(|| JsValue::from(format!("no room `{room}`")))?;
    Ok(wire::verdict(&Judge::builtin().reasoned(&Input { text, room, is_reply, lang: lang.as_deref() })))
}
