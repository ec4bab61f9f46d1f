//! Owns the model file: its layout, its checks and the lookup of a feature's weights; never scores.
//!
//! The file is read where it lies (little endian, no copy, nothing built at start).
//! It names the command and the inputs it was made from, and carries the version of the text room it was trained for.

use crate::text::lexicon::{Entry, Lexicon, SLOT_BYTES};

/// Outputs of the model: twelve intents, then [`STANCE`] and [`AD`].
pub const OUTPUTS: usize = crate::intent::COUNT + 2;
/// Index of the output that says conversation (positive) or broadcast (negative).
pub const STANCE: usize = crate::intent::COUNT;
/// Index of the output that says pure advertising.
pub const AD: usize = crate::intent::COUNT + 1;

const MAGIC: [u8; 4] = *b"KBZJ";
const FORMAT: u16 = 1;
const HEAD_BYTES: usize = 40;
/// Where the checksum stands; it covers everything after itself.
const SUM_AT: usize = 16;

/// Why a model file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelError {
    /// Does not start as a model file does.
    Foreign,
    /// A layout that this build does not read.
    Format {
        /// The file's layout.
        found: u16,
    },
    /// Trained for another version of the text room: train again.
    Stale {
        /// The version it was trained for.
        found: u32,
        /// The version of this build.
        wanted: u32,
    },
    /// Shorter or longer than it says.
    Cut {
        /// Bytes it says.
        stated: usize,
        /// Bytes there are.
        found: usize,
    },
    /// The bytes are not those that were written.
    Checksum,
    /// The parts contradict each other.
    Broken,
}

impl std::fmt::Display for ModelError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Foreign => out.write_str("not a Kibitz model"),
            Self::Format { found } => write!(out, "model layout {found}, this build reads {FORMAT}"),
            Self::Stale { found, wanted } => {
                write!(
                    out,
                    "stale model: trained for text version {found}, this build has {wanted}; run `cargo xtask train`"
                )
            }
            Self::Cut { stated, found } => write!(out, "cut model: {found} bytes of {stated}"),
            Self::Checksum => out.write_str("damaged model: checksum differs"),
            Self::Broken => out.write_str("damaged model: its parts contradict each other"),
        }
    }
}

impl std::error::Error for ModelError {}

/// The figures of a model beside its weights; all are read from the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// What one step of a weight is worth, by output.
    pub scale: [f32; OUTPUTS],
    /// Added to each output.
    pub bias: [f32; OUTPUTS],
    /// Share of the intents in the stance's score; the rest is the output for the stance itself.
    pub mix: f32,
    /// Log-odds of conversation = `gain` × score + `shift` (Platt).
    pub stance_gain: f32,
    /// See `stance_gain`.
    pub stance_shift: f32,
    /// Pure advertising: log-odds = `gain` × output + `shift`.
    pub ad_gain: f32,
    /// See `ad_gain`.
    pub ad_shift: f32,
    /// The intents' outputs are multiplied by this before the softmax (inverse temperature).
    pub intent_gain: f32,
    /// Confidence from which a verdict is shown as sure.
    pub sure: f32,
    /// The same for rooms and languages without held-out evidence.
    pub sure_strict: f32,
    /// Probability of pure advertising from which a post may be folded.
    pub fold: f32,
    /// The same for rooms and languages without held-out evidence.
    pub fold_strict: f32,
    /// A folded post's probability of conversation is at most this.
    pub fold_conversation: f32,
    /// Share of a text's words that the model must know for a sure verdict.
    pub known_words: f32,
    /// Rooms with held-out evidence, one bit each in the order of [`crate::post::Room::ALL`].
    pub rooms: u32,
    /// Languages with held-out evidence, one bit each in the order of [`crate::text::language::ALL`]; the last bit is Chinese.
    pub languages: u32,
}

const FIGURES: usize = 2 * OUTPUTS + 12;

