//! Owns the tests that need a real DOM: readings and verdicts equal to native ones bit for bit, a start and an end on a page; run by `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use gloo_utils::document;
use js_sys::{Array, Function, Object, Reflect};
use kibitz::boundary;
use kibitz::page::dom::Dom;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Document;

#[path = "support/goldens.rs"]
mod goldens;

wasm_bindgen_test_configure!(run_in_browser);

const VERDICTS: &str = include_str!("goldens/verdicts.txt");
const READINGS: &str = include_str!("goldens/readings.txt");

#[track_caller]
fn check(kept: &str, now: &str) {
    for (at, (kept, now)) in kept.lines().zip(now.lines()).enumerate() {
        assert_eq!(kept, now, "line {}", at + 1);
    }
    assert_eq!(kept.lines().count(), now.lines().count());
}

fn js(arguments: &str, body: &str) -> Function {
    Function::new_with_args(arguments, body)
}

/// The page in a frame: without one it has no computed style, by which letters are put in order.
fn parse(html: &str) -> Document {
    let parser = js(
        "html",
        "const frame = document.createElement('iframe');
         document.body.append(frame);
         const page = frame.contentDocument;
         page.open();
         page.write(html);
         page.close();
         return page;",
    );
    parser.call1(&JsValue::NULL, &html.into()).unwrap().unchecked_into()
}

#[wasm_bindgen_test]
fn verdicts_equal_the_native_ones_bit_for_bit() {
    check(VERDICTS, &goldens::verdicts());
}

#[wasm_bindgen_test]
fn readings_equal_the_native_ones() {
    let mut lines = String::new();
    for (name, url, html) in goldens::PAGES {
        let root = Dom(parse(html).document_element().unwrap());
        lines.push_str(&format!("# {name}\n{}", goldens::reading(url, &root)));
    }
    check(READINGS, &lines);
}

/// A loader's options around a record like the loader's own; what the module says is kept in `said`.
fn options(url: &str, settings: &JsValue) -> Object {
    let make = js(
        "url, settings, batch",
        "const record = { hosts: new Set(), styles: new Map(), observers: new Set(), abort: new AbortController(), cleanups: new Set(), guard: (run) => run, shed: () => () => undefined };
         const said = [];
         const tell = (kind) => (value) => said.push([kind, value]);
         const gather = new Function(`${batch}; return KibitzBatch;`)()(record.hosts);
         const options = { record, said, gather, settings, url, words: (key) => key, address: () => options.url === options.known ? undefined : (options.known = options.url), later: () => setTimeout(() => options.tick?.()),
           changed: tell('changed'), keeps: true, isPainted: false, save: tell('save'), refused: tell('refused') };
         return options;",
    );
    let batch = include_str!("../extension/content/batch.js");
    make.call3(&JsValue::NULL, &url.into(), settings, &batch.into()).unwrap().unchecked_into()
}

fn get(object: &JsValue, path: &[&str]) -> JsValue {
    path.iter().fold(object.clone(), |object, key| Reflect::get(&object, &(*key).into()).unwrap())
}

/// How many elements of Kibitz's stand on the page, by the record.
fn hosts(options: &Object) -> f64 {
    get(options, &["record", "hosts", "size"]).as_f64().unwrap()
}

/// How many posts have a badge, by the report.
fn badged(report: &JsValue) -> f64 {
    let counts: Array = get(report, &["judged"]).unchecked_into();
    counts.iter().filter_map(|count| count.as_f64()).sum()
}

fn start(options: &Object) -> boundary::Handle {
    boundary::start(options.clone().unchecked_into()).unwrap()
}

/// Microtasks and a frame go by.
async fn settle() {
    let wait = js("", "return new Promise((done) => requestAnimationFrame(() => setTimeout(done)))");
    let promise: js_sys::Promise = wait.call0(&JsValue::NULL).unwrap().unchecked_into();
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
}

fn show(html: &str) {
    let body = parse(html).body().unwrap();
    let ours = document().body().unwrap();
    let stage = document().create_element("main").unwrap();
    stage.set_id("stage");
    while let Some(child) = body.first_child() {
        stage.append_child(&child).unwrap();
    }
    ours.append_child(&stage).unwrap();
}

fn stage() -> web_sys::Element {
    document().get_element_by_id("stage").unwrap()
}

fn request(kind: &str) -> JsValue {
    js("kind", "return { kind }").call1(&JsValue::NULL, &kind.into()).unwrap()
}

fn everyone(mode: &str) -> JsValue {
    js("mode", "return { whose: 'everyone', adverts: mode }").call1(&JsValue::NULL, &mode.into()).unwrap()
}

const HOME: &str = "https://x.com/home";

fn page(name: &str) -> &'static str {
    goldens::PAGES.iter().find(|page| page.0 == name).unwrap().2
}

#[wasm_bindgen_test]
async fn a_page_is_badged_and_left_as_it_was() {
    show(page("x_home_de"));
    let before = stage().outer_html();
    let options = options(HOME, &everyone("fold"));
    let handle = start(&options);
    // A slow build reads in several slices; the loader ticks between them.
    for _ in 0..20 {
        settle().await;
        handle.tick();
    }
    let report = handle.message(request("report"));
    let read = get(&report, &["read"]).as_f64().unwrap();
    assert!(read >= 2.0, "{read} read");
    assert!(get(&report, &["hiddenNow"]).as_f64().unwrap() >= 1.0, "nothing folded");
    let badged = badged(&report);
    assert!(badged >= 1.0, "{badged} badged");
    assert!(hosts(&options) > badged, "the badges, and a line for each fold");
    assert_ne!(stage().outer_html(), before);

    handle.stop();
    for part in ["hosts", "styles", "observers", "cleanups"] {
        assert_eq!(get(&options, &["record", part, "size"]).as_f64(), Some(0.0), "{part}");
    }
    assert_eq!(stage().outer_html(), before);
    stage().remove();
}

