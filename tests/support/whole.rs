//! Owns the reading of a whole saved page, for the tests.

use kibitz::platforms;
use kibitz::post::Post;
use kibitz::read::{self, Context, Reading};

use super::tree::Page;

/// Every reading of a page, in document order.
pub fn readings(url: &str, html: &str) -> Vec<Reading> {
    let page = Page::parse(html);
    let root = page.root();
    let place = platforms::for_page(url, &root);
    let context = Context::from(&place);
    read::containers(place.platform, &root)
        .iter()
        .map(|container| {
            let mut reading = read::read(place.platform, container, &context);
            if let Reading::Post(post) = &mut reading {
                read::read_counts(place.platform, container, post);
            }
            reading
        })
        .collect()
}

/// The posts of a page.
pub fn posts(url: &str, html: &str) -> Vec<Post> {
    readings(url, html)
        .into_iter()
        .filter_map(|reading| match reading {
            Reading::Post(post) => Some(*post),
            Reading::NotAPost | Reading::Unreadable(_) => None,
        })
        .collect()
}
