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
    print!("{}", measured(args)?);
    Ok(ExitCode::SUCCESS)
}

/// What is printed.
fn measured(args: &Args) -> anyhow::Result<String> {
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
    Ok(report::tables(&name, &posts, &cases))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(lines: &str, name: &str) -> anyhow::Result<String> {
        let data = std::env::temp_dir().join(format!("kibitz-eval-{}-{name}.jsonl", std::process::id()));
        std::fs::write(&data, lines)?;
        let found = measured(&Args { data: data.clone(), model: None });
        std::fs::remove_file(data)?;
        found
    }

    #[test]
    fn clear_posts_are_measured() -> anyhow::Result<()> {
        let text = measure(
            r#"{"id":"1","platform":"x","lang":"en","author":"a","is_reply":true,"text":"@user So sorry about that! Please DM us your order number.","intent":"care","ad":false,"dataset":"one"}
{"id":"2","platform":"x","lang":"en","author":"a","is_reply":false,"text":"48 hours only: 20% off everything with code MAY20. Shop now https://ex.am/1","intent":"offer","ad":true,"dataset":"one"}

{"id":"3","platform":"facebook","lang":"de","author":"b","is_reply":false,"text":"Frost heute Nacht: Deckt die Setzlinge zu.","intent":"offer","second":"share","sure":false,"ad":false,"dataset":"two"}
"#,
            "clear",
        )?;
        let row = |name: &str| text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        assert!(row("n ").contains("n     3"), "{text}");
        assert!(row("care ").contains("1.000   1.000   1.000"), "{text}");
        assert!(row("one ").contains(" 2   1.000"), "{text}");
        for part in ["en ", "de ", "facebook ", "two ", "calibration", "coverage", "fold trade-off", "would be folded"]
        {
            assert!(!row(part).is_empty() || text.contains(part), "{part} is missing: {text}");
        }
        Ok(())
    }

    #[track_caller]
    fn refuses(line: &str, name: &str, why: &str) {
        let error = measure(line, name).map_or_else(|error| format!("{error:#}"), |_| String::new());
        assert!(error.contains(why), "{error}");
    }

    #[test]
    fn bad_lines_are_named() {
        refuses("{\"id\":\"1\"}", "short", "line 1");
        refuses("{\"id\":\"7\",\"platform\":\"x\",\"text\":\"a\"}", "bare", "post 7 has no intent");
        refuses("{\"id\":\"7\",\"platform\":\"x\",\"text\":\"a\",\"intent\":\"sing\"}", "odd", "unknown intent sing");
    }
}
