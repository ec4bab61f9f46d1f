//! Owns the exports of the panel's module that write and read export files; never touches what is stored.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::exports::{entries, object, plain, room};
use super::file;
use crate::ledger::MonthKey;

/// The first line of an export file.
#[wasm_bindgen(js_name = fileHeader)]
pub fn file_header(source: &str, written: f64) -> String {
    file::header(source, written as i64)
}

/// Lines of an export file for lines of the ledger.
///
/// # Errors
/// When one cannot be read.
#[wasm_bindgen(js_name = fileEntries)]
pub fn file_entries(lines: Vec<String>) -> Result<String, JsValue> {
    Ok(entries(&lines)?.iter().map(file::entry).collect())
}

/// The line of an export file for a page of pruned entries.
///
/// # Errors
/// When there is no such room.
#[wasm_bindgen(js_name = fileCarried)]
pub fn file_carried(source: &str, room_id: &str, brand: String, month: i32, bytes: &[u8]) -> Result<String, JsValue> {
    Ok(file::carried(source, &MonthKey { room: room(room_id)?, brand, month }, bytes))
}

/// The line of an export file for the key of a pruned entry.
#[wasm_bindgen(js_name = filePruned)]
pub fn file_pruned(room: String, id: String, brand: String, seen: f64) -> String {
    file::pruned(file::Pruned { room, id, brand, seen: seen as i64 })
}

/// The comma-separated lines for lines of the ledger, the first line before them when asked for.
///
/// # Errors
/// When one cannot be read.
#[wasm_bindgen(js_name = fileCsv)]
pub fn file_csv(lines: Vec<String>, has_header: bool) -> Result<String, JsValue> {
    let header = if has_header { file::csv_header() } else { String::new() };
    Ok(entries(&lines)?.iter().filter_map(file::csv).fold(header, |text, line| text + &line))
}

/// Reads a part of an export file, whole lines: `{lines, carried, pruned, refused}`, where `refused` lists `[number of the line
/// in this part from 1, why]`. The first part's first line must be a header.
///
/// # Errors
/// When it is not, or is of a later version.
#[wasm_bindgen(js_name = readFile)]
pub fn read_file(text: &str, is_first: bool) -> Result<JsValue, JsValue> {
    let (lines, carried, pruned, refused) = (Array::new(), Array::new(), Array::new(), Array::new());
    let mut is_header_due = is_first;
    for (at, line) in (1u32..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let part = file::read(line);
        if std::mem::take(&mut is_header_due) && !matches!(part, Ok(file::Part::Header(_))) {
            let why = part.err().unwrap_or_else(|| "it does not begin with a header".into());
            return Err(why.into());
        }
        match part {
            Ok(file::Part::Header(_)) => {}
            Ok(file::Part::Entry(entry)) => drop(lines.push(&entry.to_line().into())),
            Ok(file::Part::Carried(source, key, month)) => {
                carried.push(&object(&[
                    ("source", source.into()),
                    ("room", key.room.id().into()),
                    ("brand", key.brand.into()),
                    ("month", key.month.into()),
                    ("data", Uint8Array::from(&month.to_bytes()[..]).into()),
                ]));
            }
            Ok(file::Part::Pruned(key)) => drop(pruned.push(&plain(&key)?)),
            Err(why) => drop(refused.push(&Array::of2(&at.into(), &why.into()))),
        }
    }
    if is_header_due {
        return Err("the file is empty".into());
    }
    Ok(object(&[
        ("lines", lines.into()),
        ("carried", carried.into()),
        ("pruned", pruned.into()),
        ("refused", refused.into()),
    ]))
}
