//! Owns the verb `package`: one build of the module, its two forms, both browsers' packages and their size gate; never judges what is inside.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context as _;

mod archive;
mod budget;
mod forms;
mod glue;
mod manifest;
mod packed;
mod signature;
mod tools;
mod twin;
mod vendor;

use manifest::Browser;

/// Its flags.
#[derive(clap::Args)]
pub struct Args {
    /// For tests: the JavaScript twin on every host, unpacked into dist/chrome-twin and dist/firefox-twin; no archives
    #[arg(long)]
    twin_only: bool,
    /// Print the sizes without judging them
    #[arg(long)]
    no_gate: bool,
    /// Where the packages go
    #[arg(long, value_name = "DIR", default_value = "dist")]
    out: PathBuf,
}

/// Runs the verb; the exit status is 1 when a size budget is broken.
///
/// # Errors
/// When a tool is missing or fails, or its output is not what the packager knows how to patch.
#[expect(clippy::disallowed_methods, reason = "a developer's verb says how long it took")]
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let started = Instant::now();
    let root = root()?;
    let forms = forms::make(root)?;
    let out = root.join(&args.out);
    let libraries = vendor::bundle(root, &forms.folder)?;
    let own = [
        ("content/core.js", forms.core.as_str()),
        ("content/bytes.js", forms.bytes.as_str()),
        ("content/twin.js", forms.twin.as_str()),
        ("content/loader.js", forms.loader.as_str()),
        ("panel/core.js", forms.panel_core.as_str()),
        ("panel/bytes.js", forms.panel_bytes.as_str()),
    ];
    let texts: Vec<_> = own.into_iter().chain(libraries.iter().map(|(path, text)| (*path, text.as_str()))).collect();
    let base = manifest::Base::load(root)?;
    for browser in [Browser::Chromium, Browser::Firefox] {
        let mut name = browser.folder().to_owned();
        if args.twin_only {
            name.push_str("-twin");
        }
        let folder = out.join(&name);
        archive::fresh_folder(&folder)?;
        archive::copy_extension(&root.join("extension"), &folder)?;
        for &(path, text) in &texts {
            if args.twin_only && path == "content/bytes.js" {
                continue;
            }
            archive::write(&folder.join(path), text.as_bytes())?;
        }
        let made = base.for_browser(browser, args.twin_only)?;
        manifest::check_files(&made, &folder)?;
        archive::write(&folder.join("manifest.json"), format!("{made:#}\n").as_bytes())?;
        if !args.twin_only {
            archive::pack(&folder, &out.join(browser.archive()))?;
        }
    }
    let sizes = budget::measure(&out.join(if args.twin_only { "chrome-twin" } else { "chrome" }))?;
    print!("{}", sizes.table());
    for browser in [Browser::Chromium, Browser::Firefox] {
        let path = out.join(browser.archive());
        if let Ok(data) = path.metadata() {
            println!("{:<32} {:>9} bytes", args.out.join(browser.archive()).display(), data.len());
        }
    }
    eprintln!("package: done in {:.1} s", started.elapsed().as_secs_f64());
    if !args.no_gate && !sizes.within() {
        eprintln!("package: a size budget is broken (see the table)");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The repository's root, known from where this package was compiled.
fn root() -> anyhow::Result<&'static Path> {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask does not stand inside the repository")
}
