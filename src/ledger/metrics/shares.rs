//! Owns the metrics that are shares of posts or of questions; never a mean.

use crate::intent::Intent;
use crate::ledger::{Aggregate, Measure, median};

/// Fewest posts for a share to be shown in full colour: from 20 on the Wilson interval of any share is at most 0.41 wide.
pub const MIN_POSTS: u32 = 20;

/// Fewest questions for the share answered: at 10 the interval is at most 0.53 wide, and questions are rare.
pub const MIN_QUESTIONS: u32 = 10;

fn of_posts(aggregate: &Aggregate, hits: u32) -> Option<Measure> {
    Measure::share(hits, aggregate.tally.posts(), MIN_POSTS)
}

/// Conversation share: posts that talk *to* people ÷ posts with a stance (product specification, section 1). Paid posts are broadcasts.
/// n: posts with a stance. Wilson interval, minimum [`MIN_POSTS`].
pub fn conversation_share(aggregate: &Aggregate) -> Option<Measure> {
    of_posts(aggregate, aggregate.tally.conversation)
}

/// Exchange share: two-way posts (`care`, `reply`, `ask`, `community`) ÷ posts with a stance (product specification, section 3).
/// n: posts with a stance. Wilson interval, minimum [`MIN_POSTS`].
pub fn exchange_share(aggregate: &Aggregate) -> Option<Measure> {
    of_posts(aggregate, aggregate.tally.exchange)
}

/// Given share: posts that give freely (`share`) ÷ posts with a stance; with [`exchange_share`] it makes [`conversation_share`],
/// and apart from it a stream of headlines does not look like talk (product specification, section 3).
/// n: posts with a stance. Wilson interval, minimum [`MIN_POSTS`].
pub fn given_share(aggregate: &Aggregate) -> Option<Measure> {
    of_posts(aggregate, aggregate.tally.conversation.saturating_sub(aggregate.tally.exchange))
}

/// Ad share: posts that the platform marks as paid, or that are surely pure advertising ÷ posts with a stance.
/// n: posts with a stance. Wilson interval, minimum [`MIN_POSTS`].
pub fn ad_share(aggregate: &Aggregate) -> Option<Measure> {
    of_posts(aggregate, aggregate.adverts)
}

/// Reply share: answers to others ÷ posts with a stance (the inverse of Sprout's posts-to-replies, `peers.md` 3.5).
/// n: posts with a stance. Wilson interval, minimum [`MIN_POSTS`]. Low on a home feed whatever the brand does.
pub fn reply_share(aggregate: &Aggregate) -> Option<Measure> {
    of_posts(aggregate, aggregate.replies)
}

/// One part of the intent mix: posts with this intent ÷ posts with an intent that has a stance, paid posts by their words
/// (after Lovejoy and Saxton 2012, who split what non-profits post in the same way). None for [`Intent::Other`].
/// n: posts with such an intent. Wilson interval, minimum [`MIN_POSTS`].
pub fn intent_share(aggregate: &Aggregate, intent: Intent) -> Option<Measure> {
    intent.stance()?;
    let n = aggregate.intents.iter().sum::<u32>() - aggregate.intents[Intent::Other as usize];
    Measure::share(aggregate.intents[intent as usize], n, MIN_POSTS)
}

/// Bait share: posts that beg for likes, shares, follows, tags or comments (Meta's five kinds, `peers.md` 3.5) ÷ posts with an
/// intent that has a stance. n, interval and minimum as [`intent_share`].
pub fn bait_share(aggregate: &Aggregate) -> Option<Measure> {
    intent_share(aggregate, Intent::Bait)
}

/// Share of questions answered: questions put to the brand in threads that were seen and answered on screen within seven days ÷
/// those questions (quintly's reply rate, `peers.md` 3.5; answers that were not seen count as none, so the true share is higher).
/// n: questions. Wilson interval, minimum [`MIN_QUESTIONS`].
pub fn questions_answered(aggregate: &Aggregate) -> Option<Measure> {
    Measure::share(aggregate.answers.total(), aggregate.questions, MIN_QUESTIONS)
}

/// Median time to the answer in minutes, over the questions answered within seven days (Fanpage Karma: the median, because one
/// forgotten question moves a mean by days). n: answers. Exact interval of order statistics, minimum
/// [`crate::ledger::median`]'s own.
pub fn answer_minutes(aggregate: &Aggregate) -> Option<Measure> {
    median(&aggregate.answers.iter().collect::<Vec<_>>())
}
