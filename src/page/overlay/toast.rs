//! Owns the *Undo* toast; never takes the focus, never decides what undoing means.
//!
//! Its time is a CSS animation, so that it stops with the pointer or the keyboard on it and no timer runs.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, ShadowRootMode};

use super::panel::DOES;
use super::root::{Roots, Theme, ground, make, raise};
use crate::page::host::{Callback, Host, Listening};
use crate::page::words::Words;

/// A toast on the page.
#[derive(Debug)]
pub struct Toast {
    host: Element,
    panel: Element,
    said: Element,
    text: String,
    _listening: Vec<Listening>,
}

/// What happened to the toast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Its time is over, or it was dismissed.
    Gone,
    /// *Undo*.
    Undo,
}

impl Toast {
    /// Shows the toast; `hears` gets its clicks and the course of its animation.
    ///
    /// # Errors
    /// Where the browser makes no element or root; the page is then as it was.
    pub fn show(
        document: &Document,
        host: &Host,
        words: &Words,
        (mode, theme): (ShadowRootMode, &Theme),
        hears: &Callback,
        text: String,
    ) -> Result<Self, JsValue> {
        let parent = ground(document).ok_or(JsValue::NULL)?;
        if let Some(body) = document.body() {
            theme.follow(&body);
        }
        let (shell, root) = Roots::new(document, mode, include_str!("panel.css"), theme)?.make()?;
        let toast = make(document, "div", "box toast", "")?;
        toast.set_attribute("dir", if words.is_rtl() { "rtl" } else { "ltr" })?;
        let visible = make(document, "p", "", &text)?;
        visible.set_attribute("aria-hidden", "true")?;
        let said = make(document, "div", "said", "")?;
        said.set_attribute("role", "status")?;
        let undo = make(document, "button", "plain", &words.get("toast_undo"))?;
        undo.set_attribute(DOES, "undo")?;
        let close = make(document, "button", "x", "")?;
        close.set_attribute(DOES, "gone")?;
        close.set_attribute("aria-label", &words.get("toast_dismiss"))?;
        let left = make(document, "i", "left", "")?;
        for part in [&visible, &said, &undo, &close, &left] {
            toast.append_child(part)?;
        }
        root.append_child(&toast)?;
        let listening = ["click", "animationstart", "animationend"].map(|kind| host.listen(&root, kind, hears, false));
        host.insert(&parent, &shell, None);
        raise(&toast);
        Ok(Self { host: shell, panel: toast, said, text, _listening: listening.into() })
    }

    /// Puts the toast above whatever was raised since: *Undo* must be in reach.
    pub fn lift(&self) {
        let _ = self.panel.remove_attribute("popover");
        raise(&self.panel);
    }

    /// Hears an event from inside the toast.
    pub fn answer(&self, event: &Event) -> Option<Answer> {
        match event.type_().as_str() {
            // A live region speaks of what changes in it, so it is filled once it stands on the page.
            "animationstart" => {
                self.said.set_text_content(Some(&self.text));
                None
            }
            "animationend" => Some(Answer::Gone),
            _ => {
                let control =
                    event.target()?.dyn_into::<Element>().ok()?.closest(&format!("[{DOES}]")).ok().flatten()?;
                Some(if control.get_attribute(DOES)? == "undo" { Answer::Undo } else { Answer::Gone })
            }
        }
    }

    /// Whether this is the element that holds the toast.
    pub fn is(&self, element: &JsValue) -> bool {
        JsValue::from(&self.host) == *element
    }

    /// Takes the toast away.
    pub fn remove(self, host: &Host) {
        host.remove(&self.host);
    }
}
