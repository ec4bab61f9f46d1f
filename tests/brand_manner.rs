//! How brands and persons write: the figures behind the odds, measured again, and what the odds make of invented persons.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

#[path = "support/brand_data.rs"]
mod brand_data;

use std::collections::BTreeMap;

use brand_data::{Post, manner, persons, posts};
use kibitz::brand::manner::{LEAST_POSTS, LOG_ODDS, MOST_POSTS, Manner, RATES, TRAITS, sight};
use kibitz::brand::{Known, Likelihood, Writes, by_words};

#[track_caller]
fn check(text: &str, has_link: bool, is_reply: bool, traits: &str) {
    // One post of a kind; the tally's odds name its traits.
    const NAMES: [&str; TRAITS] = ["link", "tag", "call", "we", "I", "you", "small", "casual"];
    let mut expected = 0;
    for (at, (name, (yes, no))) in NAMES.iter().zip(LOG_ODDS).enumerate() {
        if !(is_reply && at < 3) {
            expected += i32::from(if traits.split(' ').any(|other| other == *name) { yes } else { no });
        }
    }
    let mut manner = Manner::default();
    manner.note(sight(text, has_link, is_reply).unwrap_or_else(|| panic!("no words: {text}")));
    assert_eq!(manner.log_odds(), expected, "{text}: not {traits}");
}

#[test]
fn the_traits_of_a_post() {
    for (text, traits) in [
        ("Our new boots are here. Discover them now! https://ex.am/1 #boots", "link tag call we"),
        ("I can’t believe it lol", "I casual"),
        ("i'm so tired", "I small"),
        ("We've opened. You're welcome!", "we you"),
        ("@someone thanks", "small"),
        ("#boots are back", "tag small"),
        ("The boots are back", ""),
        ("J’ai perdu mes clés 😂", "I casual"),
        ("Découvrez nos nouveautés", "call we"),
        ("弊社の新商品、詳しくはこちら", "call we"),
        ("私は猫が好き", "I"),
        ("我们的新产品", "we"),
        ("Мы открылись! Наша команда ждёт вас", "we you"),
        ("Wir freuen uns auf euch", "we you"),
        // Whoever signs writes for a team.
        ("That should not happen. Which train was it? ^KB", "we"),
        ("Sorry to hear that *Kim", "we"),
        ("Thanks! ^JL https://ex.am/1", "link we"),
        ("Thanks for telling us!^JL", "we"),
        ("^This", ""),
        ("@someone @other ^This", ""),
        ("*Oops", ""),
        ("The answer is 2^X", ""),
        ("It was *GREAT*", ""),
        ("The answer is x^2", ""),
        ("Look up ^", ""),
        ("That is so *funny", ""),
    ] {
        check(text, false, false, traits);
    }
    check("The boots are back", true, false, "link");
    // Answers: neither links nor campaigns count.
    check("We are sorry #help https://ex.am/1", true, true, "we");
    for wordless in ["", "🎉🎉", "https://ex.am/1", "@someone @other", "!!!"] {
        assert_eq!(sight(wordless, true, false), None, "{wordless}");
    }
}

#[test]
fn the_odds_are_those_of_the_rates() {
    for ((brand, person), (yes, no)) in RATES.into_iter().zip(LOG_ODDS) {
        let [b, p] = [brand, person].map(|rate| f64::from(rate) / 100.0);
        #[allow(clippy::disallowed_methods)] // a test may ask the platform for a logarithm
        let odds = [(b / p).ln(), ((1.0 - b) / (1.0 - p)).ln()].map(|odds| 100.0 * odds);
        assert!(
            (odds[0] - f64::from(yes)).abs() <= 0.5 && (odds[1] - f64::from(no)).abs() <= 0.5,
            "{brand} {person}: {odds:?}"
        );
    }
}

/// Posts in 100 with each trait, authors weighing the same.
fn rates<'a>(authors: impl Iterator<Item = &'a [Post]>) -> [f64; TRAITS] {
    let (mut sums, mut count) = ([0.0; TRAITS], 0.0);
    for posts in authors.filter(|posts| !posts.is_empty()) {
        count += 1.0;
        let of: Vec<_> = posts.iter().filter_map(|post| sight(&post.text, false, post.is_reply)).collect();
        for (at, sum) in sums.iter_mut().enumerate() {
            let share = of.iter().filter(|sight| sight.has(at)).count() as f64 / of.len().max(1) as f64;
            *sum += share * 100.0;
        }
    }
    sums.map(|sum| sum / count)
}

/// How far a measured rate may lie from the committed one, in posts of 100.
const BRANDS_OFF: f64 = 3.0;

