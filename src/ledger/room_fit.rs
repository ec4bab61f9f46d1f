//! Owns the opinion how a post suits the room it was posted in: a sum of few named rules; never changes a stance.
//!
//! Facebook is a coffee klatch, X a cocktail party, LinkedIn a networking event, Instagram a photo album; the other rooms by
//! the same reasoning. Each rule has a sentence for the dialog under its message key.

use crate::intent::Intent;
use crate::post::Room;

/// What a rule may look at.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    /// The room.
    pub room: Room,
    /// What the post does.
    pub intent: Intent,
    /// The author's own words.
    pub text: &'a str,
    /// Addresses linked to.
    pub links: usize,
    /// Pictures and videos, where known.
    pub media: Option<u32>,
    /// Whether it answers another post.
    pub is_reply: bool,
    /// Whether it is paid for, or says that it is an advert.
    pub is_marked_ad: bool,
}

/// Room fit of one post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// −2 (out of place) ..= 2 (at home).
    pub points: i8,
    /// Message keys of the rules that spoke, in the order of [`RULES`].
    pub rules: Vec<&'static str>,
}

/// One named rule.
#[derive(Debug)]
pub struct Rule {
    /// Message key of its sentence.
    pub key: &'static str,
    /// What it adds when it speaks.
    pub points: i8,
    /// The rooms in which it is asked.
    pub rooms: &'static [Room],
    /// Whether it speaks.
    pub speaks: fn(&Matter<'_>) -> bool,
}

/// "Short" where people speak in passing: half of X's classic 280 characters.
const SHORT_CHARS: usize = 140;
/// "Long" there: X's classic limit.
const LONG_CHARS: usize = 280;
/// A caption that the picture or video can carry.
const CAPTION_CHARS: usize = 150;
/// Everyday talk seldom runs longer than a paragraph.
const PARAGRAPH_CHARS: usize = 500;
/// More hashtags than this are made for reach, not for readers.
const SPARING_TAGS: usize = 2;
/// LinkedIn's own advice is three to five.
const BUSINESS_TAGS: usize = 5;
/// A written-together tag of this many letters cannot be read aloud without CamelCase.
const LONG_TAG_CHARS: usize = 12;
/// More links than this turn a caption into a list.
const FEW_LINKS: usize = 2;

const PARTY: &[Room] = &[Room::X, Room::Threads, Room::Bluesky];

/// Every rule, in the order in which the dialog lists them.
pub const RULES: &[Rule] = &[
    Rule { key: "fit_short", points: 1, rooms: PARTY, speaks: |m| !m.text.is_empty() && m.chars() <= SHORT_CHARS },
    Rule { key: "fit_long", points: -1, rooms: PARTY, speaks: |m| m.chars() > LONG_CHARS },
    Rule { key: "fit_answers", points: 1, rooms: PARTY, speaks: |m| m.is_reply || m.is_exchange() },
    Rule {
        key: "fit_many_tags",
        points: -1,
        rooms: &[Room::X, Room::Threads, Room::Bluesky, Room::Facebook, Room::Mastodon],
        speaks: |m| m.tags().count() > SPARING_TAGS,
    },
    Rule { key: "fit_campaign", points: -1, rooms: &[Room::Threads, Room::Bluesky], speaks: |m| m.is_sale() },
    Rule {
        key: "fit_everyday",
        points: 1,
        rooms: &[Room::Facebook],
        speaks: |m| m.is_conversation() && m.chars() <= PARAGRAPH_CHARS,
    },
    Rule {
        key: "fit_picture",
        points: 1,
        rooms: &[Room::Facebook, Room::Instagram],
        speaks: |m| m.media.is_some_and(|n| n > 0),
    },
    Rule { key: "fit_press_tone", points: -1, rooms: &[Room::Facebook], speaks: |m| m.intent == Intent::News },
    Rule {
        key: "fit_business",
        points: 1,
        rooms: &[Room::Linkedin],
        speaks: |m| matches!(m.intent, Intent::News | Intent::Share | Intent::Event),
    },
    Rule { key: "fit_sociable", points: 1, rooms: &[Room::Linkedin], speaks: |m| m.is_reply || m.is_exchange() },
    Rule { key: "fit_hard_sale", points: -2, rooms: &[Room::Linkedin], speaks: |m| m.intent == Intent::Offer },
    Rule { key: "fit_tag_list", points: -1, rooms: &[Room::Linkedin], speaks: |m| m.tags().count() > BUSINESS_TAGS },
    Rule { key: "fit_no_picture", points: -1, rooms: &[Room::Instagram], speaks: |m| m.media == Some(0) },
    Rule { key: "fit_caption_links", points: -1, rooms: &[Room::Instagram], speaks: |m| m.links > 0 },
    Rule { key: "fit_readable_tags", points: 1, rooms: &[Room::Mastodon], speaks: |m| m.tags().any(is_camel) },
    Rule {
        key: "fit_unreadable_tags",
        points: -1,
        rooms: &[Room::Mastodon],
        speaks: |m| m.tags().any(is_run_together),
    },
    Rule { key: "fit_answers", points: 1, rooms: &[Room::Mastodon], speaks: |m| m.is_reply || m.is_exchange() },
    Rule { key: "fit_useful", points: 1, rooms: &[Room::Reddit], speaks: |m| m.is_conversation() },
    Rule { key: "fit_not_plain", points: -1, rooms: &[Room::Reddit], speaks: |m| m.tags().count() > 0 },
    Rule { key: "fit_undisclosed", points: -1, rooms: &[Room::Reddit], speaks: |m| m.is_sale() && !m.is_marked_ad },
    Rule {
        key: "fit_caption",
        points: 1,
        rooms: &[Room::Youtube, Room::Tiktok],
        speaks: |m| !m.text.is_empty() && m.chars() <= CAPTION_CHARS,
    },
    Rule { key: "fit_link_list", points: -1, rooms: &[Room::Youtube, Room::Tiktok], speaks: |m| m.links > FEW_LINKS },
    Rule {
        key: "fit_begging",
        points: -1,
        rooms: &[
            Room::X,
            Room::Linkedin,
            Room::Facebook,
            Room::Instagram,
            Room::Threads,
            Room::Bluesky,
            Room::Reddit,
            Room::Youtube,
            Room::Tiktok,
        ],
        speaks: |m| m.intent == Intent::Bait,
    },
    Rule { key: "fit_begging", points: -2, rooms: &[Room::Mastodon], speaks: |m| m.intent == Intent::Bait },
];

/// How the post suits its room; nothing is said of [`Room::Generic`] and of posts with nothing to judge.
pub fn room_fit(matter: &Matter<'_>) -> Fit {
    if matter.intent == Intent::Other {
        return Fit::default();
    }
    let mut fit = Fit::default();
    for rule in RULES.iter().filter(|rule| rule.rooms.contains(&matter.room) && (rule.speaks)(matter)) {
        fit.points += rule.points;
        fit.rules.push(rule.key);
    }
    fit.points = fit.points.clamp(-2, 2);
    fit
}

impl Matter<'_> {
    fn chars(&self) -> usize {
        self.text.chars().count()
    }

