//! Owns labelled and unlabelled posts as read from JSON Lines; never changes a text.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::Context;
use kibitz::intent::{Intent, Stance};
use kibitz::post::Room;
use serde::Deserialize;

/// A line of a data file; fields that no verb needs are ignored.
#[derive(Clone, Debug, Deserialize)]
pub struct Row {
    /// Its name.
    pub id: String,
    /// The collection it comes from.
    #[serde(default)]
    pub dataset: String,
    /// The network, as the source calls it.
    pub platform: String,
    /// BCP 47, as given or guessed by the source.
    pub lang: Option<String>,
    /// The brand.
    pub author: Option<String>,
    /// Whether it answers another post.
    pub is_reply: Option<bool>,
    /// The words.
    pub text: String,
    /// Label: what it does mainly.
    pub intent: Option<String>,
    /// Label: what it does besides.
    pub second: Option<String>,
    /// Label: pure advertising.
    #[serde(default)]
    pub ad: bool,
    /// Whether the reader of the label was sure.
    #[serde(default = "yes")]
    pub sure: bool,
    /// Posts with the same key were written as near misses of each other and stay on one side of any split.
    pub pair: Option<String>,
}

const fn yes() -> bool {
    true
}

/// A labelled post.
#[derive(Clone, Debug)]
pub struct Post {
    /// As read.
    pub row: Row,
    /// What it does mainly.
    pub intent: Intent,
    /// What it does besides.
    pub second: Option<Intent>,
}

impl Post {
    /// The stance that follows from the intent.
    pub const fn stance(&self) -> Option<Stance> {
        self.intent.stance()
    }

    /// The network; those that Kibitz has no name for (weibo) count as any other site.
    pub fn room(&self) -> Room {
        room(&self.row.platform)
    }
}

/// The network with this id; those that Kibitz has no name for (weibo) count as any other site.
pub fn room(platform: &str) -> Room {
    Room::from_id(platform).unwrap_or(Room::Generic)
}

/// Reads a file of JSON Lines, gzipped if its name ends in `.gz`.
pub fn rows(path: &Path) -> anyhow::Result<Vec<Row>> {
    let file = std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let reader: Box<dyn Read> = if path.extension().is_some_and(|ext| ext == "gz") {
        Box::new(flate2::read::GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    let mut out = Vec::new();
    for (at, line) in BufReader::new(reader).lines().enumerate() {
        let line = line.with_context(|| format!("reading {}", path.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        out.push(serde_json::from_str(&line).with_context(|| format!("{}, line {}", path.display(), at + 1))?);
    }
    Ok(out)
}

/// Reads a file of labelled posts.
pub fn posts(path: &Path) -> anyhow::Result<Vec<Post>> {
    rows(path)?.into_iter().map(post).collect::<anyhow::Result<_>>().with_context(|| path.display().to_string())
}

fn post(row: Row) -> anyhow::Result<Post> {
    let name = row.intent.as_deref().with_context(|| format!("post {} has no intent", row.id))?;
    let intent = Intent::from_id(name).with_context(|| format!("post {}: unknown intent {name}", row.id))?;
    let second = row.second.as_deref().and_then(Intent::from_id);
    Ok(Post { row, intent, second })
}

/// A table of labels: id, intent, second, ad, sure.
struct Labels(BTreeMap<String, [String; 4]>);

impl Labels {
    fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let mut found = BTreeMap::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
            let Ok([id, rest @ ..]) = <[String; 5]>::try_from(columns) else {
                anyhow::bail!("{}, line {}: not id, intent, second, ad, sure", path.display(), at + 1)
            };
            found.insert(id, rest);
        }
        Ok(Self(found))
    }

    /// The post as the table labels it.
    fn label(&self, row: Row) -> anyhow::Result<Post> {
        let [intent, second, ad, sure] =
            self.0.get(&row.id).with_context(|| format!("post {} has no label", row.id))?.clone();
        let second = Some(second).filter(|second| second != "-");
        post(Row { intent: Some(intent), second, ad: ad == "1", sure: sure == "1", ..row })
    }
}

/// Takes the posts of a pool that a table of labels names out of it.
pub fn join(pool: &mut Vec<Row>, labels: &Path) -> anyhow::Result<Vec<Post>> {
    let found = Labels::read(labels)?;
    let (named, rest): (Vec<Row>, Vec<Row>) =
        std::mem::take(pool).into_iter().partition(|row| found.0.contains_key(&row.id));
    *pool = rest;
    anyhow::ensure!(
        named.len() == found.0.len(),
        "{}: {} of {} posts are in the pool",
        labels.display(),
        named.len(),
        found.0.len()
    );
    named.into_iter().map(|row| found.label(row)).collect()
}

/// Labels posts anew that a table of later readings names.
pub fn read_again(posts: &mut [Post], labels: &Path) -> anyhow::Result<()> {
    let found = Labels::read(labels)?;
    let mut met = 0;
    for post in posts.iter_mut().filter(|post| found.0.contains_key(&post.row.id)) {
        *post = found.label(post.row.clone())?;
        met += 1;
    }
    anyhow::ensure!(met == found.0.len(), "{}: {met} of {} posts are there", labels.display(), found.0.len());
    Ok(())
}
