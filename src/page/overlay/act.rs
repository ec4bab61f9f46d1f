//! Owns what each command does on the page; never decides whether it is done.

use js_sys::{Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, EventTarget, MutationObserver, MutationObserverInit};

use super::badge::Badges;
use super::dialog::Dialog;
use super::fold::Folds;
use super::toast::Toast;
use super::{Inner, Slotted, State, Target};
use crate::page::host::{Callback, Host, Listening};
use crate::page::words::isolated;
use crate::session::{Badge, Explanation, HideReason, Slot};

impl Inner {
    pub(super) fn badge(
        &self,
        state: &mut State,
        document: &Document,
        slot: Slot,
        badge: Badge,
        target: Option<&Target>,
    ) -> Result<(), JsValue> {
        if state.follower.is_none() && target.is_some() {
            state.follower = self.follow_theme(document);
        }
        let badges = self.badges(&mut state.badges, document)?;
        let slotted = state.slots.get_or_insert_with(slot, Default::default);
        match (&mut slotted.badge, target) {
            (Some(placed), _) => badges.renew(&self.host, &self.words, placed, badge, target),
            (None, Some(target)) => {
                slotted.badge = Some(badges.place(document, &self.host, &self.words, badge, target)?);
            }
            (None, None) => {}
        }
        Ok(())
    }

    /// What makes badges; made when the first is wanted.
    pub(super) fn badges<'b>(
        &self,
        made: &'b mut Option<Badges>,
        document: &Document,
    ) -> Result<&'b mut Badges, JsValue> {
        match made {
            Some(badges) => Ok(badges),
            none => Ok(none.insert(Badges::new(document, self.mode, &self.host, &self.words, &self.theme)?)),
        }
    }

    pub(super) fn unbadge(&self, state: &mut State, slot: Slot) {
        if let Some(placed) = state.slots.get_mut(&slot).and_then(|slotted| slotted.badge.take()) {
            placed.remove(&self.host);
        }
    }

    pub(super) fn hide(
        &self,
        state: &mut State,
        document: &Document,
        slot: Slot,
        (reason, merged): (&HideReason, u32),
        target: Option<&Target>,
    ) -> Result<(), JsValue> {
        let slotted = state.slots.get_or_insert_with(slot, Default::default);
        if let Some(hidden) = &mut slotted.hidden
            && hidden.reason == *reason
            && (hidden.merged > 0) == (merged > 0)
        {
            if hidden.merged != merged {
                hidden.count(document, &self.words, merged);
            }
            if let Some(target) = target {
                hidden.collapse(&self.host, target);
            }
            return Ok(());
        }
        let Some(target) = target else { return Ok(()) };
        if let Some(other) = slotted.hidden.take() {
            other.undo(&self.host);
        }
        if !self.theme.is_read() {
            self.theme.follow(&target.post);
        }
        if state.follower.is_none() {
            state.follower = self.follow_theme(document);
        }
        let folds = match &mut state.folds {
            Some(folds) => folds,
            none => none.insert(Folds::new(document, self.mode, &self.host, &self.theme)?),
        };
        slotted.hidden = Some(folds.hide(document, &self.host, &self.words, (reason, merged), target)?);
        Ok(())
    }

    pub(super) fn unhide(&self, state: &mut State, slot: Slot) {
        let Some(slotted) = state.slots.get_mut(&slot) else { return };
        if let Some(hidden) = slotted.hidden.take() {
            let had_focus = hidden.has_focus();
            hidden.undo(&self.host);
            if let (true, Some(placed)) = (had_focus, &slotted.badge) {
                placed.focus();
            }
        }
    }

    pub(super) fn explain(
        &self,
        state: &mut State,
        document: &Document,
        slot: Slot,
        what: &Explanation,
        target: Option<&Target>,
    ) -> Result<(), JsValue> {
        let Some(placed) = state.slots.get(&slot).and_then(|slotted| slotted.badge.as_ref()) else { return Ok(()) };
        let button = placed.button.clone();
        placed.set_open(true);
        if let Some(open) = state.dialog.as_mut().filter(|open| open.slot == slot) {
            open.renew(document, &self.host, &self.words, what, &button, target)?;
            if let Some(toast) = &state.toast {
                toast.lift();
            }
            return Ok(());
        }
        self.close(state, false);
        let dialog = Dialog::open(
            document,
            &self.host,
            &self.words,
            (self.mode, &self.theme),
            (&self.clicks, &self.moves),
            slot,
            what,
            &button,
            target,
        )?;
        state.dialog = Some(dialog);
        Ok(())
    }

    pub(super) fn close(&self, state: &mut State, focus_returns: bool) {
        let Some(dialog) = state.dialog.take() else { return };
        let slotted = state.slots.get(&dialog.slot);
        dialog.close(&self.host);
        let Some(placed) = slotted.and_then(|slotted| slotted.badge.as_ref()) else { return };
        placed.set_open(false);
        if let (true, Some(slotted)) = (focus_returns, slotted) {
            slotted.focus();
        }
    }

    pub(super) fn toast(&self, state: &mut State, document: &Document, key: &str, name: &str) -> Result<(), JsValue> {
        if let Some(old) = state.toast.take() {
            old.remove(&self.host);
        }
        let text = self.words.with(key, [&isolated(name), ""]);
        let theme = (self.mode, &*self.theme);
        state.toast = Some(Toast::show(document, &self.host, &self.words, theme, &self.clicks, text)?);
        Ok(())
    }

    /// Takes the page's look again whenever the page or the system switches its theme; the first time is when a badge is laid out.
    fn follow_theme(&self, document: &Document) -> Option<Follower> {
        let weak = self.me.clone();
        let again = move || {
            let Some(inner) = weak.upgrade() else { return };
            let Ok(state) = inner.state.try_borrow() else { return };
            if let Some(element) = state.slots.values().find_map(Slotted::element) {
                inner.theme.follow(element);
            }
        };
        let of_system = self.host.callback({
            let again = again.clone();
            move |_| again()
        });
        let closure = Closure::<dyn Fn()>::new(again);
        let observer = MutationObserver::new(&self.host.guard(closure.as_ref().unchecked_ref())).ok()?;
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        for element in document.document_element().into_iter().chain(document.body().map(Element::from)) {
            observer.observe_with_options(&element, &options).ok()?;
        }
        self.host.observe(&observer);
        let listening = dark_scheme().map(|query| self.host.listen(&query, "change", &of_system, false));
        Some(Follower {
            observer,
            host: self.host.clone(),
            _closure: closure,
            _listening: listening,
            _of_system: of_system,
        })
    }

    pub(super) fn drop_slot(&self, slotted: Slotted) {
        if let Some(placed) = slotted.badge {
            placed.remove(&self.host);
        }
        if let Some(hidden) = slotted.hidden {
            hidden.undo(&self.host);
        }
    }
}

/// Watches for a change of the page's theme; disconnected when dropped.
pub(super) struct Follower {
    observer: MutationObserver,
    host: Host,
    _listening: Option<Listening>,
    _of_system: Callback,
    _closure: Closure<dyn Fn()>,
}

/// The media query whose changes tell of the system's theme.
fn dark_scheme() -> Option<EventTarget> {
    let window = web_sys::window()?;
    let ask: Function = Reflect::get(&window, &"matchMedia".into()).ok()?.dyn_into().ok()?;
    ask.call1(&window, &"(prefers-color-scheme: dark)".into()).ok()?.dyn_into().ok()
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.observer.disconnect();
        self.host.unobserve(&self.observer);
    }
}
