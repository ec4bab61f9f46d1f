//! Owns what the native reading and judging is compared with in browsers: the cases, and one line of text for each answer; never an answer itself.

use std::fmt::Write as _;

use kibitz::classify::{Evidence, Input, Judge, Verdict};
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
    "linkedin_legacy_2022" at "https://www.linkedin.com/feed/",
    "linkedin_legacy_de" at "https://www.linkedin.com/feed/",
    "linkedin_legacy_search_fr" at "https://www.linkedin.com/search/results/content/?keywords=roman",
    "linkedin_sdui_ar" at "https://www.linkedin.com/feed/update/urn:li:activity:7455888747003904077/",
    "linkedin_sdui_company_en" at "https://www.linkedin.com/company/orla/posts/?feedView=all",
    "linkedin_sdui_de" at "https://www.linkedin.com/feed/",
    "linkedin_sdui_ja" at "https://www.linkedin.com/feed/",
    "linkedin_sdui_search_fr" at "https://www.linkedin.com/search/results/content/?keywords=roman",
    "x_article_en" at "https://x.com/ovenlight/status/2028700251658240000",
    "x_home_ar" at "https://x.com/home",
    "x_home_de" at "https://x.com/home",
    "x_replies_en" at "https://twitter.com/orlacoffee/with_replies",
    "x_search_es" at "https://x.com/search?q=radio&src=typed_query",
    "x_status_ja" at "https://x.com/velomira_jp/status/2028700503316480000",
);

/// What the reader makes of every container of a page, a line each.
pub fn reading<N: Node>(url: &str, root: &N) -> String {
    let mut lines = String::new();
    let Some(place) = platforms::for_url(url) else { return lines };
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
        let _ = writeln!(lines, "{}", bits(&Judge::builtin().verdict(&input)));
    }
    lines
}

fn bits(verdict: &Verdict) -> String {
    let Verdict { stance, intent, confidence, is_sure, ad, ad_probability, p_conversation, intents, evidence, against } =
        verdict;
    let mut line = format!("{} {} {is_sure} {ad}", stance.map_or("none", Stance::id), intent.info().id);
    for number in [confidence, ad_probability, p_conversation].into_iter().chain(intents) {
        let _ = write!(line, " {:08x}", number.to_bits());
    }
    for (mark, list) in [('+', evidence), ('-', against)] {
        for Evidence { start, end, weight } in list {
            let _ = write!(line, " {mark}{start}..{end}:{:08x}", weight.to_bits());
        }
    }
    line
}
