//! Owns Unicode's compatibility forms (NFKC and what leads to it) and its small letters; never drops a mark.
//!
//! The usual crate keeps its tables ready for hashing, 185 KB of the module; these are the same facts in 27 KB, read where they
//! lie. `tests/normal_forms.rs` writes the file from that crate, proves that both agree on every character, and names the few
//! blocks that are left out.

/// Layout, little endian: seven lengths in bytes (u32), then the parts one after another.
///
/// 0. For every 64 characters from U+0000 on, the number of their block (u8); block 0 has no decompositions.
/// 1. Blocks: which of the 64 characters decompose (u64), and where their texts begin in part 2 (u16).
/// 2. Texts in the order of their characters, each as its length in bytes (u8) and UTF-8: full compatibility decompositions.
///
/// The others are tables, column by column (all first bytes of their rows, then all second ones …), because so they are packed in
/// half the room:
///
/// 3. Compositions, sorted: the first character, the second, what they become (u24 each).
/// 4. Classes of combining marks, sorted: first character (u24), how many follow (u8), class (u8).
/// 5. Marks (general category M), sorted: first character (u24), how many follow (u8).
/// 6. Capitals, sorted: first character (u24), how many follow (u8), how far apart (u8), what is added to make each small (i24).
const FILE: &[u8] = include_bytes!("normal.bin");

const PARTS: usize = 7;
const BLOCK_CHARS: u32 = 64;
const BLOCK_BYTES: usize = 10;

/// Where each part begins and ends, known at compile time.
const BOUNDS: [usize; PARTS + 1] = bounds();

const fn bounds() -> [usize; PARTS + 1] {
    let mut bounds = [4 * PARTS; PARTS + 1];
    let mut part = 0;
    while part < PARTS {
        let at = 4 * part;
        let len = u32::from_le_bytes([FILE[at], FILE[at + 1], FILE[at + 2], FILE[at + 3]]);
        bounds[part + 1] = bounds[part] + len as usize;
        part += 1;
    }
    bounds
}

const fn part(number: usize) -> &'static [u8] {
    let (file, _) = FILE.split_at(BOUNDS[number + 1]);
    file.split_at(BOUNDS[number]).1
}

const INDEX: &[u8] = part(0);
const BLOCKS: &[u8] = part(1);
const TEXTS: &[u8] = part(2);
const COMPOSITIONS: &[u8] = part(3);
const CLASSES: &[u8] = part(4);
const MARKS: &[u8] = part(5);
const CAPITALS: &[u8] = part(6);

/// Hangul syllables are reckoned, not looked up (The Unicode Standard, section 3.12).
mod hangul {
    pub(super) const S: u32 = 0xac00;
    pub(super) const L: u32 = 0x1100;
    pub(super) const V: u32 = 0x1161;
    /// One before the first: none at all.
    pub(super) const T: u32 = 0x11a7;
    pub(super) const L_COUNT: u32 = 19;
    pub(super) const V_COUNT: u32 = 21;
    pub(super) const T_COUNT: u32 = 28;
    pub(super) const S_COUNT: u32 = L_COUNT * V_COUNT * T_COUNT;
}

/// Gives a character's full compatibility decomposition; itself when there is none.
pub fn decompose(c: char, mut out: impl FnMut(char)) {
    match decomposition(c) {
        Some(text) => text.chars().for_each(out),
        None => match (c as u32).checked_sub(hangul::S).filter(|&s| s < hangul::S_COUNT) {
            Some(s) => jamo(s).into_iter().flatten().for_each(out),
            None => out(c),
        },
    }
}

fn decomposition(c: char) -> Option<&'static str> {
    let block = *INDEX.get((c as u32 / BLOCK_CHARS) as usize)? as usize;
    let block = BLOCKS.get(block * BLOCK_BYTES..)?;
    let (bits, block) = block.split_first_chunk::<8>()?;
    let bits = u64::from_le_bytes(*bits);
    let bit = 1 << (c as u32 % BLOCK_CHARS);
    if bits & bit == 0 {
        return None;
    }
    let start = u16::from_le_bytes(*block.first_chunk::<2>()?);
    let mut texts = TEXTS.get(usize::from(start)..)?;
    for _ in 0..(bits & (bit - 1)).count_ones() {
        let (len, rest) = texts.split_first()?;
        texts = rest.get(usize::from(*len)..)?;
    }
    let (len, rest) = texts.split_first()?;
    std::str::from_utf8(rest.get(..usize::from(*len))?).ok()
}

fn jamo(s: u32) -> [Option<char>; 3] {
    let t = s % hangul::T_COUNT;
    let lv = s / hangul::T_COUNT;
    let l = char::from_u32(hangul::L + lv / hangul::V_COUNT);
    let v = char::from_u32(hangul::V + lv % hangul::V_COUNT);
    [l, v, (t > 0).then(|| char::from_u32(hangul::T + t)).flatten()]
}

