//! Owns what a model sees of a text: hashed n-grams, lexical classes and the surface; never knows a class or a weight.

use super::hash::{finish, join, name};
use super::language::LANGUAGES;
use super::lexicon::{Entry, Lexicon};
use super::tokens::{KINDS, Kind, Token, Tokens, mark_hash};

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

/// Takes the features of a text.
pub trait Sink {
    /// Takes one; whether it is one that the taker knows.
    fn take(&mut self, feature: Feature) -> bool;
}

impl<F: FnMut(Feature)> Sink for F {
    fn take(&mut self, feature: Feature) -> bool {
        self(feature);
        true
    }
}

/// What was met on the way through a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Met {
    /// Words of each language, in the order of [`super::language::ALL`].
    pub languages: [u16; LANGUAGES],
    /// Words, and letters of scripts without spaces.
    pub words: u32,
    /// How many of them the sink knows.
    pub known: u32,
}

/// Marks that stand in word n-grams.
const SPOKEN: [u32; 3] = [mark_hash('!'), mark_hash('?'), mark_hash(':')];

/// Gives every feature of a text to `sink`, in a fixed order.
pub fn extract(tokens: &Tokens, aside: Aside, lexicon: &Lexicon, sink: &mut impl Sink) -> Met {
    let mut line: Vec<(u32, u32)> = Vec::with_capacity(tokens.list.len());
    for (at, token) in tokens.list.iter().enumerate() {
        let counts = match token.kind {
            Kind::Mark => SPOKEN.contains(&token.hash),
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
    let mut met = Met::default();
    let mut classes = Classes::new(tokens);
    let mut ahead = line.as_slice();
    while let [(one, first), rest @ ..] = ahead {
        ahead = rest;
        let (mut gram, first) = (*one, *first);
        let kind = tokens.list.get(first as usize).map(|token| token.kind);
        let is_ideograph = kind == Some(Kind::Ideograph);
        let known = sink.take(Feature { group: Group::Words, hash: finish(gram ^ WORDS[0]), first, last: first });
        if is_ideograph || kind == Some(Kind::Word) {
            met.words += 1;
            met.known += u32::from(known);
        }
        classes.note(lexicon, gram, first, first);
        for (&(next, last), seed) in rest.iter().zip([WORDS[1], WORDS[2], WORDS[3]]) {
            gram = join(gram, next);
            if seed != WORDS[3] || is_ideograph {
                sink.take(Feature { group: Group::Words, hash: finish(gram ^ seed), first, last });
            }
            classes.note(lexicon, gram, first, last);
        }
    }
    for (at, token) in tokens.list.iter().enumerate() {
        if token.kind == Kind::Word {
            chars_of(tokens.word(token), at as u32, sink);
        }
    }
    met.languages = classes.languages;
    classes.give(sink);
    surface(tokens, &line, aside, sink);
    met
}

const WORDS: [u32; 4] = [name("w1"), name("w2"), name("w3"), name("w4")];
const CHARS: u32 = name("c");

/// Character 3- and 4-grams of a word with a mark at either end, but not the whole, which is a feature already.
///
/// Each hash grows out of the one before: no letter is looked at twice.
fn chars_of(word: &[char], at: u32, sink: &mut impl Sink) {
    let [first, rest @ ..] = &word[..word.len().min(MAX_WORD_CHARS)] else { return };
    if rest.is_empty() {
        return;
    }
    let has_fours = rest.len() > 1;
    let first = *first as u32;
    let (mut three, mut two, mut one) = (0, join(join(CHARS, '<' as u32), first), join(CHARS, first));
    for place in 0..=rest.len() {
        let letter = rest.get(place).map_or('>' as u32, |letter| *letter as u32);
        if has_fours && place > 0 {
            give(join(three, letter), at, sink);
        }
        three = join(two, letter);
        give(three, at, sink);
        two = join(one, letter);
        one = join(CHARS, letter);
    }
}

/// Gives a character n-gram of a token. Inlined, because it is what most of the time goes by.
#[inline(always)]
fn give(gram: u32, at: u32, sink: &mut impl Sink) {
    sink.take(Feature { group: Group::Chars, hash: finish(gram), first: at, last: at });
}

const ASKS: u32 = mark_hash('?');

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
            if token.kind == Kind::Break || token.ends_sentence() {
                if token.kind == Kind::Mark && token.hash == ASKS {
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
            found: Vec::with_capacity(MAX_CLASSES),
            asked,
            asks: [false; MAX_CLASSES],
            opens: [false; MAX_CLASSES],
            opening_ends: opening as u32 + 3,
            languages: [0; LANGUAGES],
        }
    }

    #[inline(always)]
    fn note(&mut self, lexicon: &Lexicon, gram: u32, first: u32, last: u32) {
        if let Some(entry) = lexicon.get(gram) {
            self.found(entry, first, last);
        }
    }

    fn found(&mut self, Entry { class, language }: Entry, first: u32, last: u32) {
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

    fn give(self, sink: &mut impl Sink) {
        for (nth, &class) in self.found.iter().enumerate() {
            let at = usize::from(class);
            let (first, last) = (self.first[at], self.last[at]);
            let base = join(const { name("class") }, u32::from(class));
            let mut give = |hash| sink.take(Feature { group: Group::Surface, hash: finish(hash), first, last });
            give(base);
            if self.asks[at] {
                give(join(base, 1));
            }
            if self.opens[at] {
                give(join(base, 2));
            }
            for &other in self.found.iter().skip(nth + 1) {
                let hash = finish(join(join(base, 3), u32::from(other)));
                sink.take(Feature { group: Group::Surface, hash, first: NOWHERE, last: NOWHERE });
            }
        }
    }
}

/// Marks that are counted, in this order.
const COUNTED: [u32; 5] = [mark_hash('!'), mark_hash('?'), mark_hash('…'), mark_hash(':'), mark_hash('"')];

/// Facts of the post as a whole, and its first and last words.
fn surface(tokens: &Tokens, line: &[(u32, u32)], aside: Aside, sink: &mut impl Sink) {
    let list = &tokens.list;
    let (mut kinds, mut marked) = ([0; KINDS], [0; COUNTED.len()]);
    for token in list {
        kinds[token.kind as usize] += 1;
        if token.kind == Kind::Mark
            && let Some(at) = COUNTED.iter().position(|&mark| mark == token.hash)
        {
            marked[at] += 1;
        }
    }
    let count = |kind: Kind| kinds[kind as usize];
    let [calls, questions, dots, colons, quotes] = marked;
    let mut fact = |key: u32, value: u32| {
        sink.take(Feature { group: Group::Surface, hash: finish(join(key, value)), first: NOWHERE, last: NOWHERE });
    };
    let words = count(Kind::Word) + count(Kind::Ideograph) / 2;
    let links = count(Kind::Link);
    let opens_with_name = is_opening_name(list);
    fact(const { name("always") }, 0);
    fact(const { name("words") }, step(words, &[1, 4, 8, 13, 21, 36, 61, 121]));
    fact(const { name("links") }, links.min(1));
    fact(const { name("tags") }, step(count(Kind::Hashtag), &[1, 2, 3, 5, 10]));
    fact(const { name("emoji") }, step(count(Kind::Emoji), &[1, 2, 4]));
    fact(const { name("names") }, count(Kind::Mention).min(3));
    fact(const { name("calls") }, calls.min(3));
    fact(const { name("asks") }, questions.min(3));
    fact(const { name("dots") }, dots.min(1));
    fact(const { name("colons") }, colons.min(1));
    fact(const { name("quotes") }, quotes.min(2));
    fact(const { name("prices") }, count(Kind::Price).min(2));
    fact(const { name("percents") }, count(Kind::Percent).min(1));
    fact(const { name("times") }, count(Kind::Time).min(2));
    fact(const { name("years") }, count(Kind::Year).min(1));
    fact(const { name("numbers") }, count(Kind::Number).min(3));
    fact(const { name("lines") }, step(count(Kind::Break), &[1, 3, 8]));
    fact(const { name("opening name") }, u32::from(opens_with_name));
    let closing = list.iter().rev().find(|token| {
        let is_tail = matches!(token.kind, Kind::Link | Kind::Emoji | Kind::Hashtag | Kind::Break | Kind::Mention);
        !(is_tail || token.tagged)
    });
    let close = closing.map_or(0, |token| if token.kind == Kind::Mark { token.hash } else { 1 });
    fact(const { name("closing mark") }, close);
    fact(const { name("asks, links") }, questions.min(1) * 2 + links.min(1));
    if let Some(is_reply) = aside.is_reply {
        fact(const { name("reply") }, u32::from(is_reply));
        fact(const { name("reply, asks, links") }, u32::from(is_reply) * 4 + questions.min(1) * 2 + links.min(1));
    }
    if let Some(room) = aside.room {
        fact(const { name("room") }, room);
    }
    // The first words after any opening names.
    let is_name = |at: u32| matches!(list[at as usize].kind, Kind::Mention | Kind::Mark | Kind::Emoji);
    let mut opening = line.iter().skip_while(|(_, at)| is_name(*at));
    if let Some(&(one, first)) = opening.next() {
        sink.take(Feature {
            group: Group::Surface,
            hash: finish(join(const { name("first") }, one)),
            first,
            last: first,
        });
        if let Some(&(two, last)) = opening.next() {
            let hash = finish(join(join(const { name("first two") }, one), two));
            sink.take(Feature { group: Group::Surface, hash, first, last });
        }
    }
    if let Some(&(one, at)) =
        line.iter().rev().find(|(_, at)| list[*at as usize].kind == Kind::Word && !list[*at as usize].tagged)
    {
        let hash = finish(join(const { name("last") }, one));
        sink.take(Feature { group: Group::Surface, hash, first: at, last: at });
    }
    if is_signed(tokens) {
        let at = list.len() as u32 - 1;
        sink.take(Feature { group: Group::Surface, hash: finish(const { name("signed") }), first: at, last: at });
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
