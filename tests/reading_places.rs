//! Owns what addresses say: the part of a site, the post it was opened for, and what kind of site stands there.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test helper fails by panicking
#![allow(clippy::wildcard_enum_match_arm)] // a test names the variants that it is about

use kibitz::platforms;
use kibitz::post::{Room, Surface};
use kibitz::read::{self, Context, Reading};

#[path = "support/tree.rs"]
mod tree;

use tree::Page;

#[test]
fn addresses() {
    #[track_caller]
    fn check(address: &str, room: Room, surface: Surface, focal: Option<&str>) {
        let place = platforms::for_url(address).unwrap_or_else(|| panic!("{address}: no platform"));
        assert_eq!(
            (place.platform.room, place.surface, place.focal_id.as_deref()),
            (room, surface, focal),
            "{address}"
        );
    }
    use Room::{Linkedin, X};
    for (path, surface, focal) in [
        ("/", Surface::Home, None),
        ("", Surface::Home, None),
        ("/home", Surface::Home, None),
        ("/search?q=a&f=live", Surface::Search, None),
        ("/hashtag/rad", Surface::Search, None),
        ("/explore/tabs/news", Surface::Search, None),
        ("/i/lists/12", Surface::Group, None),
        ("/i/communities/12", Surface::Group, None),
        ("/velomira", Surface::Profile, None),
        ("/velomira/media", Surface::Profile, None),
        ("/velomira/with_replies", Surface::Replies, None),
        ("/velomira/likes", Surface::Elsewhere, None),
        ("/velomira/status/20?s=46&t=x", Surface::Thread, Some("20")),
        ("/velomira/status/20/quotes", Surface::Search, None),
        ("/velomira/status/20/retweets/with_comments", Surface::Search, None),
        ("/i/status/20/likes", Surface::Search, None),
        ("/velomira/status/20/photo/1", Surface::Thread, Some("20")),
        ("/jobs/status/20", Surface::Thread, Some("20")),
        ("/i/article/20", Surface::Elsewhere, None),
        ("/velomira/status/20/photo/1", Surface::Thread, Some("20")),
        ("/i/web/status/20", Surface::Thread, Some("20")),
        ("/messages/1-2", Surface::Elsewhere, None),
        ("/settings/account", Surface::Elsewhere, None),
        ("/i/bookmarks", Surface::Elsewhere, None),
    ] {
        check(&format!("https://x.com{path}"), X, surface, focal);
        check(&format!("https://mobile.twitter.com{path}"), X, surface, focal);
    }
    for (path, surface, focal) in [
        ("/", Surface::Home, None),
        ("/feed/", Surface::Home, None),
        ("/feed/?x=1", Surface::Home, None),
        ("/preload/", Surface::Home, None),
        ("/feed/update/urn:li:activity:73/", Surface::Thread, Some("urn:li:activity:73")),
        ("/feed/update/urn%3Ali%3AugcPost%3A73", Surface::Thread, Some("urn:li:ugcPost:73")),
        ("/feed/update/activity:73/", Surface::Thread, Some("urn:li:activity:73")),
        ("/embed/feed/update/urn:li:share:73?collapsed=1", Surface::Thread, Some("urn:li:share:73")),
        ("/embed/", Surface::Elsewhere, None),
        (
            "/posts/mira_rad-activity-7341458136567902210-aB3d",
            Surface::Thread,
            Some("urn:li:activity:7341458136567902210"),
        ),
        ("/posts/mira_my-share-of-work-share-73-x", Surface::Thread, Some("urn:li:share:73")),
        ("/search/results/content/?keywords=a", Surface::Search, None),
        ("/feed/hashtag/rad/", Surface::Search, None),
        ("/company/velomira/posts/?feedView=all", Surface::Profile, None),
        ("/school/velomira/", Surface::Profile, None),
        ("/in/mira/recent-activity/all/", Surface::Profile, None),
        ("/in/mira/recent-activity/comments/", Surface::Replies, None),
        ("/groups/12/", Surface::Group, None),
        ("/messaging/thread/2/", Surface::Elsewhere, None),
        ("/jobs/", Surface::Elsewhere, None),
    ] {
        check(&format!("https://www.linkedin.com{path}"), Linkedin, surface, focal);
    }
    use Room::{Bluesky, Reddit, Tiktok, Youtube};
    for (address, room, surface, focal) in [
        ("https://www.reddit.com/", Reddit, Surface::Home, None),
        ("https://www.reddit.com/best/", Reddit, Surface::Home, None),
        ("https://www.reddit.com/r/popular/", Reddit, Surface::Home, None),
        ("https://www.reddit.com/r/lamps/", Reddit, Surface::Group, None),
        ("https://www.reddit.com/r/lamps/top/?t=week", Reddit, Surface::Group, None),
        ("https://www.reddit.com/r/lamps/comments/1abcd11/which_lamp/", Reddit, Surface::Thread, Some("t3_1abcd11")),
        ("https://www.reddit.com/user/lampenhof/comments/1adad01/x/", Reddit, Surface::Thread, Some("t3_1adad01")),
        ("https://www.reddit.com/comments/1abcd11/", Reddit, Surface::Thread, Some("t3_1abcd11")),
        ("https://www.reddit.com/user/tilda_f/", Reddit, Surface::Profile, None),
        ("https://www.reddit.com/user/tilda_f/comments/", Reddit, Surface::Replies, None),
        ("https://www.reddit.com/search/?q=lamp", Reddit, Surface::Search, None),
        ("https://www.reddit.com/r/lamps/search/?q=oil", Reddit, Surface::Search, None),
        ("https://old.reddit.com/r/Python/", Reddit, Surface::Group, None),
        ("https://www.reddit.com/settings/", Reddit, Surface::Elsewhere, None),
        ("https://bsky.app/", Bluesky, Surface::Home, None),
        ("https://bsky.app/profile/orla.example", Bluesky, Surface::Profile, None),
        ("https://bsky.app/profile/orla.example/post/3mfyiu4mhs22b", Bluesky, Surface::Thread, Some("3mfyiu4mhs22b")),
        ("https://bsky.app/profile/orla.example/feed/rye", Bluesky, Surface::Group, None),
        ("https://bsky.app/search?q=rye", Bluesky, Surface::Search, None),
        ("https://bsky.app/notifications", Bluesky, Surface::Elsewhere, None),
        ("https://www.youtube.com/", Youtube, Surface::Home, None),
        ("https://www.youtube.com/@orla/posts", Youtube, Surface::Profile, None),
        ("https://www.youtube.com/post/Ugkx1", Youtube, Surface::Thread, Some("Ugkx1")),
        ("https://www.youtube.com/channel/UC1/community?lb=Ugkx1", Youtube, Surface::Thread, Some("Ugkx1")),
        ("https://www.youtube.com/results?search_query=a", Youtube, Surface::Search, None),
        ("https://www.youtube.com/watch?v=a", Youtube, Surface::Elsewhere, None),
        ("https://www.tiktok.com/foryou", Tiktok, Surface::Home, None),
        ("https://www.tiktok.com/@orla", Tiktok, Surface::Profile, None),
        (
            "https://www.tiktok.com/@orla/video/7612227686982758457",
            Tiktok,
            Surface::Thread,
            Some("7612227686982758457"),
        ),
        ("https://www.tiktok.com/search/video?q=a", Tiktok, Surface::Search, None),
    ] {
        check(address, room, surface, focal);
    }
    use Room::{Facebook, Instagram, Threads};
    for (path, surface, focal) in [
        ("/", Surface::Home, None),
        ("/home.php?sk=h_chr", Surface::Home, None),
        ("/?filter=all", Surface::Home, None),
        ("/groups/feed/", Surface::Group, None),
        ("/groups/7712001/", Surface::Group, None),
        ("/groups/7712001/posts/900/", Surface::Thread, Some("900")),
        ("/groups/7712001/permalink/900/", Surface::Thread, Some("900")),
        ("/search/posts/?q=rad", Surface::Search, None),
        ("/hashtag/rad", Surface::Search, None),
        ("/velomira", Surface::Profile, None),
        ("/profile.php?id=100064001", Surface::Profile, None),
        ("/people/Ada-Rill/100064001/", Surface::Profile, None),
        ("/velomira/posts/pfbid02aBc", Surface::Thread, Some("pfbid02aBc")),
        ("/velomira/posts/neue-griffe/900", Surface::Thread, Some("900")),
        ("/permalink.php?story_fbid=pfbid02aBc&id=7", Surface::Thread, Some("pfbid02aBc")),
        ("/photo/?fbid=900&set=a.1", Surface::Thread, Some("900")),
        ("/reel/900/", Surface::Thread, Some("900")),
        ("/watch/", Surface::Elsewhere, None),
        ("/marketplace/", Surface::Elsewhere, None),
        ("/velomira/about", Surface::Profile, None),
        ("/velomira/photos", Surface::Profile, None),
        ("/profile/100064001/search/?q=rad", Surface::Profile, None),
        ("/velomira/photos/a.11/900/", Surface::Thread, Some("900")),
        ("/watch/?v=900", Surface::Thread, Some("900")),
        ("/velomira/insights", Surface::Elsewhere, None),
        ("/notifications", Surface::Elsewhere, None),
    ] {
        check(&format!("https://www.facebook.com{path}"), Facebook, surface, focal);
        check(&format!("https://web.facebook.com{path}"), Facebook, surface, focal);
    }
    for (path, surface, focal) in [
        ("/", Surface::Home, None),
        ("/?variant=past_posts", Surface::Home, None),
        ("/p/DQa1-_x/", Surface::Thread, Some("DQa1-_x")),
        ("/orla.coffee/p/DQa1/?img_index=2", Surface::Thread, Some("DQa1")),
        ("/reel/DQa1/", Surface::Thread, Some("DQa1")),
        ("/orla.coffee/", Surface::Profile, None),
        ("/orla.coffee/tagged/", Surface::Profile, None),
        ("/explore/tags/rad/", Surface::Search, None),
        ("/reels/DQa1/", Surface::Home, None),
        ("/reels/audio/77/", Surface::Elsewhere, None),
        ("/direct/inbox/", Surface::Elsewhere, None),
    ] {
        check(&format!("https://www.instagram.com{path}"), Instagram, surface, focal);
    }
    for (path, surface, focal) in [
        ("/", Surface::Home, None),
        ("/for_you", Surface::Home, None),
        ("/@orla.coffee", Surface::Profile, None),
        ("/@orla.coffee/replies", Surface::Replies, None),
        ("/@orla.coffee/post/DQa1", Surface::Thread, Some("DQa1")),
        ("/@orla.coffee/post/DQa1/media", Surface::Thread, Some("DQa1")),
        ("/search?q=rad", Surface::Search, None),
        ("/activity", Surface::Elsewhere, None),
    ] {
        check(&format!("https://www.threads.com{path}"), Threads, surface, focal);
        check(&format!("https://www.threads.net{path}"), Threads, surface, focal);
    }
    for address in [
        "https://example.com/home",
        "https://notx.com/home",
        "https://x.com.example.com/",
        "https://help.x.com/",
        "x.com",
        "",
    ] {
        assert!(platforms::for_url(address).is_none(), "{address}");
    }
    assert!(platforms::for_host("X.COM.").is_some());
    for (host, room) in [
        ("uk.linkedin.com", Room::Linkedin),
        ("de-de.facebook.com", Room::Facebook),
        ("m.facebook.com", Room::Facebook),
        ("de.reddit.com", Room::Reddit),
    ] {
        assert_eq!(platforms::for_host(host).map(|platform| platform.room), Some(room), "{host}");
    }
    for host in ["business.linkedin.com", "uk.linkedin.com.example", "m.example"] {
        assert!(platforms::for_host(host).is_none(), "{host}");
    }
}

