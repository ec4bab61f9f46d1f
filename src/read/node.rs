//! Owns `trait Node`, the reader's only view of a page; never writes to one.

/// A read-only element of a page: natively a `scraper` element, in the browser a web-sys one, with equal answers.
///
/// Selectors are constants of the platforms, CSS level 4 as both engines know it (`:is`, `:not`, `:has`); the empty one matches
/// nothing. One that does not parse matches nothing natively, and in the browser ends Kibitz on the page: the goldens ask them all.
pub trait Node: Clone + PartialEq {
    /// Local name, lower case (`article`, `span`, `svg`).
    fn tag(&self) -> String;
    /// The attribute's value; `None` when absent.
    fn attr(&self, name: &'static str) -> Option<String>;
    /// Whether the element itself matches.
    fn matches(&self, selector: &'static str) -> bool;
    /// The element itself or its nearest ancestor that matches.
    fn closest(&self, selector: &'static str) -> Option<Self>;
    /// First descendant that matches, in document order.
    fn query(&self, selector: &'static str) -> Option<Self>;
    /// All descendants that match, in document order.
    fn query_all(&self, selector: &'static str) -> Vec<Self>;
    /// Parent element.
    fn parent(&self) -> Option<Self>;
    /// Child nodes in document order: elements and texts, comments left out.
    fn children(&self) -> Vec<Child<Self>>;
    /// Text of all descendants, unprocessed.
    fn text_content(&self) -> String;
    /// Whether the element itself is taken out of sight by its own style, class or attribute (`display:none`, clipped away, `hidden`); ancestors are not asked.
    fn is_hidden(&self) -> bool;
    /// The element of the same document that has this id.
    fn by_id(&self, id: &str) -> Option<Self>;
    /// Its place among its siblings in a flex row (`order`); `None` when it is shown nowhere in it (not displayed, transparent, lifted out).
    fn order(&self) -> Option<i32>;
}

/// A child of a [`Node`].
#[derive(Clone, Debug, PartialEq)]
pub enum Child<N> {
    /// An element.
    Element(N),
    /// A text node's characters.
    Text(String),
}
