//! Owns the verb `train`: labelled posts in, `model/model.bin` and `model/report.txt` out; the same inputs give the same bytes.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use kibitz::classify::draft::Draft;
use kibitz::classify::{Judge, Model};
use kibitz::post::Room;
use kibitz::text::hash::finish;
use kibitz::text::language;
use kibitz::text::lexicon::Lexicon;

use crate::judge::calibrate::{self, Unseen};
use crate::judge::lab::{self, Folds, Held};
use crate::judge::pipeline::{self, Pooled, RECIPE, Viewed};
use crate::judge::shrink::{self, Effort, Shape};
use crate::judge::{data, lexicon, measure, report};

/// Its flags.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with train.jsonl, dev.jsonl and unlabelled.jsonl.gz beside the written posts; without it, the latter alone
    #[arg(long)]
    data: Option<PathBuf>,
    /// Write nothing; say whether model.bin is fresh: made for this build, from these inputs
    #[arg(long)]
    check: bool,
    /// Write nothing; print the learning curve: what a model over all features makes of dev.jsonl by the share of the authors whose labels it knows
    #[arg(long, requires = "data")]
    curve: bool,
}

const MODEL: &str = "model/model.bin";
const REPORT: &str = "model/report.txt";
const LEXICON: &str = "model/data/lexicon.tsv";
/// Later readings of posts of train.jsonl.
const READ_AGAIN: &str = "model/data/second-readings.tsv";
/// Labels of posts of the pool.
const LABELS: &str = "model/data/pool-labels.tsv";
/// What a larger model, which never ships, says of more posts of the pool; `benches/teacher.py` made it.
const OPINIONS: &str = "model/data/pool-opinions.tsv";
const POOL: &str = "unlabelled.jsonl.gz";
const WRITTEN: [&str; 3] = ["written-en.jsonl", "written-multi.jsonl", "written-kinds.jsonl"];

/// What other commands measured; the report repeats it.
const BESIDE: [(&str, &str); 2] = [("Baselines", "model/baselines.txt"), ("Speed", "model/speed.txt")];

/// Size of the shipped model: what the code leaves of the budget.
const BYTES: usize = 95_800;
/// Passes once the pool is there: it holds twice as many posts as the labels.
const POOL_EPOCHS: u32 = 6;
/// Posts of one language below which it counts as not measured (besides those written for the project).
const LEAST_OF_LANGUAGE: usize = 100;
/// Share of a text's words below which nothing is sure.
const KNOWN_WORDS: f32 = 0.25;

