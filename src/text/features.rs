//! Owns what a model sees of a text: hashed n-grams, lexical classes and the surface; never knows a class or a weight.

use super::hash::{finish, join, name};
use super::language::LANGUAGES;
use super::lexicon::{Entry, Lexicon};
use super::tokens::{Kind, Token, Tokens, mark_hash};

/// Groups of features; each has its own scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Group {
    /// Word 1–3-grams: many in a long text, so their sum is divided by the square root of their number.
    Words,
    /// Character n-grams within a word, scaled in the same way.
    Chars,
    /// Facts about the post and lexical classes: each counts once.
    Surface,
}

/// How many groups there are.
pub const GROUPS: usize = 3;

/// What the page says beside the text; `None` where it says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Aside {
    /// Whether the post answers another.
    pub is_reply: Option<bool>,
    /// Hash of the network's id.
    pub room: Option<u32>,
}

/// One feature and the tokens it rests on.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// The scale it belongs to.
    pub group: Group,
    /// What it is known by.
    pub hash: u32,
    /// First token; [`NOWHERE`] for a fact of the post as a whole.
    pub first: u32,
    /// Last token, inclusive.
    pub last: u32,
}

/// Stands for "no token".
pub const NOWHERE: u32 = u32::MAX;

/// Number of lexical classes that are features; class 0 is none.
pub const MAX_CLASSES: usize = 64;

/// Longest word, in characters, whose n-grams are taken whole; of a longer one the beginning counts.
const MAX_WORD_CHARS: usize = 20;

/// Lengths of character n-grams; a word carries a mark at either end.
const CHAR_GRAMS: std::ops::RangeInclusive<usize> = 3..=4;

/// Gives every feature of a text to `sink`, in a fixed order.
///
/// Returns how many words of each language (in the order of [`super::language::ALL`]) were met.
pub fn extract(
    tokens: &Tokens,
    aside: Aside,
    lexicon: &Lexicon<'_>,
    sink: &mut impl FnMut(Feature),
) -> [u16; LANGUAGES] {
    let mut line: Vec<(u32, u32)> = Vec::with_capacity(tokens.list.len());
    for (at, token) in tokens.list.iter().enumerate() {
        let counts = match token.kind {
            Kind::Mark => [mark_hash('!'), mark_hash('?'), mark_hash(':')].contains(&token.hash),
            Kind::Break => false,
            Kind::Word
            | Kind::Ideograph
            | Kind::Number
            | Kind::Price
            | Kind::Percent
            | Kind::Time
            | Kind::Year
            | Kind::Link
            | Kind::Email
            | Kind::Mention
            | Kind::Hashtag
            | Kind::Emoji => true,
        };
        if counts {
            line.push((token.hash, at as u32));
        }
    }
    let mut classes = Classes::new(tokens);
    for at in 0..line.len() {
        let (one, first) = line[at];
        let mut gram = one;
        sink(Feature { group: Group::Words, hash: finish(gram ^ WORDS[0]), first, last: first });
        classes.note(lexicon, gram, first, first);
        for (order, &(next, last)) in line.iter().skip(at + 1).take(3).enumerate() {
            gram = join(gram, next);
            let is_ideograph = tokens.list[first as usize].kind == Kind::Ideograph;
            if order < 2 || is_ideograph {
                sink(Feature { group: Group::Words, hash: finish(gram ^ WORDS[order + 1]), first, last });
            }
            classes.note(lexicon, gram, first, last);
        }
    }
    for (at, token) in tokens.list.iter().enumerate() {
        if token.kind == Kind::Word {
            chars_of(tokens.word(token), at as u32, sink);
        }
    }
    let languages = classes.languages;
    classes.give(sink);
    surface(tokens, &line, aside, sink);
    languages
}

const WORDS: [u32; 4] = [name("w1"), name("w2"), name("w3"), name("w4")];

fn chars_of(word: &[char], at: u32, sink: &mut impl FnMut(Feature)) {
    let mut bounded = [' '; MAX_WORD_CHARS + 2];
    let length = word.len().min(MAX_WORD_CHARS);
    bounded[0] = '<';
    bounded[1..=length].copy_from_slice(&word[..length]);
    bounded[length + 1] = '>';
    let whole = &bounded[..length + 2];
    for start in 0..whole.len() {
        let mut gram = name("c");
        for (order, &c) in whole[start..].iter().take(*CHAR_GRAMS.end()).enumerate() {
            gram = join(gram, c as u32);
            // The whole word is a feature already.
            if order + 1 >= *CHAR_GRAMS.start() && order + 1 < whole.len() {
                sink(Feature { group: Group::Chars, hash: finish(gram), first: at, last: at });
            }
        }
    }
}

