//! What the session learns: from corrections, and of authors from several of their posts.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure
#![allow(clippy::wildcard_enum_match_arm)] // a test names the variants that it is about

mod session_stage;

use kibitz::classify::{Input, Lessons, Verdict};
use kibitz::intent::Intent;
use kibitz::post::Room;
use kibitz::session::{BadgeKind, Command, Correction, Event, Judging, Place, Session, Settings, Slot};
use kibitz::text::tokens::Tokens;
use session_stage::{post, scripted};

/// A judge that learns: what is learned for `share` or `product` of a text's words turns it.
#[derive(Debug)]
struct Pupil;

impl Judging for Pupil {
    fn judge(&self, input: &Input<'_>) -> Verdict {
        scripted(input)
    }

    fn judge_with(&self, input: &Input<'_>, lessons: &Lessons) -> Verdict {
        let turned = lessons.shift(&Tokens::of(input.text)).stance > 1.0;
        self.judge(&Input { text: if turned { "share" } else { input.text }, ..*input })
    }
}

#[test]
fn a_correction_teaches_and_is_taken_back_exactly() {
    let on_x = |id: &str, text: &str| Box::new(post(Room::X, "+a", Some(id), text, None));
    let read =
        |slot, post| Event::Read { slot: Slot(slot), post: Some(post), place: Place::InView, painted: false, now: 0 };
    let text = "product harbour waffle festival opens early with thirty fresh authors";
    let earlier = Correction { room: Room::X, id: "0".to_owned(), intent: Intent::Ask, lesson: String::new() };
    let before = Settings { corrections: vec![earlier], ..Settings::default() };
    let mut session = Session::new(before.clone(), Pupil);
    let mut badges = std::collections::BTreeMap::new();
    let mut saved = before.clone();
    let mut on = |session: &mut Session<Pupil>, event| {
        for command in session.on(event) {
            match command {
                Command::Badge(slot, badge) => drop(badges.insert(slot, badge.kind)),
                Command::Save(settings) => saved = *settings,
                _ => {}
            }
        }
        (badges.clone(), saved.clone())
    };
    on(&mut session, read(1, on_x("1", text)));
    on(&mut session, read(2, on_x("2", text)));
    let (badges, _) = on(&mut session, read(3, on_x("3", "product of quite another kind")));
    assert!(badges.values().all(|kind| *kind == BadgeKind::Broadcast), "{badges:?}");
    let (badges, taught) = on(&mut session, Event::Correct(Slot(1), Some(Intent::Share)));
    use BadgeKind::{Broadcast, Conversation};
    assert_eq!(badges.values().copied().collect::<Vec<_>>(), [Conversation, Conversation, Broadcast]);
    assert_eq!(taught.corrections.len(), 2);
    // What was stored teaches another session the same.
    let mut other = Session::new(Settings::default(), Pupil);
    other.on(Event::Settings(Box::new(taught.clone())));
    let told = other.on(read(9, on_x("9", text)));
    assert!(
        told.iter().any(|command| matches!(command, Command::Badge(_, badge) if badge.kind == Conversation)),
        "{told:?}"
    );
    let (badges, back) = on(&mut session, Event::Undo);
    assert!(badges.values().all(|kind| *kind == Broadcast), "{badges:?}");
    assert_eq!(back, before);
    // Taken back in the dialog and then undone, the row stands where it stood.
    let (_, first) = on(&mut session, Event::Correct(Slot(1), Some(Intent::Share)));
    on(&mut session, Event::Correct(Slot(2), Some(Intent::Care)));
    on(&mut session, Event::Undo);
    on(&mut session, Event::Correct(Slot(1), None));
    assert_eq!(on(&mut session, Event::Undo).1, first);
    // What is nothing to judge teaches nothing, and neither does an emptied list.
    let (_, other) = on(&mut session, Event::Correct(Slot(3), Some(Intent::Other)));
    assert_eq!(other.corrections.last().map(|row| row.lesson.as_str()), Some(""));
    let (badges, _) = on(&mut session, Event::Settings(Box::default()));
    assert!(badges.values().all(|kind| *kind == Broadcast), "{badges:?}");
}

#[test]
fn only_the_newest_corrections_keep_what_they_teach() {
    let text = "share harbour waffle festival opens early with thirty fresh authors";
    let mut session = Session::new(Settings::default(), Pupil);
    let mut saved = Settings::default();
    for number in 0..300 {
        let id = number.to_string();
        let post = Box::new(post(Room::X, "+a", Some(&id), text, None));
        session.on(Event::Read { slot: Slot(number), post: Some(post), place: Place::InView, painted: false, now: 0 });
        for command in session.on(Event::Correct(Slot(number), Some(Intent::News))) {
            if let Command::Save(settings) = command {
                saved = *settings;
            }
        }
        session.on(Event::Gone(Slot(number)));
        session.on(Event::Frame { now: 0 });
    }
    assert_eq!(saved.corrections.len(), 300);
    let with_lesson = saved.corrections.iter().filter(|row| !row.lesson.is_empty()).count();
    assert_eq!(with_lesson, 256, "the corrections hold for ever, their lessons do not");
    assert!(saved.corrections.iter().all(|row| row.lesson.len() <= 144));
}

#[test]
fn an_author_is_known_by_several_posts_never_by_one() {
    use kibitz::brand::manner::LEAST_POSTS;
    let mut stage = session_stage::Stage::new(Settings::default());
    let advert = "product Our boots are here. Discover them with us! #boots";
    let read = |slot: u32, id: &str, ad| Event::Read {
        slot: Slot(slot),
        post: Some(Box::new(post(Room::X, "?zzq", Some(id), advert, ad))),
        place: Place::InView,
        painted: false,
        now: 0,
    };
    // Paid posts badge themselves and say nothing of the manner; a post seen again says nothing new.
    for slot in 50..60 {
        stage.on(read(slot, &slot.to_string(), Some(kibitz::post::AdSource::Structure)));
        stage.on(Event::Gone(Slot(slot)));
        stage.on(read(slot + 10, "1", None));
        stage.on(Event::Gone(Slot(slot + 10)));
    }
    for number in 1..u32::from(LEAST_POSTS) {
        stage.on(read(number, &number.to_string(), None));
    }
    assert!(stage.badges.is_empty(), "{:?}", stage.badges);
    let last = u32::from(LEAST_POSTS);
    stage.on(read(last, &last.to_string(), None));
    assert_eq!(stage.badges.len(), usize::from(LEAST_POSTS), "the earlier ones are badged, too");
    // The user's word goes before.
    stage.on(Event::Author(Slot(1), kibitz::session::AuthorAction::IsBrand(false)));
    assert!(stage.badges.is_empty());
    stage.on(Event::Undo);
    stage.on(Event::Explain(Slot(1)));
    let reason = stage.all.iter().rev().find_map(|command| match command {
        Command::Explain(_, explanation) => Some(explanation.brand.1),
        _ => None,
    });
    assert_eq!(reason, Some("brand_manner"));
}
