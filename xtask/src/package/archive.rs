//! Owns the packages' folders and archives: the same files always give the same bytes; never decides what goes in.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What stands in `extension/` for the packager or the developer only; of the content script the packager makes one file.
const NOT_SHIPPED: [&str; 3] = ["manifest.base.json", "README.md", "content"];

/// An empty folder in the place of what was there.
///
/// # Errors
/// When the file system says so.
pub fn fresh_folder(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())
}

/// Copies the hand-written part of the extension; hidden files stay behind.
///
/// # Errors
/// When a file cannot be read or written.
pub fn copy_extension(from: &Path, to: &Path) -> anyhow::Result<()> {
    for path in files(from)? {
        if NOT_SHIPPED.iter().any(|name| path.starts_with(name)) {
            continue;
        }
        write(&to.join(&path), &fs::read(from.join(&path))?)?;
    }
    Ok(())
}

/// Writes a file and the folders it needs.
///
/// # Errors
/// When the file system says so.
pub fn write(path: &Path, data: &[u8]) -> anyhow::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
    }
    fs::write(path, data).with_context(|| path.display().to_string())
}

/// Packs a folder: sorted names, no times, no owners.
///
/// # Errors
/// When a file cannot be read or the archive not be written.
pub fn pack(folder: &Path, archive: &Path) -> anyhow::Result<()> {
    let file = File::create(archive).with_context(|| archive.display().to_string())?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for path in files(folder)? {
        let name = path.to_str().context("a file name is not text")?;
        zip.start_file(name, options)?;
        zip.write_all(&fs::read(folder.join(&path))?)?;
    }
    zip.finish()?.flush()?;
    Ok(())
}

/// All files under a folder, as sorted relative paths; none when there is no such folder.
///
/// # Errors
/// When a folder cannot be listed.
pub fn files(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut left = vec![PathBuf::new()];
    while let Some(folder) = left.pop() {
        let absolute = root.join(&folder);
        if !absolute.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&absolute).with_context(|| absolute.display().to_string())? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                left.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_files_same_bytes() {
        let root = std::env::temp_dir().join(format!("kibitz-archive-{}", std::process::id()));
        let folder = root.join("in");
        fresh_folder(&folder).unwrap();
        write(&folder.join("b/c.js"), b"1").unwrap();
        write(&folder.join("a.js"), b"2").unwrap();
        write(&folder.join(".hidden"), b"3").unwrap();
        assert_eq!(files(&folder).unwrap(), [PathBuf::from("a.js"), PathBuf::from("b/c.js")]);
        pack(&folder, &root.join("1.zip")).unwrap();
        // Another time of writing must not show.
        File::options().write(true).open(folder.join("a.js")).unwrap().set_modified(std::time::UNIX_EPOCH).unwrap();
        pack(&folder, &root.join("2.zip")).unwrap();
        let read = |name: &str| fs::read(root.join(name)).unwrap();
        assert_eq!(read("1.zip"), read("2.zip"));
        write(&folder.join("a.js"), b"4").unwrap();
        pack(&folder, &root.join("2.zip")).unwrap();
        assert_ne!(read("1.zip"), read("2.zip"));
        fs::remove_dir_all(root).unwrap();
    }
}