/// A row of a table whose rows have `WIDTH` bytes.
#[derive(Clone, Copy)]
struct Row<const WIDTH: usize> {
    table: &'static [u8],
    nth: usize,
}

impl<const WIDTH: usize> Row<WIDTH> {
    fn byte(self, column: usize) -> u32 {
        u32::from(self.table.get(self.table.len() / WIDTH * column + self.nth).copied().unwrap_or(0))
    }

    /// A number of three bytes.
    fn u24(self, column: usize) -> u32 {
        self.byte(column) | self.byte(column + 1) << 8 | self.byte(column + 2) << 16
    }
}

/// The last row of a sorted table that does not come after what is sought.
fn row<const WIDTH: usize>(table: &'static [u8], is_after: impl Fn(Row<WIDTH>) -> bool) -> Option<Row<WIDTH>> {
    let (mut low, mut high) = (0, table.len() / WIDTH);
    while low < high {
        let nth = low.midpoint(high);
        if is_after(Row { table, nth }) {
            high = nth;
        } else {
            low = nth + 1;
        }
    }
    Some(Row { table, nth: low.checked_sub(1)? })
}

/// Whether this is a combining mark of any kind (general category M).
pub fn is_mark(c: char) -> bool {
    let code = c as u32;
    row::<4>(MARKS, |row| row.u24(0) > code).is_some_and(|row| code - row.u24(0) <= row.byte(3))
}

/// The canonical combining class; 0 for what does not combine.
fn class(c: char) -> u8 {
    let code = c as u32;
    match row::<5>(CLASSES, |row| row.u24(0) > code) {
        Some(row) if code - row.u24(0) <= row.byte(3) => row.byte(4) as u8,
        Some(_) | None => 0,
    }
}

/// The small letter; the character itself when it is none of a pair, or when it becomes more than one (İ).
pub fn small(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let code = c as u32;
    let Some(row) = row::<8>(CAPITALS, |row| row.u24(0) > code) else { return c };
    let (after, apart) = (code - row.u24(0), row.byte(4).max(1));
    if after / apart > row.byte(3) || after % apart != 0 {
        return c;
    }
    // Added modulo 2^24, so that a difference may be negative.
    char::from_u32(code.wrapping_add(row.u24(5)) & 0xff_ffff).unwrap_or(c)
}

/// A text in small letters; as the standard library's, but for a sigma at the end of a word, which stays σ.
pub fn lower(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == 'İ' {
            out.push('i');
            out.push('\u{307}');
        } else {
            out.push(small(c));
        }
    }
    out
}

/// The letter that two make, if they make one.
pub(super) fn compose(first: char, second: char) -> Option<char> {
    let (a, b) = (first as u32, second as u32);
    let below = |code: u32, base: u32, count: u32| code.checked_sub(base).filter(|&at| at < count);
    if let (Some(l), Some(v)) = (below(a, hangul::L, hangul::L_COUNT), below(b, hangul::V, hangul::V_COUNT)) {
        return char::from_u32(hangul::S + (l * hangul::V_COUNT + v) * hangul::T_COUNT);
    }
    if let (Some(s), Some(t)) = (below(a, hangul::S, hangul::S_COUNT), below(b, hangul::T, hangul::T_COUNT))
        && s % hangul::T_COUNT == 0
        && t > 0
    {
        return char::from_u32(a + t);
    }
    let row = row::<9>(COMPOSITIONS, |row| (row.u24(0), row.u24(3)) > (a, b))?;
    ((row.u24(0), row.u24(3)) == (a, b)).then(|| char::from_u32(row.u24(6))).flatten()
}

/// Normalization Form KC (Unicode Standard Annex #15).
pub fn nfkc(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut chars: Vec<(u8, char)> = Vec::with_capacity(text.len());
    for c in text.chars() {
        decompose(c, |part| {
            let class = class(part);
            // Marks are put in the order of their classes; a base begins anew.
            let after = if class == 0 { 0 } else { chars.iter().rev().take_while(|other| other.0 > class).count() };
            chars.insert(chars.len() - after, (class, part));
        });
    }
    let mut out: Vec<char> = Vec::with_capacity(chars.len());
    let mut base: Option<usize> = None;
    let mut last = 0;
    for (class, c) in chars {
        // A mark reaches its base unless one of the same class, or another base, stands between.
        if let Some(at) = base
            && (last < class || at + 1 == out.len())
            && let Some(composed) = compose(out[at], c)
        {
            out[at] = composed;
            continue;
        }
        if class == 0 {
            base = Some(out.len());
        }
        last = class;
        out.push(c);
    }
    out.into_iter().collect()
}
