//! Owns the kept libraries of the extension's pages: bundled from npm with their licences, refused when they could reach a network or parse HTML.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};

use super::tools;

/// A library, and what the pages use of it.
struct Library {
    file: &'static str,
    entry: &'static str,
    /// Text that is replaced after bundling, each found exactly so often.
    patches: &'static [(&'static str, &'static str, usize)],
}

const LIBRARIES: [Library; 4] = [
    Library { file: "vendor/idb.js", entry: r#"export { openDB } from "idb";"#, patches: &[] },
    Library {
        file: "vendor/plot.js",
        entry: r#"export { areaY, axisX, axisY, dot, gridX, gridY, lineY, link, plot, rectY, ruleX, ruleY } from "@observablehq/plot";"#,
        // d3's selections can set markup; nothing here asks them to, and now nothing can.
        patches: &[("innerHTML", "textContent", 4)],
    },
    Library {
        file: "vendor/parquet.js",
        entry: r#"export { ByteWriter, ParquetWriter } from "hyparquet-writer";"#,
        patches: &[],
    },
    Library { file: "vendor/csv.js", entry: r#"export { parse } from "csv-parse/browser/esm/sync";"#, patches: &[] },
];

/// Words that a vendored file must not say, since the extension promises to reach no network and to parse no HTML.
const NEVER: [&str; 10] = [
    "fetch(",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "sendBeacon",
    "eval(",
    "new Function",
    "innerHTML",
    "insertAdjacentHTML",
    "import(",
];

/// (path in the package, text) of each library.
///
/// # Errors
/// When npm's packages are missing, or one says what it must not.
pub fn bundle(root: &Path, folder: &Path) -> anyhow::Result<Vec<(&'static str, String)>> {
    LIBRARIES.iter().map(|library| Ok((library.file, bundled(root, folder, library)?))).collect()
}

fn bundled(root: &Path, folder: &Path, library: &Library) -> anyhow::Result<String> {
    let name = library.file.replace('/', "-");
    let [input, output, meta] = ["in.mjs", "out.js", "meta.json"].map(|end| folder.join(format!("{name}.{end}")));
    // Beside node_modules, whatever folder is used for the rest: that is where names are looked for.
    fs::write(&input, library.entry)?;
    let mut command = Command::new(tools::npm_tool(root, "esbuild")?);
    command.current_dir(root).env("NODE_PATH", root.join("node_modules")).arg(&input);
    command.args(["--bundle", "--format=esm", "--minify", "--charset=utf8", "--legal-comments=none"]);
    command.args(["--log-level=warning", "--target=chrome123,firefox140"]);
    command.arg(format!("--metafile={}", meta.display())).arg(format!("--outfile={}", output.display()));
    tools::run(&mut command, "esbuild (vendor): run `npm ci`")?;
    let code = patched(&fs::read_to_string(&output)?, library)?;
    let licences = licences(root, &fs::read_to_string(&meta)?)?;
    Ok(format!("/*\n{licences}*/\n{code}"))
}

fn patched(code: &str, library: &Library) -> anyhow::Result<String> {
    let mut code = code.to_owned();
    for &(old, new, times) in library.patches {
        let found = code.matches(old).count();
        if found != times {
            bail!("{}: `{old}` stands there {found} times, not {times}", library.file);
        }
        code = code.replace(old, new);
    }
    match NEVER.iter().find(|&&word| code.contains(word)) {
        Some(word) => bail!("{} says `{word}`", library.file),
        None => Ok(code),
    }
}

/// The licences of every npm package that went into a bundle.
fn licences(root: &Path, meta: &str) -> anyhow::Result<String> {
    let meta: serde_json::Value = serde_json::from_str(meta)?;
    let inputs = meta.get("inputs").and_then(serde_json::Value::as_object).context("esbuild names no inputs")?;
    let packages: BTreeSet<&str> =
        inputs.keys().filter_map(|path| package(path.rsplit_once("node_modules/")?.1)).collect();
    let mut text = String::new();
    for package in packages {
        let folder = root.join("node_modules").join(package);
        let mut names: Vec<_> = fs::read_dir(&folder)?.flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        let found = names.iter().find(|name| name.to_string_lossy().to_ascii_uppercase().starts_with("LICEN"));
        let found = found.with_context(|| format!("{package} has no licence"))?;
        let licence = fs::read_to_string(folder.join(found))?;
        text.push_str(&format!("{package}\n{}\n\n", licence.trim().replace("*/", "* /")));
    }
    Ok(text)
}

/// `@scope/name/src/x.js` → `@scope/name`, `name/x.js` → `name`.
fn package(path: &str) -> Option<&str> {
    let parts = if path.starts_with('@') { 2 } else { 1 };
    path.match_indices('/').nth(parts - 1).and_then(|(at, _)| path.get(..at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_packages() {
        assert_eq!(package("@observablehq/plot/src/index.js"), Some("@observablehq/plot"));
        assert_eq!(package("d3-array/src/x.js"), Some("d3-array"));
        assert_eq!(package("x"), None);
    }

    #[test]
    fn what_reaches_out_is_refused() {
        let library = Library { file: "x.js", entry: "", patches: &[("a", "b", 1)] };
        assert_eq!(patched("a;", &library).unwrap(), "b;");
        for wrong in ["", "a;a", "a;fetch(1)", "a;x.innerHTML=1"] {
            assert!(patched(wrong, &library).is_err(), "{wrong}");
        }
    }
}
