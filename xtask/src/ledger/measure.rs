//! Owns the measurements behind the ledger's thresholds: near-duplicate texts, and the clock; prints figures, never a text.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kibitz::ledger::metrics::{self, Brand, Day, Timed};
use kibitz::ledger::{Aggregate, Counted, DAY_MS, TEXT_MIN_CHARS, day_of, distance, simhash};
use kibitz::post::Room;
use kibitz::read::time::parse_iso;

use super::random::Random;
use super::source::{self, Line};

/// Posts in each measurement.
const SAMPLE: usize = 20_000;
/// Pairs of texts by different authors.
const PAIRS: usize = 2_000_000;
/// Two texts of which this share of four-letter shingles is common are one text to a reader (looked at on the pairs around it).
const SAME_JACCARD: f64 = 0.5;

/// Its name, and what it makes of a text.
type Edit = (&'static str, fn(&str, &mut Random) -> String);

/// What brands change when they post one text in several rooms.
const EDITS: [Edit; 8] = [
    ("other link", |text, _| {
        text.split(' ')
            .map(|word| if word.contains("://") { "https://ex.am/other" } else { word })
            .collect::<Vec<_>>()
            .join(" ")
    }),
    ("no hashtags", |text, _| text.split(' ').filter(|word| !word.starts_with('#')).collect::<Vec<_>>().join(" ")),
    ("3 hashtags more", |text, _| format!("{text} #weekend #inspiration #together")),
    ("no emoji", |text, _| {
        text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation()).collect()
    }),
    ("a call more", |text, _| format!("{text} Link in bio.")),
    ("last sentence gone", |text, _| {
        text.trim_end()
            .rsplit_once(['.', '!', '?', '。', '\n'])
            .and_then(|(head, tail)| {
                if tail.is_empty() {
                    head.rsplit_once(['.', '!', '?', '。', '\n']).map(|(head, _)| head)
                } else {
                    Some(head)
                }
            })
            .filter(|head| head.chars().count() * 2 > text.chars().count())
            .unwrap_or(text)
            .to_owned()
    }),
    ("cut to 280", |text, _| text.chars().take(280).collect()),
    ("two words other", |text, random| {
        let mut words: Vec<&str> = text.split(' ').collect();
        for _ in 0..2 {
            let at = random.below(words.len());
            words[at] = "something";
        }
        words.join(" ")
    }),
];

/// Prints everything.
pub fn run(path: &Path) -> anyhow::Result<()> {
    let mut lines: Vec<Line> = source::lines(path)?;
    lines.retain(|line| line.text.chars().count() >= TEXT_MIN_CHARS as usize);
    let mut random = Random::new(1);
    println!("near duplicates: texts of at least {TEXT_MIN_CHARS} characters, simhash, by threshold in bits");
    edits(&lines, &mut random);
    strangers(&lines, &mut random);
    own(&lines);
    lengths(path)?;
    clock(&lines);
    Ok(())
}

const THRESHOLDS: [u32; 9] = [2, 4, 6, 8, 10, 12, 14, 16, 18];

fn heading(title: &str) {
    print!("\n{title:<28}");
    for bits in THRESHOLDS {
        print!("{:>9}", format!("≤{bits}"));
    }
    println!("{:>10}", "n");
}

fn shares(title: &str, distances: &[u32], decimals: usize) {
    print!("{title:<28}");
    for bits in THRESHOLDS {
        let hits = distances.iter().filter(|distance| **distance <= bits).count();
        print!("{:>9.decimals$}", hits as f64 * 100.0 / distances.len().max(1) as f64);
    }
    println!("{:>10}", distances.len());
}

fn edits(lines: &[Line], random: &mut Random) {
    heading("recall, % of edited texts");
    let sample: Vec<&Line> = (0..SAMPLE).map(|_| &lines[random.below(lines.len())]).collect();
    let mut all = Vec::new();
    for (name, edit) in EDITS {
        let mut distances = Vec::new();
        for line in &sample {
            let edited = edit(&line.text, random);
            if edited != line.text {
                distances.push(distance(simhash(&line.text), simhash(&edited)));
            }
        }
        shares(name, &distances, 2);
        all.extend(distances);
    }
    shares("all", &all, 2);
}

fn strangers(lines: &[Line], random: &mut Random) {
    heading("false, % of pairs");
    let hashes: Vec<u64> = lines.iter().map(|line| simhash(&line.text)).collect();
    let mut distances = Vec::new();
    while distances.len() < PAIRS {
        let (one, other) = (random.below(lines.len()), random.below(lines.len()));
        if lines[one].author != lines[other].author && lines[one].text != lines[other].text {
            distances.push(distance(hashes[one], hashes[other]));
        }
    }
    shares("different authors", &distances, 5);
}

