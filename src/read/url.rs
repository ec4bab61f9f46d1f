//! Owns addresses as text: their parts, and the parts that track; never fetches one.

use crate::text::{head, tail};

/// An address taken apart; a relative one has an empty host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// Host in the page's spelling, without port.
    pub host: &'a str,
    /// Path with its leading slash; empty when there is none.
    pub path: &'a str,
    /// Query without `?`.
    pub query: &'a str,
}

/// Takes an address apart. Total: anything that is no address is a path.
pub fn parse(address: &str) -> Url<'_> {
    let address = address.trim();
    let address = address.split_once('#').map_or(address, |(before, _)| before);
    let (before, query) = address.split_once('?').unwrap_or((address, ""));
    let rest = ["https://", "http://", "//"].iter().find_map(|scheme| before.strip_prefix(scheme));
    let Some(rest) = rest else { return Url { host: "", path: before, query } };
    let at = rest.find('/').unwrap_or(rest.len());
    let authority = head(rest, at).rsplit('@').next().unwrap_or_default();
    Url { host: authority.split(':').next().unwrap_or_default(), path: tail(rest, at), query }
}

impl<'a> Url<'a> {
    /// The parts of the path, empty ones left out.
    pub fn segments(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.path.split('/').filter(|segment| !segment.is_empty())
    }

    /// The raw value of a query parameter.
    pub fn param(&self, name: &str) -> Option<&'a str> {
        self.query
            .split('&')
            .find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
    }
}

/// Query parameters that say who clicked where, not what is shown.
const TRACKING: [&str; 22] = [
    "twclid",
    "gclid",
    "gbraid",
    "wbraid",
    "fbclid",
    "igshid",
    "igsh",
    "li_fat_id",
    "msclkid",
    "ttclid",
    "yclid",
    "dclid",
    "mc_cid",
    "mc_eid",
    "ref_src",
    "ref_url",
    "s",
    "t",
    "trk",
    "miniProfileUrn",
    "lipi",
    "rcm",
];

/// The address without fragment and tracking parameters.
pub fn untracked(address: &str) -> String {
    let address = address.trim();
    let address = address.split_once('#').map_or(address, |(before, _)| before);
    let Some((before, query)) = address.split_once('?') else { return address.to_owned() };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| {
            let name = pair.split('=').next().unwrap_or_default();
            !name.is_empty() && !name.starts_with("utm_") && !TRACKING.contains(&name)
        })
        .collect();
    if kept.is_empty() { before.to_owned() } else { format!("{before}?{}", kept.join("&")) }
}

/// Percent-decodes; a sequence that is no UTF-8 stays as it is.
pub fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped =
            (byte == b'%').then(|| text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok())).flatten();
        match escaped {
            Some(value) => {
                out.push(value);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        for (address, host, path, query) in [
            ("https://x.com/velo/status/7?s=20#m", "x.com", "/velo/status/7", "s=20"),
            ("//x.com", "x.com", "", ""),
            ("/velo", "", "/velo", ""),
            ("https://u:p@x.com:443/a", "x.com", "/a", ""),
            ("", "", "", ""),
        ] {
            assert_eq!(parse(address), Url { host, path, query }, "{address}");
        }
    }

    #[test]
    fn tracking_goes() {
        for (address, expected) in [
            ("https://a.de/x?twclid=25&utm_source=y", "https://a.de/x"),
            ("https://a.de/x?id=3&utm_source=y#top", "https://a.de/x?id=3"),
            ("https://a.de/x", "https://a.de/x"),
        ] {
            assert_eq!(untracked(address), expected);
        }
        assert_eq!(decoded("https%3A%2F%2Fa%2Ede%2F%"), "https://a.de/%");
    }
}
