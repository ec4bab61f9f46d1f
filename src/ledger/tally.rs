//! Owns the counts of one author's posts by what they do; never knows which posts.

use crate::intent::{Intent, Stance};

/// How many posts of each kind were seen; [`Intent::Other`] counts in no share and so in no field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Conversation of every intent.
    pub conversation: u32,
    /// Two-way conversation among it: `care`, `reply`, `ask`, `community`; the rest of it is `share`, given freely.
    pub exchange: u32,
    /// Broadcast of every intent.
    pub broadcast: u32,
}

impl Tally {
    /// The tally of a single post.
    pub const fn of(intent: Intent) -> Self {
        let (conversation, exchange, broadcast) = match intent {
            Intent::Care | Intent::Reply | Intent::Ask | Intent::Community => (1, 1, 0),
            Intent::Share => (1, 0, 0),
            Intent::Product | Intent::Offer | Intent::Event | Intent::Solicit | Intent::Bait | Intent::News => {
                (0, 0, 1)
            }
            Intent::Other => (0, 0, 0),
        };
        Self { conversation, exchange, broadcast }
    }

    /// The tally of a single post of which only the stance is certain (a paid post is a broadcast whatever its words).
    pub const fn of_stance(stance: Stance) -> Self {
        match stance {
            Stance::Conversation => Self { conversation: 1, exchange: 0, broadcast: 0 },
            Stance::Broadcast => Self { conversation: 0, exchange: 0, broadcast: 1 },
        }
    }

    /// Posts with a stance.
    pub const fn posts(self) -> u32 {
        self.conversation.saturating_add(self.broadcast)
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            conversation: self.conversation.saturating_add(other.conversation),
            exchange: self.exchange.saturating_add(other.exchange),
            broadcast: self.broadcast.saturating_add(other.broadcast),
        }
    }

    /// This without `other`, which was counted before.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self {
            conversation: self.conversation.saturating_sub(other.conversation),
            exchange: self.exchange.saturating_sub(other.exchange),
            broadcast: self.broadcast.saturating_sub(other.broadcast),
        }
    }

    /// Share of conversation, 0.0..=1.0; none before the first post.
    pub fn conversation_share(self) -> Option<f64> {
        share(self.conversation, self.posts())
    }

    /// Share of two-way conversation, 0.0..=1.0; none before the first post.
    pub fn exchange_share(self) -> Option<f64> {
        share(self.exchange, self.posts())
    }
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intent::ALL;

    #[test]
    fn one_post_of_each_intent() {
        let tally = ALL.iter().fold(Tally::default(), |sum, row| sum.plus(Tally::of(row.intent)));
        assert_eq!(tally, Tally { conversation: 5, exchange: 4, broadcast: 6 });
        assert_eq!(tally.posts(), 11, "`other` counts in no share");
        assert_eq!(tally.conversation_share(), Some(5.0 / 11.0));
        assert_eq!(tally.exchange_share(), Some(4.0 / 11.0));
        assert_eq!(tally.minus(Tally::of(Intent::Care)).exchange, 3);
        assert_eq!(Tally::default().conversation_share(), None);
    }

    #[test]
    fn the_tally_follows_the_stance_of_the_taxonomy() {
        for row in &ALL {
            let tally = Tally::of(row.intent);
            let expected = row.stance.map_or(Tally::default(), Tally::of_stance);
            assert_eq!(
                (tally.conversation, tally.broadcast),
                (expected.conversation, expected.broadcast),
                "{}",
                row.id
            );
        }
    }
}