impl Figures {
    fn numbers(&self) -> [f32; FIGURES] {
        let mut out = [0.0; FIGURES];
        out[..OUTPUTS].copy_from_slice(&self.scale);
        out[OUTPUTS..2 * OUTPUTS].copy_from_slice(&self.bias);
        out[2 * OUTPUTS..].copy_from_slice(&[
            self.stance_gain,
            self.stance_shift,
            self.ad_gain,
            self.ad_shift,
            self.intent_gain,
            self.sure,
            self.sure_strict,
            self.fold,
            self.fold_strict,
            self.fold_conversation,
            self.known_words,
            self.mix,
        ]);
        out
    }

    fn read(bytes: &[u8], rooms: u32, languages: u32) -> Option<Self> {
        let mut numbers = [0.0_f32; FIGURES];
        for (at, number) in numbers.iter_mut().enumerate() {
            *number = f32::from_bits(u32_at(bytes, at * 4)?);
            if !number.is_finite() {
                return None;
            }
        }
        let mut figures = Self { rooms, languages, ..Self::default() };
        figures.scale.copy_from_slice(&numbers[..OUTPUTS]);
        figures.bias.copy_from_slice(&numbers[OUTPUTS..2 * OUTPUTS]);
        let rest = &numbers[2 * OUTPUTS..];
        figures.stance_gain = rest[0];
        figures.stance_shift = rest[1];
        figures.ad_gain = rest[2];
        figures.ad_shift = rest[3];
        figures.intent_gain = rest[4];
        figures.sure = rest[5];
        figures.sure_strict = rest[6];
        figures.fold = rest[7];
        figures.fold_strict = rest[8];
        figures.fold_conversation = rest[9];
        figures.known_words = rest[10];
        figures.mix = rest[11];
        Some(figures)
    }
}

/// A model, borrowed from the bytes of its file.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// Its figures.
    pub figures: Figures,
    /// Phrases and their lexical classes.
    pub lexicon: Lexicon<'a>,
    /// The command and the inputs it was made from, one per line.
    pub provenance: &'a str,
    bits: u32,
    offsets: &'a [u8],
    prints: &'a [u8],
    weights: &'a [u8],
}

impl<'a> Model<'a> {
    /// Reads a model; costs one pass over the bytes (the checksum).
    ///
    /// # Errors
    /// [`ModelError`] when the bytes are not a whole, unchanged model for this build.
    pub fn load(bytes: &'a [u8]) -> Result<Self, ModelError> {
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
        let rows = half(20) as usize;
        let (bits, lexicon_bits) = (u32::from(bytes[22]), u32::from(bytes[23]));
        let provenance_bytes = word(24) as usize;
        if !(1..=16).contains(&bits) || !(1..=20).contains(&lexicon_bits) || provenance_bytes > bytes.len() {
            return Err(ModelError::Broken);
        }
        let mut rest = &bytes[HEAD_BYTES..];
        let mut take = |length: usize| -> Result<&'a [u8], ModelError> {
            let (head, tail) = rest.split_at_checked(length).ok_or(ModelError::Broken)?;
            rest = tail;
            Ok(head)
        };
        let figures = Figures::read(take(FIGURES * 4)?, word(28), word(32)).ok_or(ModelError::Broken)?;
        let provenance = std::str::from_utf8(take(provenance_bytes)?).map_err(|_| ModelError::Broken)?;
        let lexicon = Lexicon::new(take(SLOT_BYTES << lexicon_bits)?, lexicon_bits).ok_or(ModelError::Broken)?;
        let offsets = take(2 * ((1 << bits) + 1))?;
        let prints = take(2 * rows)?;
        let weights = take(OUTPUTS * rows)?;
        if !rest.is_empty() {
            return Err(ModelError::Broken);
        }
        Ok(Self { figures, lexicon, provenance, bits, offsets, prints, weights })
    }

    /// The weights of a feature, one a output in steps of [`Figures::scale`]; none for a feature that training did not keep.
    #[inline]
    pub fn weights(&self, hash: u32) -> Option<&'a [u8; OUTPUTS]> {
        let bucket = (hash >> (32 - self.bits)) as usize;
        let start = usize::from(half_at(self.offsets, bucket)?);
        let end = usize::from(half_at(self.offsets, bucket + 1)?);
        let print = hash as u16;
        for row in start..end {
            if half_at(self.prints, row)? == print {
                return self.weights.get(row * OUTPUTS..)?.first_chunk();
            }
        }
        None
    }

    /// How many features the model knows.
    pub fn rows(&self) -> usize {
        self.prints.len() / 2
    }
}

