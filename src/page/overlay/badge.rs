//! Owns the badge in a post's header row; never moves or resizes anything of the page's.
//!
//! Three nodes a badge (host, root, button): shape and word are drawn by the shared sheet, so that find-in-page, copying
//! and `textContent` scans of the page do not meet them. Clicks are heard by one listener for all badges (`mod.rs`).

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Node, ShadowRoot, ShadowRootMode};

use super::Target;
use super::fit::Fit;
use super::root::{Roots, Theme, make};
use crate::page::host::Host;
use crate::page::words::Words;
use crate::session::{Badge, BadgeKind};
use crate::sorted::Map;

/// How often a badge that the page threw out is put back; a page that keeps throwing it out keeps its way.
const REINSERTS_AT_MOST: u8 = 3;

/// The four kinds, in the order of the enum.
const KINDS: [BadgeKind; 4] = [BadgeKind::Conversation, BadgeKind::Broadcast, BadgeKind::Advert, BadgeKind::Unsure];

/// A badge on the page.
#[derive(Debug)]
pub struct Placed {
    pub host: Element,
    pub button: Element,
    pub anchor: Element,
    pub shown: Badge,
    reinserts: u8,
}

/// Makes badges.
#[derive(Debug)]
pub struct Badges {
    roots: Roots,
    /// A finished button for each badge met so far, cloned for the next.
    patterns: Map<(BadgeKind, u8), Element>,
    /// What each says to assistive technology.
    labels: Map<(BadgeKind, u8), String>,
    fit: Fit,
}

impl Badges {
    /// # Errors
    /// As [`Roots::new`].
    pub fn new(
        document: &Document,
        mode: ShadowRootMode,
        host: &Host,
        words: &Words,
        theme: &Rc<Theme>,
    ) -> Result<Self, JsValue> {
        let mut css = include_str!("badge.css").to_owned();
        for kind in KINDS {
            let key =
                if kind == BadgeKind::Unsure { "badge_unsure_mark".into() } else { format!("badge_{}", kind.id()) };
            css.push_str(&format!(".{}::after{{content:{}}}", kind.id(), css_word(&words.get(&key))));
        }
        Ok(Self {
            roots: Roots::new(document, mode, &css, theme)?,
            patterns: Map::new(),
            labels: Map::new(),
            fit: Fit::new(host, theme),
        })
    }

    /// Puts a badge on the post.
    ///
    /// # Errors
    /// Where the browser makes no element or root; the page is then as it was.
    pub fn place(
        &mut self,
        document: &Document,
        host: &Host,
        words: &Words,
        badge: Badge,
        target: &Target,
    ) -> Result<Placed, JsValue> {
        let (shell, root) = self.roots.make()?;
        let button: Element = self.pattern(document, words, badge)?.clone_node_with_deep(true)?.unchecked_into();
        root.append_child(&button)?;
        let anchor = match &target.anchor {
            Some(anchor) => anchor.clone(),
            None => {
                shell.set_attribute("data-b", "")?;
                target.post.clone()
            }
        };
        let placed = Placed { host: shell, button, anchor, shown: badge, reinserts: 0 };
        // White space at the end of a line has no width until something stands behind it.
        let end = placed.anchor.last_child().filter(|last| {
            last.node_type() == Node::TEXT_NODE && last.text_content().is_some_and(|text| text.trim().is_empty())
        });
        host.insert(&placed.anchor, &placed.host, end.as_ref());
        self.fit.check(&placed);
        Ok(placed)
    }

    /// Brings a badge up to date where it stands: other words, another row, or thrown out by the page.
    pub fn renew(&mut self, host: &Host, words: &Words, placed: &mut Placed, badge: Badge, target: Option<&Target>) {
        if placed.shown != badge {
            placed.shown = badge;
            placed.reinserts = 0;
            placed.button.set_class_name(badge.kind.id());
            let label = self.labels.get_or_insert_with((badge.kind, badge.intent as u8), || label(words, badge));
            let _ = placed.button.set_attribute("aria-label", label);
        }
        if let Some(anchor) = target.map(|target| target.anchor.as_ref().unwrap_or(&target.post))
            && *anchor != placed.anchor
        {
            placed.anchor = anchor.clone();
            host.insert(&placed.anchor, &placed.host, None);
        } else if placed.host.parent_node().is_none() && placed.reinserts < REINSERTS_AT_MOST {
            placed.reinserts += 1;
            host.insert(&placed.anchor, &placed.host, None);
        }
    }

    /// Measures again the badges whose row may have become too narrow.
    pub fn measure_again<'a>(&self, all: impl Iterator<Item = &'a Placed>) {
        self.fit.measure_again(all);
    }

    /// An empty host of a badge's kind with its root.
    ///
    /// # Errors
    /// Where the browser makes no shadow root.
    pub fn root(&self) -> Result<(Element, ShadowRoot), JsValue> {
        self.roots.make()
    }

    fn pattern(&mut self, document: &Document, words: &Words, badge: Badge) -> Result<&Element, JsValue> {
        let pattern = self.patterns.get_or_try_insert_with((badge.kind, badge.intent as u8), || {
            let button = make(document, "button", badge.kind.id(), "")?;
            button.set_attribute("type", "button")?;
            button.set_attribute("aria-haspopup", "dialog")?;
            button.set_attribute("aria-label", &label(words, badge))?;
            Ok::<_, JsValue>(button)
        })?;
        Ok(pattern)
    }
}

impl Placed {
    /// Takes the badge off.
    pub fn remove(&self, host: &Host) {
        host.remove(&self.host);
    }

    /// Says to assistive technology whether this badge's explanation is open.
    pub fn set_open(&self, open: bool) {
        let _ = if open {
            self.button.set_attribute("aria-expanded", "true")
        } else {
            self.button.remove_attribute("aria-expanded")
        };
    }

    /// Gives the badge the keyboard focus without scrolling to it.
    pub fn focus(&self) {
        focus(&self.button);
    }
}

/// Focuses an element of ours without scrolling.
pub fn focus(element: &Element) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.unchecked_ref::<HtmlElement>().focus_with_options(&options);
}

fn label(words: &Words, badge: Badge) -> String {
    let word = words.get(&format!("badge_{}", badge.kind.id()));
    if badge.kind == BadgeKind::Unsure {
        return words.with("badge_label_unsure", [&word, ""]);
    }
    words.with("badge_label", [&word, &words.get(&format!("intent_{}", badge.intent.info().id))])
}

/// The word as a CSS string that breaks before its first letter and nowhere else: where there is no room for all of it,
/// all of it goes to a second line, which is cut off, and the shape alone stays.
fn css_word(word: &str) -> String {
    let mut quoted = String::from("\"\u{200b}");
    for character in word.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' ' => quoted.push('\u{a0}'),
            '-' => quoted.push('\u{2011}'),
            control if control.is_control() => {}
            plain => quoted.push(plain),
        }
    }
    quoted.push('"');
    quoted
}
