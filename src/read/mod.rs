//! Owns the one reader, `(&Platform, &impl Node) -> Reading`, over any tree; never writes to it.

pub mod counts;
pub mod json;
pub mod labels;
pub mod node;
pub mod own;
pub mod scramble;
pub mod text;
pub mod time;
pub mod url;
pub mod urn;

pub use node::{Child, Node};
pub use own::Own;
pub use text::{Piece, Point, TextRule, locate, pieces, visible};

use crate::platforms::{
    Layout, Place, Platform, Refine, bluesky, facebook, generic, instagram, linkedin, mastodon, reddit, threads,
    tiktok, x, youtube,
};
use crate::post::{AdSource, Author, AuthorKind, Engagement, Post, Surface};

/// What the address says about the page that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The part of the site.
    pub surface: Surface,
    /// The post for which the page was opened.
    pub focal_id: Option<String>,
    /// The host of the page.
    pub host: String,
}

impl From<&Place> for Context {
    fn from(place: &Place) -> Self {
        Self { surface: place.surface, focal_id: place.focal_id.clone(), host: place.host.clone() }
    }
}

/// What a container turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A post.
    Post(Box<Post>),
    /// Something else that stands among posts: an empty row, a promotion of the site's own, a list of people. As it should be.
    NotAPost,
    /// It looks like a post, but this part of it could not be read: the site has changed. Counts against selector health; nothing is shown.
    Unreadable(&'static str),
}

/// Why a container gave no post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Miss {
    /// See [`Reading::NotAPost`].
    NotAPost,
    /// See [`Reading::Unreadable`].
    Unreadable(&'static str),
}

/// The containers below a node, in document order, none inside another; each holds at most one post.
pub fn containers<N: Node>(platform: &Platform, root: &N) -> Vec<N> {
    let css = platform.containers();
    root.query_all(css)
        .into_iter()
        .filter(|node| node.parent().and_then(|parent| parent.closest(css)).is_none())
        .collect()
}

/// The layout that knows a container.
pub fn layout<N: Node>(platform: &Platform, container: &N) -> Option<&'static Layout> {
    platform.layouts.iter().find(|layout| container.matches(layout.container))
}

/// Reads one container, all but its counts. Total: any tree gives a value.
pub fn read<N: Node>(platform: &Platform, container: &N, context: &Context) -> Reading {
    let Some(layout) = layout(platform, container) else { return Reading::NotAPost };
    let is_post = layout.post_parts.iter().any(|css| container.query(css).is_some());
    if !is_post && layout.not_posts.iter().any(|css| container.matches(css)) {
        return Reading::NotAPost;
    }
    let own = Own::new(container, layout);
    let mut post = draft(platform, &own);
    let completed = match layout.refine {
        Refine::X => x::post::refine(&own, context, &mut post),
        Refine::XWeb => x::web::refine(&own, context, &mut post),
        Refine::LinkedinSdui => linkedin::sdui::refine(&own, context, &mut post),
        Refine::LinkedinLegacy => linkedin::legacy::refine(&own, context, &mut post),
        Refine::LinkedinGuest => linkedin::guest::refine(&own, context, &mut post),
        Refine::Facebook => facebook::post::refine(&own, context, &mut post),
        Refine::Instagram => instagram::refine(&own, context, &mut post),
        Refine::Threads => threads::refine(&own, context, &mut post),
        Refine::Bluesky => bluesky::refine(&own, context, &mut post),
        Refine::Mastodon => mastodon::refine(&own, context, &mut post),
        Refine::Reddit => reddit::refine(&own, &mut post),
        Refine::Youtube => youtube::refine(&own, &mut post),
        Refine::Tiktok => tiktok::refine(&own, context, &mut post),
        Refine::Generic => generic::refine(&own, context, &mut post),
    };
    match completed {
        Ok(()) => {
            post.permalink = (platform.permalink)(&post).or(post.permalink);
            if post.ad.is_none() && labels::has_tag(&post.text) {
                post.ad = Some(AdSource::Disclosed);
            }
            post.is_focal |= context.focal_id.is_some() && context.focal_id == post.id;
            Reading::Post(Box::new(post))
        }
        Err(Miss::NotAPost) => Reading::NotAPost,
        Err(Miss::Unreadable(part)) => Reading::Unreadable(part),
    }
}

