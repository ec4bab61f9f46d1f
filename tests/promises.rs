//! Owns the promises that can be read off the source: what may be asked for, called and said; never runs the extension.
//!
//! Every check is a function from text to faults, and every test first shows it a planted fault: a check that cannot fail promises nothing.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A file of the repository, as text.
struct Source {
    path: String,
    text: String,
}

/// Text files under a folder, sorted; none when there is no such folder.
fn sources(folder: &str, extensions: &[&str]) -> Vec<Source> {
    let mut left = vec![Path::new(ROOT).join(folder)];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(next) = left.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                left.push(path);
            } else if extensions.iter().any(|&wanted| path.extension().is_some_and(|found| found == wanted)) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let name = |path: &Path| path.strip_prefix(ROOT).unwrap().display().to_string();
    paths.iter().map(|path| Source { path: name(path), text: fs::read_to_string(path).unwrap() }).collect()
}

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn planted(path: &str, text: &str) -> Vec<Source> {
    vec![Source { path: path.into(), text: text.into() }]
}

#[track_caller]
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[track_caller]
fn some(faults: &[String]) {
    assert!(!faults.is_empty(), "the planted fault was not found");
}

/// Lines that hold one of these words; comment lines may say anything.
fn said(sources: &[Source], words: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        for (index, line) in source.text.lines().enumerate() {
            if line.trim_start().starts_with("//") {
                continue;
            }
            let found = words.iter().filter(|&&word| line.contains(word));
            faults.extend(found.map(|word| format!("{}:{}: `{word}`", source.path, index + 1)));
        }
    }
    faults
}

/// Two lists that should be one; `what` names the committed side.
fn differences(what: &str, committed: &str, found: &BTreeSet<String>) -> Vec<String> {
    let committed: BTreeSet<String> = committed
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(String::from)
        .collect();
    let added = found.difference(&committed).map(|item| format!("{what} does not list {item}"));
    let gone = committed.difference(found).map(|item| format!("{what} lists {item}, which is gone"));
    added.chain(gone).collect()
}

// -- Nothing can leave the machine -------------------------------------------------------------------------------------

/// Words that reach the network or let text become code, in hand-written JavaScript, HTML and CSS.
const NEVER_IN_EXTENSION: [&str; 22] = [
    "fetch(",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "sendBeacon",
    "RTCPeerConnection",
    "importScripts",
    "import(",
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "createContextualFragment",
    "parseFromString",
    "setHTMLUnsafe",
    "eval(",
    "new Function",
    "=\"http",
    "='http",
    "url(http",
    "url(\"http",
    "@import",
];

#[test]
fn the_extension_reaches_no_network_and_parses_no_html() {
    for word in NEVER_IN_EXTENSION {
        some(&said(&planted("extension/x.js", &format!("  const a = {word}x);")), &NEVER_IN_EXTENSION));
    }
    none(&said(&planted("extension/x.js", "// never fetch("), &NEVER_IN_EXTENSION));
    none(&said(&sources("extension", &["js", "mjs", "html", "css"]), &NEVER_IN_EXTENSION));
}

/// Features of web-sys that could send something, whatever the committed list says.
const NEVER_A_FEATURE: [&str; 20] = [
    "Request",
    "RequestInit",
    "Response",
    "Headers",
    "XmlHttpRequest",
    "WebSocket",
    "EventSource",
    "Navigator",
    "Beacon",
    "RtcPeerConnection",
    "Worker",
    "SharedWorker",
    "ServiceWorker",
    "HtmlImageElement",
    "HtmlScriptElement",
    "HtmlIFrameElement",
    "HtmlFormElement",
    "HtmlLinkElement",
    "Storage",
    "HtmlDocument",
];

