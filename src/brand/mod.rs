//! Owns the question whether an author is a brand, and which; never decides by one post's text.

use crate::post::{Author, AuthorKind, Room};

/// Three-valued answer to "is this author a brand?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likelihood {
    /// Badge.
    Brand,
    /// No badge; one click in the popup settles it.
    Unclear,
    /// No badge.
    Person,
}

/// What is known of an author from elsewhere than the post at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The user's word.
    pub said: Option<bool>,
    /// A paid post of this author was seen. Persons advertise too.
    pub paid: bool,
}

/// Whether the author is a brand, and the message key of the reason that weighed most.
pub fn likelihood(_room: Room, author: &Author, known: Known) -> (Likelihood, &'static str) {
    match (known.said, author.kind) {
        (Some(false), _) => (Likelihood::Person, "brand_said_no"),
        (Some(true), AuthorKind::Unknown | AuthorKind::Person) => (Likelihood::Brand, "brand_said_yes"),
        (_, AuthorKind::Organisation) => (Likelihood::Brand, "brand_marked"),
        (None, AuthorKind::Person) => (Likelihood::Person, "brand_marked_person"),
        (None, AuthorKind::Unknown) if known.paid => (Likelihood::Unclear, "brand_paid"),
        (None, AuthorKind::Unknown) => (Likelihood::Unclear, "brand_unknown"),
    }
}

/// What an author is known by within a room: the handle without `@`, outer slashes and case; `name:` and the display name
/// where the page shows no handle; empty where it shows neither.
pub fn author_id(author: &Author) -> String {
    let handle = normal_handle(&author.handle);
    if !handle.is_empty() {
        return handle;
    }
    let name = author.name.trim().to_lowercase();
    if name.is_empty() { name } else { format!("name:{name}") }
}

/// A handle as it is compared: without `@`, outer slashes and case.
pub fn normal_handle(handle: &str) -> String {
    handle.trim().trim_start_matches('@').trim_matches('/').to_lowercase()
}
