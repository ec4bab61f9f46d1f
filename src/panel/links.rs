//! Owns the addresses of posts and accounts, made from what the ledger keeps of them; never opens one.

use crate::post::Room;

/// Makes an address of an account, where its name may stand in one, and a post's id.
type Address = fn(Option<&str>, &str) -> Option<String>;

/// Networks on which an id says where a post stands.
const ADDRESSES: [(Room, Address); 9] = [
    (Room::X, |by, id| is_number(id).then(|| format!("https://x.com/{}/status/{id}", by.unwrap_or("i")))),
    (Room::Linkedin, |_, id| {
        let urn = if is_number(id) { "urn:li:activity:" } else { "" };
        (is_number(id) || id.starts_with("urn:li:")).then(|| format!("https://www.linkedin.com/feed/update/{urn}{id}/"))
    }),
    (Room::Facebook, |_, id| is_number(id).then(|| format!("https://www.facebook.com/{id}"))),
    (Room::Instagram, |_, id| Some(format!("https://www.instagram.com/p/{id}/"))),
    (Room::Threads, |by, id| Some(format!("https://www.threads.com/@{}/post/{id}", by?))),
    (Room::Bluesky, |by, id| Some(format!("https://bsky.app/profile/{}/post/{id}", by?))),
    (Room::Reddit, |_, id| Some(format!("https://www.reddit.com/comments/{}/", id.trim_start_matches("t3_")))),
    (Room::Youtube, |_, id| Some(format!("https://www.youtube.com/post/{id}"))),
    (Room::Tiktok, |by, id| is_number(id).then_some(format!("https://www.tiktok.com/@{}/video/{id}", by?))),
];

/// Where a post can be read again; none where its id does not say, or is no id of the network's own.
///
/// Of a handle or id only letters, digits and `_ . - : ~ @` go into an address: the text comes from pages.
pub fn post(room: Room, brand: &str, id: &str) -> Option<String> {
    let is_plain =
        |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_.-:~@".contains(c));
    let (_, address) = ADDRESSES.iter().find(|(known, _)| *known == room)?;
    if is_plain(id) { address(is_plain(brand).then_some(brand), id) } else { None }
}

fn is_number(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
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
