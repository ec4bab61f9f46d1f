//! Owns the verb `read`: the posts of a saved page, one JSON line each.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use kibitz::platforms::{self, Place};
use kibitz::post::{AdSource, Post};
use kibitz::read::{self, Reading, time};
use serde_json::{Value, json};

#[path = "../../tests/support/tree.rs"]
pub mod tree;

/// Its flags.
#[derive(clap::Args)]
pub struct Args {
    /// The address under which the page was saved: says which network it is (else the page itself does), which part of it, which post it was opened for
    #[arg(long)]
    url: String,
    /// The saved page
    file: PathBuf,
}

/// Runs the verb; fails when the file cannot be read. What no network owns goes through the generic reader.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let bytes = match std::fs::read(&args.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("{}: {error}", args.file.display());
            return Ok(ExitCode::FAILURE);
        }
    };
    let page = tree::Page::parse(&String::from_utf8_lossy(&bytes));
    let place = platforms::for_page(&args.url, &page.root());
    let context = read::Context::from(&place);
    let mut out = std::io::stdout().lock();
    for container in read::containers(place.platform, &page.root()) {
        match read::read(place.platform, &container, &context) {
            Reading::Post(mut post) => {
                read::read_counts(place.platform, &container, &mut post);
                if writeln!(out, "{}", line(&post, &place)).is_err() {
                    break;
                }
            }
            Reading::NotAPost => {}
            Reading::Unreadable(part) => eprintln!("unreadable: {part}"),
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A post as the command line shows it: what is not known is `null`.
fn line(post: &Post, place: &Place) -> Value {
    let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let time = post.time.map(|time| time::as_stated(time, post.room));
    json!({
        "id": post.id,
        "permalink": post.permalink,
        "author_name": known(&post.author.name),
        "author_handle": known(&post.author.handle),
        "author_kind": post.author.kind.id(),
        "time": time,
        "text": post.text,
        "is_ad": post.ad.is_some_and(AdSource::is_platform_paid),
        "ad_source": post.ad.map(AdSource::id),
        "is_repost": post.is_repost,
        "is_reply": post.is_reply,
        "parent": post.parent,
        "has_quote": post.has_quote,
        "replies": post.counts.replies,
        "reposts": post.counts.reposts,
        "likes": post.counts.likes,
        "media": post.media,
        "platform": post.room.id(),
        "surface": place.surface.id(),
    })
}
