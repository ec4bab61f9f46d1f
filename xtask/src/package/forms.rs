//! Owns the way from source to the module's two forms: wasm-pack, binaryen, the patches, the minifier; never skips a step whose input changed.

use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use super::{glue, packed, signature, tools, twin};

/// The binaryen that is pinned in package.json; Debian's own (108) breaks wasm-bindgen's modules without a word.
const BINARYEN: &str = "version 132";

/// What the minifier may use.
const ENGINES: &str = "--target=chrome123,firefox140";

/// The features that the module has in both forms, named one by one: with all, the lowering passes refuse.
const FEATURES: [&str; 3] = ["--enable-bulk-memory", "--enable-sign-ext", "--enable-mutable-globals"];

/// From which estimated cost on LLVM does not put a function into its caller, where each costs its own call (LLVM's units; 5 is
/// usual for the smallest code, 225 for the fastest). A verdict takes 20.8 µs at 5, 19.8 at 25, 18.5 at 45 and at 75, 18.5 with all of
/// it made for speed; the deflated module grows by 4.3 KB at 25, 8.4 at 45, 11.7 at 75 and 42 with all made for speed (2026-11).
const INLINE: &str = "-Cllvm-args=-inline-threshold=45";

/// How binaryen optimises. A function with one caller that is put into it makes the caller too large to be packed well:
/// without, and at -O2, the deflated module is 9 KB smaller than at -Oz (2026-11, 632 KB against 618 KB raw).
const OPTIMISING: [&str; 3] =
    ["-O2", "--one-caller-inline-max-function-size=8", "--flexible-inline-max-function-size=0"];

/// Functions by their names, which must still be there: those of one kind stand together, and are packed in 3 KB less.
const ORDER: &str = "--reorder-functions-by-name";

/// Instructions that wasm2js lacks, written out in those it has.
const LOWERING: [&str; 2] = ["--llvm-memory-copy-fill-lowering", "--signext-lowering"];

/// The texts of the files that carry the module.
pub struct Forms {
    /// `content/core.js`
    pub core: String,
    /// `content/bytes.js`
    pub bytes: String,
    /// `content/twin.js`
    pub twin: String,
    /// `content/loader.js`, of the hand-written parts
    pub loader: String,
    /// `panel/core.js`
    pub panel_core: String,
    /// `panel/bytes.js`
    pub panel_bytes: String,
    /// Where what is made on the way is kept
    pub folder: PathBuf,
}

/// The parts of `content/loader.js` in `extension/content/`, in this order: one file, because each costs a page its own start.
pub const LOADER: [&str; 8] =
    ["record.js", "profile.js", "batch.js", "forms.js", "ledger.js", "toolbar.js", "waking.js", "loader.js"];

/// The files under which the texts are kept from one run to the next.
const KEPT: [&str; 5] = ["core.js", "bytes.js", "twin.js", "panel_core.js", "panel_bytes.js"];

/// Builds the module and makes both forms; what a former run made of the same module is taken again.
///
/// # Errors
/// When a tool is missing or fails, or one of the checks on its output does.
pub fn make(root: &Path) -> anyhow::Result<Forms> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let folder = target.join("package");
    fs::create_dir_all(&folder)?;
    eprintln!("package: wasm-pack");
    let content = bound(root, &folder, "pkg", &[])?;
    // Another module of the same crate; only its own users wait for it, so it is made for speed.
    let panel = bound(root, &folder, "pkg-panel", &["--features", "panel"])?;
    let loader = loader(root, &folder)?;
    let parts = [&content, &panel].map(|(glue, bytes)| [glue.as_bytes(), bytes]).concat();
    let stamp = stamp(&[&parts[..], &[&fs::read(std::env::current_exe()?)?]].concat());
    let kept = KEPT.map(|name| fs::read_to_string(folder.join(name)));
    let texts = match kept {
        [Ok(core), Ok(bytes), Ok(twin), Ok(panel_core), Ok(panel_bytes)]
            if fs::read_to_string(folder.join("stamp")).is_ok_and(|old| old == stamp) =>
        {
            eprintln!("package: same modules as before");
            [core, bytes, twin, panel_core, panel_bytes]
        }
        _ => {
            let [core, bytes, twin] = translate(root, &folder, &content.0, &content.1)?;
            let [panel_core, panel_bytes] = panel_texts(root, &folder, &panel.0)?;
            let texts = [core, bytes, twin, panel_core, panel_bytes];
            for (name, text) in KEPT.iter().zip(&texts) {
                fs::write(folder.join(name), text)?;
            }
            fs::write(folder.join("stamp"), stamp)?;
            texts
        }
    };
    let [core, bytes, twin, panel_core, panel_bytes] = texts;
    Ok(Forms { core, bytes, twin, loader, panel_core, panel_bytes, folder })
}

