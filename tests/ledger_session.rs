//! Owns the way from a page's life to the ledger: what the session observes becomes rows that count as their badges say, and questions of a thread.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests: a panic is their failure

mod session_stage;

use kibitz::ledger::{Call, Question, Row, Salt, Sighting};
use kibitz::post::{AdSource, Post, PostTime, Room, Surface, TimeSource};
use kibitz::session::*;
use session_stage::{Stage, post};

const SALT: Salt = Salt(1, 2);

fn row(observation: &Observation) -> Row {
    Row::of(&Sighting {
        id: &lasting_id(&observation.key).1,
        post: &observation.post,
        verdict: &observation.verdict,
        model: 1,
        surface: observation.surface,
        seen: observation.seen,
        corrected: observation.corrected,
        salt: SALT,
        keeps_excerpt: observation.keeps_excerpt,
    })
}

fn observed(commands: &[Command]) -> Vec<Observation> {
    let each = commands.iter().filter_map(|command| {
        if let Command::Observe(_, observation) = command { Some((**observation).clone()) } else { None }
    });
    each.collect()
}

fn read(slot: u32, post: Post) -> Event {
    Event::Read {
        slot: Slot(slot),
        post: Some(Box::new(post)),
        place: Place::InView,
        painted: false,
        now: 100 + i64::from(slot),
    }
}

#[test]
fn a_row_counts_as_its_badge_says() {
    let ads = [None, Some(AdSource::Structure), Some(AdSource::Label), Some(AdSource::Disclosed)];
    let mut slot = 0;
    let mut kinds = [0; 4];
    for intent in kibitz::intent::ALL.iter().map(|row| row.id) {
        for flags in ["", " ad", " unsure", " ad unsure"] {
            for ad in ads {
                for corrected in [None, Some(kibitz::intent::Intent::Ask), Some(kibitz::intent::Intent::Offer)] {
                    let mut stage = Stage::new(Settings::default());
                    slot += 1;
                    let text = format!("{intent}{flags}");
                    let mut commands = stage.on(read(slot, post(Room::X, "+orla", Some("7"), &text, ad)));
                    commands.extend(stage.on(Event::Correct(Slot(slot), corrected)));
                    let observation = observed(&commands).pop().expect("a brand's post is observed");
                    let kind = row(&observation).counts().kind();
                    assert_eq!(kind, observation.badge.map(|badge| badge.kind as usize), "{text} {ad:?} {corrected:?}");
                    kinds[kind.unwrap_or(0)] += 1;
                }
            }
        }
    }
    assert!(kinds.iter().all(|count| *count > 20), "{kinds:?}");
}

#[test]
fn a_correction_and_its_undo_reach_the_row() {
    let mut stage = Stage::new(Settings { keep_excerpts: true, ..Settings::default() });
    let first = row(&observed(&stage.on(read(1, post(Room::X, "+orla", Some("7"), "product out now", None))))[0]);
    assert_eq!((first.corrected, first.excerpt.as_deref()), (None, Some("product out now")));
    let said = row(&observed(&stage.on(Event::Correct(Slot(1), Some(kibitz::intent::Intent::Share))))[0]);
    let back = row(&observed(&stage.on(Event::Correct(Slot(1), None)))[0]);
    assert_eq!(back.corrected.map(|(_, intent)| intent), Some(None), "taken back, not forgotten");
    let later = |row: Row, ms: i64| Row { corrected: row.corrected.map(|(when, intent)| (when + ms, intent)), ..row };
    let merged = first.merge(later(said, 1)).merge(later(back, 2));
    assert_eq!(merged.counts().intent, kibitz::intent::Intent::Product);
}

