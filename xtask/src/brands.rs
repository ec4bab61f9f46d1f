//! Owns the verb `brands`, which makes the shipped list of known handles and measures the words of `src/brand`.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use kibitz::brand::{Known, Likelihood, by_words, list_hash, write_list};
use kibitz::post::{Author, Room};

/// Its flags.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with `brand-handles.tsv` (platform, handle, name, source)
    #[arg(long)]
    data: PathBuf,
    /// Where the list is written
    #[arg(long, default_value = "src/brand/known.bin")]
    out: PathBuf,
    /// Measure only, write nothing
    #[arg(long)]
    measure: bool,
    /// Print the authors that the words take for brands although they are marked as persons
    #[arg(long)]
    wrong: bool,
    /// Prints the hash of each handle given on standard input, for the list of persons
    #[arg(long)]
    hash: bool,
}

/// Hashes of the handles of persons among the advertisers, found by eye; a hash, so that nobody is named here.
const PERSONS: &str = include_str!("brands_persons.txt");

/// Brands so well known that they have their name as a handle in every room: common knowledge, not taken from the data.
const WELL_KNOWN: &str = include_str!("brands_known.txt");

/// Sources whose handles are folder names of a data set, not handles; their display names are right.
const HANDLES_INVENTED: [&str; 1] = ["fr_brand_replies"];

struct Row {
    room: Room,
    author: Author,
    is_person: bool,
    has_handle: bool,
}

/// Runs the verb.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if args.hash {
        for handle in std::io::read_to_string(std::io::stdin())?.split_whitespace() {
            println!("{:08x}", list_hash(Room::X, handle));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let rows = read(args)?;
    measure(&rows, args.wrong);
    if !args.measure {
        let known: Vec<&Row> = rows
            .iter()
            .filter(|row| row.has_handle && !row.is_person)
            .filter(|row| by_words(&row.author, Known::default()).0 != Likelihood::Person)
            .collect();
        let list = write_list(
            known
                .iter()
                .map(|row| (Some(row.room), row.author.handle.as_str()))
                .chain(WELL_KNOWN.split_whitespace().map(|name| (None, name))),
        );
        fs::write(&args.out, &list).with_context(|| args.out.display().to_string())?;
        println!(
            "{} handles of {} and {} well-known names, {} bytes written to {}",
            known.len(),
            rows.len(),
            WELL_KNOWN.split_whitespace().count(),
            list.len(),
            args.out.display()
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn read(args: &Args) -> anyhow::Result<Vec<Row>> {
    let path = args.data.join("brand-handles.tsv");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let persons: BTreeSet<&str> = PERSONS.split_whitespace().collect();
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        let mut fields = line.split('\t');
        let mut field =
            || fields.next().with_context(|| format!("{}:{}: four fields are expected", path.display(), number + 1));
        let (room, handle, name, source) = (field()?, field()?, field()?, field()?);
        let room =
            Room::from_id(room).with_context(|| format!("{}:{}: unknown platform", path.display(), number + 1))?;
        let author = Author { name: name.to_owned(), handle: handle.to_owned(), ..Author::default() };
        let is_person = persons.contains(format!("{:08x}", list_hash(Room::X, handle)).as_str());
        rows.push(Row { room, author, is_person, has_handle: !HANDLES_INVENTED.contains(&source) });
    }
    Ok(rows)
}

/// What the words alone say, the list not asked. Half of the rows, by hash of the handle, were not looked at while the tables
/// were tuned.
fn measure(rows: &[Row], wrong: bool) {
    println!("the words alone      n  brand  unclear  person");
    for (title, is_person, held_out) in [
        ("brands, tuned on", false, false),
        ("brands, held out", false, true),
        ("persons, tuned on", true, false),
        ("persons, held out", true, true),
    ] {
        let mut counts = [0usize; 3];
        for row in rows.iter().filter(|row| row.is_person == is_person && !row.author.name.is_empty()) {
            if (list_hash(Room::X, &row.author.handle) & 1 == 1) != held_out {
                continue;
            }
            let handle = if row.has_handle { row.author.handle.clone() } else { String::new() };
            let likelihood = by_words(&Author { handle, ..row.author.clone() }, Known::default()).0;
            let at = match likelihood {
                Likelihood::Brand => 0,
                Likelihood::Unclear => 1,
                Likelihood::Person => 2,
            };
            counts[at] += 1;
            if wrong && !held_out && is_person == (at == 0) {
                println!("  {likelihood:?}: {} | {}", row.author.handle, row.author.name);
            }
        }
        let n: usize = counts.iter().sum();
        println!("{title:<18} {n:>4} {:>6} {:>8} {:>7}", counts[0], counts[1], counts[2]);
    }
}
