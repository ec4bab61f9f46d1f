//! Owns the verb `ledger`: an export file from posts, from saved pages or made up, the table of one, and the measurements behind the
//! ledger's thresholds; never ships.

use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use kibitz::ledger::metrics::Book;
use kibitz::ledger::{Batch, Entry, Known, Month, Salt};
use kibitz::panel::{file, table};
use kibitz::read::time::parse_iso;

mod brands;
mod made_up;
mod measure;
mod random;
mod rows;
mod source;

/// Its flags. With several sources their entries merge.
#[derive(clap::Args)]
pub struct Args {
    /// Posts, JSON Lines as data files and `xtask read` have them; gzipped if the name ends in .gz
    #[arg(long, value_name = "POSTS.jsonl")]
    from: Vec<PathBuf>,
    /// A saved page; its address is --url
    #[arg(long, value_name = "FILE.html", requires = "url")]
    page: Vec<PathBuf>,
    /// The address under which the pages were saved
    #[arg(long)]
    url: Option<String>,
    /// When the pages were seen (ISO 8601)
    #[arg(long, default_value = "2026-11-20T18:00:00Z")]
    seen: String,
    /// A made-up ledger of a dozen invented brands
    #[arg(long)]
    made_up: bool,
    /// Of the made-up ledger: another seed gives another one
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Of the made-up ledger: how many days
    #[arg(long, default_value_t = 90)]
    days: i64,
    /// Of the made-up ledger: so many times the dozen
    #[arg(long, default_value_t = 1)]
    times: usize,
    /// The key under which people are hashed, 32 hexadecimal digits
    #[arg(long, default_value = "000102030405060708090a0b0c0d0e0f")]
    salt: String,
    /// Where the export file goes [default: standard output]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Print the compare table of an export file as JSON instead
    #[arg(long, value_name = "EXPORT.jsonl")]
    table: Option<PathBuf>,
    /// What the table is asked, as the pages ask it: {"isLinked": true, "rooms": ["x"]}
    #[arg(long, value_name = "JSON", requires = "table")]
    ask: Option<String>,
    /// Measure the thresholds on unlabelled posts instead: figures only
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
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(path) = &args.table {
        println!("{}", serde_json::to_string_pretty(&compare(path, args.ask.as_deref())?)?);
        return Ok(ExitCode::SUCCESS);
    }
    let salt = Salt::from_hex(&args.salt).context("--salt has 32 hexadecimal digits")?;
    let seen = parse_iso(&args.seen).context("--seen is no time")?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask does not stand inside the repository")?;
    let mut entries = rows::Entries::default();
    for path in &args.from {
        rows::of_posts(path, salt, &mut entries)?;
    }
    for path in &args.page {
        rows::of_page(path, args.url.as_deref().unwrap_or_default(), seen, salt, &mut entries)?;
    }
    if args.made_up {
        let wish = made_up::Wish { seed: args.seed, days: args.days, times: args.times };
        made_up::make(root, wish, salt, &mut entries)?;
    }
    let mut out: Box<dyn std::io::Write> = match &args.out {
        Some(path) => {
            Box::new(BufWriter::new(std::fs::File::create(path).with_context(|| path.display().to_string())?))
        }
        None => Box::new(BufWriter::new(std::io::stdout().lock())),
    };
    let written = entries.iter().map(Entry::last_seen).max().unwrap_or(seen);
    out.write_all(file::header("xtask", written).as_bytes())?;
    for entry in entries.iter() {
        out.write_all(file::entry(entry).as_bytes())?;
    }
    out.flush()?;
    eprintln!("ledger: {} entries", entries.len());
    Ok(ExitCode::SUCCESS)
}

/// The compare table of an export file, as the dashboard draws it.
fn compare(path: &Path, ask: Option<&str>) -> anyhow::Result<table::Table> {
    let (mut batch, mut book) = (Batch::default(), Book::default());
    let reader = BufReader::new(std::fs::File::open(path).with_context(|| path.display().to_string())?);
    for (at, line) in reader.lines().enumerate() {
        let part = file::read(&line?).map_err(|why| anyhow::anyhow!("{}, line {}: {why}", path.display(), at + 1))?;
        match part {
            file::Part::Entry(entry) => batch.push(entry),
            file::Part::Carried(_, key, month) => book.add(key, &month),
            file::Part::Header(_) | file::Part::Pruned(_) => {}
        }
    }
    let count = batch.keys().count();
    let changes = batch.settle(vec![Known::Nothing; count]);
    for key in changes.pages() {
        book.add(key.clone(), &changes.apply(key, Month::default()));
    }
    let ask: table::Ask = ask.map_or_else(|| Ok(table::Ask::default()), serde_json::from_str).context("--ask")?;
    table::compare(&book, &ask).map_err(anyhow::Error::msg)
}
