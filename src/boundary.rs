//! Owns the few exported functions and their wire structs; never anything else.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The module's version, as in the manifest.
#[wasm_bindgen]
pub fn version() -> Vec<JsValue> {
    vec![JsValue::from_str(env!("CARGO_PKG_VERSION"))]
}
