//! Owns the questions that people put to brands in the thread on screen, and whether they were answered there; never keeps a word of them.

use super::judge::Judging;
use super::slots::{Held, lasting_id};
use super::{Observation, Session};
use crate::brand::{Likelihood, author_id, normal_handle};
use crate::ledger::people::{Salt, is_question, mentions};
use crate::ledger::{Question, Tally};

impl Observation {
    /// Who wrote the post: see [`author_id`].
    pub fn author(&self) -> (crate::post::Room, String) {
        (self.post.room, author_id(&self.post.author))
    }
}

/// Whom a post speaks to but itself: accounts named in its words and beside them.
fn addressed(held: &Held) -> Vec<String> {
    let own = normal_handle(&held.post.author.handle);
    let mut all = Vec::new();
    let mut note = |name: &str| {
        let name = normal_handle(name);
        if name != own && !all.contains(&name) {
            all.push(name);
        }
    };
    mentions(&held.post.text, &mut note);
    for name in &held.post.answers {
        note(name);
    }
    all
}

impl<J: Judging> Session<J> {
    /// What this session counted of an author; posts that the ledger knew before are not in it.
    pub fn seen(&self, author: &(crate::post::Room, String)) -> Tally {
        self.memory.record(author).session
    }

    /// Questions put to brands by posts on the page.
    ///
    /// A question is a post by somebody who is no brand, with a question mark, whose time is known, that names a brand on the page
    /// — or answers the brand's post for which the page was opened and names nobody else. Posts that name several accounts are
    /// left out, as it is not clear who is asked (quintly, `peers.md` 3.5). It is answered by the first later post of that brand
    /// on the page that addresses the asker.
    pub fn questions(&self, salt: Salt) -> Vec<Question> {
        let mut questions = Vec::new();
        for post in self.held() {
            if post.brand.0 != Likelihood::Brand && is_question(&post.post.text) {
                questions.extend(self.question(post, salt));
            }
        }
        questions
    }

    fn held(&self) -> impl Iterator<Item = &Held> {
        self.slots.values().filter_map(|holder| holder.held.as_ref())
    }

    fn question(&self, post: &Held, salt: Salt) -> Option<Question> {
        let asked = post.post.time?.unix_ms;
        let asker = normal_handle(&post.post.author.handle);
        let named = addressed(post);
        let is_asked = |held: &&Held| {
            held.brand.0 == Likelihood::Brand
                && match &named[..] {
                    [] => held.post.is_focal && post.post.is_reply,
                    [name] => held.author.1 == *name,
                    _ => false,
                }
        };
        let brand = &self.held().find(is_asked)?.author;
        let mut answered = None;
        for held in self.held().filter(|held| held.author == *brand) {
            let time = held.post.time.map(|time| time.unix_ms).filter(|time| *time >= asked);
            if let Some(time) = time
                && answered.is_none_or(|first| time < first)
                && addressed(held).contains(&asker)
            {
                answered = Some(time);
            }
        }
        Some(Question {
            room: post.post.room,
            id: lasting_id(&post.key).1,
            brand: brand.1.clone(),
            asker: salt.hash(&asker),
            asked,
            answered,
            seen: self.now,
        })
    }
}
