//! Owns the compare table and the trend as plain objects: every number with its sample and interval; never a word of the interface.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::brand::{Likelihood, identity};
use crate::intent::{COUNT, Stance};
use crate::ledger::metrics::{self, Book, Brand, BrandId, Filter, Reaction};
use crate::ledger::{Call, Measure, majority};
use crate::post::{Room, Surface};

/// What a page asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Ask {
    /// Rooms by id; empty for all.
    pub rooms: Vec<String>,
    /// Surfaces by id; empty for all.
    pub surfaces: Vec<String>,
    /// First day, counted from 1970.
    pub from: Option<i32>,
    /// Last day.
    pub to: Option<i32>,
    /// Accounts that are one brand, whatever else is said.
    pub groups: Vec<Vec<Account>>,
    /// Whether other accounts of one brand are put together: see [`crate::brand::identity`]. Else each is a brand of its own.
    pub is_linked: bool,
    /// The user's word on which accounts are one brand's, as the settings keep it; one that cannot be read says nothing.
    pub words: Vec<String>,
    /// Days in one step of a trend; 7 unless told.
    pub step: Option<i32>,
    /// Numbers by name, as in [`names`], and `automation`; empty for all. Some cost a thousand times what others do.
    pub numbers: Vec<String>,
}

/// An account in a room.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Account {
    /// The room's id.
    pub room: String,
    /// The brand: see [`crate::brand::author_id`].
    pub brand: String,
}

impl Account {
    /// The account of a brand in a room.
    pub fn of((room, brand): &BrandId) -> Self {
        Self { room: room.id().into(), brand: brand.clone() }
    }
}

impl Ask {
    /// The filter.
    ///
    /// # Errors
    /// Names the room or surface that does not exist.
    pub fn filter(&self) -> Result<Filter, String> {
        let room = |id: &String| Room::from_id(id).ok_or_else(|| format!("no room `{id}`"));
        let surface = |id: &String| Surface::from_id(id).ok_or_else(|| format!("no surface `{id}`"));
        Ok(Filter {
            rooms: self.rooms.iter().map(room).collect::<Result<_, _>>()?,
            surfaces: self.surfaces.iter().map(surface).collect::<Result<_, _>>()?,
            from: self.from,
            to: self.to,
        })
    }

    /// Accounts by brand: the groups, then everybody else, linked or each alone.
    ///
    /// # Errors
    /// Names the room that does not exist.
    pub fn brands(&self, book: &Book) -> Result<Vec<Vec<BrandId>>, String> {
        let mut brands = self.groups.iter().map(|group| accounts(group)).collect::<Result<Vec<_>, _>>()?;
        let known: std::collections::BTreeSet<BrandId> = brands.iter().flatten().cloned().collect();
        let mut rest: Vec<&BrandId> = book.brands().filter(|account| !known.contains(*account)).collect();
        if !self.is_linked {
            brands.extend(rest.into_iter().map(|account| vec![account.clone()]));
            return Ok(brands);
        }
        let of = |account: &&BrandId| identity::Known {
            account: (*account).clone(),
            name: book.name(account).to_owned(),
            likelihood: Likelihood::Brand,
        };
        let words: Vec<_> = self.words.iter().filter_map(|word| identity::Word::read(word)).collect();
        let links = identity::Brands::of(&rest.iter().map(of).collect::<Vec<_>>(), &words);
        while let Some(first) = rest.first().copied() {
            let group = links.accounts(first);
            let (own, others) = rest.into_iter().partition(|account| *account == first || group.contains(account));
            brands.push(Vec::into_iter(own).cloned().collect());
            rest = others;
        }
        Ok(brands)
    }
}

/// Accounts as the book knows them.
///
/// # Errors
/// Names the room that does not exist.
pub fn accounts(group: &[Account]) -> Result<Vec<BrandId>, String> {
    let of = |account: &Account| {
        let room = Room::from_id(&account.room).ok_or_else(|| format!("no room `{}`", account.room))?;
        Ok((room, account.brand.clone()))
    };
    group.iter().map(of).collect()
}

