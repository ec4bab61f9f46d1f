//! Owns the verb `new-platform`: a file, a fixture and every registration of a network, for its author to fill in; never touches what is there already.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, bail};

/// Its flags.
#[derive(clap::Args)]
pub struct Args {
    /// Its name in Kibitz: lower-case letters and digits, as in file names and on the command line
    name: String,
    /// The host on which it lives; further ones are added in its file
    #[arg(long)]
    host: String,
}

/// Questions to the page that the scaffold needs for a post; measured on its fixture.
const QUESTIONS: u32 = 16;

/// Runs the verb; fails when the name is taken or the repository is not as this expects.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("a workspace")?;
    let written = scaffold(root, &args.name, &args.host)?;
    for path in &written {
        println!("{}", path.display());
    }
    // The lists are sorted by the formatter; where it is missing, the lint tier says so.
    let _ = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .args(written.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")))
        .status();
    println!(
        "Next: save a page, put its structure with invented words into the fixture, mend the selectors until `cargo test --test pages` \
         agrees; then `UPDATE_EXPECT=1 cargo test --test goldens`, read the diff, and run `cargo test`."
    );
    Ok(ExitCode::SUCCESS)
}

/// One registration: the file, the text before which (or behind which) a line is put.
struct Place {
    file: &'static str,
    /// Stands once in the file.
    anchor: &'static str,
    before: bool,
    line: String,
    /// The beginning of an array's type, whose length grows by one; empty: none.
    counted: &'static str,
}

