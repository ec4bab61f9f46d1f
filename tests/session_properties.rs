//! Properties of the session under any sequence of events.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::wildcard_enum_match_arm)] // helpers of tests: a panic is their failure

mod session_stage;

use std::collections::BTreeMap;

use kibitz::classify::Input;
use kibitz::intent::{Intent, Stance};
use kibitz::post::{AdSource, Post, Room, Surface};
use kibitz::session::*;
use proptest::prelude::*;
use session_stage::{Stage, post, scripted};

const SLOTS: u32 = 9;
const FOCAL: &str = "p0";
const VIEWER: &str = "viewer";

fn any_post() -> impl Strategy<Value = Box<Post>> {
    let author = prop::sample::select(vec!["+acme", "+bolt", "-maria", "?zzq", "+viewer", "?"]);
    let id = prop::option::of((0..8u8).prop_map(|id| format!("p{id}")));
    let text = prop::sample::select(vec![
        "product ad",
        "product",
        "product ad unsure",
        "event",
        "event ad",
        "care",
        "care unsure",
        "share more",
        "bait",
        "other",
        "",
    ]);
    let ad = prop::option::weighted(
        0.3,
        prop::sample::select(vec![AdSource::Structure, AdSource::Label, AdSource::Disclosed]),
    );
    (author, id, text, ad).prop_map(|(author, id, text, ad)| Box::new(post(Room::X, author, id.as_deref(), text, ad)))
}

fn any_settings() -> impl Strategy<Value = Settings> {
    let mode = || prop::sample::select(vec![HideMode::Off, HideMode::Dim, HideMode::Fold, HideMode::Hide]);
    let kind = prop::sample::select(vec![Kind::Advert, Kind::Event, Kind::Solicit, Kind::Bait, Kind::Broadcast]);
    let whose = prop::sample::select(vec![Whose::Brands, Whose::Listed, Whose::Everyone]);
    (
        whose,
        mode(),
        prop::collection::vec((kind.clone(), mode()), 0..3),
        prop::option::of((kind, mode())),
        any::<bool>(),
    )
        .prop_map(|(whose, adverts, kinds, rule, fold_broadcasters)| Settings {
            whose,
            adverts,
            kinds,
            rules: rule
                .map(|row| BrandRule { room: Room::X, handle: "Acme".to_owned(), hide: vec![row] })
                .into_iter()
                .collect(),
            fold_broadcasters,
            ..Settings::default()
        })
}

fn any_place() -> impl Strategy<Value = Place> {
    prop::sample::select(vec![Place::InView, Place::Above, Place::Below])
}

fn any_slot() -> impl Strategy<Value = Slot> {
    (1..=SLOTS).prop_map(Slot)
}

fn any_action() -> impl Strategy<Value = AuthorAction> {
    (0..4u8, any::<bool>()).prop_map(|(which, on)| match which {
        0 => AuthorAction::HideAdverts(on),
        1 => AuthorAction::NeverHide(on),
        2 => AuthorAction::Watch(on),
        _ => AuthorAction::IsBrand(on),
    })
}

fn any_event() -> impl Strategy<Value = Event> {
    let intent =
        prop::option::of(prop::sample::select(vec![Intent::Care, Intent::Product, Intent::Event, Intent::Other]));
    prop_oneof![
        12 => (any_slot(), prop::option::weighted(0.9, any_post()), any_place())
            .prop_map(|(slot, post, place)| Event::Read { slot, post, place, painted: false, now: 0 }),
        4 => (any_slot(), any_place()).prop_map(|(slot, place)| Event::Placed(slot, place)),
        1 => Just(Event::Unplaced),
        2 => any_slot().prop_map(Event::Gone),
        2 => Just((1..=SLOTS).map(Slot).collect::<Vec<_>>()).prop_shuffle().prop_map(Event::Order),
        2 => Just(Event::Frame { now: 0 }),
        1 => any_settings().prop_map(|settings| Event::Settings(Box::new(settings))),
        1 => any_slot().prop_map(Event::Explain),
        1 => Just(Event::ExplanationClosed),
        1 => any_slot().prop_map(Event::Show),
        1 => Just(Event::ShowAll),
        2 => Just(Event::Undo),
        1 => (any_slot(), intent).prop_map(|(slot, intent)| Event::Correct(slot, intent)),
        2 => (any_slot(), any_action()).prop_map(|(slot, action)| Event::Author(slot, action)),
        1 => any_slot().prop_map(Event::OpenCard),
        1 => any::<bool>().prop_map(|brand| Event::IsBrand { handle: "zzq".to_owned(), brand }),
        1 => (0..50u32, 0..60u32).prop_map(|(posts, conversation)| Event::Record {
            room: Room::X, handle: "acme".to_owned(), posts, conversation
        }),
        1 => Just(arrival()),
        1 => Just(Event::Report),
    ]
}

fn arrival() -> Event {
    Event::Navigated {
        room: Room::X,
        surface: Surface::Home,
        focal_id: Some(FOCAL.to_owned()),
        viewer: Some(VIEWER.to_owned()),
    }
}

/// What a runner knows: the post last read in each slot.
#[derive(Default)]
struct Mirror {
    posts: BTreeMap<Slot, Box<Post>>,
    settings: Settings,
}