#[test]
fn what_a_row_holds_of_a_post() {
    let mut stage = Stage::new(Settings::default());
    let mut answer = post(Room::X, "+Orla", None, "reply @Ada and @ada, see @orla #tea #2", None);
    answer.answers = vec!["bob".into(), "Ada".into()];
    answer.parent = Some("6".into());
    answer.links = vec!["https://ex.am/1".into()];
    let row = row(&observed(&stage.on(read(1, answer)))[0]);
    assert_eq!(row.brand, "orla");
    assert!(row.id.starts_with("name:Orla#"), "{}", row.id);
    let people: Vec<u64> = row.addressed.iter().copied().collect();
    let mut expected = vec![SALT.hash("ada"), SALT.hash("bob")];
    expected.sort_unstable();
    assert_eq!(people, expected, "each once, without case, not itself");
    assert_eq!((row.mentions, row.hashtags, row.links, row.parent.as_deref()), (1, 1, 1, Some("6")));
    assert_eq!((row.first_seen, row.name), ((101, Surface::Home), (101, "ORLA".into())));
    assert_eq!(row.excerpt, None, "no text is kept unless the user says so");
}

/// A thread: (author, id, minute, words, whom it answers).
fn thread(posts: &[(&str, &str, i64, &str, &[&str])], focal: &str) -> Vec<Question> {
    let mut stage = Stage::new(Settings::default());
    let focal_id = Some(focal.to_owned());
    stage.on(Event::Navigated { room: Room::X, surface: Surface::Thread, focal_id, viewer: None });
    for ((author, id, minute, text, answers), slot) in posts.iter().zip(1..) {
        let mut post = post(Room::X, author, Some(id), text, None);
        post.time = Some(PostTime { unix_ms: minute * 60_000, source: TimeSource::Stated });
        post.is_focal = *id == focal;
        post.is_reply = !post.is_focal;
        post.answers = answers.iter().map(|name| (*name).to_owned()).collect();
        stage.on(read(slot, post));
    }
    stage.session.questions(SALT)
}

#[track_caller]
fn check(posts: &[(&str, &str, i64, &str, &[&str])], focal: &str, expected: &[(&str, &str, &str, Option<u32>)]) {
    let found = thread(posts, focal);
    let expected: Vec<_> = expected
        .iter()
        .map(|(id, brand, asker, minutes)| ((*id).to_owned(), (*brand).to_owned(), SALT.hash(asker), *minutes))
        .collect();
    let found: Vec<_> = found
        .iter()
        .map(|question| (question.id.clone(), question.brand.clone(), question.asker, question.answer_minutes()))
        .collect();
    assert_eq!(found, expected, "{posts:?}");
}

#[test]
fn questions_put_to_brands() {
    let brand = ("+orla", "1", 0, "share news", &[][..]);
    check(&[brand], "1", &[]);
    check(&[brand, ("-ada", "2", 5, "when? share", &[])], "1", &[("2", "orla", "ada", None)]);
    check(&[brand, ("-ada", "2", 5, "lovely", &[])], "1", &[]);
    check(&[brand, ("-ada", "2", 5, "see https://ex.am/?a", &[])], "1", &[]);
    let answered = ("+orla", "3", 17, "reply @ada at nine", &[][..]);
    check(&[brand, ("-ada", "2", 5, "when?", &[]), answered], "1", &[("2", "orla", "ada", Some(12))]);
    // The answer names nobody in its words, but the page says whom it answers.
    let beside = ("+orla", "3", 6, "reply at nine", &["Ada"][..]);
    check(&[brand, ("-ada", "2", 5, "when?", &[]), beside, answered], "1", &[("2", "orla", "ada", Some(1))]);
    // Written before it was asked, or to somebody else: no answer.
    let early = ("+orla", "3", 4, "reply @ada at nine", &[][..]);
    let other = ("+orla", "4", 8, "reply @bob at nine", &[][..]);
    check(&[brand, ("-ada", "2", 5, "when?", &[]), early, other], "1", &[("2", "orla", "ada", None)]);
    // A person's thread in which a brand is asked by name; two names ask nobody in particular.
    let person = ("-ada", "1", 0, "@orla where is my parcel?", &[][..]);
    check(&[person, ("+orla", "2", 9, "care @ada sorry", &[])], "1", &[("1", "orla", "ada", Some(9))]);
    check(&[("-ada", "1", 0, "@orla @finch which?", &[]), ("+orla", "2", 9, "care @ada us", &[])], "1", &[]);
    check(&[("-ada", "1", 0, "@nobody why?", &[]), ("+orla", "2", 9, "care @ada us", &[])], "1", &[]);
    // Questions of brands are no questions to brands.
    check(&[brand, ("+finch", "2", 5, "@orla when?", &[])], "1", &[]);
}

