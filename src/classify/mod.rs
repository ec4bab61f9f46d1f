//! Owns the model file, the score, its calibration, the decision and its explanation; never does IO, never reads a clock.

use crate::intent::{Intent, Stance};
use crate::post::Room;

/// What the judge is given of a post.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The author's own words; any length, any script.
    pub text: &'a str,
    /// The network the post stands in.
    pub room: Room,
    /// Whether the post answers another; `None` when the page does not say.
    pub is_reply: Option<bool>,
    /// Language the page states (BCP 47), if it does.
    pub lang: Option<&'a str>,
}

/// A phrase of the post and how much it moved the decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// First UTF-16 code unit of the phrase in the text given.
    pub start: u32,
    /// One past the last UTF-16 code unit.
    pub end: u32,
    /// Exact contribution to the log-odds of the verdict's side; negative speaks against it.
    pub weight: f32,
}

/// What the judge says of a post.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The stance; `None` for [`Intent::Other`].
    pub stance: Option<Stance>,
    /// The most probable intent that agrees with the stance.
    pub intent: Intent,
    /// Calibrated probability that `stance` is right, 0.5..=1.0.
    pub confidence: f32,
    /// Whether `confidence` reaches the threshold at which a verdict is shown as sure.
    pub is_sure: bool,
    /// Pure advertising, at the threshold at which folding is safe.
    pub ad: bool,
    /// Calibrated probability of pure advertising, 0.0..=1.0.
    pub ad_probability: f32,
    /// Calibrated probability of conversation, 0.0..=1.0.
    pub p_conversation: f32,
    /// Probability of each intent, in the order of [`crate::intent::ALL`]; sums to 1 within rounding.
    pub intents: [f32; crate::intent::COUNT],
    /// At most three phrases that decided it, strongest first; empty when nothing in the text did.
    pub evidence: Vec<Evidence>,
    /// At most two phrases that speak against it, strongest first.
    pub against: Vec<Evidence>,
}
