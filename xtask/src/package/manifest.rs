//! Owns the way from `extension/manifest.base.json` to each browser's manifest; never adds a permission of its own.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

/// A browser family with its own package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium, Chrome, Edge and their like.
    Chromium,
    /// Firefox.
    Firefox,
}

impl Browser {
    /// The unpacked package's folder.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Chromium => "chrome",
            Self::Firefox => "firefox",
        }
    }

    /// The archive's file name.
    pub fn archive(self) -> &'static str {
        match self {
            Self::Chromium => "kibitz-chrome.zip",
            Self::Firefox => "kibitz-firefox.xpi",
        }
    }
}

/// Hosts of all rooms.
const HOSTS: [&str; 5] = ["x.com", "twitter.com", "mobile.x.com", "mobile.twitter.com", "www.linkedin.com"];

/// Hosts whose page policy is known to forbid Wasm in Chromium's content scripts: they get the twin with the content
/// script, so that the first screen is not late. Elsewhere the loader asks for the twin when Wasm is refused.
/// LinkedIn: header recorded 2024-12, hosts and hashes, no word on Wasm.
const STRICT: [&str; 1] = ["www.linkedin.com"];

/// What the content script is made of, in this order; the loader comes last and finds what is there.
const WITH_BYTES: [&str; 3] = ["content/bytes.js", "content/core.js", "content/loader.js"];
const WITH_TWIN: [&str; 3] = ["content/twin.js", "content/core.js", "content/loader.js"];

/// What both manifests share, as written by hand.
pub struct Base(serde_json::Map<String, Value>);

impl Base {
    /// Reads the base.
    ///
    /// # Errors
    /// When it is not a JSON object, or holds what is made here.
    pub fn load(root: &Path) -> anyhow::Result<Self> {
        let path = root.join("extension/manifest.base.json");
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Self::parse(&text).with_context(|| path.display().to_string())
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        let Value::Object(base) = serde_json::from_str(text)? else {
            bail!("not an object");
        };
        for made in ["content_scripts", "host_permissions", "version"] {
            if base.contains_key(made) {
                bail!("{made} is filled in by the packager");
            }
        }
        Ok(Self(base))
    }

    /// One browser's manifest.
    ///
    /// # Errors
    /// When the background names no script.
    pub fn for_browser(&self, browser: Browser, twin_only: bool) -> anyhow::Result<Value> {
        let mut made = self.0.clone();
        made.insert("version".into(), json!(env!("CARGO_PKG_VERSION")));
        made.insert("host_permissions".into(), patterns(HOSTS.iter()));
        let (strict, open): (Vec<&str>, Vec<&str>) = HOSTS.into_iter().partition(|host| STRICT.contains(host));
        let scripts = match browser {
            _ if twin_only => json!([script(HOSTS.iter(), &WITH_TWIN)]),
            Browser::Chromium => json!([script(open.iter(), &WITH_BYTES), script(strict.iter(), &WITH_TWIN)]),
            Browser::Firefox => json!([script(HOSTS.iter(), &WITH_BYTES)]),
        };
        made.insert("content_scripts".into(), scripts);
        if let Some(background) = made.get_mut("background") {
            let scripts = background.get("scripts").and_then(|scripts| scripts.get(0));
            let path = background.get("service_worker").or(scripts).context("background names no script")?.clone();
            let mut changed = match browser {
                Browser::Chromium => json!({ "service_worker": path }),
                Browser::Firefox => json!({ "scripts": [path] }),
            };
            if let (Some(kind), Some(changed)) = (background.get("type"), changed.as_object_mut()) {
                changed.insert("type".into(), kind.clone());
            }
            *background = changed;
        }
        made.shift_remove(match browser {
            Browser::Chromium => "browser_specific_settings",
            Browser::Firefox => "minimum_chrome_version",
        });
        Ok(Value::Object(made))
    }
}

fn patterns<'a>(hosts: impl Iterator<Item = &'a &'a str>) -> Value {
    hosts.map(|host| format!("https://{host}/*")).collect()
}

/// One entry of `content_scripts`: before the page's own scripts, in the top frame only.
fn script<'a>(hosts: impl Iterator<Item = &'a &'a str>, files: &[&str]) -> Value {
    json!({ "matches": patterns(hosts), "js": files, "run_at": "document_start" })
}

/// Checks that every file the manifest names is in the package: a browser refuses the whole of it otherwise.
///
/// # Errors
/// Names the first file that is missing.
pub fn check_files(manifest: &Value, folder: &Path) -> anyhow::Result<()> {
    let mut left = vec![manifest];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(value) = left.pop() {
        if let Value::Array(items) = value {
            left.extend(items);
        } else if let Value::Object(fields) = value {
            left.extend(fields.values());
        } else if let Value::String(text) = value {
            let is_file = [".js", ".html", ".css", ".png", ".svg"].iter().any(|end| text.ends_with(end));
            if is_file {
                files.push(text.trim_start_matches('/').into());
            }
        }
    }
    if let Some(locale) = manifest.get("default_locale").and_then(Value::as_str) {
        files.push(Path::new("_locales").join(locale).join("messages.json"));
    }
    match files.iter().find(|file| !folder.join(file).is_file()) {
        Some(missing) => bail!("the manifest names {}, which the package does not hold", missing.display()),
        None => Ok(()),
    }
}
