//! Owns how an entry is written as one line of text: on its way from the page to the store, and in the store; never reads one
//! (see [`super::parse`]).
//!
//! Fields stand in a fixed order between tabs; the first is the form and its version. Numbers are decimal, fingerprints and hashes
//! hexadecimal; an empty field stands for nothing. By hand and without the formatting machinery, because the content script
//! carries this half.

use super::entry::Question;
use super::{Entry, Row, Tally};
use crate::post::{Room, TimeSource};

/// Form and version of a row's line.
pub(super) const ROW: &str = "r1";
/// Form and version of a question's line.
pub(super) const QUESTION: &str = "q1";

/// Between fields.
pub(super) const FIELD: char = '\t';
/// Between the members of a list.
pub(super) const MEMBER: char = ' ';

impl Entry {
    /// The entry as a line, without its end.
    pub fn to_line(&self) -> String {
        match self {
            Self::Row(row) => row.to_line(),
            Self::Question(question) => question.to_line(),
        }
    }
}

impl Row {
    /// The row as a line, without its end.
    pub fn to_line(&self) -> String {
        let judged = &self.judged;
        let mut line = Line(ROW.to_owned());
        line.text(self.room.id());
        line.text(&self.id);
        line.text(&self.brand);
        line.number(self.name.0);
        line.text(&self.name.1);
        line.number(self.first_seen.0);
        line.text(self.first_seen.1.id());
        line.maybe(self.posted.map(|time| time.unix_ms));
        line.text(match self.posted.map(|time| time.source) {
            None => "",
            Some(TimeSource::Stated) => "stated",
            Some(TimeSource::Id) => "id",
        });
        line.text(self.lang.as_deref().unwrap_or_default());
        line.number(i64::from(judged.model));
        line.number(i64::from(judged.chars));
        line.hash(judged.simhash);
        line.text(judged.intent.info().id);
        line.number(i64::from(judged.is_sure));
        line.number(i64::from(judged.confidence));
        line.number(i64::from(judged.p_conversation));
        line.0.push(FIELD);
        for (at, share) in judged.intents.iter().enumerate() {
            line.member(at, u64::from(*share), 10);
        }
        line.number(i64::from(judged.ad));
        line.number(i64::from(judged.room_fit));
        line.text(self.ad.map_or("", |source| source.id()));
        line.number(i64::from(self.is_reply));
        line.text(self.parent.as_deref().unwrap_or_default());
        line.0.push(FIELD);
        for (at, who) in self.addressed.iter().enumerate() {
            line.member(at, *who, 16);
        }
        line.number(i64::from(self.mentions));
        line.number(i64::from(self.links));
        line.number(i64::from(self.hashtags));
        line.maybe(self.media.map(i64::from));
        for count in [self.engagement.replies, self.engagement.reposts, self.engagement.likes] {
            line.maybe(count.map(|count| i64::try_from(count).unwrap_or(i64::MAX)));
        }
        line.maybe(self.corrected.map(|(when, _)| when));
        line.text(self.corrected.and_then(|(_, intent)| intent).map_or("", |intent| intent.info().id));
        line.text(self.excerpt.as_deref().unwrap_or_default());
        line.0
    }
}

impl Question {
    /// The question as a line, without its end.
    pub fn to_line(&self) -> String {
        let mut line = Line(QUESTION.to_owned());
        line.text(self.room.id());
        line.text(&self.id);
        line.text(&self.brand);
        line.hash(self.asker);
        line.number(self.asked);
        line.maybe(self.answered);
        line.number(self.seen);
        line.0
    }
}

/// What a page has seen of a brand, as a line for the loader: room, brand, posts with a stance, conversation among them.
pub fn seen(room: Room, brand: &str, tally: Tally) -> String {
    let mut line = Line("b".to_owned());
    line.text(room.id());
    line.text(brand);
    line.number(i64::from(tally.posts()));
    line.number(i64::from(tally.conversation));
    line.0
}

/// A line that is being written.
struct Line(String);

impl Line {
    /// Words as they are shown: characters that would end the field become spaces.
    fn text(&mut self, text: &str) {
        self.0.push(FIELD);
        for c in text.chars() {
            self.0.push(if c.is_control() { ' ' } else { c });
        }
    }

    fn number(&mut self, number: i64) {
        self.0.push(FIELD);
        if number < 0 {
            self.0.push('-');
        }
        self.digits(number.unsigned_abs(), 10);
    }

    fn maybe(&mut self, number: Option<i64>) {
        match number {
            Some(number) => self.number(number),
            None => self.0.push(FIELD),
        }
    }

    fn hash(&mut self, hash: u64) {
        self.0.push(FIELD);
        self.digits(hash, 16);
    }

    /// A member of a list; the first one begins the field.
    fn member(&mut self, at: usize, number: u64, radix: u32) {
        if at > 0 {
            self.0.push(MEMBER);
        }
        self.digits(number, radix);
    }

    #[inline(never)]
    fn digits(&mut self, mut number: u64, radix: u32) {
        let mut digits = [0u8; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            let digit = (number % u64::from(radix)) as u8;
            digits[at] = if digit < 10 { b'0' + digit } else { b'a' - 10 + digit };
            number /= u64::from(radix);
            if number == 0 || at == 0 {
                break;
            }
        }
        for digit in digits.iter().skip(at) {
            self.0.push(char::from(*digit));
        }
    }
}
