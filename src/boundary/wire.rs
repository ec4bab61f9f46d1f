//! Owns the hand-made twins of inner values as they cross to JavaScript; never an exported function.
//!
//! Inner types are not serialisable: what crosses is written out here, in `camelCase`, and an unknown field of the
//! settings is refused rather than dropped, so that a newer version's settings are never lost by an older one.

use serde::{Deserialize, Serialize, Serializer};
use wasm_bindgen::{JsCast as _, JsValue};

use crate::classify::{Evidence, Verdict};
use crate::intent::{self, Intent};
use crate::page::work::Summary;
use crate::post::{AdSource, PostKey, Room};
use crate::session::{BrandRule, HiddenPost, HideMode, Kind, RuleScope, Settings, Whose};
use crate::sorted::Map;

/// A request of the popup or the keyboard; none when it is no such thing.
pub(super) fn request(value: JsValue) -> Option<Request> {
    serde_wasm_bindgen::from_value(value).ok()
}

/// The report for the popup.
pub(super) fn report(summary: &Summary) -> JsValue {
    to_js(&ReportWire::from(summary))
}

/// How many broadcasts and adverts were seen; null when nothing was judged.
pub(super) fn broadcasts(summary: &Summary) -> JsValue {
    summary.report.judged.map_or(JsValue::NULL, |[_, broadcast, advert, _]| (broadcast + advert).into())
}

/// A verdict.
pub(super) fn verdict(verdict: &Verdict) -> JsValue {
    to_js(&VerdictWire::from(verdict))
}

