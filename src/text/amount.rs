//! Owns what a figure stands for: money, a percentage, a time, a year or a number; never computes with one.

use super::chars::{self, Class};
use super::hash;
use super::scan::Scanner;
use super::tokens::{self, Kind};

/// Words after a number that make it an amount of money.
const MONEY: [&str; 34] = [
    "eur",
    "euro",
    "euros",
    "usd",
    "dollar",
    "dollars",
    "gbp",
    "pounds",
    "chf",
    "franken",
    "francs",
    "kr",
    "kronor",
    "sek",
    "zl",
    "zł",
    "pln",
    "kc",
    "czk",
    "tl",
    "lira",
    "руб",
    "рублей",
    "рубля",
    "грн",
    "гривень",
    "rp",
    "rupiah",
    "reais",
    "rs",
    "inr",
    "yen",
    "won",
    "aed",
];

impl Scanner<'_, '_> {
    pub(super) fn number(&mut self, start: usize) {
        let mut end = start;
        let (mut figures, mut colon, mut point, mut value) = (0, false, 0, 0_u32);
        while let Some(c) = self.peek(end) {
            let width = c.len_utf8();
            if let Some(digit) = chars::digit(c) {
                figures += 1;
                value = value.wrapping_mul(10).wrapping_add(digit);
            } else if matches!(c, '.' | ',' | ':' | '/' | '-' | '\'' | '’')
                && self.peek(end + width).is_some_and(|next| chars::digit(next).is_some())
            {
                colon |= c == ':';
                point += u32::from(matches!(c, '.' | '/' | '-'));
            } else if !matches!(chars::class(c), Class::Nothing) {
                break;
            }
            end += width;
        }
        let gap = self.gap(end);
        let after = self.peek(end + gap);
        if after.is_some_and(|c| matches!(c, '%' | '٪' | '％')) {
            self.at = end + gap + after.map_or(0, char::len_utf8);
            self.push(Kind::Percent, tokens::PERCENT, start, self.at);
            return;
        }
        if after.is_some_and(|c| chars::class(c) == Class::Currency || matches!(c, '円' | '元' | '원'))
            && !(gap > 0 && self.peek(end + gap + 1).is_some_and(|c| chars::digit(c).is_some()))
        {
            self.at = end + gap + after.map_or(0, char::len_utf8);
            self.push(Kind::Price, tokens::PRICE, start, self.at);
            return;
        }
        let mut word_end = end + gap;
        let mut word = [' '; 10];
        let mut length = 0;
        while let Some(c) = self.peek(word_end).filter(|c| matches!(chars::class(*c), Class::Letter | Class::Nothing)) {
            if chars::class(c) == Class::Letter {
                chars::fold(c, |small| {
                    if length < word.len() {
                        word[length] = small;
                    }
                    length += 1;
                });
            }
            word_end += c.len_utf8();
            if length > word.len() {
                break;
            }
        }
        let unit = word.get(..length).unwrap_or(&[]);
        let is = |name: &str| !unit.is_empty() && name.chars().eq(unit.iter().copied());
        if MONEY.iter().any(|name| is(name)) {
            self.at = word_end;
            self.push(Kind::Price, tokens::PRICE, start, word_end);
        } else if ["am", "pm", "uhr", "h"].iter().any(|name| is(name)) {
            self.at = word_end;
            self.push(Kind::Time, tokens::TIME, start, word_end);
        } else if !unit.is_empty() && gap == 0 {
            // "4k", "3d", "2nd": a word with figures.
            self.word(start, false);
        } else if (colon && figures <= 4) || (point == 2 && figures <= 8) {
            self.at = end;
            self.push(Kind::Time, tokens::TIME, start, end);
        } else if figures == 4 && point == 0 && (1900..2100).contains(&value) {
            self.at = end;
            self.push(Kind::Year, tokens::YEAR, start, end);
        } else {
            self.at = end;
            // Small numbers are words in their own right; the others are known by their length.
            let hash = if point == 0 && value <= 12 && figures <= 2 {
                hash::join(hash::name("small"), value)
            } else {
                hash::join(hash::name("figures"), figures.min(7))
            };
            self.push(Kind::Number, hash, start, end);
        }
    }

    /// Bytes of white space from here; French and German put an unbreakable one before a sign.
    fn gap(&self, start: usize) -> usize {
        let mut end = start;
        while let Some(c) = self.peek(end).filter(|c| chars::class(*c) == Class::Space) {
            end += c.len_utf8();
        }
        end - start
    }

    pub(super) fn currency(&mut self, start: usize, next: usize) {
        let mut end = next;
        while let Some(c) = self.peek(end).filter(|c| matches!(chars::class(*c), Class::Space | Class::Nothing)) {
            end += c.len_utf8();
        }
        if self.peek(end).is_none_or(|c| chars::digit(c).is_none()) {
            self.at = next;
            return;
        }
        while let Some(c) = self.peek(end) {
            let is_inner = matches!(c, '.' | ',')
                && self.peek(end + c.len_utf8()).is_some_and(|inner| chars::digit(inner).is_some());
            if chars::digit(c).is_none() && !is_inner && chars::class(c) != Class::Nothing {
                break;
            }
            end += c.len_utf8();
        }
        self.at = end;
        self.push(Kind::Price, tokens::PRICE, start, end);
    }
}
