//! Owns what the reader's presses and keys mean; never changes the page itself.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, KeyboardEvent};

use super::{Inner, State, dialog, toast};
use crate::session;

impl Inner {
    /// Hears presses and keys before the page does, and the window's resizing.
    pub(super) fn hear(&self, event: &Event) {
        let kind = event.type_();
        if kind == "resize" {
            if let Ok(state) = self.state.try_borrow()
                && let Some(badges) = &state.badges
            {
                badges.measure_again(state.slots.values().filter_map(|slotted| slotted.badge.as_ref()));
            }
            return;
        }
        let target = event.target().map_or(JsValue::NULL, JsValue::from);
        let ours = self.host.owns(&target);
        let heard = {
            let Ok(state) = self.state.try_borrow() else { return };
            if !ours && state.dialog.is_none() && state.toast.is_none() {
                return;
            }
            match kind.as_str() {
                "keydown" => state.key(event, &target, ours),
                _ => state.press(event, &target, ours),
            }
        };
        match heard {
            Heard::Nothing => {}
            Heard::Tell(told) => (self.emit)(told),
            Heard::CloseDialog => self.close_dialog(true),
            Heard::LeaveDialog => self.close_dialog(false),
            Heard::CloseToast => self.close_toast(),
        }
    }

    /// Hears clicks inside the dialog and the toast, and the course of the toast's time.
    pub(super) fn inside(&self, event: &Event) {
        if !event.is_trusted() {
            return;
        }
        event.stop_propagation();
        let (answer, spoken) = {
            let Ok(state) = self.state.try_borrow() else { return };
            let root = event.current_target().map_or(JsValue::NULL, JsValue::from);
            let host = js_sys::Reflect::get(&root, &"host".into()).unwrap_or_default();
            (
                state.dialog.as_ref().filter(|dialog| dialog.is(&host)).and_then(|dialog| dialog.answer(event)),
                state.toast.as_ref().filter(|toast| toast.is(&host)).and_then(|toast| toast.answer(event)),
            )
        };
        match answer {
            Some(dialog::Answer::Close) => self.close_dialog(true),
            Some(dialog::Answer::Grown) => self.moved(),
            Some(dialog::Answer::Tell(told)) => (self.emit)(told),
            None => {}
        }
        match spoken {
            Some(toast::Answer::Gone) => self.close_toast(),
            Some(toast::Answer::Undo) => {
                self.close_toast();
                (self.emit)(session::Event::Undo);
            }
            None => {}
        }
    }

    /// Keeps the dialog beside its badge; with the badge out of view the dialog goes too.
    pub(super) fn moved(&self) {
        let stays = {
            let Ok(state) = self.state.try_borrow() else { return };
            let Some(dialog) = &state.dialog else { return };
            let badge = state.slots.get(&dialog.slot).and_then(|slotted| slotted.badge.as_ref());
            badge.is_some_and(|placed| dialog.put_beside(&placed.button))
        };
        if !stays {
            self.close_dialog(false);
        }
    }

    fn close_dialog(&self, focus_returns: bool) {
        if let Ok(mut state) = self.state.try_borrow_mut() {
            self.close(&mut state, focus_returns);
        }
        (self.emit)(session::Event::ExplanationClosed);
    }

    fn close_toast(&self) {
        if let Ok(mut state) = self.state.try_borrow_mut()
            && let Some(toast) = state.toast.take()
        {
            toast.remove(&self.host);
        }
    }
}

/// What an event comes to.
enum Heard {
    Nothing,
    Tell(session::Event),
    /// Close, and give the focus back.
    CloseDialog,
    /// Close; the reader has gone elsewhere.
    LeaveDialog,
    CloseToast,
}

impl State {
    fn key(&self, event: &Event, target: &JsValue, ours: bool) -> Heard {
        let event: &KeyboardEvent = event.unchecked_ref();
        let key = event.key();
        if let Some(dialog) = &self.dialog {
            if dialog.is(target) {
                // The page must not take letters and arrows typed here for its own shortcuts.
                event.stop_propagation();
                let closes = event.is_trusted() && dialog.key(event);
                return if closes { Heard::CloseDialog } else { Heard::Nothing };
            }
            if key == "Escape" && event.is_trusted() {
                event.stop_propagation();
                return Heard::CloseDialog;
            }
        }
        if self.toast.is_some() && key == "Escape" && event.is_trusted() {
            return Heard::CloseToast;
        }
        if ours && matches!(key.as_str(), "Enter" | " ") {
            // The button still turns the key into a click; only the page's own handler is spared it.
            event.stop_propagation();
        }
        Heard::Nothing
    }

    fn press(&self, event: &Event, target: &JsValue, ours: bool) -> Heard {
        let in_dialog = self.dialog.as_ref().is_some_and(|dialog| dialog.is(target));
        let in_toast = self.toast.as_ref().is_some_and(|toast| toast.is(target));
        if in_dialog || in_toast {
            return Heard::Nothing;
        }
        let trusted = event.is_trusted();
        if !ours {
            let leaves = trusted && event.type_() == "pointerdown" && self.dialog.is_some();
            return if leaves { Heard::LeaveDialog } else { Heard::Nothing };
        }
        event.stop_propagation();
        if event.type_() != "click" {
            return Heard::Nothing;
        }
        event.prevent_default();
        if !trusted {
            return Heard::Nothing;
        }
        self.pressed(target)
    }

    /// What a press on this badge or line asks for.
    fn pressed(&self, target: &JsValue) -> Heard {
        for (slot, slotted) in self.slots.iter() {
            if slotted.badge.as_ref().is_some_and(|placed| JsValue::from(&placed.host) == *target) {
                let open = self.dialog.as_ref().is_some_and(|dialog| dialog.slot == *slot);
                return if open { Heard::CloseDialog } else { Heard::Tell(session::Event::Explain(*slot)) };
            }
            if slotted.hidden.as_ref().is_some_and(|hidden| hidden.is_line(target)) {
                return Heard::Tell(session::Event::Show(*slot));
            }
        }
        Heard::Nothing
    }
}
