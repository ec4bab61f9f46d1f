//! Owns the values that pass between the session and whoever runs it; never decides anything.

use super::told::{Explanation, Report};
use crate::classify::Verdict;
use crate::intent::Intent;
use crate::ledger::Majority;
use crate::post::{AdSource, Post, PostKey, Room, Surface};

/// A place on the page that holds a post now and may hold another later; given out by the runner, never reused in a page's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u32);

/// Milliseconds since 1970-01-01T00:00:00Z, as the runner says.
pub type Millis = i64;

/// What is done with a post that a rule matches; the order is by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum HideMode {
    /// Badge only.
    #[default]
    Off,
    /// Faded; readable on hover and focus.
    Dim,
    /// One line with the reason and *Show*.
    Fold,
    /// Nothing is left.
    Hide,
}

/// Whose posts are badged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// Likely brands.
    #[default]
    Brands,
    /// The user's own list only.
    Listed,
    /// Everybody.
    Everyone,
}

/// A kind of broadcast that a rule may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Pure advertising, or paid.
    Advert,
    /// Intent `event`.
    Event,
    /// Intent `solicit`.
    Solicit,
    /// Intent `bait`.
    Bait,
    /// Any broadcast.
    Broadcast,
}

/// The user's say about one brand: `room` + `handle` name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandRule {
    /// The network.
    pub room: Room,
    /// Handle as in [`Author::handle`], compared without case.
    pub handle: String,
    /// What is done with which kind of its posts; the most specific kind wins.
    pub hide: Vec<(Kind, HideMode)>,
}

/// What the user said of one post: wins for that post for ever, and teaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The network.
    pub room: Room,
    /// The platform's id of the post.
    pub id: String,
    /// What it is.
    pub intent: Intent,
    /// What its words teach; see [`crate::classify::personal::lesson`]. Empty when they teach nothing.
    pub lesson: String,
}

/// The user's say about who is a brand, about rules and about verdicts; stored by the runner, whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Whose posts are badged.
    pub whose: Whose,
    /// What is done with pure advertising and paid posts of everybody ([`HideMode::Off`] on install).
    pub adverts: HideMode,
    /// What is done with other kinds of everybody's posts.
    pub kinds: Vec<(Kind, HideMode)>,
    /// Rules by brand; they win over the two above.
    pub rules: Vec<BrandRule>,
    /// Brands that are never hidden: (room, handle).
    pub never_hide: Vec<(Room, String)>,
    /// Watched brands: (room, handle).
    pub watched: Vec<(Room, String)>,
    /// The user's word on who is a brand: (room, handle, is a brand).
    pub brands: Vec<(Room, String, bool)>,
    /// The user's corrections, oldest first.
    pub corrections: Vec<Correction>,
    /// The user's word on which accounts are one brand's, each as [`crate::brand::identity::Word`] writes it; kept here, read by
    /// the panel alone.
    pub same_brands: Vec<String>,
    /// *Fold broadcasts of broadcasters*: sure broadcasts of brands that the majority rule calls broadcasters are folded,
    /// where no other rule speaks.
    pub fold_broadcasters: bool,
    /// The ledger keeps the beginning of a brand's posts, for the brand card.
    pub keep_excerpts: bool,
    /// A verdict of which the judge is less than very sure ([`crate::classify::VERY_SURE`]) counts as unsure.
    pub only_very_sure: bool,
}

/// Where a slot stands when it is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At least partly in view.
    InView,
    /// Wholly above the view: never collapsed while the reader is below it.
    Above,
    /// Wholly below the view, or (in [`Event::Read`]) not measured yet: [`Event::Order`] then tells more.
    Below,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The page, or a new address in the same page. All slots of the former address are gone.
    Navigated {
        /// The network.
        room: Room,
        /// The part of the site.
        surface: Surface,
        /// The post for which the page was opened.
        focal_id: Option<String>,
        /// Handle of who is signed in, where the page shows it.
        viewer: Option<String>,
    },
    /// The page shows only now who is signed in: their handle. Nothing else has changed.
    Viewer(String),
    /// The page is somebody's own: their handle. Told after [`Event::Navigated`].
    Owner(String),
    /// New settings; every slot is judged again at once, and collapses as soon as it is known where it stands.
    Settings(Box<Settings>),
    /// A container that should hold a post was read.
    Read {
        /// The place.
        slot: Slot,
        /// The post; `None` when nothing could be made of the container.
        post: Option<Box<Post>>,
        /// Where it stands.
        place: Place,
        /// Whether the page showed it before it could be read.
        painted: bool,
        /// Now.
        now: Millis,
    },
    /// The slots in page order, known or about to be read; sent once a batch, **before** its reads, when slots came or moved.
    /// Neighbouring folds merge by it, and a slot not measured yet that stands before one in view counts as above the view.
    /// Without it nothing merges.
    Order(Vec<Slot>),
    /// What the ledger knew of a brand when this page was opened, posts of this session not counted; replaces an earlier answer.
    Record {
        /// The network.
        room: Room,
        /// Handle as in [`Author::handle`].
        handle: String,
        /// Posts with a stance.
        posts: u32,
        /// Conversation among them.
        conversation: u32,
    },
    /// A slot moved relative to the view, or was measured for the first time.
    Placed(Slot, Place),
    /// Places are told no more, or all anew: until [`Event::Placed`] comes for a slot, where it was says nothing of where it is.
    Unplaced,
    /// The page took the place away.
    Gone(Slot),
    /// The reader opened the explanation.
    Explain(Slot),
    /// The reader closed the explanation.
    ExplanationClosed,
    /// The reader pressed *Show* on a fold: shown for ever in this page's life, with every post that its line stands for.
    Show(Slot),
    /// The reader asked to restore a post by its key (hidden list).
    Restore(PostKey),
    /// *Show all on this page.*
    ShowAll,
    /// *Undo* in the toast.
    Undo,
    /// *Wrong? It is …* in the dialog; `None` takes the correction back.
    Correct(Slot, Option<Intent>),
    /// An action of the dialog on the slot's author.
    Author(Slot, AuthorAction),
    /// *Open brand card* in the dialog: of the slot's author.
    OpenCard(Slot),
    /// An action of the popup on an author that may be a brand.
    IsBrand {
        /// Handle as in [`Author::handle`].
        handle: String,
        /// The user's answer.
        brand: bool,
    },
    /// Asks for a fresh [`Command::Report`].
    Report,
    /// Work that was put off may go on (next frame).
    Frame {
        /// Now.
        now: Millis,
    },
}