/// The features that Cargo.toml asks of web-sys.
fn web_sys_features(manifest: &str) -> BTreeSet<String> {
    let (_, section) = manifest.split_once("dependencies.web-sys]").expect("Cargo.toml has a section for web-sys");
    let section = section.split("\n[").next().unwrap_or_default();
    let (_, list) = section.split_once("features = [").expect("web-sys has features");
    let list: String =
        list.split(']').next().unwrap_or_default().lines().map(|line| line.split('#').next().unwrap_or("")).collect();
    list.split('"').skip(1).step_by(2).map(String::from).collect()
}

fn feature_faults(manifest: &str, committed: &str) -> Vec<String> {
    let found = web_sys_features(manifest);
    let never =
        NEVER_A_FEATURE.iter().filter(|&&name| found.contains(name)).map(|name| format!("web-sys feature {name}"));
    never.chain(differences("tests/promises/web-sys-features.txt", committed, &found)).collect()
}

#[test]
fn the_module_can_name_only_these_browser_types() {
    let manifest =
        |features: &str| format!("[dependencies.web-sys]\nversion = \"1\"\nfeatures = [ # why\n {features}\n]\n[x]\n");
    none(&feature_faults(&manifest("\"Node\", \"Text\""), "Node\nText\n"));
    some(&feature_faults(&manifest("\"Node\", \"Text\""), "Node\n"));
    some(&feature_faults(&manifest("\"Node\""), "Node\nText\n"));
    some(&feature_faults(&manifest("\"WebSocket\""), "WebSocket\n"));
    none(&feature_faults(&read("Cargo.toml"), &read("tests/promises/web-sys-features.txt")));
}

// -- What is asked of the user -----------------------------------------------------------------------------------------

/// Keys of the manifest that a site could probe or talk to, or that ask for more than is promised.
const NEVER_A_KEY: [&str; 7] = [
    "web_accessible_resources",
    "externally_connectable",
    "content_scripts",
    "host_permissions",
    "key",
    "update_url",
    "oauth2",
];

/// Permissions that are never asked for, at install or later.
const NEVER_A_PERMISSION: [&str; 9] =
    ["tabs", "<all_urls>", "*://*/*", "http://*/*", "webRequest", "history", "cookies", "identity", "nativeMessaging"];

fn manifest_faults(manifest: &Value, committed: &str) -> Vec<String> {
    let mut faults: Vec<String> = NEVER_A_KEY
        .iter()
        .filter(|&&key| manifest.get(key).is_some())
        .map(|key| format!("manifest.base.json has {key}"))
        .collect();
    let mut found = BTreeSet::new();
    for list in ["permissions", "optional_permissions", "optional_host_permissions"] {
        for item in manifest.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            found.insert(format!("{list} {item}"));
            if NEVER_A_PERMISSION.contains(&item) || (list == "permissions" && item.contains("://")) {
                faults.push(format!("{list} asks for {item}"));
            }
        }
    }
    for policy in
        manifest.get("content_security_policy").and_then(Value::as_object).into_iter().flat_map(|map| map.values())
    {
        let policy = policy.as_str().unwrap_or_default();
        let loose = ["http", "*", "'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"];
        faults.extend(
            loose.iter().filter(|&&word| policy.contains(word)).map(|word| format!("the pages' policy allows {word}")),
        );
        if !policy.contains("default-src 'self'") {
            faults.push("the pages' policy does not begin from 'self'".into());
        }
    }
    faults.extend(differences("tests/promises/permissions.txt", committed, &found));
    faults
}