#[inline]
fn half_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at * 2..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Two interleaved lanes of word-wise multiply and rotate: finds cut and changed files, not forgers.
fn checksum(bytes: &[u8]) -> u32 {
    let mut lanes = [0x9e37_79b1_u32, 0x85eb_ca6b];
    let (pairs, rest) = bytes.as_chunks::<8>();
    for pair in pairs {
        let [a, b, c, d, e, f, g, h] = *pair;
        lanes[0] = (lanes[0] ^ u32::from_le_bytes([a, b, c, d])).wrapping_mul(0xc2b2_ae35).rotate_left(15);
        lanes[1] = (lanes[1] ^ u32::from_le_bytes([e, f, g, h])).wrapping_mul(0x27d4_eb2f).rotate_left(13);
    }
    let tail = rest.iter().fold(rest.len() as u32, |sum, byte| crate::text::hash::push(sum, u32::from(*byte)));
    crate::text::hash::finish(lanes[0] ^ lanes[1].rotate_left(16) ^ tail)
}

/// A model before it is written; used in training only.
#[derive(Debug, Default)]
pub struct Draft {
    /// Its figures.
    pub figures: Figures,
    /// See [`Model::provenance`].
    pub provenance: String,
    /// Phrases by hash, with their class.
    pub lexicon: Vec<(u32, Entry)>,
    /// Features by hash, with their weights in steps of [`Figures::scale`]; at most 65,535.
    pub rows: Vec<(u32, [i8; OUTPUTS])>,
}

impl Draft {
    /// The bytes of the file. Rows that share bucket and fingerprint with an earlier one are left out.
    pub fn encode(&self) -> Vec<u8> {
        let mut rows = self.rows.clone();
        rows.sort_by_key(|(hash, _)| *hash);
        let bits = (usize::BITS - (rows.len() / 3).leading_zeros()).clamp(4, 13);
        let bucket = |hash: u32| (hash >> (32 - bits)) as usize;
        rows.sort_by_key(|(hash, _)| (bucket(*hash), *hash as u16));
        rows.dedup_by_key(|(hash, _)| (bucket(*hash), *hash as u16));
        rows.truncate(usize::from(u16::MAX));
        let lexicon_bits = (usize::BITS - (self.lexicon.len() * 5 / 4).leading_zeros()).clamp(4, 20);
        let mut body = Vec::new();
        for number in self.figures.numbers() {
            body.extend(number.to_bits().to_le_bytes());
        }
        body.extend(self.provenance.as_bytes());
        body.extend(Lexicon::build(&self.lexicon, lexicon_bits));
        let mut next = 0;
        for at in 0..=1_usize << bits {
            while next < rows.len() && bucket(rows[next].0) < at {
                next += 1;
            }
            body.extend((next as u16).to_le_bytes());
        }
        rows.iter().for_each(|(hash, _)| body.extend((*hash as u16).to_le_bytes()));
        rows.iter().for_each(|(_, weights)| body.extend(weights.map(|weight| weight as u8)));
        let mut head = Vec::new();
        head.extend(MAGIC);
        head.extend(FORMAT.to_le_bytes());
        head.extend((OUTPUTS as u16).to_le_bytes());
        head.extend(crate::text::VERSION.to_le_bytes());
        head.extend(((HEAD_BYTES + body.len()) as u32).to_le_bytes());
        head.extend([0; 4]);
        head.extend((rows.len() as u16).to_le_bytes());
        head.extend([bits as u8, lexicon_bits as u8]);
        head.extend((self.provenance.len() as u32).to_le_bytes());
        head.extend(self.figures.rooms.to_le_bytes());
        head.extend(self.figures.languages.to_le_bytes());
        head.extend([0; 4]);
        debug_assert_eq!(head.len(), HEAD_BYTES);
        head.extend(body);
        let sum = checksum(&head[SUM_AT + 4..]);
        head[SUM_AT..SUM_AT + 4].copy_from_slice(&sum.to_le_bytes());
        head
    }
}
