//! Owns where the keyboard goes on a page: the post that has the focus, and the next broadcast; never reads a post.

use web_sys::Element;

use super::work::Core;
use crate::session::{BadgeKind, Slot};

impl Core {
    /// The slot of the post that has the focus, else of the first badged one that is in view.
    pub(super) fn focused(&self) -> Option<Slot> {
        let active = self.document.active_element();
        let around = active.and_then(|element| element.closest(self.ground.containers()).ok().flatten());
        if let Some(slot) = around.and_then(|element| self.slots.find(&element)) {
            return Some(slot);
        }
        self.badged(|_| true)
            .into_iter()
            .find(|(_, element)| element.get_bounding_client_rect().bottom() > 0.0)
            .map(|found| found.0)
    }

    /// Badged slots in page order.
    fn badged(&self, is_wanted: impl Fn(BadgeKind) -> bool) -> Vec<(Slot, Element)> {
        let slot_of = |element: Element| {
            let slot = self.slots.find(&element)?;
            is_wanted(self.badges.get(&slot)?.kind).then_some((slot, element))
        };
        self.ground.posts(&self.document).into_iter().filter_map(slot_of).collect()
    }

    /// From the one visited last to the next while it is in view, else to the first from the top of the view on; posts of which
    /// nothing is left to see are passed over.
    pub(super) fn go_to_next_broadcast(&mut self) {
        let mut all = self.badged(|kind| matches!(kind, BadgeKind::Broadcast | BadgeKind::Advert));
        all.retain(|(slot, _)| self.overlay.can_focus(*slot));
        let view = self.document.document_element().map_or(0.0, |root| f64::from(root.client_height()));
        // A folded post has no box; its row has.
        let rect = |element: &Element| self.ground.row(element).get_bounding_client_rect();
        let is_in_view = |element: &Element| {
            let rect = rect(element);
            rect.bottom() > 0.0 && rect.top() < view
        };
        let visited = all.iter().position(|(slot, element)| Some(*slot) == self.visited && is_in_view(element));
        let next = visited.map(|at| at + 1).filter(|&at| at < all.len());
        let at = next.or_else(|| all.iter().position(|(_, element)| rect(element).top() >= 0.0));
        if let Some((slot, element)) = at.and_then(|at| all.get(at)) {
            self.visited = Some(*slot);
            self.overlay.focus(*slot, element);
        }
    }
}
