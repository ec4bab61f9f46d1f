//! Owns the addresses of posts and accounts, made from what the ledger keeps of them; never opens one.

use crate::post::Room;

/// Where a post can be read again; none where its id does not say, or is no id of the network's own.
///
/// Of a handle or id only letters, digits and `_ . - : ~ @` go into an address: the text comes from pages.
pub fn post(room: Room, brand: &str, id: &str) -> Option<String> {
    let is_plain =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_.-:~@".contains(c));
    let is_number = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain(id) {
        return None;
    }
    let by = is_plain(brand).then_some(brand);
    match room {
        Room::X if is_number => Some(format!("https://x.com/{}/status/{id}", by.unwrap_or("i"))),
        Room::Linkedin if id.starts_with("urn:li:") => Some(format!("https://www.linkedin.com/feed/update/{id}/")),
        Room::Linkedin if is_number => Some(format!("https://www.linkedin.com/feed/update/urn:li:activity:{id}/")),
        Room::Facebook if is_number => Some(format!("https://www.facebook.com/{id}")),
        Room::Instagram => Some(format!("https://www.instagram.com/p/{id}/")),
        Room::Threads => Some(format!("https://www.threads.com/@{}/post/{id}", by?)),
        Room::Bluesky => Some(format!("https://bsky.app/profile/{}/post/{id}", by?)),
        Room::Reddit => Some(format!("https://www.reddit.com/comments/{}/", id.trim_start_matches("t3_"))),
        Room::Youtube => Some(format!("https://www.youtube.com/post/{id}")),
        Room::Tiktok if is_number => Some(format!("https://www.tiktok.com/@{}/video/{id}", by?)),
        Room::X | Room::Linkedin | Room::Facebook | Room::Tiktok | Room::Mastodon | Room::Generic => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(room: Room, brand: &str, id: &str, address: Option<&str>) {
        assert_eq!(post(room, brand, id).as_deref(), address, "{room:?} {brand} {id}");
    }

    #[test]
    fn posts_have_addresses() {
        check(Room::X, "orla", "1787", Some("https://x.com/orla/status/1787"));
        check(Room::X, "name:orla tea", "1787", Some("https://x.com/i/status/1787"));
        check(Room::X, "orla", "orla#3fa", None);
        check(
            Room::Linkedin,
            "orla",
            "urn:li:activity:9",
            Some("https://www.linkedin.com/feed/update/urn:li:activity:9/"),
        );
        check(Room::Threads, "orla", "C_9x", Some("https://www.threads.com/@orla/post/C_9x"));
        check(Room::Threads, "name:orla tea", "C_9x", None);
        check(Room::Reddit, "orla", "t3_9x", Some("https://www.reddit.com/comments/9x/"));
        check(Room::Mastodon, "orla", "12", None);
        check(Room::Instagram, "orla", "../x", None);
        check(Room::Instagram, "orla", "", None);
    }
}
