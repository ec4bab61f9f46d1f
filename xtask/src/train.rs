//! Owns the verb `train`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kibitz::classify::model::{self, Figures};
use kibitz::intent::Stance;
use kibitz::text::lexicon::Lexicon;

use crate::judge::vectors::{self, Index};
use crate::judge::{data, lab, lexicon, measure, pipeline, ship};

/// Its flags.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with train.jsonl, dev.jsonl and unlabelled.jsonl.gz; without it, the posts written for the project alone
    #[arg(long)]
    data: Option<PathBuf>,
    /// Only measure with whole sources held out
    #[arg(long)]
    lab: bool,
}

/// Runs the verb.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let source = lexicon::Source::read(Path::new("model/data/lexicon.tsv"))?;
    let (table, bits) = source.table();
    let lexicon = Lexicon::new(&table, bits).unwrap_or_default();
    let lexicon = if std::env::var("NOLEX").is_ok() { Lexicon::default() } else { lexicon };
    println!("{} phrases in {} classes", source.entries.len(), source.classes.len());
    let dir = args.data.clone().unwrap_or_else(|| "model/data".into());
    let mut posts = Vec::new();
    for name in ["train.jsonl", "written-en.jsonl", "written-multi.jsonl"] {
        posts.extend(data::posts(&dir.join(name))?);
    }
    let dev = data::posts(&dir.join("dev.jsonl"))?;
    let mut recipe = pipeline::RECIPE;
    let env = |name: &str, default: f32| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default);
    recipe.plan.epochs = env("E", recipe.plan.epochs as f32) as u32;
    recipe.plan.rate = env("R", recipe.plan.rate);
    recipe.plan.decay = env("L2", recipe.plan.decay);
    recipe.plan.dropout = env("DROP", recipe.plan.dropout);
    recipe.plan.rarity = env("IDF", recipe.plan.rarity);
    recipe.source_power = env("SP", recipe.source_power);
    recipe.class_power = env("CP", recipe.class_power);
    recipe.written = env("WR", recipe.written);
    recipe.least = env("LEAST", recipe.least as f32) as u32;
    recipe.least_authors = env("LA", recipe.least_authors as f32) as u32;
    let start = std::time::SystemTime::now();
    let all: Vec<_> = posts.iter().chain(&dev).collect();
    let viewed = pipeline::view_all(&all, &lexicon);
    println!("views {:?}", start.elapsed());
    if args.lab {
        lab::print(&lab::leave_sources_out(&viewed, &lexicon, &recipe));
    }
    if env("DEV", 1.0) > 0.0 {
        let train: Vec<_> = viewed.iter().take(posts.len()).collect();
        let samples = pipeline::samples(&train, &recipe);
        let fit = pipeline::fit(&samples, &recipe);
        let cases: Vec<_> = dev.iter().map(|post| lab::judge(&fit, post, &lexicon)).collect();
        println!("{:60} {}", format!("dev ({} features)", fit.index.hashes.len()), measure::headline(&cases));
    }
    if !args.lab {
        write(&viewed[..posts.len()], &dev, &lexicon, &source, &recipe)?;
    }
    println!("{:?}", start.elapsed());
    Ok(ExitCode::SUCCESS)
}

fn write(posts: &[pipeline::Viewed<'_>], dev: &[data::Post], lexicon: &Lexicon<'_>, source: &lexicon::Source, recipe: &pipeline::Recipe) -> anyhow::Result<()> {
    let train: Vec<_> = posts.iter().collect();
    let samples = pipeline::samples(&train, recipe);
    let full = pipeline::fit(&samples, recipe);
    let kept = ship::keep(&full, &samples, 16_000);
    let fit = pipeline::fit_over(&samples, Index::new(kept), recipe.plan);
    let mut draft = ship::quantise(&fit, &Figures::default(), 31.0);
    let fit = pipeline::Fit { linear: ship::as_shipped(&fit, &draft), index: fit.index };
    let cases: Vec<_> = dev.iter().map(|post| lab::judge(&fit, post, lexicon)).collect();
    println!("{:60} {}", "as shipped", measure::headline(&cases));
    let outputs: Vec<_> = dev
        .iter()
        .map(|post| {
            let features = vectors::features_of(&post.row.text, post.row.is_reply, None, lexicon);
            fit.linear.outputs(&vectors::project(&features, &fit.index))
        })
        .collect();
    let stances: Vec<_> = outputs
        .iter()
        .zip(dev)
        .filter_map(|(out, post)| post.stance().map(|truth| (out[model::STANCE], truth == Stance::Conversation, 1.0)))
        .collect();
    let ads: Vec<_> = outputs.iter().zip(dev).map(|(out, post)| (out[model::AD], post.row.ad, 1.0)).collect();
    let figures = &mut draft.figures;
    (figures.stance_gain, figures.stance_shift) = ship::platt(&stances);
    (figures.ad_gain, figures.ad_shift) = ship::platt(&ads);
    figures.intent_gain = 1.0;
    figures.sure = 0.75;
    figures.sure_strict = 0.85;
    figures.fold = 0.85;
    figures.fold_strict = 0.93;
    figures.fold_conversation = 0.05;
    figures.known_words = 0.2;
    figures.rooms = 0b1101;
    figures.languages = u32::MAX;
    draft.lexicon = source.entries.clone();
    draft.provenance = "cargo xtask train\n".into();
    let bytes = draft.encode();
    std::fs::write("model/model.bin", &bytes)?;
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut gz, &bytes)?;
    println!("{} rows, {} bytes, {} gzipped; {:?}", draft.rows.len(), bytes.len(), gz.finish()?.len(), figures_line(&draft));
    Ok(())
}

fn figures_line(draft: &model::Draft) -> [f32; 4] {
    let figures = &draft.figures;
    [figures.stance_gain, figures.stance_shift, figures.ad_gain, figures.ad_shift]
}
