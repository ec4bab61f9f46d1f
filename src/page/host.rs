//! Owns the undo record: every write to the page is noted in it before it happens; never decides what is written.
//!
//! The loader owns the record and can walk it without the module, so it must be true at every moment.
//! What is undone is taken out of it again: over a page's life it holds only what stands on the page now.

use js_sys::{Array, Function, Map, Reflect, Set};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortSignal, AddEventListenerOptions, CssStyleDeclaration, CssStyleSheet, Element, Event, EventTarget, Node,
};

use crate::ledger::Majority;

#[wasm_bindgen]
extern "C" {
    /// The loader's undo record (`ARCHITECTURE.md`, "Tearing down without the module").
    #[derive(Clone, Debug)]
    pub type UndoRecord;
    #[wasm_bindgen(method, getter)]
    fn hosts(this: &UndoRecord) -> Set;
    #[wasm_bindgen(method, getter)]
    fn styles(this: &UndoRecord) -> Map;
    #[wasm_bindgen(method, getter)]
    fn observers(this: &UndoRecord) -> Set;
    #[wasm_bindgen(method, getter)]
    fn cleanups(this: &UndoRecord) -> Set;
    #[wasm_bindgen(method, getter)]
    fn abort(this: &UndoRecord) -> JsValue;
    #[wasm_bindgen(method)]
    fn guard(this: &UndoRecord, callback: &Function) -> Function;
    #[wasm_bindgen(method)]
    fn shed(this: &UndoRecord, scope: &Node, sheet: &CssStyleSheet) -> Function;
    #[wasm_bindgen(method)]
    fn hang(
        this: &UndoRecord,
        name: &Element,
        host: &Element,
        line: &Element,
        call: &str,
        posts: u32,
        share: f64,
        low: f64,
        high: f64,
    ) -> bool;

    #[wasm_bindgen(js_name = Object)]
    type Styled;
    #[wasm_bindgen(method, getter)]
    fn style(this: &Styled) -> Option<CssStyleDeclaration>;
}

/// Under this key a style entry holds `[attribute text or null, its serialisation]` as they were before the first write.
///
/// No property has an empty name, so a teardown that does not know the key sets nothing by it.
const WHOLE_ATTRIBUTE: &str = "";

/// The page as Kibitz may write to it; cloning is cheap and gives another hold on the same record.
#[derive(Clone, Debug)]
pub struct Host {
    record: UndoRecord,
    hosts: Set,
    styles: Map,
    observers: Set,
    cleanups: Set,
    signal: AbortSignal,
}

impl Host {
    /// Wraps the loader's record.
    pub fn new(record: UndoRecord) -> Self {
        let signal = Reflect::get(&record.abort(), &"signal".into()).unwrap_or_default().unchecked_into();
        Self {
            hosts: record.hosts(),
            styles: record.styles(),
            observers: record.observers(),
            cleanups: record.cleanups(),
            signal,
            record,
        }
    }

    /// Puts one of our elements under `parent`, before `before` or last; nothing happens where the page forbids it.
    pub fn insert(&self, parent: &Node, ours: &Element, before: Option<&Node>) {
        self.hosts.add(ours);
        if parent.insert_before(ours, before).is_err() {
            self.hosts.delete(ours);
        }
    }

    /// Takes one of our elements off the page.
    pub fn remove(&self, ours: &Element) {
        ours.remove();
        self.hosts.delete(ours);
    }

    /// Whether this is an element that Kibitz put on the page.
    pub fn owns(&self, node: &JsValue) -> bool {
        self.hosts.has(node)
    }

    /// Sets an inline declaration, `!important`; the first write to a property notes what stood there.
    pub fn style(&self, element: &Element, property: &'static str, value: &str) {
        let Some(style) = element.unchecked_ref::<Styled>().style() else { return };
        let entry = match self.styles.get(element).dyn_into::<Map>() {
            Ok(entry) => entry,
            Err(_) => {
                let entry = Map::new();
                let text = element.get_attribute("style").map_or(JsValue::NULL, JsValue::from);
                entry.set(&WHOLE_ATTRIBUTE.into(), &Array::of2(&text, &style.css_text().into()));
                self.styles.set(element, &entry);
                entry
            }
        };
        let property_key = JsValue::from(property);
        if !entry.has(&property_key) {
            let value = style.get_property_value(property).unwrap_or_default();
            let priority = style.get_property_priority(property);
            entry.set(&property_key, &Array::of2(&value.into(), &priority.into()));
        }
        let _ = style.set_property_with_priority(property, value, "important");
    }