#[wasm_bindgen_test]
async fn posts_that_come_later_are_badged_in_the_same_task() {
    let options = options(HOME, &everyone("off"));
    let handle = start(&options);
    show(page("x_home_de"));
    // Microtasks only, no frame.
    let turn: js_sys::Promise = js("", "return Promise.resolve()").call0(&JsValue::NULL).unwrap().unchecked_into();
    wasm_bindgen_futures::JsFuture::from(turn).await.unwrap();
    let at_once = hosts(&options);
    let badged = badged(&handle.message(request("report")));
    assert!(badged >= 1.0, "{badged} badged");
    assert_eq!(at_once, badged);

    // The page takes its posts away, and nothing is left of their badges.
    stage().remove();
    settle().await;
    assert_eq!(hosts(&options), 0.0);

    // Another address: the session starts afresh.
    Reflect::set(&options, &"url".into(), &"https://x.com/orla".into()).unwrap();
    show(page("x_home_de"));
    settle().await;
    assert_eq!(get(&handle.message(request("report")), &["surface"]).as_string().as_deref(), Some("profile"));
    handle.stop();
    stage().remove();
}

/// Letters whose classes say nothing of their order are put in order by computed style.
#[wasm_bindgen_test]
fn letters_out_of_order_are_read_by_their_style() {
    let letters = [('o', "b"), ('x', "z"), ('d', "d"), ('S', "a"), ('9', "z"), ('A', "c")];
    let spans: String =
        letters.iter().map(|(letter, class)| format!("<span class='{class}'>{letter}</span>")).collect();
    let words = "<div id='w' data-ad-preview='message'>Neue Griffe.</div>";
    show(&format!(
        "<p></p><style>.a {{ order: 1 }} .b {{ order: 2 }} .c {{ order: 3 }} .d {{ order: 4 }} .z {{ position: absolute; top: 3em }}</style>
         <div aria-posinset='1' aria-labelledby='h' aria-describedby='l w x y z'><h4 id='h'><a href='/velomira'>Velomira</a></h4>
         <span><div id='l'><a href='?a=b'><span style='display: flex'>{spans}</span></a></div></span>{words}</div>"
    ));
    let story = Dom(stage().query_selector("[aria-posinset]").unwrap().unwrap());
    let row = kibitz::read::scramble::row(&story);
    assert_eq!(kibitz::read::scramble::by_class(&row), None);
    assert_eq!(kibitz::read::scramble::by_style(&row).as_deref(), Some("SoAd"));
    stage().remove();
}

#[wasm_bindgen_test]
fn settings_of_another_version_are_refused_and_change_nothing() {
    let given = js(
        "",
        "return { whose: 'everyone', rules: [{ room: 'x', handle: 'orla', hide: [{ kind: 'advert', mode: 'dim', till: 3 }] }] }",
    );
    let options = options(HOME, &given.call0(&JsValue::NULL).unwrap());
    let handle = start(&options);
    let said: Array = get(&options, &["said"]).unchecked_into();
    let refused: Array = said.get(0).unchecked_into();
    assert_eq!(refused.get(0).as_string().as_deref(), Some("refused"));
    assert_eq!(refused.get(1).as_string().as_deref(), Some("no field `rules.0.hide.0.till`"));
    handle.apply_settings(everyone("dim"));
    let refusals = said.iter().filter(|one| Array::from(one).get(0).as_string().as_deref() == Some("refused")).count();
    assert_eq!(refusals, 1, "settings that can be read are not refused");
    handle.stop();
}

#[wasm_bindgen_test]
fn settings_come_back_as_they_went() {
    let given = js(
        "",
        "return { whose: 'listed', adverts: 'fold', kinds: [{ kind: 'bait', mode: 'hide' }],
           rules: [{ room: 'linkedin', handle: '/company/orla', hide: [{ kind: 'event', mode: 'dim' }] }],
           neverHide: [{ room: 'x', handle: 'a' }], watched: [{ room: 'x', handle: 'b' }], brands: [{ room: 'x', handle: 'c', isBrand: false }],
           corrections: [{ room: 'x', id: '1', intent: 'share', lesson: '00ff00abcdef' }], foldBroadcasters: true,
           sameBrands: ['x:a!linkedin:company/a'], keepExcerpts: true, onlyVerySure: true }",
    );
    let given = given.call0(&JsValue::NULL).unwrap();
    let read = boundary::settings_from_js(given.clone()).unwrap();
    let json = |value: &JsValue| js_sys::JSON::stringify(value).unwrap().as_string().unwrap();
    assert_eq!(json(&boundary::settings_to_js(&read)), json(&given));
}

#[wasm_bindgen_test]
fn settings_of_older_versions_are_read() {
    let read = |body: &str| boundary::settings_from_js(js("", body).call0(&JsValue::NULL).unwrap());
    let old = read("return { adverts: 'fold', corrections: [{ room: 'x', id: '1', intent: 'share' }] }").unwrap();
    assert_eq!((old.corrections.len(), old.corrections[0].lesson.as_str()), (1, ""));
    assert!(old.same_brands.is_empty());
    let wrong = read("return { corrections: [{ room: 'x', id: '1', intent: 'share', lesson: 'xyz' }] }");
    assert_eq!(wrong.unwrap_err(), "`corrections.0.lesson` is no lesson");
}
