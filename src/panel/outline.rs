//! Owns what the dashboard asks first: what there is to choose from, and which brands have something under a filter; never a metric.

use serde::Serialize;

use super::table::Account;
use crate::ledger::metrics::{Book, BrandId, Filter};

/// One brand, so cheaply that a whole ledger of them is listed at every change of a filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outline {
    /// Which of the groups it is.
    pub at: u32,
    /// Its accounts.
    pub accounts: Vec<Account>,
    /// Its name as last seen.
    pub name: String,
    /// Posts with a stance.
    pub posts: u32,
    /// Conversation among them.
    pub conversation: u32,
}

/// What there is to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Extent {
    /// Rooms with an entry.
    pub rooms: Vec<&'static str>,
    /// Surfaces with an entry.
    pub surfaces: Vec<&'static str>,
    /// First and last day with an entry, counted from 1970.
    pub days: Option<(i32, i32)>,
}

/// The brands with something under the filter, in the order of the groups. Costs one look at every aggregate.
pub fn outlines(book: &Book, groups: &[Vec<BrandId>], filter: &Filter) -> Vec<Outline> {
    let mut found = Vec::new();
    for (at, group) in (0u32..).zip(groups) {
        let seen = book.seen(group, filter);
        if seen.tally.posts() + seen.questions > 0 {
            found.push(Outline {
                at,
                accounts: group.iter().map(Account::of).collect(),
                name: seen.name,
                posts: seen.tally.posts(),
                conversation: seen.tally.conversation,
            });
        }
    }
    found
}

/// What there is to choose from in the whole book.
pub fn extent(book: &Book) -> Extent {
    let (rooms, surfaces, days) = book.extent();
    Extent {
        rooms: rooms.into_iter().map(|room| room.id()).collect(),
        surfaces: surfaces.into_iter().map(|surface| surface.id()).collect(),
        days,
    }
}
