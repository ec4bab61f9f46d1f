//! Owns the characters of the invented brands; never a real one.

use kibitz::intent::Intent;
use kibitz::intent::Intent::{Ask, Bait, Community, Event, News, Offer, Product, Share, Solicit};
use kibitz::post::Room;

/// How a brand chooses the minute.
#[derive(Clone, Copy)]
pub enum Clock {
    /// Any minute of the day's hours.
    Person,
    /// On the quarter hour with this probability.
    Scheduler(f64),
    /// So many minutes after the last post, day and night.
    Robot(i64),
}

/// An invented brand.
pub struct Character {
    /// As it calls itself.
    pub name: &'static str,
    /// Where it posts, and under which handle.
    pub accounts: &'static [(Room, &'static str)],
    /// Posts a day, over all accounts.
    pub cadence: f64,
    /// Weights of what it posts; replies are chosen apart.
    pub mix: &'static [(Intent, f64)],
    /// Share of posts that answer somebody.
    pub replies: f64,
    pub clock: Clock,
    /// Share of posts made from one of three templates.
    pub templates: f64,
    /// Share of posts that go to all accounts.
    pub crossed: f64,
    /// Share of posts paid for.
    pub paid: f64,
    /// Middle number of likes.
    pub likes: f64,
    /// How many different people it talks with.
    pub circle: usize,
    /// Questions put to it a day, the share answered, and in how many minutes in the middle.
    pub questions: (f64, f64, f64),
}

