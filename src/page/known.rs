//! Owns the constants that cross to the page's side again and again, each encoded once; never holds what a page said.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::JsString;

/// Places for constants, of which there are some hundreds: a power of two, and so many that two rarely want the same.
const PLACES: usize = 2048;

/// A constant is known by where it stands and how long it is: nothing else ever stands there.
type Known = Option<(*const u8, usize, Rc<JsString>)>;

thread_local! {
    static KNOWN: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

/// A constant text as the page's side has it, encoded at the first time only.
#[inline(never)]
pub fn known(text: &'static str) -> Rc<JsString> {
    KNOWN.with_borrow_mut(|known| {
        if known.is_empty() {
            known.resize(PLACES, None);
        }
        let key = (text.as_ptr(), text.len());
        // Constants stand side by side, so where one begins spreads them well; whose place is taken goes next door.
        let home = (text.as_ptr() as usize ^ text.len() << 5) % PLACES;
        for at in [home, home ^ 1] {
            if let Some((start, length, encoded)) = &known[at]
                && (*start, *length) == key
            {
                return Rc::clone(encoded);
            }
        }
        let encoded = Rc::new(JsString::from(text));
        let at = if known[home].is_none() { home } else { home ^ 1 };
        known[at] = Some((key.0, key.1, Rc::clone(&encoded)));
        encoded
    })
}
