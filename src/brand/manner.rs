//! Owns how an author writes over several posts seen, as odds of a brand; never decides by one post, never keeps a text.
//!
//! Each distinct post gives a few yes-or-no traits; an author is a tally of them, and the tally is a sum of log-odds (naive
//! Bayes). Paid posts are left out by the caller: they are not how an author usually writes, and persons buy them too.

use super::evidence::words;
use super::words::fold;

/// Number of traits.
pub const TRAITS: usize = 8;
/// The first of them are told of posts that answer nobody only: answers have neither links nor campaigns.
const OF_FIRST_POSTS: usize = 3;

/// Posts in 100 that have a trait: of brands, of persons.
///
/// In order: a link, a hashtag, a call to act; *we* (or the signature of one of a team), *I*, *you*, a small letter at the
/// beginning, casual speech.
/// Brands: means over twelve sources of the data, each source counting once. Persons: for links the share among all tweets of
/// 2010 (22, boyd, Golder and Lotan, "Tweet, Tweet, Retweet"), else the invented persons of `tests/people/posts.txt`, each
/// moved towards the brands' figure, so that a person who writes more like a brand than most is not yet taken for one.
/// `tests/brand_manner.rs` measures both again.
pub const RATES: [(u8, u8); TRAITS] = [(49, 30), (52, 20), (11, 4), (26, 8), (5, 30), (28, 15), (6, 25), (1, 6)];

/// Hundredths of log-odds for a brand when a post has the trait and when it has not: 100 ln(b / p), 100 ln((1 − b) / (1 − p)).
pub const LOG_ODDS: [(i16, i16); TRAITS] =
    [(49, -32), (96, -51), (101, -8), (118, -22), (-179, 31), (62, -17), (-143, 23), (-179, 5)];

/// Posts after which more of them count no more, but their mean is better known: posts of one author are alike, so they are no
/// independent witnesses.
const WITNESSES: i32 = 8;
/// Fewer posts say nothing.
pub const LEAST_POSTS: u8 = 6;
/// Posts counted of an author.
pub const MOST_POSTS: u8 = 24;
/// From so many posts on [`ALONE`] suffices, with fewer it takes [`ALONE_EARLY`].
pub const MANY_POSTS: u8 = 10;
/// Hundredths of log-odds from which the manner alone tells a brand. Of 28 invented persons the highest has 114; of 34 times
/// twelve posts of a community account (real posts, another woman each week) one goes beyond 400, two go beyond 300.
pub const ALONE: i32 = 400;
/// The same with few posts.
pub const ALONE_EARLY: i32 = 600;
/// The same where name or handle say something for a brand that does not suffice alone.
pub const WITH_WORDS: i32 = 200;
/// Hundredths of log-odds below which an author of whom nothing speaks for a brand is a person.
pub const PERSON: i32 = -700;
/// Characters of a post that are looked at.
const LOOKED_AT_CHARS: usize = 600;

/// The traits of one post, a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    bits: u8,
    is_reply: bool,
}

impl Sight {
    /// Whether the post has a trait, in the order of [`RATES`]; false beyond the last.
    pub const fn has(self, nth: usize) -> bool {
        nth < TRAITS && self.bits >> nth & 1 == 1
    }
}

