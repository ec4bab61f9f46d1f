//! Owns reading JSON, as pages state facts about themselves in it (JSON-LD); never writes any.

use crate::text::tail;

/// A value; numbers, booleans and null are of no use here.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Self>),
    /// An object, in its order.
    Map(Vec<(String, Self)>),
    /// Anything else, by its characters.
    Other(String),
}

/// Nested deeper than this, a text is given up; facts about a post are five deep.
const DEEPEST: u32 = 32;

/// Reads one value; `None` for what is none, or what follows one.
pub fn parse(text: &str) -> Option<Json> {
    let mut rest = text;
    let value = value(&mut rest, 0)?;
    rest.trim_start().is_empty().then_some(value)
}

impl Json {
    /// The field of an object.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Map(fields) = self else { return None };
        fields.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The string, or the first of a list of them.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(list) => list.first()?.text(),
            Self::Map(_) | Self::Other(_) => None,
        }
    }

    /// The value itself and everything in it that is an object, outermost first, until one is wanted.
    pub fn find(&self, wanted: &dyn Fn(&Self) -> bool) -> Option<&Self> {
        if wanted(self) {
            return Some(self);
        }
        match self {
            Self::List(list) => list.iter().find_map(|value| value.find(wanted)),
            Self::Map(fields) => fields.iter().find_map(|(_, value)| value.find(wanted)),
            Self::Text(_) | Self::Other(_) => None,
        }
    }
}

fn take(rest: &mut &str, sign: char) -> bool {
    let trimmed = rest.trim_start();
    let Some(after) = trimmed.strip_prefix(sign) else { return false };
    *rest = after;
    true
}

fn value(rest: &mut &str, depth: u32) -> Option<Json> {
    if depth > DEEPEST {
        return None;
    }
    *rest = rest.trim_start();
    if rest.starts_with('"') {
        return string(rest).map(Json::Text);
    }
    let is_map = rest.starts_with('{');
    if !is_map && !rest.starts_with('[') {
        let end = rest.find([',', ']', '}']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        *rest = after;
        let word = word.trim();
        return (!word.is_empty()).then(|| Json::Other(word.to_owned()));
    }
    *rest = tail(rest, 1);
    let close = if is_map { '}' } else { ']' };
    let (mut fields, mut list) = (Vec::new(), Vec::new());
    if !take(rest, close) {
        loop {
            if is_map {
                *rest = rest.trim_start();
                let key = string(rest)?;
                take(rest, ':').then_some(())?;
                fields.push((key, value(rest, depth + 1)?));
            } else {
                list.push(value(rest, depth + 1)?);
            }
            if take(rest, close) {
                break;
            }
            take(rest, ',').then_some(())?;
        }
    }
    Some(if is_map { Json::Map(fields) } else { Json::List(list) })
}

/// A string in quotes.
fn string(rest: &mut &str) -> Option<String> {
    let inner = rest.strip_prefix('"')?;
    let mut out = String::new();
    let mut characters = inner.char_indices();
    // The first half of a character beyond the basic plane.
    let mut high = None;
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => {
                *rest = tail(inner, at + 1);
                return Some(out);
            }
            '\\' => {
                let (at, escaped) = characters.next()?;
                let plain = match escaped {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' | 'f' => ' ',
                    'u' => {
                        let unit = u32::from_str_radix(inner.get(at + 1..at + 5)?, 16).ok()?;
                        characters.nth(3);
                        match (unit, high.take()) {
                            (0xd800..=0xdbff, _) => {
                                high = Some(unit);
                                continue;
                            }
                            (0xdc00..=0xdfff, Some(high)) => {
                                char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (unit - 0xdc00))?
                            }
                            (_, _) => char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER),
                        }
                    }
                    other => other,
                };
                out.push(plain);
            }
            other => out.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        let text = |text: &str| Json::Text(text.into());
        for (source, expected) in [
            (r#""a\"b\u00e9\ud83d\ude00\n""#, Some(text("a\"bé😀\n"))),
            ("[]", Some(Json::List(vec![]))),
            (
                r#" [ "a" , 1.5, true ] "#,
                Some(Json::List(vec![text("a"), Json::Other("1.5".into()), Json::Other("true".into())])),
            ),
            (
                r#"{"a":{"b":null}}"#,
                Some(Json::Map(vec![("a".into(), Json::Map(vec![("b".into(), Json::Other("null".into()))]))])),
            ),
            (r#"{"a":"b"} x"#, None),
            (r#"{"a" "b"}"#, None),
            (r#"{"a":}"#, None),
            (r#"["a""#, None),
            (r#""\u12"#, None),
            ("", None),
        ] {
            assert_eq!(parse(source), expected, "{source}");
        }
        assert_eq!(parse(&"[".repeat(100_000)), None);
        let found = parse(r#"[{"@graph":[{"@type":["Article"],"author":"Ada"}]}]"#).unwrap();
        let article = found.find(&|value| value.get("@type").and_then(Json::text) == Some("Article")).unwrap();
        assert_eq!(article.get("author").and_then(Json::text), Some("Ada"));
    }
}
