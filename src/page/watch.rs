//! Owns what tells of changes on the page (mutations, places in the view, frames) and which slot an element is; never reads a post, never writes.
//!
//! There is no timer and no polling: nothing runs while the page stands still.

use js_sys::{Array, Function, JsString, WeakMap};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, Element, IntersectionObserver, MutationObserver, MutationObserverInit, Window};

use super::host::Host;
use crate::session::{Place, Slot};
use crate::sorted::Map;

/// Attributes from which a post is read and which pages change in place; style and class are not among them, since pages
/// write those all the time and Kibitz writes them itself.
const ATTRIBUTES: [&str; 7] = ["href", "datetime", "lang", "aria-label", "data-urn", "data-id", "data-testid"];

/// Which element is which slot.
#[derive(Debug, Default)]
pub struct Slots {
    numbers: WeakMap,
    live: Map<Slot, Element>,
    next: u32,
}

impl Slots {
    /// The slot of an element; none when it has none.
    pub fn find(&self, element: &Element) -> Option<Slot> {
        let number = self.numbers.get(element).as_f64()?;
        // Only u32 values are ever put in.
        let slot = Slot(number as u32);
        self.live.contains_key(&slot).then_some(slot)
    }

    /// The slot of an element, made if there was none; the flag says that it is new.
    pub fn find_or_make(&mut self, element: Element) -> (Slot, bool) {
        if let Some(slot) = self.find(&element) {
            return (slot, false);
        }
        let slot = Slot(self.next);
        self.next += 1;
        self.put(slot, element);
        (slot, true)
    }

    fn put(&mut self, slot: Slot, element: Element) {
        self.numbers.set(&element, &slot.0.into());
        self.live.insert(slot, element);
    }

    /// The element of a live slot.
    pub fn element(&self, slot: Slot) -> Option<&Element> {
        self.live.get(&slot)
    }

    /// Every live slot, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (Slot, &Element)> {
        self.live.iter().map(|(&slot, element)| (slot, element))
    }

    /// Forgets a slot; its number is not given out again.
    pub fn remove(&mut self, slot: Slot) -> Option<Element> {
        let element = self.live.remove(&slot)?;
        self.numbers.delete(&element);
        Some(element)
    }
}

#[wasm_bindgen]
extern "C" {
    /// The loader's `gather`; what it throws is not caught, and ends Kibitz on this page.
    #[derive(Clone, Debug)]
    pub type Gather;
    #[wasm_bindgen(method)]
    fn call(this: &Gather, receiver: &JsValue, records: &Array, containers: &JsString) -> Array;
}

/// What a batch of mutations did to the posts of the page.
#[derive(Debug)]
pub struct Changes {
    touched: Array,
    gone: Array,
}

impl Changes {
    /// As the loader's `gather` tells them: `(records, selector) => [touched, gone]`, lists of containers.
    pub fn of(gather: &Gather, records: &Array, containers: &JsString) -> Self {
        let told = gather.call(&JsValue::UNDEFINED, records, containers);
        Self { touched: told.get(0).unchecked_into(), gone: told.get(1).unchecked_into() }
    }

    /// Whether nothing of it concerns a container.
    pub fn is_empty(&self) -> bool {
        self.touched.length() + self.gone.length() == 0
    }

    /// Containers that came, or in which something changed; in the order met, each once.
    pub fn touched(&self) -> impl Iterator<Item = Element> + '_ {
        self.touched.iter().map(JsValue::unchecked_into)
    }

    /// Containers that are no longer on the page.
    pub fn gone(&self) -> impl Iterator<Item = Element> + '_ {
        self.gone.iter().map(JsValue::unchecked_into)
    }
}

/// Watches the document's tree; what changed arrives in a microtask, before the next paint.
#[must_use = "dropping it ends the watching"]
#[derive(Debug)]
pub struct Mutations {
    observer: MutationObserver,
    host: Host,
    _closure: Closure<dyn FnMut(Array)>,
}

impl Mutations {
    /// # Errors
    /// When the browser refuses an observer.
    pub fn new(host: &Host, document: &Document, run: impl FnMut(Array) + 'static) -> Result<Self, JsValue> {
        let closure = Closure::<dyn FnMut(Array)>::new(run);
        let observer = MutationObserver::new(&host.guard(closure.as_ref().unchecked_ref()))?;
        host.observe(&observer);
        let made = Self { observer, host: host.clone(), _closure: closure };
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        options.set_character_data(true);
        options.set_attribute_filter(&ATTRIBUTES.iter().map(|&name| JsValue::from(name)).collect::<Array>());
        made.observer.observe_with_options(document, &options)?;
        Ok(made)
    }

