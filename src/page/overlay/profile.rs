//! Owns the line at the head of a brand's own page: what the majority rule calls it; never takes room from what the page shows.
//!
//! Its host is a badge's, out of the flow. Words and place are the loader's: as JavaScript they are half as large.

use web_sys::Element;

use super::Inner;
use super::badge::Badges;
use super::root::make;
use crate::ledger::{Call, Majority};

impl Inner {
    /// The line's host; none where there is no room for it.
    pub(super) fn profile(&self, made: &mut Option<Badges>, said: &Majority, name: &Element) -> Option<Element> {
        let class = match said.call {
            Call::Broadcaster => "broadcast",
            Call::Conversationalist => "conversation",
            Call::Open => "",
        };
        let document = name.owner_document()?;
        let line = make(&document, "p", class, "").ok()?;
        let (host, root) = self.badges(made, &document).ok()?.root().ok()?;
        root.append_child(&line).ok()?;
        self.theme.follow(name);
        self.host.insert(name, &host, None);
        if self.host.hang(name, &host, &line, class, said) {
            return Some(host);
        }
        self.host.remove(&host);
        None
    }
}