    fn is_conversation(&self) -> bool {
        self.intent.stance() == Some(crate::intent::Stance::Conversation)
    }

    fn is_exchange(&self) -> bool {
        matches!(self.intent, Intent::Care | Intent::Reply | Intent::Ask | Intent::Community)
    }

    fn is_sale(&self) -> bool {
        matches!(self.intent, Intent::Product | Intent::Offer | Intent::Solicit | Intent::Bait)
    }

    /// Hashtags without their sign; a sign needs a letter after it ("#1" is a rank).
    fn tags(&self) -> impl Iterator<Item = &str> {
        self.text.split('#').skip(1).filter_map(|rest| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            rest.get(..end).filter(|tag| tag.chars().any(char::is_alphabetic))
        })
    }
}

/// Two words or more, each with a capital: `#CamelCase`.
fn is_camel(tag: &str) -> bool {
    tag.chars().filter(|c| c.is_uppercase()).count() >= 2 && tag.chars().any(char::is_lowercase)
}

/// A long tag in one case: several words run together.
fn is_run_together(tag: &str) -> bool {
    tag.chars().filter(|c| c.is_lowercase() || c.is_uppercase()).count() >= LONG_TAG_CHARS
        && tag.chars().skip(1).all(|c| !c.is_uppercase() && c != '_')
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn matter(room: Room, intent: Intent, text: &str) -> Matter<'_> {
        Matter { room, intent, text, links: 0, media: None, is_reply: false, is_marked_ad: false }
    }

    #[track_caller]
    fn check(matter: &Matter<'_>, points: i8, rules: &[&str]) {
        let fit = room_fit(matter);
        assert_eq!((fit.points, &fit.rules[..]), (points, rules), "{matter:?}");
    }

    #[test]
    fn each_room_has_its_own_manners() {
        let long = "word ".repeat(120);
        check(&matter(Room::X, Intent::Product, "Out now"), 1, &["fit_short"]);
        check(&matter(Room::X, Intent::Ask, "Milk first?"), 2, &["fit_short", "fit_answers"]);
        check(&matter(Room::X, Intent::News, &long), -1, &["fit_long"]);
        check(&matter(Room::X, Intent::Bait, "RT #win #free #now"), -1, &["fit_short", "fit_many_tags", "fit_begging"]);
        check(
            &Matter { is_reply: true, ..matter(Room::Bluesky, Intent::Product, &long) },
            -1,
            &["fit_long", "fit_answers", "fit_campaign"],
        );
        check(
            &Matter { media: Some(1), ..matter(Room::Facebook, Intent::Community, "Come over") },
            2,
            &["fit_everyday", "fit_picture"],
        );
        check(&matter(Room::Facebook, Intent::News, &long), -1, &["fit_press_tone"]);
        check(&matter(Room::Linkedin, Intent::News, &long), 1, &["fit_business"]);
        check(&matter(Room::Linkedin, Intent::Ask, &long), 1, &["fit_sociable"]);
        check(&matter(Room::Linkedin, Intent::Offer, "20% off"), -2, &["fit_hard_sale"]);
        check(&matter(Room::Linkedin, Intent::Bait, "#a #b #c #d #e #f"), -2, &["fit_tag_list", "fit_begging"]);
        check(
            &Matter { media: Some(0), links: 1, ..matter(Room::Instagram, Intent::Share, "x") },
            -2,
            &["fit_no_picture", "fit_caption_links"],
        );
        check(&matter(Room::Mastodon, Intent::Share, "#CamelCase"), 1, &["fit_readable_tags"]);
        check(&matter(Room::Mastodon, Intent::Bait, "#writtentogether"), -2, &["fit_unreadable_tags", "fit_begging"]);
        check(&matter(Room::Reddit, Intent::Care, "Try this"), 1, &["fit_useful"]);
        check(&matter(Room::Reddit, Intent::Product, "#new"), -2, &["fit_not_plain", "fit_undisclosed"]);
        check(&Matter { is_marked_ad: true, ..matter(Room::Reddit, Intent::Product, "New") }, 0, &[]);
        check(
            &Matter { links: 3, ..matter(Room::Youtube, Intent::Share, "Clip") },
            0,
            &["fit_caption", "fit_link_list"],
        );
        check(&matter(Room::Generic, Intent::Offer, "20% off"), 0, &[]);
        check(&matter(Room::X, Intent::Other, "…"), 0, &[]);
    }

    #[test]
    fn a_tag_needs_a_letter() {
        let matter = matter(Room::X, Intent::News, "We are #1! #yes, #日本語 # no #a_b");
        assert_eq!(matter.tags().collect::<Vec<_>>(), ["yes", "日本語", "a_b"]);
    }

    #[test]
    fn every_rule_can_speak() {
        let spoken: BTreeSet<&str> = RULES.iter().map(|rule| rule.key).collect();
        let source = include_str!("room_fit.rs");
        let tests = source.split("#[cfg(test)]").nth(1).expect("this module");
        for key in spoken {
            assert!(tests.contains(&format!("\"{key}\"")), "no test lets {key} speak");
        }
    }
}
