//! Owns the majority rule: what a brand may be called from the posts that were seen; never hides anything itself.

use super::{Interval, Tally, wilson};

/// What the majority rule calls a brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// The whole 95 % interval of the broadcast share lies above one half.
    Broadcaster,
    /// The whole interval lies below one half.
    Conversationalist,
    /// Mixed, or not enough seen.
    Open,
}

impl Call {
    /// The message key of the word for it.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Broadcaster => "majority_broadcaster",
            Self::Conversationalist => "majority_conversationalist",
            Self::Open => "majority_open",
        }
    }
}

/// The majority rule's answer with the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Majority {
    /// The word.
    pub call: Call,
    /// Share of broadcast among posts with a stance, 0.0..=1.0; one half while none was seen.
    pub broadcast_share: f64,
    /// Its 95 % Wilson interval.
    pub interval: Interval,
    /// Posts with a stance.
    pub n: u32,
}

/// Where the line between the two words lies.
const HALF: f64 = 0.5;

/// Applies the majority rule. By its definition four broadcasts and no conversation are the fewest that decide.
pub fn majority(tally: Tally) -> Majority {
    let n = tally.posts();
    let interval = wilson(tally.broadcast, n);
    let call = if interval.low > HALF {
        Call::Broadcaster
    } else if interval.high < HALF {
        Call::Conversationalist
    } else {
        Call::Open
    };
    let broadcast_share = if n == 0 { HALF } else { f64::from(tally.broadcast) / f64::from(n) };
    Majority { call, broadcast_share, interval, n }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(broadcast: u32, conversation: u32, call: Call) {
        let tally = Tally { conversation, exchange: 0, broadcast };
        assert_eq!(majority(tally).call, call, "{broadcast} broadcast, {conversation} conversation");
    }

    #[test]
    fn the_whole_interval_decides() {
        check(0, 0, Call::Open);
        check(3, 0, Call::Open);
        check(4, 0, Call::Broadcaster);
        check(0, 4, Call::Conversationalist);
        check(5, 5, Call::Open);
        check(7, 3, Call::Open);
        check(43, 9, Call::Broadcaster);
        check(41, 59, Call::Open);
        check(40, 60, Call::Conversationalist);
    }
}
