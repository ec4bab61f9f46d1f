//! Any bytes are a model or an error: `cargo +nightly fuzz run model`.
#![no_main]

#[path = "../checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| checks::model(data));
