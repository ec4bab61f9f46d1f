//! Owns the reading of `model/data/lexicon.tsv`; never learns what a class is worth.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use kibitz::text::features::{self, MAX_CLASSES};
use kibitz::text::language;
use kibitz::text::lexicon::{Entry, Lexicon};

/// The lines of this class name languages only.
const LANGUAGE: &str = "language";

/// The lexicon as written.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// Phrases by hash.
    pub entries: Vec<(u32, Entry)>,
    /// Names of the classes, from class 1.
    pub classes: Vec<String>,
}

impl Source {
    /// Reads the file.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let mut classes: Vec<String> = Vec::new();
        let mut found: BTreeMap<u32, Entry> = BTreeMap::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()) {
            let place = || format!("{}, line {}", path.display(), at + 1);
            let mut columns = line.split('\t');
            let (Some(class), Some(lang), Some(phrases)) = (columns.next(), columns.next(), columns.next()) else {
                anyhow::bail!("{}: not class, language, phrases", place());
            };
            let class = if class == LANGUAGE {
                0
            } else {
                let known = classes.iter().position(|name| name == class).unwrap_or_else(|| {
                    classes.push(class.to_owned());
                    classes.len() - 1
                });
                anyhow::ensure!(known + 1 < MAX_CLASSES, "{}: too many classes", place());
                known as u8 + 1
            };
            let language = match language::ALL.iter().position(|known| *known == lang) {
                Some(known) => known as u8 + 1,
                None if lang == language::CHINESE => 0,
                None => anyhow::bail!("{}: unknown language {lang}", place()),
            };
            for phrase in phrases.split(", ") {
                let hash = features::phrase(phrase)
                    .with_context(|| format!("{}: {phrase:?} is too long or empty", place()))?;
                let entry = found.entry(hash).or_insert(Entry { class, language });
                if entry.class == 0 {
                    entry.class = class;
                }
                if entry.language != language {
                    entry.language = 0;
                }
            }
        }
        let entries = found.into_iter().filter(|(_, entry)| entry.class != 0 || entry.language != 0).collect();
        Ok(Self { entries, classes })
    }

    /// The table as shipped.
    pub fn table(&self) -> Lexicon {
        Lexicon::new(self.entries.iter().map(|(hash, entry)| (Lexicon::key(*hash), *entry)))
    }
}
