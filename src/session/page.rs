//! Owns what is known of the page as a whole: where it is, its counts, whether it can be read; never hides anything.

use super::contract::BadgeKind;
use super::lru::Lru;
use super::prefs::{AuthorId, PostId};
use crate::brand::{Likelihood, normal_handle};
use crate::ledger::Majority;
use crate::post::{Post, Room, Surface};
use crate::sorted::Map;

/// Before this many containers nothing is said about how well they can be read.
const HEALTH_MIN_CONTAINERS: u32 = 8;
/// Of 100 containers, fewer read than this means that the page has changed: the saved pages of every platform read whole.
const HEALTH_MIN_READ_PERCENT: u32 = 50;
/// Of 100 posts read, fewer with any words than this means that the words were missed; picture posts without words are common.
const HEALTH_MIN_WORDS_PERCENT: u32 = 12;
/// Posts counted once on a page.
const COUNTED_POSTS: usize = 4_096;
/// Authors offered in the popup as perhaps brands.
const CANDIDATES: usize = 50;

/// The page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) room: Room,
    pub(super) surface: Surface,
    focal: Option<String>,
    viewer: Option<String>,
    /// Whose page this is.
    pub(super) owner: Option<AuthorId>,
    /// What was last said of the owner.
    pub(super) profile: Option<Majority>,
    /// *Show all on this page.*
    pub(super) is_showing_all: bool,
    pub(super) containers: u32,
    pub(super) read: u32,
    with_author: u32,
    with_words: u32,
    judged: Lru<PostId, BadgeKind>,
    counts: [u32; 4],
    candidates: Map<String, (String, String)>,
}

impl Page {
    pub(super) fn new(room: Room, surface: Surface, focal: Option<String>, viewer: Option<String>) -> Self {
        Self {
            room,
            surface,
            focal,
            viewer: viewer.and_then(named),
            owner: None,
            profile: None,
            is_showing_all: false,
            containers: 0,
            read: 0,
            with_author: 0,
            with_words: 0,
            judged: Lru::new(COUNTED_POSTS),
            counts: [0; 4],
            candidates: Map::new(),
        }
    }

    /// Who is signed in has become known.
    pub(super) fn set_viewer(&mut self, handle: String) {
        self.viewer = named(handle);
    }

    /// Whether the post is the viewer's own, or the one the page was opened for.
    pub(super) fn spares(&self, post: &Post) -> bool {
        let own = self.viewer.as_deref().is_some_and(|viewer| viewer == normal_handle(&post.author.handle));
        own || post.is_focal || (self.focal.is_some() && self.focal == post.id)
    }

    /// A container gave its first post.
    pub(super) fn first_read(&mut self, post: &Post) {
        self.read += 1;
        self.with_author += u32::from(!post.author.name.is_empty() || !post.author.handle.is_empty());
        self.with_words += u32::from(!post.text.is_empty());
    }

    /// Counts a post once under the badge it has now.
    pub(super) fn count(&mut self, post: &PostId, kind: Option<BadgeKind>) {
        let before = self.judged.get(post).copied();
        if before == kind {
            return;
        }
        if let Some(before) = before {
            self.counts[before as usize] = self.counts[before as usize].saturating_sub(1);
            self.judged.remove(post);
        }
        if let Some(kind) = kind {
            self.counts[kind as usize] += 1;
            self.judged.insert(post.clone(), kind);
        }
    }

    /// Posts by badge; none stands for a dash: nothing could be read.
    pub(super) fn judged(&self) -> Option<[u32; 4]> {
        (self.read > 0).then_some(self.counts)
    }

    /// Offers an author in the popup, or takes the offer back.
    pub(super) fn offer(&mut self, author: &str, post: &Post, likelihood: Likelihood) {
        if likelihood != Likelihood::Unclear || author.is_empty() {
            self.candidates.remove(author);
        } else if self.candidates.len() < CANDIDATES && !self.candidates.contains_key(author) {
            let handle = if post.author.handle.is_empty() { author } else { &post.author.handle };
            self.candidates.insert(author.to_owned(), (handle.to_owned(), post.author.name.clone()));
        }
    }

    /// Authors who may be brands: handle, name.
    pub(super) fn candidates(&self) -> Vec<(String, String)> {
        self.candidates.values().cloned().collect()
    }

    /// Message key of what is wrong with reading this page.
    pub(super) fn health(&self) -> Option<&'static str> {
        let is_below = |part: u32, whole: u32, percent: u32| {
            whole >= HEALTH_MIN_CONTAINERS && u64::from(part) * 100 < u64::from(whole) * u64::from(percent)
        };
        if is_below(self.read, self.containers, HEALTH_MIN_READ_PERCENT) {
            Some("health_unread")
        } else if is_below(self.with_author, self.read, HEALTH_MIN_READ_PERCENT) {
            Some("health_no_author")
        } else if is_below(self.with_words, self.read, HEALTH_MIN_WORDS_PERCENT) {
            Some("health_no_words")
        } else {
            None
        }
    }
}

pub(super) fn named(handle: String) -> Option<String> {
    Some(normal_handle(&handle)).filter(|handle| !handle.is_empty())
}
