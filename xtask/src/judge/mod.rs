//! Owns what the verbs train, classify, eval and explain share.

pub mod data;
pub mod lab;
pub mod learn;
pub mod lexicon;
pub mod measure;
pub mod pipeline;
pub mod ship;
pub mod vectors;
