//! Owns the patch that turns wasm2js's module into `content/twin.js`, a classic script; never guesses when wasm2js changes its shape.

use std::fmt::Write as _;

use anyhow::{Context as _, bail};

use super::glue::split_once_only;
use super::signature::{IMPORTS, WideImport};

/// The module's first line.
const IMPORT: &str = "import * as $_kibitz_bg_js from './kibitz_bg.js';\n";

/// How wasm2js makes the memory; a number of bytes, a bracket and a semicolon follow, then [`VIEWS`].
const MEMORY: &str = "\n var buffer = new ArrayBuffer(";

/// The views of the memory, a line for each: its name and its kind.
const VIEWS: [(&str, &str); 8] = [
    ("HEAP8", "Int8Array"),
    ("HEAP16", "Int16Array"),
    ("HEAP32", "Int32Array"),
    ("HEAPU8", "Uint8Array"),
    ("HEAPU16", "Uint16Array"),
    ("HEAPU32", "Uint32Array"),
    ("HEAPF32", "Float32Array"),
    ("HEAPF64", "Float64Array"),
];

/// How the function begins in which all of the module stands.
const MODULE: &str = "function asmFunc(imports) {";

/// Where wasm2js instantiates; only exports follow.
const INSTANTIATE: &str = "\nvar retasmFunc = asmFunc({\n  \"./kibitz_bg.js\": $_kibitz_bg_js,\n});\n";

/// What tells how many pages there are.
const SIZE: &str = " function __wasm_memory_size() {\n  return buffer.byteLength >> 16;\n }";

/// How many pages the twin may have: 16 MB, of which a browser gives only those that are written to. The module has 3 MB after
/// 13,000 posts. Where it asks for more, Kibitz ends on that page.
const PAGES_AT_MOST: usize = 256;

/// How wasm2js grows memory: into another buffer, with other views.
const GROW: &str = "   var newBuffer = new ArrayBuffer(newPages << 16);
   var newHEAP8 = new Int8Array(newBuffer);
   newHEAP8.set(HEAP8);
";

/// Where what it does then ends.
const GROWN: &str = "   buffer = newBuffer;\n   bufferView = HEAPU8;\n  }\n  return oldPages;\n";

/// How it must grow: not at all. The buffer is as long as it may ever be from the beginning, so that it and its views can be
/// parameters that nobody assigns to: known for good by the compiler, by which a verdict takes a sixth less (Chromium 156).
const NEW_GROW: &str = "   if (newPages > pagesAtMost) return -1;\n   pages = newPages;\n  }\n  return oldPages;\n";

/// How binaryen copies memory, byte by byte, from behind where the ranges may overlap: where it begins to.
const COPY: &str = "   wasm2js_trap()\n  }\n  if ($0_1 >>> 0 > $1_1 >>> 0) {\n";

