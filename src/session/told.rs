//! Owns the values that the dialog and the popup are told; never decides what is in them.

use super::contract::{Badge, HiddenPost};
use crate::brand::Likelihood;
use crate::classify::{Reasons, Verdict};
use crate::intent::{Intent, Stance};
use crate::post::{AdSource, Author, PostKey};

/// Everything the dialog shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The post's key.
    pub key: PostKey,
    /// The badge's word.
    pub badge: Badge,
    /// What the judge says, correction and paid sign not counted.
    pub verdict: Verdict,
    /// The words behind the verdict.
    pub reasons: Reasons,
    /// The stance shown (after correction).
    pub stance: Option<Stance>,
    /// The post's text, into which the reasons point.
    pub text: String,
    /// Paid sign.
    pub paid: Option<AdSource>,
    /// The user's correction.
    pub corrected: Option<Intent>,
    /// Who wrote it.
    pub author: Author,
    /// Whether the author counts as a brand, and the message key of the reason.
    pub brand: (Likelihood, &'static str),
    /// Room fit, −2..=2, and the message keys of the rules that spoke.
    pub room_fit: (i8, Vec<&'static str>),
    /// The brand's record so far: posts seen with a stance, conversation among them.
    pub record: (u32, u32),
    /// State of the dialog's switches.
    pub hides_adverts: bool,
    /// State of the dialog's switches.
    pub never_hidden: bool,
    /// State of the dialog's switches.
    pub watched: bool,
}

/// Counts for the popup; `None` stands for a dash: nothing could be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Containers that looked like posts.
    pub containers: u32,
    /// Containers of which a post could be read.
    pub read: u32,
    /// Posts judged (brands, or everyone), by badge: conversation, broadcast, advert, unsure.
    pub judged: Option<[u32; 4]>,
    /// Posts dimmed, folded or hidden at this moment.
    pub hidden_now: u32,
    /// The last 200 posts dimmed, folded or hidden in this session and not restored since, newest first.
    pub hidden: Vec<HiddenPost>,
    /// Authors who may be brands: handle, name.
    pub candidates: Vec<(String, String)>,
    /// Message key of what is wrong with reading this page; none when all is well.
    pub health: Option<&'static str>,
    /// Hiding is held back because too few posts would stay.
    pub starved: bool,
}