/// The dozen.
pub const BRANDS: [Character; 12] = [
    Character {
        name: "Halden Roasters",
        accounts: &[(Room::X, "haldenroasters"), (Room::Instagram, "halden.roasters")],
        cadence: 4.0,
        mix: &[(Ask, 3.0), (Community, 4.0), (Share, 3.0), (Product, 2.0), (Offer, 0.5)],
        replies: 0.45,
        clock: Clock::Person,
        templates: 0.02,
        crossed: 0.1,
        paid: 0.01,
        likes: 60.0,
        circle: 400,
        questions: (1.2, 0.85, 25.0),
    },
    Character {
        name: "Vanta Mobile",
        accounts: &[
            (Room::X, "vantamobile"),
            (Room::Linkedin, "company/vanta-mobile"),
            (Room::Facebook, "vantamobile"),
        ],
        cadence: 9.0,
        mix: &[(Product, 4.0), (Offer, 4.0), (Event, 1.0), (News, 1.0), (Bait, 1.0), (Share, 0.5)],
        replies: 0.05,
        clock: Clock::Scheduler(0.9),
        templates: 0.2,
        crossed: 0.8,
        paid: 0.25,
        likes: 900.0,
        circle: 40,
        questions: (4.0, 0.2, 600.0),
    },
    Character {
        name: "City of Orrin",
        accounts: &[(Room::X, "cityoforrin"), (Room::Facebook, "orrin.city")],
        cadence: 5.0,
        mix: &[(Share, 6.0), (News, 3.0), (Community, 2.0), (Event, 1.5), (Solicit, 0.5)],
        replies: 0.2,
        clock: Clock::Scheduler(0.4),
        templates: 0.1,
        crossed: 0.5,
        paid: 0.0,
        likes: 20.0,
        circle: 200,
        questions: (1.5, 0.6, 180.0),
    },
    Character {
        name: "Merle & Finch Books",
        accounts: &[(Room::X, "merlefinch"), (Room::Bluesky, "merlefinch.example")],
        cadence: 6.0,
        mix: &[(Ask, 4.0), (Community, 3.0), (Share, 4.0), (Event, 2.0), (Product, 2.0)],
        replies: 0.5,
        clock: Clock::Person,
        templates: 0.0,
        crossed: 0.2,
        paid: 0.0,
        likes: 35.0,
        circle: 500,
        questions: (0.8, 0.9, 40.0),
    },
    Character {
        name: "DealDash Daily",
        accounts: &[(Room::X, "dealdashdaily")],
        cadence: 12.0,
        mix: &[(Offer, 9.0), (Bait, 1.0)],
        replies: 0.0,
        clock: Clock::Robot(120),
        templates: 0.7,
        crossed: 0.0,
        paid: 0.05,
        likes: 4.0,
        circle: 1,
        questions: (0.3, 0.0, 1.0),
    },
    Character {
        name: "Norrland Rail",
        accounts: &[(Room::X, "norrlandrail")],
        cadence: 11.0,
        mix: &[(Share, 5.0), (News, 1.0), (Product, 0.5)],
        replies: 0.75,
        clock: Clock::Person,
        templates: 0.25,
        crossed: 0.0,
        paid: 0.0,
        likes: 3.0,
        circle: 900,
        questions: (6.0, 0.8, 12.0),
    },
    Character {
        name: "Aurelia Couture",
        accounts: &[
            (Room::Instagram, "aureliacouture"),
            (Room::X, "aureliacouture"),
            (Room::Facebook, "aurelia.couture"),
        ],
        cadence: 3.0,
        mix: &[(Product, 8.0), (Event, 2.0), (News, 1.0)],
        replies: 0.01,
        clock: Clock::Scheduler(0.7),
        templates: 0.05,
        crossed: 0.9,
        paid: 0.1,
        likes: 12_000.0,
        circle: 30,
        questions: (1.0, 0.02, 900.0),
    },
    Character {
        name: "Kestrel Analytics",
        accounts: &[(Room::Linkedin, "company/kestrel-analytics"), (Room::X, "kestrelhq")],
        cadence: 2.0,
        mix: &[(News, 4.0), (Share, 3.0), (Event, 2.0), (Solicit, 2.0), (Product, 2.0)],
        replies: 0.08,
        clock: Clock::Scheduler(0.6),
        templates: 0.1,
        crossed: 0.6,
        paid: 0.15,
        likes: 45.0,
        circle: 60,
        questions: (0.3, 0.4, 1_400.0),
    },
    Character {
        name: "Harbour Lights Museum",
        accounts: &[
            (Room::X, "harbourlights"),
            (Room::Facebook, "harbour.lights"),
            (Room::Mastodon, "museum@harbour.example"),
        ],
        cadence: 3.0,
        mix: &[(Share, 5.0), (Ask, 2.0), (Community, 2.0), (Event, 3.0)],
        replies: 0.25,
        clock: Clock::Person,
        templates: 0.02,
        crossed: 0.4,
        paid: 0.0,
        likes: 80.0,
        circle: 250,
        questions: (0.5, 0.7, 240.0),
    },
    Character {
        name: "Bright Futures Fund",
        accounts: &[(Room::Facebook, "brightfutures"), (Room::X, "brightfutures")],
        cadence: 3.5,
        mix: &[(Solicit, 6.0), (News, 2.0), (Community, 2.0), (Share, 1.0), (Bait, 0.7)],
        replies: 0.08,
        clock: Clock::Scheduler(0.5),
        templates: 0.15,
        crossed: 0.7,
        paid: 0.08,
        likes: 110.0,
        circle: 80,
        questions: (0.4, 0.3, 700.0),
    },
    Character {
        name: "Pixelforge Games",
        accounts: &[(Room::X, "pixelforge"), (Room::Reddit, "pixelforge"), (Room::Youtube, "pixelforge")],
        cadence: 5.0,
        mix: &[(Product, 3.0), (Community, 4.0), (Ask, 2.0), (Bait, 1.5), (Event, 2.0)],
        replies: 0.3,
        clock: Clock::Person,
        templates: 0.03,
        crossed: 0.3,
        paid: 0.05,
        likes: 700.0,
        circle: 600,
        questions: (2.5, 0.5, 90.0),
    },
    Character {
        name: "Tante Ilse Bakery",
        accounts: &[(Room::Facebook, "tante.ilse"), (Room::Instagram, "tante.ilse")],
        cadence: 1.2,
        mix: &[(Community, 4.0), (Share, 2.0), (Ask, 2.0), (Product, 3.0), (Offer, 1.0)],
        replies: 0.35,
        clock: Clock::Person,
        templates: 0.0,
        crossed: 0.3,
        paid: 0.0,
        likes: 25.0,
        circle: 120,
        questions: (0.4, 0.9, 60.0),
    },
];
