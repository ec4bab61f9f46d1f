//! Owns the verb `explain`: tokens, their exact contributions and the decision for one text.

use std::fmt::Write;
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
    print!("{}", explained(args)?);
    Ok(ExitCode::SUCCESS)
}

/// What is printed.
fn explained(args: &Args) -> anyhow::Result<String> {
    let mut out = String::new();
    let room = Room::from_id(&args.platform).with_context(|| format!("unknown platform {:?}", args.platform))?;
    let input = Input { text: &args.text, room, is_reply: Some(args.reply), lang: args.lang.as_deref() };
    let judge = Judge::builtin();
    let explanation = judge.explain(&input).context("the built-in model does not fit this build")?;
    let (verdict, reasons) = judge.reasoned(&input);
    writeln!(out, "{:>8}  words (+ speaks for conversation, - for broadcast; log-odds)", "weight")?;
    for (start, end, weight) in &explanation.parts {
        let words = args.text.get(*start as usize..*end as usize).unwrap_or_default();
        writeln!(out, "{weight:+8.3}  {}", words.escape_debug())?;
    }
    writeln!(out, "{:+8.3}  the post as a whole (reply, room, length, signs) and the bias", explanation.rest)?;
    writeln!(out, "{:+8.3}  log-odds of conversation", explanation.log_odds)?;
    writeln!(out, "language {:?}, words known {:.0} %", explanation.language, explanation.known_words * 100.0)?;
    writeln!(
        out,
        "\n{} / {}  confidence {:.3}{}  advert {:.3}{}",
        verdict.stance.map_or("none", intent::Stance::id),
        verdict.intent.info().id,
        verdict.confidence,
        if verdict.is_sure { "" } else { " (unsure: ?)" },
        verdict.ad_probability,
        if verdict.ad { " (may be folded)" } else { "" }
    )?;
    for (row, p) in intent::ALL.iter().zip(verdict.intents).filter(|(_, p)| *p >= 0.01) {
        writeln!(out, "  {p:.3} {}", row.id)?;
    }
    let units: Vec<u16> = args.text.encode_utf16().collect();
    let show = |phrase: &Evidence| {
        let words = units.get(phrase.start as usize..phrase.end as usize).unwrap_or(&[]);
        format!("{:+.2} {:?}", phrase.weight, String::from_utf16_lossy(words))
    };
    for phrase in &reasons.decided {
        writeln!(out, "for      {}", show(phrase))?;
    }
    for phrase in &reasons.against {
        writeln!(out, "against  {}", show(phrase))?;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explain(text: &str, platform: &str) -> anyhow::Result<String> {
        explained(&Args { text: text.into(), platform: platform.into(), reply: false, lang: None })
    }

    #[test]
    fn the_parts_add_up_and_the_phrases_are_shown() -> anyhow::Result<()> {
        let text = explain("Shop now! 50% off all boots with code SALE", "x")?;
        let numbers: Vec<f32> =
            text.lines().skip(1).map_while(|line| line.split_whitespace().next()?.parse().ok()).collect();
        let Some((sum, parts)) = numbers.split_last() else { anyhow::bail!("no numbers: {text}") };
        // Every number is printed with three decimals.
        assert!((parts.iter().sum::<f32>() - sum).abs() < 0.001 * numbers.len() as f32, "{text}");
        assert!(*sum < 0.0 && text.contains("broadcast / offer") && text.contains("\nfor      +"), "{text}");
        assert!(text.contains("Known(\"en\")"), "{text}");
        Ok(())
    }

    #[test]
    fn an_unknown_network_is_refused() {
        assert!(explain("a", "nowhere").is_err_and(|error| error.to_string().contains("nowhere")));
    }
}
