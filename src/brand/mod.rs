//! Owns the question whether an author is a brand, and which; never decides by one post's text.
//!
//! A badge on a person is the worse error, so a brand needs a sign that persons do not bear, and anything that looks like a
//! person's name outweighs all signs but a legal form. What is left open is asked in the popup.

mod evidence;
mod given;
mod known;
mod signs;
mod words;

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

/// Every message key that [`likelihood`] can give; the English words are in `_locales/en`.
pub const MESSAGE_KEYS: &[&str] = &[
    "brand_doubtful",
    "brand_listed",
    "brand_marked",
    "brand_marked_person",
    "brand_paid",
    "brand_personal",
    "brand_said_no",
    "brand_said_yes",
    "brand_unknown",
    "brand_words",
];

/// Whether the author is a brand, and the message key of the reason that weighed most.
///
/// Surest first: the user's word, the platform's mark, the list of known handles, the words and forms of name, handle and bio.
/// Allocates a little; linear in the length of name, handle and bio.
///
/// ```
/// use kibitz::brand::{Known, Likelihood, likelihood};
/// use kibitz::post::{Author, Room};
///
/// let author = Author { name: "Museum of Lost Socks".into(), handle: "lostsocksmuseum".into(), ..Author::default() };
/// assert_eq!(likelihood(Room::X, &author, Known::default()), (Likelihood::Brand, "brand_words"));
/// ```
pub fn likelihood(room: Room, author: &Author, known: Known) -> (Likelihood, &'static str) {
    match (known.said, kind(room, author)) {
        (Some(false), _) => (Likelihood::Person, "brand_said_no"),
        (Some(true), AuthorKind::Unknown | AuthorKind::Person) => (Likelihood::Brand, "brand_said_yes"),
        (_, AuthorKind::Organisation) => (Likelihood::Brand, "brand_marked"),
        (None, AuthorKind::Person) => (Likelihood::Person, "brand_marked_person"),
        (None, AuthorKind::Unknown) if is_listed(room, author) => (Likelihood::Brand, "brand_listed"),
        (None, AuthorKind::Unknown) => by_words(author, known.paid),
    }
}

/// [`likelihood`] without the user's word, the marks and the list: for measuring the words alone.
pub fn by_words(author: &Author, paid: bool) -> (Likelihood, &'static str) {
    let found = evidence::read(&author.name, &author.handle, author.bio.as_deref());
    let is_brand = found.is_certain || (found.brand >= evidence::ENOUGH && !found.is_personal);
    if is_brand && !found.is_doubtful {
        (Likelihood::Brand, "brand_words")
    } else if paid {
        (Likelihood::Unclear, "brand_paid")
    } else if found.is_doubtful {
        (Likelihood::Unclear, "brand_doubtful")
    } else if found.is_personal && found.brand == 0 {
        (Likelihood::Person, "brand_personal")
    } else {
        (Likelihood::Unclear, "brand_unknown")
    }
}

/// What the page marks the author as; LinkedIn's paths say it where the mark was missed.
fn kind(room: Room, author: &Author) -> AuthorKind {
    if author.kind != AuthorKind::Unknown || room != Room::Linkedin {
        return author.kind;
    }
    let path = author.handle.trim_start_matches('/');
    if ["company/", "school/", "showcase/"].iter().any(|start| path.starts_with(start)) {
        AuthorKind::Organisation
    } else if path.starts_with("in/") {
        AuthorKind::Person
    } else {
        AuthorKind::Unknown
    }
}

/// Whether the shipped list has the handle: for this room; or for another, or for the handle without its region and desk
/// ("samsung" of "SamsungSupportUK"), where the display name begins with the same letters.
fn is_listed(room: Room, author: &Author) -> bool {
    let handle = normal_handle(&author.handle);
    if handle.is_empty() {
        return false;
    }
    if known::is_known(room.id(), &handle) {
        return true;
    }
    let name: String = words::fold(&author.name).chars().filter(|c| c.is_alphanumeric()).collect();
    [handle, evidence::core(&author.handle)].iter().any(|core| {
        core.chars().count() >= MIN_SHARED_LETTERS
            && name.starts_with(core.as_str())
            && !given::is_given(core)
            && [Room::X, Room::Instagram].iter().any(|listed| known::is_known(listed.id(), core))
    })
}

/// Shorter handles are taken by somebody else in the next room too often.
const MIN_SHARED_LETTERS: usize = 5;

/// The shipped list, written from (room, handle) of authors known to be brands. For the developer's verb that makes it.
pub fn write_list<'a>(authors: impl Iterator<Item = (Room, &'a str)>) -> Vec<u8> {
    known::write(authors.map(|(room, handle)| known::hash(room.id(), &normal_handle(handle))).collect())
}

/// The hash by which the list knows a handle. For the developer's verb that makes it.
pub fn list_hash(room: Room, handle: &str) -> u32 {
    known::hash(room.id(), &normal_handle(handle))
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
