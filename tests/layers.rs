//! The rooms of `src` stand in one order; each names those below it and no browser. No file is longer than one reads at a sitting.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use std::path::Path;

/// Lowest first; rooms of one row may name each other (a platform's named functions run over `read`'s
/// `Node`, `page` stores and sends `boundary`'s wire structs).
const ORDER: &[&[&str]] = &[
    &["sorted"],
    &["text"],
    &["intent"],
    &["post"],
    &["classify"],
    &["brand"],
    &["platforms", "read"],
    &["ledger"],
    &["session"],
    &["page", "panel", "boundary"],
];
/// What the native build cannot name; from here on upwards it may be named.
const BROWSER: &[&str] = &["web_sys", "js_sys", "wasm_bindgen", "gloo_events", "serde_wasm_bindgen"];
const FIRST_WITH_BROWSER: usize = 9;

fn level(room: &str) -> Option<usize> {
    ORDER.iter().position(|rooms| rooms.contains(&room))
}

/// What a source file of a room names that it must not. Comments, where links may point anywhere, are not read.
fn trespasses(room: &str, source: &str) -> Vec<String> {
    let own = level(room).unwrap_or_else(|| panic!("the room {room} has no place in the order"));
    let code = source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n");
    let named = code.split("crate::").skip(1).flat_map(|rest| {
        let group = rest.strip_prefix('{').and_then(|list| list.split('}').next());
        let items = group.map_or_else(|| vec![rest], |list| list.split(',').collect());
        items
            .into_iter()
            .map(|item| item.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>())
    });
    let upwards = named.filter(|name| name != room && level(name).is_some_and(|level| level > own));
    let browser =
        BROWSER.iter().filter(|name| own < FIRST_WITH_BROWSER && code.contains(**name)).map(|name| (*name).to_owned());
    upwards.chain(browser).collect()
}

fn walk(room: &str, path: &Path, found: &mut Vec<String>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            walk(room, &entry, found);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        let source = std::fs::read_to_string(path).expect("a source file");
        found.extend(trespasses(room, &source).into_iter().map(|name| format!("{} names {name}", path.display())));
    }
}

#[test]
fn no_room_names_one_above_it() {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("src") {
        let path = entry.expect("an entry").path();
        let room = path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_owned();
        if room != "lib" {
            walk(&room, &path, &mut found);
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_check_can_fail() {
    let check = |room: &str, source: &str, expected: &[&str]| {
        assert_eq!(trespasses(room, source), expected, "{room}: {source}")
    };
    check("classify", "use crate::session::Event;", &["session"]);
    check("classify", "use crate::{brand, intent::Intent, text};", &["brand"]);
    check("brand", "fn f() { crate::platforms::ALL; }", &["platforms"]);
    check("platforms", "use crate::read::Node;", &[]);
    check("read", "use web_sys::Element;", &["web_sys"]);
    check("page", "use web_sys::Element; use crate::session::Slot;", &[]);
    check("session", "//! as [`crate::page`] does\nuse crate::brand::Known; use crate::session::x;", &[]);
}

/// A longer file does more than one thing, lines.
const LINES_AT_MOST: usize = 400;
/// Where code stands that somebody wrote.
const WRITTEN: [&str; 4] = ["src", "xtask/src", "tests", "extension"];
/// What is code; made by others or by a tool: `vendor`.
const CODE: [&str; 4] = ["rs", "js", "mjs", "sh"];

fn too_long(name: &str, source: &str) -> Option<String> {
    let lines = source.lines().count();
    (lines > LINES_AT_MOST).then(|| format!("{name} has {lines} lines"))
}

fn measure(path: &Path, found: &mut Vec<String>) {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if path.is_dir() && !["vendor", "node_modules", "target"].contains(&name) {
        for entry in std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            measure(&entry, found);
        }
    } else if path.extension().and_then(|extension| extension.to_str()).is_some_and(|it| CODE.contains(&it)) {
        let source = std::fs::read_to_string(path).expect("a source file");
        found.extend(too_long(&path.display().to_string(), &source));
    }
}

#[test]
fn no_file_is_too_long() {
    let mut found = Vec::new();
    for folder in WRITTEN {
        measure(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(too_long("x", &"line\n".repeat(LINES_AT_MOST)), None);
    assert_eq!(too_long("x", &"line\n".repeat(LINES_AT_MOST + 1)), Some("x has 401 lines".to_owned()));
}
