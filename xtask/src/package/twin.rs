//! Owns the patch that turns wasm2js's module into `content/twin.js`, a classic script; never guesses when wasm2js changes its shape.

use std::fmt::Write as _;

use anyhow::{Context as _, bail};

use super::glue::split_once_only;
use super::signature::{IMPORTS, WideImport};

/// The module's first line.
const IMPORT: &str = "import * as $_kibitz_bg_js from './kibitz_bg.js';\n";

/// How wasm2js makes the memory; a number of bytes, a bracket and a semicolon follow.
const MEMORY: &str = "\n var buffer = new ArrayBuffer(";

/// Where wasm2js instantiates; only exports follow.
const INSTANTIATE: &str = "\nvar retasmFunc = asmFunc({\n  \"./kibitz_bg.js\": $_kibitz_bg_js,\n});\n";

/// How wasm2js grows memory: it copies, and leaves the old buffer as it was.
const GROW: &str = "   var newBuffer = new ArrayBuffer(newPages << 16);
   var newHEAP8 = new Int8Array(newBuffer);
   newHEAP8.set(HEAP8);
";

/// How it must grow: like Wasm, it detaches the old buffer, by which the glue sees that its views are stale.
/// Without this, every string passed after a growth is written where nobody reads.
const NEW_GROW: &str = "   var newBuffer = buffer.transfer(newPages << 16);\n";

/// How binaryen copies memory, byte by byte, from behind where the ranges may overlap.
const COPY: &str = "  if ($0_1 >>> 0 > $1_1 >>> 0) {\n   $4_1 = $2_1 - 1 | 0;\n   $2_1 = -1;\n   $3 = -1;\n";

/// What does the same for long ranges; for short ones to call it costs more than the loop.
const LONG_COPY: &str =
    "  if ($2_1 >>> 0 > 64) {\n   HEAPU8.copyWithin($0_1, $1_1, $1_1 + $2_1 | 0);\n   return;\n  }\n";

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
    let body = replace_once(body, GROW, NEW_GROW)?;
    let body = replace_once(&body, COPY, &format!("{LONG_COPY}{COPY}"))?;
    let body = replace_once(&body, FILL, &format!("{LONG_FILL}{FILL}"))?;
    let (body, base) = without_data(&body)?;
    let (before, rest) = split_once_only(&body, MEMORY).context("wasm2js makes its memory differently")?;
    let (_, after) = rest.split_once(");\n").context("wasm2js makes its memory differently")?;
    let body = format!("{before}{MEMORY}{});\n{after}", memory.len());
    let end = memory.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let image = memory.get(base..end).context("the memory ends before the module's data")?.to_vec();
    let adapter = adapter(wide)?;
    let script = format!(
        "var KibitzTwin = KibitzTwin || function (glueImports, image) {{\n{body}\n{adapter}return asmFunc({{ \"{IMPORTS}\": legal }});\n}};\n"
    );
    Ok((script, image))
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
        format!(
            "{IMPORT}{TRAP}{DECODER});\n  }}{SEGMENTS}{SEGMENT}8, \"AQI=\");\n{SEGMENT}12, \"Aw==\");\n}}\nfunction asmFunc(imports) {{{MEMORY}16);\n{GROW}{COPY}{FILL}}}\n{INSTANTIATE}export var memory = 1;\n"
        )
    }

    /// A memory in which something was done: longer than the module's own.
    const MADE: [u8; 32] = {
        let mut memory = [0; 32];
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
        assert!(text.contains("new ArrayBuffer(32);") && !text.contains("new ArrayBuffer(16);"), "{text}");
        assert!(script(&module(), &[], &[]).is_err(), "a memory without the module's data");
        check(&module().replace("throw new Error", "console.log"), false);
        check(&module().replace("newHEAP8.set(HEAP8)", "copy(HEAP8)"), false);
        check(&module().replace("$3 = -1", "$3 = -2"), false);
        check(&module().replace("] = $1_1", "] = $3"), false);
        check(&module().replace("View, 12", "View, x"), false);
        check(&module().replace(MEMORY, "\n var memory = new ArrayBuffer("), false);
        check(&module().replace(SEGMENT, "  decode("), false);
        check(&module().replace("$_kibitz_bg_js,", "other,"), false);
        check(&format!("{}import './x.js';\n", module()), false);
        check(&module().replace(TRAP, &format!("{TRAP}import * as wasi from 'wasi';\n")), false);
    }

    #[test]
    fn joins_halves() {
        let wide = [WideImport { name: "f".into(), wide: vec![false, true] }];
        let text = adapter(&wide).unwrap();
        assert!(text.contains(r#"legal["f"] = (a0, a1, b1) => given["f"](a0, join(a1, b1));"#), "{text}");
    }
}
