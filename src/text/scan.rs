//! Owns the one pass that cuts a text into tokens; never allocates per token.

use super::chars::{self, Class};
use super::hash;
use super::tokens::{self, Kind, MAX_TOKENS, Token, Tokens, mark_hash};

/// Endings by which an address without scheme or path is known.
const TLDS: [&str; 40] = [
    "com", "net", "org", "io", "co", "de", "fr", "uk", "ch", "br", "it", "es", "pt", "nl", "se", "pl", "cz", "tr",
    "ru", "ua", "jp", "kr", "cn", "in", "id", "vn", "us", "eu", "tv", "app", "shop", "store", "info", "biz", "gov",
    "edu", "ly", "gl", "me", "ai",
];

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

struct Scanner<'a, 'b> {
    text: &'a str,
    out: &'b mut Tokens,
    at: usize,
}

impl Scanner<'_, '_> {
    fn peek(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|rest| rest.chars().next())
    }

    fn push(&mut self, kind: Kind, hash: u32, start: usize, end: usize) {
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

    /// An address or an e-mail address, if one starts here.
    fn address(&mut self, start: usize) -> bool {
        let bytes = self.text.as_bytes();
        let mut end = start;
        let (mut dots, mut ats, mut slash, mut colon) = (0, 0, None, false);
        while let Some(&byte) = bytes.get(end) {
            match byte {
                b'.' => dots += 1,
                b'@' => ats += 1,
                b'/' if slash.is_none() => slash = Some(end),
                b':' => colon = true,
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'+' | b'%' | b'/' => {}
                b'?' | b'=' | b'&' | b'#' | b'~' | b';' if slash.is_some() => {}
                _ => break,
            }
            end += 1;
        }
        while end > start && matches!(bytes[end - 1], b'.' | b':' | b'?' | b';' | b'&' | b'-' | b'#') {
            if bytes[end - 1] == b'.' {
                dots -= 1;
            }
            end -= 1;
        }
        let run = &bytes[start..end];
        let is_scheme = |scheme: &[u8]| run.len() >= scheme.len() && run[..scheme.len()].eq_ignore_ascii_case(scheme);
        let cut_off = run.eq_ignore_ascii_case(b"https") || run.eq_ignore_ascii_case(b"http");
        if cut_off || is_scheme(b"http:/") || is_scheme(b"https:/") || (is_scheme(b"www.") && dots >= 1) {
            // The rest of an address may hold any letter; it ends at white space.
            while let Some(c) = self.peek(end) {
                let stops = matches!(chars::class(c), Class::Space | Class::Break | Class::Ideograph | Class::Emoji)
                    || matches!(c, ')' | ']' | '"' | '»' | '”' | '，' | '。' | '、' | '）' | '」' | '<' | '>');
                if stops {
                    break;
                }
                end += c.len_utf8();
            }
            while end > start + 1 && matches!(self.text.as_bytes()[end - 1], b'.' | b',' | b'!' | b'?' | b':' | b';') {
                end -= 1;
            }
            self.push(Kind::Link, tokens::LINK, start, end);
            self.at = end;
            return true;
        }
        if dots == 0 || end - start < 4 {
            return false;
        }
        if ats == 1 && slash.is_none() && !run.starts_with(b"@") {
            self.push(Kind::Email, tokens::EMAIL, start, end);
            self.at = end;
            return true;
        }
        if colon || ats > 0 || !self.is_host(start, slash.unwrap_or(end), slash.is_some()) {
            return false;
        }
        self.push(Kind::Link, tokens::LINK, start, end);
        self.at = end;
        if self.peek(end) == Some('…') {
            self.at = end + '…'.len_utf8();
        }
        true
    }

    fn is_host(&self, start: usize, end: usize, has_path: bool) -> bool {
        let Some(host) = self.text.get(start..end) else { return false };
        if host.split('.').any(|label| label.is_empty()) || self.peek(end).is_some_and(char::is_alphanumeric) {
            return false;
        }
        let Some((head, tld)) = host.rsplit_once('.') else { return false };
        if !head.bytes().any(|byte| byte.is_ascii_alphabetic()) || !tld.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return false;
        }
        // "end.In" is two sentences, "ends.in" may be an address.
        let is_sentence =
            tld.starts_with(|c: char| c.is_ascii_uppercase()) && !head.bytes().any(|b| b.is_ascii_uppercase());
        if is_sentence {
            return false;
        }
        (has_path && tld.len() >= 2) || TLDS.iter().any(|known| tld.eq_ignore_ascii_case(known))
    }

    fn word(&mut self, start: usize, tagged: bool) {
        let from = self.out.folded.len();
        let mut end = start;
        let (mut latin, mut other, mut digits) = (0, 0, 0);
        let mut last_lower = false;
        while let Some(c) = self.peek(end) {
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
                        self.text[end + c.len_utf8()..].chars().filter(|c| chars::class(*c) != Class::Nothing);
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

    fn number(&mut self, start: usize) {
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
        let gap = usize::from(self.peek(end) == Some(' '));
        let after = self.peek(end + gap);
        if after.is_some_and(|c| matches!(c, '%' | '٪' | '％')) {
            self.at = end + gap + after.map_or(0, char::len_utf8);
            self.push(Kind::Percent, tokens::PERCENT, start, self.at);
            return;
        }
        if after.is_some_and(|c| chars::class(c) == Class::Currency || matches!(c, '円' | '元' | '원'))
            && !(gap == 1 && self.peek(end + 2).is_some_and(|c| chars::digit(c).is_some()))
        {
            self.at = end + gap + after.map_or(0, char::len_utf8);
            self.push(Kind::Price, tokens::PRICE, start, self.at);
            return;
        }
        let mut word_end = end + gap;
        let mut word = [' '; 10];
        let mut length = 0;
        while let Some(c) = self.peek(word_end).filter(|c| chars::class(*c) == Class::Letter) {
            chars::fold(c, |small| {
                if length < word.len() {
                    word[length] = small;
                }
                length += 1;
            });
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

    fn currency(&mut self, start: usize, next: usize) {
        let gap = usize::from(self.peek(next) == Some(' '));
        let mut end = next + gap;
        if self.peek(end).is_none_or(|c| chars::digit(c).is_none()) {
            self.at = next;
            return;
        }
        while let Some(c) = self.peek(end) {
            let is_inner = matches!(c, '.' | ',')
                && self.peek(end + c.len_utf8()).is_some_and(|inner| chars::digit(inner).is_some());
            if chars::digit(c).is_none() && !is_inner {
                break;
            }
            end += c.len_utf8();
        }
        self.at = end;
        self.push(Kind::Price, tokens::PRICE, start, end);
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
        let run =
            self.text[at..].chars().take_while(|c| chars::class(*c) == Class::Digit).map(char::len_utf8).sum::<usize>();
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
