//! Kibitz reads the posts of brands in social feeds and says of each whether it talks *to* people or *at* them.
//!
//! The rooms stand in one order, lowest first; each may use those above it in this list and none below
//! (`tests/layers.rs` keeps the order):
//! [`sorted`], [`text`], [`intent`], [`post`], [`classify`], [`brand`], [`platforms`] and [`read`], [`ledger`], [`session`];
//! then, in the browser only, `page` and `boundary`; and `panel`, which with the feature of that name takes their place.

// A cut inside a character panics; `text::head` and `text::tail` are total.
#![cfg_attr(not(test), deny(clippy::string_slice))]

pub mod brand;
pub mod classify;
pub mod intent;
pub mod ledger;
pub mod platforms;
pub mod post;
pub mod read;
pub mod session;
pub mod sorted;
pub mod text;

#[cfg(all(target_arch = "wasm32", not(feature = "panel")))]
pub mod boundary;
#[cfg(all(target_arch = "wasm32", not(feature = "panel")))]
pub mod page;
#[cfg(any(not(target_arch = "wasm32"), feature = "panel"))]
pub mod panel;

/// 3 KB smaller in the packed module than the allocator that std brings along.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
