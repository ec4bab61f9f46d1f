//! Owns the question which accounts are one brand's, across rooms; never links a person's.
//!
//! A link that is made by itself is conservative: the two display names are the same but for legal form and *official*, the
//! handles begin alike, and neither name nor handle is too short or too general to tell brands apart.
//! Accounts for different regions stay apart, because their posts are compared apart; of two accounts in one room that could
//! each be meant, neither is linked.
//! The user's word goes before: two accounts joined are one brand, two parted never are.

use super::words::{HANDLE, LEGAL, REGION, fold};
use super::{Likelihood, evidence, given, normal_handle};
use crate::post::Room;

/// An account: the network, and the handle as in [`crate::post::Author::handle`].
pub type Account = (Room, String);

/// The user's word on two accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// One account.
    pub one: Account,
    /// The other.
    pub other: Account,
    /// Whether they are one brand's.
    pub same: bool,
}

impl Word {
    /// Reads `x:acme=linkedin:company/acme` (the same brand) or `x:acme!instagram:acme` (not); none for anything else.
    ///
    /// ```
    /// use kibitz::brand::identity::Word;
    ///
    /// let text = "x:acme!linkedin:company/acme";
    /// assert_eq!(Word::read(text).map(|word| word.to_string()).as_deref(), Some(text));
    /// assert_eq!(Word::read("x:acme"), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let account = |text: &str| {
            let (room, handle) = text.split_once(':')?;
            Some((Room::from_id(room)?, normal_handle(handle))).filter(|account| !account.1.is_empty())
        };
        // No room and no handle holds either sign.
        let at = text.find(['=', '!'])?;
        let (one, rest) = text.split_at(at);
        Some(Self { one: account(one)?, other: account(rest.get(1..)?)?, same: rest.starts_with('=') })
    }
}

impl std::fmt::Display for Word {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.same { '=' } else { '!' };
        let [one, other] = [&self.one, &self.other].map(|account| normal_handle(&account.1));
        write!(out, "{}:{one}{sign}{}:{other}", self.one.0.id(), self.other.0.id())
    }
}

/// What is known of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Room and handle.
    pub account: Account,
    /// Display name.
    pub name: String,
    /// What [`super::likelihood`] says of it; only [`Likelihood::Brand`] is ever linked by itself.
    pub likelihood: Likelihood,
}

/// Letters and digits that name and handle must have in common.
const LEAST_LETTERS: usize = 4;

/// Words that are no name of a brand by themselves.
const GENERAL: [&str; 20] = [
    "bank",
    "museum",
    "news",
    "radio",
    "police",
    "polizei",
    "city",
    "university",
    "school",
    "library",
    "shop",
    "store",
    "hotel",
    "official",
    "support",
    "team",
    "the",
    "info",
    "media",
    "company",
];

/// Whether two accounts in different rooms are one brand's, by what they are called.
///
/// ```
/// use kibitz::brand::Likelihood::Brand;
/// use kibitz::brand::identity::{Known, is_same};
/// use kibitz::post::Room;
///
/// let known = |room, handle: &str, name: &str| Known { account: (room, handle.into()), name: name.into(), likelihood: Brand };
/// let one = known(Room::X, "LostSocks", "Lost Socks");
/// assert!(is_same(&one, &known(Room::Linkedin, "/company/lost-socks", "Lost Socks Inc.")));
/// assert!(!is_same(&one, &known(Room::Linkedin, "/company/lost-and-found", "Lost & Found")));
/// ```
pub fn is_same(one: &Known, other: &Known) -> bool {
    let are_brands = (one.likelihood, other.likelihood) == (Likelihood::Brand, Likelihood::Brand);
    if !are_brands || one.account.0 == other.account.0 {
        return false;
    }
    let (name, handles) = (core_name(&one.name), [core_handle(&one.account), core_handle(&other.account)]);
    let [first, second] = handles.each_ref().map(String::as_str);
    let is_telling =
        |text: &str| text.chars().count() >= LEAST_LETTERS && !GENERAL.contains(&text) && !given::is_given(text);
    // One handle may name a desk after the name ("acme", "acmehq"), no other thing ("acmeuk", "acmeband").
    let rest = first.strip_prefix(second).or_else(|| second.strip_prefix(first));
    let agree = rest.is_some_and(|rest| rest.is_empty() || rest == "official" || HANDLE.has(rest));
    is_telling(&name)
        && name == core_name(&other.name)
        && is_telling(first)
        && is_telling(second)
        && agree
        && handles.iter().all(|handle| name.starts_with(handle.as_str()) || handle.starts_with(&name))
        && region(&one.account.1) == region(&other.account.1)
}