/// Builds a module; its glue and its bytes.
fn bound(root: &Path, folder: &Path, name: &str, cargo: &[&str]) -> anyhow::Result<(String, Vec<u8>)> {
    let out = folder.join(name);
    build(root, &out, cargo)?;
    Ok((fs::read_to_string(out.join("kibitz.js"))?, fs::read(out.join("kibitz_bg.wasm"))?))
}

/// The hand-written parts as one classic script, without comments and white space.
fn loader(root: &Path, folder: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    for part in LOADER {
        let path = root.join("extension/content").join(part);
        text.push_str(&fs::read_to_string(&path).with_context(|| path.display().to_string())?);
    }
    // Names inside a function are shortened too.
    minify(root, folder, "loader", &format!("(() => {{\n{text}}})();\n"))
}

/// The panel's module: its glue as a module, and its bytes.
fn panel_texts(root: &Path, folder: &Path, glue: &str) -> anyhow::Result<[String; 2]> {
    let (input, shipped) = (folder.join("pkg-panel/kibitz_bg.wasm"), folder.join("panel.wasm"));
    let mut command = Command::new(tools::npm_tool(root, "wasm-opt")?);
    command.arg(&input).args(FEATURES).args(["-O3", "--strip-debug", "--strip-producers", "-o"]).arg(&shipped);
    tools::run(&mut command, "wasm-opt (panel)")?;
    let module = packed::packed(&fs::read(&shipped)?)?;
    let core = minify(root, folder, "panel", &glue::panel(glue)?)?;
    Ok([core, format!("export const bytes=\"{module}\";\n")])
}

/// Compiles and binds, by wasm-pack.
///
/// The linker writes which features the module uses from what its parts say, and std's parts say `reference-types`,
/// from which wasm-bindgen would make a table that wasm2js cannot translate. So the list is given to the linker;
/// nothing in the module needs what is left out, and `signature` refuses a module that does.
fn build(root: &Path, out: &Path, cargo: &[&str]) -> anyhow::Result<()> {
    let mut flags = vec![
        "-Ctarget-cpu=mvp".to_owned(),
        "-Ctarget-feature=+bulk-memory,+sign-ext,+mutable-globals".to_owned(),
        "-Clink-arg=--no-check-features".to_owned(),
        "-Clink-arg=--features=bulk-memory,bulk-memory-opt,sign-ext,mutable-globals".to_owned(),
    ];
    if cargo.is_empty() {
        flags.push(INLINE.to_owned());
    }
    // No path of the machine that built it: the same source gives the same module anywhere.
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| home.map(|dir| dir.join(".cargo")));
    if let Some(dir) = cargo_home {
        flags.push(format!("--remap-path-prefix={}=cargo", dir.display()));
        for source in fs::read_dir(dir.join("registry/src")).into_iter().flatten().flatten() {
            flags.push(format!("--remap-path-prefix={}=crates", source.path().display()));
        }
    }
    flags.push(format!("--remap-path-prefix={}=kibitz", root.display()));
    let mut path: OsString = tools::crate_tools().into();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut command = Command::new("wasm-pack");
    command
        .current_dir(root)
        .env("PATH", &path)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .args(["build", "--release", "--target", "no-modules", "--mode", "no-install"])
        .args(["--no-opt", "--no-typescript", "--no-pack", "--out-dir"])
        .arg(out)
        .arg("--")
        .args(cargo);
    if !cargo.is_empty() {
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "3");
    }
    tools::run(&mut command, "wasm-pack (install: ./build.sh package)")
}

