//! Owns the changes that a site might make to its pages, as edits of a page's text; never reads one.

use std::collections::BTreeSet;

/// A change that a site might make to its pages, everywhere at once.
pub struct Mutation {
    /// What was changed.
    pub name: String,
    /// The page after it.
    pub html: String,
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

/// Every change of a page that is tried.
pub fn mutations(html: &str) -> Vec<Mutation> {
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
