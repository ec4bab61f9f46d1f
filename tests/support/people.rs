//! Owns the invented persons and accounts that must not be taken for brands, by kind of case; never a real one.

use kibitz::post::Author;

use crate::brand_data::author;

/// One kind of case: how many there are follows from the tables.
pub struct Kind {
    pub name: &'static str,
    /// Whose posts of `tests/people/posts.txt` such an account is given.
    pub posts: &'static [&'static str],
    pub authors: Vec<Author>,
}

/// A name form and a handle form; `{G}` given name, `{S}` family name, `{I}` the initial, in small letters in handles.
type Forms = &'static [(&'static str, &'static str)];

const PLAIN: Forms = &[
    ("{G} {S}", "{g}{s}"),
    ("{G} {S}", "{g}.{s}"),
    ("{G} {S}", "{g}_{s}"),
    ("{G} {S}", "{i}{s}"),
    ("{G} {S}", "{s}{i}"),
    ("{G} {S}", "{g}{s}87"),
    ("{G} {S}", "{s}_{g}"),
    ("{S} {G}", "{s}{g}"),
    ("{G}", "{g}"),
    ("{G}", "{g}_04"),
    ("{G}", "its{g}"),
    ("{G}", "the{g}"),
    ("{g}", "xx{g}xx"),
    ("{G} {I}.", "{g}{i}"),
    ("{I}. {S}", "{i}{s}"),
    ("{S}", "{s}"),
    ("Mrs {S}", "mrs{s}"),
    ("{G} {I}. {S}", "{g}{i}{s}"),
    ("{G} {S} UK", "{G}{S}UK"),
    ("{G} in Berlin", "{g}berlin"),
    ("{G} {S} she/her", "{g}{s}"),
    ("{S}, {G}", "{s}{g}1"),
];
const EMOJI: Forms = &[
    ("{G} 🌻", "{g}sunflower"),
    ("🦋 {G} 🦋", "{g}butterfly"),
    ("{G} {S} 🇺🇦", "{g}{s}"),
    ("✨{G}✨", "{g}sparkles"),
    ("{G} ☕📚", "{g}reads"),
    ("𝓖 {G}", "{g}__"),
    ("{G} {S} 🎄", "{i}{s}"),
];
const TITLED: Forms = &[
    ("Dr. {G} {S}", "dr{s}"),
    ("Dr {S}", "Dr{S}"),
    ("Prof. {G} {S}", "prof{s}"),
    ("{G} {S}, PhD", "{g}{s}phd"),
    ("{G} {S} MD", "{s}md"),
    ("Chef {G}", "chef{g}"),
    ("Coach {S}", "coach{s}"),
    ("Rev. {G} {S}", "rev{s}"),
    ("{G} {S}, Esq.", "{s}law"),
    ("Nurse {G}", "nurse{g}"),
];
const OFFICIAL: Forms = &[
    ("{G} {S} Official", "{g}{s}official"),
    ("Official {G} {S}", "official{s}"),
    ("{G} {S} (Official)", "{G}{S}HQ"),
    ("{G} {S} Music", "{g}{s}music"),
    ("{G} {S} Band", "{g}{s}band"),
    ("Team {G} {S}", "team{g}"),
    ("DJ {G}", "dj{g}"),
    ("{G} {S} ✔", "real{g}{s}"),
];
const ADVERTISES: Forms = &[
    ("{G} {S} Photography", "{g}{s}photo"),
    ("{G} {S} | Coaching", "{g}coaching"),
    ("{G} {S} – my book is out", "{g}{s}books"),
    ("{G} ❘ Realtor", "{g}sellshomes"),
    ("{G} {S}, Author", "{g}{s}author"),
    ("{G} | commissions open", "{g}draws"),
    ("{G} {S} · Keynote Speaker", "{g}speaks"),
    ("{G} {S} Art", "{g}{s}art"),
    ("Yoga with {G}", "yogawith{g}"),
    ("{G} {S} – Freelance Designer", "{g}{s}design"),
    ("{G}'s Kitchen Diary", "{g}cooks"),
    ("Shop with {G}", "shopwith{g}"),
];
const JOBS: Forms = &[
    ("{G} {S} | CEO of Acme Inc.", "{g}_acme"),
    ("{G} {S}, Founder @ Wobble", "{g}wobble"),
    ("{G} at Quibble Bank", "{g}quibble"),
    ("{G} {S} (Acme Foundation)", "{g}{s}"),
    ("{G} from Wobble Support", "{g}atwobble"),
    ("{G} {S} – University of Nowhere", "{g}{s}uni"),
    ("{G} {S} | Museum Director", "{g}museum"),
    ("{G} {S}, Head of News", "{g}{s}news"),
];
const POLITICIANS: Forms = &[
    ("Sen. {G} {S}", "Sen{S}"),
    ("{G} {S} MP", "{G}{S}MP"),
    ("{G} {S} MdB", "{g}{s}mdb"),
    ("{G} {S} for Congress", "{g}forcongress"),
    ("Councillor {G} {S}", "cllr{s}"),
    ("Mayor {G} {S}", "mayor{s}"),
    ("Rep. {S}", "Rep{S}"),
    ("{G} {S} (Official)", "{g}{s}gov"),
    ("Elect {G} {S}", "elect{s}"),
    ("Gouverneur {G} {S}", "gouv{s}"),
];
const CREATORS: Forms = &[
    ("{G} Makes Things", "{g}makes"),
    ("{G} Plays", "{g}plays"),
    ("{G} the Gamer", "{g}thegamer"),
    ("{G} Vlogs", "{g}vlogs"),
    ("Travel with {G}", "travelwith{g}"),
    ("{G} {S} TV", "{g}{s}tv"),
    ("Simply {G}", "simply{g}"),
    ("Cooking with {G}", "cookingwith{g}"),
    ("{G} Codes", "{g}codes"),
    ("Life of {G}", "lifeof{g}"),
    ("The {S} Family", "the{s}family"),
    ("{G} Reviews Tech", "{g}reviews"),
];

