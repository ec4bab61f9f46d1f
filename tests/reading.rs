//! Owns what must hold of every reading: whole tables, places for the overlay, marks in the text.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test helper fails by panicking
#![allow(clippy::wildcard_enum_match_arm)] // a test names the variants that it is about

use kibitz::platforms::{self, Hide};
use kibitz::post::{AdSource, Room};
use kibitz::read::{self, Child, Context, Node, Reading};

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/tree.rs"]
mod tree;

use tree::{Page, Tree};

#[test]
fn every_platform_is_whole() {
    for platform in platforms::ALL {
        let is_found = !platform.hosts.is_empty() || !platform.probe.is_empty() || platform.room == Room::Generic;
        assert!(is_found && !platform.layouts.is_empty());
        for layout in platform.layouts {
            assert!(!layout.overlay.anchors.is_empty(), "{}", layout.name);
            let divider = match layout.overlay.hide {
                Hide::CollapseChild | Hide::Stub | Hide::Keep => "",
                Hide::Whole(divider) => divider,
            };
            let picks = [layout.name_of, layout.handle_of, layout.bio_of, layout.replies, layout.reposts, layout.likes]
                .concat();
            let selectors = [layout.container, layout.foreign, layout.quote, layout.overlay.row, layout.always_own]
                .into_iter()
                .chain(layout.overlay.anchors.iter().copied())
                .chain(platform.probe.iter().chain(platform.viewer).copied())
                .chain([divider, layout.words.skip, layout.held_back])
                .chain(
                    [layout.not_posts, layout.post_parts, layout.foreign_signs, layout.organisation, layout.links]
                        .concat(),
                )
                .chain(layout.text.concat())
                .chain(picks.iter().map(|pick| pick.css));
            for css in selectors.filter(|css| !css.is_empty()) {
                assert!(scraper::Selector::parse(css).is_ok(), "{}: {css}", layout.name);
            }
        }
    }
}

#[test]
fn every_post_of_the_fixtures_has_its_places() {
    for (name, url, html) in fixtures::all() {
        let page = Page::parse(&html);
        let root = page.root();
        let place = platforms::for_page(&url, &root);
        assert!(
            name.contains("legacy_2022")
                || place.platform.room == Room::Generic
                || read::viewer(place.platform, &root).is_some()
                || !name.contains("home"),
            "{name}: viewer"
        );
        for container in read::containers(place.platform, &root) {
            let Reading::Post(post) = read::read(place.platform, &container, &Context::from(&place)) else { continue };
            let layout = read::layout(place.platform, &container).unwrap();
            let anchor =
                read::anchor(layout, &container).unwrap_or_else(|| panic!("{name}: no anchor for {:?}", post.id));
            // Of containers within each other the outermost holds the post.
            let mut owner = anchor.closest(layout.container).unwrap();
            while let Some(outer) = owner.parent().and_then(|parent| parent.closest(layout.container)) {
                owner = outer;
            }
            assert!(owner == container, "{name}: anchor of another post");
            assert!(
                layout.foreign.is_empty() || anchor.closest(layout.foreign).is_none(),
                "{name}: anchor in a quoted post"
            );
            assert!(post.permalink.as_ref().is_none_or(|link| !link.contains('?')), "{name}: {:?}", post.permalink);
            assert!(
                post.links.iter().all(|link| !link.contains("utm_") && !link.contains("twclid")),
                "{name}: {:?}",
                post.links
            );
            let row = read::row(place.platform, layout, &container);
            assert!(row == container || row.query(layout.container).is_some(), "{name}: row");
        }
    }
}

