//! Owns the door by which the gallery page drives the overlay, in open roots; never shipped (feature `gallery`).

use std::rc::Rc;

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, ShadowRootMode};

use super::{HideWay, Overlay, Target};
use crate::brand::Likelihood;
use crate::classify::{Evidence, Reasons, Verdict};
use crate::intent::{ALL, Intent};
use crate::page::host::{Host, UndoRecord};
use crate::page::words::Words;
use crate::post::{AdSource, Author, AuthorKind, PostKey, Room};
use crate::session::{Badge, BadgeKind, Command, Event, Explanation, HideMode, HideReason, Kind, RuleScope, Slot};

/// An overlay whose commands come from a page's script.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Gallery {
    overlay: Overlay,
}

#[wasm_bindgen]
impl Gallery {
    /// `record` is an undo record, `lookup` stands for `chrome.i18n.getMessage`, `emit` hears events as text.
    #[wasm_bindgen(constructor)]
    pub fn new(record: UndoRecord, lookup: Function, emit: Function, open: bool) -> Self {
        let emit = Rc::new(move |event: Event| {
            let told = format!("{event:?}");
            let number = told.split("Slot(").nth(1).and_then(|rest| rest.split(')').next()?.parse::<u32>().ok());
            let _ = emit.call2(&JsValue::NULL, &told.into(), &number.into());
        });
        let mode = if open { ShadowRootMode::Open } else { ShadowRootMode::Closed };
        Self { overlay: Overlay::with_mode(Host::new(record), Words::from_function(lookup), emit, mode) }
    }

    /// Badges the post of the slot; `kind` is one of the badge ids.
    pub fn badge(&mut self, slot: u32, kind: &str, intent: &str, target: &JsValue) {
        let badge = badge(kind, intent);
        self.overlay.apply(&Command::Badge(Slot(slot), badge), to_target(target).as_ref());
    }

    /// Takes the badge off.
    pub fn unbadge(&mut self, slot: u32) {
        self.overlay.apply(&Command::Unbadge(Slot(slot)), None);
    }

    /// Dims (`dim`), folds or hides.
    pub fn hide(&mut self, slot: u32, mode: &str, author: &str, merged: u32, target: &JsValue) {
        let mode = match mode {
            "dim" => HideMode::Dim,
            "fold" => HideMode::Fold,
            _ => HideMode::Hide,
        };
        let author = author.to_owned();
        let reason = HideReason {
            mode,
            kind: Kind::Advert,
            author,
            paid: None,
            rule: RuleScope::Everybody,
            keeps_height: false,
        };
        self.overlay.apply(&Command::Hide(Slot(slot), reason, merged), to_target(target).as_ref());
    }

    /// Shows again.
    pub fn unhide(&mut self, slot: u32) {
        self.overlay.apply(&Command::Unhide(Slot(slot)), None);
    }

    /// Opens the explanation; `what` holds `kind`, `intent`, `confidence`, `text`, `phrases`, `against`, `paid`, `corrected`, `name`, `fit`, `seen`, `talked`.
    pub fn explain(&mut self, slot: u32, what: &JsValue, target: &JsValue) {
        let target = to_target(target);
        self.overlay.apply(&Command::Explain(Slot(slot), Box::new(explanation(what))), target.as_ref());
    }

    /// Closes it.
    pub fn close(&mut self) {
        self.overlay.apply(&Command::CloseExplanation, None);
    }

    /// Shows the toast.
    pub fn toast(&mut self, name: &str) {
        self.overlay.apply(&Command::Toast("toast_hide_on", name.to_owned()), None);
    }

    /// The slot is gone.
    pub fn forget(&mut self, slot: u32) {
        self.overlay.forget(Slot(slot));
    }

    /// Whether the node is ours.
    pub fn owns(&self, node: web_sys::Node) -> bool {
        self.overlay.owns(&node)
    }

    /// Everything off the page.
    pub fn clear(&mut self) {
        self.overlay.clear();
    }
}

fn field(from: &JsValue, name: &str) -> JsValue {
    Reflect::get(from, &name.into()).unwrap_or_default()
}

fn element(from: &JsValue, name: &str) -> Option<Element> {
    field(from, name).dyn_into().ok()
}

fn to_target(from: &JsValue) -> Option<Target> {
    let post = element(from, "post")?;
    let way = if field(from, "inPlace").is_truthy() { HideWay::StubInPlace } else { HideWay::CollapseChild };
    let row = element(from, "row").unwrap_or_else(|| post.clone());
    Some(Target { post, anchor: element(from, "anchor"), row, text: element(from, "text"), way })
}

fn badge(kind: &str, intent: &str) -> Badge {
    let kinds = [BadgeKind::Conversation, BadgeKind::Broadcast, BadgeKind::Advert];
    let kind = kinds.into_iter().find(|known| known.id() == kind).unwrap_or(BadgeKind::Unsure);
    Badge { kind, intent: Intent::from_id(intent).unwrap_or(Intent::Other) }
}

fn explanation(what: &JsValue) -> Explanation {
    let text = |name| field(what, name).as_string().unwrap_or_default();
    let number = |name| field(what, name).as_f64().unwrap_or_default();
    let phrases = |name| -> Vec<Evidence> {
        js_sys::Array::from(&field(what, name))
            .iter()
            .filter_map(|pair| {
                let pair = js_sys::Array::from(&pair);
                let (start, end) = (pair.get(0).as_f64()? as u32, pair.get(1).as_f64()? as u32);
                Some(Evidence { start, end, weight: 1.0 })
            })
            .collect()
    };
    let badge = badge(&text("kind"), &text("intent"));
    let confidence = number("confidence") as f32;
    let flag = |name| field(what, name).is_truthy();
    Explanation {
        key: PostKey { room: Room::from_id(&text("room")).unwrap_or(Room::X), id: "1".into(), fingerprint: 1 },
        badge,
        verdict: Verdict {
            stance: badge.intent.stance(),
            intent: badge.intent,
            confidence,
            is_sure: badge.kind != BadgeKind::Unsure,
            ad: badge.kind == BadgeKind::Advert,
            ad_probability: 0.5,
            p_conversation: 0.5,
            intents: [1.0 / ALL.len() as f32; ALL.len()],
        },
        reasons: Reasons { decided: phrases("phrases"), against: phrases("against") },
        stance: badge.intent.stance(),
        text: text("text"),
        paid: flag("paid").then_some(AdSource::Structure),
        corrected: Intent::from_id(&text("corrected")),
        author: Author { name: text("name"), handle: "x".into(), kind: AuthorKind::Organisation, bio: None },
        brand: (Likelihood::Brand, "brand_marked"),
        room_fit: (number("fit") as i8, vec!["fit_short"]),
        record: (number("seen") as u32, number("talked") as u32),
        hides_adverts: flag("adverts"),
        never_hidden: flag("never"),
        watched: flag("watch"),
    }
}