/// Brands that bear a person's name: fashion houses, law firms, family shops. Left open rather than badged wrongly.
const NAMED_LIKE_PERSONS: Forms = &[
    ("{G} {S}", "{g}{s}"),
    ("{G} {S} Paris", "{g}{s}paris"),
    ("Maison {S}", "maison{s}"),
    ("{G} {S} Official", "{g}{s}_official"),
    ("{S} & Sons", "{s}andsons"),
    ("{S} Law Firm", "{s}lawfirm"),
    ("{S} & Partners, LLP", "{s}llp"),
    ("{G} {S} GmbH", "{g}{s}"),
    ("{S} Attorneys", "{s}attorneys"),
    ("{G} {S} Jewelry", "{g}{s}jewelry"),
    ("{S} Winery", "{s}winery"),
    ("{G} {S}®", "{g}{s}"),
];

/// The brands that are named like persons.
pub fn named_like_persons() -> Vec<Author> {
    of_names(NAMED_LIKE_PERSONS)
}

/// Accounts about a brand or a star that are not theirs; `{B}` is the name.
const FANS: Forms = &[
    ("{B} Fans", "{b}fans"),
    ("{B} Fan Club", "{b}fanclub"),
    ("{B} Updates", "{b}updates"),
    ("daily {B}", "daily{b}"),
    ("{B} Fan Page", "{b}_fanpage"),
    ("I love {B}", "ilove{b}"),
    ("{B} Nation", "{b}nation"),
    ("best of {B}", "bestof{b}"),
    ("{B} stan", "{b}stan4life"),
    ("{B} Addict", "{b}addict"),
    ("{B} Memes", "{b}memes"),
    ("Unofficial {B} News", "unofficial{b}"),
];
const PARODIES: Forms = &[
    ("Not {B}", "not{b}"),
    ("{B} (parody)", "{b}parody"),
    ("Fake {B}", "fake{b}"),
    ("{B} CEO (satire)", "{b}ceo"),
    ("Angry {B} Intern", "{b}intern"),
    ("{B} Support (Parody)", "{b}suport"),
    ("Notorious {B}", "notorious{b}"),
    ("Sad {B} Employee", "sad{b}"),
];
const ABOUT: &[&str] = &[
    "Netflix", "Tesla", "Nintendo", "Arsenal", "IKEA", "Zorblat", "Quibble", "Moonlit", "Disney", "Samsung", "Marvel",
    "Pokemon", "Wobble", "Formula1", "Spotify",
];