#[test]
fn pages_are_known_by_what_stands_in_them() {
    #[track_caller]
    fn check(address: &str, html: &str, room: Room, surface: Surface, focal: Option<&str>) {
        let place = platforms::for_page(address, &Page::parse(html).root());
        assert_eq!(
            (place.platform.room, place.surface, place.focal_id.as_deref()),
            (room, surface, focal),
            "{address}"
        );
    }
    let mastodon = r#"<body class="app-body"><div id="mastodon" data-props="{}"></div></body>"#;
    for (path, surface, focal) in [
        ("/home", Surface::Home, None),
        ("/public/local", Surface::Home, None),
        ("/deck/home", Surface::Home, None),
        ("/web/timelines/home", Surface::Home, None),
        ("/@orla", Surface::Profile, None),
        ("/@orla@shop.example/with_replies", Surface::Replies, None),
        ("/@orla@shop.example/11400", Surface::Thread, Some("11400")),
        ("/deck/@orla/11400", Surface::Thread, Some("11400")),
        ("/web/statuses/11400", Surface::Thread, Some("11400")),
        ("/users/orla/statuses/11400", Surface::Thread, Some("11400")),
        ("/tags/rye", Surface::Search, None),
        ("/lists/1", Surface::Group, None),
        ("/settings", Surface::Elsewhere, None),
    ] {
        check(&format!("https://any.example{path}"), mastodon, Room::Mastodon, surface, focal);
    }
    // Who owns the host has the last word.
    check("https://x.com/home", mastodon, Room::X, Surface::Home, None);
    check("https://any.example/", "<main></main>", Room::Generic, Surface::Home, None);
    check("https://any.example/@orla", "<main></main>", Room::Generic, Surface::Profile, None);
    check("https://any.example/m/roman", "<main></main>", Room::Generic, Surface::Group, None);
}

