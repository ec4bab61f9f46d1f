//! Owns the rows, the merging and the metrics of the local record; never stores anything itself.

mod interval;
mod majority;
pub mod room_fit;
mod tally;

pub use interval::{Interval, wilson};
pub use majority::{Call, Majority, majority};
pub use tally::Tally;
