//! Owns the developer's verbs; each lives in its own module; never ships.

use std::process::ExitCode;

use clap::Parser;

mod brands;
mod classify;
mod eval;
mod explain;
mod judge;
mod ledger;
mod new_platform;
mod package;
mod read;
mod show;
mod train;

/// The developer's verbs of Kibitz.
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
enum Verb {
    /// Train the model and write model/model.bin and model/report.txt
    Train(train::Args),
    /// Make the shipped list of brands' handles, and measure the words that tell a brand
    Brands(brands::Args),
    /// Judge posts: JSON Lines in, JSON Lines out
    Classify(classify::Args),
    /// Measure the model on labelled posts
    Eval(eval::Args),
    /// Print tokens, contributions and decision for one text
    Explain(explain::Args),
    /// Read the posts of a saved page: JSON Lines out
    Read(read::Args),
    /// Show a saved page in a real browser with the packaged extension
    Show(show::Args),
    /// Make a ledger's export file: from posts, from a saved page, or made up
    Ledger(ledger::Args),
    /// Scaffold a network: its file, a fixture, and every place where it is listed
    NewPlatform(new_platform::Args),
    /// Build the extension for both browsers
    Package(package::Args),
}

fn main() -> anyhow::Result<ExitCode> {
    match Verb::parse() {
        Verb::Train(args) => train::run(&args),
        Verb::Brands(args) => brands::run(&args),
        Verb::Classify(args) => classify::run(&args),
        Verb::Eval(args) => eval::run(&args),
        Verb::Explain(args) => explain::run(&args),
        Verb::Read(args) => read::run(&args),
        Verb::Show(args) => show::run(&args),
        Verb::Ledger(args) => ledger::run(&args),
        Verb::NewPlatform(args) => new_platform::run(&args),
        Verb::Package(args) => package::run(&args),
    }
}