/// The same with the browser's own copying of long ranges; for short ones to call it costs more than the loop.
const LONG_COPY: &str = "   wasm2js_trap()
  }
  if ($2_1 >>> 0 > 64) {
   HEAPU8.copyWithin($0_1, $1_1, $1_1 + $2_1 | 0);
   return;
  }
  if ($0_1 >>> 0 > $1_1 >>> 0) {
";

/// How it fills memory.
const FILL: &str = "  while (1) {\n   if ($2_1) {\n    $2_1 = $2_1 - 1 | 0;\n    HEAP8[$2_1 + $0_1 | 0] = $1_1;\n";

/// What does the same for long ranges.
const LONG_FILL: &str = "  if ($2_1 >>> 0 > 64) {\n   HEAPU8.fill($1_1, $0_1, $0_1 + $2_1 | 0);\n   return;\n  }\n";

/// What `unreachable` becomes; a twin that went on after a trap could harm the page.
const TRAP: &str = "function wasm2js_trap() { throw new Error('abort'); }\n";

/// Where wasm2js's own decoder of data begins, a loop over characters; all up to `SEGMENTS` is replaced.
const DECODER: &str = "  var base64ReverseLookup = new Uint8Array(123";

/// Where the data follows, a line for each part: a part ends where eight zeros or so begin.
const SEGMENTS: &str = "\nfunction initActiveSegments(imports) {\n";

/// How each of these lines begins; then an address, a comma, a space, and base64 in quotation marks.
const SEGMENT: &str = "  base64DecodeToExistingUint8Array(bufferView, ";

/// Makes the script of `content/twin.js` and the image of the memory with which it starts: `KibitzTwin(imports, image)` gives
/// what a Wasm instance would export. The image stands apart, since it can be deflated and wasm2js's base64 of it cannot.
///
/// It starts with `memory`, the whole of it, instead of the module's data: what `begun.mjs` makes of that.
///
/// # Errors
/// When the text is not of the shape that the pinned wasm2js writes.
pub fn script(module: &str, wide: &[WideImport], memory: &[u8]) -> anyhow::Result<(String, Vec<u8>)> {
    let body = module.strip_prefix(IMPORT).context("wasm2js begins differently, or imports from elsewhere")?;
    let (body, exports) = split_once_only(body, INSTANTIATE).context("wasm2js instantiates differently")?;
    if let Some(line) = exports.lines().find(|line| !line.trim().is_empty() && !line.starts_with("export var ")) {
        bail!("wasm2js ends differently: {line}");
    }
    if let Some(line) = body.lines().find(|line| line.starts_with("import ") || line.starts_with("export ")) {
        bail!("wasm2js imports or exports elsewhere: {line}");
    }
    if split_once_only(body, TRAP).is_none() {
        bail!("wasm2js traps differently");
    }
    let (before, rest) = split_once_only(body, GROW).context("wasm2js grows differently")?;
    let (_, after) = split_once_only(rest, GROWN).context("wasm2js grows differently")?;
    let body = format!("{before}{NEW_GROW}{after}");
    let body = replace_once(&body, SIZE, " function __wasm_memory_size() {\n  return pages;\n }")?;
    let body = replace_once(&body, COPY, LONG_COPY)?;
    let body = replace_once(&body, FILL, &format!("{LONG_FILL}{FILL}"))?;
    let (body, base) = without_data(&body)?;
    let (before, rest) = split_once_only(&body, MEMORY).context("wasm2js makes its memory differently")?;
    let (_, after) = rest.split_once(");\n").context("wasm2js makes its memory differently")?;
    let views: String = VIEWS.iter().map(|(name, kind)| format!(" var {name} = new {kind}(buffer);\n")).collect();
    let after = after.strip_prefix(&views).context("wasm2js makes other views of its memory")?;
    let pages = memory.len() >> 16;
    let body = format!("{before}\n var pages = {pages}, pagesAtMost = {PAGES_AT_MOST};\n{after}");
    let names: String = VIEWS.iter().map(|(name, _)| format!(", {name}")).collect();
    let body = replace_once(&body, MODULE, &format!("function asmFunc(imports, buffer{names}) {{"))?;
    let made: String = VIEWS.iter().map(|(_, kind)| format!(", new {kind}(buffer)")).collect();
    let end = memory.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let image = memory.get(base..end).context("the memory ends before the module's data")?.to_vec();
    let adapter = adapter(wide)?;
    let script = format!(
        "var KibitzTwin = KibitzTwin || function (glueImports, image) {{\n{body}\n{adapter}var buffer = new ArrayBuffer({PAGES_AT_MOST} << 16);\nreturn asmFunc({{ \"{IMPORTS}\": legal }}, buffer{made});\n}};\n"
    );
    Ok((script, image))
}

/// Puts both functions that run at once, that of the script and the module's, into brackets, which a minifier takes away: what stands
/// in brackets V8 reads once, and not first to find its end and then again to run it (6 ms of 73 until the first screen, Chromium 156).
///
/// # Errors
/// When the minifier writes them otherwise than it did.
pub fn eager(minified: &str) -> anyhow::Result<String> {
    let inside = minified.trim_end().strip_prefix("var KibitzTwin=KibitzTwin||function(");
    let inside = inside.and_then(|rest| rest.strip_suffix("};")).context("the minifier begins or ends differently")?;
    let called = format!("({{\"{IMPORTS}\":");
    let (before, _) = split_once_only(inside, &called).context("the minifier calls the module differently")?;
    let (_, name) = before.rsplit_once("return ").context("the minifier returns something else")?;
    let declared = format!("function {name}(");
    let (head, rest) = split_once_only(inside, &declared).context("the minifier declares the module differently")?;
    let (module, tail) = rest.rsplit_once("}}var ").context("the minifier ends the module differently")?;
    if !tail.split_once(',').is_some_and(|(first, _)| first.ends_with(&format!("[\"{IMPORTS}\"]"))) {
        bail!("the minifier ends the module differently");
    }
    Ok(format!("var KibitzTwin=KibitzTwin||(function({head}var {name}=(function({module}}}}});var {tail}}});\n"))
}

/// The body without its data, and where they begin.
fn without_data(body: &str) -> anyhow::Result<(String, usize)> {
    let (before, rest) = split_once_only(body, DECODER).context("wasm2js decodes data differently")?;
    let (_, rest) = split_once_only(rest, SEGMENTS).context("wasm2js lists data differently")?;
    let (lines, after) = rest.split_once("\n}\n").context("wasm2js's data has no end")?;
    let at = |line: &str| line.strip_prefix(SEGMENT)?.split_once(", \"")?.0.parse::<usize>().ok();
    let starts: Option<Vec<usize>> = lines.lines().map(at).collect();
    let base =
        starts.context("wasm2js writes data differently")?.into_iter().min().context("the module has no data")?;
    let set = format!("bufferView.set(new Uint8Array(image), {base});\n  image = undefined;");
    Ok((format!("{before}function initActiveSegments(imports) {{\n  {set}\n}}\n{after}"), base))
}

/// Code that joins the halves of 64-bit integers before they reach the glue, which expects what Wasm gives it: a signed `BigInt`.
fn adapter(wide: &[WideImport]) -> anyhow::Result<String> {
    let mut text =
        format!("var given = glueImports[\"{IMPORTS}\"], legal = Object.assign(Object.create(null), given);\n");
    if !wide.is_empty() {
        text.push_str("var join = (low, high) => (BigInt(high) << 32n) | BigInt(low >>> 0);\n");
    }
    for import in wide {
        let (mut params, mut values) = (Vec::new(), Vec::new());
        for (index, &is_wide) in import.wide.iter().enumerate() {
            params.push(format!("a{index}"));
            if is_wide {
                params.push(format!("b{index}"));
                values.push(format!("join(a{index}, b{index})"));
            } else {
                values.push(format!("a{index}"));
            }
        }
        let name = serde_json::to_string(&import.name)?;
        writeln!(text, "legal[{name}] = ({}) => given[{name}]({});", params.join(", "), values.join(", "))?;
    }
    Ok(text)
}

/// Replaces the only occurrence.
fn replace_once(text: &str, from: &str, to: &str) -> anyhow::Result<String> {
    let (before, after) =
        split_once_only(text, from).with_context(|| format!("wasm2js writes this part differently:\n{from}"))?;
    Ok(format!("{before}{to}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module() -> String {
        let views: String = VIEWS.iter().map(|(name, kind)| format!(" var {name} = new {kind}(buffer);\n")).collect();
        format!(
            "{IMPORT}{TRAP}{DECODER});\n  }}{SEGMENTS}{SEGMENT}8, \"AQI=\");\n{SEGMENT}12, \"Aw==\");\n}}\n{MODULE}{MEMORY}16);\n{views}{SIZE}{GROW}{GROWN}{COPY}{FILL}}}\n{INSTANTIATE}export var memory = 1;\n"
        )
    }

    /// A memory in which something was done: longer than the module's own.
    static MADE: [u8; 0x2_0000] = {
        let mut memory = [0; 0x2_0000];
        (memory[3], memory[8], memory[9], memory[11]) = (9, 1, 2, 4);
        memory
    };

    #[track_caller]
    fn check(module: &str, works: bool) {
        let made = script(module, &[], &MADE);
        assert_eq!(made.is_ok(), works, "{:?}", made.err());
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        check(&module(), true);
        let (text, image) = script(&module(), &[], &MADE).unwrap();
        assert_eq!(image, [1, 2, 0, 4]);
        assert!(text.contains("bufferView.set(new Uint8Array(image), 8)") && !text.contains("AQI="), "{text}");
        assert!(text.contains("new ArrayBuffer(256 << 16);") && !text.contains("new ArrayBuffer(16);"), "{text}");
        assert!(text.contains("var pages = 2, ") && !text.contains("newBuffer"), "{text}");
        assert!(text.contains("if (newPages > pagesAtMost) return -1;"), "{text}");
        assert!(script(&module(), &[], &[]).is_err(), "a memory without the module's data");
        check(&module().replace("throw new Error", "console.log"), false);
        check(&module().replace("newHEAP8.set(HEAP8)", "copy(HEAP8)"), false);
        check(&module().replace("var HEAPU8 ", "var BYTES "), false);
        check(&module().replace("byteLength >> 16", "byteLength / 65536"), false);
        check(&module().replace("> $1_1", "> $3"), false);
        check(&module().replace("] = $1_1", "] = $3"), false);
        check(&module().replace("View, 12", "View, x"), false);
        check(&module().replace(MEMORY, "\n var memory = new ArrayBuffer("), false);
        check(&module().replace(SEGMENT, "  decode("), false);
        check(&module().replace("$_kibitz_bg_js,", "other,"), false);
        check(&format!("{}import './x.js';\n", module()), false);
        check(&module().replace(TRAP, &format!("{TRAP}import * as wasi from 'wasi';\n")), false);
    }

    #[test]
    fn reads_at_once() {
        let minified = r#"var KibitzTwin=KibitzTwin||function(a,b){var c;function d(e,f){var g=1;return{h:1,i(){return 2}}}var j=a["./kibitz_bg.js"],k=j,l=new ArrayBuffer(8);return d({"./kibitz_bg.js":k},l)};
"#;
        let bracketed = r#"var KibitzTwin=KibitzTwin||(function(a,b){var c;var d=(function(e,f){var g=1;return{h:1,i(){return 2}}});var j=a["./kibitz_bg.js"],k=j,l=new ArrayBuffer(8);return d({"./kibitz_bg.js":k},l)});
"#;
        assert_eq!(eager(minified).unwrap(), bracketed);
        for (from, to) in [
            ("||function", "||((function"),
            ("function d", "function e"),
            ("}}var j", "}};var j"),
            ("return d", "return "),
            ("var j=a[", "var j=1,a["),
        ] {
            assert!(eager(&minified.replace(from, to)).is_err(), "{from} → {to}");
        }
    }

    #[test]
    fn joins_halves() {
        let wide = [WideImport { name: "f".into(), wide: vec![false, true] }];
        let text = adapter(&wide).unwrap();
        assert!(text.contains(r#"legal["f"] = (a0, a1, b1) => given["f"](a0, join(a1, b1));"#), "{text}");
    }
}
