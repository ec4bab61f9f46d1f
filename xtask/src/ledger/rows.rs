//! Owns the way from posts to entries: the very session that runs on a page reads them; never judges otherwise.

use std::path::Path;

use anyhow::Context as _;
use kibitz::classify::{Input, Judge, Verdict};
use kibitz::ledger::{Entry, EntryKey, Row, Salt, Sighting, model_version};
use kibitz::platforms;
use kibitz::post::{AuthorKind, Post, Room, Surface};
use kibitz::read::{self, Reading};
use kibitz::session::{Command, Event, Place, Session, Settings, Slot, lasting_id};
use std::collections::BTreeMap;

use super::source::{self, Line};
use crate::read::tree;

/// Entries, merged as a store would.
#[derive(Default)]
pub struct Entries(BTreeMap<EntryKey, Entry>);

impl Entries {
    /// Adds an entry.
    pub fn push(&mut self, entry: Entry) {
        let entry = match self.0.remove(&entry.key()) {
            Some(known) => known.merge(entry),
            None => entry,
        };
        self.0.insert(entry.key(), entry);
    }

    /// All of them, by room and id.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// One page's life: every post is read in its order, and what the session observes becomes rows.
fn page(
    posts: Vec<Post>,
    room: Room,
    surface: Surface,
    focal_id: Option<String>,
    seen: i64,
    salt: Salt,
    out: &mut Entries,
) {
    let judge = |input: &Input<'_>| -> Verdict { Judge::builtin().verdict(input) };
    let mut session = Session::new(Settings::default(), judge);
    session.on(Event::Navigated { room, surface, focal_id, viewer: None });
    let take = |commands: Vec<Command>, out: &mut Entries| {
        for command in commands {
            if let Command::Observe(_, observation) = command {
                out.push(Entry::Row(Box::new(Row::of(&Sighting {
                    id: &lasting_id(&observation.key).1,
                    post: &observation.post,
                    verdict: &observation.verdict,
                    model: model_version(),
                    surface: observation.surface,
                    seen: observation.seen,
                    corrected: observation.corrected,
                    salt,
                    keeps_excerpt: observation.keeps_excerpt,
                }))));
            }
        }
    };
    for (post, slot) in posts.into_iter().zip(0..) {
        let read = Event::Read {
            slot: Slot(slot),
            post: Some(Box::new(post)),
            place: Place::InView,
            painted: false,
            now: seen,
        };
        take(session.on(read), out);
        take(session.on(Event::Frame { now: seen }), out);
    }
    if surface == Surface::Thread {
        session.questions(salt).into_iter().for_each(|question| out.push(Entry::Question(question)));
    }
}

/// Entries of a file of posts; neighbours that were seen at once in one place are one page. An author of whom the file says
/// nothing is a brand: that is what data files hold.
///
/// # Errors
/// When the file cannot be read, or a line is no post.
pub fn of_posts(path: &Path, salt: Salt, out: &mut Entries) -> anyhow::Result<()> {
    let mut group: Vec<Post> = Vec::new();
    let mut place: Option<(Room, Surface, i64)> = None;
    let flush = |group: &mut Vec<Post>, place: Option<(Room, Surface, i64)>, out: &mut Entries| {
        if let Some((room, surface, seen)) = place {
            page(std::mem::take(group), room, surface, None, seen, salt, out);
        }
    };
    for (at, line) in source::lines(path)?.iter().enumerate() {
        let (mut post, seen) = read_line(line).with_context(|| format!("{}, line {}", path.display(), at + 1))?;
        if line.author_kind.is_none() {
            post.author.kind = AuthorKind::Organisation;
        }
        let here = Some((post.room, line.surface(), seen));
        if place != here {
            flush(&mut group, place, out);
            place = here;
        }
        group.push(post);
    }
    flush(&mut group, place, out);
    Ok(())
}

fn read_line(line: &Line) -> anyhow::Result<(Post, i64)> {
    Ok((line.post()?, line.seen()?))
}

/// Entries of a saved page, as the extension would make them of it.
///
/// # Errors
/// When the page cannot be read, or no network with a reader lives at the address.
pub fn of_page(path: &Path, url: &str, seen: i64, salt: Salt, out: &mut Entries) -> anyhow::Result<()> {
    let place = platforms::for_url(url).with_context(|| format!("{url}: no reader for this address"))?;
    let html = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let tree = tree::Page::parse(&String::from_utf8_lossy(&html));
    let context = read::Context::from(&place);
    let mut posts = Vec::new();
    for container in read::containers(place.platform, &tree.root()) {
        if let Reading::Post(mut post) = read::read(place.platform, &container, &context) {
            read::read_counts(place.platform, &container, &mut post);
            posts.push(*post);
        }
    }
    page(posts, place.platform.room, place.surface, place.focal_id.clone(), seen, salt, out);
    Ok(())
}