#[test]
fn the_rates_are_measured() {
    let of_persons = rates(persons().iter().map(|person| person.posts.as_slice()));
    println!("persons, invented  {of_persons:.0?}");
    for (at, ((brand, person), found)) in RATES.into_iter().zip(of_persons).enumerate().skip(1) {
        // Each is moved towards the brands' figure, or is theirs.
        let (brand, person) = (f64::from(brand), f64::from(person));
        let is_conservative = if brand > person { found <= person + 1.0 } else { found >= person - 1.0 };
        assert!(is_conservative, "trait {at}: {found:.1} of persons, {person} committed");
    }
    let Some(posts) = posts() else { return };
    let mut sources: BTreeMap<&str, Vec<Vec<Post>>> = BTreeMap::new();
    for ((source, _), posts) in &posts {
        // No answers: links and campaigns are told of first posts.
        let own: Vec<Post> = posts.iter().filter(|post| !post.is_reply).take(30).cloned().collect();
        if own.len() >= 5
            && !["wearerladies", "arabic_low_quality", "facebook_news", "ta1c_es_clickbait"].contains(&source.as_str())
        {
            sources.entry(source).or_default().push(own);
        }
    }
    let mut mean = [0.0; TRAITS];
    for (source, authors) in &sources {
        let found = rates(authors.iter().map(Vec::as_slice));
        println!("{source:<24} {:>4} {found:.0?}", authors.len());
        mean.iter_mut().zip(found).for_each(|(mean, found)| *mean += found / sources.len() as f64);
    }
    println!("mean                          {mean:.0?}");
    for (at, ((brand, _), found)) in RATES.into_iter().zip(mean).enumerate() {
        assert!((f64::from(brand) - found).abs() <= BRANDS_OFF, "trait {at}: {found:.1} of brands, {brand} committed");
    }
}

#[test]
fn no_invented_person_writes_as_a_brand() {
    for person in persons() {
        let tally = manner(&person.posts);
        println!("{:<12} {:>6} {:?} {}", person.kind, tally.log_odds(), tally.says(), person.author.name);
        assert!(tally.posts() >= LEAST_POSTS, "{}: {} posts", person.author.name, tally.posts());
        assert!(
            matches!(tally.says(), Writes::Unknown | Writes::AsPerson),
            "{}: {:?}",
            person.author.name,
            tally.says()
        );
        let known = Known { writes: tally.says(), ..Known::default() };
        assert_ne!(by_words(&person.author, known).0, Likelihood::Brand, "{}", person.author.name);
    }
}

fn tally(post: &str, times: u8) -> Manner {
    let mut manner = Manner::default();
    (0..times).for_each(|_| manner.note(sight(post, false, false).unwrap()));
    manner
}

#[test]
fn one_post_never_decides_and_many_are_bounded() {
    let advert = "Our new boots are here. Discover them now with your friends! https://ex.am/1 #boots";
    assert_eq!(tally(advert, LEAST_POSTS - 1).says(), Writes::Unknown);
    assert_eq!(tally(advert, LEAST_POSTS).says(), Writes::AsBrand);
    assert_eq!(tally(advert, 200).posts(), MOST_POSTS);
    assert_eq!(tally(advert, 200).log_odds(), tally(advert, 8).log_odds(), "posts of one author are alike");
    // The same manner needs more where less was seen.
    let mixed = |tagged, plain| tally("The boots are back #boots", tagged).plus(tally("The boots are back", plain));
    assert_eq!(mixed(7, 1).says(), Writes::RatherAsBrand, "{}", mixed(7, 1).log_odds());
    assert_eq!(mixed(9, 1).says(), Writes::AsBrand, "{}", mixed(9, 1).log_odds());
}

#[test]
fn the_manner_of_two_sessions_adds_up() {
    let (one, other) = (tally("I am here", 3), tally("We are here", 4));
    assert_eq!(one.plus(other).posts(), 7);
    assert_eq!(one.plus(other), other.plus(one));
    assert_eq!(Manner::read(one.plus(other).bytes()), Some(one.plus(other)));
    assert_eq!(tally("We are here", 20).plus(tally("We are here", 20)).posts(), MOST_POSTS);
    assert_eq!(Manner::read([1; 10]), Some(Manner::read([1; 10]).unwrap()));
    assert_eq!(Manner::read([0, 0, 9, 0, 0, 0, 0, 0, 0, 0]), None, "more posts with a link than posts");
}

#[test]
fn a_personal_name_outweighs_any_manner() {
    let of = |name: &str, writes| {
        let author = brand_data::author(name, "zzq");
        by_words(&author, Known { writes, ..Known::default() })
    };
    use Likelihood::{Brand, Person, Unclear};
    for (name, writes, expected) in [
        ("Zzq", Writes::Unknown, (Unclear, "brand_unknown")),
        ("Zzq", Writes::AsBrand, (Brand, "brand_manner")),
        ("Zzq", Writes::RatherAsBrand, (Unclear, "brand_unknown")),
        ("Zzq Media", Writes::RatherAsBrand, (Brand, "brand_manner")),
        ("Zzq", Writes::AsPerson, (Person, "brand_manner_person")),
        ("Zzq Museum", Writes::AsPerson, (Brand, "brand_words")),
        ("Rosa Parksson", Writes::AsBrand, (Person, "brand_personal")),
        ("Zzq Fans", Writes::AsBrand, (Unclear, "brand_doubtful")),
    ] {
        assert_eq!(of(name, writes), expected, "{name} {writes:?}");
    }
}
