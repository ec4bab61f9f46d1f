//! Owns the check that a changed site is met with silence: no mutation of a fixture may give a wrong author or a wrong paid sign.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test helper fails by panicking

use std::collections::BTreeSet;

use kibitz::post::{AdSource, Post};
use kibitz::read::Reading;

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/tree.rs"]
mod tree;
#[path = "support/whole.rs"]
mod whole;

/// A change that a site might make to its pages, everywhere at once.
struct Mutation {
    name: String,
    html: String,
}

/// Values of an attribute in a page, each once, in order.
fn values(html: &str, attribute: &str) -> BTreeSet<String> {
    let needle = format!(" {attribute}=\"");
    html.match_indices(&needle)
        .filter_map(|(at, _)| html[at + needle.len()..].split('"').next())
        .map(str::to_owned)
        .collect()
}

/// Names of elements that open in a page.
fn tags(html: &str) -> BTreeSet<String> {
    html.match_indices('<')
        .map(|(at, _)| {
            html[at + 1..]
                .chars()
                .take_while(|character| character.is_ascii_alphanumeric() || *character == '-')
                .collect::<String>()
        })
        .filter(|tag| {
            !tag.is_empty()
                && !matches!(tag.as_str(), "html" | "head" | "body" | "meta" | "title" | "img" | "br" | "hr")
        })
        .collect()
}

/// Every `attribute="…"` whose value `keep` does not want, taken out.
fn without(html: &str, attribute: &str, drop: impl Fn(&str) -> bool) -> String {
    let needle = format!(" {attribute}=\"");
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(&needle) {
        let (before, after) = rest.split_at(at);
        let value_end = after[needle.len()..].find('"').map_or(after.len(), |end| needle.len() + end + 1);
        out.push_str(before);
        if !drop(&after[needle.len()..value_end - 1]) {
            out.push_str(&after[..value_end]);
        }
        rest = &after[value_end..];
    }
    out.push_str(rest);
    out
}

