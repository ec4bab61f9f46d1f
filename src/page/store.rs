//! Owns the settings as the loader keeps them; never reads or writes storage itself.

use js_sys::Function;
use wasm_bindgen::JsValue;

use crate::boundary::{settings_from_js, settings_to_js};
use crate::session::Settings;

/// The way to the loader's storage.
#[derive(Debug)]
pub struct Store {
    save: Function,
    refused: Function,
}

impl Store {
    /// `save(settings)` stores them whole; `refused(message)` learns why settings could not be read.
    pub fn new(save: Function, refused: Function) -> Self {
        Self { save, refused }
    }

    /// The settings in a plain object. Those that cannot be read are reported and give none: the loader then sets the
    /// stored ones aside before anything is written over them.
    pub fn read(&self, stored: JsValue) -> Option<Settings> {
        settings_from_js(stored)
            .map_err(|message| {
                let _ = self.refused.call1(&JsValue::NULL, &message.into());
            })
            .ok()
    }

    /// Hands the settings to the loader.
    pub fn write(&self, settings: &Settings) {
        let _ = self.save.call1(&JsValue::NULL, &settings_to_js(settings));
    }
}
