//! Owns the verb `ledger`: an export file from posts or made up, and the measurements behind the ledger's thresholds; never ships.

use std::path::PathBuf;
use std::process::ExitCode;

mod measure;
mod random;
mod source;

/// Its flags.
#[derive(clap::Args)]
pub struct Args {
    /// Measure the thresholds on unlabelled posts: figures only
    #[arg(long, value_name = "POSTS.jsonl.gz")]
    measure: Option<PathBuf>,
}

/// Runs the verb.
///
/// # Errors
/// When a file cannot be read or written.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if let Some(path) = &args.measure {
        measure::run(path)?;
    }
    Ok(ExitCode::SUCCESS)
}
