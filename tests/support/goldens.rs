//! Owns what the native reading and judging is compared with in browsers: the cases, and one line of text for each answer; never an answer itself.

use std::fmt::Write as _;

use kibitz::classify::{Evidence, Input, Judge, Reasons, Verdict};
use kibitz::intent::Stance;
use kibitz::platforms;
use kibitz::post::Room;
use kibitz::read::{self, Context, Node, Reading};

/// Texts to be judged, project-written: room, `reply`, `post` or `?`, language or `?`, text.
const TEXTS: &str = include_str!("../goldens/texts.tsv");

/// Pages to be read: name, address, markup.
macro_rules! pages {
    ($($name:literal at $url:literal),+ $(,)?) => {
        &[$(($name, $url, include_str!(concat!("../fixtures/", $name, ".html")))),+]
    };
}

/// The fixtures of the reader, each at the address it was written for.
pub const PAGES: &[(&str, &str, &str)] = pages!(
    "bluesky_home_pt" at "https://bsky.app/",
    "bluesky_search_it" at "https://bsky.app/search?q=caff%C3%A8",
    "bluesky_thread_en" at "https://bsky.app/profile/orla.example/post/3mfyiu4mhs22b",
    "facebook_group_ar" at "https://www.facebook.com/groups/7712001",
    "facebook_home_2022_fr" at "https://www.facebook.com/home.php",
    "facebook_home_2026_en" at "https://www.facebook.com/",
    "facebook_home_de" at "https://www.facebook.com/",
    "facebook_page_ja" at "https://www.facebook.com/machino.tosho",
    "facebook_post_el" at "https://www.facebook.com/fournos.orm/posts/pfbid0GreekAbc",
    "facebook_search_en" at "https://www.facebook.com/search/posts/?q=bread",
    "generic_blogs_home_en" at "https://blogs.example/",
    "generic_clients_en" at "https://lounge.example/",
    "generic_blog_thread_ru" at "https://blog.example/2026/03/utro",
    "generic_feed_home_ja" at "https://misk.example/",
    "generic_forum_client_it" at "https://forum.example/t/radio/12",
    "generic_forum_crawler_it" at "https://forum.example/t/radio/12",
    "generic_forum_thread_de" at "https://forum.example/t/kette-springt/12",
    "generic_hentry_home_en" at "https://notes.example/",
    "generic_links_group_fr" at "https://lire.example/m/roman",
    "generic_page_ar" at "https://gazette.example/a/77",
    "instagram_home_en" at "https://www.instagram.com/",
    "instagram_home_ja" at "https://www.instagram.com/?variant=past_posts",
    "instagram_opened_es" at "https://www.instagram.com/p/DQh8bcdEFg/",
    "instagram_post_fr" at "https://www.instagram.com/p/DQg1bcdEFg/",
    "instagram_reels_en" at "https://www.instagram.com/reels/DQk1bcdEFg/",
    "linkedin_guest_post_es" at "https://www.linkedin.com/posts/nil-ferrer_ceramica-activity-7456613518540800077-abcd",
    "linkedin_legacy_2022" at "https://www.linkedin.com/feed/",
    "linkedin_legacy_de" at "https://www.linkedin.com/feed/",
    "linkedin_legacy_search_fr" at "https://www.linkedin.com/search/results/content/?keywords=roman",
    "linkedin_sdui_ar" at "https://www.linkedin.com/feed/update/urn:li:activity:7455888747003904077/",
    "linkedin_sdui_company_en" at "https://www.linkedin.com/company/orla/posts/?feedView=all",
    "linkedin_sdui_de" at "https://www.linkedin.com/feed/",
    "linkedin_sdui_ja" at "https://www.linkedin.com/feed/",
    "linkedin_sdui_search_fr" at "https://www.linkedin.com/search/results/content/?keywords=roman",
    "linkedin_sdui_september_it" at "https://www.linkedin.com/feed/",
    "mastodon_glitch_en" at "https://instanz.example/public/local",
    "mastodon_home_de" at "https://instanz.example/home",
    "mastodon_public_profile_fr" at "https://instanz.example/@ida_olm",
    "mastodon_public_thread_fr" at "https://instanz.example/@ida_olm/104000000000000010",
    "mastodon_redesign_home_es" at "https://onda.example/home",
    "mastodon_thread_en" at "https://home.example/@orla_coffee@shop.example/114000000000000021",
    "reddit_home_de" at "https://www.reddit.com/",
    "reddit_old_home_fr" at "https://old.reddit.com/r/roman/",
    "reddit_redesign_en" at "https://www.reddit.com/",
    "reddit_search_es" at "https://www.reddit.com/search/?q=radio",
    "reddit_thread_en" at "https://www.reddit.com/r/orlacoffee/comments/1abcd11/w/",
    "threads_home_en" at "https://www.threads.com/",
    "threads_post_de" at "https://www.threads.net/@orla.coffee/post/DQ2bBcDeFgh",
    "tiktok_explore_fr" at "https://www.tiktok.com/@four.a.bois/photo/7612227686982758457",
    "tiktok_home_ko" at "https://www.tiktok.com/foryou",
    "tiktok_search_en" at "https://www.tiktok.com/search/video?q=map",
    "tiktok_video_de" at "https://www.tiktok.com/@lampenhof/video/7612227686982758457",
    "x_article_en" at "https://x.com/ovenlight/status/2028700251658240000",
    "x_home_ar" at "https://x.com/home",
    "x_home_de" at "https://x.com/home",
    "x_older_list_es" at "https://twitter.com/i/lists/1200000000000000000",
    "x_older_status_en" at "https://twitter.com/ovenlight/status/1612900000000000000",
    "x_replies_en" at "https://twitter.com/orlacoffee/with_replies",
    "x_search_es" at "https://x.com/search?q=radio&src=typed_query",
    "x_status_ja" at "https://x.com/velomira_jp/status/2028700503316480000",
    "x_web_quote_en" at "https://x.com/velomira/status/2082883600000000000",
    "x_web_reply_ja" at "https://x.com/ken_s/status/2089153000000000000",
    "x_web_status_en" at "https://x.com/ovenlight/status/2107913600000000000",
    "youtube_grid_en" at "https://www.youtube.com/",
    "youtube_posts_it" at "https://www.youtube.com/@libreriaorla/posts",
);

