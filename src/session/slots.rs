//! Owns what is known of each place on the page and what the runner was last told of it; never decides.

use std::rc::Rc;

use super::contract::{Badge, HideMode, HideReason, Place};
use super::prefs::{AuthorId, PostId};
use crate::brand::{Likelihood, author_id};
use crate::classify::Verdict;
use crate::post::{Post, PostKey};

/// A post as a slot holds it.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) key: PostKey,
    pub(super) post: Box<Post>,
    pub(super) author: AuthorId,
    pub(super) brand: (Likelihood, &'static str),
    pub(super) verdict: Option<Rc<Verdict>>,
}

impl Held {
    pub(super) fn new(post: Box<Post>) -> Self {
        let author = (post.room, author_id(&post.author));
        Self { key: post.key(), post, author, brand: (Likelihood::Unclear, "brand_unknown"), verdict: None }
    }
}

/// What a post is corrected, counted and revealed by: the platform's id, whatever its words; with no id, author and words.
pub fn lasting_id(key: &PostKey) -> PostId {
    if key.id.starts_with("name:") {
        (key.room, format!("{}#{:016x}", key.id, key.fingerprint))
    } else {
        (key.room, key.id.clone())
    }
}

/// Whether two keys have the same [`lasting_id`].
pub(super) fn is_same_post(one: &PostKey, other: &PostKey) -> bool {
    let is_named = one.id.starts_with("name:");
    (one.room, &one.id) == (other.room, &other.id) && (!is_named || one.fingerprint == other.fingerprint)
}

/// A place on the page.
#[derive(Debug)]
pub(super) struct Holder {
    /// The post; none while nothing can be read.
    pub(super) held: Option<Held>,
    /// Where the place stands.
    pub(super) place: Place,
    /// Whether `place` was measured.
    pub(super) is_measured: bool,
    /// Whether a post was ever read here.
    pub(super) was_read: bool,
    /// The turn in which the post arrived; none once it must be taken as painted.
    pub(super) arrived: Option<u32>,
    /// Whether the post is collapsed here; until that is settled, whether it was before it came here.
    pub(super) was_collapsed: bool,
    /// Whether it was painted before it could be read; then it is hidden on arrival without losing height.
    pub(super) is_painted: bool,
    /// An act of the user allows what lies in view to collapse; kept until the post is judged and its place measured.
    pub(super) by_user: bool,
    /// Waiting for the judge.
    pub(super) is_pending: bool,
    /// What the rules want.
    pub(super) wish: Option<HideReason>,
    /// The badge the runner was told of.
    pub(super) badge: Option<Badge>,
    /// What the runner was told to hide, and for how many folds the line stands.
    pub(super) hide: Option<(HideReason, u32)>,
    /// `badge` speaks of a post that is no longer here.
    pub(super) is_badge_stale: bool,
    /// `hide` speaks of a post that is no longer here.
    pub(super) is_hide_stale: bool,
}

impl Holder {
    pub(super) fn new(place: Place) -> Self {
        Self {
            held: None,
            place,
            is_measured: place != Place::Below,
            was_read: false,
            arrived: None,
            was_collapsed: false,
            is_painted: false,
            by_user: false,
            is_pending: false,
            wish: None,
            badge: None,
            hide: None,
            is_badge_stale: false,
            is_hide_stale: false,
        }
    }

    /// Forgets the post; what the runner was told becomes stale.
    pub(super) fn vacate(&mut self) {
        self.held = None;
        self.arrived = None;
        self.was_collapsed = false;
        self.is_painted = false;
        self.by_user = false;
        self.is_pending = false;
        self.wish = None;
        self.is_badge_stale = self.badge.is_some();
        self.is_hide_stale = self.hide.is_some();
    }

    /// How the post here is hidden at this moment, as the reader sees it.
    pub(super) fn mode(&self) -> HideMode {
        self.hide.as_ref().filter(|_| !self.is_hide_stale).map_or(HideMode::Off, |(reason, _)| reason.mode)
    }
}
