//! Owns the native `Node`: a saved page parsed by `scraper`; shared by the tests and the developer's verbs, never shipped.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use kibitz::read::{Child, Node};
use scraper::{ElementRef, Html, Selector};

/// A parsed page.
#[derive(Clone)]
pub struct Page(Rc<Html>);

/// An element of a parsed page.
#[derive(Clone, Copy)]
pub struct Tree<'a>(ElementRef<'a>);

impl Page {
    /// Parses a document; scripts do not run, so `noscript` is parsed as a browser with scripts would. What stands in a template is no part
    /// of a page: a browser finds nothing in it, nor in the shadow root that it makes of it.
    pub fn parse(html: &str) -> Self {
        let mut html = Html::parse_document(html);
        let is_template = |node: &scraper::Node| node.as_element().is_some_and(|element| element.name() == "template");
        let stocks: Vec<_> = html.tree.nodes().filter(|node| is_template(node.value())).collect();
        let stocks: Vec<_> = stocks.iter().flat_map(|template| template.children()).map(|stock| stock.id()).collect();
        for stock in stocks {
            if let Some(mut stock) = html.tree.get_mut(stock) {
                stock.detach();
            }
        }
        Self(Rc::new(html))
    }

    /// The document's root element.
    pub fn root(&self) -> Tree<'_> {
        Tree(self.0.root_element())
    }
}

impl PartialEq for Tree<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.id() == other.0.id()
    }
}

impl std::fmt::Debug for Tree<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "<{}>", self.0.value().name())
    }
}

thread_local! {
    /// Parsing a selector costs more than most searches with it.
    static SELECTORS: RefCell<BTreeMap<String, Option<Rc<Selector>>>> = const { RefCell::new(BTreeMap::new()) };
}

fn selector(css: &str) -> Option<Rc<Selector>> {
    SELECTORS.with_borrow_mut(|known| {
        if let Some(selector) = known.get(css) {
            return selector.clone();
        }
        let selector = Selector::parse(css).ok().map(Rc::new);
        known.insert(css.to_owned(), selector.clone());
        selector
    })
}

impl Node for Tree<'_> {
    fn tag(&self) -> String {
        self.0.value().name().to_ascii_lowercase()
    }

    fn attr(&self, name: &'static str) -> Option<String> {
        let value = self.0.value();
        // The parser puts `xlink:href` in a namespace, where a browser keeps its qualified name as well.
        let of_xlink = || {
            let local = name.strip_prefix("xlink:")?;
            let found = value.attrs.iter().find(|(known, _)| known.prefix.is_some() && &*known.local == local);
            found.map(|(_, value)| &**value)
        };
        value.attr(name).or_else(of_xlink).map(str::to_owned)
    }

    fn matches(&self, css: &'static str) -> bool {
        selector(css).is_some_and(|selector| selector.matches(&self.0))
    }

    fn closest(&self, css: &'static str) -> Option<Self> {
        let selector = selector(css)?;
        std::iter::once(self.0)
            .chain(self.0.ancestors().filter_map(ElementRef::wrap))
            .find(|element| selector.matches(element))
            .map(Tree)
    }

    fn query(&self, css: &'static str) -> Option<Self> {
        self.0.select(&*selector(css)?).next().map(Tree)
    }

    fn query_all(&self, css: &'static str) -> Vec<Self> {
        selector(css).map_or_else(Vec::new, |selector| self.0.select(&selector).map(Tree).collect())
    }

    fn parent(&self) -> Option<Self> {
        self.0.parent().and_then(ElementRef::wrap).map(Tree)
    }

    fn children(&self) -> Vec<Child<Self>> {
        let mut children = Vec::new();
        for node in self.0.children() {
            if let Some(element) = ElementRef::wrap(node) {
                children.push(Child::Element(Tree(element)));
            } else if let Some(text) = node.value().as_text() {
                children.push(Child::Text(text.to_string()));
            }
        }
        children
    }

    fn text_content(&self) -> String {
        self.0.text().collect()
    }

    fn is_hidden(&self) -> bool {
        let value = self.0.value();
        let style = value.attr("style").unwrap_or_default().replace(' ', "");
        value.attr("hidden").is_some() || style.contains("display:none") || style.contains("visibility:hidden")
    }

    fn by_id(&self, id: &str) -> Option<Self> {
        let root = self.0.ancestors().filter_map(ElementRef::wrap).last().unwrap_or(self.0);
        root.descendent_elements().find(|element| element.value().attr("id") == Some(id)).map(Tree)
    }

    /// As the element's own style says; a saved page has no computed one.
    fn order(&self) -> Option<i32> {
        let style = self.0.value().attr("style").unwrap_or_default().replace(' ', "");
        if self.is_hidden() || style.contains("position:absolute") {
            return None;
        }
        let order = style.split(';').find_map(|declaration| declaration.strip_prefix("order:"));
        order.map_or(Some(0), |order| order.parse().ok())
    }
}
