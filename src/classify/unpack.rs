//! Owns the reading of a model file, whole or part by part; never scores.

use super::coder::Reader;
use super::model::{
    BIAS, FIGURES, FORMAT, Features, Figures, HEAD_BYTES, MAGIC, Model, ModelError, OUTPUTS, Row, SUM_AT, checksum,
    u32_at,
};
use super::packed::{self, Basis, Chances, Codes, PhraseChances};
use crate::text::lexicon::{Entry, Lexicon};

/// A model that is read in parts, so that none takes long.
///
/// Its two tables are made last, of keys that are kept in order until then: the twin begins with a memory in which all else is
/// done, and tables with free places between the others would take more bytes there than the budget has.
#[derive(Debug)]
pub struct Unpacking<'a> {
    reader: Reader<'a>,
    basis: Basis,
    chances: Chances,
    figures: Figures,
    provenance: &'a str,
    phrases: Vec<(u32, Entry)>,
    /// Features in the file.
    count: usize,
    last: u32,
    /// How far each key that is read lies behind the one before, and what belongs to it.
    gaps: Vec<u32>,
    rows: Vec<Row>,
}

impl<'a> Unpacking<'a> {
    /// Checks the bytes and reads everything but the features.
    ///
    /// # Errors
    /// [`ModelError`] when the bytes are not an unchanged model for this build.
    pub fn begin(bytes: &'a [u8]) -> Result<Self, ModelError> {
        if bytes.len() < HEAD_BYTES || bytes[..4] != MAGIC {
            return Err(ModelError::Foreign);
        }
        let half = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        let word = |at: usize| u32_at(bytes, at).unwrap_or(0);
        if half(4) != FORMAT || usize::from(half(6)) != OUTPUTS {
            return Err(ModelError::Format { found: half(4) });
        }
        if word(8) != crate::text::VERSION {
            return Err(ModelError::Stale { found: word(8), wanted: crate::text::VERSION });
        }
        if word(12) as usize != bytes.len() {
            return Err(ModelError::Cut { stated: word(12) as usize, found: bytes.len() });
        }
        if word(SUM_AT) != checksum(&bytes[SUM_AT + 4..]) {
            return Err(ModelError::Checksum);
        }
        let (count, phrases) = (usize::from(half(20)), usize::from(half(22)));
        let provenance_bytes = word(24) as usize;
        let mut rest = &bytes[HEAD_BYTES..];
        let mut take = |length: usize| -> Result<&'a [u8], ModelError> {
            let (head, tail) = rest.split_at_checked(length).ok_or(ModelError::Broken)?;
            rest = tail;
            Ok(head)
        };
        let figures = Figures::read(take(FIGURES * 4)?, word(28), word(32)).ok_or(ModelError::Broken)?;
        let provenance = std::str::from_utf8(take(provenance_bytes)?).map_err(|_| ModelError::Broken)?;
        let mut basis: Basis = [[0; OUTPUTS]; OUTPUTS];
        let halves = take(2 * OUTPUTS * OUTPUTS)?.as_chunks::<2>().0;
        basis.as_flattened_mut().iter_mut().zip(halves).for_each(|(cell, half)| *cell = i16::from_le_bytes(*half));
        if count > Features::MOST || phrases > Lexicon::MOST {
            return Err(ModelError::Broken);
        }
        let mut reader = Reader::new(rest);
        let phrases = read_phrases(&mut reader, phrases);
        let (gaps, rows) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let chances = Chances::default();
        Ok(Self { reader, basis, chances, figures, provenance, phrases, count, last: 0, gaps, rows })
    }

    /// Reads at most `most` more features; whether all are read, after which the bytes are not looked at any more.
    ///
    /// # Errors
    /// [`ModelError::Broken`] when the parts contradict each other.
    pub fn part(&mut self, most: usize) -> Result<bool, ModelError> {
        for _ in 0..most.min(self.count - self.rows.len()) {
            let (key, codes) = packed::row(&mut self.reader, &mut self.chances, self.last, 0, Codes::default());
            if !self.rows.is_empty() && key <= self.last || key >> packed::KEY_BITS != 0 {
                return Err(ModelError::Broken);
            }
            self.gaps.push(key - self.last);
            self.rows.push(row(codes.weights(&self.basis)));
            self.last = key;
        }
        let is_read = self.is_read();
        if is_read && !self.reader.is_at_end() { Err(ModelError::Broken) } else { Ok(is_read) }
    }

    /// Whether all features are read.
    pub const fn is_read(&self) -> bool {
        self.rows.len() == self.count
    }

    /// The model, of what is read of it.
    pub fn finish(self) -> Model<'a> {
        let mut table = Features::new(packed::KEY_BITS);
        let mut key = 0;
        for (gap, at) in self.gaps.into_iter().zip(0..) {
            key += gap;
            table.add(key, at);
        }
        let Self { figures, provenance, phrases, rows, .. } = self;
        Model { figures, lexicon: Lexicon::new(phrases), provenance, table, rows }
    }
}

fn read_phrases(reader: &mut Reader<'_>, count: usize) -> Vec<(u32, Entry)> {
    let (mut chances, mut last) = (PhraseChances::default(), 0);
    let next = |_| {
        let found = packed::phrase(reader, &mut chances, last, 0, Entry::default());
        last = found.0;
        found
    };
    (0..count).map(next).collect()
}

/// Weights as a [`Row`].
fn row(weights: [i8; OUTPUTS]) -> Row {
    let mut bytes = [0x80; 16];
    bytes.iter_mut().zip(weights).for_each(|(byte, weight)| *byte = (i32::from(weight) + BIAS) as u8);
    let mut row = [0; 4];
    row.iter_mut().zip(bytes.as_chunks::<4>().0).for_each(|(word, bytes)| *word = u32::from_le_bytes(*bytes));
    row
}
