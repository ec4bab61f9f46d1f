//! Owns the heads of an account's pages: the little of every page that says whether there is anything to count; never holds a sum.

use std::collections::BTreeMap;

use super::month::{Glance, Month};
use super::month_bytes::{Bytes, VERSION, put, put_signed};

/// A page within its account: the ledger that carried it, empty for one of rows that are there, and its month.
pub type PageId = (String, i32);

/// What is looked at of a page before its sums are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// [`Month::name`]
    pub name: (i64, String),
    /// Its cells, in order.
    pub glances: Vec<Glance>,
}

impl Head {
    /// The head of a page.
    pub fn of(month: &Month) -> Self {
        let glance = |(&(day, surface), cell): (&(i32, _), &super::Aggregate)| Glance {
            day,
            surface,
            tally: cell.tally,
            questions: cell.questions,
        };
        Self { name: month.name.clone(), glances: month.cells.iter().map(glance).collect() }
    }
}

/// The heads of all pages of one account. They are stored as one value, beside the pages and in the same transaction: of a million
/// rows they are a fifteenth of the bytes and a thirtieth of the values, and a list of brands needs nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heads(pub BTreeMap<PageId, Head>);

impl Heads {
    /// Puts the head of a page in the place of the former one; of one that is gone, none.
    pub fn turn(&mut self, id: PageId, page: Option<&Month>) {
        match page {
            Some(page) => self.0.insert(id, Head::of(page)),
            None => self.0.remove(&id),
        };
    }

    /// The heads in bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        put(&mut out, self.0.len() as u64);
        for ((source, month), head) in &self.0 {
            text(&mut out, source);
            put_signed(&mut out, i64::from(*month));
            put_signed(&mut out, head.name.0);
            text(&mut out, &head.name.1);
            put(&mut out, head.glances.len() as u64);
            let mut before = 0;
            for Glance { day, surface, tally, questions } in &head.glances {
                put_signed(&mut out, i64::from(*day) - before);
                before = i64::from(*day);
                out.push(*surface as u8);
                for number in [tally.conversation, tally.exchange, tally.broadcast, *questions] {
                    put(&mut out, u64::from(number));
                }
            }
        }
        out
    }

    /// The heads from bytes; none when they are cut, foreign or of a later version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut left = Bytes(bytes);
        if left.byte()? != VERSION {
            return None;
        }
        let mut heads = BTreeMap::new();
        for _ in 0..left.number()? {
            let id = (left.text()?, i32::try_from(left.signed()?).ok()?);
            let name = (left.signed()?, left.text()?);
            let mut glances = Vec::new();
            let mut day = 0i64;
            for _ in 0..left.number()? {
                day = day.checked_add(left.signed()?)?;
                glances.push(left.brief(i32::try_from(day).ok()?)?);
            }
            heads.insert(id, Head { name, glances });
        }
        left.0.is_empty().then_some(Self(heads))
    }
}

fn text(out: &mut Vec<u8>, text: &str) {
    put(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Aggregate, Tally};
    use crate::post::Surface;

    fn page(name: &str, days: &[i32]) -> Month {
        let mut month = Month { name: (17, name.into()), ..Month::default() };
        for &day in days {
            let tally = Tally { conversation: 3, exchange: 2, broadcast: 300 };
            let part = Aggregate { tally, questions: 7, texts: [9].into_iter().collect(), ..Aggregate::default() };
            month.plus((day, Surface::Home), &part);
            month.plus((day, Surface::Profile), &part);
        }
        month
    }

    #[test]
    fn heads_are_those_of_the_pages_that_are_there() {
        let mut heads = Heads::default();
        heads.turn((String::new(), 682), Some(&page("Orla", &[20_770, 20_779])));
        heads.turn(("a1".into(), -1), Some(&page("Orlá", &[-5])));
        heads.turn((String::new(), 681), Some(&page("Orla", &[20_740])));
        heads.turn((String::new(), 681), None);
        let ids: Vec<_> = heads.0.keys().cloned().collect();
        assert_eq!(ids, [(String::new(), 682), ("a1".into(), -1)]);
        let bytes = heads.to_bytes();
        assert_eq!(Heads::from_bytes(&bytes), Some(heads));
        for end in 0..bytes.len() {
            assert_eq!(Heads::from_bytes(bytes.get(..end).unwrap_or_default()), None, "cut at {end}");
        }
        assert_eq!(Heads::from_bytes(&[&[2], bytes.get(1..).unwrap_or_default()].concat()), None, "a later version");
        assert_eq!(Heads::from_bytes(&[&bytes[..], &[0]].concat()), None, "something follows");
    }

    #[test]
    fn a_head_says_of_a_page_what_its_bytes_say() {
        let page = page("Orla", &[20_770, 20_779]);
        let packed = crate::ledger::Packed::new(page.to_bytes()).expect("a page");
        assert_eq!(*packed.head(), Head::of(&page));
    }
}
