//! Owns the model file: its layout, its figures and the lookup of a feature's weights; never scores.
//!
//! The file is unpacked once, at start, into two tables (see [`super::unpack`]).
//! It names the command and the inputs it was made from, and carries the version of the text room it was trained for.

use super::unpack::Unpacking;
use crate::text::lexicon::Lexicon;
use crate::text::table::Table;

/// Outputs of the model: twelve intents, then [`STANCE`] and [`AD`].
pub const OUTPUTS: usize = crate::intent::COUNT + 2;
/// Index of the output that says conversation (positive) or broadcast (negative).
pub const STANCE: usize = crate::intent::COUNT;
/// Index of the output that says pure advertising.
pub const AD: usize = crate::intent::COUNT + 1;

pub(super) const MAGIC: [u8; 4] = *b"KBZJ";
pub(super) const FORMAT: u16 = 3;
pub(super) const HEAD_BYTES: usize = 40;
/// Where the checksum stands; it covers everything after itself.
pub(super) const SUM_AT: usize = 16;

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
    /// From which a post may be folded: log-odds of pure advertising minus log-odds of conversation.
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

pub(super) const FIGURES: usize = 2 * OUTPUTS + 12;

impl Figures {
    pub(super) fn numbers(&self) -> [f32; FIGURES] {
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

    pub(super) fn read(bytes: &[u8], rooms: u32, languages: u32) -> Option<Self> {
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

/// The weights of a feature: one byte an output, each greater by [`BIAS`] than what it stands for, in steps of
/// [`Figures::scale`]; the bytes lie in four words, so that two are added at once.
pub type Row = [u32; 4];

/// What each byte of a [`Row`] is greater by.
pub const BIAS: i32 = 128;

/// Where the weights of a feature stand, by its hash.
pub type Features = Table<0x1_0000>;

/// A model; what it is named after is borrowed from the bytes of its file.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    /// Its figures.
    pub figures: Figures,
    /// Phrases and their lexical classes.
    pub lexicon: Lexicon,
    /// The command and the inputs it was made from, one per line.
    pub provenance: &'a str,
    pub(super) table: Features,
    pub(super) rows: Vec<Row>,
}

impl<'a> Model<'a> {
    /// Reads a model: checks the bytes and unpacks them, some milliseconds ([`Unpacking`] does it in parts).
    ///
    /// # Errors
    /// [`ModelError`] when the bytes are not a whole, unchanged model for this build.
    pub fn load(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let mut unpacking = Unpacking::begin(bytes)?;
        unpacking.part(usize::MAX)?;
        Ok(unpacking.finish())
    }

    /// The place of a feature's weights; none for a feature that training did not keep.
    #[inline(always)]
    pub fn find(&self, hash: u32) -> Option<u32> {
        self.table.get(hash)
    }

    /// The weights at a place that [`Model::find`] gave.
    #[inline(always)]
    pub fn row(&self, place: u32) -> Row {
        self.rows.get(place as usize).copied().unwrap_or([0x8080_8080; 4])
    }

    /// How many features the model knows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// Two interleaved lanes of word-wise multiply and rotate: finds cut and changed files, not forgers.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
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

/// Writes the length and the checksum of a file into its head, as training and tests need it.
pub fn seal(file: &mut [u8]) {
    let length = file.len() as u32;
    if let Some(head) = file.get_mut(SUM_AT - 4..SUM_AT) {
        head.copy_from_slice(&length.to_le_bytes());
    }
    let sum = file.get(SUM_AT + 4..).map_or(0, checksum);
    if let Some(head) = file.get_mut(SUM_AT..SUM_AT + 4) {
        head.copy_from_slice(&sum.to_le_bytes());
    }
}
