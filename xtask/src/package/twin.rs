//! Owns the patch that turns wasm2js's module into `content/twin.js`, a classic script; never guesses when wasm2js changes its shape.

use std::fmt::Write as _;

use anyhow::{Context as _, bail};

use super::glue::split_once_only;
use super::signature::{IMPORTS, WideImport};

/// The module's first line.
const IMPORT: &str = "import * as $_kibitz_bg_js from './kibitz_bg.js';\n";

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

/// What `unreachable` becomes; a twin that went on after a trap could harm the page.
const TRAP: &str = "function wasm2js_trap() { throw new Error('abort'); }\n";

/// How wasm2js decodes data: a loop over characters, 5 ms of start-up for a model of 200 KB.
const DECODE: &str = "  function base64DecodeToExistingUint8Array(uint8Array, offset, b64) {\n";

/// The browser's own decoder where there is one (Chromium 140, Firefox 133).
const NEW_DECODE: &str = "  function base64DecodeToExistingUint8Array(uint8Array, offset, b64) {
    if (uint8Array.setFromBase64) { uint8Array.subarray(offset).setFromBase64(b64); return; }
";

/// Makes `content/twin.js`: `KibitzTwin(imports)` gives what a Wasm instance would export.
///
/// # Errors
/// When the text is not of the shape that the pinned wasm2js writes.
pub fn script(module: &str, wide: &[WideImport]) -> anyhow::Result<String> {
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
    let body = replace_once(&body, DECODE, NEW_DECODE)?;
    let adapter = adapter(wide)?;
    Ok(format!(
        "var KibitzTwin = KibitzTwin || function (glueImports) {{\n{body}\n{adapter}return asmFunc({{ \"{IMPORTS}\": legal }});\n}};\n"
    ))
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
            "{IMPORT}{TRAP}{DECODE}  }}\nfunction asmFunc(imports) {{\n{GROW}}}\n{INSTANTIATE}export var memory = 1;\n"
        )
    }

    #[track_caller]
    fn check(module: &str, works: bool) {
        assert_eq!(script(module, &[]).is_ok(), works, "{:?}", script(module, &[]).err());
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        check(&module(), true);
        check(&module().replace("throw new Error", "console.log"), false);
        check(&module().replace("newHEAP8.set(HEAP8)", "copy(HEAP8)"), false);
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
