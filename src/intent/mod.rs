//! Owns the taxonomy as one table (id, stance, plain words); never scores anything.

/// Whether a post talks *to* people or *at* them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Two-way, or given freely.
    Conversation,
    /// One-way and self-serving.
    Broadcast,
}

impl Stance {
    /// The stable id used in files and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Broadcast => "broadcast",
        }
    }
}

/// What a post does mainly; the order is that of [`ALL`] and of every probability vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[allow(missing_docs)] // each variant is described once, in `ALL`
pub enum Intent {
    Care,
    Reply,
    Ask,
    Community,
    Share,
    Product,
    Offer,
    Event,
    Solicit,
    Bait,
    News,
    Other,
}

/// How many intents there are; the length of every probability vector.
pub const COUNT: usize = 12;

/// One row of the taxonomy.
#[derive(Debug)]
pub struct Info {
    /// The intent this row describes.
    pub intent: Intent,
    /// The stable id used in files, on the command line and as the end of message keys (`intent_care`).
    pub id: &'static str,
    /// The stance that follows from the intent; none for [`Intent::Other`], which is never badged.
    pub stance: Option<Stance>,
    /// What such a post does, in one line of plain English (the annotation guide's words).
    pub meaning: &'static str,
}

/// The taxonomy, in the order of [`Intent`].
pub const ALL: [Info; COUNT] = {
    use Intent::*;
    const C: Option<Stance> = Some(Stance::Conversation);
    const B: Option<Stance> = Some(Stance::Broadcast);
    const fn row(intent: Intent, id: &'static str, stance: Option<Stance>, meaning: &'static str) -> Info {
        Info { intent, id, stance, meaning }
    }
    [
        row(Care, "care", C, "customer service: helps, apologises, asks for details, moves to a private message"),
        row(Reply, "reply", C, "talks with someone in particular: thanks, banter, congratulation, agreement"),
        row(Ask, "ask", C, "asks the readers for their view, memory, choice or idea, for its own sake"),
        row(
            Community,
            "community",
            C,
            "puts people in front: shout-outs, fans' work, members' stories, invitations to meet",
        ),
        row(Share, "share", C, "gives readers something useful or enjoyable with nothing to sell"),
        row(Product, "product", B, "puts a product, service, feature or the brand's image forward"),
        row(Offer, "offer", B, "price, discount, sale, coupon, free gift, limited stock"),
        row(Event, "event", B, "come, watch, listen, tune in to the brand's show"),
        row(Solicit, "solicit", B, "asks for money, a sign-up, a download, a vote, a visit, an application"),
        row(Bait, "bait", B, "begs for likes, shares, follows, tags, comments"),
        row(News, "news", B, "the brand about itself: results, awards, hires, partnerships, positions"),
        row(Other, "other", None, "nothing to judge"),
    ]
};

impl Intent {
    /// This intent's row of the taxonomy.
    pub const fn info(self) -> &'static Info {
        &ALL[self as usize]
    }

    /// The stance that follows; none for [`Intent::Other`].
    pub const fn stance(self) -> Option<Stance> {
        self.info().stance
    }

    /// The intent with this id; none for an unknown one.
    pub fn from_id(id: &str) -> Option<Self> {
        ALL.iter().find(|row| row.id == id).map(|row| row.intent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_stands_at_its_own_index() {
        for (at, row) in ALL.iter().enumerate() {
            assert_eq!(row.intent as usize, at, "{}", row.id);
            assert_eq!(Intent::from_id(row.id), Some(row.intent));
        }
    }
}