/// The lexical classes found in a text, each with its first place.
struct Classes {
    first: [u32; MAX_CLASSES],
    last: [u32; MAX_CLASSES],
    found: Vec<u8>,
    /// For each token: whether its sentence is a question.
    asked: Vec<bool>,
    asks: [bool; MAX_CLASSES],
    opens: [bool; MAX_CLASSES],
    opening_ends: u32,
    languages: [u16; LANGUAGES],
}

impl Classes {
    fn new(tokens: &Tokens) -> Self {
        let mut asked = vec![false; tokens.list.len()];
        let mut from = 0;
        for (at, token) in tokens.list.iter().enumerate() {
            if token.kind == Kind::Break || token.is_mark(&['.', '!', '?', '…']) {
                if token.is_mark(&['?']) {
                    asked[from..=at].fill(true);
                }
                from = at + 1;
            }
        }
        let opening =
            tokens.list.iter().position(|token| matches!(token.kind, Kind::Word | Kind::Ideograph)).unwrap_or(0);
        Self {
            first: [NOWHERE; MAX_CLASSES],
            last: [NOWHERE; MAX_CLASSES],
            found: Vec::new(),
            asked,
            asks: [false; MAX_CLASSES],
            opens: [false; MAX_CLASSES],
            opening_ends: opening as u32 + 3,
            languages: [0; LANGUAGES],
        }
    }

    fn note(&mut self, lexicon: &Lexicon<'_>, gram: u32, first: u32, last: u32) {
        let Some(Entry { class, language }) = lexicon.get(gram) else { return };
        if let Some(count) = usize::from(language).checked_sub(1).and_then(|at| self.languages.get_mut(at)) {
            *count = count.saturating_add(1);
        }
        if class == 0 || usize::from(class) >= MAX_CLASSES {
            return;
        }
        let at = usize::from(class);
        if self.first[at] == NOWHERE {
            self.first[at] = first;
            self.last[at] = last;
            // Kept in order: there are few.
            let before = self.found.partition_point(|&other| other < class);
            self.found.insert(before, class);
        }
        self.asks[at] |= self.asked.get(first as usize).copied().unwrap_or(false);
        self.opens[at] |= first < self.opening_ends;
    }

    fn give(self, sink: &mut impl FnMut(Feature)) {
        for (nth, &class) in self.found.iter().enumerate() {
            let at = usize::from(class);
            let (first, last) = (self.first[at], self.last[at]);
            let base = join(name("class"), u32::from(class));
            let mut give = |hash| sink(Feature { group: Group::Surface, hash: finish(hash), first, last });
            give(base);
            if self.asks[at] {
                give(join(base, 1));
            }
            if self.opens[at] {
                give(join(base, 2));
            }
            for &other in self.found.iter().skip(nth + 1) {
                let hash = finish(join(join(base, 3), u32::from(other)));
                sink(Feature { group: Group::Surface, hash, first: NOWHERE, last: NOWHERE });
            }
        }
    }
}

