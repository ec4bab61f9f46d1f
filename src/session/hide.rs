//! Owns when a post may collapse, how many must stay, and which folds share a line; never decides that a rule speaks.

use super::Session;
use super::contract::{Command, HideMode, HideReason, Place, Slot};
use super::judge::Judging;
use super::slots::Holder;
use crate::sorted::sort_by_rank;

/// In mode *hide* at least this many posts stay on the page, so that endless scrolling never starves (product specification).
const POSTS_THAT_STAY: usize = 5;

/// What one slot comes to.
#[derive(Debug)]
struct Goal {
    slot: Slot,
    /// Position in the page's order, where known.
    at: Option<u32>,
    place: Place,
    /// Whether it may lose height now.
    may_collapse: bool,
    /// How it is hidden now.
    mode: HideMode,
    /// For how many folds its line stands now; none without a line's state.
    merged: Option<u32>,
    /// How it will be hidden.
    want: Option<HideReason>,
}

/// Positions between which the view lies.
#[derive(Clone, Copy, Debug, Default)]
struct View {
    first_in_view: Option<u32>,
    last_seen: Option<u32>,
}

impl<J: Judging> Session<J> {
    /// Settles what is hidden on the whole page and tells the difference.
    pub(super) fn settle_hiding(&mut self, out: &mut Vec<Command>) {
        if self.active.is_empty() {
            self.is_starved = false;
            return;
        }
        let mut goals = self.goals();
        // A post in view keeps what it was told: one that was dimmed instead of hidden is still held back.
        let holds_back = self.active.iter().filter_map(|slot| self.slots.get(slot)).any(|holder| {
            holder.mode() == HideMode::Dim && holder.wish.as_ref().is_some_and(|wish| wish.mode == HideMode::Hide)
        });
        self.is_starved = starve(&mut goals, self.readable as usize) || holds_back;
        let lines = lines(&goals, self.first_mounted());
        for (goal, merged) in goals.into_iter().zip(lines) {
            self.tell_hiding(goal, merged, out);
        }
    }

    /// Whether the slot's post is dimmed, folded or hidden now.
    pub(super) fn is_hidden(&self, slot: Slot) -> bool {
        self.slots.get(&slot).is_some_and(|holder| holder.mode() != HideMode::Off)
    }

    /// What each active slot would come to by itself, in page order.
    fn goals(&self) -> Vec<Goal> {
        let view = self.view();
        let mut goals: Vec<Goal> = self
            .active
            .iter()
            .filter_map(|slot| Some((slot, self.slots.get(slot)?)))
            .map(|(slot, holder)| {
                let at = self.positions.get(slot).copied();
                let place = effective_place(holder, at, view);
                let may_collapse = self.may_collapse(holder, place);
                let mode = holder.mode();
                let told = holder.hide.as_ref().filter(|_| !holder.is_hide_stale);
                let keeps = told.is_some_and(|(reason, _)| reason.keeps_height);
                let from = if keeps { HideMode::Dim } else { mode };
                let want = match &holder.wish {
                    Some(wish)
                        if collapses(from, wish.mode)
                            && !may_collapse
                            && holder.is_painted
                            && self.is_fresh(holder) =>
                    {
                        Some(HideReason { keeps_height: true, ..wish.clone() })
                    }
                    Some(wish) if collapses(from, wish.mode) && !may_collapse => told.map(|(reason, _)| reason.clone()),
                    wish => wish.clone(),
                };
                Goal { slot: *slot, at, place, may_collapse, mode, merged: told.map(|(_, merged)| *merged), want }
            })
            .collect();
        sort_by_rank(&mut goals, |goal| [goal.at.unwrap_or(u32::MAX), goal.slot.0, 0]);
        goals
    }

    /// Position of the first slot of the page's order that is still there.
    fn first_mounted(&self) -> Option<u32> {
        self.order
            .iter()
            .filter(|slot| self.slots.contains_key(slot))
            .find_map(|slot| self.positions.get(slot).copied())
    }

    fn view(&self) -> View {
        let needs_view = |slot: &Slot| self.slots.get(slot).is_some_and(|holder| !holder.is_measured);
        if !self.active.iter().any(needs_view) {
            return View::default();
        }
        let mut view = View::default();
        for (slot, at) in self.positions.iter() {
            let Some(holder) = self.slots.get(slot).filter(|holder| holder.is_measured) else { continue };
            if holder.place == Place::InView {
                view.first_in_view = Some(view.first_in_view.map_or(*at, |first| first.min(*at)));
            }
            if holder.place != Place::Below {
                view.last_seen = Some(view.last_seen.map_or(*at, |last| last.max(*at)));
            }
        }
        view
    }

    /// Below the view always; in view on arrival or by the user's act; where nobody knows where, on arrival only, since the
    /// reader may be below it; above only what was collapsed when it left the page, because the page remembers the height
    /// that it had. What was painted before it could be read did not arrive unseen: see [`HideReason::keeps_height`].
    fn may_collapse(&self, holder: &Holder, place: Place) -> bool {
        let is_fresh = !holder.is_painted && self.is_fresh(holder);
        match place {
            Place::Below => holder.is_measured || is_fresh,
            Place::InView => (holder.is_measured && holder.by_user) || is_fresh,
            // Not what was collapsed in another place meanwhile: this one has its full height.
            Place::Above => holder.arrived.is_some() && holder.was_collapsed,
        }
    }

