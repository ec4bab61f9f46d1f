//! Owns everything that Kibitz writes to the page; never decides what is to be written, never reads a post.
//!
//! Listeners: one for all badges and keys, on the window, in the capture phase, so that a page on which whole posts are
//! click targets never hears of a press on a badge; the others sit inside our own roots.
//! What a page script makes up (`isTrusted` false) is not heard.

mod act;
mod badge;
mod dialog;
mod fit;
mod fold;
mod hear;
mod marks;
mod panel;
mod profile;
pub mod quote;
mod root;
mod toast;

#[cfg(feature = "gallery")]
mod gallery;

use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};

use web_sys::{Document, Element, Node, ShadowRootMode};

use self::act::Follower;
use self::badge::{Badges, Placed};
use self::dialog::Dialog;
use self::fold::{Folds, Hidden};
use self::root::Theme;
use self::toast::Toast;
use crate::ledger::Majority;
use crate::page::host::{Callback, Host, Listening};
use crate::page::words::Words;
use crate::session::{self, Command, Slot};
use crate::sorted::Map;

/// How a post is taken out of a page's layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HideWay {
    /// The children of the row are collapsed; the row stays, and the list measures it again.
    CollapseChild,
    /// The same, but the row always keeps some height, for lists that load no more when rows vanish.
    StubInPlace,
    /// What is in the row becomes invisible and keeps its place, for lists that load without end when rows shrink.
    KeepHeight,
    /// The row itself is collapsed, and what follows it where this selector matches; its line stands before it.
    Whole(&'static str),
}

/// Where a slot's things go.
#[derive(Clone, Debug)]
pub struct Target {
    /// The post's own element.
    pub post: Element,
    /// The element whose last child the badge becomes; without one it goes to the corner of the post, if that is free.
    pub anchor: Option<Element>,
    /// The outermost element of the list that holds this post and nothing else.
    pub row: Element,
    /// The element with the post's text.
    pub text: Option<Element>,
    /// How the post is hidden here.
    pub way: HideWay,
}

/// The one writer to the page.
pub struct Overlay {
    inner: Rc<Inner>,
    _listening: Vec<Listening>,
    _hears: Callback,
}

impl fmt::Debug for Overlay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Overlay").finish_non_exhaustive()
    }
}

struct Inner {
    host: Host,
    words: Words,
    emit: Rc<dyn Fn(session::Event)>,
    mode: ShadowRootMode,
    theme: Rc<Theme>,
    /// Hears clicks inside dialog and toast, and the toast's animation.
    clicks: Callback,
    /// Hears scrolling and resizing while a dialog is open.
    moves: Callback,
    state: RefCell<State>,
    me: Weak<Inner>,
}

#[derive(Default)]
struct State {
    badges: Option<Badges>,
    folds: Option<Folds>,
    slots: Map<Slot, Slotted>,
    dialog: Option<Dialog>,
    toast: Option<Toast>,
    profile: Option<Element>,
    follower: Option<Follower>,
}

#[derive(Default)]
struct Slotted {
    badge: Option<Placed>,
    hidden: Option<Hidden>,
}

impl Slotted {
    /// An element of ours that shows where on the page the slot is.
    fn element(&self) -> Option<&Element> {
        self.badge.as_ref().map(|placed| &placed.host).or_else(|| self.hidden.as_ref()?.line())
    }

    /// Whether a line or a badge is there to be seen.
    fn can_focus(&self) -> bool {
        match &self.hidden {
            Some(hidden) if hidden.is_collapsed() => hidden.speaks(),
            Some(_) | None => self.badge.is_some(),
        }
    }

    fn focus(&self) {
        match (&self.hidden, &self.badge) {
            (Some(hidden), _) if hidden.speaks() => hidden.focus(),
            (_, Some(placed)) => placed.focus(),
            (_, None) => {}
        }
    }
}

/// Events that end at a badge or a line: pages open posts on most of them.
const PRESSES: [&str; 10] = [
    "click",
    "auxclick",
    "dblclick",
    "pointerdown",
    "pointerup",
    "mousedown",
    "mouseup",
    "touchstart",
    "touchend",
    "keydown",
];

impl Overlay {
    /// An overlay with nothing on the page yet; `emit` hears what the reader does, never while [`Overlay::apply`] runs.
    pub fn new(host: Host, words: Words, emit: Rc<dyn Fn(session::Event)>) -> Self {
        Self::with_mode(host, words, emit, ShadowRootMode::Closed)
    }

