//! Owns the characters of a post: normal form, tokens and features; never knows a class or a model.
//!
//! A post's text becomes [`tokens::Tokens`], each with its place in the original; tokens become hashed features, which
//! [`features::extract`] hands to a sink together with the tokens they rest on.
//! Everything here is total over any `&str` and linear in its length.

mod address;
mod amount;
pub mod chars;
pub mod features;
pub mod grapheme;
pub mod hash;
pub mod language;
pub mod lexicon;
pub mod normal;
mod scan;
pub mod table;
pub mod tokens;

/// Raised with every change that gives any text other features: a model trained for another version is refused.
pub const VERSION: u32 = 2;

/// A text up to a byte; nothing where no character ends there.
pub fn head(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or_default()
}

/// A text from a byte on; nothing where no character begins there.
pub fn tail(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or_default()
}