/// Facts of the post as a whole, and its first and last words.
fn surface(tokens: &Tokens, line: &[(u32, u32)], aside: Aside, sink: &mut impl FnMut(Feature)) {
    let list = &tokens.list;
    let count = |kind: Kind| list.iter().filter(|token| token.kind == kind).count() as u32;
    let marks = |mark: char| {
        list.iter().filter(|token| token.kind == Kind::Mark && token.hash == mark_hash(mark)).count() as u32
    };
    let mut fact = |key: u32, value: u32| {
        sink(Feature { group: Group::Surface, hash: finish(join(key, value)), first: NOWHERE, last: NOWHERE });
    };
    let words = list.iter().filter(|token| token.kind == Kind::Word).count() as u32 + count(Kind::Ideograph) / 2;
    let questions = marks('?');
    let links = count(Kind::Link);
    let opens_with_name = is_opening_name(list);
    fact(name("always"), 0);
    fact(name("words"), step(words, &[1, 4, 8, 13, 21, 36, 61, 121]));
    fact(name("links"), links.min(1));
    fact(name("tags"), step(count(Kind::Hashtag), &[1, 2, 3, 5, 10]));
    fact(name("emoji"), step(count(Kind::Emoji), &[1, 2, 4]));
    fact(name("names"), count(Kind::Mention).min(3));
    fact(name("calls"), marks('!').min(3));
    fact(name("asks"), questions.min(3));
    fact(name("dots"), marks('…').min(1));
    fact(name("colons"), marks(':').min(1));
    fact(name("quotes"), marks('"').min(2));
    fact(name("prices"), count(Kind::Price).min(2));
    fact(name("percents"), count(Kind::Percent).min(1));
    fact(name("times"), count(Kind::Time).min(2));
    fact(name("years"), count(Kind::Year).min(1));
    fact(name("numbers"), count(Kind::Number).min(3));
    fact(name("lines"), step(count(Kind::Break), &[1, 3, 8]));
    fact(name("opening name"), u32::from(opens_with_name));
    let closing = list.iter().rev().find(|token| {
        let is_tail = matches!(token.kind, Kind::Link | Kind::Emoji | Kind::Hashtag | Kind::Break | Kind::Mention);
        !(is_tail || token.tagged)
    });
    let close = closing.map_or(0, |token| if token.kind == Kind::Mark { token.hash } else { 1 });
    fact(name("closing mark"), close);
    fact(name("asks, links"), questions.min(1) * 2 + links.min(1));
    if let Some(is_reply) = aside.is_reply {
        fact(name("reply"), u32::from(is_reply));
        fact(name("reply, asks, links"), u32::from(is_reply) * 4 + questions.min(1) * 2 + links.min(1));
    }
    if let Some(room) = aside.room {
        fact(name("room"), room);
    }
    // The first words after any opening names.
    let is_name = |at: u32| matches!(list[at as usize].kind, Kind::Mention | Kind::Mark | Kind::Emoji);
    let mut opening = line.iter().skip_while(|(_, at)| is_name(*at));
    if let Some(&(one, first)) = opening.next() {
        sink(Feature { group: Group::Surface, hash: finish(join(name("first"), one)), first, last: first });
        if let Some(&(two, last)) = opening.next() {
            let hash = finish(join(join(name("first two"), one), two));
            sink(Feature { group: Group::Surface, hash, first, last });
        }
    }
    if let Some(&(one, at)) =
        line.iter().rev().find(|(_, at)| list[*at as usize].kind == Kind::Word && !list[*at as usize].tagged)
    {
        sink(Feature { group: Group::Surface, hash: finish(join(name("last"), one)), first: at, last: at });
    }
    if is_signed(tokens) {
        let at = list.len() as u32 - 1;
        sink(Feature { group: Group::Surface, hash: finish(name("signed")), first: at, last: at });
    }
}

/// The number of bounds that a value reaches.
fn step(value: u32, bounds: &[u32]) -> u32 {
    bounds.iter().filter(|bound| value >= **bound).count() as u32
}

/// Whether the text opens with an @-name.
fn is_opening_name(list: &[Token]) -> bool {
    list.iter().find(|token| token.kind != Kind::Mark).is_some_and(|token| token.kind == Kind::Mention)
}

/// Whether the text ends with the initials of whoever wrote for the brand ("^JS", "/KC").
fn is_signed(tokens: &Tokens) -> bool {
    let mut back = tokens.list.iter().rev().filter(|token| token.kind != Kind::Link);
    let Some(last) =
        back.next().filter(|token| token.kind == Kind::Word && (1..=3).contains(&tokens.word(token).len()))
    else {
        return false;
    };
    back.next().is_some_and(|mark| mark.is_mark(&['^', '*', '/']) && mark.end == last.start)
}

/// The hash of a phrase as [`Lexicon`] knows it; none if it has no token or more than four.
///
/// Of a phrase in a script without spaces the first four letters count.
pub fn phrase(text: &str) -> Option<u32> {
    let tokens = Tokens::of(text);
    let mut parts = tokens.list.iter().filter(|token| !matches!(token.kind, Kind::Break | Kind::Mark));
    let mut gram = parts.next()?.hash;
    for (nth, next) in parts.enumerate() {
        match (nth, next.kind) {
            (0..3, _) => gram = join(gram, next.hash),
            (_, Kind::Ideograph) => break,
            _ => return None,
        }
    }
    Some(gram)
}
