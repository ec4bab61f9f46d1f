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

/// Hosts whose page policy is known to forbid Wasm in Chromium's content scripts: they get the twin with the content
/// script, so that the first screen is not late. Elsewhere the loader asks for the twin when Wasm is refused.
/// LinkedIn: header recorded 2024-12, hosts and hashes, no word on Wasm.
const STRICT: [&str; 2] = ["www.linkedin.com", "linkedin.com"];

/// Hosts of all rooms.
fn hosts() -> Vec<&'static str> {
    kibitz::platforms::ALL.iter().flat_map(|platform| platform.hosts).copied().collect()
}

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
        let all = hosts();
        made.insert("host_permissions".into(), patterns(&all));
        let (strict, open): (Vec<&str>, Vec<&str>) = all.iter().partition(|host| STRICT.contains(host));
        let scripts = match browser {
            _ if twin_only => json!([script(&all, &WITH_TWIN)]),
            Browser::Chromium => json!([script(&open, &WITH_BYTES), script(&strict, &WITH_TWIN)]),
            Browser::Firefox => json!([script(&all, &WITH_BYTES)]),
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

fn patterns(hosts: &[&str]) -> Value {
    hosts.iter().map(|host| format!("https://{host}/*")).collect()
}

/// One entry of `content_scripts`: before the page's own scripts, in the top frame only.
fn script(hosts: &[&str], files: &[&str]) -> Value {
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

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = r#"{"background":{"service_worker":"b.js","scripts":["b.js"]},
        "minimum_chrome_version":"120","browser_specific_settings":{},"permissions":["storage"]}"#;

    fn made(browser: Browser, twin_only: bool) -> Value {
        Base::parse(BASE).unwrap().for_browser(browser, twin_only).unwrap()
    }

    #[test]
    fn hosts_are_those_committed() {
        let committed = include_str!("../../../tests/promises/hosts.txt");
        let committed: Value = committed.lines().filter(|line| !line.starts_with('#')).collect();
        for browser in [Browser::Chromium, Browser::Firefox] {
            assert_eq!(made(browser, false)["host_permissions"], committed);
        }
    }

    /// For each host: which module files its content script loads, and that it loads each once.
    #[track_caller]
    fn check(browser: Browser, twin_only: bool, host: &str, module: &str) {
        let made = made(browser, twin_only);
        let pattern = json!(format!("https://{host}/*"));
        let is_for = |entry: &&Value| entry["matches"].as_array().unwrap().contains(&pattern);
        let entries: Vec<&Value> = made["content_scripts"].as_array().unwrap().iter().filter(is_for).collect();
        assert_eq!(entries.len(), 1, "{host}");
        let expected = json!({ "matches": entries[0]["matches"], "js": [module, "content/core.js", "content/loader.js"], "run_at": "document_start" });
        assert_eq!(entries[0], &expected);
    }

    #[test]
    fn every_host_gets_one_form() {
        for host in STRICT {
            assert!(hosts().contains(&host), "{host} is no room's");
        }
        check(Browser::Chromium, false, "x.com", "content/bytes.js");
        check(Browser::Chromium, false, "www.linkedin.com", "content/twin.js");
        check(Browser::Firefox, false, "x.com", "content/bytes.js");
        check(Browser::Firefox, false, "www.linkedin.com", "content/bytes.js");
        check(Browser::Chromium, true, "x.com", "content/twin.js");
        check(Browser::Firefox, true, "www.linkedin.com", "content/twin.js");
    }

    #[test]
    fn each_browser_gets_its_own_keys() {
        let (chromium, firefox) = (made(Browser::Chromium, false), made(Browser::Firefox, false));
        assert_eq!(chromium["background"], json!({ "service_worker": "b.js" }));
        assert_eq!(firefox["background"], json!({ "scripts": ["b.js"] }));
        assert!(
            chromium.get("browser_specific_settings").is_none() && firefox.get("browser_specific_settings").is_some()
        );
        assert!(firefox.get("minimum_chrome_version").is_none() && chromium.get("minimum_chrome_version").is_some());
        assert_eq!(chromium["permissions"], json!(["storage"]));
    }

    #[test]
    fn refuses_a_base_that_says_what_is_made_here() {
        assert!(Base::parse(r#"{"host_permissions":[]}"#).is_err());
        assert!(Base::parse("[]").is_err());
        assert!(Base::parse(r#"{"background":{}}"#).unwrap().for_browser(Browser::Firefox, false).is_err());
    }

    #[test]
    fn refuses_a_file_that_is_not_there() {
        let folder = std::env::temp_dir().join(format!("kibitz-manifest-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("popup")).unwrap();
        std::fs::write(folder.join("popup/a.html"), "").unwrap();
        let works = |text: &str| check_files(&serde_json::from_str(text).unwrap(), &folder).is_ok();
        assert!(works(r#"{"action":{"default_popup":"popup/a.html"}}"#));
        assert!(!works(r#"{"action":{"default_popup":"popup/b.html"}}"#));
        assert!(!works(r#"{"content_scripts":[{"js":["a.js"]}]}"#));
        assert!(!works(r#"{"default_locale":"en"}"#));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
