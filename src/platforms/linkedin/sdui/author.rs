//! Owns who wrote a post of LinkedIn's server-driven pages: links, menu and headline; never reads anything else of it.

use crate::platforms::linkedin::handle;
use crate::platforms::some;
use crate::post::{AuthorKind, Post};
use crate::read::node::Node;
use crate::read::{Miss, Own, labels as label};

/// Link to the page of a member or organisation that holds lines of its own: the author's header. Those of the social line
/// ("Ada likes this") stand in a line or hold a picture only. 7 of 7, 2026-04.
const HEAD: &str = r#"a:is([href*="/in/"], [href*="/company/"], [href*="/school/"], [href*="/showcase/"]):has(p)"#;

/// The same where the header holds bare text.
const HEAD_BARE: &str = r#"a:is([href*="/in/"], [href*="/company/"], [href*="/school/"], [href*="/showcase/"]):not(p a, span a, [data-testid="expandable-text-box"] a)"#;

/// The menu names the author in the interface's language; 10 of 10, 2026. Its icon is the language-free key.
const MENU: &str = "button[aria-label]";
const MENU_ICON: &str = r#"svg[id^="overflow-"]"#;
const MENU_ENGLISH: &str = "Open control menu for post by ";

/// Name, handle, kind and headline. The first profile link is often somebody else's ("Ada likes this"), so the menu's label has the
/// last word. A menu that names nobody there ("for your post", or nobody at all) leaves it to the headers.
pub(super) fn fill<N: Node>(own: &Own<'_, N>, post: &mut Post) -> Result<(), Miss> {
    let menu = own.all(MENU_ICON).iter().find_map(|icon| icon.closest(MENU)?.attr("aria-label"));
    // Where the menu's icon is gone, "Follow …" and "Hide post by …" name the author as well.
    let says: Vec<String> = match &menu {
        Some(menu) => vec![label::normalise(menu)],
        None => own
            .all(MENU)
            .iter()
            .filter_map(|button| button.attr("aria-label"))
            .map(|says| label::normalise(&says))
            .collect(),
    };
    let mut heads = own.all(HEAD);
    let are_headers = !heads.is_empty();
    if !are_headers {
        heads = own.all(HEAD_BARE);
    }
    let heads: Vec<Head<N>> = heads.into_iter().filter_map(|link| Head::new(own, link)).collect();
    let named = heads.iter().find(|head| says.iter().any(|says| says.contains(&label::normalise(head.short()))));
    // Bare links to several people, none of them named: the first may be who commented.
    let is_alone = |head: &&Head<N>| menu.is_none() && heads.iter().all(|other| other.handle == head.handle);
    let head = named.or_else(|| heads.first().filter(|head| are_headers || is_alone(head)));
    if let Some(head) = head {
        let full = menu
            .as_deref()
            .and_then(|menu| menu.strip_prefix(MENU_ENGLISH))
            .filter(|full| full.starts_with(head.short()));
        post.author.name = full.map_or_else(|| head.name.clone(), str::to_owned);
        post.author.handle.clone_from(&head.handle);
        post.author.kind = head.kind;
        post.author.bio = headline(own, &head.link);
        return Ok(());
    }
    if !heads.is_empty() {
        return Err(Miss::Unreadable("author"));
    }
    if let Some(name) = menu.as_deref().and_then(|menu| menu.strip_prefix(MENU_ENGLISH)) {
        post.author.name = name.to_owned();
    } else if menu.is_none() {
        // No menu, no link to a profile: the first line of the header.
        let line = ["a[componentkey] p", "h2 ~ div a[componentkey] ~ div p"].iter().find_map(|css| own.first(css));
        post.author.name = line.map(|line| own.words(&line)).unwrap_or_default();
    }
    if let Some(key) =
        own.first(r#"[componentkey^="FollowButtonurn:li:"]"#).and_then(|button| button.attr("componentkey"))
    {
        let organisation = key.contains("urn:li:organization:");
        post.author.kind = if organisation { AuthorKind::Organisation } else { AuthorKind::Person };
    }
    if !post.author.name.is_empty() {
        return Ok(());
    }
    let acts = own.has(r#"button:has(svg[id^="comment-"])"#) || !post.text.is_empty();
    Err(if acts { Miss::Unreadable("author") } else { Miss::NotAPost })
}

/// A link that may be the author's.
struct Head<N> {
    link: N,
    name: String,
    handle: String,
    kind: AuthorKind,
}

impl<N: Node> Head<N> {
    /// `None` for a link to no profile, or without a name. The name is the link's first line; of bare text what stands before the first bullet.
    fn new(own: &Own<'_, N>, link: N) -> Option<Self> {
        let (handle, kind) = link.attr("href").and_then(|href| handle(&href))?;
        let words = own.words(&link.query("p").unwrap_or_else(|| link.clone()));
        let name = some(words.split(" • ").next()?)?;
        Some(Self { link, name, handle, kind })
    }

    /// The name without a sign of its being cut off.
    fn short(&self) -> &str {
        self.name.trim_end_matches(['…', '.']).trim_end()
    }
}

/// The line under the name: in the same column, user-made, so without a key. Since 2026-09 the column is one element further out.
fn headline<N: Node>(own: &Own<'_, N>, head: &N) -> Option<String> {
    let column = head.parent()?.parent()?;
    let line = |column: &N| column.query("p:not([componentkey], a *)");
    let is_header = |around: &N| around.query(r#"[data-testid="expandable-text-box"]"#).is_none();
    let found = line(&column).or_else(|| line(&column.parent().filter(is_header)?))?;
    some(&own.words(&found))
}
