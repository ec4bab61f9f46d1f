//! Owns the verb `classify`: JSON Lines in, verdicts out; a bad line is reported and passed over.

use std::io::{BufRead, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use kibitz::classify::{Evidence, Input, Judge, Reasons, Verdict};
use kibitz::intent;
use kibitz::post::Room;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Its flags.
#[derive(clap::Args)]
pub struct Args {
    /// Another model than the built-in one
    #[arg(long)]
    model: Option<PathBuf>,
}

/// A line of input; other fields are ignored.
#[derive(Deserialize)]
struct Line {
    id: Value,
    text: String,
    platform: String,
    is_reply: Option<bool>,
    lang: Option<String>,
}

/// Networks that data files name and Kibitz has no room for: judged as any other site.
const OTHER_SITES: [&str; 3] = ["weibo", "vk", "web"];

/// Runs the verb.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let bytes = match &args.model {
        Some(path) => Some(std::fs::read(path).with_context(|| format!("reading {}", path.display()))?),
        None => None,
    };
    let own = bytes.as_deref().map(Judge::load).transpose()?;
    let judge = own.as_ref().unwrap_or_else(|| Judge::builtin());
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut bad = 0_usize;
    for (at, line) in std::io::stdin().lock().split(b'\n').enumerate() {
        let line = line.context("reading standard input")?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match answer(judge, &line) {
            Ok(value) => {
                serde_json::to_writer(&mut out, &value)?;
                out.write_all(b"\n")?;
            }
            Err(error) => {
                bad += 1;
                eprintln!("line {}: {error:#}", at + 1);
            }
        }
    }
    out.flush()?;
    Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn answer(judge: &Judge<'_>, line: &[u8]) -> anyhow::Result<Value> {
    let line: Line = serde_json::from_slice(line).context("not a post")?;
    let room = match Room::from_id(&line.platform) {
        Some(room) => room,
        None if OTHER_SITES.contains(&line.platform.as_str()) => Room::Generic,
        None => {
            let known: Vec<&str> = Room::ALL.iter().map(|room| room.id()).collect();
            anyhow::bail!("unknown platform {:?}; known are {}", line.platform, known.join(", "))
        }
    };
    let input = Input { text: &line.text, room, is_reply: line.is_reply, lang: line.lang.as_deref() };
    Ok(to_json(line.id, &line.text, &judge.reasoned(&input)))
}

/// The line of output for a verdict.
pub fn to_json(id: Value, text: &str, (verdict, reasons): &(Verdict, Reasons)) -> Value {
    let units: Vec<u16> = text.encode_utf16().collect();
    let evidence = |phrase: &Evidence| {
        let words = units.get(phrase.start as usize..phrase.end as usize).unwrap_or(&[]);
        json!({
            "start": phrase.start,
            "end": phrase.end,
            "text": String::from_utf16_lossy(words),
            "weight": round(phrase.weight),
        })
    };
    let intents: Map<String, Value> =
        intent::ALL.iter().zip(verdict.intents).map(|(row, p)| (row.id.to_owned(), round(p))).collect();
    json!({
        "id": id,
        "stance": verdict.stance.map_or("none", kibitz::intent::Stance::id),
        "intent": verdict.intent.info().id,
        "confidence": round(verdict.confidence),
        "sure": verdict.is_sure,
        "ad": verdict.ad,
        "ad_probability": round(verdict.ad_probability),
        "p_conversation": round(verdict.p_conversation),
        "intents": intents,
        "evidence": reasons.decided.iter().map(evidence).collect::<Vec<_>>(),
        "against": reasons.against.iter().map(evidence).collect::<Vec<_>>(),
    })
}

/// Four decimals are more than the calibration can say.
fn round(value: f32) -> Value {
    json!((f64::from(value) * 10_000.0).round() / 10_000.0)
}
