//! Owns the lines beside the author's picture on LinkedIn's server-driven pages: age, label of a paid post, who reacted; never reads the text.

use super::is_in;
use crate::platforms::labels;
use crate::platforms::linkedin::{has_digit, is_served_as_ad};
use crate::post::AdSource;
use crate::read::node::Node;
use crate::read::{Own, labels as label};

/// Lines beside a picture, not themselves links: the age, the label of a paid post, above them who reacted ("Ada likes this", with links).
/// User-made lines (the headline) carry no key. 7 of 7, 2026-04; since 2026-09 the picture stands two elements deeper.
const LINES: &str = concat!(
    "a[componentkey]:not(:has(ul)) ~ div p[componentkey]:not(a *), ",
    "div:has(> div:only-child > a:only-child > figure) ~ div p[componentkey]:not(a *)"
);

/// Keyed lines wherever they stand, but for links, numbers and the text.
const STRAY_LINES: &str = r#"p[componentkey]:not(a *, [role="button"] *, :has([data-testid]))"#;

/// The lines beside a picture, without keys.
const UNKEYED_LINES: &str = "a:has(figure, img) ~ div p:not(a *)";

/// The keyed lines without those that hold links.
pub(super) const PLAIN_LINES: &str = "a[componentkey]:not(:has(ul)) ~ div p[componentkey]:not(a *, :has(a))";

/// Name, headline and age or label in one link beside the picture: early 2026.
const LINKED_LINES: &str = r#"[data-view-name="feed-actor-image"] + a p"#;

/// Signs of an ad that need no words, of which organic posts may hold one by way of a copied link: only with no age shown.
const PAID_EXTRAS: &str = r#"a[href*="li_fat_id="], [alt$="View Lead Gen Form"], [aria-label$="View Lead Gen Form"], [aria-label*="View Sponsored Content"]"#;

/// The lines in which the age or the label of a paid post stands, with their words.
pub(super) struct Lines<N> {
    all: Vec<(String, N)>,
    /// They stand where they should: only then what is missing among them means something.
    beside_picture: bool,
}

impl<N: Node> Lines<N> {
    /// The lines beside the author's picture; any keyed lines where the picture is no neighbour any more; without keys, the last one.
    pub(super) fn new(own: &Own<'_, N>) -> Self {
        let mut all = own.all(LINES);
        let beside_picture = !all.is_empty();
        if all.is_empty() {
            let words = own.text_roots();
            all = own.all(STRAY_LINES);
            all.retain(|line| !words.contains(line));
        }
        for css in [UNKEYED_LINES, LINKED_LINES] {
            if all.is_empty() {
                all.extend(own.all(css).pop());
            }
        }
        Self { all: all.into_iter().map(|line| (own.words(&line), line)).collect(), beside_picture }
    }

    /// Whether there are lines, and none is an age ("5d •", "now •") or says who may see the post. Links among them say who reacted.
    fn is_ageless(&self) -> bool {
        let mut lines =
            self.all.iter().filter(|(words, line)| !words.is_empty() && line.query("a").is_none()).peekable();
        let is_aged =
            |(words, line): &(String, N)| has_digit(words) || words.contains('•') || line.query("svg").is_some();
        self.beside_picture && lines.peek().is_some() && !lines.any(is_aged)
    }

    /// How many of them are ages. Elsewhere than beside a picture a poll or an event may say "123 votes • 2d left".
    pub(super) fn ages(&self) -> usize {
        let is_age = |(words, _): &&(String, N)| self.beside_picture && words.contains('•') && has_digit(words);
        self.all.iter().filter(is_age).count()
    }

    /// Whether the post was paid for.
    pub(super) fn paid(&self, own: &Own<'_, N>) -> Option<AdSource> {
        if is_served_as_ad(own) {
            return Some(AdSource::Structure);
        }
        // Without a word: no age, no sign of who may see the post, and nothing lets one dismiss it.
        // Only in the home feed: search results have no such signs on any post.
        let is_fixed = || is_in(own, "FeedType_MAIN_FEED") && !own.has(r#"button:has(svg[id^="close-"])"#);
        if self.is_ageless() && (own.has(PAID_EXTRAS) || is_fixed()) {
            return Some(AdSource::Structure);
        }
        self.all.iter().find_map(|(words, _)| label::find(words, labels::LINKEDIN))
    }
}
