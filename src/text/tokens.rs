//! Owns the tokens of a text, each with its place in the original; never scores one.

use super::hash;

/// What a token is; words, and the things that stand for whole classes of strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word, in normal form.
    Word,
    /// One letter of a script without spaces.
    Ideograph,
    /// A number that is none of the kinds below.
    Number,
    /// An amount of money.
    Price,
    /// A percentage.
    Percent,
    /// A time of day or a date in figures.
    Time,
    /// A year.
    Year,
    /// An address of any site, with or without scheme.
    Link,
    /// An e-mail address.
    Email,
    /// An @-name.
    Mention,
    /// The sign of a hashtag; its words follow as tokens of their own.
    Hashtag,
    /// A pictograph, without skin tone and variants.
    Emoji,
    /// A punctuation mark that carries meaning; runs count once.
    Mark,
    /// The end of a line.
    Break,
}

/// How many kinds there are.
pub const KINDS: usize = Kind::Break as usize + 1;

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Hash of its normal form; all links (mentions, prices …) have the same.
    pub hash: u32,
    /// First byte in the original text.
    pub start: u32,
    /// One past the last byte in the original text.
    pub end: u32,
    /// First character in [`Tokens::folded`]; words only.
    pub from: u32,
    /// One past the last character in [`Tokens::folded`].
    pub to: u32,
    /// Part of a hashtag.
    pub tagged: bool,
}

const SENTENCE: [u32; 4] = [mark_hash('.'), mark_hash('!'), mark_hash('?'), mark_hash('…')];

impl Token {
    /// Whether it is a mark that ends a sentence.
    #[inline(always)]
    pub fn ends_sentence(&self) -> bool {
        self.kind == Kind::Mark && SENTENCE.contains(&self.hash)
    }

    /// Whether it is one of these marks.
    pub fn is_mark(&self, marks: &[char]) -> bool {
        self.kind == Kind::Mark && marks.iter().any(|mark| mark_hash(*mark) == self.hash)
    }
}

/// A text in tokens.
#[derive(Debug, Default)]
pub struct Tokens {
    /// The tokens, in the order of the text.
    pub list: Vec<Token>,
    /// The normal form of all words, one after the other.
    pub folded: Vec<char>,
    /// How many code points the text has that are neither white space nor nothing.
    pub visible: u32,
    /// Whether the text was longer than [`MAX_TOKENS`] and is judged by its beginning.
    pub cut: bool,
}

/// A longer text is judged by its first so many tokens; the longest post of the data has about 1,300.
pub const MAX_TOKENS: usize = 1_500;

/// Hash of all links.
pub const LINK: u32 = hash::name("link");
/// Hash of all e-mail addresses.
pub const EMAIL: u32 = hash::name("email");
/// Hash of all @-names.
pub const MENTION: u32 = hash::name("mention");
/// Hash of the sign of a hashtag.
pub const HASHTAG: u32 = hash::name("hashtag");
/// Hash of all amounts of money.
pub const PRICE: u32 = hash::name("price");
/// Hash of all percentages.
pub const PERCENT: u32 = hash::name("percent");
/// Hash of all times.
pub const TIME: u32 = hash::name("time");
/// Hash of all years.
pub const YEAR: u32 = hash::name("year");
/// Hash of the end of a line.
pub const BREAK: u32 = hash::name("break");

/// Hash of a mark in its one form.
pub const fn mark_hash(mark: char) -> u32 {
    hash::join(hash::name("mark"), mark as u32)
}

impl Tokens {
    /// Splits a text; linear in its length, and bounded by [`MAX_TOKENS`].
    pub fn of(text: &str) -> Self {
        // Room for all of it at once, as most texts are: to grow in steps would cost more than to look at the text.
        let bytes = text.len().min(4 * MAX_TOKENS);
        let mut tokens =
            Self { list: Vec::with_capacity(bytes / 4 + 8), folded: Vec::with_capacity(bytes), ..Self::default() };
        super::scan::scan(text, &mut tokens);
        tokens
    }

    /// The normal form of one token's word; empty for kinds that have none.
    pub fn word(&self, token: &Token) -> &[char] {
        self.folded.get(token.from as usize..token.to as usize).unwrap_or(&[])
    }

    /// Whether nothing is left to judge: no word, no number, no letter outside links and names.
    pub fn is_wordless(&self) -> bool {
        !self.list.iter().any(|token| match token.kind {
            Kind::Word | Kind::Ideograph | Kind::Price | Kind::Percent => true,
            Kind::Number
            | Kind::Time
            | Kind::Year
            | Kind::Link
            | Kind::Email
            | Kind::Mention
            | Kind::Hashtag
            | Kind::Emoji
            | Kind::Mark
            | Kind::Break => false,
        })
    }
}
