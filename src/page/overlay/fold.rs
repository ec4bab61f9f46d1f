//! Owns dimming, folding and hiding; never removes or moves a node of the page's.

use web_sys::{Document, Element, ShadowRootMode};

use super::badge::focus;
use super::root::{Roots, Theme, make};
use super::{HideWay, Target};
use crate::page::host::{Callback, Host, Listening};
use crate::page::words::{Words, isolated};
use crate::session::{HideMode, HideReason, Kind};
use wasm_bindgen::{JsCast, JsValue};

/// Opacity of a dimmed post: its shape is seen, its words are not read unless meant to be.
const DIM: &str = "0.35";
/// Makes a row the place of a line that lies over it.
const POSITION: (&str, &str) = ("position", "relative");

/// A post that is dimmed, folded or hidden.
#[derive(Debug)]
pub struct Hidden {
    pub reason: HideReason,
    pub merged: u32,
    /// Elements of the page that carry our inline declaration.
    styled: Vec<Element>,
    /// The row that is the place of our line, where the line lies over what keeps its height.
    kept: Option<Element>,
    /// The declaration.
    style: (&'static str, &'static str),
    stub: Option<(Element, Element)>,
    _reveal: Vec<Listening>,
}

/// Makes the lines that stand for folded posts, and dims.
#[derive(Debug)]
pub struct Folds {
    roots: Roots,
    uncover: Callback,
    cover: Callback,
}

impl Folds {
    /// # Errors
    /// As [`Roots::new`].
    pub fn new(document: &Document, mode: ShadowRootMode, host: &Host, theme: &Theme) -> Result<Self, JsValue> {
        let (uncovers, covers) = (host.clone(), host.clone());
        let post = |event: &web_sys::Event| event.current_target()?.dyn_into::<Element>().ok();
        Ok(Self {
            roots: Roots::new(document, mode, include_str!("stub.css"), theme)?,
            uncover: host.callback(move |event| {
                if let Some(post) = post(&event) {
                    uncovers.unstyle(&post, "opacity", DIM);
                }
            }),
            cover: host.callback(move |event| {
                // While an event of leaving is told, browsers disagree whether the left element still matches.
                let stays = if event.type_() == "mouseleave" { ":focus-within" } else { ":hover" };
                if let Some(post) = post(&event)
                    && !post.matches(stays).unwrap_or(false)
                {
                    covers.style(&post, "opacity", DIM);
                }
            }),
        })
    }

    /// Takes the post out of the way, as the reason's mode says.
    ///
    /// # Errors
    /// Where the browser makes no line; the page is then as it was.
    pub fn hide(
        &self,
        document: &Document,
        host: &Host,
        words: &Words,
        (reason, merged): (&HideReason, u32),
        target: &Target,
    ) -> Result<Hidden, JsValue> {
        let had_focus = target.post.matches(":focus-within").unwrap_or(false);
        let way = if reason.keeps_height { HideWay::KeepHeight } else { target.way };
        let style = match (reason.mode, way) {
            (HideMode::Off | HideMode::Dim, _) => ("opacity", DIM),
            (_, HideWay::KeepHeight) => ("visibility", "hidden"),
            (_, HideWay::CollapseChild | HideWay::StubInPlace | HideWay::Whole(_)) => ("display", "none"),
        };
        let mut hidden = Hidden {
            reason: reason.clone(),
            merged,
            styled: Vec::new(),
            kept: None,
            style,
            stub: None,
            _reveal: Vec::new(),
        };
        match reason.mode {
            HideMode::Off => {}
            HideMode::Dim => {
                hidden._reveal = [
                    ("mouseenter", &self.uncover),
                    ("focusin", &self.uncover),
                    ("mouseleave", &self.cover),
                    ("focusout", &self.cover),
                ]
                .map(|(kind, callback)| host.listen(&target.post, kind, callback, false))
                .into();
                if !target.post.matches(":hover, :focus-within").unwrap_or(false) {
                    host.style(&target.post, "opacity", DIM);
                }
                hidden.styled.push(target.post.clone());
            }
            HideMode::Fold | HideMode::Hide => {
                let speaks = reason.mode == HideMode::Fold && merged > 0;
                if speaks || way == HideWay::StubInPlace {
                    let (line, root) = self.roots.make()?;
                    let inside =
                        if speaks { stub(document, words, reason, merged)? } else { make(document, "i", "", "")? };
                    root.append_child(&inside)?;
                    if way == HideWay::KeepHeight {
                        line.set_attribute("data-o", "")?;
                        host.style(&target.row, POSITION.0, POSITION.1);
                        hidden.kept = Some(target.row.clone());
                    }
                    // A row that goes whole has its line before it.
                    match target.row.parent_node().filter(|_| matches!(way, HideWay::Whole(_))) {
                        Some(list) => host.insert(&list, &line, Some(&target.row)),
                        None => host.insert(&target.row, &line, None),
                    }
                    hidden.stub = Some((line, inside));
                }
                hidden.collapse(host, target);
                if had_focus {
                    hidden.focus();
                }
            }
        }
        Ok(hidden)
    }
}

