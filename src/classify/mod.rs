//! Owns the model file, the score, its calibration, the decision and its explanation; never does IO, never reads a clock.

mod coder;
mod decide;
pub mod draft;
mod evidence;
pub mod math;
pub mod model;
pub mod packed;
pub mod personal;
pub mod score;
mod unpack;

use std::cell::Cell;
use std::sync::OnceLock;

use crate::intent::{Intent, Stance};
use crate::post::Room;
use crate::text::features::Aside;
use crate::text::tokens::Tokens;
use crate::text::{hash, language};

pub use decide::fold_score;
pub use model::{Model, ModelError};
pub use personal::Lessons;
pub use unpack::Unpacking;

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
#[derive(Clone, Copy, Debug, PartialEq)]
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
}

/// The words behind a verdict. They are asked for when somebody wants to see them: they cost a third of what the verdict does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reasons {
    /// At most three phrases that decided it, strongest first; empty when nothing in the text did.
    pub decided: Vec<Evidence>,
    /// At most two phrases that speak against it, strongest first.
    pub against: Vec<Evidence>,
}

/// From this confidence on a verdict is very sure; it is the least that is shown as 95 %.
pub const VERY_SURE: f32 = 0.945;

/// Reads, scores, calibrates, decides and explains; one for all posts.
#[derive(Clone, Debug)]
pub struct Judge<'a> {
    model: Option<Model<'a>>,
}

static JUDGE: OnceLock<Judge<'static>> = OnceLock::new();
thread_local! {
    /// What [`Judge::prepare`] has read so far.
    static BEGUN: Cell<Option<Unpacking<'static>>> = const { Cell::new(None) };
}

/// The shipped model file.
pub const BUILTIN: &[u8] = include_bytes!("../../model/model.bin");

impl Judge<'static> {
    /// The judge over the shipped model; read once (a checksum over the file), on first use.
    ///
    /// A shipped file that this build refuses gives a judge that is sure of nothing; `tests/judge_model.rs` keeps that from
    /// being shipped.
    pub fn builtin() -> &'static Self {
        JUDGE.get_or_init(|| {
            let begun = BEGUN.take().or_else(|| Unpacking::begin(BUILTIN).ok());
            let read = begun.and_then(|mut unpacking| unpacking.part(usize::MAX).is_ok().then_some(unpacking));
            Judge { model: read.map(Unpacking::finish) }
        })
    }

    /// Does the next part of what the first use of the shipped model needs, which does what is left: reads at most `most` more of
    /// its features, or, once all are read, makes it of them. Whether nothing is left.
    pub fn prepare(most: usize) -> bool {
        if JUDGE.get().is_some() {
            return true;
        }
        // What is refused here is refused at the first use.
        let Some(mut unpacking) = BEGUN.take() else {
            let begun = Unpacking::begin(BUILTIN).ok();
            let is_refused = begun.is_none();
            BEGUN.set(begun);
            return is_refused;
        };
        if unpacking.is_read() {
            return JUDGE.set(Judge { model: Some(unpacking.finish()) }).is_ok();
        }
        let is_refused = unpacking.part(most).is_err();
        if !is_refused {
            BEGUN.set(Some(unpacking));
        }
        is_refused
    }
}

impl<'a> Judge<'a> {
    /// A judge over the bytes of a model file.
    ///
    /// # Errors
    /// [`ModelError`] when the bytes are not a whole, unchanged model for this build.
    pub fn load(bytes: &'a [u8]) -> Result<Self, ModelError> {
        Ok(Self { model: Some(Model::load(bytes)?) })
    }

    /// A judge over a model that was read already.
    pub const fn of(model: Model<'a>) -> Self {
        Self { model: Some(model) }
    }

    /// The model, if one was read.
    pub const fn model(&self) -> Option<&Model<'a>> {
        self.model.as_ref()
    }

    /// The verdict on a post; total over any text, linear in its length up to a bound.
    pub fn verdict(&self, input: &Input<'_>) -> Verdict {
        self.verdict_with(input, &Lessons::default())
    }

    /// [`Judge::verdict`], shifted by what the user's corrections taught; the same bit for bit where they taught nothing.
    pub fn verdict_with(&self, input: &Input<'_>, lessons: &Lessons) -> Verdict {
        let Some(model) = &self.model else { return decide::nothing() };
        let tokens = Tokens::of(input.text);
        let score = score::score(model, &tokens, aside(input));
        decide::decide(model, input, &tokens, &score, &lessons.shift(&tokens))
    }

    /// The verdict on a post and the words behind it.
    pub fn reasoned(&self, input: &Input<'_>) -> (Verdict, Reasons) {
        self.reasoned_with(input, &Lessons::default())
    }

    /// [`Judge::reasoned`] with what the user's corrections taught: the verdict is that of [`Judge::verdict_with`].
    pub fn reasoned_with(&self, input: &Input<'_>, lessons: &Lessons) -> (Verdict, Reasons) {
        let Some(model) = &self.model else { return (decide::nothing(), Reasons::default()) };
        let tokens = Tokens::of(input.text);
        let score = score::score(model, &tokens, aside(input));
        let shift = lessons.shift(&tokens);
        let verdict = decide::decide(model, input, &tokens, &score, &shift);
        let reasons = verdict.stance.map(|stance| decide::reasons(model, input.text, &tokens, &score, &shift, stance));
        (verdict, reasons.unwrap_or_default())
    }

    /// Everything behind the verdict on a post, for people who build Kibitz.
    pub fn explain(&self, input: &Input<'_>) -> Option<Explanation> {
        let model = self.model.as_ref()?;
        let tokens = Tokens::of(input.text);
        let score = score::score(model, &tokens, aside(input));
        let (parts, rest) = (score.by_token(tokens.list.len()), score.rest());
        let gain = model.figures.stance_gain;
        Some(Explanation {
            parts: tokens.list.iter().zip(parts).map(|(token, part)| (token.start, token.end, part * gain)).collect(),
            rest: rest * gain + model.figures.stance_shift,
            log_odds: score.stance * gain + model.figures.stance_shift,
            known_words: score.known_words,
            language: language::guess(input.text, &score.languages),
        })
    }
}

/// What the page says, in the form of the text room.
fn aside(input: &Input<'_>) -> Aside {
    Aside { is_reply: input.is_reply, room: Some(room_key(input.room)) }
}

/// The hash by which a room is a feature.
pub const fn room_key(room: Room) -> u32 {
    hash::name(room.id())
}

/// How a stance came about, token by token.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// First and one past the last byte of each token, and its exact part of `log_odds`.
    pub parts: Vec<(u32, u32, f32)>,
    /// Bias and facts of the post as a whole (reply, room, length …).
    pub rest: f32,
    /// Calibrated log-odds of conversation: the sum of all parts and the rest, within rounding.
    pub log_odds: f32,
    /// Share of the words that the model has seen.
    pub known_words: f32,
    /// The language by script and little words.
    pub language: language::Guess,
}