fn to_js(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// Settings as a plain object.
pub fn settings_to_js(settings: &Settings) -> JsValue {
    to_js(&SettingsWire::from(settings))
}

/// Settings from a plain object; `undefined` and `null` give the defaults, and so does a field that is absent.
///
/// # Errors
/// Says which field is unknown or holds what it may not.
pub fn settings_from_js(value: JsValue) -> Result<Settings, String> {
    if value.is_null() || value.is_undefined() {
        return Ok(Settings::default());
    }
    let wire: SettingsWire = serde_wasm_bindgen::from_value(value.clone()).map_err(|error| error.to_string())?;
    if let Some(path) = stranger(&value, &to_js(&wire)) {
        return Err(format!("no field `{path}`"));
    }
    wire.into_inner()
}

/// The path of a field in `given` that `known` lacks. serde-wasm-bindgen asks an object for the fields it wants and never
/// sees the others, so `deny_unknown_fields` is of no use with it; what was understood is compared with what was given.
fn stranger(given: &JsValue, known: &JsValue) -> Option<String> {
    if !given.is_object() || !known.is_object() {
        return None;
    }
    js_sys::Object::keys(given.unchecked_ref::<js_sys::Object>()).iter().find_map(|key| {
        let name = key.as_string().unwrap_or_default();
        let inner = js_sys::Reflect::get(known, &key).unwrap_or_default();
        if inner.is_undefined() {
            return Some(name);
        }
        let path = stranger(&js_sys::Reflect::get(given, &key).unwrap_or_default(), &inner)?;
        Some(format!("{name}.{path}"))
    })
}

/// What the popup or the keyboard may ask for; which fields there are depends on the kind.
#[derive(Deserialize)]
pub(super) struct Request {
    pub(super) kind: String,
    pub(super) key: Option<KeyWire>,
    pub(super) handle: Option<String>,
    pub(super) brand: Option<bool>,
}

/// Twin of an enum of values without fields: its names on the wire and the way to and fro.
macro_rules! twin {
    ($wire:ident = $inner:ident { $($name:ident),+ $(,)? }) => {
        #[derive(Clone, Copy, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        enum $wire { $($name),+ }
        impl From<$inner> for $wire {
            fn from(inner: $inner) -> Self {
                match inner { $($inner::$name => Self::$name),+ }
            }
        }
        impl From<$wire> for $inner {
            fn from(wire: $wire) -> Self {
                match wire { $($wire::$name => Self::$name),+ }
            }
        }
    };
}

twin!(ModeWire = HideMode { Off, Dim, Fold, Hide });
twin!(WhoseWire = Whose { Brands, Listed, Everyone });
twin!(KindWire = Kind { Advert, Event, Solicit, Bait, Broadcast });
twin!(PaidWire = AdSource { Structure, Label, Disclosed });
twin!(ScopeWire = RuleScope { Everybody, Brand, Broadcaster });

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct KindMode {
    kind: KindWire,
    mode: ModeWire,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Account {
    room: String,
    handle: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RuleWire {
    room: String,
    handle: String,
    hide: Vec<KindMode>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BrandWire {
    room: String,
    handle: String,
    is_brand: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CorrectionWire {
    room: String,
    id: String,
    intent: String,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct SettingsWire {
    whose: Option<WhoseWire>,
    adverts: Option<ModeWire>,
    kinds: Vec<KindMode>,
    rules: Vec<RuleWire>,
    never_hide: Vec<Account>,
    watched: Vec<Account>,
    brands: Vec<BrandWire>,
    corrections: Vec<CorrectionWire>,
    fold_broadcasters: bool,
}

fn modes_to_wire(modes: &[(Kind, HideMode)]) -> Vec<KindMode> {
    modes.iter().map(|&(kind, mode)| KindMode { kind: kind.into(), mode: mode.into() }).collect()
}

fn modes_from_wire(modes: Vec<KindMode>) -> Vec<(Kind, HideMode)> {
    modes.into_iter().map(|entry| (entry.kind.into(), entry.mode.into())).collect()
}

fn accounts_to_wire(accounts: &[(Room, String)]) -> Vec<Account> {
    accounts.iter().map(|(room, handle)| Account { room: room.id().into(), handle: handle.clone() }).collect()
}

fn accounts_from_wire(accounts: Vec<Account>) -> Result<Vec<(Room, String)>, String> {
    accounts.into_iter().map(|account| Ok((room(&account.room)?, account.handle))).collect()
}

fn room(id: &str) -> Result<Room, String> {
    Room::from_id(id).ok_or_else(|| format!("no room `{id}`"))
}

impl From<&Settings> for SettingsWire {
    fn from(settings: &Settings) -> Self {
        Self {
            whose: Some(settings.whose.into()),
            adverts: Some(settings.adverts.into()),
            kinds: modes_to_wire(&settings.kinds),
            rules: (settings.rules.iter())
                .map(|rule| RuleWire {
                    room: rule.room.id().into(),
                    handle: rule.handle.clone(),
                    hide: modes_to_wire(&rule.hide),
                })
                .collect(),
            never_hide: accounts_to_wire(&settings.never_hide),
            watched: accounts_to_wire(&settings.watched),
            brands: (settings.brands.iter())
                .map(|(room, handle, is_brand)| BrandWire {
                    room: room.id().into(),
                    handle: handle.clone(),
                    is_brand: *is_brand,
                })
                .collect(),
            corrections: (settings.corrections.iter())
                .map(|(room, id, intent)| CorrectionWire {
                    room: room.id().into(),
                    id: id.clone(),
                    intent: intent.info().id.into(),
                })
                .collect(),
            fold_broadcasters: settings.fold_broadcasters,
        }
    }
}

impl SettingsWire {
    fn into_inner(self) -> Result<Settings, String> {
        let rule = |rule: RuleWire| {
            Ok::<_, String>(BrandRule {
                room: room(&rule.room)?,
                handle: rule.handle,
                hide: modes_from_wire(rule.hide),
            })
        };
        let correction = |wire: CorrectionWire| {
            let intent = Intent::from_id(&wire.intent).ok_or_else(|| format!("no intent `{}`", wire.intent))?;
            Ok::<_, String>((room(&wire.room)?, wire.id, intent))
        };
        Ok(Settings {
            whose: self.whose.map_or_else(Whose::default, Whose::from),
            adverts: self.adverts.map_or_else(HideMode::default, HideMode::from),
            kinds: modes_from_wire(self.kinds),
            rules: self.rules.into_iter().map(rule).collect::<Result<_, _>>()?,
            never_hide: accounts_from_wire(self.never_hide)?,
            watched: accounts_from_wire(self.watched)?,
            brands: (self.brands.into_iter())
                .map(|wire| Ok::<_, String>((room(&wire.room)?, wire.handle, wire.is_brand)))
                .collect::<Result<_, _>>()?,
            corrections: self.corrections.into_iter().map(correction).collect::<Result<_, _>>()?,
            fold_broadcasters: self.fold_broadcasters,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct KeyWire {
    room: String,
    id: String,
    /// Sixteen hexadecimal digits: a JavaScript number would lose some.
    fingerprint: String,
}

impl KeyWire {
    /// The key, unless it names no room or its fingerprint is none.
    pub(super) fn into_inner(self) -> Option<PostKey> {
        let fingerprint = u64::from_str_radix(&self.fingerprint, 16).ok()?;
        Some(PostKey { room: Room::from_id(&self.room)?, id: self.id, fingerprint })
    }
}

impl From<&PostKey> for KeyWire {
    fn from(key: &PostKey) -> Self {
        Self { room: key.room.id().into(), id: key.id.clone(), fingerprint: format!("{:016x}", key.fingerprint) }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct HiddenWire {
    key: KeyWire,
    mode: ModeWire,
    kind: KindWire,
    author: String,
    paid: Option<PaidWire>,
    rule: ScopeWire,
}

impl From<&HiddenPost> for HiddenWire {
    fn from(post: &HiddenPost) -> Self {
        let reason = &post.reason;
        Self {
            key: (&post.key).into(),
            mode: reason.mode.into(),
            kind: reason.kind.into(),
            author: reason.author.clone(),
            paid: reason.paid.map(PaidWire::from),
            rule: reason.rule.into(),
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CandidateWire {
    handle: String,
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportWire {
    room: &'static str,
    surface: &'static str,
    containers: u32,
    read: u32,
    judged: Option<[u32; 4]>,
    hidden_now: u32,
    hidden: Vec<HiddenWire>,
    candidates: Vec<CandidateWire>,
    health: Option<&'static str>,
    starved: bool,
    #[serde(serialize_with = "as_object")]
    missing: Map<&'static str, u32>,
    reads: u32,
}

impl From<&Summary> for ReportWire {
    fn from(summary: &Summary) -> Self {
        let Summary { room, surface, report, missing, reads } = summary;
        Self {
            room: room.id(),
            surface: surface.id(),
            containers: report.containers,
            read: report.read,
            judged: report.judged,
            hidden_now: report.hidden_now,
            hidden: report.hidden.iter().map(HiddenWire::from).collect(),
            candidates: (report.candidates.iter())
                .map(|(handle, name)| CandidateWire { handle: handle.clone(), name: name.clone() })
                .collect(),
            health: report.health,
            starved: report.starved,
            missing: missing.clone(),
            reads: *reads,
        }
    }
}

fn as_object<S: Serializer>(map: &Map<&'static str, u32>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(map.iter())
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EvidenceWire {
    start: u32,
    end: u32,
    weight: f32,
}

impl From<&Evidence> for EvidenceWire {
    fn from(evidence: &Evidence) -> Self {
        Self { start: evidence.start, end: evidence.end, weight: evidence.weight }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct VerdictWire {
    stance: Option<&'static str>,
    intent: &'static str,
    confidence: f32,
    is_sure: bool,
    ad: bool,
    ad_probability: f32,
    p_conversation: f32,
    /// In the order of the taxonomy.
    intents: [f32; intent::COUNT],
    evidence: Vec<EvidenceWire>,
    against: Vec<EvidenceWire>,
}

impl From<&Verdict> for VerdictWire {
    fn from(verdict: &Verdict) -> Self {
        Self {
            stance: verdict.stance.map(intent::Stance::id),
            intent: verdict.intent.info().id,
            confidence: verdict.confidence,
            is_sure: verdict.is_sure,
            ad: verdict.ad,
            ad_probability: verdict.ad_probability,
            p_conversation: verdict.p_conversation,
            intents: verdict.intents,
            evidence: verdict.evidence.iter().map(EvidenceWire::from).collect(),
            against: verdict.against.iter().map(EvidenceWire::from).collect(),
        }
    }
}
