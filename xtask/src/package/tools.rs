//! Owns how the packager finds and runs foreign tools: quiet when they succeed, their last lines when they fail; never installs any.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

/// Lines of a failed tool's output that are worth showing.
const TAIL_LINES: usize = 30;

/// A tool of the npm folder, or a sentence that says how to get it.
///
/// # Errors
/// When it is not installed.
pub fn npm_tool(root: &Path, name: &str) -> anyhow::Result<PathBuf> {
    let path = root.join("node_modules/.bin").join(name);
    if !path.exists() {
        bail!("{name} is missing: run `./build.sh package` once, or `npm ci`");
    }
    Ok(path)
}

/// The folder in which `build.sh` keeps tools built from crates.
pub fn crate_tools() -> PathBuf {
    let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = var("KIBITZ_CACHE").unwrap_or_else(|| {
        let base =
            var("XDG_CACHE_HOME").unwrap_or_else(|| var("HOME").unwrap_or_else(|| PathBuf::from("/")).join(".cache"));
        base.join("kibitz")
    });
    cache.join("tools/bin")
}

/// Runs a command to its end.
///
/// # Errors
/// When it cannot start or fails; the error carries the last lines it printed.
pub fn run(command: &mut Command, what: &str) -> anyhow::Result<()> {
    let output =
        command.output().with_context(|| format!("{what}: cannot start {}", command.get_program().display()))?;
    if output.status.success() {
        return Ok(());
    }
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = text.lines().collect();
    let tail = lines.get(lines.len().saturating_sub(TAIL_LINES)..).unwrap_or_default().join("\n");
    bail!("{what} failed ({})\n{tail}", output.status)
}
