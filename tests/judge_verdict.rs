//! What the judge says of posts written for the project, and what must not change its mind.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

use kibitz::classify::{Input, Judge, Verdict};
use kibitz::intent::{Intent, Stance};
use kibitz::post::Room;

fn verdict(text: &str, is_reply: Option<bool>) -> Verdict {
    Judge::builtin().verdict(&Input { text, room: Room::X, is_reply, lang: None })
}

#[track_caller]
fn check(text: &str, is_reply: bool, stance: Option<Stance>, intents: &[Intent]) {
    let found = verdict(text, Some(is_reply));
    assert_eq!(found.stance, stance, "{text}: {found:?}");
    assert!(intents.contains(&found.intent), "{text}: {:?}", found.intent);
}

const C: Option<Stance> = Some(Stance::Conversation);
const B: Option<Stance> = Some(Stance::Broadcast);

#[test]
fn clear_cases() {
    use Intent::*;
    check("Shop now! 50% off all boots with code SALE https://ex.am/1", false, B, &[Offer]);
    check("48 hours only: 20% off everything with code MAY20", false, B, &[Offer]);
    check(
        "@dana So sorry about that! Which store was it? Please DM us your order number and we'll fix it.",
        true,
        C,
        &[Care],
    );
    check("@luis haha thank you so much for the picture!", true, C, &[Reply]);
    check("RT + follow to win! Tag 3 friends below", false, B, &[Bait]);
    check("Introducing the new Aero 3. Lighter. Faster. Available now in stores.", false, B, &[Product]);
    check("What's your favourite book from when you were little? Tell us below!", false, C, &[Ask]);
    check("Register now for our free webinar on Thursday: https://ex.am/2", false, B, &[Event, Solicit]);
    check("Wir suchen dich! Jetzt bewerben: https://ex.am/3", false, B, &[Solicit, News]);
    check("Désolés pour ce retard ! Pouvez-vous nous envoyer votre numéro de commande en DM ?", true, C, &[Care]);
    check("全商品半額セール開催中！クーポンはこちら https://ex.am/4", false, B, &[Offer, Product, Solicit]);
}

#[test]
fn nothing_to_judge() {
    for text in ["", "   ", "https://ex.am/1", "👀 https://ex.am/1", "@user", "\u{200b}\u{200d}", "\u{0}"] {
        let found = verdict(text, Some(false));
        assert_eq!(
            (found.stance, found.intent, found.is_sure, found.ad),
            (None, Intent::Other, false, false),
            "{text:?}"
        );
    }
    check("👏👏", true, C, &[Intent::Reply, Intent::Care]);
}

/// A script or a language that the model does not know is never judged as sure.
#[test]
fn unknown_languages_are_unsure() {
    for text in [
        "Τα νέα μας προϊόντα είναι εδώ! Αγοράστε τώρα με έκπτωση",
        "ახალი კოლექცია უკვე მაღაზიებშია",
        "สินค้าใหม่มาแล้ว ซื้อเลยวันนี้ ลดราคา",
        "Նոր հավաքածուն արդեն վաճառքում է",
        "zxqv wkjd pqlx mznr tvbg",
    ] {
        let found = verdict(text, Some(false));
        assert!(!found.is_sure && !found.ad, "{text}: {found:?}");
    }
}

/// Posts of several intents; all written for the project.
const POSTS: [&str; 6] = [
    "Shop our new winter collection now and save 20% with code SNOW",
    "So sorry to hear that! Please send us a DM with your order number and we will look into it.",
    "What was the first record you ever bought? Tell us in the comments!",
    "We're proud to announce that our team won the national design award.",
    "Frost tonight: cover the seedlings, and water in the morning, not the evening.",
    "Tickets for Saturday's concert are on sale now. Doors open at 8pm.",
];

#[test]
fn names_and_addresses_are_all_alike() {
    let pairs = [
        ("Read it here https://ex.am/abc", "Read it here https://www.example.com/a/b?c=d#e"),
        ("Read it here https://ex.am/abc", "Read it here example.org/long-path…"),
        ("@user thank you!", "@some_Body99 thank you!"),
        ("@user thank you!", "@a@mastodon.social thank you!"),
        ("Write to name@ex.am", "Write to first.last+tag@sub.example.co.uk"),
        ("Well done 👍", "Well done 👍🏽"),
        ("Well done ❤️", "Well done ❤"),
        ("Only $20", "Only $35.99"),
        ("café", "cafe\u{301}"),
    ];
    for (one, other) in pairs {
        let (one, other) = (verdict(one, None), verdict(other, None));
        assert_eq!(one.intents, other.intents);
        assert_eq!(one.p_conversation, other.p_conversation);
    }
}

#[test]
fn long_texts_are_judged_by_their_beginning() {
    let long = POSTS[0].repeat(2_000);
    assert!(long.len() > 100_000);
    let found = verdict(&long, None);
    assert_eq!(found.stance, B);
    for text in
        ["a".repeat(100_000), "语".repeat(40_000), "🎉".repeat(30_000), "# ".repeat(60_000), "@a".repeat(50_000)]
    {
        let found = verdict(&text, None);
        assert!(found.intents.iter().all(|p| p.is_finite()));
    }
}

/// Verdicts whose bits other targets are compared with: a change here is a change of model or text room.
#[test]
fn verdicts_are_the_same_every_time() {
    for text in POSTS {
        assert_eq!(verdict(text, None), verdict(text, None));
    }
}