impl Mirror {
    fn on(&mut self, event: &Event) {
        match event {
            Event::Read { slot, post: Some(post), .. } => drop(self.posts.insert(*slot, post.clone())),
            Event::Read { slot, post: None, .. } | Event::Gone(slot) => drop(self.posts.remove(slot)),
            Event::Navigated { .. } => self.posts.clear(),
            Event::Settings(settings) => self.settings = (**settings).clone(),
            _ => {}
        }
    }

    fn corrected(&self, post: &Post) -> Option<Intent> {
        let id = post.id.as_ref()?;
        self.settings.corrections.iter().find(|row| row.id == *id).map(|row| row.intent)
    }

    /// The promises of the specification, said a second time and in other words.
    fn may_be_hidden(&self, post: &Post) -> bool {
        let input = Input { text: &post.text, room: post.room, is_reply: Some(post.is_reply), lang: None };
        let verdict = scripted(&input);
        if post.id.as_deref() == Some(FOCAL) || post.author.handle == VIEWER {
            return false;
        }
        if post.id.is_none() {
            return true; // its corrections go by its words: not mirrored here
        }
        match self.corrected(post) {
            Some(intent) if intent.stance() != Some(Stance::Broadcast) => {
                intent == Intent::Other && post.ad.is_some_and(AdSource::is_platform_paid)
            }
            Some(_) => true,
            None if post.ad.is_some_and(AdSource::is_platform_paid) => true,
            None => verdict.is_sure && verdict.stance == Some(Stance::Broadcast),
        }
    }
}

fn stays(stage: &Stage, slot: Slot) -> bool {
    stage.hides.get(&slot).is_none_or(|(reason, _)| reason.mode != HideMode::Hide)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, max_shrink_iters: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn promises_hold_after_every_event(settings in any_settings(), events in prop::collection::vec(any_event(), 1..60)) {
        let mut stage = Stage::new(settings.clone());
        stage.on(arrival());
        let mut mirror = Mirror { settings, ..Mirror::default() };
        for event in events {
            mirror.on(&event);
            let commands = stage.on(event.clone());
            if commands.iter().any(|command| matches!(command, Command::Save(_))) {
                mirror.settings = stage.settings.clone();
            }
            prop_assert!(commands.len() <= 4 * SLOTS as usize + 8, "{} commands", commands.len());
            for (slot, (reason, merged)) in &stage.hides {
                let post = mirror.posts.get(slot);
                prop_assert!(post.is_some_and(|post| mirror.may_be_hidden(post)), "{slot:?} {reason:?}: {post:?} after {event:?}");
                prop_assert!(reason.mode != HideMode::Off && (*merged == 1 || reason.mode == HideMode::Fold));
            }
            prop_assert!(stage.badges.keys().all(|slot| mirror.posts.contains_key(slot)), "a badge without a post");
            let readable = mirror.posts.len();
            let staying = mirror.posts.keys().filter(|slot| stays(&stage, **slot)).count();
            prop_assert!(staying >= readable.min(5), "{staying} of {readable} stay");
            if let Event::Read { .. } = event {
                let again: Vec<Command> = stage.on(event);
                prop_assert!(again.is_empty(), "said twice: {again:?}");
            }
        }
    }

    #[test]
    fn badges_are_those_of_a_fresh_session(settings in any_settings(), events in prop::collection::vec(any_event(), 1..60)) {
        let mut stage = Stage::new(settings.clone());
        stage.on(arrival());
        let mut mirror = Mirror { settings, ..Mirror::default() };
        for event in events {
            mirror.on(&event);
            if stage.on(event).iter().any(|command| matches!(command, Command::Save(_))) {
                mirror.settings = stage.settings.clone();
            }
        }
        let mut fresh = Stage::new(mirror.settings);
        fresh.on(arrival());
        for (slot, post) in mirror.posts {
            fresh.on(Event::Read { slot, post: Some(post), place: Place::InView, painted: false, now: 0 });
        }
        prop_assert_eq!(stage.badges, fresh.badges);
    }

    #[test]
    fn nothing_above_the_view_or_painted_in_it_collapses_by_itself(
        settings in any_settings(),
        events in prop::collection::vec(any_event(), 1..60),
    ) {
        let mut stage = Stage::new(settings);
        stage.on(arrival());
        let mut measured: BTreeMap<Slot, Place> = BTreeMap::new();
        for event in events {
            let before = stage.hides.clone();
            let is_by_itself = matches!(
                event,
                Event::Placed(..) | Event::Unplaced | Event::Order(_) | Event::Frame { .. } | Event::Gone(_) | Event::Record { .. } | Event::Read { .. }
            );
            let was = measured.clone();
            match &event {
                Event::Placed(slot, place) => drop(measured.insert(*slot, *place)),
                Event::Read { slot, .. } | Event::Gone(slot) => drop(measured.remove(slot)),
                Event::Navigated { .. } | Event::Unplaced => measured.clear(),
                _ => {}
            }
            stage.on(event);
            for (slot, (reason, _)) in &stage.hides {
                let mode_before = before.get(slot).map_or(HideMode::Off, |(reason, _)| reason.mode);
                let collapsed = reason.mode >= HideMode::Fold && reason.mode > mode_before;
                // Placed twice at least: the first measure still belongs to the arrival.
                let place = was.get(slot).and(measured.get(slot));
                if collapsed && let Some(place) = place {
                    prop_assert!(*place != Place::Above, "{slot:?} above the view");
                    prop_assert!(*place != Place::InView || !is_by_itself, "{slot:?} in view");
                }
            }
        }
    }
}
