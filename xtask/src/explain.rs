//! Owns the verb `explain`: tokens, their exact contributions and the decision for one text.

use std::process::ExitCode;

use anyhow::Context;
use kibitz::classify::{Evidence, Input, Judge};
use kibitz::intent;
use kibitz::post::Room;

/// Its flags.
#[derive(clap::Args)]
pub struct Args {
    /// The words of the post
    text: String,
    /// The network
    #[arg(long, default_value = "x")]
    platform: String,
    /// The post answers another
    #[arg(long)]
    reply: bool,
    /// Language as the page states it
    #[arg(long)]
    lang: Option<String>,
}

/// Runs the verb.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let room = Room::from_id(&args.platform).with_context(|| format!("unknown platform {:?}", args.platform))?;
    let input = Input { text: &args.text, room, is_reply: Some(args.reply), lang: args.lang.as_deref() };
    let judge = Judge::builtin();
    let explanation = judge.explain(&input).context("the built-in model does not fit this build")?;
    let verdict = judge.verdict(&input);
    println!("{:>8}  words (+ speaks for conversation, - for broadcast; log-odds)", "weight");
    for (start, end, weight) in &explanation.parts {
        let words = args.text.get(*start as usize..*end as usize).unwrap_or_default();
        println!("{weight:+8.3}  {}", words.escape_debug());
    }
    println!("{:+8.3}  the post as a whole (reply, room, length, signs) and the bias", explanation.rest);
    println!("{:+8.3}  log-odds of conversation", explanation.log_odds);
    println!("language {:?}, words known {:.0} %", explanation.language, explanation.known_words * 100.0);
    println!(
        "\n{} / {}  confidence {:.3}{}  advert {:.3}{}",
        verdict.stance.map_or("none", intent::Stance::id),
        verdict.intent.info().id,
        verdict.confidence,
        if verdict.is_sure { "" } else { " (unsure: ?)" },
        verdict.ad_probability,
        if verdict.ad { " (may be folded)" } else { "" }
    );
    for (row, p) in intent::ALL.iter().zip(verdict.intents).filter(|(_, p)| *p >= 0.01) {
        println!("  {p:.3} {}", row.id);
    }
    let units: Vec<u16> = args.text.encode_utf16().collect();
    let show = |phrase: &Evidence| {
        let words = units.get(phrase.start as usize..phrase.end as usize).unwrap_or(&[]);
        format!("{:+.2} {:?}", phrase.weight, String::from_utf16_lossy(words))
    };
    verdict.evidence.iter().for_each(|phrase| println!("for      {}", show(phrase)));
    verdict.against.iter().for_each(|phrase| println!("against  {}", show(phrase)));
    Ok(ExitCode::SUCCESS)
}
