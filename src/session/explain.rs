//! Owns what the dialog and the popup are told; never decides what they are told of.

use super::Session;
use super::contract::{Command, Slot};
use super::decide::Standing;
use super::events::Touched;
use super::judge::{Judging, input};
use super::slots::{Held, Holder, lasting_id};
use super::told::{Explanation, Report};
use crate::brand::Likelihood;
use crate::classify::{Reasons, Verdict};
use crate::ledger::majority;
use crate::ledger::room_fit::{Matter, room_fit};

impl<J: Judging> Session<J> {
    /// Opens the explanation of a slot that has a badge.
    pub(super) fn explain(&mut self, slot: Slot, out: &mut Vec<Command>) {
        if let Some(explanation) = self.explanation(slot) {
            self.explained = Some((slot, explanation.clone()));
            out.push(Command::Explain(slot, explanation));
        }
    }

    /// Tells what changed in the open explanation; closes it when its badge is gone.
    pub(super) fn renew_explanation(&mut self, touched: &Touched, out: &mut Vec<Command>) {
        let Some((slot, told)) = &self.explained else { return };
        let slot = *slot;
        let is_concerned = match touched {
            Touched::Nothing => false,
            Touched::One(other) => *other == slot,
            Touched::Pending | Touched::Author(_) | Touched::All => true,
        };
        if !is_concerned || self.pending.contains(&slot) {
            return;
        }
        match self.explanation(slot) {
            // The brand's record grows as the page is read. It is told as it was: what is renewed slips away under the hand.
            Some(now) if (Explanation { record: told.record, ..*now.clone() }) == **told => {}
            Some(now) => {
                self.explained = Some((slot, now.clone()));
                out.push(Command::Explain(slot, now));
            }
            None => self.close_explanation(slot, out),
        }
    }

    /// Closes the explanation if it is this slot's.
    pub(super) fn close_explanation(&mut self, slot: Slot, out: &mut Vec<Command>) {
        if self.explained.as_ref().is_some_and(|(open, _)| *open == slot) {
            self.explained = None;
            out.push(Command::CloseExplanation);
        }
    }

    fn explanation(&self, slot: Slot) -> Option<Box<Explanation>> {
        let held = self.slots.get(&slot)?.held.as_ref()?;
        let verdict = held.verdict.as_deref()?;
        let corrected = self.prefs.correction(&lasting_id(&held.key));
        let standing = Standing::of(verdict, held.post.ad, corrected, self.prefs.settings());
        let say = self.prefs.say(&held.author).cloned().unwrap_or_default();
        let fit = room_fit(&Matter {
            room: held.post.room,
            intent: standing.intent,
            text: &held.post.text,
            links: held.post.links.len(),
            media: held.post.media,
            is_reply: held.post.is_reply,
            is_marked_ad: held.post.ad.is_some(),
        });
        let record = self.memory.record(&held.author).total();
        Some(Box::new(Explanation {
            key: held.key.clone(),
            badge: standing.badge?,
            verdict: *verdict,
            reasons: self.reasons(slot, held, verdict),
            stance: standing.stance,
            text: held.post.text.clone(),
            paid: held.post.ad,
            corrected,
            author: held.post.author.clone(),
            brand: held.brand,
            room_fit: (fit.points, fit.rules),
            record: (record.posts(), record.conversation),
            hides_adverts: say.hides_adverts(),
            never_hidden: say.never_hide,
            watched: say.watched,
        }))
    }

    /// The words behind the verdict; those that were told, while they are the same.
    fn reasons(&self, slot: Slot, held: &Held, verdict: &Verdict) -> Reasons {
        let told = self.explained.as_ref().filter(|(open, _)| *open == slot).map(|(_, told)| told);
        match told.filter(|told| told.key == held.key && told.verdict == *verdict) {
            Some(told) => told.reasons.clone(),
            None => self.judge.reasons(&input(held), &self.prefs.lessons),
        }
    }

    /// Says what the majority rule calls the brand whose page this is, when that has changed.
    pub(super) fn renew_profile(&mut self, out: &mut Vec<Command>) {
        let Some(author) = &self.page.owner else { return };
        let is_brand = |holder: &Holder| {
            holder.held.as_ref().is_some_and(|held| held.author == *author && held.brand.0 == Likelihood::Brand)
        };
        // Once it is known whose page it is, it is known for this page.
        let is_known = self.page.profile.is_some() || self.slots.values().any(is_brand);
        let now = Some(majority(self.memory.record(author).total())).filter(|now| is_known && now.n > 0);
        if now != self.page.profile {
            self.page.profile = now;
            out.push(Command::Profile(now));
        }
    }

    /// What the popup shows.
    pub(super) fn report(&self) -> Report {
        Report {
            containers: self.page.containers,
            read: self.page.read,
            judged: self.page.judged(),
            hidden_now: u32::try_from(self.active.iter().filter(|slot| self.is_hidden(**slot)).count())
                .unwrap_or(u32::MAX),
            hidden: self.memory.hidden(),
            candidates: self.page.candidates(),
            health: self.page.health(),
            starved: self.is_starved,
        }
    }
}