    /// Whether the slot's post has only just arrived.
    fn is_fresh(&self, holder: &Holder) -> bool {
        holder.arrived.is_some_and(|turn| self.turn.is_fresh(turn))
    }

    fn tell_hiding(&mut self, goal: Goal, merged: u32, out: &mut Vec<Command>) {
        let slot = goal.slot;
        let Some(holder) = self.slots.get_mut(&slot) else { return };
        let now = goal.want.map(|reason| (reason, merged));
        if let Some(held) = holder.held.as_ref().filter(|_| !holder.is_pending) {
            // How it stands here is the height which the page will remember.
            let is_collapsed =
                now.as_ref().is_some_and(|(reason, _)| reason.mode >= HideMode::Fold && !reason.keeps_height);
            // Only what changes: the page may hold the post twice, and what another place was told stays true.
            if holder.was_collapsed != is_collapsed {
                self.memory.note_collapsed(&held.key, is_collapsed);
            }
            holder.was_collapsed = is_collapsed;
            match &now {
                Some((reason, _)) => self.memory.list_hidden(&held.key, reason),
                None if holder.wish.is_none() => self.memory.unlist_hidden(&held.key),
                None => {}
            }
        }
        if holder.hide != now || holder.is_hide_stale {
            match &now {
                Some((reason, merged)) => out.push(Command::Hide(slot, reason.clone(), *merged)),
                None if holder.hide.is_some() => out.push(Command::Unhide(slot)),
                None => {}
            }
        }
        holder.hide = now;
        holder.is_hide_stale = false;
        if holder.hide.is_none() && holder.wish.is_none() {
            self.active.remove(&slot);
        }
    }
}

/// Where a slot stands, as far as is known: one that was not measured is placed by the page's order.
fn effective_place(holder: &Holder, at: Option<u32>, view: View) -> Place {
    match (at, view.last_seen) {
        (Some(at), Some(last)) if !holder.is_measured && at < last => {
            if view.first_in_view.is_some_and(|first| at > first) { Place::InView } else { Place::Above }
        }
        _ => holder.place,
    }
}

/// Whether going from one mode to the other takes height away.
fn collapses(from: HideMode, to: HideMode) -> bool {
    to >= HideMode::Fold && to > from
}

/// Turns *hide* into *dim* where too few posts would stay; whether it had to.
fn starve(goals: &mut [Goal], readable: usize) -> bool {
    let is_hide = |goal: &Goal| goal.want.as_ref().is_some_and(|reason| reason.mode == HideMode::Hide);
    let hidden = goals.iter().filter(|goal| is_hide(goal)).count();
    let missing = (POSTS_THAT_STAY + hidden).saturating_sub(readable).min(hidden);
    // First those that are shown now, then those whose return moves nothing that is being read.
    let mut order: Vec<usize> = (0..goals.len()).filter(|at| goals.get(*at).is_some_and(is_hide)).collect();
    sort_by_rank(&mut order, |at| {
        goals.get(*at).map_or([u32::MAX; 3], |goal| {
            let disturbs = match goal.place {
                Place::Below => 0,
                Place::InView => 1,
                Place::Above => 2,
            };
            [u32::from(goal.mode == HideMode::Hide), disturbs, 0]
        })
    });
    for at in order.into_iter().take(missing) {
        if let Some(reason) = goals.get_mut(at).and_then(|goal| goal.want.as_mut()) {
            reason.mode = HideMode::Dim;
        }
    }
    missing > 0
}

/// For how many folds each goal's line stands. A line that is painted joins its neighbour only where it may collapse.
fn lines(goals: &[Goal], first_mounted: Option<u32>) -> Vec<u32> {
    let mut lines = vec![1; goals.len()];
    let mut leader: Option<usize> = None;
    let mut before: Option<u32> = None;
    let mut is_led_from_above = false;
    for (index, goal) in goals.iter().enumerate() {
        let is_fold = goal.want.as_ref().is_some_and(|reason| reason.mode == HideMode::Fold);
        // A line over what keeps its height stands for nothing else.
        let keeps_height = goal.want.as_ref().is_some_and(|reason| reason.keeps_height);
        if !is_fold || keeps_height {
            (leader, before, is_led_from_above) = (None, None, false);
            continue;
        }
        let is_neighbour = before.zip(goal.at).is_some_and(|(before, at)| before.checked_add(1) == Some(at));
        let was_line = goal.mode == HideMode::Fold && goal.merged != Some(0);
        let may_join = goal.may_collapse || !was_line;
        // The row whose line stands for it was unmounted above the view, and comes back with its line.
        let is_first = goal.at.is_some() && goal.at == first_mounted;
        is_led_from_above =
            goal.merged == Some(0) && goal.place == Place::Above && (is_first || (is_led_from_above && is_neighbour));
        match leader {
            Some(at) if is_neighbour && may_join => {
                set(&mut lines, at, |count| count + 1);
                set(&mut lines, index, |_| 0);
            }
            _ if is_led_from_above => set(&mut lines, index, |_| 0),
            _ => leader = Some(index),
        }
        before = goal.at;
    }
    lines
}

fn set(lines: &mut [u32], at: usize, change: impl FnOnce(u32) -> u32) {
    if let Some(count) = lines.get_mut(at) {
        *count = change(*count);
    }
}