/// Adds the counts to a post read from this container. No verdict depends on them, so whoever shows or keeps them asks.
pub fn read_counts<N: Node>(platform: &Platform, container: &N, post: &mut Post) {
    let Some(layout) = layout(platform, container) else { return };
    let own = Own::new(container, layout);
    post.counts = Engagement {
        replies: own.number(layout.replies),
        reposts: own.number(layout.reposts),
        likes: own.number(layout.likes),
    };
}

/// The handle of who is signed in, from the site's own navigation; `None` where the page does not show it.
pub fn viewer<N: Node>(platform: &Platform, page: &N) -> Option<String> {
    platform.viewer.iter().find_map(|css| {
        let node = page.query(css)?;
        let href = node.attr("href");
        let named = || node.attr("data-testid").and_then(|id| id.rsplit('-').next().map(str::to_owned));
        (platform.handle)(&href.or_else(named)?).map(|(handle, _)| handle)
    })
}

/// The elements that hold the post's words, for [`text::pieces`] and [`text::locate`].
pub fn text_roots<N: Node>(layout: &'static Layout, container: &N) -> Vec<N> {
    Own::unasked(container, layout).text_roots()
}

/// The element that takes the badge as its last child.
pub fn anchor<N: Node>(layout: &'static Layout, container: &N) -> Option<N> {
    let own = Own::unasked(container, layout);
    layout.overlay.anchors.iter().find_map(|css| own.first(css))
}

/// The row of the site's list that holds the container; the container itself when it stands in none, or in one that holds
/// other posts too: then the site has changed, and what looks like a row may be the feed.
pub fn row<N: Node>(platform: &Platform, layout: &Layout, container: &N) -> N {
    let css = layout.overlay.row;
    let row = (!css.is_empty()).then(|| container.closest(css)).flatten();
    let row = row.filter(|row| row == container || containers(platform, row).len() < 2);
    row.unwrap_or_else(|| container.clone())
}

/// Everything that the layout's tables say.
fn draft<N: Node>(platform: &Platform, own: &Own<'_, N>) -> Post {
    let layout = own.layout;
    let (handle, kind) = own
        .pick_with(layout.handle_of, |value| (platform.handle)(value).filter(|(handle, _)| !handle.is_empty()))
        .unwrap_or_default();
    let kind =
        if kind == AuthorKind::Unknown && own.has_any(layout.organisation) { AuthorKind::Organisation } else { kind };
    let words = own.text_roots();
    Post {
        room: platform.room,
        id: None,
        permalink: None,
        author: Author {
            name: own.pick(layout.name_of).unwrap_or_default(),
            handle,
            kind,
            bio: own.pick(layout.bio_of),
        },
        time: None,
        text: visible(&words, layout.words),
        lang: None,
        truncated: own.has(layout.held_back),
        ad: None,
        is_repost: false,
        is_reply: false,
        parent: None,
        has_quote: own.has_quote(),
        counts: Engagement::default(),
        media: None,
        is_focal: false,
        links: links(platform, own),
        answers: Vec::new(),
    }
}

/// Addresses of the post's links: absolute, without tracking, each once, none of the network itself.
fn links<N: Node>(platform: &Platform, own: &Own<'_, N>) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for link in own.layout.links.iter().flat_map(|css| own.all(css)) {
        let Some(href) = link.attr("href") else { continue };
        let address = outward(&href);
        let host = url::parse(&address).host;
        if host.is_empty() || platform.lives_at(host) || links.contains(&address) {
            continue;
        }
        links.push(address);
    }
    links
}

/// Where a link leads in the end: LinkedIn and the networks of Meta (`l.facebook.com`) wrap outward links in an address of their own.
fn outward(href: &str) -> String {
    let url = url::parse(href);
    let wrapped = if url.path.starts_with("/safety/go") || url.path.starts_with("/redir/redirect") {
        url.param("url")
    } else if url.host.starts_with("l.") {
        url.param("u")
    } else {
        None
    };
    url::untracked(&wrapped.map_or_else(|| href.to_owned(), url::decoded))
}
