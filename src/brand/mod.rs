//! Owns the question whether an author is a brand, and which; never decides by one post's text.

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
