//! Any text has a verdict that keeps its promises: `cargo +nightly fuzz run verdict`.
#![no_main]

#[path = "../checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::verdict(data));