/// What the reader makes of every container of a page, a line each.
pub fn reading<N: Node>(url: &str, root: &N) -> String {
    let mut lines = String::new();
    let place = platforms::for_page(url, root);
    for container in read::containers(place.platform, root) {
        let mut reading = read::read(place.platform, &container, &Context::from(&place));
        if let Reading::Post(post) = &mut reading {
            read::read_counts(place.platform, &container, post);
        }
        let _ = writeln!(lines, "{reading:?}");
    }
    let _ = writeln!(lines, "{:?}", read::viewer(place.platform, root));
    lines
}

/// The verdict on every text, a line each, numbers by their bits.
pub fn verdicts() -> String {
    let mut lines = String::new();
    for line in TEXTS.lines() {
        let mut fields = line.split('\t');
        let mut next = || fields.next().unwrap_or_default();
        let (room, reply, lang, text) = (next(), next(), next(), next());
        let input = Input {
            text: &text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\"),
            room: Room::from_id(room).unwrap(),
            is_reply: (reply != "?").then_some(reply == "reply"),
            lang: (lang != "?").then_some(lang),
        };
        let _ = writeln!(lines, "{}", bits(&Judge::builtin().reasoned(&input)));
    }
    lines
}

fn bits((verdict, Reasons { decided, against }): &(Verdict, Reasons)) -> String {
    let Verdict { stance, intent, confidence, is_sure, ad, ad_probability, p_conversation, intents } = verdict;
    let mut line = format!("{} {} {is_sure} {ad}", stance.map_or("none", Stance::id), intent.info().id);
    for number in [confidence, ad_probability, p_conversation].into_iter().chain(intents) {
        let _ = write!(line, " {:08x}", number.to_bits());
    }
    for (mark, list) in [('+', decided), ('-', against)] {
        for Evidence { start, end, weight } in list {
            let _ = write!(line, " {mark}{start}..{end}:{:08x}", weight.to_bits());
        }
    }
    line
}
