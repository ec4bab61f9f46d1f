//! Owns the book as the panel's module exports it: pages and heads in, lists of brands and their numbers out; never a decision.

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::exports::{UNREADABLE, plain, read_heads, room};
use super::outline;
use super::table::{self, Account, Ask};
use crate::ledger::{MonthKey, metrics};

/// Every page, and the questions that can be asked of them.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Book {
    book: metrics::Book,
    /// Accounts by brand, as `link` put them together.
    groups: Vec<Vec<metrics::BrandId>>,
}

fn ask(value: JsValue) -> Result<Ask, JsValue> {
    if value.is_undefined() { Ok(Ask::default()) } else { Ok(serde_wasm_bindgen::from_value(value)?) }
}

#[wasm_bindgen]
impl Book {
    /// An empty one.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page.
    ///
    /// # Errors
    /// When it cannot be read, or there is no such room.
    pub fn add(&mut self, room_id: &str, brand: String, month: i32, bytes: Vec<u8>) -> Result<(), JsValue> {
        let key = MonthKey { room: room(room_id)?, brand, month };
        self.book.add_bytes(key, bytes).ok_or_else(|| JsValue::from(UNREADABLE))
    }

    /// Adds an account of which only the heads are here.
    ///
    /// # Errors
    /// When they cannot be read, or there is no such room.
    #[wasm_bindgen(js_name = addHeads)]
    pub fn add_heads(&mut self, room_id: &str, brand: String, bytes: &[u8]) -> Result<(), JsValue> {
        self.book.add_heads((room(room_id)?, brand), read_heads(bytes)?);
        Ok(())
    }

    /// Accounts of these brands, by their places in `outlines`, of which only the heads are here, as a list of `{room, brand}`.
    ///
    /// # Errors
    /// Never in fact.
    pub fn lacking(&self, places: Vec<u32>) -> Result<JsValue, JsValue> {
        let groups = places.iter().filter_map(|at| self.groups.get(*at as usize)).flatten();
        plain(&groups.filter(|account| self.book.lacks(account)).map(Account::of).collect::<Vec<_>>())
    }

    /// Puts an account's pages, as they are stored now, in the place of its heads.
    ///
    /// # Errors
    /// When one cannot be read, or there is no such room.
    pub fn fill(&mut self, room_id: &str, brand: String, pages: Vec<Uint8Array>) -> Result<(), JsValue> {
        let pages = pages.iter().map(Uint8Array::to_vec).collect();
        self.book.fill((room(room_id)?, brand), pages).ok_or_else(|| JsValue::from(UNREADABLE))
    }

    fn whole<'a>(&self, accounts: impl IntoIterator<Item = &'a metrics::BrandId>) -> Result<(), JsValue> {
        // Numbers of heads would be noughts.
        let lacks = accounts.into_iter().any(|account| self.book.lacks(account));
        if lacks {
            Err(JsValue::from("an account's pages were not read before its numbers were asked for"))
        } else {
            Ok(())
        }
    }

    /// The compare table: see [`table::Table`].
    ///
    /// # Errors
    /// Says what is wrong with the question, or that only the heads of a brand are here.
    pub fn compare(&self, asked: JsValue) -> Result<JsValue, JsValue> {
        self.whole(self.book.brands())?;
        plain(&table::compare(&self.book, &ask(asked)?)?)
    }

    /// Puts accounts together into brands, once for all questions that follow: `groups`, `isLinked` and `words` of the question.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn link(&mut self, asked: JsValue) -> Result<(), JsValue> {
        self.groups = ask(asked)?.brands(&self.book)?;
        Ok(())
    }

    /// What there is to choose from: see [`outline::Extent`].
    ///
    /// # Errors
    /// Never in fact.
    pub fn extent(&self) -> Result<JsValue, JsValue> {
        plain(&outline::extent(&self.book))
    }

    /// The brands with something under a filter, without their numbers: see [`outline::Outline`].
    ///
    /// # Errors
    /// Says what is wrong with the question.
    pub fn outlines(&self, asked: JsValue) -> Result<JsValue, JsValue> {
        plain(&outline::outlines(&self.book, &self.groups, &ask(asked)?.filter()?))
    }

    /// The lines of these brands, by their places in `outlines`: see [`table::Line`]; null for one with nothing under the filter.
    ///
    /// # Errors
    /// Says what is wrong with the question, or that only the heads of a brand are here.
    pub fn lines(&self, places: Vec<u32>, asked: JsValue) -> Result<JsValue, JsValue> {
        let ask = ask(asked)?;
        let filter = ask.filter()?;
        let groups = places.iter().map(|at| self.groups.get(*at as usize));
        groups.clone().flatten().try_for_each(|group| self.whole(group))?;
        plain(&groups.map(|group| table::line_of(&self.book, group?, &filter, &ask.numbers)).collect::<Vec<_>>())
    }

    /// A brand over time: see [`table::Step`]; `accounts` is a list of `{room, brand}`.
    ///
    /// # Errors
    /// Says what is wrong with the question, or that only the heads of the brand are here.
    pub fn trend(&self, accounts: JsValue, asked: JsValue) -> Result<JsValue, JsValue> {
        let accounts: Vec<Account> = serde_wasm_bindgen::from_value(accounts)?;
        self.whole(&table::accounts(&accounts)?)?;
        plain(&table::trend(&self.book, &accounts, &ask(asked)?)?)
    }
}