    /// What is waiting to be told; afterwards nothing is.
    pub fn take(&self) -> Array {
        self.observer.take_records()
    }
}

impl Drop for Mutations {
    fn drop(&mut self) {
        self.observer.disconnect();
        self.host.unobserve(&self.observer);
    }
}

#[wasm_bindgen]
extern "C" {
    /// What an `IntersectionObserverEntry` says, as far as it is asked here.
    type Entry;
    #[wasm_bindgen(method, getter)]
    fn target(this: &Entry) -> Element;
    #[wasm_bindgen(method, getter, js_name = isIntersecting)]
    fn is_intersecting(this: &Entry) -> bool;
    #[wasm_bindgen(method, getter, js_name = boundingClientRect)]
    fn bounding_client_rect(this: &Entry) -> Rect;
    type Rect;
    #[wasm_bindgen(method, getter)]
    fn bottom(this: &Rect) -> f64;
    #[wasm_bindgen(method, getter)]
    fn width(this: &Rect) -> f64;
    #[wasm_bindgen(method, getter)]
    fn height(this: &Rect) -> f64;
}

/// Tells where slots stand relative to the view, without a layout read of Kibitz's own.
///
/// Their rows are watched: a row keeps its place when its post is folded, while a folded container has none.
#[must_use = "dropping it ends the watching"]
#[derive(Debug)]
pub struct Placing {
    observer: IntersectionObserver,
    host: Host,
    rows: Slots,
    _closure: Closure<dyn FnMut(Array)>,
}

impl Placing {
    /// `run` gets every row whose place changed, once for each that is new.
    ///
    /// # Errors
    /// When the browser refuses an observer.
    pub fn new(host: &Host, run: impl Fn(Vec<(Element, Place)>) + 'static) -> Result<Self, JsValue> {
        let closure = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            run(entries.iter().filter_map(|entry| place(entry.unchecked_ref())).collect());
        });
        let observer = IntersectionObserver::new(&host.guard(closure.as_ref().unchecked_ref()))?;
        host.observe(&observer);
        Ok(Self { observer, host: host.clone(), rows: Slots::default(), _closure: closure })
    }

    /// Begins to tell of this slot's row.
    pub fn add(&mut self, slot: Slot, row: Element) {
        // Watched once more, a row is told of once more, although it has not moved.
        self.observer.unobserve(&row);
        self.observer.observe(&row);
        self.rows.put(slot, row);
    }

    /// Tells of it no more.
    pub fn remove(&mut self, slot: Slot) {
        let Some(row) = self.rows.live.get(&slot) else { return };
        // A row that has been filled anew is another slot's by now.
        if self.rows.find(row) == Some(slot) {
            self.observer.unobserve(row);
            self.rows.remove(slot);
        } else {
            self.rows.live.remove(&slot);
        }
    }

    /// The slot whose row this is.
    pub fn slot(&self, row: &Element) -> Option<Slot> {
        self.rows.find(row)
    }
}

impl Drop for Placing {
    fn drop(&mut self) {
        self.observer.disconnect();
        self.host.unobserve(&self.observer);
    }
}

/// None for what has no box: it is taken out of the layout or off the page, and says nothing of where it was.
fn place(entry: &Entry) -> Option<(Element, Place)> {
    let rect = entry.bounding_client_rect();
    if rect.width() == 0.0 && rect.height() == 0.0 {
        return None;
    }
    let place = if entry.is_intersecting() {
        Place::InView
    } else if rect.bottom() <= 0.0 {
        Place::Above
    } else {
        Place::Below
    };
    Some((entry.target(), place))
}

/// Calls back before the next paint, when asked to.
#[must_use = "dropping it cancels the call"]
#[derive(Debug)]
pub struct Frames {
    window: Window,
    function: Function,
    asked: Option<i32>,
    _closure: Closure<dyn FnMut()>,
}

impl Frames {
    /// `run` is called once for each time it was asked for.
    pub fn new(host: &Host, window: Window, run: impl FnMut() + 'static) -> Self {
        let closure = Closure::<dyn FnMut()>::new(run);
        let function = host.guard(closure.as_ref().unchecked_ref());
        Self { window, function, asked: None, _closure: closure }
    }

    /// Asks for one call; a second request before it changes nothing.
    pub fn ask(&mut self) {
        if self.asked.is_none() {
            self.asked = self.window.request_animation_frame(&self.function).ok();
        }
    }

    /// To be said first thing in the call.
    pub fn came(&mut self) {
        self.asked = None;
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        if let Some(asked) = self.asked {
            let _ = self.window.cancel_animation_frame(asked);
        }
    }
}
