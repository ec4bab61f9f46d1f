//! Which accounts are one brand's across rooms: links made by themselves, the user's joins and partings.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use kibitz::brand::Likelihood;
use kibitz::brand::identity::{Account, Brands, Known, Word, is_same};
use kibitz::post::Room;
use proptest::prelude::*;

/// `room/handle` as an account; a LinkedIn handle is a path of its own.
fn account(text: &str) -> Account {
    let (room, handle) = text.split_once(':').unwrap();
    (Room::from_id(room).unwrap(), handle.to_owned())
}

fn known(text: &str, name: &str, likelihood: Likelihood) -> Known {
    Known { account: account(text), name: name.to_owned(), likelihood }
}

#[track_caller]
fn check(one: (&str, &str), other: (&str, &str), expected: bool) {
    let brand = |(text, name)| known(text, name, Likelihood::Brand);
    let (one, other) = (brand(one), brand(other));
    assert_eq!(is_same(&one, &other), expected, "{one:?} {other:?}");
    assert_eq!(is_same(&other, &one), expected, "the other way round: {one:?} {other:?}");
}

#[test]
fn the_same_brand_in_two_rooms() {
    for (one, other) in [
        (("x:Wobble", "Wobble"), ("instagram:wobble", "Wobble")),
        (("x:Wobble", "Wobble"), ("linkedin:/company/wobble/", "Wobble, Inc.")),
        (("x:WobbleHQ", "Wobble"), ("linkedin:/company/wobble", "Wobble GmbH")),
        (("x:LostSocks", "Lost Socks Museum"), ("instagram:lost.socks", "Lost Socks Museum")),
        (("x:wobble_official", "Wobble Official"), ("threads:wobble", "WOBBLE")),
        (("x:wobblehq", "Wobble"), ("instagram:wobble", "Wobble®")),
        (("x:CafeNoir", "Café Noir"), ("facebook:/cafenoir", "Cafe Noir")),
        (("x:WobbleFrance", "Wobble France"), ("instagram:wobble_france", "Wobble France")),
        (("x:もちもちや_official", "もちもちや公式"), ("youtube:もちもちや", "もちもちや")),
    ] {
        check(one, other, true);
    }
}

#[test]
fn what_is_left_apart() {
    for (one, other) in [
        // Another name, another handle, the same room.
        (("x:Wobble", "Wobble"), ("instagram:wobble", "Wobble Studios")),
        (("x:Wobble", "Wobble"), ("instagram:quibble", "Wobble")),
        (("x:Wobble", "Wobble"), ("x:WobbleHQ", "Wobble")),
        // Regions are compared apart, said or not.
        (("x:WobbleFrance", "Wobble"), ("instagram:wobble", "Wobble")),
        (("x:WobbleFrance", "Wobble"), ("instagram:wobble_japan", "Wobble")),
        (("x:wobbleuk", "Wobble"), ("instagram:wobble", "Wobble")),
        (("x:WobbleFrance", "Wobble France"), ("instagram:wobble", "Wobble")),
        // More than a desk after the name.
        (("x:wobbleband", "Wobble"), ("instagram:wobble", "Wobble")),
        // Too short, or too general, or a given name.
        (("x:abc", "ABC"), ("instagram:abc", "ABC")),
        (("x:Museum", "Museum"), ("instagram:museum", "Museum")),
        (("x:Rosie", "Rosie"), ("instagram:rosie", "Rosie")),
        (("x:", ""), ("instagram:", "")),
        // Nothing in the handle says the name: another brand could have both.
        (("x:kutsushita", "くつした公式"), ("instagram:kutsushita", "くつした")),
    ] {
        check(one, other, false);
    }
    let person = known("x:Wobble", "Wobble", Likelihood::Unclear);
    assert!(!is_same(&person, &known("instagram:wobble", "Wobble", Likelihood::Brand)), "never for persons");
}

/// The ids of `accounts`, after the user's words: `a=b` joins, `a!b` parts.
fn ids(accounts: &[Known], words: &[&str]) -> Vec<String> {
    let words: Vec<Word> = words.iter().map(|text| Word::read(text).unwrap()).collect();
    let brands = Brands::of(accounts, &words);
    accounts.iter().map(|known| brands.id(&known.account)).collect()
}

fn wobbles() -> [Known; 4] {
    let brand = Likelihood::Brand;
    [
        known("x:Wobble", "Wobble", brand),
        known("linkedin:/company/wobble", "Wobble Inc.", brand),
        known("instagram:wobble", "Wobble", brand),
        known("x:WobbleUK", "Wobble UK", brand),
    ]
}

