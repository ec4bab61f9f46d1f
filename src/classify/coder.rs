//! Owns the adaptive binary range coder of the model file; never knows what a bit stands for.
//!
//! One function walks the file in both directions: a [`Coder`] that writes is given each value and returns it, one that
//! reads ignores what it is given and returns what it finds. So reader and writer cannot disagree.
//! The arithmetic is that of LZMA's range coder (Pavlov), the chances mix a quick and a slow estimate.

/// How likely the next bit of its kind is 0, learned from the bits before it.
#[derive(Clone, Copy, Debug)]
pub struct Chance {
    /// In steps of 2⁻¹⁶.
    zero: u16,
    /// Bits that it has learned from and one, up to [`MEMORY`].
    seen: u8,
}

/// Bits of a chance as the coder uses it.
const CHANCE_BITS: u32 = 15;
/// A chance learns from its first bits by halves, from the n-th by about 1/n, and remembers about so many: what the file
/// holds is in the order of hashes, so nothing drifts. A fixed 2⁻⁵ made the weights' part 2 % larger.
const MEMORY: u8 = 127;
/// Bits that are written as they are go in parts of at most so many.
const PLAIN_AT_ONCE: u32 = 12;
/// Below this the range is widened by a byte.
const NARROW: u32 = 1 << 24;

impl Chance {
    /// Nothing known yet.
    pub const EVEN: Self = Self { zero: 1 << 15, seen: 1 };

    /// The chance of 0 in steps of 2⁻¹⁵; never 0 and never 1, because it never comes within 2⁻¹⁰ of either.
    #[inline(always)]
    const fn of_zero(self) -> u32 {
        self.zero as u32 >> 1
    }

    #[inline(always)]
    const fn learn(&mut self, bit: u32) {
        // Towards 65,535 for 0, towards 0 for 1: the distance is the number itself or its complement.
        let side = (bit as u16).wrapping_sub(1);
        let distance = self.zero ^ side;
        // The length of the count in bits: 1 after no bit, 7 from the 64th on.
        let part = u8::BITS - self.seen.leading_zeros();
        self.zero = (distance - (distance >> part)) ^ side;
        self.seen += (self.seen < MEMORY) as u8;
    }
}

/// Reads or writes bits.
pub trait Coder {
    /// One bit whose chance is learned.
    fn bit(&mut self, chance: &mut Chance, bit: u32) -> u32;
    /// The lowest `count` bits of a value, both of each equally likely.
    fn plain(&mut self, count: u32, value: u32) -> u32;
}

/// Reads; past the end of its bytes it reads zeros.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: std::slice::Iter<'a, u8>,
    range: u32,
    code: u32,
}

impl<'a> Reader<'a> {
    /// A reader at the beginning of what a [`Writer`] wrote.
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut reader = Self { bytes: bytes.iter(), range: u32::MAX, code: 0 };
        for _ in 0..5 {
            reader.shift();
        }
        reader
    }

    /// Whether every byte has been read.
    pub fn is_at_end(&self) -> bool {
        self.bytes.len() == 0
    }

    #[inline(always)]
    fn shift(&mut self) {
        self.code = self.code << 8 | self.bytes.next().map_or(0, |byte| u32::from(*byte));
    }

    #[inline(always)]
    fn widen(&mut self) {
        while self.range < NARROW {
            self.range <<= 8;
            self.shift();
        }
    }
}

impl Coder for Reader<'_> {
    #[inline(always)]
    fn bit(&mut self, chance: &mut Chance, _: u32) -> u32 {
        let bound = (self.range >> CHANCE_BITS) * chance.of_zero();
        let bit = u32::from(self.code >= bound);
        if bit == 0 {
            self.range = bound;
        } else {
            self.code -= bound;
            self.range -= bound;
        }
        chance.learn(bit);
        self.widen();
        bit
    }

    fn plain(&mut self, count: u32, _: u32) -> u32 {
        let mut value = 0;
        let mut left = count;
        while left > 0 {
            // The range has 24 bits at least.
            let now = left.min(PLAIN_AT_ONCE);
            self.range >>= now;
            let part = (self.code / self.range).min((1 << now) - 1);
            self.code -= part * self.range;
            value = value << now | part;
            left -= now;
            self.widen();
        }
        value
    }
}

/// Writes; used in training only.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    low: u64,
    range: u32,
    held: u8,
    /// Bytes held back because a carry may still change them: the first is `held`, the others are 255.
    waiting: u64,
}

impl Default for Writer {
    fn default() -> Self {
        Self { out: Vec::new(), low: 0, range: u32::MAX, held: 0, waiting: 1 }
    }
}