/// A [`Measure`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Number {
    /// The number.
    pub value: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Its sample.
    pub n: u32,
    /// Whether the sample is large enough.
    pub is_enough: bool,
}

impl From<Measure> for Number {
    fn from(measure: Measure) -> Self {
        let Measure { value, low, high, n, is_enough } = measure;
        Self { value, low, high, n, is_enough }
    }
}

/// One brand of the compare table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// Its accounts.
    pub accounts: Vec<Account>,
    /// Its name as last seen.
    pub name: String,
    /// Rooms in which it was seen.
    pub rooms: Vec<&'static str>,
    /// Posts with a stance.
    pub posts: u32,
    /// Posts of which the judge or the user was sure.
    pub sure: u32,
    /// What the majority rule calls it: `broadcaster`, `conversationalist`, `open`.
    pub majority: &'static str,
    /// Its broadcast share.
    pub broadcast: Option<Number>,
    /// What the signs of a machine come to; none where that was not asked for, either.
    pub automation: Option<&'static str>,
    /// Every number that was asked for by its name, as in [`names`]; absent where there is none.
    pub numbers: BTreeMap<&'static str, Number>,
    /// Posts by intent, in the order of the taxonomy.
    pub intents: [u32; COUNT],
    /// First and last day with a post.
    pub days: Option<(i32, i32)>,
}

/// The compare table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    /// Brands with at least one post under the filter.
    pub brands: Vec<Line>,
    /// The mean of each number over the brands that have enough for it, and how many those are.
    pub averages: BTreeMap<&'static str, (f64, u32)>,
}

type Metric = (&'static str, fn(&Brand) -> Option<Measure>);

/// Every number of the table.
const METRICS: [Metric; 20] = [
    ("conversation", |brand| metrics::conversation_share(&brand.total)),
    ("exchange", |brand| metrics::exchange_share(&brand.total)),
    ("given", |brand| metrics::given_share(&brand.total)),
    ("ad", |brand| metrics::ad_share(&brand.total)),
    ("bait", |brand| metrics::bait_share(&brand.total)),
    ("reply", |brand| metrics::reply_share(&brand.total)),
    ("answered", |brand| metrics::questions_answered(&brand.total)),
    ("answerMinutes", |brand| metrics::answer_minutes(&brand.total)),
    ("people", metrics::people_per_100),
    ("cadence", metrics::cadence),
    ("clock", |brand| metrics::clock_share(&brand.total)),
    ("interval", metrics::interval_share),
    ("repeated", metrics::repeated_share),
    ("crossPosting", metrics::cross_posting),
    ("roomFit", metrics::mean_room_fit),
    ("likesConversation", |brand| metrics::reactions_per_post(brand, Stance::Conversation, Reaction::Likes)),
    ("likesBroadcast", |brand| metrics::reactions_per_post(brand, Stance::Broadcast, Reaction::Likes)),
    ("repliesConversation", |brand| metrics::reactions_per_post(brand, Stance::Conversation, Reaction::Replies)),
    ("repliesBroadcast", |brand| metrics::reactions_per_post(brand, Stance::Broadcast, Reaction::Replies)),
    ("sure", |brand| Measure::share(brand.total.sure, brand.total.tally.posts(), metrics::MIN_POSTS)),
];

/// Names of all numbers, in the order of the table.
pub fn names() -> impl Iterator<Item = &'static str> {
    METRICS.iter().map(|metric| metric.0)
}