/// Looks at one post; none where there are no words. `has_link` says of a link that the page shows beside the text.
pub fn sight(text: &str, has_link: bool, is_reply: bool) -> Option<Sight> {
    let end = text.char_indices().nth(LOOKED_AT_CHARS).map_or(text.len(), |(at, _)| at);
    let text = text.get(..end).unwrap_or_default();
    let folded = fold(text);
    let mut bits = u8::from(has_link || folded.contains("://")) | u8::from(folded.contains('#')) << 1;
    let mut has_words = false;
    let mut parts = folded.split_whitespace().filter(|part| !part.contains("://") && !part.starts_with('@'));
    for word in parts.by_ref().flat_map(words) {
        has_words = true;
        // "I'm", "j'ai", "we've": what stands before the apostrophe, else the whole ("don't").
        let head = word.split(['\'', '’']).next().unwrap_or_default();
        bits |= trait_of(head);
    }
    if !has_words {
        return None;
    }
    let mut plain = text.split_whitespace().filter(|part| !part.contains("://") && !part.starts_with(['@', '#']));
    let first = plain.find_map(|part| part.chars().find(|c| c.is_alphabetic()));
    bits |= u8::from(first.is_some_and(char::is_lowercase)) << 6;
    // Whoever signs with initials writes for a team.
    bits |= u8::from(is_signed(text)) << 3;
    if !folded.is_ascii() {
        // Scripts without spaces, and tears of laughter.
        let has = |signs: &[&str]| signs.iter().any(|sign| folded.contains(sign));
        let many = has(&["弊社", "当社", "当店", "私たち", "我们", "我們", "저희", "우리"]);
        bits |= u8::from(many) << 3;
        bits |= u8::from(!many && has(&["私", "俺", "僕", "わたし", "我", "나는", "내가", "저는"])) << 4;
        bits |= u8::from(has(&["詳しく", "詳細", "応募", "発売", "公開中", "点击", "點擊", "신청", "지금"])) << 2;
        bits |= u8::from(has(&["😂", "🤣", "😭", "💀", "ㅋㅋ", "ㅠㅠ"])) << 7;
    }
    Some(Sight { bits, is_reply })
}

