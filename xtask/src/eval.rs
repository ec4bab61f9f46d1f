//! Owns the verb `eval`: the judge measured on labelled posts.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use kibitz::classify::Judge;

use crate::judge::{data, report};

/// Its flags.
#[derive(clap::Args)]
pub struct Args {
    /// Labelled posts, JSON Lines
    #[arg(long)]
    data: PathBuf,
    /// Another model than the built-in one
    #[arg(long)]
    model: Option<PathBuf>,
}

/// Runs the verb.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let bytes = match &args.model {
        Some(path) => Some(std::fs::read(path).with_context(|| format!("reading {}", path.display()))?),
        None => None,
    };
    let own = bytes.as_deref().map(Judge::load).transpose()?;
    let judge = own.as_ref().unwrap_or_else(|| Judge::builtin());
    anyhow::ensure!(judge.model().is_some(), "the built-in model does not fit this build: run `cargo xtask train`");
    let posts = data::posts(&args.data)?;
    let cases = report::judge(judge, &posts);
    let name = args.data.file_name().unwrap_or_default().to_string_lossy();
    print!("{}", report::tables(&name, &posts, &cases));
    Ok(ExitCode::SUCCESS)
}