    fn with_mode(host: Host, words: Words, emit: Rc<dyn Fn(session::Event)>, mode: ShadowRootMode) -> Self {
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let (clicks, moves) = (weak.clone(), weak.clone());
            Inner {
                clicks: host.callback(move |event| {
                    if let Some(inner) = clicks.upgrade() {
                        inner.inside(&event);
                    }
                }),
                moves: host.callback(move |_| {
                    if let Some(inner) = moves.upgrade() {
                        inner.moved();
                    }
                }),
                theme: Rc::new(Theme::new()),
                state: RefCell::default(),
                me: weak.clone(),
                host,
                words,
                emit,
                mode,
            }
        });
        let weak = Rc::downgrade(&inner);
        let hears = inner.host.callback(move |event| {
            if let Some(inner) = weak.upgrade() {
                inner.hear(&event);
            }
        });
        let mut listening = Vec::new();
        if let Some(window) = web_sys::window() {
            for kind in PRESSES {
                listening.push(inner.host.listen(&window, kind, &hears, true));
            }
            listening.push(inner.host.listen(&window, "resize", &hears, false));
        }
        Self { inner, _listening: listening, _hears: hears }
    }

    /// Makes what badges need, before the first is wanted: to fetch the first word alone takes the browser some milliseconds.
    pub fn get_ready(&self, document: &Document) {
        if let Ok(mut state) = self.inner.state.try_borrow_mut() {
            let _ = self.inner.badges(&mut state.badges, document);
        }
    }

    /// Does what the command says; commands that are not the overlay's are left alone.
    ///
    /// `target` is where the slot's things go; without it only what stands already can change.
    pub fn apply(&mut self, command: &Command, target: Option<&Target>) {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
        let Ok(mut state) = self.inner.state.try_borrow_mut() else { return };
        // What the browser refuses (a document that is going away) leaves the page as it was.
        let _ = match command {
            Command::Badge(slot, badge) => self.inner.badge(&mut state, &document, *slot, *badge, target),
            Command::Unbadge(slot) => {
                self.inner.unbadge(&mut state, *slot);
                Ok(())
            }
            Command::Hide(slot, reason, merged) => {
                self.inner.hide(&mut state, &document, *slot, (reason, *merged), target)
            }
            Command::Unhide(slot) => {
                self.inner.unhide(&mut state, *slot);
                Ok(())
            }
            Command::Explain(slot, what) => self.inner.explain(&mut state, &document, *slot, what, target),
            Command::CloseExplanation => {
                self.inner.close(&mut state, true);
                Ok(())
            }
            Command::Toast(key, name) => self.inner.toast(&mut state, &document, key, name),
            Command::Profile(_)
            | Command::OpenCard(..)
            | Command::Save(_)
            | Command::Observe(..)
            | Command::Report(_)
            | Command::WantFrame => Ok(()),
        };
    }

    /// Takes everything of this slot off the page: the place is gone, or holds no post any more.
    pub fn forget(&mut self, slot: Slot) {
        let Ok(mut state) = self.inner.state.try_borrow_mut() else { return };
        if state.dialog.as_ref().is_some_and(|dialog| dialog.slot == slot) {
            self.inner.close(&mut state, false);
        }
        if let Some(gone) = state.slots.remove(&slot) {
            self.inner.drop_slot(gone);
        }
    }

    /// Says at the end of `name` what the majority rule calls the brand whose page this is; takes back what was said before.
    pub fn profile(&mut self, said: Option<Majority>, name: Option<Element>) {
        let Ok(mut state) = self.inner.state.try_borrow_mut() else { return };
        if let Some(line) = state.profile.take() {
            self.inner.host.remove(&line);
        }
        if let (Some(said), Some(name)) = (said, name) {
            state.profile = self.inner.profile(&mut state.badges, &said, &name);
        }
    }

    /// Whether the node is one that Kibitz put on the page.
    pub fn owns(&self, node: &Node) -> bool {
        self.inner.host.owns(node)
    }

    /// Whether [`Overlay::focus`] would find a badge or the line of a fold that is to be seen.
    pub fn can_focus(&self, slot: Slot) -> bool {
        self.inner.state.try_borrow().is_ok_and(|state| state.slots.get(&slot).is_some_and(Slotted::can_focus))
    }

    /// Brings the slot's post into view, or the line of its fold, and gives the keyboard focus to the badge or the line; nothing
    /// happens where neither stands.
    pub fn focus(&self, slot: Slot, post: &Element) {
        let Ok(state) = self.inner.state.try_borrow() else { return };
        let Some(slotted) = state.slots.get(&slot).filter(|slotted| slotted.can_focus()) else { return };
        let line = slotted.hidden.as_ref().filter(|hidden| hidden.speaks()).and_then(Hidden::line);
        line.unwrap_or(post).scroll_into_view();
        slotted.focus();
    }

    /// Takes everything off the page.
    pub fn clear(&mut self) {
        let Ok(mut state) = self.inner.state.try_borrow_mut() else { return };
        self.inner.close(&mut state, false);
        if let Some(toast) = state.toast.take() {
            toast.remove(&self.inner.host);
        }
        if let Some(line) = state.profile.take() {
            self.inner.host.remove(&line);
        }
        for (_, slotted) in std::mem::take(&mut state.slots) {
            self.inner.drop_slot(slotted);
        }
        *state = State::default();
    }
}

impl Drop for Overlay {
    fn drop(&mut self) {
        self.clear();
    }
}