/// Runs the verb.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let written = WRITTEN.iter().map(|name| Path::new("model/data").join(name));
    let real = args.data.iter().flat_map(|dir| ["train.jsonl", POOL].map(|name| dir.join(name)));
    let labels = args.data.iter().flat_map(|_| [READ_AGAIN, LABELS, OPINIONS].map(PathBuf::from));
    let names: Vec<PathBuf> = real.chain(labels).chain(written).collect();
    let provenance = provenance(args, &names)?;
    if args.check {
        return check(&provenance);
    }
    let source = lexicon::Source::read(Path::new(LEXICON))?;
    let lexicon = source.table();
    let mut posts = Vec::new();
    for name in names.iter().filter(|name| name.extension().is_some_and(|ext| ext == "jsonl")) {
        posts.extend(data::posts(name)?);
    }
    if args.data.is_some() {
        data::read_again(&mut posts, Path::new(READ_AGAIN))?;
    }
    let mut pool = match &args.data {
        Some(dir) => data::rows(&dir.join(POOL))?,
        None => Vec::new(),
    };
    // Half of the pool's labelled posts were chosen because they are hard: they would make every probability timid.
    let natural = posts.len();
    if args.data.is_some() {
        posts.extend(data::join(&mut pool, Path::new(LABELS))?);
    }
    let opinions = match &args.data {
        Some(_) => pipeline::opinions(Path::new(OPINIONS))?,
        None => pipeline::Opinions::new(),
    };
    println!("{} posts, {} phrases in {} classes", posts.len(), source.entries.len(), source.classes.len());
    let all: Vec<_> = posts.iter().collect();
    let viewed = pipeline::view_all(&all, &lexicon);
    let dev = match &args.data {
        Some(dir) => data::posts(&dir.join("dev.jsonl"))?,
        None => Vec::new(),
    };
    if args.curve {
        print!("{}", curve(&viewed, &dev, &lexicon));
        return Ok(ExitCode::SUCCESS);
    }
    let pool = pipeline::pool(&pool, &opinions, &lexicon);
    let frame = Draft { lexicon: source.entries.clone(), provenance, ..Draft::default() };
    let is_real = |post: &data::Post| !post.row.dataset.starts_with("written");
    let hold_out = |folds: Folds| {
        lab::hold_out(&viewed, folds, |train, fold| {
            let pool = pool.iter().filter(|post| folds.of_pooled(post) != Some(fold));
            ship(train, pool, &frame, Effort::LIGHT, |_, _| ()).0
        })
    };
    let folds = hold_out(Folds::Authors);
    let authors = cases(&folds, &posts, is_real);
    println!("authors held out: {}", measure::headline(&authors));
    let mut by_author = unseen(&folds, &posts[..natural], 1.0);
    let mut sources_out = String::new();
    let mut by_source = Vec::new();
    if args.data.is_some() {
        by_author.retain(|case| is_real(case.post));
        let folds = hold_out(Folds::Sources);
        by_source = unseen(&folds, &posts[..natural], SOURCES_WEIGHT);
        for held in &folds {
            let line = measure::headline(&cases(std::slice::from_ref(held), &posts, |_| true));
            let _ = writeln!(sources_out, "{line}  without {}", lab::HELD_OUT[held.fold].join(", "));
        }
        let _ = writeln!(sources_out, "{}  all together", measure::headline(&cases(&folds, &posts, |_| true)));
        println!("{sources_out}");
    }
    let stage = |name: &str, fit: &pipeline::Fit| {
        let cases: Vec<_> = dev.iter().map(|post| lab::judge(fit, post, &lexicon)).collect();
        println!("dev, {name}: {}", measure::headline(&cases));
    };
    let train: Vec<&Viewed<'_>> = viewed.iter().collect();
    let (_, mut draft) = ship(&train, &pool, &frame, Effort::FULL, stage);
    let figures = &mut draft.figures;
    calibrate::calibrate(figures, &by_author, &by_source);
    figures.known_words = KNOWN_WORDS;
    figures.rooms = Room::ALL
        .iter()
        .filter(|room| posts.iter().any(|post| is_real(post) && post.room() == **room && **room != Room::Generic))
        .fold(0, |bits, room| bits | 1 << *room as u32);
    figures.languages = languages(&posts, is_real);
    let figures = &draft.figures;
    let bytes = draft.encode();
    let judge = Judge::load(&bytes)?;
    let mut text = format!(
        "Written by `cargo xtask train`; do not edit.\n\n{}\nfeatures {}, model {} bytes fnv1a {:016x}, {} gzipped\nstance gain {:.3} shift {:.3}; ad gain {:.3} shift {:.3}; intents {:.3}; sure from {:.3} (strict {:.3}); fold from {:.3} (strict {:.3})\n\n## Unseen while training, as shipped\n\n{}  authors held out\n{sources_out}\n{}\n{}\n{}\n",
        draft.provenance,
        draft.rows.len(),
        bytes.len(),
        fnv1a(&bytes),
        gzipped(&bytes)?,
        figures.stance_gain,
        figures.stance_shift,
        figures.ad_gain,
        figures.ad_shift,
        figures.intent_gain,
        figures.sure,
        figures.sure_strict,
        figures.fold,
        figures.fold_strict,
        measure::headline(&authors),
        calibrate::table("authors held out, calibrated", figures, &by_author),
        calibrate::table("whole sources held out, calibrated", figures, &by_source),
        calibrate::weights(figures, &by_author, &by_source),
    );
    if !dev.is_empty() {
        text += &report::tables("dev.jsonl, as shipped", &dev, &report::judge(&judge, &dev));
    }
    for (title, name) in BESIDE {
        let lines = std::fs::read_to_string(name).unwrap_or_else(|_| String::from("not measured\n"));
        let _ = write!(text, "\n## {title}\n\n{lines}");
    }
    std::fs::write(MODEL, &bytes)?;
    std::fs::write(REPORT, &text)?;
    println!("{}", text.lines().skip(2).take(40).collect::<Vec<_>>().join("\n"));
    Ok(ExitCode::SUCCESS)
}