/// Pairs by one author within the window in which cross-posting is looked for, against the share of common shingles.
fn own(lines: &[Line]) {
    let mut by_author: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
    for line in lines {
        by_author.entry(line.author.as_deref().unwrap_or_default()).or_default().push(line);
    }
    let (mut same, mut different) = (Vec::new(), Vec::new());
    for posts in by_author.values().filter(|posts| posts.len() > 1) {
        let posts = &posts[..posts.len().min(60)];
        let known: Vec<(u64, BTreeSet<u64>)> =
            posts.iter().map(|post| (simhash(&post.text), shingles(&post.text))).collect();
        for (at, (hash, shingles)) in known.iter().enumerate() {
            for (other_hash, other) in known.get(at + 1..).unwrap_or_default() {
                let common = shingles.intersection(other).count() as f64;
                let jaccard = common
                    / (shingles.len() + other.len()) as f64
                    / (1.0 - common / (shingles.len() + other.len()) as f64);
                let bits = distance(*hash, *other_hash);
                if jaccard >= SAME_JACCARD { same.push(bits) } else { different.push(bits) }
            }
        }
    }
    heading("pairs of one author, %");
    shares("same by shingles (recall)", &same, 2);
    shares("different (false)", &different, 4);
    print!("{:<28}", "precision");
    for bits in THRESHOLDS {
        let count = |distances: &[u32]| distances.iter().filter(|distance| **distance <= bits).count() as f64;
        print!("{:>9.2}", count(&same) * 100.0 / (count(&same) + count(&different)).max(1.0));
    }
    println!();
}

/// Shingles of four letters, as the fingerprint sees them.
fn shingles(text: &str) -> BTreeSet<u64> {
    let is_aside = |word: &&str| word.starts_with(['@', '#']) || word.contains("://");
    let words: Vec<&str> = text.split_whitespace().collect();
    let tail = words.iter().rev().take_while(|word| is_aside(word)).count();
    let letters: Vec<char> = words[..words.len() - tail]
        .iter()
        .filter(|word| !word.starts_with('@') && !word.contains("://"))
        .flat_map(|word| word.chars().flat_map(char::to_lowercase))
        .filter(|c| c.is_alphanumeric())
        .collect();
    letters.windows(4).map(|four| four.iter().fold(0, |sum, c| sum << 16 ^ u64::from(u32::from(*c)))).collect()
}

/// How often different texts of one author fall together, by the length of the shorter.
fn lengths(path: &Path) -> anyhow::Result<()> {
    let mut by_author: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for line in source::lines(path)? {
        by_author.entry(line.author.clone().unwrap_or_default()).or_default().push(line);
    }
    let mut counts: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
    for posts in by_author.values().filter(|posts| posts.len() > 1) {
        let known: Vec<_> = posts
            .iter()
            .take(60)
            .map(|post| (post.text.chars().count(), simhash(&post.text), shingles(&post.text)))
            .collect();
        for (at, one) in known.iter().enumerate() {
            for other in known.get(at + 1..).unwrap_or_default() {
                let common = one.2.intersection(&other.2).count();
                let all = one.2.len() + other.2.len() - common;
                if (common as f64) < SAME_JACCARD * all as f64 {
                    let (n, near) = counts.entry(one.0.min(other.0).min(159) / 20 * 20).or_default();
                    *n += 1;
                    *near += u32::from(distance(one.1, other.1) <= metrics::NEAR_BITS);
                }
            }
        }
    }
    println!("\ndifferent texts of one author within {} bits, by the length of the shorter", metrics::NEAR_BITS);
    for (length, (n, near)) in counts {
        println!("{length:>4}+ characters {:>9.4} % of {n}", f64::from(near) * 100.0 / f64::from(n.max(1)));
    }
    Ok(())
}

/// The three signs of a machine, by collection.
fn clock(lines: &[Line]) {
    let mut by_author: BTreeMap<(&str, &str), BTreeMap<i32, Aggregate>> = BTreeMap::new();
    for line in lines {
        let Some(at) = line.created_at.as_deref().and_then(parse_iso) else { continue };
        let key = (line.dataset.as_str(), line.author.as_deref().unwrap_or_default());
        let sums = by_author.entry(key).or_default().entry(day_of(at)).or_default();
        sums.minutes.add(u16::try_from(at.rem_euclid(DAY_MS) / 60_000).unwrap_or_default(), 1);
        sums.texts.add(simhash(&line.text), 1);
    }
    println!("\nsigns of a machine, authors with 100 posts and more: median share, and calls");
    println!(
        "{:<28}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}{:>11}",
        "collection", "authors", "clock", "interval", "repeated", "organic", "mixed", "robotised"
    );
    let mut rows: BTreeMap<&str, Vec<metrics::Automation>> = BTreeMap::new();
    for ((dataset, _), days) in by_author {
        let mut brand = Brand::default();
        for (day, sums) in days {
            brand.total.plus(&sums);
            let texts: &Counted<u64> = &sums.texts;
            brand.texts.extend(texts.iter().map(|(text, _)| Timed { day, room: Room::X, text }));
            brand.days.push(Day { day, sums });
        }
        if brand.total.minutes.total() >= 100 {
            rows.entry(dataset).or_default().push(metrics::automation(&brand));
        }
    }
    for (dataset, signs) in rows {
        let median = |pick: fn(&metrics::Automation) -> Option<kibitz::ledger::Measure>| {
            let mut values: Vec<f64> = signs.iter().filter_map(pick).map(|measure| measure.value).collect();
            values.sort_by(f64::total_cmp);
            values.get(values.len() / 2).copied().unwrap_or(f64::NAN) * 100.0
        };
        let calls = |call| signs.iter().filter(|sign| sign.call == Some(call)).count();
        use metrics::AutomationCall::{Mixed, Organic, Robotised};
        println!(
            "{dataset:<28}{:>8}{:>9.1}{:>9.1}{:>9.1}{:>9}{:>9}{:>11}",
            signs.len(),
            median(|sign| sign.clock),
            median(|sign| sign.interval),
            median(|sign| sign.repeated),
            calls(Organic),
            calls(Mixed),
            calls(Robotised),
        );
    }
}
