//! Owns instants: ISO 8601 to milliseconds and back, and the instants hidden in ids; never asks what time it is.

use crate::post::{PostTime, Room, TimeSource};

const DAY_MS: i64 = 86_400_000;

/// Milliseconds since 1970-01-01T00:00:00Z of an ISO 8601 instant (`2024-11-26T20:47:06.000Z`, `…+02:00`); `None` for anything else.
///
/// A date without a zone is taken as UTC.
pub fn parse_iso(text: &str) -> Option<i64> {
    let text = text.trim();
    let date = text.get(..10)?;
    let mut parts = date.split('-');
    let (year, month, day) = (number(parts.next()?)?, number(parts.next()?)?, number(parts.next()?)?);
    if parts.next().is_some() || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let days_ms = days_from_civil(year, month, day) * DAY_MS;
    let Some(rest) = text.get(10..).and_then(|rest| rest.strip_prefix(['T', ' '])) else {
        return (text.len() == 10).then_some(days_ms);
    };
    let (clock, zone_ms) = zone(rest)?;
    let (hms, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = hms.split(':');
    let hour = number(parts.next()?)?;
    let minute = number(parts.next()?)?;
    let second = parts.next().map_or(Some(0), number)?;
    if hour > 24 || minute > 59 || second > 60 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut millis = 0;
    for index in 0..3 {
        millis = millis * 10 + i64::from(fraction.as_bytes().get(index).map_or(0, |byte| byte - b'0'));
    }
    Some(days_ms + ((hour * 60 + minute) * 60 + second) * 1000 + millis - zone_ms)
}

/// The instant as `2024-11-26T20:47:06.000Z`, or without the fraction.
pub fn format_iso(unix_ms: i64, with_millis: bool) -> String {
    let (year, month, day) = civil_from_days(unix_ms.div_euclid(DAY_MS));
    let of_day = unix_ms.rem_euclid(DAY_MS);
    let (hour, minute, second, millis) = (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1000 % 60, of_day % 1000);
    if with_millis {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// A post's time as exactly as its page states it: ids hold milliseconds that no page shows, and Reddit states seconds.
pub fn as_stated(time: PostTime, room: Room) -> String {
    let is_exact = time.source == TimeSource::Stated && (room != Room::Reddit || time.unix_ms % 1000 != 0);
    format_iso(time.unix_ms, is_exact)
}

/// When a LinkedIn id was given out: its upper bits are milliseconds since 1970 (checked against the shown age of ten posts).
pub fn of_linkedin_id(id: u64) -> Option<i64> {
    let unix_ms = i64::try_from(id >> 22).ok()?;
    // Ids of this form exist since 2015 or so; older ones are counters.
    (unix_ms > 1_262_304_000_000).then_some(unix_ms)
}

/// When a Bluesky record was made, by its key: 13 digits to the base of 32, the upper 53 of 63 bits microseconds since 1970 (AT Protocol, "TID").
pub fn of_tid(key: &str) -> Option<i64> {
    const DIGITS: &[u8] = b"234567abcdefghijklmnopqrstuvwxyz";
    (key.len() == 13).then_some(())?;
    let value = key.bytes().try_fold(0_u64, |value, byte| {
        let digit = DIGITS.iter().position(|known| *known == byte)?;
        Some(value << 5 | digit as u64)
    })?;
    plausible(i64::try_from((value & (u64::MAX >> 1)) >> 10).ok()? / 1000)
}

/// When a TikTok video was put up, by its id: the upper half of 64 bits is seconds since 1970.
pub fn of_tiktok_id(id: &str) -> Option<i64> {
    plausible(i64::try_from(id.parse::<u64>().ok()? >> 32).ok()? * 1000)
}

/// Anything but instants before these networks were there (2014) or long after (2100): other kinds of id.
fn plausible(unix_ms: i64) -> Option<i64> {
    (1_388_534_400_000..4_102_444_800_000).contains(&unix_ms).then_some(unix_ms)
}

fn number(digits: &str) -> Option<i64> {
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

/// Splits `20:47:06.000+02:00` into the clock and the zone in milliseconds east of UTC.
fn zone(text: &str) -> Option<(&str, i64)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let Some(at) = text.rfind(['+', '-']) else { return Some((text, 0)) };
    let digits: String = text.get(at + 1..)?.chars().filter(|character| *character != ':').collect();
    let (hours, minutes) = (number(digits.get(..2)?)?, digits.get(2..4).map_or(Some(0), number)?);
    let sign = if text.as_bytes().get(at) == Some(&b'-') { -1 } else { 1 };
    Some((text.get(..at)?, sign * (hours * 60 + minutes) * 60_000))
}

/// Days since 1970-01-01 of a date of the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms").
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_both_ways() {
        for (text, unix_ms) in [
            ("1970-01-01T00:00:00.000Z", 0),
            ("2024-11-26T20:47:06.000Z", 1_732_654_026_000),
            ("2024-02-29T23:59:59.999Z", 1_709_251_199_999),
            ("1969-12-31T23:59:59.500Z", -500),
            ("2100-03-01T00:00:00.000Z", 4_107_542_400_000),
        ] {
            assert_eq!(parse_iso(text), Some(unix_ms), "{text}");
            assert_eq!(format_iso(unix_ms, true), text);
        }
        assert_eq!(format_iso(1_732_654_026_999, false), "2024-11-26T20:47:06Z");
    }

    #[test]
    fn other_forms() {
        for (text, expected) in [
            ("2024-11-26T22:47:06+02:00", Some(1_732_654_026_000)),
            ("2024-11-26T15:47:06-0500", Some(1_732_654_026_000)),
            ("2024-11-26", Some(1_732_579_200_000)),
            ("7h", None),
            ("2024-13-26T20:47:06Z", None),
            ("2024-11-26T99:47:06Z", None),
            ("", None),
            ("２０２４-11-26", None),
        ] {
            assert_eq!(parse_iso(text), expected, "{text:?}");
        }
    }

    #[test]
    fn linkedin_ids_hold_their_time() {
        for (id, expected) in [
            (7_453_849_345_780_645_888, Some("2026-04-25T16:56:09Z")),
            (7_341_458_136_567_902_210, Some("2025-06-19T13:33:37Z")),
            (10_531_635, None),
        ] {
            assert_eq!(of_linkedin_id(id).map(|ms| format_iso(ms, false)).as_deref(), expected, "{id}");
        }
    }

    #[test]
    fn other_ids_hold_their_time() {
        for (time, expected) in [
            (of_tid("3jzfcijpj2z2a"), Some("2023-06-30T15:03:01Z")),
            (of_tid("2222222222222"), None),
            (of_tid("3jzfcijpj2z2"), None),
            (of_tid("3jzfcijpj2z2!"), None),
            (of_tiktok_id("7608248907960814879"), Some("2026-02-18T16:51:30Z")),
            (of_tiktok_id("12"), None),
            (of_tiktok_id("x"), None),
        ] {
            assert_eq!(time.map(|ms| format_iso(ms, false)).as_deref(), expected);
        }
    }
}
