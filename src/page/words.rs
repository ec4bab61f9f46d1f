//! Owns the lookup of interface messages; never holds a word itself.

use crate::sorted::Map;
use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::JsValue;

/// The messages of the user's language.
#[derive(Clone, Debug)]
pub struct Words {
    lookup: Function,
    plain: RefCell<Map<String, String>>,
}

impl Words {
    /// Messages as this function gives them: `(key, first, second) -> string`, the key itself or nothing for an unknown key.
    pub fn from_function(lookup: Function) -> Self {
        Self { lookup, plain: RefCell::default() }
    }

    /// The message; empty when there is none.
    pub fn get(&self, key: &str) -> String {
        if let Some(known) = self.plain.borrow().get(key) {
            return known.clone();
        }
        let found = self.ask(key, ["", ""]);
        self.plain.borrow_mut().insert(key.to_owned(), found.clone());
        found
    }

    /// The message with `$1` and `$2` filled in; empty when there is none.
    pub fn with(&self, key: &str, substitutions: [&str; 2]) -> String {
        self.ask(key, substitutions)
    }

    /// Whether the user's language is written from right to left.
    pub fn is_rtl(&self) -> bool {
        self.get("@@bidi_dir") == "rtl"
    }

    fn ask(&self, key: &str, [first, second]: [&str; 2]) -> String {
        let answer = self.lookup.call3(&JsValue::NULL, &key.into(), &first.into(), &second.into());
        answer.ok().and_then(|text| text.as_string()).filter(|text| text != key).unwrap_or_default()
    }
}

/// A name of the page's between isolating marks, so that its direction does not upset the sentence around it.
pub fn isolated(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

/// Every message that the overlay asks for by itself; reasons, rules and toasts come with the session's commands.
pub const KEYS: &[&str] = &[
    "badge_conversation",
    "badge_broadcast",
    "badge_advert",
    "badge_unsure",
    "badge_unsure_mark",
    "badge_label",
    "badge_label_unsure",
    "intent_care",
    "intent_reply",
    "intent_ask",
    "intent_community",
    "intent_share",
    "intent_product",
    "intent_offer",
    "intent_event",
    "intent_solicit",
    "intent_bait",
    "intent_news",
    "intent_other",
    "meaning_care",
    "meaning_reply",
    "meaning_ask",
    "meaning_community",
    "meaning_share",
    "meaning_product",
    "meaning_offer",
    "meaning_event",
    "meaning_solicit",
    "meaning_bait",
    "meaning_news",
    "meaning_other",
    "room_x",
    "room_linkedin",
    "room_facebook",
    "room_instagram",
    "room_threads",
    "room_bluesky",
    "room_mastodon",
    "room_reddit",
    "room_youtube",
    "room_tiktok",
    "room_generic",
    "fold_advert",
    "fold_event",
    "fold_solicit",
    "fold_bait",
    "fold_broadcast",
    "fold_merged",
    "fold_show",
    "profile_broadcast",
    "profile_conversation",
    "profile_open",
    "toast_undo",
    "toast_dismiss",
    "why_close",
    "why_very_sure",
    "why_fairly_sure",
    "why_rather_sure",
    "why_not_sure",
    "why_percent",
    "why_evidence",
    "why_no_phrase",
    "why_against",
    "why_phrase",
    "why_fit",
    "why_fit_note",
    "why_fits_very_well",
    "why_fits_well",
    "why_fits_neither",
    "why_fits_rather_not",
    "why_fits_not",
    "why_brand",
    "why_record",
    "why_paid",
    "why_disclosed",
    "why_words_alone",
    "why_corrected",
    "why_yours",
    "why_uncorrect",
    "why_wrong",
    "why_do_adverts",
    "why_do_never",
    "why_do_watch",
    "why_do_person",
];
