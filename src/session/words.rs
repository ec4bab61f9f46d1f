//! Owns the list of message keys that the session speaks with; never the words themselves.

/// Every message key that a [`super::Command`] or a report of the session can carry, other than those of [`crate::brand`] and
/// [`crate::ledger`]; the English words are in `_locales/en`.
pub const MESSAGE_KEYS: &[&str] = &[
    "health_no_author",
    "health_no_words",
    "health_unread",
    "toast_brand_no",
    "toast_brand_yes",
    "toast_corrected",
    "toast_correction_back",
    "toast_hide_off",
    "toast_hide_on",
    "toast_never_off",
    "toast_never_on",
    "toast_shown_all",
    "toast_watch_off",
    "toast_watch_on",
];
