//! Owns a small language in which a page's life is told to the session and its answers are written down.
//!
//! A line is `event -> answers`; answers are separated by commas, frames and observations left out unless asked for.
//! Posts: `read SLOT AUTHOR/ID words…`; the author's first character marks an organisation (`+`), a person (`-`) or neither (`?`).
//! The scripted judge obeys the words: the first names the intent, `ad` and `unsure` are flags, `paid`, `label` and `disclosed`
//! are paid signs, `@view`, `@above` and `@below` places.
#![allow(dead_code)] // each test crate uses its part

use std::collections::BTreeMap;

use kibitz::classify::{Input, Verdict};
use kibitz::intent::{COUNT, Intent, Stance};
use kibitz::post::{AdSource, Author, AuthorKind, Engagement, Post, Room, Surface};
use kibitz::session::*;

pub type Scripted = fn(&Input<'_>) -> Verdict;

/// A judge that does what the text says.
pub fn scripted(input: &Input<'_>) -> Verdict {
    let has = |flag: &str| input.text.split(' ').any(|word| word == flag);
    let intent = input.text.split(' ').find_map(Intent::from_id).unwrap_or(Intent::Other);
    let is_sure = !has("unsure");
    let mut intents = [0.0; COUNT];
    intents[intent as usize] = 1.0;
    Verdict {
        stance: intent.stance(),
        intent,
        confidence: if !is_sure {
            0.55
        } else if has("fairly") {
            0.9
        } else {
            0.95
        },
        is_sure,
        ad: has("ad") && intent.stance() == Some(Stance::Broadcast),
        ad_probability: if has("ad") { 0.99 } else { 0.01 },
        p_conversation: if intent.stance() == Some(Stance::Conversation) { 0.95 } else { 0.05 },
        intents,
    }
}

pub fn post(room: Room, author: &str, id: Option<&str>, text: &str, ad: Option<AdSource>) -> Post {
    let kind = match author.chars().next() {
        Some('+') => AuthorKind::Organisation,
        Some('-') => AuthorKind::Person,
        _ => AuthorKind::Unknown,
    };
    let handle = author.trim_start_matches(['+', '-', '?']);
    Post {
        room,
        id: id.map(str::to_owned),
        permalink: None,
        author: Author { name: handle.to_uppercase(), handle: handle.to_owned(), kind, bio: None },
        time: None,
        text: text.to_owned(),
        lang: None,
        truncated: false,
        ad,
        is_repost: false,
        is_reply: false,
        has_quote: false,
        counts: Engagement::default(),
        media: None,
        is_focal: false,
        links: Vec::new(),
        parent: None,
        answers: Vec::new(),
    }
}

pub struct Stage {
    pub session: Session<Scripted>,
    pub settings: Settings,
    pub badges: BTreeMap<Slot, Badge>,
    pub hides: BTreeMap<Slot, (HideReason, u32)>,
    pub all: Vec<Command>,
}

impl Stage {
    pub fn new(settings: Settings) -> Self {
        let mut session = Session::new(settings.clone(), scripted as Scripted);
        session.on(Event::Navigated { room: Room::X, surface: Surface::Home, focal_id: None, viewer: None });
        Self { session, settings, badges: BTreeMap::new(), hides: BTreeMap::new(), all: Vec::new() }
    }

    /// Sends an event, applies the answers as a runner would and keeps them.
    #[track_caller]
    pub fn on(&mut self, event: Event) -> Vec<Command> {
        // A slot read anew is told everything of its new post, whatever it was told of the one before.
        let anew = if let Event::Read { slot, .. } = &event { Some(*slot) } else { None };
        let commands = self.session.on(event);
        for command in &commands {
            match command {
                Command::Badge(slot, badge) => drop(self.badges.insert(*slot, *badge)),
                Command::Unbadge(slot) => drop(self.badges.remove(slot).expect("a badge to take off")),
                Command::Hide(slot, reason, merged) => {
                    let new = (reason.clone(), *merged);
                    let old = self.hides.insert(*slot, new.clone());
                    assert!(old != Some(new) || anew == Some(*slot), "said twice: {command:?}");
                }
                Command::Unhide(slot) => drop(self.hides.remove(slot).expect("something to show")),
                Command::Save(settings) => self.settings = (**settings).clone(),
                Command::Toast(key, _) => assert!(MESSAGE_KEYS.contains(key), "{key} has no words"),
                Command::Report(report) => assert!(report.health.is_none_or(|key| MESSAGE_KEYS.contains(&key))),
                Command::Explain(_, explanation) => assert!(kibitz::brand::MESSAGE_KEYS.contains(&explanation.brand.1)),
                Command::CloseExplanation
                | Command::Profile(_)
                | Command::OpenCard(..)
                | Command::Observe(..)
                | Command::WantFrame => {}
            }
        }
        self.all.extend(commands.iter().cloned());
        commands
    }

    pub fn report(&mut self) -> Report {
        match self.on(Event::Report).pop() {
            Some(Command::Report(report)) => *report,
            other => panic!("no report but {other:?}"),
        }
    }

    /// Runs a script; every line's answers must be as written.
    #[track_caller]
    pub fn run(&mut self, script: &str) {
        for line in script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
            let (event, expected) = line.split_once("->").unwrap_or((line, ""));
            let event = self.event(event.trim());
            let answers: Vec<String> = self.on(event).iter().filter_map(told).collect();
            assert_eq!(answers.join(", "), expected.trim(), "after: {line}");
        }
    }

    fn event(&mut self, line: &str) -> Event {
        let words: Vec<&str> = line.split_whitespace().collect();
        let slot = |at: usize| Slot(words[at].parse().expect("a slot"));
        let on = |at: usize| matches!(words[at], "on" | "yes");
        match words[0] {
            "read" => read(slot(1), words[2], &words[3..]),
            "empty" => Event::Read { slot: slot(1), post: None, place: Place::Below, painted: false, now: 0 },
            "place" => Event::Placed(slot(1), place(words[2])),
            "viewer" => Event::Viewer(words[1].to_owned()),
            "unplaced" => Event::Unplaced,
            "gone" => Event::Gone(slot(1)),
            "order" => Event::Order((1..words.len()).map(slot).collect()),
            "frame" => Event::Frame { now: 0 },
            "show" => Event::Show(slot(1)),
            "showall" => Event::ShowAll,
            "undo" => Event::Undo,
            "correct" => Event::Correct(slot(1), Intent::from_id(words[2])),
            "hideads" => Event::Author(slot(1), AuthorAction::HideAdverts(on(2))),
            "never" => Event::Author(slot(1), AuthorAction::NeverHide(on(2))),
            "watch" => Event::Author(slot(1), AuthorAction::Watch(on(2))),
            "brand" => Event::Author(slot(1), AuthorAction::IsBrand(on(2))),
            "card" => Event::OpenCard(slot(1)),
            "isbrand" => Event::IsBrand { handle: words[1].to_owned(), brand: on(2) },
            "explain" => Event::Explain(slot(1)),
            "closed" => Event::ExplanationClosed,
            "record" => Event::Record {
                room: Room::X,
                handle: words[1].to_owned(),
                posts: words[2].parse().expect("posts"),
                conversation: words[3].parse().expect("conversation"),
            },
            "go" => Event::Navigated {
                room: Room::X,
                surface: Surface::Thread,
                focal_id: words.get(1).map(|id| (*id).to_owned()),
                viewer: words.get(2).map(|handle| (*handle).to_owned()),
            },
            "set" => {
                for word in &words[1..] {
                    set(&mut self.settings, word);
                }
                Event::Settings(Box::new(self.settings.clone()))
            }
            other => panic!("no such event: {other}"),
        }
    }
}

