//! Owns what the verbs train, classify, eval and explain share.

pub mod axes;
pub mod calibrate;
pub mod data;
pub mod lab;
pub mod learn;
pub mod lexicon;
pub mod measure;
pub mod pipeline;
pub mod quantise;
pub mod report;
pub mod ship;
pub mod shrink;
pub mod vectors;
