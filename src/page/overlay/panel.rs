//! Owns what the explanation says, as elements; never opens, places or answers it.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement};

use super::quote::{Piece, quote};
use super::root::make;
use crate::brand::Likelihood;
use crate::intent::{ALL, Intent, Stance};
use crate::page::words::{Words, isolated};
use crate::session::{BadgeKind, Explanation};

/// Confidence in words: at or above the first "very sure", above the second "fairly sure", else "not sure" (calibrated probability in percent).
const VERY_SURE_PERCENT: u32 = 95;
const FAIRLY_SURE_PERCENT: u32 = 80;

/// A brand's record is shown from this many posts on; below it the 95 % interval of a share is wider than ±31 points.
const RECORD_FROM_POSTS: u32 = 10;

/// Phrases shown for and against.
const PHRASES_AT_MOST: usize = 3;

/// Marks a control with what it does; read by the dialog's one listener.
pub const DOES: &str = "data-do";

/// Writes elements one after another.
struct Writer<'a> {
    document: &'a Document,
    words: &'a Words,
}

/// The whole dialog, not yet on the page.
///
/// # Errors
/// Where the document makes no elements.
pub fn panel(document: &Document, words: &Words, what: &Explanation) -> Result<Element, JsValue> {
    let write = Writer { document, words };
    let panel = make(document, "div", &format!("box {}", what.badge.kind.id()), "")?;
    for (name, value) in [("role", "dialog"), ("aria-labelledby", "t"), ("aria-describedby", "d"), ("tabindex", "-1")] {
        panel.set_attribute(name, value)?;
    }
    panel.set_attribute("dir", if words.is_rtl() { "rtl" } else { "ltr" })?;
    for part in [write.head(what)?, write.body(what)?, write.foot(what)?] {
        panel.append_child(&part)?;
    }
    Ok(panel)
}