pub fn read(slot: Slot, who: &str, words: &[&str]) -> Event {
    let (author, id) = who.split_once('/').expect("author/id");
    let find =
        |choices: &[(&str, AdSource)]| choices.iter().find(|(word, _)| words.contains(word)).map(|(_, source)| *source);
    let ad = find(&[("paid", AdSource::Structure), ("label", AdSource::Label), ("disclosed", AdSource::Disclosed)]);
    let text: Vec<&str> = words.iter().copied().filter(|word| !word.starts_with('@')).collect();
    let place = words
        .iter()
        .filter_map(|word| word.strip_prefix('@'))
        .find(|word| *word != "painted")
        .map_or(Place::Below, place);
    let post = post(Room::X, author, (id != "-").then_some(id), &text.join(" "), ad);
    Event::Read { slot, post: Some(Box::new(post)), place, painted: words.contains(&"@painted"), now: 0 }
}

fn place(word: &str) -> Place {
    match word {
        "view" => Place::InView,
        "above" => Place::Above,
        "below" => Place::Below,
        other => panic!("no such place: {other}"),
    }
}

pub fn mode(word: &str) -> HideMode {
    match word {
        "off" => HideMode::Off,
        "dim" => HideMode::Dim,
        "fold" => HideMode::Fold,
        "hide" => HideMode::Hide,
        other => panic!("no such mode: {other}"),
    }
}

