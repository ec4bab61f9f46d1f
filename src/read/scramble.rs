//! Owns rows of characters that are shown in another order than they stand in the page, with decoys among them (Facebook's labels and ages); never asks for a layout.
//!
//! The site's class names are StyleX hashes: `x` and, to base 36, MurmurHash2 (seed 1) of `<>` property value `null`. So
//! `order:7` is always the same class, and no style need be computed. Checked against 61 classes of three saved pages, 2024–2025.

use super::node::{Child, Node};
use super::text::collapse;

/// Orders that have a known class; the longest row seen ends at 60.
const ORDERS: usize = 100;

/// Class numbers of `order:0`, `order:1` and so on.
const ORDER: [u32; ORDERS] = orders();

/// `display:none`.
const GONE: u32 = class(b"<>displaynonenull", 17);
/// `position:absolute`, out of the row.
const LIFTED: u32 = class(b"<>positionabsolutenull", 22);

const fn orders() -> [u32; ORDERS] {
    let mut all = [0; ORDERS];
    let mut order = 0;
    while order < ORDERS {
        let (tens, ones) = (b'0' + (order / 10) as u8, b'0' + (order % 10) as u8);
        all[order] = if order < 10 {
            class(&[b'<', b'>', b'o', b'r', b'd', b'e', b'r', ones, b'n', b'u', b'l', b'l'], 12)
        } else {
            class(&[b'<', b'>', b'o', b'r', b'd', b'e', b'r', tens, ones, b'n', b'u', b'l', b'l'], 13)
        };
        order += 1;
    }
    all
}

/// MurmurHash2 by Austin Appleby (public domain), seed 1.
const fn class(text: &[u8], len: usize) -> u32 {
    const M: u32 = 0x5bd1_e995;
    let mut hash = 1 ^ len as u32;
    let mut at = 0;
    while at + 4 <= len {
        let mut word = u32::from_le_bytes([text[at], text[at + 1], text[at + 2], text[at + 3]]).wrapping_mul(M);
        word ^= word >> 24;
        hash = hash.wrapping_mul(M) ^ word.wrapping_mul(M);
        at += 4;
    }
    if at < len {
        let mut shift = 0;
        while at < len {
            hash ^= (text[at] as u32) << shift;
            shift += 8;
            at += 1;
        }
        hash = hash.wrapping_mul(M);
    }
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> 15)
}

/// The number of a StyleX class; `None` for any other class: those are made at run time, for decoys.
fn number(class: &str) -> Option<u32> {
    let digits = class.strip_prefix('x').filter(|digits| digits.bytes().all(|byte| !byte.is_ascii_uppercase()))?;
    u32::from_str_radix(digits, 36).ok()
}

/// What an element's classes say of its place in the row.
enum Classed {
    /// They do not say.
    Nothing,
    /// It is a decoy.
    Decoy,
    Order(i32),
}

fn classed(classes: &str) -> Classed {
    let mut order = Classed::Nothing;
    for class in classes.split_ascii_whitespace() {
        match number(class) {
            None | Some(GONE | LIFTED) => return Classed::Decoy,
            Some(number) => {
                if let Some(found) = ORDER.iter().position(|known| *known == number) {
                    order = Classed::Order(i32::try_from(found).unwrap_or(0));
                }
            }
        }
    }
    order
}

/// Fewer elements than this make no row of characters.
const ROW_FROM: usize = 3;
/// An element of such a row holds one character, some with a mark.
const CHARACTERS_EACH: usize = 2;

/// The elements of the first row of single characters below a node; empty when there is none. They are `span`s; until 2022 some
/// were `div`s or `b`s, and an empty `span` stood before them.
pub fn row<N: Node>(node: &N) -> Vec<N> {
    let first = node.query("span:not(:has(*), :empty)").or_else(|| node.query("div:not(:has(*)), b:not(:has(*))"));
    let Some(row) = first.and_then(|first| first.parent()) else { return Vec::new() };
    let all: Vec<N> = row
        .children()
        .into_iter()
        .filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(_) => None,
        })
        .collect();
    let is_row = || row.text_content().chars().count() <= CHARACTERS_EACH * all.len();
    if all.len() >= ROW_FROM && is_row() { all } else { Vec::new() }
}

/// What a row shows, as its classes say; `None` when they say nothing of any order.
pub fn by_class<N: Node>(row: &[N]) -> Option<String> {
    let mut orders = 0;
    let shown = row.iter().filter_map(|element| match classed(&element.attr("class").unwrap_or_default()) {
        Classed::Decoy => None,
        Classed::Nothing => Some((0, element)),
        Classed::Order(order) => {
            orders += 1;
            Some((order, element))
        }
    });
    let text = read(shown.collect());
    (orders > 0).then_some(text)
}

/// What a row shows, as its computed style says; `None` when that says nothing of any order, nor drops anything.
pub fn by_style<N: Node>(row: &[N]) -> Option<String> {
    let shown: Vec<(i32, &N)> = row.iter().filter_map(|element| Some((element.order()?, element))).collect();
    let says = !shown.is_empty() && shown.len() < row.len() || shown.iter().any(|(order, _)| *order != 0);
    // Until 2021 the first letter stood in the row itself.
    let first = || match row.first()?.parent()?.children().into_iter().next()? {
        Child::Text(text) => Some(text),
        Child::Element(_) => None,
    };
    says.then(|| collapse(&[first().unwrap_or_default(), read(shown)].concat()))
}

fn read<N: Node>(mut shown: Vec<(i32, &N)>) -> String {
    shown.sort_by_key(|(order, _)| *order);
    let text: String = shown.iter().map(|(_, element)| element.text_content()).collect();
    collapse(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_the_ones_of_the_site() {
        for (class, order) in
            [("x1g77sc7", 0), ("x9ek82g", 1), ("x14yy4lh", 2), ("xo1ph6p", 3), ("xax70vg", 57), ("xclvua8", 60)]
        {
            assert_eq!(number(class), Some(ORDER[order]), "{class}");
        }
        assert_eq!((number("x1s85apg"), number("x10l6tqk")), (Some(GONE), Some(LIFTED)));
        for class in ["prhKlDNF", "vdux", "jrhKlDEL", "", "x", "xZ1"] {
            assert_eq!(number(class), None, "{class}");
        }
    }
}