/// A name without legal form, *official* and everything that is no letter or digit.
fn core_name(name: &str) -> String {
    let folded = fold(name);
    let mut words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|word| !word.is_empty()).collect();
    let is_dropped = |word: &str| {
        let bare = word.replace('.', "");
        LEGAL.has(&bare)
            || ["official", "officiel", "oficial", "ufficiale", "offiziell", "the"].contains(&bare.as_str())
    };
    while words.len() > 1 && words.last().is_some_and(|word| is_dropped(word)) {
        words.pop();
    }
    if words.len() > 1 && words.first().is_some_and(|word| is_dropped(word)) {
        words.remove(0);
    }
    let name = words.concat();
    ["公式", "官方", "공식"].iter().fold(name.replace('.', ""), |name, sign| name.replace(sign, ""))
}

/// The last part of a path or handle, without region, desk and signs.
fn core_handle(account: &Account) -> String {
    evidence::core(last_part(&account.1))
}

fn last_part(handle: &str) -> &str {
    handle.trim_matches('/').rsplit('/').next().unwrap_or_default()
}

/// The region with which a handle ends; empty for none.
fn region(handle: &str) -> String {
    let mut parts = evidence::segments(last_part(handle));
    parts.pop().filter(|last| !parts.is_empty() && REGION.has(last) && !HANDLE.has(last)).unwrap_or_default()
}

/// Which account belongs to which brand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brands {
    /// Sorted by account; the number of the group's first account.
    groups: Vec<(Account, usize)>,
}

impl Brands {
    /// Groups accounts; the same for the same accounts and words in any order. Quadratic in the accounts of one name.
    ///
    /// The user's joins come first, then the links made by themselves, in the order of the accounts; what would bring two
    /// parted accounts together is left out, of two contradicting words on the same pair the later one holds.
    pub fn of(known: &[Known], words: &[Word]) -> Self {
        let normal = |account: &Account| (account.0, normal_handle(&account.1));
        let mut accounts: Vec<Account> = known.iter().map(|known| normal(&known.account)).collect();
        accounts.extend(words.iter().flat_map(|word| [normal(&word.one), normal(&word.other)]));
        accounts.sort_unstable();
        accounts.dedup();
        let at = |account: &Account| accounts.binary_search(&normal(account)).unwrap_or(0);
        let pair = |one: usize, other: usize| (one.min(other), one.max(other));
        let mut said: Vec<((usize, usize), bool)> = Vec::new();
        for word in words {
            let of = pair(at(&word.one), at(&word.other));
            said.retain(|row| row.0 != of);
            said.push((of, word.same));
        }
        said.sort_unstable();
        let parted: Vec<(usize, usize)> = said.iter().filter(|row| !row.1).map(|row| row.0).collect();
        let joined = said.iter().filter(|row| row.1).map(|row| row.0);

        let mut named: Vec<(String, usize, &Known)> = known
            .iter()
            .filter(|known| known.likelihood == Likelihood::Brand)
            .map(|known| (core_name(&known.name), at(&known.account), known))
            .collect();
        named.sort_unstable_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        named.dedup_by_key(|row| row.1);
        let mut linked: Vec<(usize, usize)> = Vec::new();
        for names in named.chunk_by(|one, other| one.0 == other.0) {
            let only = |known: &Known, room: Room| {
                let mut meant = names.iter().filter(|row| row.2.account.0 == room && is_same(known, row.2));
                meant.next().filter(|_| meant.next().is_none())
            };
            for (nth, (_, at, known)) in names.iter().enumerate() {
                linked.extend(names.iter().skip(nth + 1).filter_map(|(_, other_at, other)| {
                    let is_only = only(known, other.account.0).is_some_and(|row| row.1 == *other_at)
                        && only(other, known.account.0).is_some_and(|row| row.1 == *at);
                    is_only.then(|| pair(*at, *other_at))
                }));
            }
        }

        let mut groups: Vec<usize> = (0..accounts.len()).collect();
        for (one, other) in joined.chain(linked) {
            let (to, from) = pair(groups.get(one).copied().unwrap_or(one), groups.get(other).copied().unwrap_or(other));
            let group = |at: usize| groups.get(at).copied();
            let is_parted = parted.iter().any(|&(one, other)| {
                let of = [group(one), group(other)];
                of == [Some(to), Some(from)] || of == [Some(from), Some(to)]
            });
            if !is_parted {
                groups.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
            }
        }
        Self { groups: accounts.into_iter().zip(groups).collect() }
    }

    /// What the account's brand is known by: the first of its accounts, as `room:handle`; the account itself where nothing is
    /// known of it.
    pub fn id(&self, account: &Account) -> String {
        let account = (account.0, normal_handle(&account.1));
        let found = self.groups.binary_search_by(|row| row.0.cmp(&account)).ok();
        let first = found.and_then(|at| self.groups.get(self.groups.get(at)?.1)).map_or(&account, |row| &row.0);
        [first.0.id(), ":", &first.1].concat()
    }

    /// The accounts of the same brand, in order, this one among them; none where nothing is known of it.
    pub fn accounts(&self, account: &Account) -> Vec<Account> {
        let account = (account.0, normal_handle(&account.1));
        let group = self.groups.iter().find(|row| row.0 == account).map(|row| row.1);
        self.groups.iter().filter(|row| Some(row.1) == group).map(|row| row.0.clone()).collect()
    }
}
