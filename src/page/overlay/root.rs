//! Owns shadow roots and the style sheets they share; never decides what stands in them.

use std::cell::RefCell;

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CssStyleSheet, Document, Element, Node, ShadowRoot, ShadowRootInit, ShadowRootMode};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = ShadowRoot)]
    type Adopting;
    #[wasm_bindgen(method, catch, setter, js_name = adoptedStyleSheets)]
    fn set_adopted(this: &Adopting, sheets: &Array) -> Result<(), JsValue>;
}

/// Makes roots that share one parsed style sheet; where the browser refuses, each root gets its own `<style>`.
#[derive(Debug)]
pub struct Roots {
    init: ShadowRootInit,
    shell: Element,
    own: Option<CssStyleSheet>,
    sheets: Array,
    fallback: Element,
}

impl Roots {
    /// Roots of this mode with these rules; `theme` is one more sheet, shared among all roots.
    ///
    /// # Errors
    /// Where the document makes no elements (it is not an HTML document, or is going away).
    pub fn new(document: &Document, mode: ShadowRootMode, css: &str, theme: &Theme) -> Result<Self, JsValue> {
        let own = CssStyleSheet::new().ok().filter(|sheet| sheet.replace_sync(css).is_ok());
        let sheets = Array::new();
        if let Some(sheet) = &own {
            sheets.push(sheet);
        }
        if let Some(sheet) = &theme.sheet {
            sheets.push(sheet);
        }
        let fallback = document.create_element("style")?;
        fallback.set_text_content(Some(css));
        Ok(Self { init: ShadowRootInit::new(mode), shell: document.create_element("span")?, own, sheets, fallback })
    }

    /// A fresh element of a neutral name with a root that is already styled.
    ///
    /// # Errors
    /// Where the browser makes no shadow root.
    pub fn make(&self) -> Result<(Element, ShadowRoot), JsValue> {
        let host: Element = self.shell.clone_node()?.unchecked_into();
        let root = host.attach_shadow(&self.init)?;
        if self.own.is_none() || root.unchecked_ref::<Adopting>().set_adopted(&self.sheets).is_err() {
            root.append_child(&self.fallback.clone_node_with_deep(true)?)?;
        }
        Ok((host, root))
    }
}

/// The sheet that tells our surfaces how the page looks.
#[derive(Debug)]
pub struct Theme {
    sheet: Option<CssStyleSheet>,
    /// None until the page has been looked at.
    shown: RefCell<Option<Look>>,
}

impl Theme {
    /// A light theme until the page has been looked at.
    pub fn new() -> Self {
        let theme = Self { sheet: CssStyleSheet::new().ok(), shown: RefCell::default() };
        theme.write(&Look::default());
        theme
    }

    /// Whether the page has been looked at.
    pub fn is_read(&self) -> bool {
        self.shown.borrow().is_some()
    }

    /// Gives every surface the look of the page around this element, those that stand included; costs a style computation.
    pub fn follow(&self, near: &Element) {
        let look = Look::of(near);
        let mut shown = self.shown.borrow_mut();
        if *shown.get_or_insert_default() != look {
            self.write(&look);
            *shown = Some(look);
        }
    }

    fn write(&self, look: &Look) {
        if let Some(sheet) = &self.sheet {
            let _ = sheet.replace_sync(&look.css());
        }
    }
}

/// How the page looks around a post.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Look {
    dark: bool,
    ground: String,
    face: String,
}

impl Default for Look {
    fn default() -> Self {
        Self { dark: false, ground: "#fff".into(), face: "system-ui, sans-serif".into() }
    }
}

/// Below this relative luminance (0 black, 1 white) a background counts as dark; sites' dark themes lie under 0.07, their light ones over 0.8.
const DARK_BELOW_LUMINANCE: f64 = 0.3;

/// Below this opacity a background does not decide what is seen.
const OPAQUE_FROM: f64 = 0.5;

impl Look {
    /// Reads the font of `near` and the first opaque background from it upwards; costs a style computation.
    fn of(near: &Element) -> Self {
        let mut look = Self::default();
        let Some(window) = web_sys::window() else { return look };
        let computed = |element: &Element, property| {
            window.get_computed_style(element).ok().flatten().and_then(|style| style.get_property_value(property).ok())
        };
        if let Some(face) = computed(near, "font-family").filter(|face| !face.is_empty()) {
            look.face = face;
        }
        let mut at = Some(near.clone());
        while let Some(element) = at {
            let color = computed(&element, "background-color").unwrap_or_default();
            if let Some(([red, green, blue], alpha)) = rgb(&color)
                && alpha >= OPAQUE_FROM
            {
                look.dark = luminance([red, green, blue]) < DARK_BELOW_LUMINANCE;
                let [red, green, blue] = [red, green, blue].map(|channel| channel.round() as u8);
                look.ground = format!("rgb({red} {green} {blue})");
                return look;
            }
            at = parent(&element);
        }
        look.dark = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.document_element())
            .and_then(|root| computed(&root, "color-scheme"))
            .is_some_and(|scheme| scheme == "dark");
        if look.dark {
            look.ground = "#121212".into();
        }
        look
    }

    fn css(&self) -> String {
        let scheme = if self.dark { "dark" } else { "light" };
        format!(
            ":host{{color-scheme:{scheme}!important;--ground:{};--face:{}}}",
            self.ground,
            self.face.replace(['{', '}', ';', '<'], "")
        )
    }
}

/// The parent element, out of a shadow root into its host.
fn parent(element: &Element) -> Option<Element> {
    element.parent_element().or_else(|| element.parent_node()?.dyn_into::<ShadowRoot>().ok().map(|root| root.host()))
}

/// Channels 0–255 and opacity of a computed `rgb()` or `rgba()`; none for other notations.
fn rgb(color: &str) -> Option<([f64; 3], f64)> {
    let inside = color.strip_prefix("rgba(").or_else(|| color.strip_prefix("rgb("))?.strip_suffix(')')?;
    let mut numbers = inside.split([',', ' ', '/']).filter(|part| !part.is_empty()).map(js_sys::parse_float);
    let mut next = || numbers.next().filter(|number| !number.is_nan());
    let channels = [next()?, next()?, next()?];
    Some((channels, next().unwrap_or(1.0)))
}

/// Relative luminance with the gamma taken as 2, which is near enough to tell dark from light.
fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    let linear = |channel: f64| (channel / 255.0) * (channel / 255.0);
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// An element with a class and a text, either of which may be empty.
///
/// # Errors
/// Where the document makes no elements.
pub fn make(document: &Document, tag: &str, class: &str, text: &str) -> Result<Element, JsValue> {
    let element = document.create_element(tag)?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    Ok(element)
}

/// Shows an element of ours in the top layer; where there is none it stays where it is, fixed and above.
pub fn raise(element: &Element) {
    let Some(show) =
        Reflect::get(element, &"showPopover".into()).ok().and_then(|show| show.dyn_into::<Function>().ok())
    else {
        return;
    };
    if element.set_attribute("popover", "manual").is_ok() && show.call0(element).is_err() {
        let _ = element.remove_attribute("popover");
    }
}

/// Where floating surfaces go: the end of the body.
pub fn ground(document: &Document) -> Option<Node> {
    document.body().map(Node::from).or_else(|| document.document_element().map(Node::from))
}