#[test]
fn dialogs_leave_the_page_where_it_is() {
    #[track_caller]
    fn check(address: &str, expected: bool) {
        let place = platforms::for_url(address).unwrap();
        assert_eq!(place.platform.is_dialog(address), expected, "{address}");
    }
    for (path, expected) in [
        ("/velomira/status/20/photo/1", true),
        ("/velomira/status/20/video/1", true),
        ("/velomira/header_photo", true),
        ("/compose/post", true),
        ("/compose/post/media?a=b", true),
        ("/i/flow/login", true),
        ("/velomira/status/20", false),
        ("/velomira/status/20/quotes", false),
        ("/velomira/media", false),
        ("/home", false),
        ("/i/bookmarks", false),
        ("/i/lists/12", false),
        ("/", false),
    ] {
        check(&format!("https://x.com{path}"), expected);
    }
    check("https://www.tiktok.com/@orla/video/7612227686982758457", true);
    check("https://www.tiktok.com/@orla", false);
    check("https://www.linkedin.com/in/mira/overlay/contact-info/", true);
    check("https://www.linkedin.com/in/mira/", false);
    check("https://www.facebook.com/photo/?fbid=900", true);
    check("https://www.facebook.com/velomira", false);
    check("https://www.instagram.com/p/DQa1/", true);
    check("https://www.instagram.com/orla.coffee/p/DQa1/", true);
    check("https://www.instagram.com/orla.coffee/", false);
    check("https://www.threads.com/@orla/post/DQa1/media", true);
    check("https://www.threads.com/@orla/post/DQa1", false);
    check("https://www.linkedin.com/feed/", false);
}

