//! Owns every number the dashboard shows of a brand, one function each, from aggregates alone; never touches a row.
//!
//! What is measured is what the reader's feed showed. A home feed shows few of a brand's answers, so numbers are compared only
//! between like surfaces: a [`Filter`] names them.

mod automation;
mod book;
mod rates;
mod shares;
mod texts;

pub use automation::{Automation, AutomationCall, automation, clock_share, interval_share};
pub use book::{Book, Brand, BrandId, Day, Filter, Seen, Timed};
pub use rates::{MIN_DAYS, Reaction, cadence, mean_room_fit, people_per_100, reactions_per_post};
pub use shares::{
    MIN_POSTS, MIN_QUESTIONS, ad_share, answer_minutes, bait_share, conversation_share, exchange_share, given_share,
    intent_share, questions_answered, reply_share,
};
pub use texts::{CROSS_POST_DAYS, NEAR_BITS, cross_posting, repeated_share};