/// One name of a class taken out of every `class="…"`.
fn without_class(html: &str, class: &str) -> String {
    let needle = " class=\"";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(needle) {
        let start = at + needle.len();
        let end = rest[start..].find('"').map_or(rest.len(), |length| start + length);
        let kept: Vec<&str> = rest[start..end].split(' ').filter(|name| *name != class).collect();
        out.push_str(&rest[..start]);
        out.push_str(&kept.join(" "));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Every innermost element of a name emptied.
fn emptied(html: &str, tag: &str) -> String {
    let close = format!("</{tag}>");
    let opens = [format!("<{tag}>"), format!("<{tag} ")];
    let mut out = String::new();
    let mut rest = html;
    while let Some(end) = rest.find(&close) {
        let start = opens.iter().filter_map(|open| rest[..end].rfind(open.as_str())).max();
        match start.and_then(|start| rest[start..end].find('>').map(|length| start + length + 1)) {
            Some(inner) => out.push_str(&rest[..inner]),
            None => out.push_str(&rest[..end]),
        }
        out.push_str(&close);
        rest = &rest[end + close.len()..];
    }
    out.push_str(rest);
    out
}

fn mutations(html: &str) -> Vec<Mutation> {
    let mut all = Vec::new();
    let mut add = |name: String, mutated: String| {
        if mutated != html {
            all.push(Mutation { name, html: mutated });
        }
    };
    for attribute in [
        "href",
        "role",
        "data-testid",
        "componentkey",
        "aria-label",
        "class",
        "id",
        "dir",
        "lang",
        "datetime",
        "style",
        "data-urn",
        "data-id",
        "alt",
        "target",
        "aria-hidden",
        "author",
        "post-title",
        "permalink",
        "promoted",
        "created-timestamp",
        "score",
        "comment-count",
        "post-type",
        "slot",
        "ts",
        "number",
        "title",
        "rel",
        "itemprop",
        "itemtype",
        "content",
        "data-fullname",
        "data-author",
        "data-promoted",
        "data-timestamp",
        "data-score",
        "data-permalink",
        "data-type",
        "data-thingid",
        "data-e2e",
        "data-tooltip",
        "data-click-id",
        "aria-posinset",
        "aria-labelledby",
        "aria-describedby",
        "data-ad-rendering-role",
        "data-ad-preview",
        "data-ad-comet-preview",
        "data-pressable-container",
        "data-pagelet",
        "data-virtualized",
        "translate",
        "d",
    ] {
        add(format!("no {attribute}"), without(html, attribute, |_| true));
    }
    for value in values(html, "data-testid") {
        add(format!("testid {value} gone"), without(html, "data-testid", |found| found == value));
        add(
            format!("testid {value} renamed"),
            html.replace(&format!("data-testid=\"{value}\""), &format!("data-testid=\"{value}-neu\"")),
        );
    }
    for attribute in [
        "role",
        "data-e2e",
        "itemprop",
        "itemtype",
        "slot",
        "rel",
        "data-click-id",
        "data-ad-rendering-role",
        "data-pagelet",
    ] {
        for value in values(html, attribute) {
            add(format!("{attribute} {value} gone"), without(html, attribute, |found| found == value));
        }
    }
    for id in values(html, "id").iter().filter(|id| !id.contains(|character: char| character.is_ascii_digit())) {
        add(format!("id {id} renamed"), html.replace(&format!("id=\"{id}\""), "id=\"neu\""));
    }
    for id in values(html, "id").iter().filter(|id| id.ends_with("-small") || id.contains("accent")) {
        add(format!("icon {id} renamed"), html.replace(&format!("id=\"{id}\""), "id=\"neu\""));
    }
    let classes: BTreeSet<String> = values(html, "class")
        .iter()
        .flat_map(|value| value.split(' '))
        .filter(|class| class.contains("__") || class.contains("-v2"))
        .map(str::to_owned)
        .collect();
    for class in classes {
        add(format!("class {class} renamed"), html.replace(&class, "neu"));
    }
    let whole: BTreeSet<String> =
        values(html, "class").iter().flat_map(|value| value.split(' ')).map(str::to_owned).collect();
    for class in whole.iter().filter(|class| !class.is_empty()) {
        add(format!("class {class} gone"), without_class(html, class));
    }
    for part in [
        "FeedType_",
        "expanded",
        "update-card-focus",
        "-replaceableCommentTools",
        "replaceableComment_",
        "UserAvatar-Container-",
        "/status/",
        "/in/",
        "/company/",
        "urn:li:",
        "shreddit-post",
        "shreddit-ad-post",
        "/user/",
        "/comments/",
        "alb.reddit.com",
        "/profile/",
        "/post/",
        "feedItem-by-",
        "xgwrapper-",
        "AdBadge",
        "schema.org",
        "ytd-",
        "/groups/",
        "/posts/",
        "/@",
        "/p/",
        "/liked_by/",
        "x1n2onr6 x",
        "order:",
        "__cft__",
        "/ads/about",
    ] {
        // A part of a path stays one.
        let is_segment = part.starts_with('/') && part.ends_with('/');
        add(format!("{part} renamed"), html.replace(part, if is_segment { "/neu/" } else { "neu" }));
    }
    for tag in tags(html) {
        let closed = html.replace(&format!("</{tag}>"), &format!("</{tag}></x-wrap>"));
        let wrapped = closed
            .replace(&format!("<{tag}>"), &format!("<x-wrap><{tag}>"))
            .replace(&format!("<{tag} "), &format!("<x-wrap><{tag} "));
        add(format!("{tag} wrapped"), wrapped);
        let renamed = html
            .replace(&format!("<{tag}>"), "<x-tag>")
            .replace(&format!("<{tag} "), "<x-tag ")
            .replace(&format!("</{tag}>"), "</x-tag>");
        add(format!("{tag} renamed"), renamed);
        add(format!("{tag} emptied"), emptied(html, &tag));
    }
    all
}

/// What became of the posts of a mutated page.
#[derive(Default)]
struct Tally {
    mutations: usize,
    same: usize,
    /// Some field other than author and paid sign is missing or different.
    poorer: usize,
    silent: usize,
    unreadable: usize,
    /// A paid post read as an unpaid one.
    missed_ads: usize,
    wrong: Vec<String>,
}

fn is_paid(post: &Post) -> bool {
    post.ad.is_some_and(AdSource::is_platform_paid)
}

/// Whether a name is the original one, whole or in part (an emoji or the end may be lost).
fn is_same_name(name: &str, original: &str) -> bool {
    let known: BTreeSet<&str> = original.split(' ').collect();
    name.split(' ').all(|word| {
        known.contains(word) || known.contains(word.trim_end_matches('…')) || original.replace('🌲', "").contains(word)
    })
}

fn judge(before: &[Post], after: &Post) -> Result<bool, String> {
    let original = before.iter().find(|post| post.id.is_some() && post.id == after.id).or_else(|| {
        before.iter().find(|post| {
            after.id.is_none()
                && post.text == after.text
                && !post.text.is_empty()
                && (after.author.handle.is_empty() || post.author.handle == after.author.handle)
        })
    });
    let Some(original) = original else {
        if is_paid(after) && !before.iter().any(|post| is_paid(post) && post.author.handle == after.author.handle) {
            return Err(format!("an ad out of nothing: {:?}", after.author));
        }
        let is_known = |post: &Post| {
            post.author.handle == after.author.handle
                || (after.author.handle.is_empty() && is_same_name(&after.author.name, &post.author.name))
        };
        return if before.iter().any(is_known) {
            Ok(false)
        } else {
            Err(format!("an author out of nothing: {:?}", after.author))
        };
    };
    if is_paid(after) && !is_paid(original) {
        return Err(format!("a wrong paid sign on {:?}", original.id));
    }
    let handle_differs = !after.author.handle.is_empty() && after.author.handle != original.author.handle;
    if handle_differs || !is_same_name(&after.author.name, &original.author.name) {
        return Err(format!("a wrong author: {:?} for {:?}", after.author, original.author));
    }
    Ok(after == original)
}

#[test]
fn a_changed_x_is_met_with_silence() {
    check("x_");
}

#[test]
fn a_changed_linkedin_is_met_with_silence() {
    check("linkedin_");
}

#[test]
fn a_changed_reddit_is_met_with_silence() {
    check("reddit_");
}

#[test]
fn a_changed_mastodon_is_met_with_silence() {
    check("mastodon_");
}

#[test]
fn a_changed_bluesky_is_met_with_silence() {
    check("bluesky_");
}

#[test]
fn a_changed_youtube_is_met_with_silence() {
    check("youtube_");
}

#[test]
fn a_changed_tiktok_is_met_with_silence() {
    check("tiktok_");
}

#[test]
fn any_other_site_that_changes_is_met_with_silence() {
    check("generic_");
}

#[test]
fn a_changed_facebook_is_met_with_silence() {
    check("facebook_");
}

#[test]
fn a_changed_instagram_is_met_with_silence() {
    check("instagram_");
}

#[test]
fn a_changed_threads_is_met_with_silence() {
    check("threads_");
}

/// Mutates every fixture whose name begins so; prints what became of the posts.
#[track_caller]
fn check(prefix: &str) {
    let mut total = Tally::default();
    println!(
        "{:28} {:>9} {:>6} {:>7} {:>7} {:>10} {:>10} {:>6}",
        "fixture", "mutations", "same", "poorer", "silent", "unreadable", "missed ads", "wrong"
    );
    for (name, url, html) in fixtures::all().into_iter().filter(|(name, ..)| name.starts_with(prefix)) {
        // What a page keeps out of sight may come into sight; it is still by whom it is.
        let hidden = whole::posts(&url, &html.replace("display: none", "").replace("display:none", ""));
        let mut before = whole::posts(&url, &html);
        let shown = before.len();
        before.extend(hidden.into_iter().filter(|post| !before.contains(post)).collect::<Vec<_>>());
        let mut tally = Tally::default();
        for mutation in mutations(&html) {
            tally.mutations += 1;
            let mut posts = 0;
            for reading in whole::readings(&url, &mutation.html) {
                match reading {
                    Reading::Post(post) => {
                        posts += 1;
                        match judge(&before, &post) {
                            Ok(true) => tally.same += 1,
                            Ok(false) => tally.poorer += 1,
                            Err(why) => tally.wrong.push(format!("{name}, {}: {why}", mutation.name)),
                        }
                        let is_missed = |original: &&Post| {
                            original.id.is_some() && original.id == post.id && is_paid(original) && !is_paid(&post)
                        };
                        tally.missed_ads += before.iter().filter(is_missed).count();
                    }
                    Reading::Unreadable(_) => tally.unreadable += 1,
                    Reading::NotAPost => {}
                }
            }
            tally.silent += shown.saturating_sub(posts);
        }
        println!(
            "{name:28} {:9} {:6} {:7} {:7} {:10} {:10} {:6}",
            tally.mutations,
            tally.same,
            tally.poorer,
            tally.silent,
            tally.unreadable,
            tally.missed_ads,
            tally.wrong.len()
        );
        total.mutations += tally.mutations;
        total.same += tally.same;
        total.wrong.extend(tally.wrong);
    }
    assert!(total.mutations > 40, "only {} mutations", total.mutations);
    assert!(total.same > total.mutations, "the mutations hit everything: {} readings survived", total.same);
    assert!(total.wrong.is_empty(), "{} wrong readings:\n{}", total.wrong.len(), total.wrong.join("\n"));
}