/// The compare table of a book.
///
/// # Errors
/// Names the room or surface that does not exist.
pub fn compare(book: &Book, ask: &Ask) -> Result<Table, String> {
    let filter = ask.filter()?;
    let mut brands = Vec::new();
    for accounts in ask.brands(book)? {
        brands.extend(line_of(book, &accounts, &filter, &ask.numbers));
    }
    let mut averages = BTreeMap::new();
    for name in names() {
        let values: Vec<f64> = brands
            .iter()
            .filter_map(|brand| brand.numbers.get(name))
            .filter(|number| number.is_enough)
            .map(|number| number.value)
            .collect();
        if !values.is_empty() {
            averages.insert(name, (values.iter().sum::<f64>() / values.len() as f64, values.len() as u32));
        }
    }
    Ok(Table { brands, averages })
}

/// A brand's line; none when it has nothing under the filter. Costs by the brand's days and texts: see the metrics.
/// `numbers` as in [`Ask::numbers`].
pub fn line_of(book: &Book, accounts: &[BrandId], filter: &Filter, numbers: &[String]) -> Option<Line> {
    let brand = book.brand(accounts, filter);
    (brand.total.tally.posts() + brand.total.questions > 0).then(|| line(accounts, &brand, numbers))
}

fn line(accounts: &[BrandId], brand: &Brand, numbers: &[String]) -> Line {
    let call = majority(brand.total.tally);
    let is_wanted = |name: &str| numbers.is_empty() || numbers.iter().any(|wanted| wanted == name);
    let automation = is_wanted("automation").then(|| metrics::automation(brand)).and_then(|found| found.call);
    Line {
        accounts: accounts.iter().map(Account::of).collect(),
        name: brand.name.clone(),
        rooms: brand.rooms.iter().map(|room| room.id()).collect(),
        posts: brand.total.tally.posts(),
        sure: brand.total.sure,
        majority: match call.call {
            Call::Broadcaster => "broadcaster",
            Call::Conversationalist => "conversationalist",
            Call::Open => "open",
        },
        broadcast: Measure::share(brand.total.tally.broadcast, call.n, metrics::MIN_POSTS).map(Number::from),
        automation: automation.map(metrics::AutomationCall::id),
        numbers: METRICS
            .iter()
            .filter(|(name, _)| is_wanted(name))
            .filter_map(|(name, metric)| Some((*name, metric(brand)?.into())))
            .collect(),
        intents: brand.total.intents,
        days: brand.days.first().zip(brand.days.last()).map(|(first, last)| (first.day, last.day)),
    }
}

/// One step of a trend.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Its first day, counted from 1970.
    pub day: i32,
    /// Posts with a stance.
    pub posts: u32,
    /// Conversation share.
    pub conversation: Option<Number>,
    /// Exchange share.
    pub exchange: Option<Number>,
    /// Ad share.
    pub ad: Option<Number>,
    /// Posts by intent, in the order of the taxonomy.
    pub intents: [u32; COUNT],
}

/// A brand over time, in steps of as many days; a step without posts is absent. Weeks begin on Monday.
///
/// # Errors
/// Names the room or surface that does not exist.
pub fn trend(book: &Book, group: &[Account], ask: &Ask) -> Result<Vec<Step>, String> {
    /// 1970-01-01 was a Thursday.
    const MONDAY: i32 = 3;
    let brand = book.brand(&accounts(group)?, &ask.filter()?);
    let days = ask.step.unwrap_or(7).max(1);
    let mut steps: BTreeMap<i32, crate::ledger::Aggregate> = BTreeMap::new();
    for day in &brand.days {
        let from = (day.day + MONDAY).div_euclid(days) * days - MONDAY;
        steps.entry(from).or_default().plus(&day.sums);
    }
    let step = |(day, sums): (i32, crate::ledger::Aggregate)| Step {
        day,
        posts: sums.tally.posts(),
        conversation: metrics::conversation_share(&sums).map(Number::from),
        exchange: metrics::exchange_share(&sums).map(Number::from),
        ad: metrics::ad_share(&sums).map(Number::from),
        intents: sums.intents,
    };
    Ok(steps.into_iter().map(step).collect())
}