/// Whether the text ends with the initials of whoever wrote for the brand ("^JS", "*Kim"), links left aside. Something must have
/// been said before: "^This" alone points at another's post. Capitals are asked for, as one sign weighs as much as a *we*; the
/// model's own feature of that name is one among many and takes more.
fn is_signed(text: &str) -> bool {
    let mut parts = text.split_whitespace().filter(|part| !part.contains("://"));
    let last = parts.next_back().unwrap_or_default();
    let says = |part: &str| !part.starts_with('@') && part.contains(char::is_alphabetic);
    // Behind a letter or a figure it is a power: "2^X".
    let Some((before, initials)) =
        last.rsplit_once(['^', '*']).filter(|(before, _)| !before.ends_with(char::is_alphanumeric))
    else {
        return false;
    };
    (says(before) || parts.any(says))
        && !before.contains(['^', '*'])
        && (1..=4).contains(&initials.len())
        && initials.starts_with(|c: char| c.is_ascii_uppercase())
        && initials.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Bytes of a stored tally.
pub const BYTES: usize = 2 + TRAITS;

/// Folded words with the number of the trait that they show: `we 3`.
const WORDS: &str = include_str!("words/manner.txt");
/// Places of the table; a power of two, so that two in five stay free.
const PLACES: usize = 512;

/// [`WORDS`] by hash, made at compile time, because every word of a post is looked up: the upper 13 bits of the hash, then the
/// trait; 0 where the place is free.
/// Of other words one in about seven thousand is taken for one of these.
static TABLE: [u16; PLACES] = table();

/// The bit of the trait that a folded word shows, or 0.
fn trait_of(word: &str) -> u8 {
    let hash = hash(word.as_bytes(), 0, word.len());
    let mut at = hash as usize;
    loop {
        let entry = TABLE[at % PLACES];
        if entry == 0 || entry >> 3 == (hash >> 19) as u16 {
            return if entry == 0 { 0 } else { 1 << (entry & 7) };
        }
        at += 1;
    }
}

/// 32-bit FNV-1a (Fowler, Noll, Vo), mixed so that the low bits depend on every letter.
const fn hash(text: &[u8], from: usize, to: usize) -> u32 {
    let (mut hash, mut at) = (0x811c_9dc5_u32, from);
    while at < to {
        hash = (hash ^ text[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash ^ hash >> 15
}

#[allow(clippy::cast_possible_truncation)] // the upper bits of a hash
const fn table() -> [u16; PLACES] {
    let words = WORDS.as_bytes();
    let mut table = [0; PLACES];
    let (mut start, mut at) = (0, 0);
    while at < words.len() {
        if words[at] == b'\n' {
            let hash = hash(words, start, at - 2);
            let mut place = hash as usize;
            while table[place % PLACES] != 0 {
                place += 1;
            }
            table[place % PLACES] = (hash >> 19 << 3) as u16 | (words[at - 1] - b'0') as u16;
            start = at + 1;
        }
        at += 1;
    }
    table
}

/// The tally of an author's posts; a few bytes, to be kept as long as one likes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    first_posts: u8,
    answers: u8,
    counts: [u8; TRAITS],
}

impl Manner {
    /// Counts one more post; the caller sees to it that it is another one. Nothing beyond [`MOST_POSTS`].
    pub fn note(&mut self, sight: Sight) {
        if self.posts() >= MOST_POSTS {
            return;
        }
        let (posts, skipped) =
            if sight.is_reply { (&mut self.answers, OF_FIRST_POSTS) } else { (&mut self.first_posts, 0) };
        *posts += 1;
        for (at, count) in self.counts.iter_mut().enumerate().skip(skipped) {
            *count += sight.bits >> at & 1;
        }
    }

    /// Two tallies of different posts in one; in proportion where they are more than [`MOST_POSTS`] together.
    pub fn plus(self, other: Self) -> Self {
        let posts = u16::from(self.posts()) + u16::from(other.posts());
        let [one, other] = [self.bytes(), other.bytes()];
        let mut sum = [0; BYTES];
        for (sum, (one, other)) in sum.iter_mut().zip(one.into_iter().zip(other)) {
            let both = u16::from(one) + u16::from(other);
            let most = u16::from(MOST_POSTS);
            *sum = u8::try_from(if posts > most { both * most / posts } else { both }).unwrap_or(u8::MAX);
        }
        Self::of(sum)
    }

    /// The tally in bytes, for storing.
    pub fn bytes(self) -> [u8; BYTES] {
        let mut bytes = [self.first_posts, self.answers, 0, 0, 0, 0, 0, 0, 0, 0];
        bytes[2..].copy_from_slice(&self.counts);
        bytes
    }

    /// A stored tally; none where the bytes contradict each other.
    pub fn read(bytes: [u8; BYTES]) -> Option<Self> {
        let tally = Self::of(bytes);
        let of = |at: usize| if at < OF_FIRST_POSTS { tally.first_posts } else { tally.posts() };
        let is_whole = bytes[0].checked_add(bytes[1]).is_some_and(|posts| posts <= MOST_POSTS);
        (is_whole && tally.counts.iter().enumerate().all(|(at, &count)| count <= of(at))).then_some(tally)
    }

    fn of(bytes: [u8; BYTES]) -> Self {
        let [first_posts, answers, counts @ ..] = bytes;
        Self { first_posts, answers, counts }
    }

    /// Posts counted.
    pub const fn posts(self) -> u8 {
        self.first_posts + self.answers
    }

    /// Hundredths of log-odds for a brand; 0 where nothing was counted.
    pub fn log_odds(self) -> i32 {
        let posts = i32::from(self.posts());
        let mut sum = 0;
        for (at, (&count, (yes, no))) in self.counts.iter().zip(LOG_ODDS).enumerate() {
            let of = if at < OF_FIRST_POSTS { self.first_posts } else { self.posts() };
            sum += i32::from(count) * i32::from(yes) + i32::from(of - count) * i32::from(no);
        }
        if posts > WITNESSES { sum * WITNESSES / posts } else { sum }
    }

    /// What the tally says.
    pub fn says(self) -> Writes {
        let odds = self.log_odds();
        if self.posts() < LEAST_POSTS {
            Writes::Unknown
        } else if odds >= if self.posts() < MANY_POSTS { ALONE_EARLY } else { ALONE } {
            Writes::AsBrand
        } else if odds >= WITH_WORDS {
            Writes::RatherAsBrand
        } else if odds <= PERSON {
            Writes::AsPerson
        } else {
            Writes::Unknown
        }
    }
}

/// How an author writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Writes {
    /// Too few posts, or neither way.
    #[default]
    Unknown,
    /// As brands do.
    AsBrand,
    /// Rather as brands do: enough where name or handle say something for a brand.
    RatherAsBrand,
    /// As persons do.
    AsPerson,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_and_few_others_are() {
        for line in WORDS.lines() {
            let (word, number) = line.split_once(' ').expect("a word and a number");
            assert_eq!(fold(word), word, "not folded");
            assert_eq!(trait_of(word), 1 << number.parse::<u8>().expect("a trait"), "{word}");
        }
        assert_eq!(trait_of(""), 0);
        assert!(TABLE.iter().filter(|entry| **entry == 0).count() > PLACES / 3);
        let taken = (0..20_000).filter(|number| trait_of(&format!("w{number}")) != 0).count();
        assert!(taken <= 10, "{taken} of 20,000 other words");
    }
}