#[test]
fn what_this_session_has_seen_of_an_author() {
    let mut stage = Stage::new(Settings::default());
    let author = (Room::X, "orla".to_owned());
    stage.on(Event::Record { room: Room::X, handle: "orla".into(), posts: 9, conversation: 3 });
    assert_eq!(stage.session.seen(&author).posts(), 0, "what the ledger knew is not counted");
    stage.on(read(1, post(Room::X, "+orla", Some("1"), "share tea", None)));
    stage.on(read(2, post(Room::X, "+orla", Some("2"), "offer tea", None)));
    stage.on(read(3, post(Room::X, "+orla", Some("2"), "offer tea", None)));
    let seen = stage.session.seen(&author);
    assert_eq!((seen.posts(), seen.conversation), (2, 1));
}

#[test]
fn a_brands_own_page_says_what_the_majority_rule_calls_it() {
    let home = |surface| Event::Navigated { room: Room::X, surface, focal_id: None, viewer: None };
    let told = |commands: Vec<Command>| {
        commands.into_iter().find_map(|command| {
            let Command::Profile(said) = command else { return None };
            Some(said.map(|said| (said.call, said.n)))
        })
    };
    let open_on = |owner: &str, earlier: u32| {
        let mut stage = Stage::new(Settings::default());
        stage.on(home(Surface::Profile));
        stage.on(Event::Record { room: Room::X, handle: "orla".into(), posts: earlier, conversation: 0 });
        stage.on(Event::Owner(owner.into()));
        stage
    };
    let mut stage = open_on("Orla", 3);
    assert_eq!(
        told(stage.on(read(1, post(Room::X, "-ada", Some("1"), "offer tea", None)))),
        None,
        "somebody else's post"
    );
    let said = told(stage.on(read(2, post(Room::X, "+orla", Some("2"), "offer tea", None))));
    assert_eq!(said, Some(Some((Call::Broadcaster, 4))));
    assert_eq!(told(stage.on(Event::Gone(Slot(9)))), None, "said once");
    assert_eq!(
        told(stage.on(read(3, post(Room::X, "+orla", Some("3"), "care @ada", None)))),
        Some(Some((Call::Open, 5)))
    );
    assert_eq!(told(stage.on(home(Surface::Home))), Some(None), "taken back where the page is left");
    assert_eq!(
        told(stage.on(read(4, post(Room::X, "+orla", Some("4"), "offer tea", None)))),
        None,
        "and nobody's page is no brand's"
    );
    let mut stage = open_on("ada", 9);
    assert_eq!(
        told(stage.on(read(1, post(Room::X, "-ada", Some("1"), "offer tea", None)))),
        None,
        "of people nothing is said"
    );
}

#[test]
fn who_wants_only_what_is_very_sure_sees_a_question_mark_for_the_rest() {
    #[track_caller]
    fn check(only_very_sure: bool, text: &str, expected: BadgeKind) {
        let mut stage = Stage::new(Settings { only_very_sure, ..Settings::default() });
        let post = post(Room::X, "+orla", Some("1"), text, None);
        stage.on(Event::Read {
            slot: Slot(1),
            post: Some(Box::new(post)),
            place: Place::InView,
            painted: false,
            now: 0,
        });
        assert_eq!(stage.badges[&Slot(1)].kind, expected, "{text}");
    }
    check(false, "fairly share", BadgeKind::Conversation);
    check(true, "fairly share", BadgeKind::Unsure);
    check(true, "share", BadgeKind::Conversation);
    check(true, "unsure share", BadgeKind::Unsure);
}
