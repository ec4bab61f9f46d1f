//! Owns LinkedIn's names for a post: urns, and the encoded keys that hide them; never looks at a page.

use crate::text::{head, tail};

/// What an encoded key names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A post.
    Post(String),
    /// Something that is shown among posts and is none (6: a course of LinkedIn Learning).
    Other(u64),
}

/// Reads the key in front of `-replaceableCommentTools…`: base64 of a protobuf message whose field number is the kind of urn
/// (1 activity, 2 ugcPost, 6 a course) and whose payload's field 1 is the id as a zig-zag varint.
///
/// Seen right in 10 of 10 posts of two pages of 2026, by the shown ages and by the urns that one page also spells out.
pub fn of_component_key(key: &str) -> Option<Key> {
    let (encoded, _) = key.split_once("-replaceableCommentTools")?;
    let bytes = base64(encoded)?;
    let mut at = bytes.as_slice();
    let tag = varint(&mut at)?;
    let (field, wire) = (tag >> 3, tag & 7);
    let length = usize::try_from(varint(&mut at)?).ok()?;
    if wire != 2 || length != at.len() {
        return None;
    }
    let kind = match field {
        1 => "activity",
        2 => "ugcPost",
        other => return Some(Key::Other(other)),
    };
    if varint(&mut at)? != 0x08 {
        return None;
    }
    let id = unzigzag(varint(&mut at)?);
    (id > 0).then(|| Key::Post(format!("urn:li:{kind}:{id}")))
}

/// The first `urn:li:{activity|ugcPost|share|groupPost}:{number}` of a text: an attribute, a link (escaped or not), a nested urn.
pub fn find(text: &str) -> Option<String> {
    let text = text.replace("%3A", ":").replace("%3a", ":");
    let mut rest = text.as_str();
    while let Some(at) = rest.find("urn:li:") {
        rest = tail(rest, at + "urn:li:".len());
        for kind in ["activity", "ugcPost", "share", "groupPost"] {
            let Some(id) = rest.strip_prefix(kind).and_then(|rest| rest.strip_prefix(':')) else { continue };
            let end = id.find(|character: char| !(character.is_ascii_digit() || character == '-')).unwrap_or(id.len());
            if head(id, end).bytes().any(|byte| byte.is_ascii_digit()) {
                return Some(format!("urn:li:{kind}:{}", head(id, end)));
            }
        }
    }
    None
}

/// The number at the end of a urn; of a group post, the part behind the group's number.
pub fn number(urn: &str) -> Option<u64> {
    urn.rsplit([':', '-']).next()?.parse().ok()
}

fn varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// Sign in the lowest bit (Protocol Buffers, `sint64`).
fn unzigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
}

/// Base64 in either alphabet, with or without padding; `None` when a character is foreign.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in text.trim_end_matches('=').bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_keys() {
        for (key, expected) in [
            (
                "CgsIgIDEiJyfsvHOAQ-replaceableCommentToolstZCvFeedType_MAIN_FEED_RELEVANCE",
                Some(Key::Post("urn:li:activity:7453849345780645888".into())),
            ),
            (
                "EgsIgMDR7O3DivfOAQ-replaceableCommentTools2fsq",
                Some(Key::Post("urn:li:ugcPost:7455450864162582528".into())),
            ),
            ("MgUIkquEBA-replaceableCommentToolssyEb", Some(Key::Other(6))),
            ("CgsIgIDEiJyfsvHOAQ", None),
            ("Cgs-replaceableCommentTools", None),
            ("CgsIgIDEiJyfsvHO-replaceableCommentTools", None),
            ("%%-replaceableCommentTools", None),
            ("-replaceableCommentTools", None),
            ("CgIIAw-replaceableCommentTools", None),
        ] {
            assert_eq!(of_component_key(key), expected, "{key}");
        }
    }

    #[test]
    fn urns_in_text() {
        for (text, expected) in [
            ("urn:li:activity:7341458136567902210", Some("urn:li:activity:7341458136567902210")),
            ("/feed/update/urn%3Ali%3AugcPost%3A73/?x", Some("urn:li:ugcPost:73")),
            ("urn:li:fsd_update:(urn:li:activity:73,MAIN)", Some("urn:li:activity:73")),
            ("urn:li:groupPost:12-34", Some("urn:li:groupPost:12-34")),
            ("urn:li:inAppPromotion:14094", None),
            ("urn:li:member:12", None),
            ("urn:li:activity:", None),
        ] {
            assert_eq!(find(text).as_deref(), expected, "{text}");
        }
        assert_eq!(number("urn:li:groupPost:12-34"), Some(34));
    }
}