impl Writer {
    /// The bytes, once everything is written.
    pub fn finish(mut self) -> Vec<u8> {
        for _ in 0..5 {
            self.shift();
        }
        self.out
    }

    fn shift(&mut self) {
        let carry = (self.low >> 32) as u8;
        if self.low < 0xff00_0000 || carry > 0 {
            while self.waiting > 0 {
                self.out.push(self.held.wrapping_add(carry));
                self.held = 0xff;
                self.waiting -= 1;
            }
            self.held = (self.low >> 24) as u8;
        }
        self.waiting += 1;
        self.low = (self.low & 0x00ff_ffff) << 8;
    }

    fn widen(&mut self) {
        while self.range < NARROW {
            self.range <<= 8;
            self.shift();
        }
    }
}

impl Coder for Writer {
    fn bit(&mut self, chance: &mut Chance, bit: u32) -> u32 {
        let bound = (self.range >> CHANCE_BITS) * chance.of_zero();
        if bit == 0 {
            self.range = bound;
        } else {
            self.low += u64::from(bound);
            self.range -= bound;
        }
        chance.learn(bit);
        self.widen();
        bit
    }

    fn plain(&mut self, count: u32, value: u32) -> u32 {
        let mut left = count;
        while left > 0 {
            let now = left.min(PLAIN_AT_ONCE);
            left -= now;
            self.range >>= now;
            self.low += u64::from(value >> left & ((1 << now) - 1)) * u64::from(self.range);
            self.widen();
        }
        value
    }
}

/// A number below `N`, a power of two, from its highest bit down, each bit's chance known by those above it.
#[inline(always)]
pub fn symbol<const N: usize>(coder: &mut impl Coder, chances: &mut [Chance; N], value: u32) -> u32 {
    let mut node = 1_usize;
    let mut bit = N.trailing_zeros();
    while bit > 0 {
        bit -= 1;
        node = node << 1 | coder.bit(&mut chances[node & (N - 1)], value >> bit & 1) as usize;
    }
    (node & (N - 1)) as u32
}

/// Chances for [`number`].
#[derive(Debug)]
pub struct Lengths {
    lengths: [Chance; 32],
    tops: [Chance; 32],
}

impl Default for Lengths {
    fn default() -> Self {
        Self { lengths: [Chance::EVEN; 32], tops: [Chance::EVEN; 32] }
    }
}

/// A number below 2³¹: its length, its two highest bits, then the rest as they are.
pub fn number(coder: &mut impl Coder, chances: &mut Lengths, value: u32) -> u32 {
    let value = value.wrapping_add(1).max(1);
    let length = symbol(coder, &mut chances.lengths, 31 - value.leading_zeros());
    if length == 0 {
        return 0;
    }
    let top = coder.bit(&mut chances.tops[length as usize & 31], value >> (length - 1) & 1);
    let rest = coder.plain(length - 1, value & ((1 << (length - 1)) - 1));
    (1 << length | top << (length - 1) | rest) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(coder: &mut impl Coder, values: &[u32]) -> Vec<u32> {
        let mut lengths = Lengths::default();
        let mut chances = [Chance::EVEN; 64];
        let mut out = Vec::new();
        for value in values {
            out.push(number(coder, &mut lengths, *value));
            out.push(symbol(coder, &mut chances, *value & 63));
            out.push(coder.plain(7, *value & 127));
        }
        out
    }

    #[track_caller]
    fn check(values: &[u32]) {
        let mut writer = Writer::default();
        let written = walk(&mut writer, values);
        let bytes = writer.finish();
        let mut reader = Reader::new(&bytes);
        assert_eq!(walk(&mut reader, &vec![0; values.len()]), written);
        assert!(reader.is_at_end());
    }

    #[test]
    fn what_is_written_is_read() {
        check(&[]);
        check(&[0]);
        check(&[0x7fff_fffe, 0, 1, 2, 3, 62, 63, 64]);
        // Long runs of one value: the carry runs through many bytes.
        check(&[0; 5_000]);
        check(&[127; 5_000]);
        check(&(0..20_000).map(|at| crate::text::hash::finish(at) >> (at % 31 + 1)).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_usual_costs_little() {
        let mut writer = Writer::default();
        let mut chance = Chance::EVEN;
        (0..8_000).for_each(|at| {
            writer.bit(&mut chance, u32::from(at % 100 == 0));
        });
        // Entropy of 1 in 100 is 0.081 bits: 81 bytes.
        assert!(writer.finish().len() < 130);
    }
}