/// From the bound module of the content script to its three texts: core, bytes, twin.
fn translate(root: &Path, folder: &Path, glue: &str, bound: &[u8]) -> anyhow::Result<[String; 3]> {
    let wasm_opt = tools::npm_tool(root, "wasm-opt")?;
    let said = Command::new(&wasm_opt).arg("--version").output()?;
    if !String::from_utf8_lossy(&said.stdout).contains(BINARYEN) {
        bail!("wasm-opt is not binaryen {BINARYEN}: run `npm ci`");
    }
    let wide = signature::wide_imports(bound)?;
    let input = folder.join("pkg/kibitz_bg.wasm");

    eprintln!("package: wasm-opt");
    let (named, shipped) = (folder.join("named.wasm"), folder.join("kibitz.wasm"));
    let mut command = Command::new(&wasm_opt);
    command.arg(&input).args(FEATURES).args(OPTIMISING).args(["-g", ORDER, "-o"]).arg(&named);
    tools::run(&mut command, "wasm-opt")?;
    let mut command = Command::new(&wasm_opt);
    command.arg(&named).args(FEATURES).args(["--strip-debug", "--strip-producers", "-o"]).arg(&shipped);
    tools::run(&mut command, "wasm-opt (names)")?;

    eprintln!("package: wasm2js");
    let lowered = folder.join("lowered.wasm");
    let mut command = Command::new(&wasm_opt);
    command.arg(&input).args(FEATURES).args(LOWERING).args(OPTIMISING).args(["--strip-debug", "-o"]).arg(&lowered);
    tools::run(&mut command, "wasm-opt (lowering)")?;
    let translated = folder.join("translated.js");
    let mut command = Command::new(tools::npm_tool(root, "wasm2js")?);
    command.arg(&lowered).args(["-Oz", "-o"]).arg(&translated);
    tools::run(&mut command, "wasm2js")?;

    eprintln!("package: the twin's memory");
    let memory = begun(root, folder, &lowered)?;

    eprintln!("package: deflate");
    let module = packed::packed(&fs::read(&shipped)?)?;
    let (twin, data) = twin::script(&fs::read_to_string(&translated)?, &wide, &memory)?;
    let data = packed::packed(&data)?;
    Ok([
        minify(root, folder, "core", &glue::core(glue)?)?,
        format!("var KibitzBytes=\"{module}\";\n"),
        format!("{}var KibitzTwinData=\"{data}\";\n", twin::eager(&minify(root, folder, "twin", &twin)?)?),
    ])
}

/// The memory with which the twin begins. To read the model it needs 160 ms of processor time otherwise, in code that nobody has
/// compiled yet (Node 20, compiling threads included; 10 ms so), of which a page being loaded feels 15. The image is 126 KB larger
/// for it, packed; a Wasm module has not that room.
fn begun(root: &Path, folder: &Path, module: &Path) -> anyhow::Result<Vec<u8>> {
    let (script, out) = (folder.join("begun.mjs"), folder.join("begun.bin"));
    fs::write(&script, include_str!("begun.mjs"))?;
    let mut command = Command::new("node");
    command.arg(script).arg(module).arg(root.join("model/model.bin")).arg(&out);
    tools::run(&mut command, "the twin's memory")?;
    Ok(fs::read(out)?)
}

/// Shortens a classic script; names at its top level stay.
fn minify(root: &Path, folder: &Path, name: &str, text: &str) -> anyhow::Result<String> {
    let (input, output) = (folder.join(format!("{name}.full.js")), folder.join(format!("{name}.min.js")));
    fs::write(&input, text)?;
    let mut command = Command::new(tools::npm_tool(root, "esbuild")?);
    command.arg(&input).args(["--minify", "--charset=utf8", "--log-level=warning", ENGINES]);
    command.arg(format!("--outfile={}", output.display()));
    tools::run(&mut command, "esbuild")?;
    fs::read_to_string(&output).context("esbuild wrote nothing")
}

/// A fingerprint of what the forms are made from, this program included.
fn stamp(parts: &[&[u8]]) -> String {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        hasher.write_usize(part.len());
        hasher.write(part);
    }
    format!("{:016x}", hasher.finish())
}