impl Writer<'_> {
    fn element(&self, tag: &str, class: &str, text: &str) -> Result<Element, JsValue> {
        make(self.document, tag, class, text)
    }

    fn under(&self, parent: &Element, tag: &str, class: &str, text: &str) -> Result<Element, JsValue> {
        let element = self.element(tag, class, text)?;
        parent.append_child(&element)?;
        Ok(element)
    }

    fn titled(&self, body: &Element, title_key: &str, note: &str) -> Result<(), JsValue> {
        let title = self.under(body, "h3", "", &self.words.get(title_key))?;
        if !note.is_empty() {
            title.append_with_str_1(" · ")?;
            self.under(&title, "small", "", note)?;
        }
        Ok(())
    }

    fn head(&self, what: &Explanation) -> Result<Element, JsValue> {
        let head = self.element("header", "", "")?;
        let lines = self.under(&head, "div", "", "")?;
        let word = self.words.get(&format!("badge_{}", what.badge.kind.id()));
        self.under(&lines, "h2", "", &word)?.set_id("t");
        // A paid post without words of its own is an advert by its sign alone.
        if what.badge.intent != Intent::Other || what.paid.is_none() {
            let meaning = self.under(&lines, "p", "", "")?;
            meaning.set_id("d");
            let intent = what.badge.intent.info().id;
            self.under(&meaning, "b", "", &self.words.get(&format!("intent_{intent}")))?;
            meaning.append_with_str_1(" – ")?;
            meaning.append_with_str_1(&self.words.get(&format!("meaning_{intent}")))?;
        }
        let close = self.button(&head, "x", "close", "")?;
        close.set_attribute("aria-label", &self.words.get("why_close"))?;
        Ok(head)
    }

    fn body(&self, what: &Explanation) -> Result<Element, JsValue> {
        let words = self.words;
        let body = self.element("div", "body", "")?;
        self.confidence(&body, what)?;
        self.origin(&body, what)?;

        let phrases: Vec<_> =
            what.reasons.decided.iter().take(PHRASES_AT_MOST).map(|phrase| (phrase.start, phrase.end)).collect();
        let pieces = quote(&what.text, &phrases);
        if pieces.is_empty() {
            self.under(&body, "p", "soft", &words.get("why_no_phrase"))?;
        } else {
            self.titled(&body, "why_evidence", "")?;
            self.pieces(&body, &pieces)?;
        }
        if !what.reasons.against.is_empty() {
            self.titled(&body, "why_against", "")?;
            let against: Vec<String> = what
                .reasons
                .against
                .iter()
                .take(PHRASES_AT_MOST)
                .filter_map(|phrase| slice(&what.text, phrase.start, phrase.end))
                .map(|phrase| words.with("why_phrase", [&isolated(&phrase), ""]))
                .collect();
            self.under(&body, "p", "", &against.join(" · "))?;
        }

        let room = words.get(&format!("room_{}", what.key.room.id()));
        let fits = words.with(fit_key(what.room_fit.0), [&isolated(&room), ""]);
        if !fits.is_empty() && what.stance.is_some() {
            self.titled(&body, "why_fit", &words.get("why_fit_note"))?;
            self.under(&body, "p", "", &fits)?;
            for key in &what.room_fit.1 {
                self.sentence(&body, "soft", &words.with(key, [&isolated(&room), ""]))?;
            }
        }

        let name = if what.author.name.is_empty() { &what.author.handle } else { &what.author.name };
        let reason = words.with(what.brand.1, [&isolated(name), ""]);
        let (seen, talked) = what.record;
        if !reason.is_empty() || seen >= RECORD_FROM_POSTS {
            self.titled(&body, "why_brand", &isolated(name))?;
            self.sentence(&body, "", &reason)?;
            if seen >= RECORD_FROM_POSTS {
                let percent = (u64::from(talked) * 200 / u64::from(seen)).div_ceil(2);
                self.sentence(&body, "", &words.with("why_record", [&seen.to_string(), &percent.to_string()]))?;
            }
        }
        Ok(body)
    }

    /// How sure the judge is, in words and as a number.
    fn confidence(&self, body: &Element, what: &Explanation) -> Result<(), JsValue> {
        if what.corrected.is_some() || (what.paid.is_some() && what.badge.kind == BadgeKind::Advert) {
            return Ok(());
        }
        let percent = percent(what.verdict.confidence);
        let line = self.under(body, "div", "sure", "")?;
        self.under(&line, "span", "", &self.words.get(sure_key(percent, what.verdict.is_sure)))?;
        self.under(&line, "span", "", &self.words.with("why_percent", [&percent.to_string(), ""]))?;
        let bar = self.under(&line, "i", "", "")?;
        bar.unchecked_ref::<HtmlElement>().style().set_property("inline-size", &format!("{percent}%"))
    }

    /// What stands above the judge: the user's word, a paid sign; and then what the words alone say.
    fn origin(&self, body: &Element, what: &Explanation) -> Result<(), JsValue> {
        let words = self.words;
        if let Some(intent) = what.corrected {
            let said = words.get(&format!("intent_{}", intent.info().id));
            self.sentence(body, "", &words.with("why_corrected", [&said, ""]))?;
        }
        if let Some(source) = what.paid {
            let room = isolated(&words.get(&format!("room_{}", what.key.room.id())));
            let key = if source.is_platform_paid() { "why_paid" } else { "why_disclosed" };
            self.sentence(body, "", &words.with(key, [&room, ""]))?;
        }
        if (what.corrected.is_some() || what.paid.is_some())
            && let Some(stance) = what.verdict.stance
        {
            let stance = words.get(&format!("badge_{}", stance.id()));
            let percent = percent(what.verdict.confidence).to_string();
            self.sentence(body, "soft", &words.with("why_words_alone", [&stance, &percent]))?;
        }
        Ok(())
    }

    fn foot(&self, what: &Explanation) -> Result<Element, JsValue> {
        let words = self.words;
        let foot = self.element("footer", "", "")?;
        if what.corrected.is_some() {
            let line = self.under(&foot, "div", "wrong", "")?;
            self.under(&line, "span", "", &words.get("why_yours"))?;
            self.button(&line, "plain", "uncorrect", &words.get("why_uncorrect"))?;
        } else {
            let ask = self.button(&foot, "act wrong", "choose", "")?;
            self.under(&ask, "span", "", &words.get("why_wrong"))?;
            ask.set_attribute("aria-expanded", "false")?;
            ask.set_attribute("aria-controls", "i")?;
            self.intents(&foot, what.badge.intent)?;
        }
        for (does, on) in [("adverts", what.hides_adverts), ("never", what.never_hidden), ("watch", what.watched)] {
            let action = self.button(&foot, "act", does, "")?;
            self.under(&action, "span", "", &words.get(&format!("why_do_{does}")))?;
            action.set_attribute("role", "switch")?;
            action.set_attribute("aria-checked", if on { "true" } else { "false" })?;
        }
        // Of who is no brand nothing is kept.
        let has_card = what.brand.0 == Likelihood::Brand;
        for does in ["card", "person"].into_iter().skip(usize::from(!has_card)) {
            let action = self.button(&foot, "act", does, "")?;
            self.under(&action, "span", "", &words.get(&format!("why_do_{does}")))?;
        }
        Ok(foot)
    }

    /// The intents, grouped by stance; out of sight until asked for.
    fn intents(&self, foot: &Element, shown: Intent) -> Result<(), JsValue> {
        let list = self.under(foot, "div", "choice", "")?;
        list.set_id("i");
        list.set_attribute("hidden", "")?;
        for stance in [Stance::Conversation, Stance::Broadcast] {
            let group = self.under(&list, "div", stance.id(), "")?;
            group.set_attribute("role", "group")?;
            let name = self.under(&group, "h3", "", &self.words.get(&format!("badge_{}", stance.id())))?;
            name.set_id(stance.id());
            group.set_attribute("aria-labelledby", stance.id())?;
            for row in ALL.iter().filter(|row| row.stance == Some(stance) && row.intent != shown) {
                let word = self.words.get(&format!("intent_{}", row.id));
                let choice = self.button(&group, "plain", row.id, &word)?;
                choice.set_attribute("aria-description", &self.words.get(&format!("meaning_{}", row.id)))?;
            }
        }
        Ok(())
    }

    fn button(&self, parent: &Element, class: &str, does: &str, text: &str) -> Result<Element, JsValue> {
        let button = self.under(parent, "button", class, text)?;
        button.set_attribute("type", "button")?;
        button.set_attribute(DOES, does)?;
        Ok(button)
    }

    fn sentence(&self, parent: &Element, class: &str, text: &str) -> Result<(), JsValue> {
        if !text.is_empty() {
            self.under(parent, "p", class, text)?;
        }
        Ok(())
    }

    fn pieces(&self, body: &Element, pieces: &[Piece]) -> Result<(), JsValue> {
        let block = self.under(body, "blockquote", "", "")?;
        block.set_attribute("dir", "auto")?;
        for piece in pieces {
            match piece {
                Piece::Plain(text) => block.append_with_str_1(text)?,
                Piece::Marked(text) => self.under(&block, "mark", "", text).map(|_| ())?,
                Piece::Gap => block.append_with_str_1(" … ")?,
            }
        }
        Ok(())
    }
}

fn percent(probability: f32) -> u32 {
    (probability.clamp(0.0, 1.0) * 100.0).round() as u32
}

fn sure_key(percent: u32, is_sure: bool) -> &'static str {
    match percent {
        _ if !is_sure => "why_not_sure",
        VERY_SURE_PERCENT.. => "why_very_sure",
        FAIRLY_SURE_PERCENT.. => "why_fairly_sure",
        _ => "why_rather_sure",
    }
}

fn fit_key(fit: i8) -> &'static str {
    match fit {
        ..=-2 => "why_fits_not",
        -1 => "why_fits_rather_not",
        0 => "why_fits_neither",
        1 => "why_fits_well",
        2.. => "why_fits_very_well",
    }
}

fn slice(text: &str, start: u32, end: u32) -> Option<String> {
    let units: Vec<u16> = text.encode_utf16().collect();
    units.get(start as usize..end as usize).filter(|units| !units.is_empty()).map(String::from_utf16_lossy)
}
