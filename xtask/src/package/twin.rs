//! Owns the patch that turns wasm2js's module into `content/twin.js`, a classic script; never guesses when wasm2js changes its shape.

use std::fmt::Write as _;

use anyhow::{Context as _, bail};
use base64::Engine as _;

use super::glue::split_once_only;
use super::literal;
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

/// Where wasm2js decodes data, from base64 by a loop over characters.
const DECODE: &str = "  var base64ReverseLookup = new Uint8Array(";

/// What follows the decoder.
const SEGMENTS: &str = "function initActiveSegments(imports) {\n";

/// The function that takes its place: one character a byte (see `literal`), by the browser's own decoder where there is one.
const NEW_DECODE: &str = "  function placeData(uint8Array, offset, text) {
    if (uint8Array.setFromBase64) uint8Array.subarray(offset).setFromBase64(btoa(text));
    else for (var i = 0; i < text.length; i++) uint8Array[offset + i] = text.charCodeAt(i);
  }
";

/// Where data are placed; the literal and the closing bracket follow.
const PLACE: &str = "  base64DecodeToExistingUint8Array(bufferView, ";
const NEW_PLACE: &str = "  placeData(bufferView, ";

/// Stands for a literal while the text goes through the minifier, which would write control characters out.
const STAND_IN: &str = "kibitz-data-";

/// `content/twin.js` before it is minified.
#[derive(Debug)]
pub struct Twin {
    /// Code, with a stand-in for each piece of data.
    pub text: String,
    /// Literals in the order of the stand-ins.
    data: Vec<String>,
}

impl Twin {
    /// Puts the data into the minified text.
    ///
    /// # Errors
    /// When the minifier changed a stand-in.
    pub fn with_data(&self, minified: &str) -> anyhow::Result<String> {
        let mut text = String::new();
        let mut rest = minified;
        for (index, literal) in self.data.iter().enumerate() {
            let (before, after) =
                rest.split_once(&format!("\"{STAND_IN}{index}\"")).context("the minifier changed the data")?;
            text.push_str(before);
            text.push_str(literal);
            rest = after;
        }
        if rest.contains(STAND_IN) {
            bail!("the minifier doubled the data");
        }
        text.push_str(rest);
        Ok(text)
    }
}

/// Takes the data out of the code: (code with stand-ins, literals).
fn take_data(body: &str) -> anyhow::Result<(String, Vec<String>)> {
    let mut pieces = body.split(PLACE);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    let mut data = Vec::new();
    for piece in pieces {
        let (offset, rest) = piece.split_once(", \"").context("wasm2js places data differently")?;
        let (encoded, rest) = rest.split_once('"').context("wasm2js ends data differently")?;
        if !offset.bytes().all(|byte| byte.is_ascii_digit()) || !rest.starts_with(");\n") {
            bail!("wasm2js places data differently: {offset}");
        }
        let decoded = base64::engine::general_purpose::STANDARD.decode(encoded)?;
        write!(text, "{NEW_PLACE}{offset}, \"{STAND_IN}{}\"{rest}", data.len())?;
        data.push(literal::bytes(&decoded));
    }
    Ok((text, data))
}

/// Makes `content/twin.js`: `KibitzTwin(imports)` gives what a Wasm instance would export.
///
/// # Errors
/// When the text is not of the shape that the pinned wasm2js writes.
pub fn script(module: &str, wide: &[WideImport]) -> anyhow::Result<Twin> {
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
    let (before, rest) = split_once_only(&body, DECODE).context("wasm2js decodes data differently")?;
    let (_, after) = split_once_only(rest, SEGMENTS).context("wasm2js places data elsewhere")?;
    let body = format!("{before}{NEW_DECODE}{SEGMENTS}{after}");
    let (body, data) = take_data(&body)?;
    let adapter = adapter(wide)?;
    let text = format!(
        "var KibitzTwin = KibitzTwin || function (glueImports) {{\n{body}\n{adapter}return asmFunc({{ \"{IMPORTS}\": legal }});\n}};\n"
    );
    Ok(Twin { text, data })
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
            "{IMPORT}{TRAP}{DECODE}123);\n{SEGMENTS}{PLACE}8, \"YSLD/w==\");\n{PLACE}16, \"\");\n}}\nfunction asmFunc(imports) {{\n{GROW}}}\n{INSTANTIATE}export var memory = 1;\n"
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
    fn data_go_around_the_minifier() {
        let twin = script(&module(), &[]).unwrap();
        assert!(twin.text.contains("placeData(bufferView, 8, \"kibitz-data-0\");"), "{}", twin.text);
        assert!(!twin.text.contains("YSLD"), "{}", twin.text);
        let done = twin.with_data("f(8,\"kibitz-data-0\");f(16,\"kibitz-data-1\")").unwrap();
        assert_eq!(done, "f(8,\"a\\\"\u{c3}\u{ff}\");f(16,\"\")");
        assert!(twin.with_data("f(8,'kibitz-data-0');").is_err());
        assert!(twin.with_data("f(\"kibitz-data-0\",\"kibitz-data-1\",\"kibitz-data-1\")").is_err());
        assert!(script(&module().replace("(bufferView, 8,", "(bufferView, x,"), &[]).is_err());
    }

    #[test]
    fn joins_halves() {
        let wide = [WideImport { name: "f".into(), wide: vec![false, true] }];
        let text = adapter(&wide).unwrap();
        assert!(text.contains(r#"legal["f"] = (a0, a1, b1) => given["f"](a0, join(a1, b1));"#), "{text}");
    }
}
