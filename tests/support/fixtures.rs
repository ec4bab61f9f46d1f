//! Owns the list of invented pages in `tests/fixtures`.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// Name, address and document of every fixture, by name.
pub fn all() -> Vec<(String, String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "html"))
        .map(|path| {
            let json = std::fs::read_to_string(path.to_string_lossy().replace(".html", ".expected.json")).unwrap();
            let expected: Value = serde_json::from_str(&json).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, expected["url"].as_str().unwrap().to_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .collect()
}
