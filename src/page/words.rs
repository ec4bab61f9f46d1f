//! Owns the lookup of interface messages; never holds a word itself.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Array, Function};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "i18n"], js_name = getMessage)]
    fn get_message(key: &str, substitutions: &Array) -> Result<JsValue, JsValue>;
}

/// The messages of the user's language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    lookup: Option<Function>,
    plain: RefCell<BTreeMap<String, String>>,
}

impl Words {
    /// Messages as the browser's `chrome.i18n.getMessage` gives them.
    pub fn new() -> Self {
        Self::default()
    }

    /// Messages as this function gives them: `(key, [substitution, …]) -> string`, empty for an unknown key.
    pub fn from_function(lookup: Function) -> Self {
        Self { lookup: Some(lookup), plain: RefCell::default() }
    }

    /// The message; empty when there is none.
    pub fn get(&self, key: &str) -> String {
        if let Some(known) = self.plain.borrow().get(key) {
            return known.clone();
        }
        let found = self.ask(key, &[]);
        self.plain.borrow_mut().insert(key.to_owned(), found.clone());
        found
    }

    /// The message with `$1`, `$2` … filled in; empty when there is none.
    pub fn with(&self, key: &str, substitutions: &[&str]) -> String {
        self.ask(key, substitutions)
    }

    /// Whether the user's language is written from right to left.
    pub fn is_rtl(&self) -> bool {
        self.get("@@bidi_dir") == "rtl"
    }

    fn ask(&self, key: &str, substitutions: &[&str]) -> String {
        let list: Array = substitutions.iter().map(|text| JsValue::from(*text)).collect();
        let answer = match &self.lookup {
            Some(lookup) => lookup.call2(&JsValue::NULL, &key.into(), &list),
            None => get_message(key, &list),
        };
        answer.ok().and_then(|text| text.as_string()).unwrap_or_default()
    }
}

/// A name of the page's between isolating marks, so that its direction does not upset the sentence around it.
pub fn isolated(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}
