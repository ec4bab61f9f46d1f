//! Owns the shape of what crosses to and from JavaScript: plain objects with names in `camelCase`; never an exported function.
//!
//! An unknown field of the settings is refused rather than dropped, so that a newer version's settings are never lost by an
//! older one. All is written out by hand: a serialiser's code for the same was 60 KB of the module.

use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::classify::personal::is_lesson;
use crate::classify::{Evidence, Reasons, Verdict};
use crate::intent::{Intent, Stance};
use crate::page::known::known;
use crate::page::work::Summary;
use crate::post::{AdSource, PostKey, Room};
use crate::session::{BrandRule, Correction, HiddenPost, HideMode, Kind, RuleScope, Settings, Whose};

/// Names of values on the wire.
type Names<T, const COUNT: usize> = [(&'static str, T); COUNT];

const MODES: Names<HideMode, 4> =
    [("off", HideMode::Off), ("dim", HideMode::Dim), ("fold", HideMode::Fold), ("hide", HideMode::Hide)];
const WHOSE: Names<Whose, 3> = [("brands", Whose::Brands), ("listed", Whose::Listed), ("everyone", Whose::Everyone)];
const KINDS: Names<Kind, 5> = [
    ("advert", Kind::Advert),
    ("event", Kind::Event),
    ("solicit", Kind::Solicit),
    ("bait", Kind::Bait),
    ("broadcast", Kind::Broadcast),
];
const PAID: Names<AdSource, 3> =
    [("structure", AdSource::Structure), ("label", AdSource::Label), ("disclosed", AdSource::Disclosed)];
const SCOPES: Names<RuleScope, 3> =
    [("everybody", RuleScope::Everybody), ("brand", RuleScope::Brand), ("broadcaster", RuleScope::Broadcaster)];

fn name<T: PartialEq>(names: &[(&'static str, T)], value: &T) -> JsValue {
    names.iter().find(|(_, other)| other == value).map_or(JsValue::NULL, |(name, _)| constant(name))
}

// -- Out ----------------------------------------------------------------------------------------------------------------

#[wasm_bindgen]
extern "C" {
    /// An object of ours, which takes any property: nothing is caught.
    type Plain;
    #[wasm_bindgen(method, structural, indexing_setter)]
    fn put(this: &Plain, name: &JsString, value: &JsValue);
    /// An array of numbers, which cross as they are: as values they would cross three times, in a typed array at the cost of two.
    type Numbers;
    #[wasm_bindgen(method, structural)]
    fn push(this: &Numbers, value: f32);
}

fn object<const COUNT: usize>(fields: [(&'static str, JsValue); COUNT]) -> JsValue {
    fill(&fields)
}

#[inline(never)]
fn fill(fields: &[(&'static str, JsValue)]) -> JsValue {
    let object = Object::new();
    let plain: &Plain = object.unchecked_ref();
    for (name, value) in fields {
        plain.put(&known(name), value);
    }
    object.into()
}

fn list(values: impl Iterator<Item = JsValue>) -> JsValue {
    values.collect::<Array>().into()
}

fn text(text: &str) -> JsValue {
    JsValue::from_str(text)
}

/// A word of the wire's own.
fn constant(text: &'static str) -> JsValue {
    known(text).as_ref().into()
}

/// `null` stands for nothing: a field that is not there would be lost among misspelt ones.
fn maybe(value: Option<JsValue>) -> JsValue {
    value.unwrap_or(JsValue::NULL)
}

/// The report for the popup.
pub(super) fn report(summary: &Summary) -> JsValue {
    let Summary { room, surface, report, missing, reads } = summary;
    let missing_object = Object::new();
    for (&part, &count) in missing.iter() {
        let _ = Reflect::set(&missing_object, &text(part), &count.into());
    }
    let candidate = |(handle, name): &(String, String)| object([("handle", text(handle)), ("name", text(name))]);
    object([
        ("room", text(room.id())),
        ("surface", text(surface.id())),
        ("containers", report.containers.into()),
        ("read", report.read.into()),
        ("judged", maybe(report.judged.map(|counts| list(counts.into_iter().map(JsValue::from))))),
        ("hiddenNow", report.hidden_now.into()),
        ("hidden", list(report.hidden.iter().map(hidden))),
        ("candidates", list(report.candidates.iter().map(candidate))),
        ("health", maybe(report.health.map(text))),
        ("starved", report.starved.into()),
        ("missing", missing_object.into()),
        ("reads", (*reads).into()),
    ])
}

fn hidden(post: &HiddenPost) -> JsValue {
    let HiddenPost { key, reason } = post;
    // Sixteen hexadecimal digits: a JavaScript number would lose some.
    let fingerprint = text(&format!("{:016x}", key.fingerprint));
    object([
        ("key", object([("room", text(key.room.id())), ("id", text(&key.id)), ("fingerprint", fingerprint)])),
        ("mode", name(&MODES, &reason.mode)),
        ("kind", name(&KINDS, &reason.kind)),
        ("author", text(&reason.author)),
        ("paid", maybe(reason.paid.map(|paid| name(&PAID, &paid)))),
        ("rule", name(&SCOPES, &reason.rule)),
    ])
}

/// How many broadcasts and adverts were seen; null when nothing was judged.
pub(super) fn broadcasts(summary: &Summary) -> JsValue {
    summary.report.judged.map_or(JsValue::NULL, |[_, broadcast, advert, _]| (broadcast + advert).into())
}

/// A verdict as numbers: stance (1 conversation, 0 broadcast, -1 neither), intent (its place in the taxonomy), sure, advert (0
/// or 1), confidence, probability of advertising, of conversation, of each intent; how many phrases decided it and how many speak
/// against it; start, end (UTF-16 code units) and weight of each.
pub(super) fn verdict((verdict, reasons): &(Verdict, Reasons)) -> Array {
    let Verdict { stance, intent, confidence, is_sure, ad, ad_probability, p_conversation, intents } = verdict;
    let Reasons { decided, against } = reasons;
    let array = Array::new();
    let numbers: &Numbers = array.unchecked_ref();
    let stance = stance.map_or(-1.0, |stance| f32::from(stance == Stance::Conversation));
    let head = [stance, f32::from(*intent as u8), f32::from(*is_sure), f32::from(*ad)];
    let counts = [decided.len() as f32, against.len() as f32];
    for number in head.into_iter().chain([*confidence, *ad_probability, *p_conversation]).chain(*intents).chain(counts)
    {
        numbers.push(number);
    }
    for Evidence { start, end, weight } in decided.iter().chain(against) {
        // Places in a text that is judged are far below what a number of 32 bits tells apart.
        [*start as f32, *end as f32, *weight].into_iter().for_each(|number| numbers.push(number));
    }
    array
}

/// Settings as a plain object.
pub fn settings_to_js(settings: &Settings) -> JsValue {
    let modes = |modes: &[(Kind, HideMode)]| {
        list(modes.iter().map(|(kind, mode)| object([("kind", name(&KINDS, kind)), ("mode", name(&MODES, mode))])))
    };
    let account = |(room, handle): &(Room, String)| object([("room", text(room.id())), ("handle", text(handle))]);
    object([
        ("whose", name(&WHOSE, &settings.whose)),
        ("adverts", name(&MODES, &settings.adverts)),
        ("kinds", modes(&settings.kinds)),
        (
            "rules",
            list(settings.rules.iter().map(|rule| {
                object([("room", text(rule.room.id())), ("handle", text(&rule.handle)), ("hide", modes(&rule.hide))])
            })),
        ),
        ("neverHide", list(settings.never_hide.iter().map(account))),
        ("watched", list(settings.watched.iter().map(account))),
        (
            "brands",
            list(settings.brands.iter().map(|(room, handle, is_brand)| {
                object([("room", text(room.id())), ("handle", text(handle)), ("isBrand", (*is_brand).into())])
            })),
        ),
        (
            "corrections",
            list(settings.corrections.iter().map(|Correction { room, id, intent, lesson }| {
                object([
                    ("room", text(room.id())),
                    ("id", text(id)),
                    ("intent", text(intent.info().id)),
                    ("lesson", text(lesson)),
                ])
            })),
        ),
        ("foldBroadcasters", settings.fold_broadcasters.into()),
        ("sameBrands", list(settings.same_brands.iter().map(|word| text(word)))),
        ("keepExcerpts", settings.keep_excerpts.into()),
        ("onlyVerySure", settings.only_very_sure.into()),
    ])
}

// -- In -----------------------------------------------------------------------------------------------------------------

/// A value and where it stands in what was given (`rules.0.hide`); empty for the whole.
struct Given {
    value: JsValue,
    path: String,
}

impl Given {
    fn wrong(&self, what: &str) -> String {
        format!("`{}` is {what}", self.path)
    }

    fn inner(&self, name: &str, value: JsValue) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Self { value, path }
    }

    /// The fields with these names, in their order; an absent one is undefined.
    fn fields<const COUNT: usize>(&self, names: [&str; COUNT]) -> Result<[Self; COUNT], String> {
        self.refuse_others(&names)?;
        Ok(names.map(|name| self.field(name)))
    }

    /// Kept apart, so that its code stands once and not in every number of fields.
    #[inline(never)]
    fn field(&self, name: &str) -> Self {
        self.inner(name, get(&self.value, name))
    }

    #[inline(never)]
    fn refuse_others(&self, names: &[&str]) -> Result<(), String> {
        if !self.value.is_object() {
            return Err(self.wrong("no object"));
        }
        for key in Object::keys(self.value.unchecked_ref::<Object>()).iter() {
            let key = key.as_string().unwrap_or_default();
            if !names.contains(&key.as_str()) {
                return Err(format!("no field `{}`", self.inner(&key, JsValue::UNDEFINED).path));
            }
        }
        Ok(())
    }

    fn text(&self) -> Result<String, String> {
        self.value.as_string().ok_or_else(|| self.wrong("no text"))
    }

    fn flag(&self) -> Result<bool, String> {
        self.value.as_bool().ok_or_else(|| self.wrong("neither true nor false"))
    }

    fn one_of<T: Copy>(&self, names: &[(&str, T)]) -> Result<T, String> {
        let text = self.text()?;
        let found = names.iter().find(|(name, _)| *name == text);
        found.map(|(_, value)| *value).ok_or_else(|| self.wrong(&format!("`{text}`, which is unknown")))
    }

    fn room(&self) -> Result<Room, String> {
        let id = self.text()?;
        Room::from_id(&id).ok_or_else(|| format!("no room `{id}`"))
    }

    fn intent(&self) -> Result<Intent, String> {
        let id = self.text()?;
        Intent::from_id(&id).ok_or_else(|| format!("no intent `{id}`"))
    }

    /// Each member of a list; none when there is no list.
    fn list<T>(&self, read: impl Fn(&Self) -> Result<T, String>) -> Result<Vec<T>, String> {
        if self.value.is_undefined() {
            return Ok(Vec::new());
        }
        let members = self.value.dyn_ref::<Array>().ok_or_else(|| self.wrong("no list"))?;
        members.iter().enumerate().map(|(at, value)| read(&self.inner(&at.to_string(), value))).collect()
    }

    /// The value, or the default when there is none.
    fn or_default<T: Default>(&self, read: impl FnOnce(&Self) -> Result<T, String>) -> Result<T, String> {
        if self.value.is_undefined() || self.value.is_null() { Ok(T::default()) } else { read(self) }
    }
}

fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

fn kind_mode(given: &Given) -> Result<(Kind, HideMode), String> {
    let [kind, mode] = given.fields(["kind", "mode"])?;
    Ok((kind.one_of(&KINDS)?, mode.one_of(&MODES)?))
}

fn account(given: &Given) -> Result<(Room, String), String> {
    let [room, handle] = given.fields(["room", "handle"])?;
    Ok((room.room()?, handle.text()?))
}

fn brand(given: &Given) -> Result<(Room, String, bool), String> {
    let [room, handle, is_brand] = given.fields(["room", "handle", "isBrand"])?;
    Ok((room.room()?, handle.text()?, is_brand.flag()?))
}

/// A correction; those of older versions have no lesson.
fn correction(given: &Given) -> Result<Correction, String> {
    let [room, id, intent, lesson] = given.fields(["room", "id", "intent", "lesson"])?;
    let text = lesson.or_default(Given::text)?;
    if !is_lesson(&text) {
        return Err(lesson.wrong("no lesson"));
    }
    Ok(Correction { room: room.room()?, id: id.text()?, intent: intent.intent()?, lesson: text })
}

fn rule(given: &Given) -> Result<BrandRule, String> {
    let [room, handle, hide] = given.fields(["room", "handle", "hide"])?;
    Ok(BrandRule { room: room.room()?, handle: handle.text()?, hide: hide.list(kind_mode)? })
}

/// Settings from a plain object; `undefined` and `null` give the defaults, and so does a field that is absent.
///
/// # Errors
/// Says which field is unknown or holds what it may not.
pub fn settings_from_js(value: JsValue) -> Result<Settings, String> {
    let given = Given { value, path: String::new() };
    given.or_default(|given| {
        let [whose, adverts, kinds, rules, never_hide, watched, brands, corrections, fold, same_brands, excerpts, sure] =
            given.fields([
                "whose",
                "adverts",
                "kinds",
                "rules",
                "neverHide",
                "watched",
                "brands",
                "corrections",
                "foldBroadcasters",
                "sameBrands",
                "keepExcerpts",
                "onlyVerySure",
            ])?;
        Ok(Settings {
            whose: whose.or_default(|whose| whose.one_of(&WHOSE))?,
            adverts: adverts.or_default(|mode| mode.one_of(&MODES))?,
            kinds: kinds.list(kind_mode)?,
            rules: rules.list(rule)?,
            never_hide: never_hide.list(account)?,
            watched: watched.list(account)?,
            brands: brands.list(brand)?,
            corrections: corrections.list(correction)?,
            fold_broadcasters: fold.or_default(Given::flag)?,
            same_brands: same_brands.list(Given::text)?,
            keep_excerpts: excerpts.or_default(Given::flag)?,
            only_very_sure: sure.or_default(Given::flag)?,
        })
    })
}

/// What the popup or the keyboard may ask for; which fields there are depends on the kind.
pub(super) struct Request {
    pub(super) kind: String,
    pub(super) key: Option<PostKey>,
    pub(super) handle: Option<String>,
    pub(super) brand: Option<bool>,
}

/// A request of the popup or the keyboard; none when it is no such thing.
pub(super) fn request(value: &JsValue) -> Option<Request> {
    Some(Request {
        kind: get(value, "kind").as_string()?,
        key: key(&get(value, "key")),
        handle: get(value, "handle").as_string(),
        brand: get(value, "brand").as_bool(),
    })
}

/// The key of a post; none when it names no room or its fingerprint is none.
fn key(value: &JsValue) -> Option<PostKey> {
    let fingerprint = u64::from_str_radix(&get(value, "fingerprint").as_string()?, 16).ok()?;
    Some(PostKey {
        room: Room::from_id(&get(value, "room").as_string()?)?,
        id: get(value, "id").as_string()?,
        fingerprint,
    })
}
