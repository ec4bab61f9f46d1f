//! Owns the functions that the panel's module exports, and how values cross: plain objects, texts and bytes; never a decision.

use js_sys::{Array, Object, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

use super::{links, wire};
use crate::intent::Intent;
use crate::ledger::{self, Entry, Known, Month, MonthKey, parse};
use crate::post::Room;

/// The module's version, as in the manifest.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").into()
}

pub(super) fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

pub(super) fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A plain object takes any property.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}

pub(super) fn room(id: &str) -> Result<Room, JsValue> {
    Room::from_id(id).ok_or_else(|| JsValue::from(format!("no room `{id}`")))
}

pub(super) const UNREADABLE: &str = "a page of the ledger cannot be read";

pub(super) fn page(bytes: &[u8]) -> Result<Month, JsValue> {
    Month::from_bytes(bytes).ok_or_else(|| JsValue::from(UNREADABLE))
}

pub(super) fn entry(line: &str) -> Result<Entry, JsValue> {
    parse(line).ok_or_else(|| JsValue::from("a line of the ledger cannot be read"))
}

pub(super) fn entries(lines: &[String]) -> Result<Vec<Entry>, JsValue> {
    lines.iter().map(|line| entry(line)).collect()
}

// -- Writing --------------------------------------------------------------------------------------------------------------

/// Lines that came in together.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Batch(ledger::Batch);

#[wasm_bindgen]
impl Batch {
    /// From lines; those that cannot be read are counted in `refused`.
    #[wasm_bindgen(constructor)]
    pub fn new(lines: Vec<String>) -> Self {
        Self(ledger::Batch::read(lines.iter().map(String::as_str)))
    }

    /// Lines that could not be read.
    #[wasm_bindgen(getter)]
    pub fn refused(&self) -> u32 {
        self.0.refused
    }

    /// Keys of what is spoken of: `[room, id]` each.
    pub fn keys(&self) -> Array {
        self.0.keys().map(|(room, id)| Array::of2(&room.id().into(), &id.into())).collect()
    }

    /// Given what is stored under each key, in the order of `keys`: its line, null for a pruned one, undefined for nothing.
    ///
    /// # Errors
    /// When a stored line cannot be read.
    pub fn settle(self, known: Array) -> Result<Changes, JsValue> {
        let known = known.iter().map(|stored| match stored.as_string() {
            Some(line) => Ok(Known::Entry(entry(&line)?)),
            None if stored.is_null() => Ok(Known::Pruned),
            None => Ok(Known::Nothing),
        });
        Ok(Changes(self.0.settle(known.collect::<Result<Vec<_>, JsValue>>()?)))
    }
}

/// What is to be written.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Changes(ledger::Changes);

#[wasm_bindgen]
impl Changes {
    /// What taking these lines out of the ledger changes.
    ///
    /// # Errors
    /// When a line cannot be read.
    pub fn removing(lines: Vec<String>) -> Result<Self, JsValue> {
        let mut changes = ledger::Changes::default();
        entries(&lines)?.iter().for_each(|entry| changes.remove(entry));
        Ok(Self(changes))
    }

    /// What these lines add up to.
    ///
    /// # Errors
    /// When a line cannot be read.
    pub fn adding(lines: Vec<String>) -> Result<Self, JsValue> {
        let mut changes = ledger::Changes::default();
        entries(&lines)?.iter().for_each(|entry| changes.add(entry));
        Ok(Self(changes))
    }

    /// Rows as they are stored.
    pub fn rows(&self) -> Array {
        let stored = |entry: &Entry| {
            let (room, id) = entry.key();
            object(&[
                ("room", room.id().into()),
                ("id", id.into()),
                ("brand", entry.brand().into()),
                ("seen", (entry.last_seen() as f64).into()),
                ("line", entry.to_line().into()),
            ])
        };
        self.0.entries.iter().map(stored).collect()
    }

    /// Keys of the pages that change: `[room, brand, month]` each.
    pub fn pages(&self) -> Array {
        let key = |key: &&MonthKey| Array::of3(&key.room.id().into(), &(&key.brand).into(), &key.month.into());
        self.0.pages().iter().map(key).collect()
    }

    /// A page as it is from now on, given what it was; undefined when nothing is left on it.
    ///
    /// # Errors
    /// When the stored page cannot be read, or there is no such room.
    pub fn apply(
        &self,
        room_id: &str,
        brand: String,
        month: i32,
        before: Option<Vec<u8>>,
    ) -> Result<Option<Vec<u8>>, JsValue> {
        let before = before.map(|bytes| page(&bytes)).transpose()?.unwrap_or_default();
        let after = self.0.apply(&MonthKey { room: room(room_id)?, brand, month }, before);
        Ok((!after.cells.is_empty()).then(|| after.to_bytes()))
    }
}

/// The heavier one of two pages of one source: the later. Pages of pruned entries only ever grow.
///
/// # Errors
/// When one cannot be read.
#[wasm_bindgen]
pub fn later(one: &[u8], other: &[u8]) -> Result<Vec<u8>, JsValue> {
    Ok(if page(one)?.weight() < page(other)?.weight() { other.to_vec() } else { one.to_vec() })
}

