//! Owns what an address looks like, with or without its scheme; never opens one.

use super::chars::{self, Class};
use super::scan::Scanner;
use super::tokens::{self, Kind};

/// Endings by which an address without scheme or path is known.
const TLDS: [&str; 40] = [
    "com", "net", "org", "io", "co", "de", "fr", "uk", "ch", "br", "it", "es", "pt", "nl", "se", "pl", "cz", "tr",
    "ru", "ua", "jp", "kr", "cn", "in", "id", "vn", "us", "eu", "tv", "app", "shop", "store", "info", "biz", "gov",
    "edu", "ly", "gl", "me", "ai",
];

impl Scanner<'_, '_> {
    /// An address or an e-mail address, if one starts here.
    #[inline(always)]
    pub(super) fn address(&mut self, start: usize) -> bool {
        // Most words end at white space or at a mark that no address holds, and do not begin as one ("https…").
        let bytes = self.text.as_bytes();
        let mut end = start;
        while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let is_plain = !bytes.get(end).is_some_and(|byte| b".@/:-_+%".contains(byte));
        if is_plain && bytes.get(start).is_none_or(|byte| byte | 0x20 != b'h') {
            return false;
        }
        self.unusual(start)
    }

    #[inline(never)]
    fn unusual(&mut self, start: usize) -> bool {
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
}