    /// Gives a property back as it was, unless the page has written to it since; with the last one, the attribute's very text.
    ///
    /// `value` is what [`Host::style`] was given.
    pub fn unstyle(&self, element: &Element, property: &'static str, value: &str) {
        let Ok(entry) = self.styles.get(element).dyn_into::<Map>() else { return };
        let before = Array::from(&entry.get(&property.into()));
        entry.delete(&property.into());
        let Some(style) = element.unchecked_ref::<Styled>().style() else { return };
        let still_ours = style.get_property_value(property).is_ok_and(|now| now == value)
            && style.get_property_priority(property) == "important";
        if still_ours {
            let old = before.get(0).as_string().unwrap_or_default();
            let priority = before.get(1).as_string().unwrap_or_default();
            let _ = if old.is_empty() {
                style.remove_property(property).map(|_| ())
            } else {
                style.set_property_with_priority(property, &old, &priority)
            };
        }
        if entry.size() > 1 {
            return;
        }
        self.styles.delete(element);
        let whole = Array::from(&entry.get(&WHOLE_ATTRIBUTE.into()));
        if whole.get(1).as_string().unwrap_or_default() != style.css_text() {
            return;
        }
        let _ = match whole.get(0).as_string() {
            // Chromium writes the attribute out only when asked for it, and leaves an empty one behind when it was not.
            None => element.get_attribute("style").map_or(Ok(()), |_| element.remove_attribute("style")),
            Some(text) if element.get_attribute("style").as_deref() == Some(text.as_str()) => Ok(()),
            Some(text) => element.set_attribute("style", &text),
        };
    }

    /// Notes an observer, to be disconnected at the end.
    pub fn observe(&self, observer: &JsValue) {
        self.observers.add(observer);
    }

    /// Forgets an observer that has been disconnected.
    pub fn unobserve(&self, observer: &JsValue) {
        self.observers.delete(observer);
    }

    /// Notes a plain JavaScript function that undoes something else.
    pub fn cleanup(&self, undo: &Function) {
        self.cleanups.add(undo);
    }

    /// A plain JavaScript function that takes a sheet off a document or root.
    pub fn shed(&self, scope: &Node, sheet: &CssStyleSheet) -> Function {
        self.record.shed(scope, sheet)
    }

    /// Gives `line`, which hangs from `host` at the end of `name`, its words and its place; whether there is room.
    pub fn hang(&self, name: &Element, host: &Element, line: &Element, call: &str, said: &Majority) -> bool {
        let range = said.interval;
        self.record.hang(name, host, line, call, said.n, said.broadcast_share, range.low, range.high)
    }

    /// Runs a noted function and forgets it; what it throws is dropped, since it touches only what may be gone already.
    pub fn clean(&self, undo: &Function) {
        self.cleanups.delete(undo);
        let _ = undo.call0(&JsValue::NULL);
    }

    /// A callback as the browser may be given it: what it throws ends Kibitz on this page and leaves the page clean.
    pub fn guard(&self, callback: &Function) -> Function {
        self.record.guard(callback)
    }

    /// Makes a callback for events.
    pub fn callback(&self, run: impl Fn(Event) + 'static) -> Callback {
        let closure = Closure::<dyn Fn(Event)>::new(run);
        Callback { guarded: self.guard(closure.as_ref().unchecked_ref()), _closure: closure }
    }

    /// Listens until the answer is dropped or the record's signal is aborted.
    pub fn listen(&self, target: &EventTarget, kind: &'static str, callback: &Callback, capture: bool) -> Listening {
        let options = AddEventListenerOptions::new();
        options.set_capture(capture);
        options.set_signal(&self.signal);
        let function = callback.guarded.clone();
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(kind, &function, &options);
        Listening { target: target.clone(), kind, function, capture }
    }

    /// The options object that brings the record's signal along.
    pub fn signal(&self) -> &AbortSignal {
        &self.signal
    }
}

/// A guarded callback; it must live as long as anything that may call it.
#[must_use = "dropping it makes every later call of the callback throw"]
#[derive(Debug)]
pub struct Callback {
    guarded: Function,
    _closure: Closure<dyn Fn(Event)>,
}

impl Callback {
    /// The function to hand to the browser.
    pub fn function(&self) -> &Function {
        &self.guarded
    }
}

/// A listener that is taken off when dropped.
#[must_use = "dropping it takes the listener off"]
#[derive(Debug)]
pub struct Listening {
    target: EventTarget,
    kind: &'static str,
    function: Function,
    capture: bool,
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.kind, &self.function, self.capture);
    }
}