/// One line for each share of the authors: posts, then the headline. The pool is left out, since its opinions come from a
/// teacher that knows all labels.
fn curve(viewed: &[Viewed<'_>], dev: &[data::Post], lexicon: &Lexicon) -> String {
    const SHARES: [u32; 6] = [1, 2, 4, 8, 12, 16];
    let lines = lab::in_pairs(SHARES.len(), |at| {
        let is_in = |viewed: &&Viewed<'_>| finish(lab::author(viewed.post)) % 16 < SHARES[at];
        let train: Vec<_> = viewed.iter().filter(is_in).collect();
        let fit = pipeline::fit(&pipeline::samples(&train, &RECIPE), &RECIPE);
        let cases: Vec<_> = dev.iter().map(|post| lab::judge(&fit, post, lexicon)).collect();
        format!("{:>6} posts of {:>2}/16 of the authors: {}\n", train.len(), SHARES[at], measure::headline(&cases))
    });
    lines.concat()
}

/// Weight of a post whose whole source was held out against one whose author was. A reference model whose accuracy and
/// folding are known on posts by new authors and from new sources together does there about what it does with authors held
/// out, and far better than with whole kinds of source held out.
const SOURCES_WEIGHT: f32 = 0.1;

fn cases(folds: &[Held], posts: &[data::Post], keep: impl Fn(&data::Post) -> bool) -> Vec<measure::Case> {
    let all = folds.iter().flat_map(|held| &held.outputs).map(|(at, outputs)| (&posts[*at], outputs));
    all.filter(|(post, _)| keep(post)).map(|(post, outputs)| lab::case(outputs, post)).collect()
}

fn unseen<'a>(folds: &[Held], posts: &'a [data::Post], weight: f32) -> Vec<Unseen<'a>> {
    let all = folds.iter().flat_map(|held| &held.outputs);
    all.filter_map(|(at, outputs)| Some(Unseen { post: posts.get(*at)?, outputs: *outputs, weight })).collect()
}

fn languages(posts: &[data::Post], is_real: impl Fn(&data::Post) -> bool) -> u32 {
    let count =
        |lang: &str| posts.iter().filter(|post| is_real(post) && post.row.lang.as_deref() == Some(lang)).count();
    let known = language::ALL.iter().chain([&language::CHINESE]).enumerate();
    known.filter(|(_, lang)| count(lang) >= LEAST_OF_LANGUAGE).fold(0, |bits, (at, _)| bits | 1 << at)
}

/// Labels and opinions, all features, then the shipped weights.
fn ship<'v>(
    train: &[&'v Viewed<'_>],
    pool: impl IntoIterator<Item = &'v Pooled>,
    frame: &Draft,
    effort: Effort,
    stage: impl Fn(&str, &pipeline::Fit),
) -> (pipeline::Fit, Draft) {
    let mut samples = pipeline::samples(train, &RECIPE);
    let pool: Vec<&Pooled> = pool.into_iter().collect();
    let mut recipe = RECIPE;
    samples.extend(pipeline::taught(&pool));
    if !pool.is_empty() {
        recipe.plan.epochs = POOL_EPOCHS;
        recipe.least += 1;
    }
    let fit = pipeline::fit(&samples, &recipe);
    stage("all features", &fit);
    samples.extend(pipeline::echoed(&pool, &fit));
    let shape = Shape { frame, bytes: BYTES, effort };
    shrink::shrink(&fit, &mut samples, recipe.plan, shape, stage)
}

fn gzipped(bytes: &[u8]) -> anyhow::Result<usize> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut gz, bytes)?;
    Ok(gz.finish()?.len())
}

/// The command and the inputs with their fingerprints, one a line.
fn provenance(args: &Args, names: &[PathBuf]) -> anyhow::Result<String> {
    let mut out =
        String::from(if args.data.is_some() { "cargo xtask train --data DIR\n" } else { "cargo xtask train\n" });
    let lexicon = PathBuf::from(LEXICON);
    for name in names.iter().chain([&lexicon]) {
        let bytes = std::fs::read(name).with_context(|| format!("reading {}", name.display()))?;
        let name = name.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(out, "{name} {} bytes fnv1a {:016x}", bytes.len(), fnv1a(&bytes));
    }
    Ok(out)
}

/// The 64-bit FNV-1a hash, by which inputs and model are told apart.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Compares what the model says it was made from with what there is.
fn check(wanted: &str) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(MODEL).context("reading the model")?;
    let model = Model::load(&bytes)?;
    let mut fresh = true;
    // Without --data only the inputs that are committed can be compared.
    for line in wanted.lines().skip(1) {
        let name = line.split(' ').next().unwrap_or(line);
        match model.provenance.lines().find(|made| made.split(' ').next() == Some(name)) {
            Some(made) if made == line => println!("fresh  {name}"),
            Some(_) => {
                fresh = false;
                println!("stale  {name}: changed since the model was made");
            }
            None => {
                fresh = false;
                println!("stale  {name}: the model was made without it");
            }
        }
    }
    Ok(if fresh { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