#[test]
fn the_users_word_goes_before() {
    let accounts = wobbles();
    let apart = ["x:wobble", "linkedin:company/wobble", "instagram:wobble", "x:wobbleuk"];
    let check = |words: &[&str], expected: [usize; 4]| {
        assert_eq!(ids(&accounts, words), expected.map(|at| apart[at]), "{words:?}");
    };
    check(&[], [0, 0, 0, 3]);
    check(&["x:Wobble=x:@WobbleUK"], [0, 0, 0, 0]);
    check(&["linkedin:company/wobble!x:wobble", "linkedin:company/wobble!instagram:wobble"], [0, 1, 0, 3]);
    // A parting holds whichever way round the third would join them; the first account keeps its own.
    check(&["instagram:wobble!linkedin:/company/wobble"], [0, 0, 2, 3]);
    // A parting beats a join that would go round it, and the later word on a pair the earlier.
    check(&["x:wobble!instagram:wobble", "instagram:wobble=linkedin:/company/wobble"], [0, 1, 1, 3]);
    check(&["x:wobble!x:wobbleuk", "x:wobble=x:wobbleuk"], [0, 0, 0, 0]);
    check(&["x:wobble=x:wobbleuk", "x:wobbleuk!x:wobble"], [0, 0, 0, 3]);
}

#[test]
fn a_word_is_written_as_it_is_read() {
    for (text, written) in [
        ("x:@Acme=linkedin:/company/acme/", Some("x:acme=linkedin:company/acme")),
        ("x:a!x:b", Some("x:a!x:b")),
        ("mastodon:acme@example.social=x:acme", Some("mastodon:acme@example.social=x:acme")),
        ("nowhere:a=x:b", None),
        ("x:=x:b", None),
        ("x:a", None),
        ("", None),
    ] {
        assert_eq!(Word::read(text).map(|word| word.to_string()).as_deref(), written, "{text}");
    }
}

#[test]
fn two_that_could_be_meant_are_linked_to_neither() {
    let brand = Likelihood::Brand;
    let accounts = [
        known("x:Wobble", "Wobble", brand),
        known("x:WobbleHQ", "Wobble", brand),
        known("instagram:wobble", "Wobble", brand),
    ];
    assert_eq!(ids(&accounts, &[]), ["x:wobble", "x:wobblehq", "instagram:wobble"]);
}

#[test]
fn an_account_of_which_nothing_is_known_is_its_own_brand() {
    let brands = Brands::of(&wobbles(), &[]);
    assert_eq!(brands.id(&account("youtube:@Quibble")), "youtube:quibble");
    assert_eq!(brands.accounts(&account("youtube:Quibble")), []);
    let rooms: Vec<Room> = brands.accounts(&account("x:WOBBLE")).into_iter().map(|row| row.0).collect();
    assert_eq!(rooms, [Room::X, Room::Linkedin, Room::Instagram]);
}

fn any_account() -> impl Strategy<Value = String> {
    (
        prop::sample::select(&["x", "linkedin", "instagram"][..]),
        prop::sample::select(&["wobble", "wobblehq", "quibble"][..]),
    )
        .prop_map(|(room, handle)| format!("{room}:{handle}"))
}

proptest! {
    #[test]
    fn parted_accounts_never_meet_and_order_does_not_matter(
        rows in prop::collection::vec((any_account(), prop::sample::select(&["Wobble", "Quibble"][..])), 0..9),
        words in prop::collection::vec((any_account(), any_account(), any::<bool>()), 0..5),
    ) {
        let names: std::collections::BTreeMap<&String, &str> = rows.iter().map(|(account, name)| (account, *name)).collect();
        let mut accounts: Vec<Known> =
            rows.iter().map(|(account, _)| known(account, names[account], Likelihood::Brand)).collect();
        let words: Vec<Word> = words
            .iter()
            .map(|(one, other, same)| Word { one: account(one), other: account(other), same: *same })
            .collect();
        let brands = Brands::of(&accounts, &words);
        for (at, word) in words.iter().enumerate() {
            let is_last = !words[at + 1..].iter().any(|later| {
                [(&later.one, &later.other), (&later.other, &later.one)].contains(&(&word.one, &word.other))
            });
            if is_last && !word.same && word.one != word.other {
                prop_assert_ne!(brands.id(&word.one), brands.id(&word.other));
            }
        }
        accounts.reverse();
        prop_assert_eq!(&brands, &Brands::of(&accounts, &words));
    }
}
