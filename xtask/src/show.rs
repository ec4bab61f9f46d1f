//! Owns the verb `show`: sees to a fresh package and hands the rest to the browser harness; never opens a browser itself.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::SystemTime;

use anyhow::Context as _;
use clap::ValueEnum;

/// A browser that the harness drives.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Browser {
    Chromium,
    Firefox,
}

/// What is done with adverts.
#[allow(clippy::enum_variant_names)] // the word is the flag
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Hide {
    Off,
    Dim,
    Fold,
    Hide,
}

/// Whose posts are badged.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Who {
    Brands,
    Everyone,
}

/// Its flags.
#[derive(clap::Args)]
pub struct Args {
    /// The address under whose real host the page is served
    #[arg(long)]
    url: String,
    /// The saved page
    #[arg(long, value_name = "FILE.html")]
    page: PathBuf,
    /// In which browser
    #[arg(long, value_enum, default_value = "chromium")]
    browser: Browser,
    /// What is done with adverts
    #[arg(long, value_enum, default_value = "off")]
    hide: Hide,
    /// Whose posts are badged
    #[arg(long, value_enum, default_value = "brands")]
    who: Who,
    /// The page policy: a file that holds one, its text, or a name in tests/stage/policies.mjs [default: that of the host]
    #[arg(long, value_name = "FILE|POLICY")]
    csp: Option<String>,
    /// Show with the JavaScript twin in place of Wasm
    #[arg(long)]
    twin: bool,
    /// An unpacked extension to show instead of dist/
    #[arg(long, value_name = "DIR")]
    extension: Option<PathBuf>,
    /// Folder for badges.json and page.png
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// What a package is made of; a newer file among these makes dist/ stale.
const SOURCES: [&str; 6] = ["src", "extension", "model/model.bin", "Cargo.lock", "Cargo.toml", "xtask/src/package"];

/// Runs the verb; the exit status is the harness's.
///
/// # Errors
/// When the package cannot be made or Node.js cannot be started.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the workspace has no root")?;
    let extension = match &args.extension {
        Some(folder) => folder.clone(),
        None => packaged(root, args.browser, args.twin)?,
    };
    let mut node = Command::new("node");
    node.arg(root.join("tests/stage/show.mjs"));
    let mut flag = |name: &str, value: &std::ffi::OsStr| {
        node.arg(format!("--{name}")).arg(value);
    };
    flag("url", args.url.as_ref());
    flag("page", args.page.as_ref());
    flag("browser", word(args.browser).as_ref());
    flag("hide", word(args.hide).as_ref());
    flag("who", word(args.who).as_ref());
    flag("out", args.out.as_ref());
    flag("extension", extension.as_ref());
    if let Some(csp) = &args.csp {
        flag("csp", csp.as_ref());
    }
    let status = node.status().context("Node.js 20 or newer is needed: `node` could not be started")?;
    Ok(ExitCode::from(u8::try_from(status.code().unwrap_or(1)).unwrap_or(1)))
}

/// The unpacked extension for this browser, made first when it is absent or older than its sources.
fn packaged(root: &Path, browser: Browser, twin: bool) -> anyhow::Result<PathBuf> {
    let name = match (browser, twin) {
        (Browser::Chromium, false) => "chrome",
        (Browser::Chromium, true) => "chrome-twin",
        (Browser::Firefox, false) => "firefox",
        (Browser::Firefox, true) => "firefox-twin",
    };
    let folder = root.join("dist").join(name);
    let made = std::fs::metadata(folder.join("manifest.json")).and_then(|meta| meta.modified()).ok();
    let newest = SOURCES.iter().filter_map(|path| newest(&root.join(path))).max();
    if made.is_none() || made < newest {
        let mut build = Command::new("bash");
        build.arg(root.join("build.sh")).arg("package").current_dir(root);
        if twin {
            build.arg("--twin-only");
        }
        // What the packager prints is news, not this verb's output.
        let output = build.output().context("build.sh could not be started")?;
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        anyhow::ensure!(output.status.success(), "packaging failed:\n{}", String::from_utf8_lossy(&output.stdout));
    }
    Ok(folder)
}

/// When the youngest file under `path` was written; none when there is nothing.
fn newest(path: &Path) -> Option<SystemTime> {
    let meta = std::fs::metadata(path).ok()?;
    if !meta.is_dir() {
        return meta.modified().ok();
    }
    std::fs::read_dir(path).ok()?.filter_map(|entry| newest(&entry.ok()?.path())).max()
}

/// The value as it is written on the command line.
fn word(value: impl ValueEnum) -> String {
    value.to_possible_value().map(|it| it.get_name().to_owned()).unwrap_or_default()
}