#[test]
fn the_post_of_the_address_is_known_by_another_number_too() {
    #[track_caller]
    fn check(address: &str, html: &str, expected: &[bool]) {
        let place = platforms::for_url(address).unwrap();
        let page = Page::parse(html);
        let is_focal: Vec<bool> = read::containers(place.platform, &page.root())
            .iter()
            .map(|container| match read::read(place.platform, container, &Context::from(&place)) {
                Reading::Post(post) => post.is_focal,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(is_focal, expected, "{address}");
    }
    let post = |urn: &str| {
        format!(
            r#"<div class="feed-shared-update-v2" data-urn="{urn}"><div class="update-components-actor__container">
            <a class="update-components-actor__image" href="/company/velomira/"></a>
            <span class="update-components-actor__name">Velomira</span></div>
            <div class="update-components-update-v2__commentary">Words</div></div>"#
        )
    };
    let page = format!("<main>{}{}</main>", post("urn:li:activity:73"), post("urn:li:activity:74"));
    check("https://www.linkedin.com/feed/update/urn:li:ugcPost:9/", &page, &[true, false]);
    check("https://www.linkedin.com/feed/update/urn:li:activity:73/", &page, &[true, false]);
    check("https://www.linkedin.com/feed/update/urn:li:activity:74/", &page, &[false, true]);
    check("https://www.linkedin.com/feed/", &page, &[false, false]);
    let detail = r#"<div role="listitem" componentkey="expandedAbcFeedType_FEED_DETAIL"><h2>Post</h2>
        <a href="/company/velomira/"><p>Velomira</p></a>
        <div><p><span data-testid="expandable-text-box">Words</span></p></div>
        <a href="https://www.linkedin.com/feed/update/urn:li:activity:73/">73</a></div>"#;
    check("https://www.linkedin.com/posts/velomira_rad-ugcPost-9-aB3d", detail, &[true]);
    let no_item = detail.replace(r#"role="listitem" "#, "");
    check("https://www.linkedin.com/posts/velomira_rad-ugcPost-9-aB3d", &no_item, &[true]);
    let guest = |id: &str| {
        format!(
            r#"<article data-activity-urn="urn:li:activity:{id}"><a data-tracking-control-name="x_feed-actor-name"
            href="https://de.linkedin.com/in/mira?trk=x">Mira</a><p class="attributed-text-segment-list__content">Words</p></article>"#
        )
    };
    let page = format!("<main>{}{}</main>", guest("73"), guest("74"));
    check("https://www.linkedin.com/embed/feed/update/urn:li:share:9", &page, &[true, false]);
    check("https://www.linkedin.com/posts/velomira_rad-activity-74-aB3d", &page, &[false, true]);
    check("https://www.linkedin.com/feed/", detail, &[false]);
}
