//! Owns the size gate: what a content script weighs, per file and per form; never makes anything smaller.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use flate2::{Compression, write::GzEncoder};

/// Code and model of the Wasm form, gzipped, in bytes (product.md §6: 350 KB).
const WASM_FORM_GZIP_MAX_BYTES: usize = 350_000;

/// Code and model of the twin, gzipped, in bytes (product.md §6: 600 KB).
const TWIN_GZIP_MAX_BYTES: usize = 600_000;

/// What both forms load besides the module.
const SHARED: [&str; 2] = ["content/core.js", "content/loader.js"];

/// Sizes of one unpacked package.
pub struct Sizes {
    files: Vec<Size>,
}

struct Size {
    name: String,
    raw: usize,
    gzip: usize,
}

/// Measures a folder; `content/` file by file, the rest as one line.
///
/// # Errors
/// When a file cannot be read.
pub fn measure(folder: &Path) -> anyhow::Result<Sizes> {
    let mut files = Vec::new();
    let mut rest = Size { name: "everything else".into(), raw: 0, gzip: 0 };
    for path in super::archive::files(folder)? {
        let data = std::fs::read(folder.join(&path))?;
        let gzip = gzipped(&data)?;
        if path.starts_with("content") {
            files.push(Size { name: path.display().to_string(), raw: data.len(), gzip });
        } else {
            rest.raw += data.len();
            rest.gzip += gzip;
        }
    }
    files.push(rest);
    Ok(Sizes { files })
}

impl Sizes {
    fn form(&self, module: &str) -> Option<usize> {
        let of = |name: &str| self.files.iter().find(|file| file.name == name).map(|file| file.gzip);
        Some(of(module)? + SHARED.iter().filter_map(|name| of(name)).sum::<usize>())
    }

    /// (name, gzipped size, limit) of each form that the package holds.
    fn forms(&self) -> Vec<(&'static str, usize, usize)> {
        [("Wasm form", "content/bytes.js", WASM_FORM_GZIP_MAX_BYTES), ("twin", "content/twin.js", TWIN_GZIP_MAX_BYTES)]
            .into_iter()
            .filter_map(|(name, module, limit)| Some((name, self.form(module)?, limit)))
            .collect()
    }

    /// Whether every form is within its budget, and there is one.
    pub fn within(&self) -> bool {
        let forms = self.forms();
        !forms.is_empty() && forms.iter().all(|&(_, size, limit)| size <= limit)
    }

    /// The table that the verb prints.
    pub fn table(&self) -> String {
        let mut text = format!("{:<32} {:>9} {:>9}\n", "file", "bytes", "gzipped");
        for file in &self.files {
            let _ = writeln!(text, "{:<32} {:>9} {:>9}", file.name, file.raw, file.gzip);
        }
        for (name, size, limit) in self.forms() {
            let mark = if size <= limit { "ok" } else { "TOO BIG" };
            let _ = writeln!(text, "{name:<32} {:>9} {size:>9}  of {limit}: {mark}", "");
        }
        text
    }
}

fn gzipped(data: &[u8]) -> std::io::Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data)?;
    Ok(encoder.finish()?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &[(&str, usize)], within: bool) {
        let files = files.iter().map(|&(name, gzip)| Size { name: name.into(), raw: gzip, gzip }).collect();
        let sizes = Sizes { files };
        assert_eq!(sizes.within(), within, "{}", sizes.table());
        assert_eq!(sizes.table().contains("TOO BIG") || sizes.forms().is_empty(), !within);
    }

    #[test]
    fn budgets() {
        check(&[("content/bytes.js", 350_000)], true);
        check(&[("content/bytes.js", 349_000), ("content/core.js", 1_001)], false);
        check(&[("content/bytes.js", 1), ("content/twin.js", 599_000), ("content/loader.js", 1_000)], true);
        check(&[("content/bytes.js", 1), ("content/twin.js", 600_001)], false);
        check(&[("content/core.js", 1)], false);
    }
}