/// An action of the dialog on a brand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorAction {
    /// *Hide adverts by this brand* (on) or take that back (off).
    HideAdverts(bool),
    /// *Never hide this brand.*
    NeverHide(bool),
    /// *Watch this brand.*
    Watch(bool),
    /// *This is not a brand* (false) or it is (true).
    IsBrand(bool),
}

/// The four words of the badge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum BadgeKind {
    /// ● Conversation
    Conversation,
    /// ▲ Broadcast
    Broadcast,
    /// ■ Advert: pure advertising, or paid.
    Advert,
    /// Muted "?": below the threshold, or a language not covered.
    Unsure,
}

impl BadgeKind {
    /// The stable id used in files, message keys (`badge_advert`) and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Broadcast => "broadcast",
            Self::Advert => "advert",
            Self::Unsure => "unsure",
        }
    }
}

/// What a badge shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badge {
    /// Word and shape.
    pub kind: BadgeKind,
    /// The intent, for the accessible name.
    pub intent: Intent,
}

/// Whose rule hides a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleScope {
    /// A rule for everybody's posts.
    Everybody,
    /// A rule for this brand.
    Brand,
    /// *Fold broadcasts of broadcasters.*
    Broadcaster,
}

/// Why a post is dimmed, folded or hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HideReason {
    /// How.
    pub mode: HideMode,
    /// The kind that the rule names.
    pub kind: Kind,
    /// Display name of the author.
    pub author: String,
    /// Paid, by which sign; `None` when the words alone decided.
    pub paid: Option<AdSource>,
    /// Whose rule.
    pub rule: RuleScope,
    /// Whether it keeps its height: it was painted before it could be read, and has not been below the view since.
    pub keeps_height: bool,
}

/// What the runner is to do; each is idempotent.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Put this badge on the slot (replacing another).
    Badge(Slot, Badge),
    /// Take the badge off the slot.
    Unbadge(Slot),
    /// Dim, fold or hide the slot; `merged` is how many neighbouring folds this line stands for (0: the line of a neighbour stands for it).
    Hide(Slot, HideReason, u32),
    /// Show the slot as the page made it.
    Unhide(Slot),
    /// Open the explanation, or renew the open one.
    Explain(Slot, Box<Explanation>),
    /// Close the explanation if open.
    CloseExplanation,
    /// Offer *Undo* for the last action: message key and the brand's name.
    Toast(&'static str, String),
    /// Say beside the name at the head of the page what the majority rule calls its owner; nothing any more when none.
    Profile(Option<Majority>),
    /// Open the card of this brand, named as in the ledger, beside the page.
    OpenCard(Room, String),
    /// Store these settings.
    Save(Box<Settings>),
    /// Write this observation, made in the slot, to the ledger.
    Observe(Slot, Box<Observation>),
    /// The answer to [`Event::Report`].
    Report(Box<Report>),
    /// Call once with [`Event::Frame`] in the next animation frame: work is waiting, or the session must learn that what it has
    /// just judged is being painted. Sent at most once between two frames.
    WantFrame,
}

/// One judged post, for the ledger.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The post's key.
    pub key: PostKey,
    /// Where it was seen.
    pub surface: Surface,
    /// When it was first seen.
    pub seen: Millis,
    /// The post.
    pub post: Post,
    /// What the judge says.
    pub verdict: Verdict,
    /// What the badge says; none for [`Intent::Other`].
    pub badge: Option<Badge>,
    /// The user's correction; `None` inside takes one back that the ledger was told of.
    pub corrected: Option<Option<Intent>>,
    /// Whether the user keeps excerpts.
    pub keeps_excerpt: bool,
}

/// A line of the hidden list.
#[derive(Clone, Debug, PartialEq)]
pub struct HiddenPost {
    /// The post's key.
    pub key: PostKey,
    /// Why.
    pub reason: HideReason,
}
