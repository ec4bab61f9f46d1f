//! Owns the constants that cross to the page's side again and again, each encoded once; never holds what a page said.

use std::cell::RefCell;

use js_sys::JsString;

use crate::sorted::Map;

thread_local! {
    /// Constants as the page's side has them, by place and length; the text itself tells a constant from what stood there before.
    static KNOWN: RefCell<Constants> = RefCell::default();
}

type Constants = Map<(usize, usize), (Box<str>, JsString)>;

/// So many texts are known at most: constants are some hundreds, and what a platform puts together at run time is another text
/// each time.
const KNOWN_AT_MOST: usize = 1024;

/// Hands over a constant text without encoding it anew; `work` calls nothing that asks for another.
pub fn known<T>(text: &str, work: impl FnOnce(&JsString) -> T) -> T {
    let encoded = || (Box::from(text), JsString::from(text));
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= KNOWN_AT_MOST {
            known.clear();
        }
        let entry = known.get_or_insert_with((text.as_ptr() as usize, text.len()), encoded);
        if *entry.0 != *text {
            *entry = encoded();
        }
        work(&entry.1)
    })
}
