//! Owns everything that touches the page: reading over web-sys, watching, the overlay, the wiring; never decides.

pub mod app;
pub mod dom;
pub mod ground;
pub mod host;
pub mod known;
pub mod observe;
pub mod overlay;
mod shows;
pub mod store;
pub mod watch;
pub mod words;
pub mod work;
mod work_keys;