#[test]
fn the_manifest_asks_for_no_more_than_is_committed() {
    let check = |text: &str, committed: &str| manifest_faults(&serde_json::from_str(text).unwrap(), committed);
    none(&check(r#"{"permissions":["storage"]}"#, "permissions storage"));
    some(&check(r#"{"permissions":["storage","tabs"]}"#, "permissions storage\npermissions tabs"));
    some(&check(r#"{"permissions":["storage","alarms"]}"#, "permissions storage"));
    some(&check(r#"{"permissions":["https://*/*"]}"#, "permissions https://*/*"));
    some(&check(r#"{"web_accessible_resources":[]}"#, ""));
    some(&check(r#"{"content_security_policy":{"extension_pages":"default-src 'self' https://a.example"}}"#, ""));
    some(&check(r#"{"content_security_policy":{"extension_pages":"script-src 'self'"}}"#, ""));
    let base = serde_json::from_str(&read("extension/manifest.base.json")).unwrap();
    none(&manifest_faults(&base, &read("tests/promises/permissions.txt")));
}

// -- Who may write to the page -----------------------------------------------------------------------------------------

/// Nobody turns text into markup, and nobody lets go of what must be undone.
const NEVER_IN_SOURCE: [&str; 10] = [
    "set_inner_html",
    "set_outer_html",
    "insert_adjacent_html",
    "create_contextual_fragment",
    "set_html_unsafe",
    "Closure::forget",
    ".forget()",
    "once_into_js",
    "mem::forget",
    "js_sys::eval",
];

#[test]
fn the_source_parses_no_html_and_forgets_nothing() {
    for word in NEVER_IN_SOURCE {
        some(&said(&planted("src/x.rs", &format!("    element{word}(text);")), &NEVER_IN_SOURCE));
    }
    none(&said(&sources("src", &["rs"]), &NEVER_IN_SOURCE));
}

/// Methods of the DOM that change a page, its focus or its scroll position, as web-sys names them.
const MUTATING: [&str; 58] = [
    ".append_child(",
    ".insert_before(",
    ".remove_child(",
    ".replace_child(",
    ".replace_with",
    ".replace_children",
    ".append_with_",
    ".prepend_with_",
    ".before_with_",
    ".after_with_",
    ".insert_adjacent_",
    ".remove()",
    ".normalize()",
    ".split_text(",
    ".set_data(",
    ".append_data(",
    ".delete_data(",
    ".insert_data(",
    ".replace_data(",
    ".set_node_value(",
    ".set_text_content(",
    ".set_inner_text(",
    ".set_attribute(",
    ".set_attribute_ns(",
    ".remove_attribute(",
    ".remove_attribute_ns(",
    ".toggle_attribute",
    ".set_attribute_node(",
    ".set_class_name(",
    ".set_id(",
    ".set_slot(",
    ".class_list().",
    ".set_property(",
    ".set_property_with_",
    ".remove_property(",
    ".set_css_text(",
    ".attach_shadow(",
    ".set_hidden(",
    ".set_title(",
    ".set_dir(",
    ".set_lang(",
    ".set_value(",
    ".set_checked(",
    ".set_scroll_top(",
    ".set_scroll_left(",
    ".scroll_by",
    ".scroll_to",
    ".scroll_into_view",
    ".focus()",
    ".focus_with_options(",
    ".blur()",
    ".click()",
    ".dispatch_event(",
    ".set_adopted_style_sheets(",
    ".insert_rule",
    ".delete_rule(",
    ".replace_sync(",
    ".execute_command",
];

/// Where a page may be written to. `src/panel` writes too, but only to the extension's own pages.
fn may_write(path: &str) -> bool {
    ["src/page/overlay", "src/page/host", "src/panel"].iter().any(|room| path.starts_with(room))
}

fn writers(sources: Vec<Source>) -> Vec<String> {
    // Outside the browser rooms nothing can name a browser type, and `.remove()` is an ordinary word.
    let rooms = |path: &str| path.starts_with("src/page") || path.starts_with("src/boundary");
    let outside: Vec<Source> =
        sources.into_iter().filter(|source| rooms(&source.path) && !may_write(&source.path)).collect();
    said(&outside, &MUTATING)
}

#[test]
fn only_the_overlay_writes_to_the_page() {
    for call in MUTATING {
        some(&writers(planted("src/page/watch.rs", &format!("    node{call}other);"))));
        none(&writers(planted("src/page/overlay/badge.rs", &format!("    node{call}other);"))));
    }
    some(&writers(planted("src/boundary.rs", "    node.append_child(&other);")));
    none(&writers(sources("src", &["rs"])));
}
