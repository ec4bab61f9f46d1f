//! Owns the patch that turns wasm-bindgen's no-modules glue into `content/core.js`; never guesses when that glue changes its shape.

use anyhow::{Context as _, bail};

/// How the glue begins: one global and a look at its own address, which a content script has not.
const HEAD: &str = "let wasm_bindgen = (function(exports) {
    let script_src;
    if (typeof document !== 'undefined' && document.currentScript !== null) {
        script_src = new URL(document.currentScript.src, location.href).toString();
    }
";

/// Where loading over the network begins; all that follows is replaced.
const LOADING: &str = "\n    async function __wbg_load(module, imports) {\n";

/// How the glue ends.
const TAIL: &str = "    return Object.assign(__wbg_init, { initSync }, exports);
})({ __proto__: null });
";

/// What the replaced part must have said: the new ending does the same three steps.
const STEPS: [&str; 3] = [
    "const imports = __wbg_get_imports();",
    "const instance = new WebAssembly.Instance(module, imports);",
    "return __wbg_finalize_init(instance, module);",
];

const NEW_HEAD: &str = "var KibitzCore = KibitzCore || (() => {
    const start = (instantiate) => {
    const exports = { __proto__: null };
";

const NEW_TAIL: &str = "
    __wbg_finalize_init({ exports: instantiate(__wbg_get_imports()) }, undefined);
    return exports;
    };
    const decode = (base64) => {
        if (typeof Uint8Array.fromBase64 === 'function') return Uint8Array.fromBase64(base64);
        const text = atob(base64);
        const bytes = new Uint8Array(text.length);
        for (let at = 0; at < bytes.length; at += 1) bytes[at] = text.charCodeAt(at);
        return bytes;
    };
    return Object.freeze({
        __proto__: null,
        inflate(packed) {
            const stream = new Blob([decode(packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
            return new Response(stream).arrayBuffer();
        },
        fromBytes(bytes) {
            const module = new WebAssembly.Module(bytes);
            return start((imports) => new WebAssembly.Instance(module, imports).exports);
        },
        fromTwin(factory, image) {
            return start((imports) => factory(imports, image));
        },
    });
})();
";

/// Makes `content/core.js`: `KibitzCore.inflate(packed)`, a promise of bytes, `KibitzCore.fromBytes(bytes)` and
/// `KibitzCore.fromTwin(factory, image)`.
///
/// The latter two answer at once with the exported functions of a *new* instance, so that a page can start again after a trap;
/// `fromBytes` throws where the page's policy forbids Wasm. Evaluated twice, the first evaluation stays.
///
/// # Errors
/// When the glue is not of the known shape: another wasm-bindgen than the pinned one made it.
pub fn core(glue: &str) -> anyhow::Result<String> {
    let body = glue.strip_prefix(HEAD).context("wasm-bindgen's glue begins differently")?;
    let (body, loading) = split_once_only(body, LOADING).context("wasm-bindgen's glue loads differently")?;
    if !loading.ends_with(TAIL) {
        bail!("wasm-bindgen's glue ends differently");
    }
    for step in STEPS {
        if !loading.contains(step) {
            bail!("wasm-bindgen's glue no longer starts with `{step}`");
        }
    }
    for word in ["fetch(", "script_src", "XMLHttpRequest", "eval("] {
        if body.contains(word) {
            bail!("wasm-bindgen's glue says `{word}` where it did not");
        }
    }
    if !body.contains("function __wbg_get_imports()") || !body.contains("function __wbg_finalize_init(") {
        bail!("wasm-bindgen's glue names its parts differently");
    }
    Ok(format!("{NEW_HEAD}{body}{NEW_TAIL}"))
}

/// Makes `panel/core.js`, a module that exports the same `core`: the extension's own pages and its background import it.
///
/// # Errors
/// As [`core`].
pub fn panel(glue: &str) -> anyhow::Result<String> {
    let script = core(glue)?;
    let body = script.strip_prefix("var KibitzCore = KibitzCore || ").context("the script begins differently")?;
    Ok(format!("export const core = {body}"))
}

/// Splits at the only place where `mark` stands; `None` when it stands nowhere or twice.
pub fn split_once_only<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let (before, after) = text.split_once(mark)?;
    (!after.contains(mark)).then_some((before, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glue(body: &str) -> String {
        let steps = STEPS.join("\n");
        format!(
            "{HEAD}    function __wbg_get_imports() {{}}\n    function __wbg_finalize_init(i, m) {{}}\n{body}{LOADING}{steps}\n{TAIL}"
        )
    }

    #[track_caller]
    fn check(glue: &str, works: bool) {
        assert_eq!(core(glue).is_ok(), works, "{:?}", core(glue).err());
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        check(&glue(""), true);
        check(&glue("    let x = fetch(y);\n"), false);
        check(&glue(LOADING), false);
        check(&glue("").replace("currentScript", "elsewhere"), false);
        check(&glue("").replace(STEPS[1], ""), false);
        check(&glue("").replace("__wbg_finalize_init(i", "finish(i"), false);
        check(&format!("{}\nmore();", glue("")), false);
        assert!(panel(&glue("")).unwrap().starts_with("export const core = (() => {\n"));
    }
}
