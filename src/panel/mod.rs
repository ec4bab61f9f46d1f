//! Owns what popup, options and dashboard need from the core; never touches a feed.
//!
//! Built a second time with the feature `panel`, it is a module of its own, for the extension's pages and its background; what
//! it reads and writes ([`wire`], [`file`], [`table`]) is compiled natively as well, so that the developer's verbs write the same
//! files.

#[cfg(target_arch = "wasm32")]
pub mod exports;
#[cfg(target_arch = "wasm32")]
pub mod exports_book;
#[cfg(target_arch = "wasm32")]
pub mod exports_files;
pub mod file;
pub mod links;
pub mod outline;
pub mod table;
pub mod wire;
