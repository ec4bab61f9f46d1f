//! Owns what a session remembers beyond the slots on the page, all of it bounded; never decides.

use std::collections::VecDeque;
use std::rc::Rc;

use super::contract::{Badge, HiddenPost, HideReason};
use super::lru::Lru;
use super::prefs::{AuthorId, PostId};
use super::slots::{Holder, is_same_post, lasting_id};
use crate::brand::manner::{MOST_POSTS, Manner, sight};
use crate::brand::{Known, Likelihood, Writes, likelihood};
use crate::classify::Verdict;
use crate::intent::Intent;
use crate::ledger::Tally;
use crate::post::{Author, Post, PostKey};

/// Verdicts kept by post; a screen of X mounts about 20 rows, so this is about 25 screens back. Near 0.3 KB each.
const VERDICTS: usize = 512;
/// Posts remembered as shown by the reader, or as folded when they left the page.
const REMEMBERED_POSTS: usize = 2_000;
/// Posts that are counted once, however often they return.
const COUNTED_POSTS: usize = 4_096;
/// Authors with a record or with a paid post.
const AUTHORS: usize = 512;
/// Lines of the hidden list (product specification: the last 200).
const HIDDEN_LIST: usize = 200;

/// A brand's record.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Record {
    /// From the ledger, before this session.
    pub(super) earlier: Tally,
    /// In this session.
    pub(super) session: Tally,
}

impl Record {
    pub(super) fn total(self) -> Tally {
        self.earlier.plus(self.session)
    }
}

/// How a post was counted, and what was last observed of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Counted {
    pub(super) tally: Tally,
    /// The reading it was counted by: length in bytes and fingerprint.
    pub(super) reading: (usize, u64),
    /// Fingerprint, badge and correction with which the ledger was told of it; none when it was not.
    pub(super) observed: Option<(u64, Option<Badge>, Option<Intent>)>,
}

/// Everything remembered.
#[derive(Debug)]
pub(super) struct Memory {
    pub(super) verdicts: Lru<PostKey, Rc<Verdict>>,
    pub(super) revealed: Lru<PostId, ()>,
    collapsed: Lru<PostId, ()>,
    pub(super) counted: Lru<PostId, Counted>,
    pub(super) records: Lru<AuthorId, Record>,
    pub(super) advertisers: Lru<AuthorId, ()>,
    /// How authors write who are neither brands nor persons by anything else, and the hashed ids of the posts counted.
    manners: Lru<AuthorId, (Manner, Vec<u32>)>,
    /// Who is a brand by what the page shows of them, so that the words of a name are weighed once.
    likelihoods: Lru<AuthorId, (Author, Known, (Likelihood, &'static str))>,
    hidden: VecDeque<HiddenPost>,
}

impl Memory {
    pub(super) fn new() -> Self {
        Self {
            verdicts: Lru::new(VERDICTS),
            revealed: Lru::new(REMEMBERED_POSTS),
            collapsed: Lru::new(REMEMBERED_POSTS),
            counted: Lru::new(COUNTED_POSTS),
            records: Lru::new(AUTHORS),
            advertisers: Lru::new(AUTHORS),
            likelihoods: Lru::new(AUTHORS),
            manners: Lru::new(AUTHORS),
            hidden: VecDeque::new(),
        }
    }

    /// Every verdict is to be made anew.
    pub(super) fn forget_verdicts(&mut self) {
        self.verdicts = Lru::new(VERDICTS);
    }

    /// [`likelihood`], remembered for the author as last seen.
    pub(super) fn likelihood(&mut self, id: &AuthorId, author: &Author, known: Known) -> (Likelihood, &'static str) {
        if let Some((seen, then, answer)) = self.likelihoods.get(id)
            && (&*seen, *then) == (author, known)
        {
            return *answer;
        }
        let answer = likelihood(id.0, author, known);
        self.likelihoods.insert(id.clone(), (author.clone(), known, answer));
        answer
    }

    /// How the author writes, by the posts counted so far.
    pub(super) fn writes(&self, author: &AuthorId) -> Writes {
        self.manners.peek(author).map_or(Writes::Unknown, |(manner, _)| manner.says())
    }

    /// Counts a post for how its author writes: each once, paid ones never.
    pub(super) fn note_manner(&mut self, author: &AuthorId, id: &PostId, post: &Post) {
        if post.ad.is_some() || author.1.is_empty() {
            return;
        }
        if self.manners.peek(author).is_none() {
            self.manners.insert(author.clone(), (Manner::default(), Vec::new()));
        }
        let Some((manner, counted)) = self.manners.get(author) else { return };
        let id = crate::text::hash::word(id.1.chars());
        if manner.posts() < MOST_POSTS
            && !counted.contains(&id)
            && let Some(sight) = sight(&post.text, !post.links.is_empty(), post.is_reply)
        {
            counted.push(id);
            manner.note(sight);
        }
    }

    /// The author's record so far.
    pub(super) fn record(&self, author: &AuthorId) -> Record {
        self.records.peek(author).copied().unwrap_or_default()
    }

    /// Changes the author's record.
    pub(super) fn change_record(&mut self, author: &AuthorId, change: impl FnOnce(&mut Record)) {
        let mut record = self.record(author);
        change(&mut record);
        self.records.insert(author.clone(), record);
    }

    /// Counts a post once: what was counted for it before is taken back.
    pub(super) fn count(&mut self, post: &PostId, author: &AuthorId, counted: Counted) {
        let before = self.counted.get(post).copied().unwrap_or_default();
        if before == counted {
            return;
        }
        self.counted.insert(post.clone(), counted);
        self.change_record(author, |record| record.session = record.session.minus(before.tally).plus(counted.tally));
    }

    /// Whether the post stood collapsed when it was last seen to change or to leave the page, which remembers its height.
    pub(super) fn was_collapsed(&self, key: &PostKey) -> bool {
        self.collapsed.contains(&lasting_id(key))
    }

    /// Notes whether a post stands collapsed on the page.
    pub(super) fn note_collapsed(&mut self, key: &PostKey, is_collapsed: bool) {
        if is_collapsed {
            self.collapsed.insert(lasting_id(key), ());
        } else {
            self.collapsed.remove(&lasting_id(key));
        }
    }

    /// Notes how the post stood that leaves a place.
    pub(super) fn note_leaving(&mut self, holder: &Holder) {
        if let Some(held) = &holder.held {
            self.note_collapsed(&held.key, holder.was_collapsed);
        }
    }

    /// Puts a post on the hidden list, or renews its reason there.
    pub(super) fn list_hidden(&mut self, key: &PostKey, reason: &HideReason) {
        match self.hidden.iter_mut().find(|line| is_same_post(&line.key, key)) {
            Some(line) => *line = HiddenPost { key: key.clone(), reason: reason.clone() },
            None => self.hidden.push_front(HiddenPost { key: key.clone(), reason: reason.clone() }),
        }
        self.hidden.truncate(HIDDEN_LIST);
    }

    /// Takes a post off the hidden list.
    pub(super) fn unlist_hidden(&mut self, key: &PostKey) {
        self.hidden.retain(|line| !is_same_post(&line.key, key));
    }

    /// The hidden list, newest first.
    pub(super) fn hidden(&self) -> Vec<HiddenPost> {
        self.hidden.iter().cloned().collect()
    }
}