impl Hidden {
    /// Collapses what the page has put into the row since; what is collapsed already stays so.
    pub fn collapse(&mut self, host: &Host, target: &Target) {
        if !self.is_collapsed() {
            return;
        }
        if let HideWay::Whole(divider) = target.way
            && !self.reason.keeps_height
        {
            let is_divider = |next: &Element| !divider.is_empty() && next.matches(divider).unwrap_or(false);
            let next = target.row.next_element_sibling().filter(is_divider);
            self.take_away(host, target.row.clone());
            next.into_iter().for_each(|divider| self.take_away(host, divider));
            return;
        }
        let mut next = target.row.first_element_child();
        while let Some(element) = next {
            next = element.next_element_sibling();
            if !host.owns(&element) {
                self.take_away(host, element);
            }
        }
    }

    fn take_away(&mut self, host: &Host, element: Element) {
        if !self.styled.contains(&element) {
            host.style(&element, self.style.0, self.style.1);
            self.styled.push(element);
        }
    }

    /// Says another number of merged folds.
    pub fn count(&mut self, document: &Document, words: &Words, merged: u32) {
        self.merged = merged;
        if let Some((_, button)) = &mut self.stub
            && let Ok(fresh) = stub(document, words, &self.reason, merged)
        {
            let focused = button.matches(":focus").unwrap_or(false);
            let _ = button.replace_with_with_node_1(&fresh);
            *button = fresh;
            if focused {
                focus(button);
            }
        }
    }

    /// Whether this element is this fold's line.
    pub fn is_line(&self, element: &JsValue) -> bool {
        self.stub.as_ref().is_some_and(|(line, _)| JsValue::from(line) == *element)
    }

    /// Whether nothing of the post itself is to be seen.
    pub fn is_collapsed(&self) -> bool {
        matches!(self.reason.mode, HideMode::Fold | HideMode::Hide)
    }

    /// Whether a line of its own says so: what is hidden, or merged into a neighbour's line, has none or an empty one.
    pub fn speaks(&self) -> bool {
        self.reason.mode == HideMode::Fold && self.merged > 0 && self.stub.is_some()
    }

    /// The element of ours that stands in the row.
    pub fn line(&self) -> Option<&Element> {
        self.stub.as_ref().map(|(line, _)| line)
    }

    /// Gives the line the keyboard focus.
    pub fn focus(&self) {
        if let Some((_, button)) = &self.stub {
            focus(button);
        }
    }

    /// Whether the keyboard is on this fold's line.
    pub fn has_focus(&self) -> bool {
        self.stub.as_ref().is_some_and(|(_, button)| button.matches(":focus").unwrap_or(false))
    }

    /// Shows the post as the page made it.
    pub fn undo(self, host: &Host) {
        for element in &self.styled {
            host.unstyle(element, self.style.0, self.style.1);
        }
        if let Some(row) = &self.kept {
            host.unstyle(row, POSITION.0, POSITION.1);
        }
        if let Some((line, _)) = &self.stub {
            host.remove(line);
        }
    }
}

/// The one line: why, and *Show*.
fn stub(document: &Document, words: &Words, reason: &HideReason, merged: u32) -> Result<Element, JsValue> {
    let (class, key) = match reason.kind {
        Kind::Advert => ("advert", "fold_advert"),
        Kind::Event => ("event", "fold_event"),
        Kind::Solicit => ("solicit", "fold_solicit"),
        Kind::Bait => ("bait", "fold_bait"),
        Kind::Broadcast => ("broadcast", "fold_broadcast"),
    };
    let why = if merged > 1 {
        words.with("fold_merged", [&merged.to_string(), ""])
    } else {
        words.with(key, [&isolated(&reason.author), ""])
    };
    let button = make(document, "button", class, "")?;
    button.set_attribute("type", "button")?;
    button.append_child(&make(document, "span", "why", &why)?.into())?;
    button.append_child(&make(document, "span", "show", &words.get("fold_show"))?.into())?;
    Ok(button)
}
