//! Owns how people are told apart without being known: accounts named in a text, and their salted hashes; never keeps a name.

/// A key under which people's names are hashed; made once on the machine and never exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Salt(pub u64, pub u64);

impl Salt {
    /// A salt from 32 hexadecimal digits; none when it is no such thing.
    pub fn from_hex(text: &str) -> Option<Self> {
        let (one, other) = (text.get(..16)?, text.get(16..)?);
        let half = |digits| u64::from_str_radix(digits, 16).ok();
        if other.len() == 16 { Some(Self(half(one)?, half(other)?)) } else { None }
    }

    /// The salted hash of an account: SipHash-2-4 (Aumasson and Bernstein 2012), a keyed function that cannot be turned round by
    /// trying all known handles without the key.
    pub fn hash(self, account: &str) -> u64 {
        let mut state = [
            self.0 ^ 0x736f_6d65_7073_6575,
            self.1 ^ 0x646f_7261_6e64_6f6d,
            self.0 ^ 0x6c79_6765_6e65_7261,
            self.1 ^ 0x7465_6462_7974_6573,
        ];
        let bytes = account.as_bytes();
        let mut word = 0;
        for (at, byte) in bytes.iter().enumerate() {
            word |= u64::from(*byte) << (at % 8 * 8);
            if at % 8 == 7 {
                absorb(&mut state, word);
                word = 0;
            }
        }
        absorb(&mut state, word | (bytes.len() as u64) << 56);
        state[2] ^= 0xff;
        (0..4).for_each(|_| round(&mut state));
        state[0] ^ state[1] ^ state[2] ^ state[3]
    }
}

fn absorb(state: &mut [u64; 4], word: u64) {
    state[3] ^= word;
    round(state);
    round(state);
    state[0] ^= word;
}

#[inline(never)]
fn round(state: &mut [u64; 4]) {
    let [mut a, mut b, mut c, mut d] = *state;
    a = a.wrapping_add(b);
    b = b.rotate_left(13) ^ a;
    a = a.rotate_left(32);
    c = c.wrapping_add(d);
    d = d.rotate_left(16) ^ c;
    a = a.wrapping_add(d);
    d = d.rotate_left(21) ^ a;
    c = c.wrapping_add(b);
    b = b.rotate_left(17) ^ c;
    c = c.rotate_left(32);
    *state = [a, b, c, d];
}

/// Calls with each account named in a text, without its sign and in the order of the text: `@ada`, `@ada@server.example`. An
/// e-mail address names none.
pub fn mentions(text: &str, found: &mut dyn FnMut(&str)) {
    let mut before = ' ';
    let mut begin = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_end = !is_part(c) && c != '@';
        if is_end {
            if let Some(name) = begin.take().and_then(|begin| text.get(begin..at)) {
                let name = name.trim_end_matches(['.', '-', '@']);
                if !name.is_empty() {
                    found(name);
                }
            }
        } else if c == '@' && begin.is_none() && !is_part(before) {
            begin = Some(at + 1);
        }
        before = c;
    }
}

/// Letters of accounts in any of the rooms.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-')
}

/// Number of hashtags in a text; a sign needs a letter in the word after it ("#1" is a rank).
pub fn hashtags(text: &str) -> u32 {
    let (mut count, mut is_open) = (0, false);
    for c in text.chars() {
        if is_open && c.is_alphabetic() {
            count += 1;
        }
        is_open = is_tag_sign(c) || (is_open && !c.is_alphabetic() && (c.is_alphanumeric() || c == '_'));
    }
    count
}

/// Whether a character begins a hashtag.
pub fn is_tag_sign(c: char) -> bool {
    matches!(c, '#' | '＃')
}

/// Whether a text asks something: by the question mark of any script that has one, since no list of question words covers all
/// languages. Those in addresses do not count.
pub fn is_question(text: &str) -> bool {
    let asks = |word: &str| word.chars().any(|c| matches!(c, '?' | '？' | '؟' | ';' | '՞' | '፧'));
    text.split_whitespace().any(|word| asks(word) && !word.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_siphash() {
        // Key 00..0f, message 00..0e: the example of the paper's appendix A.
        let salt = Salt::from_hex("07060504030201000f0e0d0c0b0a0908").expect("a salt");
        let message: String = (0..15u8).map(char::from).collect();
        assert_eq!(salt.hash(&message), 0xa129_ca61_49be_45e5);
        assert_ne!(salt.hash("ada"), Salt(0, 1).hash("ada"));
    }

    #[test]
    fn a_salt_has_32_digits() {
        for wrong in ["", "0", &"0".repeat(31), &"0".repeat(33), &"x".repeat(32), &"é".repeat(16)] {
            assert_eq!(Salt::from_hex(wrong), None, "{wrong}");
        }
    }

    #[track_caller]
    fn check(text: &str, accounts: &[&str], tags: u32, asks: bool) {
        let mut named = Vec::new();
        mentions(text, &mut |name| named.push(name.to_owned()));
        assert_eq!(named, accounts, "{text}");
        assert_eq!((hashtags(text), is_question(text)), (tags, asks), "{text}");
    }

    #[test]
    fn what_a_text_names() {
        check("", &[], 0, false);
        check("@ada and (@bob.b), thanks! #1 #tea", &["ada", "bob.b"], 1, false);
        check("write to name@ex.am @", &[], 0, false);
        check("@ada@server.example. Why? #a#b", &["ada@server.example"], 2, true);
        check("見て https://ex.am/?q=1 ＃日本", &[], 1, false);
        check("いつですか？@tanaka", &["tanaka"], 0, true);
        check("@@", &[], 0, false);
        check("(@ada)@bob #12 #12b #_", &["ada", "bob"], 1, false);
        check("see ex.am/?q", &[], 0, true);
    }
}