/// Writes the new files and registers them; gives the paths that changed.
///
/// # Errors
/// When the name is no name or taken, or a file is not as this expects: then nothing has been written.
fn scaffold(root: &Path, name: &str, host: &str) -> anyhow::Result<Vec<PathBuf>> {
    let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if !is_name {
        bail!("`{name}`: a name is lower-case letters and digits");
    }
    let is_host =
        host.contains('.') && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
    if !is_host {
        bail!("`{host}`: a host is a name such as `www.example.com`");
    }
    let file = root.join(format!("src/platforms/{name}.rs"));
    if file.exists()
        || root.join(format!("src/platforms/{name}")).exists()
        || kibitz::post::Room::from_id(name).is_some()
    {
        bail!("`{name}` is there already");
    }
    let (first, rest) = name.split_at(1);
    let title = format!("{}{rest}", first.to_uppercase());
    let fill = |template: &str| {
        template
            .replace("@NAME@", &name.to_uppercase())
            .replace("@Title@", &title)
            .replace("@name@", name)
            .replace("@host@", host)
    };
    let mut files = vec![
        (file, fill(include_str!("../templates/platform.rs.txt"))),
        (root.join(format!("tests/fixtures/{name}_home_en.html")), fill(include_str!("../templates/fixture.html"))),
        (
            root.join(format!("tests/fixtures/{name}_home_en.expected.json")),
            fill(include_str!("../templates/expected.json")),
        ),
    ];
    for place in places(name, &title, host) {
        let path = root.join(place.file);
        let known = files.iter().position(|(known, _)| *known == path);
        let text = match known {
            Some(at) => files.swap_remove(at).1,
            None => fs::read_to_string(&path).with_context(|| path.display().to_string())?,
        };
        files.push((path, registered(&text, &place).with_context(|| place.file)?));
    }
    for locale in fs::read_dir(root.join("extension/_locales"))? {
        let path = locale?.path().join("messages.json");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let line = format!("  \"room_{name}\": {{\n    \"message\": \"{title}\"\n  }},\n");
        let place = Place { file: "", anchor: "  \"room_x\": {", before: true, line, counted: "" };
        files.push((path, registered(&text, &place).context("messages.json")?));
    }
    for (path, text) in &files {
        fs::write(path, text).with_context(|| path.display().to_string())?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// Everywhere a network is listed.
fn places(name: &str, title: &str, host: &str) -> Vec<Place> {
    let upper = name.to_uppercase();
    let place = |file, anchor, before, line: String, counted| Place { file, anchor, before, line, counted };
    vec![
        // Last, so that the numbers of the others stay: the model knows rooms by their place.
        place("src/post/mod.rs", "    Generic,\n", false, format!("    {title},\n"), ""),
        place("src/post/mod.rs", "        Self::Generic,\n", false, format!("        Self::{title},\n"), "[Self; "),
        place(
            "src/post/mod.rs",
            "            Self::Generic => \"generic\",\n",
            false,
            format!("            Self::{title} => \"{name}\",\n"),
            "",
        ),
        place("src/platforms/mod.rs", "pub mod x;\n", true, format!("pub mod {name};\n"), ""),
        place(
            "src/platforms/mod.rs",
            "    &generic::GENERIC,\n",
            true,
            format!("    &{name}::{upper},\n"),
            "[&Platform; ",
        ),
        place(
            "src/platforms/mod.rs",
            "    /// [`generic::refine`].\n",
            true,
            format!("    /// [`{name}::refine`].\n    {title},\n"),
            "",
        ),
        place("src/read/mod.rs", "use crate::platforms::{\n", false, format!("    {name},\n"), ""),
        place(
            "src/read/mod.rs",
            "        Refine::Generic => ",
            true,
            format!("        Refine::{title} => {name}::refine(&own, context, &mut post),\n"),
            "",
        ),
        place(
            "tests/support/goldens.rs",
            "pub const PAGES: &[(&str, &str, &str)] = pages!(\n",
            false,
            format!("    \"{name}_home_en\" at \"https://{host}/\",\n"),
            "",
        ),
        place("tests/reading_cost.rs", "    (\"page\", 58),\n", true, format!("    (\"{name}\", {QUESTIONS}),\n"), ""),
        place("tests/promises/hosts.txt", "", false, format!("https://{host}/*\n"), ""),
    ]
}

/// The text with the line put in; an empty anchor is the end of the text.
fn registered(text: &str, place: &Place) -> anyhow::Result<String> {
    let at = if place.anchor.is_empty() {
        text.len()
    } else {
        let mut found = text.match_indices(place.anchor);
        let (Some((at, _)), None) = (found.next(), found.next()) else {
            bail!("`{}` does not stand once", place.anchor.trim());
        };
        if place.before { at } else { at + place.anchor.len() }
    };
    let mut out = [&text[..at], &place.line, &text[at..]].concat();
    if !place.counted.is_empty() {
        let start = out.find(place.counted).with_context(|| place.counted)? + place.counted.len();
        let end = start + out[start..].find(']').context("an array")?;
        let length: usize = out[start..end].parse()?;
        out.replace_range(start..end, &(length + 1).to_string());
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a build of the core and its tests needs. Its copy is built in a folder of its own: to cargo both are one package.
    const NEEDED: [&str; 11] = [
        "Cargo.toml",
        "Cargo.lock",
        "clippy.toml",
        "rustfmt.toml",
        "rust-toolchain.toml",
        "src",
        "xtask",
        "model",
        "tests",
        "benches",
        "extension",
    ];

    fn copy(from: &Path, to: &Path) {
        if from.is_dir() {
            fs::create_dir_all(to).unwrap();
            for entry in fs::read_dir(from).unwrap() {
                let entry = entry.unwrap();
                copy(&entry.path(), &to.join(entry.file_name()));
            }
        } else {
            fs::copy(from, to).unwrap();
        }
    }

    /// A copy of the repository without what is built.
    fn copied(name: &str) -> PathBuf {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let copied = root.join("target/scaffold").join(name);
        let _ = fs::remove_dir_all(&copied);
        fs::create_dir_all(&copied).unwrap();
        for needed in NEEDED {
            copy(&root.join(needed), &copied.join(needed));
        }
        copied
    }

    #[test]
    fn a_scaffold_builds_and_is_read_as_expected() {
        let root = copied("whole");
        scaffold(&root, "quillbrook", "www.quillbrook.example").unwrap();
        let cargo = |arguments: &[&str], update: bool| {
            let mut command = Command::new(env!("CARGO"));
            command.current_dir(&root).args(arguments).env("CARGO_TARGET_DIR", root.join("../target"));
            // Symbols are of no use here and take time.
            command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
            if update {
                command.env("UPDATE_EXPECT", "1");
            }
            let output = command.output().unwrap();
            assert!(
                output.status.success(),
                "{arguments:?}\n{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        };
        let quiet = ["test", "--quiet", "--offline", "--package", "kibitz"];
        cargo(&[&quiet[..], &["--test", "goldens", "--test", "changes"]].concat(), true);
        cargo(&[&quiet[..], &["--test", "goldens", "--test", "pages", "--test", "promises"]].concat(), false);
        cargo(&[&quiet[..], &["--test", "reading_cost", "--test", "messages", "--test", "layers"]].concat(), false);
        cargo(&[&quiet[..], &["--test", "changes"]].concat(), false);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn refuses_what_is_there_and_what_is_no_name() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for (name, host) in [
            ("x", "x.example"),
            ("linkedin", "l.example"),
            ("generic", "g.example"),
            ("Quill", "q.example"),
            ("1quill", "q.example"),
            ("quill-brook", "q.example"),
            ("", "q.example"),
            ("quillbrook", "quillbrook"),
            ("quillbrook", "https://q.example/"),
        ] {
            assert!(scaffold(root, name, host).is_err(), "{name} {host}");
        }
    }

    #[test]
    fn refuses_a_repository_that_is_not_as_expected() {
        let place = |anchor| Place { file: "", anchor, before: true, line: "new\n".into(), counted: "[u8; " };
        assert_eq!(registered("[u8; 1]\na\n", &place("a\n")).unwrap(), "[u8; 2]\nnew\na\n");
        assert!(registered("[u8; 1]\na\na\n", &place("a\n")).is_err());
        assert!(registered("a\n", &place("a\n")).is_err());
        assert!(registered("[u8; 1]\n", &place("a\n")).is_err());
    }
}
