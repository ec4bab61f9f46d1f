//! Owns the question whether an author is a brand, and which; never decides by one post's text.
//!
//! A badge on a person is the worse error, so a brand needs a sign that persons do not bear, and anything that looks like a
//! person's name outweighs all signs but a legal form. What is left open is asked in the popup.

mod evidence;
mod given;
pub mod identity;
mod known;
pub mod manner;
mod signs;
mod words;

use crate::post::{Author, AuthorKind, Room};
use crate::text::normal::lower;
pub use manner::Writes;

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
    /// How the author writes, over several posts.
    pub writes: Writes,
}

/// Every message key that [`likelihood`] can give; the English words are in `_locales/en`.
pub const MESSAGE_KEYS: &[&str] = &[
    "brand_doubtful",
    "brand_listed",
    "brand_manner",
    "brand_manner_person",
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
/// Surest first: the user's word, the platform's mark, the list of known handles, the words and forms of name, handle and bio,
/// the manner of several posts.
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
    likelihood_by(known::SHIPPED, room, author, known)
}

/// [`likelihood`] with another list than the shipped one, as [`write_list`] makes it: for measuring.
pub fn likelihood_by(list: &[u8], room: Room, author: &Author, known: Known) -> (Likelihood, &'static str) {
    match (known.said, kind(room, author)) {
        (Some(false), _) => (Likelihood::Person, "brand_said_no"),
        (Some(true), AuthorKind::Unknown | AuthorKind::Person) => (Likelihood::Brand, "brand_said_yes"),
        (_, AuthorKind::Organisation) => (Likelihood::Brand, "brand_marked"),
        (None, AuthorKind::Person) => (Likelihood::Person, "brand_marked_person"),
        (None, AuthorKind::Unknown) if is_listed(list, room, author) => (Likelihood::Brand, "brand_listed"),
        (None, AuthorKind::Unknown) => by_words(author, known),
    }
}

/// [`likelihood`] without the user's word, the marks and the list: for measuring the words and the manner alone.
///
/// A name like a person's outweighs any manner, because creators and politicians write as brands do.
pub fn by_words(author: &Author, known: Known) -> (Likelihood, &'static str) {
    // Of a path only its end is theirs: "author" and "user" before it say nothing of anybody.
    let handle = author.handle.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default();
    let found = evidence::read(&author.name, handle, author.bio.as_deref());
    let is_open = !found.is_personal && !found.is_doubtful;
    let by_manner = match known.writes {
        Writes::AsBrand => true,
        Writes::RatherAsBrand => found.brand > 0,
        Writes::Unknown | Writes::AsPerson => false,
    };
    if (found.is_certain && !found.is_doubtful) || (is_open && found.brand >= evidence::ENOUGH) {
        (Likelihood::Brand, "brand_words")
    } else if is_open && by_manner {
        (Likelihood::Brand, "brand_manner")
    } else if known.paid {
        (Likelihood::Unclear, "brand_paid")
    } else if found.is_doubtful {
        (Likelihood::Unclear, "brand_doubtful")
    } else if found.brand > 0 {
        (Likelihood::Unclear, "brand_unknown")
    } else if found.is_personal {
        (Likelihood::Person, "brand_personal")
    } else if known.writes == Writes::AsPerson {
        (Likelihood::Person, "brand_manner_person")
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

/// Whether the list has the handle: for this room; or for another or for any, or has the handle without its region and desk
/// ("samsung" of "SamsungSupportUK"), where the display name begins with the same letters.
fn is_listed(list: &[u8], room: Room, author: &Author) -> bool {
    let handle = normal_handle(&author.handle);
    if handle.is_empty() {
        return false;
    }
    if known::has(list, room.id(), &handle) {
        return true;
    }
    let name: String = words::fold(&author.name).chars().filter(|c| c.is_alphanumeric()).collect();
    [handle, evidence::core(&author.handle)].iter().any(|core| {
        // A short one only where it is the whole name.
        (core.chars().count() >= MIN_SHARED_LETTERS || core.chars().count() > 2 && name == *core)
            && name.starts_with(core.as_str())
            && !given::is_given(core)
            && [Room::X.id(), Room::Instagram.id(), known::ANYWHERE].iter().any(|room| known::has(list, room, core))
    })
}

/// Shorter handles are taken by somebody else in the next room too often.
const MIN_SHARED_LETTERS: usize = 5;

/// A list, written from (room, handle) of authors known to be brands; no room for names that are known in all. For the
/// developer's verb that makes the shipped one, and for measuring.
pub fn write_list<'a>(authors: impl Iterator<Item = (Option<Room>, &'a str)>) -> Vec<u8> {
    let room = |room: Option<Room>| room.map_or(known::ANYWHERE, Room::id);
    known::write(authors.map(|(of, handle)| known::hash(room(of), &normal_handle(handle))).collect())
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
    let name = lower(author.name.trim());
    if name.is_empty() { name } else { format!("name:{name}") }
}

/// A handle as it is compared: without `@`, outer slashes and case.
pub fn normal_handle(handle: &str) -> String {
    lower(handle.trim().trim_start_matches('@').trim_matches('/'))
}
