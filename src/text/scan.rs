//! Owns the one pass that cuts a text into tokens; never allocates per token.

use super::chars::{self, Class};
use super::tokens::{self, Kind, MAX_TOKENS, Token, Tokens, mark_hash};
use super::{hash, normal, tail};

pub(super) fn scan(text: &str, out: &mut Tokens) {
    let mut scanner = Scanner { text, out, at: 0 };
    while scanner.at < text.len() {
        if scanner.out.list.len() >= MAX_TOKENS {
            scanner.out.cut = true;
            break;
        }
        scanner.step();
    }
}

pub(super) struct Scanner<'a, 'b> {
    pub(super) text: &'a str,
    pub(super) out: &'b mut Tokens,
    pub(super) at: usize,
}

impl Scanner<'_, '_> {
    #[inline(always)]
    pub(super) fn peek(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            None => None,
            Some(&byte) if byte < 0x80 => Some(byte as char),
            Some(_) => self.peek_wide(at),
        }
    }

    #[inline(never)]
    fn peek_wide(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    pub(super) fn push(&mut self, kind: Kind, hash: u32, start: usize, end: usize) {
        let from = self.out.folded.len() as u32;
        self.token(Token { kind, hash, start: start as u32, end: end as u32, from, to: from, tagged: false });
    }

    fn token(&mut self, token: Token) {
        if self.out.list.len() < MAX_TOKENS {
            self.out.list.push(token);
        }
    }

    fn step(&mut self) {
        let start = self.at;
        let Some(c) = self.peek(start) else {
            self.at = self.text.len();
            return;
        };
        let next = start + c.len_utf8();
        let class = chars::class(c);
        match class {
            Class::Nothing | Class::Space => {
                self.at = next;
                return;
            }
            Class::Break => {
                self.at = next;
                if self.out.list.last().is_some_and(|token| token.kind != Kind::Break) {
                    self.push(Kind::Break, tokens::BREAK, start, next);
                }
                return;
            }
            Class::Digit | Class::Letter | Class::Ideograph | Class::Emoji | Class::Currency | Class::Other => {}
        }
        self.out.visible += 1;
        match class {
            Class::Letter => {
                if !self.address(start) {
                    self.word(start, false);
                }
            }
            Class::Ideograph => {
                let from = self.out.folded.len();
                chars::fold(c, |small| self.out.folded.push(small));
                let hash = hash::word(self.out.folded[from..].iter().copied());
                let to = self.out.folded.len() as u32;
                self.at = next;
                self.token(Token {
                    kind: Kind::Ideograph,
                    hash,
                    start: start as u32,
                    end: next as u32,
                    from: from as u32,
                    to,
                    tagged: false,
                });
            }
            Class::Digit => {
                if !self.address(start) {
                    self.number(start);
                }
            }
            Class::Currency => self.currency(start, next),
            Class::Emoji => self.emoji(start, c),
            Class::Other => self.other(start, c, next),
            Class::Nothing | Class::Space | Class::Break => self.at = next,
        }
    }

    pub(super) fn word(&mut self, start: usize, tagged: bool) {
        let from = self.out.folded.len();
        let mut end = start;
        let (mut latin, mut other, mut digits) = (0, 0, 0);
        let mut last_lower = false;
        while let Some(c) = self.peek(end) {
            // Most letters of most posts.
            if c.is_ascii_lowercase() {
                last_lower = true;
                latin += 1;
                self.out.folded.push(c);
                end += 1;
                continue;
            }
            let class = chars::class(c);
            match class {
                Class::Letter => {
                    if tagged && c.is_uppercase() && last_lower {
                        break;
                    }
                    last_lower = c.is_lowercase();
                }
                Class::Digit if tagged && digits == 0 && end > start => break,
                Class::Digit => digits += 1,
                Class::Nothing => {
                    end += c.len_utf8();
                    continue;
                }
                Class::Other if is_apostrophe(c) => {
                    let mut after =
                        tail(self.text, end + c.len_utf8()).chars().filter(|c| chars::class(*c) != Class::Nothing);
                    if end == start || !after.next().is_some_and(|next| chars::class(next) == Class::Letter) {
                        break;
                    }
                    // A short head is an article or a pronoun of its own (l'équipe, d'accord, qu'elle).
                    let head = self.out.folded.len() - from;
                    if head <= 2 && after.take(2).filter(|c| chars::class(*c) == Class::Letter).count() == 2 {
                        break;
                    }
                }
                Class::Other | Class::Space | Class::Break | Class::Ideograph | Class::Emoji | Class::Currency => break,
            }
            chars::fold(c, |small| {
                if chars::is_latin(small) {
                    latin += 1;
                } else if chars::latin_twin(small).is_some() {
                    other += 1;
                }
                if matches!(small, '\u{1161}'..='\u{11c2}')
                    && let Some(last) = self.out.folded[from..].last_mut()
                    && let Some(whole) = normal::compose(*last, small)
                {
                    *last = whole;
                    return;
                }
                self.out.folded.push(if small.is_ascii_digit() { '0' } else { small });
            });
            end += c.len_utf8();
        }
        if end == start {
            // A lone mark: step over it.
            self.at = start + self.peek(start).map_or(1, char::len_utf8);
            return;
        }
        if latin > 0 && other > 0 {
            for small in &mut self.out.folded[from..] {
                *small = chars::latin_twin(*small).unwrap_or(*small);
            }
        }
        self.at = end;
        if is_apostrophe(self.peek(end).unwrap_or(' ')) && self.out.folded.len() - from <= 2 {
            self.at = end + self.peek(end).map_or(0, char::len_utf8);
        }
        if self.out.folded.len() == from {
            return;
        }
        let hash = hash::word(self.out.folded[from..].iter().copied());
        let to = self.out.folded.len() as u32;
        self.token(Token {
            kind: Kind::Word,
            hash,
            start: start as u32,
            end: end as u32,
            from: from as u32,
            to,
            tagged,
        });
    }

    fn emoji(&mut self, start: usize, first: char) {
        let mut end = start + first.len_utf8();
        let is_flag = |c: char| matches!(c as u32, 0x1_f1e6..=0x1_f1ff);
        let mut joined = false;
        while let Some(c) = self.peek(end) {
            let class = chars::class(c);
            let is_next = class == Class::Emoji && (joined || (is_flag(first) && is_flag(c)));
            if class != Class::Nothing && !is_next {
                break;
            }
            joined = c == '\u{200d}';
            end += c.len_utf8();
        }
        let hash = if is_flag(first) { hash::name("flag") } else { hash::join(hash::name("emoji"), first as u32) };
        self.at = end;
        self.push(Kind::Emoji, hash, start, end);
    }

    fn other(&mut self, start: usize, c: char, next: usize) {
        self.at = next;
        let follows = self.peek(next);
        match c {
            '@' | '＠' if follows.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_') => {
                let mut end = next;
                while let Some(c) = self.peek(end) {
                    let inner = matches!(c, '.' | '-' | '@')
                        && self.peek(end + c.len_utf8()).is_some_and(|c| c.is_ascii_alphanumeric());
                    if !(c.is_ascii_alphanumeric() || c == '_' || inner) {
                        break;
                    }
                    end += c.len_utf8();
                }
                self.at = end;
                self.push(Kind::Mention, tokens::MENTION, start, end);
            }
            '#' | '＃' => {
                let is_tag = follows.is_some_and(|c| {
                    matches!(chars::class(c), Class::Letter | Class::Ideograph)
                        || (chars::class(c) == Class::Digit && self.tag_has_letter(next))
                });
                if is_tag {
                    self.push(Kind::Hashtag, tokens::HASHTAG, start, next);
                    self.tag(next);
                }
            }
            '%' => {}
            _ => {
                if let Some(mark) = mark(c) {
                    let is_again = self.out.list.last().is_some_and(|token| {
                        token.kind == Kind::Mark && token.hash == mark_hash(mark) && token.end as usize == start
                    });
                    if is_again {
                        if let Some(last) = self.out.list.last_mut() {
                            last.end = next as u32;
                        }
                    } else {
                        let mark = if mark == '.' && follows == Some('.') { '…' } else { mark };
                        while mark == '…' && self.peek(self.at) == Some('.') {
                            self.at += 1;
                        }
                        self.push(Kind::Mark, mark_hash(mark), start, self.at);
                    }
                }
            }
        }
    }

    fn tag_has_letter(&self, at: usize) -> bool {
        let run = tail(self.text, at)
            .chars()
            .take_while(|c| chars::class(*c) == Class::Digit)
            .map(char::len_utf8)
            .sum::<usize>();
        self.peek(at + run).is_some_and(|c| chars::class(c) == Class::Letter)
    }

    /// The words of a hashtag, split where case, figures and underscores say.
    fn tag(&mut self, start: usize) {
        self.at = start;
        while let Some(c) = self.peek(self.at) {
            match chars::class(c) {
                Class::Letter | Class::Digit => self.word(self.at, true),
                Class::Ideograph => {
                    self.step();
                    if let Some(last) = self.out.list.last_mut() {
                        last.tagged = true;
                    }
                }
                Class::Nothing => self.at += c.len_utf8(),
                Class::Other if c == '_' => self.at += 1,
                Class::Other | Class::Space | Class::Break | Class::Emoji | Class::Currency => break,
            }
            if self.out.list.len() >= MAX_TOKENS {
                break;
            }
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '\u{ff07}')
}

/// Marks that carry meaning, in one form each.
fn mark(c: char) -> Option<char> {
    Some(match c {
        '!' | '！' | '¡' | '‼' => '!',
        '?' | '？' | '¿' | '؟' | '⁉' => '?',
        '…' => '…',
        '.' | '。' | '।' | '۔' => '.',
        ':' | '：' => ':',
        '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' => '"',
        '|' | '｜' => '|',
        '/' => '/',
        '^' => '^',
        '•' | '·' | '✔' | '►' => '•',
        '*' => '*',
        '(' => '(',
        '&' => '&',
        '+' => '+',
        _ => return None,
    })
}
