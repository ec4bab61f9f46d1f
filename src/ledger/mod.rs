//! Owns the rows, the merging and the metrics of the local record; never stores anything itself.
//!
//! A sighting becomes a [`Row`] ([`Sighting`]); sightings of one post merge; every row adds to an [`Aggregate`] of its brand, day
//! and surface, of which a [`Month`] holds a page; from pages alone come all [`metrics`]. What one batch changes in a store is a
//! [`Batch`]. On the way to the store and in it an entry is one line ([`Entry::to_line`], [`parse`]).

mod aggregate;
mod batch;
mod counted;
mod entry;
mod heads;
mod interval;
mod line;
mod majority;
pub mod metrics;
mod month;
mod month_bytes;
mod parse;
pub mod people;
pub mod room_fit;
mod row;
mod sample;
mod sighting;
mod simhash;
mod tally;

pub use aggregate::{Aggregate, DAY_MS, Reactions, Sum, TEXT_MIN_CHARS, contributions, day_of, of_stance};
pub use batch::{Batch, Changes, Known, prune};
pub use counted::Counted;
pub use entry::{ANSWER_MAX_MS, Entry, EntryKey, Question};
pub use heads::{Head, Heads, PageId};
pub use interval::{Interval, wilson};
pub use line::seen;
pub use majority::{Call, Majority, majority};
pub use month::{CellKey, Cells, Glance, Month, MonthKey, Packed, month_of};
pub use parse::parse;
pub use people::Salt;
pub use row::{Counts, Judged, Row, merge, ten_thousandths};
pub use sample::{Measure, median, ratio_by_day};
pub use sighting::{Sighting, model_version};
pub use simhash::{distance, simhash};
pub use tally::Tally;

/// Every message key of the room beside those of [`room_fit::RULES`]; the English words are in `_locales/en`.
pub const MESSAGE_KEYS: &[&str] = &["majority_broadcaster", "majority_conversationalist", "majority_open"];