const FIRST_NICKS: &[&str] = &[
    "Sleepy",
    "Quiet",
    "Cosmic",
    "Salty",
    "Midnight",
    "Pixel",
    "Crypto",
    "Digital",
    "Lazy",
    "Golden",
    "Retro",
    "Neon",
    "Grumpy",
    "Velvet",
    "Toxic",
    "Urban",
    "Data",
    "Soft",
    "Lunar",
    "Chaotic",
    "Forgotten",
    "Little",
    "Coffee",
    "Silver",
    "Electric",
];
const LAST_NICKS: &[&str] = &[
    "Panda",
    "Otter",
    "Harbour",
    "Wizard",
    "Nomad",
    "Whale",
    "Potato",
    "Ghost",
    "Librarian",
    "Wolf",
    "Moth",
    "Raven",
    "Waffle",
    "Storm",
    "Goblin",
    "Fox",
    "Cactus",
    "Knight",
    "Shadow",
    "Pirate",
    "Dreamer",
    "Noodle",
    "Bandit",
    "Comet",
    "Owl",
];
/// Two words and a handle; `{A}` and `{N}` stand for them.
const NICKS: Forms = &[
    ("{A} {N}", "{a}{n}"),
    ("{A}{N}", "{A}{N}"),
    ("{a} {n}", "{a}_{n}"),
    ("{A} {N} ✨", "{a}{n}99"),
    ("the {a} {n}", "the{a}{n}"),
    ("{A}{N}", "x{a}{n}x"),
    ("{N}", "{a}{n}"),
    ("{A} {N} 🏳️‍🌈", "just{a}{n}"),
];
const BOTS: Forms = &[
    ("{N} Bot", "{n}_bot"),
    ("Every {A} {N}", "every{a}{n}"),
    ("{A} {N} Bot", "{a}{n}bot"),
    ("{N} of the day", "{n}oftheday"),
    ("random {n}", "random{n}"),
    ("{N} every hour", "{n}hourly"),
];

/// Puts names into a form; those that hold blanks and signs lose them in handles.
fn fill(form: &str, slots: &[(char, &str)], is_handle: bool) -> String {
    let mut text = form.to_owned();
    for (slot, value) in slots {
        let plain: String =
            if is_handle { value.chars().filter(|c| c.is_alphanumeric()).collect() } else { (*value).to_owned() };
        text = text.replace(&format!("{{{}}}", slot.to_ascii_uppercase()), &plain);
        text = text.replace(&format!("{{{slot}}}"), &plain.to_lowercase());
    }
    text
}

fn pairs(forms: &[(&str, &str)], one: (char, &str), other: (char, &str)) -> Vec<Author> {
    let initial: String = one.1.chars().take(1).collect();
    let slots = [one, other, ('i', initial.as_str())];
    forms.iter().map(|(name, handle)| author(&fill(name, &slots, false), &fill(handle, &slots, true))).collect()
}

/// Every third given name of each culture with a family name, and so on round the forms, so that all names occur.
fn of_names(forms: Forms) -> Vec<Author> {
    let mut authors = Vec::new();
    for line in include_str!("../people/names.txt").lines().filter(|line| !line.starts_with("//")) {
        let [_, given, family] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("culture | given | family: {line}")
        };
        let family: Vec<&str> = family.split(' ').collect();
        let given: Vec<&str> = given.split(' ').collect();
        for (nth, form) in forms.iter().enumerate() {
            for at in (nth % 3..given.len()).step_by(3) {
                let family = family[(at + nth) % family.len()];
                authors.extend(pairs(std::slice::from_ref(form), ('g', given[at]), ('s', family)));
            }
        }
    }
    authors
}

fn of_words(forms: Forms, first: &[&str], last: &[&str]) -> Vec<Author> {
    let each = |(at, a): (usize, &&str)| {
        let form = |n| pairs(std::slice::from_ref(&forms[(at + n) % forms.len()]), ('a', a), ('n', last[n]));
        (0..last.len()).flat_map(form).collect::<Vec<_>>()
    };
    first.iter().enumerate().flat_map(each).collect()
}

/// Every kind of case.
pub fn kinds() -> Vec<Kind> {
    let kind = |name, posts, authors| Kind { name, posts, authors };
    let about = |forms| ABOUT.iter().flat_map(|about| pairs(forms, ('b', about), ('n', ""))).collect();
    vec![
        kind("plain names", &["everyday"], of_names(PLAIN)),
        kind("names with emoji", &["everyday"], of_names(EMOJI)),
        kind("titles", &["expert"], of_names(TITLED)),
        kind("official singers", &["creator"], of_names(OFFICIAL)),
        kind("persons who advertise", &["creator"], of_names(ADVERTISES)),
        kind("job titles", &["job"], of_names(JOBS)),
        kind("politicians", &["politician"], of_names(POLITICIANS)),
        kind("creators", &["creator"], of_names(CREATORS)),
        kind("nicknames", &["everyday", "aggregator", "journalist"], of_words(NICKS, FIRST_NICKS, LAST_NICKS)),
        kind("fan accounts", &["fan"], about(FANS)),
        kind("parodies", &["job", "fan"], about(PARODIES)),
        kind("bots", &["bot", "aggregator"], of_words(BOTS, &FIRST_NICKS[..15], &LAST_NICKS[..20])),
    ]
}
