//! Owns everything that touches the page: reading over web-sys, watching, the overlay, the wiring; never decides.

pub mod host;
pub mod overlay;
pub mod words;
