//! Owns a model before it is written; used in training only, never read by the extension.

use super::coder::Writer;
use super::model::{FORMAT, Features, Figures, HEAD_BYTES, MAGIC, OUTPUTS, seal};
use super::packed::{self, Basis, Chances, Codes, PhraseChances};
use crate::text::lexicon::{Entry, Lexicon};

/// A model before it is written.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Its figures.
    pub figures: Figures,
    /// See [`super::Model::provenance`].
    pub provenance: String,
    /// Phrases by hash, with their class.
    pub lexicon: Vec<(u32, Entry)>,
    /// The axes of the weights.
    pub basis: Basis,
    /// Features by hash, with their weights; at most [`Features::MOST`].
    pub rows: Vec<(u32, Codes)>,
}

impl Draft {
    /// The bytes of the file. Rows and phrases that share a key with an earlier one are left out.
    pub fn encode(&self) -> Vec<u8> {
        let mut rows: Vec<(u32, Codes)> =
            self.rows.iter().map(|(hash, codes)| (hash >> (32 - packed::KEY_BITS), *codes)).collect();
        rows.sort_by_key(|(key, _)| *key);
        rows.dedup_by_key(|(key, _)| *key);
        rows.truncate(Features::MOST);
        let mut phrases: Vec<(u32, Entry)> =
            self.lexicon.iter().map(|(hash, entry)| (Lexicon::key(*hash), *entry)).collect();
        phrases.sort_by_key(|(key, _)| *key);
        phrases.dedup_by_key(|(key, _)| *key);
        phrases.truncate(Lexicon::MOST);
        let mut out = Vec::new();
        out.extend(MAGIC);
        out.extend(FORMAT.to_le_bytes());
        out.extend((OUTPUTS as u16).to_le_bytes());
        out.extend(crate::text::VERSION.to_le_bytes());
        out.extend([0; 8]);
        out.extend((rows.len() as u16).to_le_bytes());
        out.extend((phrases.len() as u16).to_le_bytes());
        out.extend((self.provenance.len() as u32).to_le_bytes());
        out.extend(self.figures.rooms.to_le_bytes());
        out.extend(self.figures.languages.to_le_bytes());
        out.extend([0; 4]);
        debug_assert_eq!(out.len(), HEAD_BYTES);
        for number in self.figures.numbers() {
            out.extend(number.to_bits().to_le_bytes());
        }
        out.extend(self.provenance.as_bytes());
        self.basis.as_flattened().iter().for_each(|cell| out.extend(cell.to_le_bytes()));
        let mut writer = Writer::default();
        let (mut chances, mut last) = (PhraseChances::default(), 0);
        for (key, entry) in phrases {
            last = packed::phrase(&mut writer, &mut chances, last, key, entry).0;
        }
        let (mut chances, mut last) = (Chances::default(), 0);
        for (key, codes) in rows {
            last = packed::row(&mut writer, &mut chances, last, key, codes).0;
        }
        out.extend(writer.finish());
        seal(&mut out);
        out
    }
}
