//! Owns the decisions on a page, sans-IO: events in, commands out; never holds a node, never reads a clock.

mod contract;

pub use contract::*;
