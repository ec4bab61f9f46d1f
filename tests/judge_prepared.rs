//! Owns the promise that a model read in parts, and used before it is whole, is the model read at once. A process of its own: the
//! judge is made once in each.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use kibitz::classify::{BUILTIN, Input, Judge, Unpacking};
use kibitz::post::Room;

#[test]
fn a_model_read_in_parts_is_the_same() {
    let whole = Judge::load(BUILTIN).unwrap();
    let model = whole.model().unwrap();
    for most in [1, 1_000, usize::MAX] {
        let mut unpacking = Unpacking::begin(BUILTIN).unwrap();
        while !unpacking.part(most).unwrap() {}
        assert!(unpacking.is_read() && unpacking.part(most).unwrap(), "nothing is left");
        let read = unpacking.finish();
        assert_eq!(read.rows(), model.rows());
        assert!((0..model.rows() as u32).all(|place| read.row(place) == model.row(place)));
    }
    // Begun, then needed: the first use reads what is left.
    assert!(!Judge::prepare(1_000) && !Judge::prepare(1_000));
    let input = Input { text: "Thank you all, see you on Friday!", room: Room::X, is_reply: None, lang: None };
    assert_eq!(Judge::builtin().verdict(&input), whole.verdict(&input));
    assert!(Judge::prepare(1));
}