/// A page without the days from one to another; undefined when nothing is left.
///
/// # Errors
/// When it cannot be read.
#[wasm_bindgen]
pub fn without(bytes: &[u8], from: i32, to: i32) -> Result<Option<Vec<u8>>, JsValue> {
    let mut left = page(bytes)?;
    left.cells.retain(|(day, _), _| !(from..=to).contains(day));
    Ok((!left.cells.is_empty()).then(|| left.to_bytes()))
}

/// The heads of an account's pages as they are from now on, given what they were and the pages that change: the ledger that carried
/// each (empty for this one's own), its month, and its bytes, undefined for one that is gone. Undefined when none is left.
///
/// # Errors
/// When a page or the heads cannot be read.
#[wasm_bindgen(js_name = headsWith)]
pub fn heads_with(
    before: Option<Vec<u8>>,
    sources: Vec<String>,
    months: Vec<i32>,
    pages: Array,
) -> Result<Option<Vec<u8>>, JsValue> {
    let mut heads = before.map(|bytes| read_heads(&bytes)).transpose()?.unwrap_or_default();
    for ((source, month), bytes) in sources.into_iter().zip(months).zip(pages.iter()) {
        let bytes = bytes.dyn_ref::<Uint8Array>().map(|bytes| page(&bytes.to_vec())).transpose()?;
        heads.turn((source, month), bytes.as_ref());
    }
    Ok((!heads.0.is_empty()).then(|| heads.to_bytes()))
}

pub(super) fn read_heads(bytes: &[u8]) -> Result<ledger::Heads, JsValue> {
    ledger::Heads::from_bytes(bytes).ok_or_else(|| JsValue::from("heads of the ledger's pages cannot be read"))
}

/// Whether a line speaks of a day in this range, by the day on which it counts.
///
/// # Errors
/// When it cannot be read.
#[wasm_bindgen(js_name = isWithin)]
pub fn is_within(line: &str, from: i32, to: i32) -> Result<bool, JsValue> {
    let days = ledger::contributions(&entry(line)?);
    Ok(days.first().is_some_and(|(key, _)| (from..=to).contains(&key.day)))
}

// -- Reading --------------------------------------------------------------------------------------------------------------

/// Posts with a stance and conversation among them, on these pages: `[posts, conversation]`.
///
/// # Errors
/// When one cannot be read.
#[wasm_bindgen]
pub fn tally(pages: Vec<Uint8Array>) -> Result<Vec<u32>, JsValue> {
    let mut sum = ledger::Tally::default();
    for bytes in pages {
        sum = sum.plus(page(&bytes.to_vec())?.tally());
    }
    Ok(vec![sum.posts(), sum.conversation])
}

/// How many of these lines carry which badge: conversation, broadcast, advert, unsure.
///
/// # Errors
/// When one cannot be read.
#[wasm_bindgen]
pub fn kinds(lines: Vec<String>) -> Result<Vec<u32>, JsValue> {
    let mut kinds = vec![0; 4];
    for entry in entries(&lines)? {
        let kind = match entry {
            Entry::Row(row) => row.counts().kind(),
            Entry::Question(_) => None,
        };
        if let Some(count) = kind.and_then(|kind| kinds.get_mut(kind)) {
            *count += 1;
        }
    }
    Ok(kinds)
}

/// The intents in the order of every list of them: `[id, stance]` each, the stance empty where there is none.
#[wasm_bindgen]
pub fn intents() -> Array {
    let pair = |info: &crate::intent::Info| {
        Array::of2(&info.id.into(), &info.stance.map_or("", crate::intent::Stance::id).into())
    };
    crate::intent::ALL.iter().map(pair).collect()
}

/// Where a post can be read again; undefined where its id does not say.
#[wasm_bindgen(js_name = postLink)]
pub fn post_link(room_id: &str, brand: &str, id: &str) -> Option<String> {
    links::post(Room::from_id(room_id)?, brand, id)
}

/// Lines as plain objects, for the page that shows what is stored.
///
/// # Errors
/// When one cannot be read.
#[wasm_bindgen]
pub fn rows(lines: Vec<String>) -> Result<JsValue, JsValue> {
    plain(&entries(&lines)?.iter().map(wire::Line::from).collect::<Vec<_>>())
}

/// The line of a post with the user's correction made now, Unix milliseconds; without an intent an earlier one is taken back.
///
/// # Errors
/// When the line cannot be read or there is no such intent.
#[wasm_bindgen]
pub fn corrected(line: &str, now: f64, intent: Option<String>) -> Result<String, JsValue> {
    let known = |id: String| Intent::from_id(&id).ok_or_else(|| JsValue::from(format!("no intent `{id}`")));
    let intent = intent.map(known).transpose()?;
    let mut entry = entry(line)?;
    if let Entry::Row(row) = &mut entry {
        row.corrected = Some((now as i64, intent));
    }
    Ok(entry.to_line())
}