fn kind(word: &str) -> Kind {
    match word {
        "advert" => Kind::Advert,
        "event" => Kind::Event,
        "solicit" => Kind::Solicit,
        "bait" => Kind::Bait,
        "broadcast" => Kind::Broadcast,
        other => panic!("no such kind: {other}"),
    }
}

/// `whose=everyone`, `adverts=fold`, `kinds.event=dim`, `acme.advert=hide`, `broadcasters`.
pub fn set(settings: &mut Settings, word: &str) {
    let (name, value) = word.split_once('=').unwrap_or((word, ""));
    match name.split_once('.') {
        Some(("kinds", what)) => settings.kinds.push((kind(what), mode(value))),
        Some((handle, what)) => {
            let hide = vec![(kind(what), mode(value))];
            settings.rules.push(BrandRule { room: Room::X, handle: handle.to_owned(), hide });
        }
        None => match name {
            "whose" => {
                settings.whose = match value {
                    "brands" => Whose::Brands,
                    "listed" => Whose::Listed,
                    _ => Whose::Everyone,
                }
            }
            "adverts" => settings.adverts = mode(value),
            "broadcasters" => settings.fold_broadcasters = true,
            "norules" => settings.rules.clear(),
            other => panic!("no such setting: {other}"),
        },
    }
}

pub fn told(command: &Command) -> Option<String> {
    Some(match command {
        Command::Badge(slot, badge) => format!("badge {} {}", slot.0, badge.kind.id()),
        Command::Unbadge(slot) => format!("unbadge {}", slot.0),
        Command::Hide(slot, reason, merged) => {
            let word = match reason.mode {
                HideMode::Off => "off",
                HideMode::Dim => "dim",
                HideMode::Fold => "fold",
                HideMode::Hide => "hide",
            };
            let lines = if *merged == 1 { String::new() } else { format!(" x{merged}") };
            let kept = if reason.keeps_height { " kept" } else { "" };
            format!("{word} {}{lines}{kept}", slot.0)
        }
        Command::Unhide(slot) => format!("unhide {}", slot.0),
        Command::Explain(slot, _) => format!("explain {}", slot.0),
        Command::CloseExplanation => "close".to_owned(),
        Command::Toast(key, _) => (*key).to_owned(),
        Command::OpenCard(room, brand) => format!("card {} {brand}", room.id()),
        Command::Save(_) => "save".to_owned(),
        Command::Report(_) => "report".to_owned(),
        Command::Profile(_) | Command::Observe(..) | Command::WantFrame => return None,
    })
}

/// Runs a script under these settings.
#[track_caller]
pub fn check(settings: &str, script: &str) -> Stage {
    let mut chosen = Settings::default();
    settings.split_whitespace().for_each(|word| set(&mut chosen, word));
    let mut stage = Stage::new(chosen);
    stage.run(script);
    stage
}
