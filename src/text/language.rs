//! Owns the guess at a text's language: by script, then by its little words; never reads the page's claim.

/// Languages with words in the lexicon, by their place there.
pub const ALL: [&str; 20] = [
    "en", "es", "pt", "fr", "de", "it", "nl", "sv", "pl", "cs", "tr", "id", "vi", "ru", "uk", "ar", "he", "hi", "ja",
    "ko",
];

/// How many languages have words in the lexicon.
pub const LANGUAGES: usize = ALL.len();

/// Chinese has no little words in the lexicon: it is known by its script.
pub const CHINESE: &str = "zh";

/// What the letters of a text say about its language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// No letters, or too few to say.
    Nothing,
    /// One of [`ALL`] or [`CHINESE`].
    Known(&'static str),
    /// A script or a language that is none of them.
    Foreign,
}

/// Guesses from the letters and from the words counted by [`super::features::extract`].
pub fn guess(text: &str, words: &[u16; LANGUAGES]) -> Guess {
    let letters = Letters::of(text);
    let all = letters.total();
    if all < MIN_LETTERS {
        return Guess::Nothing;
    }
    if letters.hangul * 3 > all {
        return Guess::Known("ko");
    }
    if letters.kana * 6 > letters.han + letters.kana && letters.kana * 8 > all {
        return Guess::Known("ja");
    }
    if letters.han * 4 > all {
        return Guess::Known(CHINESE);
    }
    if letters.hebrew * 3 > all {
        return Guess::Known("he");
    }
    if letters.arabic * 3 > all {
        return if letters.persian * 12 > letters.arabic { Guess::Foreign } else { Guess::Known("ar") };
    }
    if letters.devanagari * 3 > all {
        return Guess::Known("hi");
    }
    if letters.cyrillic * 3 > all {
        return if letters.ukrainian > 0 { Guess::Known("uk") } else { Guess::Known("ru") };
    }
    if letters.foreign * 3 > all {
        return Guess::Foreign;
    }
    let mut best = (0, 0);
    let mut second = 0;
    for (at, &count) in words.iter().enumerate().take(ALL.len()) {
        if count > best.0 {
            second = best.0;
            best = (count, at);
        } else if count > second {
            second = count;
        }
    }
    if best.0 > second {
        return ALL.get(best.1).map_or(Guess::Nothing, |id| Guess::Known(id));
    }
    Guess::Nothing
}

/// The beginning of a text is enough to tell its script.
const MAX_CHARS: usize = 400;

/// Fewer letters say nothing.
const MIN_LETTERS: u32 = 3;

#[derive(Default)]
struct Letters {
    latin: u32,
    cyrillic: u32,
    ukrainian: u32,
    arabic: u32,
    persian: u32,
    hebrew: u32,
    devanagari: u32,
    han: u32,
    kana: u32,
    hangul: u32,
    foreign: u32,
}

impl Letters {
    /// The letters at the beginning of a text; most are ASCII, and nobody need decode those.
    fn of(text: &str) -> Self {
        let mut letters = Self::default();
        let (mut at, mut seen) = (0, 0);
        while seen < MAX_CHARS
            && let Some(byte) = text.as_bytes().get(at)
        {
            seen += 1;
            if byte.is_ascii() {
                letters.latin += u32::from(byte.is_ascii_alphabetic());
                at += 1;
            } else if let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
                letters.note(c);
                at += c.len_utf8();
            } else {
                break;
            }
        }
        letters
    }

    fn note(&mut self, c: char) {
        let slot = match c as u32 {
            0xc0..=0x24f | 0x1e00..=0x1eff | 0xff21..=0xff5a | 0x1_d400..=0x1_d6a3 => &mut self.latin,
            0x400..=0x52f => {
                if matches!(c, 'і' | 'ї' | 'є' | 'ґ' | 'І' | 'Ї' | 'Є' | 'Ґ') {
                    self.ukrainian += 1;
                }
                &mut self.cyrillic
            }
            0x600..=0x6ff => {
                if matches!(c, 'پ' | 'چ' | 'ژ' | 'گ' | 'ٹ' | 'ڈ' | 'ے' | 'ں' | 'ی' | 'ک') {
                    self.persian += 1;
                }
                &mut self.arabic
            }
            0x5d0..=0x5ea => &mut self.hebrew,
            0x900..=0x97f => &mut self.devanagari,
            0x3400..=0x4dbf | 0x4e00..=0x9fff => &mut self.han,
            0x3041..=0x30ff | 0xff66..=0xff9d => &mut self.kana,
            0xac00..=0xd7a3 | 0x1100..=0x11ff => &mut self.hangul,
            code if code > 0x24f && c.is_alphabetic() => &mut self.foreign,
            _ => return,
        };
        *slot += 1;
    }

    const fn total(&self) -> u32 {
        self.latin
            + self.cyrillic
            + self.arabic
            + self.hebrew
            + self.devanagari
            + self.han
            + self.kana
            + self.hangul
            + self.foreign
    }
}
