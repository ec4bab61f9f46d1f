//! Owns how weights and phrases are packed: sorted keys by their gaps, weights as whole steps along learned axes; never scores.
//!
//! The weights of one feature hang together (what speaks for an apology speaks against every kind of selling), so they are
//! turned onto axes along which most are nothing; a feature that is met often is kept in finer steps.

use super::coder::{self, Chance, Coder, Lengths};
use super::model::OUTPUTS;
use crate::text::lexicon::Entry;

/// Bits of a feature's hash that are kept: of the features that training did not keep, one in 400 is taken for another.
/// With 21 bits there is room for 9 % more features, and on sources that were held out the loss rose by as much as they gave.
pub const KEY_BITS: u32 = 23;

/// Sizes of a step; the unit is the basis' own. Half of the features take one of the two coarsest: where 24 was the coarsest,
/// two thirds took it and would have liked a coarser one.
pub const STEPS: [i32; 8] = [4, 8, 16, 24, 32, 48, 72, 108];

/// The axes: row j says what one unit along axis j adds to each output, in 2^-[`BASIS_BITS`] of a weight's step.
pub type Basis = [[i16; OUTPUTS]; OUTPUTS];

/// Bits after the point in a [`Basis`].
pub const BASIS_BITS: u32 = 10;

/// The weights of one feature as they are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// Index into [`STEPS`].
    pub step: u8,
    /// Steps along each axis.
    pub values: [i16; OUTPUTS],
}

impl Codes {
    /// The weights, one an output.
    pub fn weights(&self, basis: &Basis) -> [i8; OUTPUTS] {
        let step = STEPS[usize::from(self.step) % STEPS.len()];
        let mut sums = [1_i32 << (BASIS_BITS - 1); OUTPUTS];
        for (value, axis) in self.values.iter().zip(basis) {
            if *value == 0 {
                continue;
            }
            let value = step.wrapping_mul(i32::from(*value));
            for at in 0..OUTPUTS {
                sums[at] = sums[at].wrapping_add(value.wrapping_mul(i32::from(axis[at])));
            }
        }
        sums.map(|sum| (sum >> BASIS_BITS).clamp(-127, 127) as i8)
    }
}

/// Chances of everything in a row.
#[derive(Debug)]
pub struct Chances {
    gaps: Lengths,
    steps: [Chance; STEPS.len()],
    /// By step: how many axes are used.
    used: [[Chance; 16]; STEPS.len()],
    /// By step, by axis, by how many of the two axes before are not nothing.
    some: [[[Chance; 3]; OUTPUTS]; STEPS.len()],
    /// By axis, by the signs of the two axes before.
    signs: [[Chance; 9]; OUTPUTS],
    /// By step, by axis.
    more: [[[Chance; UNARY]; OUTPUTS]; STEPS.len()],
    rest: Lengths,
}

/// Steps counted one by one before the length of the rest is written.
const UNARY: usize = 14;

impl Default for Chances {
    fn default() -> Self {
        const EVEN: Chance = Chance::EVEN;
        Self {
            gaps: Lengths::default(),
            steps: [EVEN; STEPS.len()],
            used: [[EVEN; 16]; STEPS.len()],
            some: [[[EVEN; 3]; OUTPUTS]; STEPS.len()],
            signs: [[EVEN; 9]; OUTPUTS],
            more: [[[EVEN; UNARY]; OUTPUTS]; STEPS.len()],
            rest: Lengths::default(),
        }
    }
}

/// One feature: its key (greater than `last`) and its codes.
pub fn row(coder: &mut impl Coder, chances: &mut Chances, last: u32, key: u32, codes: Codes) -> (u32, Codes) {
    let key = last.wrapping_add(coder::number(coder, &mut chances.gaps, key.wrapping_sub(last)));
    let step = coder::symbol(coder, &mut chances.steps, u32::from(codes.step)) as u8;
    let mut out = Codes { step, values: [0; OUTPUTS] };
    let class = usize::from(step) % STEPS.len();
    let used = codes.values.iter().rposition(|value| *value != 0).map_or(0, |last| last as u32 + 1);
    let used = (coder::symbol(coder, &mut chances.used[class], used) as usize).min(OUTPUTS);
    // Of the two axes before: how many are not nothing; which are negative, nothing, positive.
    let (mut before, mut near, mut signs) = (0, 0, 4);
    for at in 0..used {
        let value = codes.values[at];
        // The last axis that is used is not nothing.
        let some = if at + 1 == used {
            1
        } else {
            coder.bit(&mut chances.some[class][at][before + near], u32::from(value != 0))
        };
        (before, near) = (near, some as usize);
        let last = signs % 3 * 3;
        if some == 0 {
            signs = last + 1;
            continue;
        }
        let sign = coder.bit(&mut chances.signs[at][signs], u32::from(value < 0));
        signs = last + 2 * sign as usize;
        let wanted = usize::from(value.unsigned_abs());
        let mut size = 1;
        while size <= UNARY && coder.bit(&mut chances.more[class][at][size - 1], u32::from(wanted > size)) == 1 {
            size += 1;
        }
        if size > UNARY {
            let rest = coder::number(coder, &mut chances.rest, wanted.wrapping_sub(size) as u32 & 0xfff);
            size += (rest & 0xfff) as usize;
        }
        out.values[at] = if sign == 1 { -(size as i16) } else { size as i16 };
    }
    (key, out)
}

/// Chances of everything in a phrase.
#[derive(Debug)]
pub struct PhraseChances {
    gaps: Lengths,
    classes: [Chance; 64],
    languages: [[Chance; 32]; 2],
}

impl Default for PhraseChances {
    fn default() -> Self {
        Self { gaps: Lengths::default(), classes: [Chance::EVEN; 64], languages: [[Chance::EVEN; 32]; 2] }
    }
}

/// One phrase: its key (greater than `last`) and what is known of it.
pub fn phrase(coder: &mut impl Coder, chances: &mut PhraseChances, last: u32, key: u32, entry: Entry) -> (u32, Entry) {
    let key = last.wrapping_add(coder::number(coder, &mut chances.gaps, key.wrapping_sub(last)));
    let class = coder::symbol(coder, &mut chances.classes, u32::from(entry.class)) as u8;
    let languages = &mut chances.languages[usize::from(class == 0)];
    let language = coder::symbol(coder, languages, u32::from(entry.language)) as u8;
    (key, Entry { class, language })
}