#[test]
fn what_holds_two_posts_is_no_row() {
    #[track_caller]
    fn check(others: &str, row_id: &str) {
        let post = |id: &str| format!(r#"<article data-testid="tweet" id="{id}"><p>words</p></article>"#);
        let html = format!(
            r#"<div data-testid="cellInnerDiv" id="row"><div>{}{}</div></div>"#,
            post("one"),
            others.replace("POST", &post("two"))
        );
        let page = Page::parse(&html);
        let platform = platforms::for_host("x.com").unwrap();
        let container = page.root().query("#one").unwrap();
        let layout = read::layout(platform, &container).unwrap();
        assert_eq!(read::row(platform, layout, &container).attr("id").as_deref(), Some(row_id), "{others}");
    }
    check("", "row");
    check("<p>a quote</p>", "row");
    check("POST", "one");
    check("<section><div>POST</div></section>", "one");
}

#[test]
fn another_language_is_another_reading() {
    let html = |lang: &str| {
        format!(
            r#"<article data-testid="tweet"><div data-testid="User-Name"><a href="/velomira">Velomira</a></div>
            <div data-testid="tweetText" lang="{lang}">Rad</div></article>"#
        )
    };
    let key = |lang: &str| {
        let place = platforms::for_url("https://x.com/home").unwrap();
        let page = Page::parse(&html(lang));
        let container = read::containers(place.platform, &page.root()).pop().unwrap();
        match read::read(place.platform, &container, &Context::from(&place)) {
            Reading::Post(post) => post.key(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(key("de"), key("de"));
    assert_ne!(key("de"), key("en"));
}

#[test]
fn marks_find_their_way_back_into_the_page() {
    let mut checked = 0;
    for (name, url, html) in fixtures::all() {
        let page = Page::parse(&html);
        let place = platforms::for_page(&url, &page.root());
        for container in read::containers(place.platform, &page.root()) {
            let Some(layout) = read::layout(place.platform, &container) else { continue };
            let (text, pieces) = read::pieces(&read::text_roots(layout, &container), layout.words);
            let units: Vec<u16> = text.encode_utf16().collect();
            for piece in &pieces {
                let children = piece.parent.children();
                let Some(Child::Text(raw)) = children.get(piece.child) else { panic!("{name}: no text node") };
                let raw: Vec<u16> = raw.encode_utf16().collect();
                assert_eq!(raw[piece.start..piece.start + piece.range.len()], units[piece.range.clone()], "{name}");
            }
            // Every word can be marked, and its ends are its own characters.
            let mut at = 0;
            for word in text.split(' ') {
                let range = at..at + word.encode_utf16().count();
                at = range.end + 1;
                if let Some((from, to)) = read::locate(&pieces, &range) {
                    let char_at =
                        |point: &read::Point<Tree<'_>>, offset: usize| match &point.parent.children()[point.child] {
                            Child::Text(raw) => raw.encode_utf16().nth(offset),
                            Child::Element(_) => None,
                        };
                    let covered =
                        pieces.iter().any(|piece| piece.range.start <= range.start && range.start < piece.range.end);
                    if covered {
                        assert_eq!(char_at(&from, from.offset), Some(units[range.start]), "{name}: {word}");
                    }
                    assert!(char_at(&to, to.offset - 1).is_some(), "{name}: {word}");
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 200, "only {checked} words");
}

#[test]
fn letters_are_read_in_the_order_in_which_they_are_shown() {
    #[track_caller]
    fn check(letters: &[(char, &str, &str)], by_class: Option<&str>, by_style: Option<&str>) {
        let letters: String = letters
            .iter()
            .map(|(letter, class, style)| format!(r#"<span class="{class}" style="{style}">{letter}</span>"#))
            .collect();
        let page = Page::parse(&format!(r#"<a id="row"><span style="display: flex">{letters}</span></a>"#));
        let row = read::scramble::row(&page.root().query("#row").unwrap());
        assert_eq!(read::scramble::by_class(&row).as_deref(), by_class, "{letters}");
        assert_eq!(read::scramble::by_style(&row).as_deref(), by_style, "{letters}");
    }
    // Classes of the orders 0, 1, 2 and 57; a decoy carries a class made at run time, is lifted out or not displayed.
    check(
        &[('h', "x14yy4lh", ""), ('1', "x1g77sc7", ""), ('S', "x9ek82g vdux", ""), ('0', "x9ek82g", "")],
        Some("10h"),
        None,
    );
    check(&[('d', "xax70vg", ""), ('A', "x1n2onr6 x9ek82g", ""), ('p', "x14yy4lh x1s85apg", "")], Some("Ad"), None);
    check(
        &[('d', "a8 o2", "order: 2"), ('A', "a8", "order:1"), ('x', "a8", "order:0; position: absolute")],
        None,
        Some("Ad"),
    );
    check(&[('1', "a8", ""), ('0', "a8", ""), ('h', "a8", "")], None, None);
    check(&[('1', "", ""), ('h', "", "")], None, None);
}

#[test]
fn a_place_by_the_name_of_a_label_is_none() {
    #[track_caller]
    fn check(line: &str, expected: Option<AdSource>) {
        let html = format!(
            r##"<div role="main"><div role="article"><span><div data-ad-rendering-role="profile_name"><h4><a href="/tomo.ito">
            Tomo Ito</a></h4></div></span><span><div>{line}</div></span><div data-ad-preview="message">Quiz night.</div></div></div>"##
        );
        let page = Page::parse(&html);
        let place = platforms::for_url("https://www.facebook.com/").unwrap();
        let container = read::containers(place.platform, &page.root()).remove(0);
        let Reading::Post(post) = read::read(place.platform, &container, &Context::from(&place)) else {
            panic!("{line}")
        };
        assert_eq!(post.ad, expected, "{line}");
    }
    check(r#"<a href="?x"><span>3h</span></a><span> · </span><span>Pub</span>"#, None);
    check(r#"<a href="?x"><span>Just now</span></a><span> · </span><span>Pub</span>"#, None);
    check("<span>Pub</span><span> · </span><span>Lyon</span>", Some(AdSource::Label));
}
