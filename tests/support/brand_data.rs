//! Owns the reading of the shared data about brands and of the invented persons, for the tests that measure; never a verdict.
#![allow(dead_code)] // each test crate uses its part

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use kibitz::brand::list_hash;
use kibitz::brand::manner::{Manner, sight};
use kibitz::post::{Author, Room};

/// A post as far as its manner goes.
#[derive(Clone, Debug)]
pub struct Post {
    pub text: String,
    pub is_reply: bool,
}

/// An invented person with posts.
pub struct Person {
    pub kind: String,
    pub author: Author,
    pub posts: Vec<Post>,
}

pub fn author(name: &str, handle: &str) -> Author {
    Author { name: name.to_owned(), handle: handle.to_owned(), ..Author::default() }
}

/// The tally of these posts.
pub fn manner<'a>(posts: impl IntoIterator<Item = &'a Post>) -> Manner {
    let mut manner = Manner::default();
    posts.into_iter().filter_map(|post| sight(&post.text, false, post.is_reply)).for_each(|sight| manner.note(sight));
    manner
}

/// The invented persons of `tests/people/posts.txt`.
pub fn persons() -> Vec<Person> {
    let mut persons: Vec<Person> = Vec::new();
    for line in include_str!("../people/posts.txt").lines().filter(|line| !line.is_empty() && !line.starts_with("//")) {
        if let Some(head) = line.strip_prefix("= ") {
            // A name may hold the separator.
            let (kind, rest) = head.split_once(" | ").expect("kind | name | handle");
            let (name, handle) = rest.rsplit_once(" | ").expect("kind | name | handle");
            persons.push(Person { kind: kind.to_owned(), author: author(name, handle), posts: Vec::new() });
        } else {
            let (text, is_reply) = line.strip_prefix("> ").map_or((line, false), |text| (text, true));
            persons.last_mut().expect("an author").posts.push(Post { text: text.to_owned(), is_reply });
        }
    }
    persons
}

/// What Facebook shows of the pages in facebook_news, by the data set's names for them; none for those of persons, which it
/// names so itself.
pub fn shown(source: &str, name: &str) -> Option<String> {
    if source != "facebook_news" {
        return Some(name.replace('_', " "));
    }
    let pages = include_str!("../people/pages.txt").lines().filter_map(|line| line.split_once('\t'));
    let page = pages.clone().find(|(id, _)| *id == name);
    assert!(page.is_some() || name.starts_with("person_"), "tests/people/pages.txt lacks {name}");
    page.map(|(_, shown)| shown.to_owned())
}

/// The person whose page it is.
pub fn presenter(source: &str, name: &str) -> Option<String> {
    let person = name.strip_prefix("person_").filter(|_| source == "facebook_news")?;
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    Some(person.split('_').map(capital).collect::<Vec<_>>().join(" "))
}

fn data() -> Option<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    data.join("brand-handles.tsv").exists().then_some(data)
}

/// A row of `brand-handles.tsv`.
#[derive(Clone, Debug)]
pub struct Row {
    pub room: Room,
    pub author: Author,
    pub source: String,
    /// A person among the advertisers, found by eye.
    pub is_person: bool,
    /// Spreads the rows over folds.
    pub hash: u32,
}

/// The rows of `brand-handles.tsv`; none where the shared data is not present.
pub fn handles() -> Option<Vec<Row>> {
    let text = std::fs::read_to_string(data()?.join("brand-handles.tsv")).expect("brand-handles.tsv");
    let persons: BTreeSet<&str> = include_str!("../../xtask/src/brands_persons.txt").split_whitespace().collect();
    let row = |line: &str| {
        let [room, handle, name, source] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four fields: {line}")
        };
        let hash = list_hash(Room::X, handle);
        // Folder names of a data set are no handles.
        let handle = if source == "fr_brand_replies" { "" } else { handle };
        Row {
            room: Room::from_id(room).expect("a room"),
            author: author(name, handle),
            source: source.to_owned(),
            is_person: persons.contains(format!("{hash:08x}").as_str()),
            hash,
        }
    };
    Some(text.lines().skip(1).map(row).collect())
}

/// Real posts by source and author; none where the shared data is not present. `unlabelled.jsonl.gz` is left out: reading
/// it takes longer than all other tests.
pub fn posts() -> Option<BTreeMap<(String, String), Vec<Post>>> {
    let data = data()?;
    let mut posts: BTreeMap<(String, String), Vec<Post>> = BTreeMap::new();
    for file in ["train.jsonl", "dev.jsonl"] {
        for line in std::fs::read_to_string(data.join(file)).expect(file).lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("a post");
            let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
            let post = Post { text: field("text"), is_reply: row["is_reply"].as_bool() == Some(true) };
            posts.entry((field("dataset"), field("author"))).or_default().push(post);
        }
    }
    Some(posts)
}
