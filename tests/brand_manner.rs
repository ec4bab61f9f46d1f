//! How brands and persons write: the figures behind the odds, measured again, and what the odds make of authors.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

#[path = "support/brand_data.rs"]
mod brand_data;

use brand_data::{Post, manner, persons, posts};
use kibitz::brand::Writes;

#[test]
fn explore() {
    for person in persons() {
        println!("{:>6} {:?} {} {}", manner(&person.posts).log_odds(), manner(&person.posts).says(), person.kind, person.author.name);
    }
    let Some(posts) = posts() else { return };
    let mut sources: std::collections::BTreeMap<&str, Vec<i32>> = Default::default();
    let mut says: std::collections::BTreeMap<&str, [usize; 4]> = Default::default();
    for ((source, _), posts) in &posts {
        let chunks: Vec<&[Post]> = if source == "wearerladies" || source == "arabic_low_quality" { posts.chunks(10).collect() } else { vec![&posts[..posts.len().min(10)]] };
        for chunk in chunks.into_iter().filter(|chunk| chunk.len() >= 10) {
            let m = manner(chunk);
            sources.entry(source).or_default().push(m.log_odds());
            says.entry(source).or_default()[match m.says() { Writes::AsBrand => 0, Writes::RatherAsBrand => 1, Writes::Unknown => 2, Writes::AsPerson => 3 }] += 1;
        }
    }
    for (source, mut odds) in sources {
        odds.sort();
        println!("{source:<24} n={} brand/rather/unknown/person {:?} median {}", odds.len(), says[source], odds[odds.len() / 2]);
    }
}
