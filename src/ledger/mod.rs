//! Owns the rows, the merging and the metrics of the local record; never stores anything itself.

mod interval;
mod majority;
pub mod room_fit;
mod row;
mod simhash;
mod tally;

pub use interval::{Interval, wilson};
pub use majority::{Call, Majority, majority};
pub use row::{Judged, Row, merge};
pub use simhash::{distance, simhash};
pub use tally::Tally;

/// Every message key of the room beside those of [`room_fit::RULES`]; the English words are in `_locales/en`.
pub const MESSAGE_KEYS: &[&str] = &["majority_broadcaster", "majority_conversationalist", "majority_open"];
