//! Owns what a page says about its one post in its head: JSON-LD, then OpenGraph; never overrides what stands in the post.

use super::{handle, stated_at};
use crate::post::{AuthorKind, Post};
use crate::read::json::{self, Json};
use crate::read::node::Node;
use crate::read::{text, time};

/// Kinds of things that are posts.
const POSTINGS: [&str; 6] =
    ["SocialMediaPosting", "DiscussionForumPosting", "BlogPosting", "Article", "NewsArticle", "Question"];

/// Completes author, time, text and address.
pub fn complete<N: Node>(container: &N, post: &mut Post) {
    let Some(page) = container.closest("html") else { return };
    let is_posting =
        |value: &Json| value.get("@type").and_then(Json::text).is_some_and(|kind| POSTINGS.contains(&kind));
    let facts = page
        .query_all(r#"script[type="application/ld+json"]"#)
        .iter()
        .filter_map(|script| json::parse(&script.text_content()))
        .find_map(|value| value.find(&is_posting).cloned());
    if let Some(facts) = &facts {
        from_json(facts, post);
    }
    let meta = |css: &'static str| {
        page.query(css).and_then(|meta| meta.attr("content")).map(|content| text::collapse(&content))
    };
    if post.author.name.is_empty() {
        let named = meta(r#"meta[name="author"]"#).or_else(|| meta(r#"meta[property="article:author"]"#));
        // An address in place of a name is where the author is found.
        match named.filter(|name| !name.is_empty()) {
            Some(link) if link.starts_with("http") => {}
            Some(name) => post.author.name = name,
            None => {}
        }
    }
    if post.time.is_none() {
        let written = meta(r#"meta[property="article:published_time"]"#);
        post.time = written.and_then(|written| time::parse_iso(&written)).map(stated_at);
    }
    if post.text.is_empty() {
        post.text = meta(r#"meta[property="og:description"]"#).unwrap_or_default();
    }
    if post.permalink.is_none() {
        post.permalink = meta(r#"meta[property="og:url"]"#).filter(|address| address.starts_with("http"));
    }
}

fn from_json(facts: &Json, post: &mut Post) {
    let text_of = |name: &str| facts.get(name).and_then(Json::text).map(text::collapse).filter(|text| !text.is_empty());
    if post.author.name.is_empty()
        && let Some(author) = facts.get("author").or_else(|| facts.get("creator"))
    {
        let author = match author {
            Json::List(list) => list.first().unwrap_or(author),
            Json::Text(_) | Json::Map(_) | Json::Other(_) => author,
        };
        let name = author.text().or_else(|| author.get("name")?.text()).unwrap_or_default();
        post.author.name = text::collapse(name);
        if post.author.handle.is_empty() {
            let link = author.get("url").and_then(Json::text).and_then(handle);
            post.author.handle = link.map(|(handle, _)| handle).unwrap_or_default();
        }
        post.author.kind = match author.get("@type").and_then(Json::text) {
            Some("Person") => AuthorKind::Person,
            Some("Organization" | "NewsMediaOrganization" | "Corporation" | "LocalBusiness" | "Brand") => {
                AuthorKind::Organisation
            }
            Some(_) | None => post.author.kind,
        };
    }
    if post.time.is_none() {
        post.time = text_of("datePublished").and_then(|written| time::parse_iso(&written)).map(stated_at);
    }
    if post.text.is_empty() {
        post.text =
            text_of("articleBody").or_else(|| text_of("text")).or_else(|| text_of("headline")).unwrap_or_default();
    }
    if post.permalink.is_none() {
        post.permalink = text_of("url").or_else(|| text_of("@id")).filter(|address| address.starts_with("http"));
    }
}
