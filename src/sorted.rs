//! Owns the core's map and set: sorted vectors, searched by halves; never holds more than a page's worth.
//!
//! Instead of the standard library's trees, whose code for each pair of types was a quarter of the module (171 KB of 650 KB).
//! Looking up costs O(log n); putting in or taking out costs a move of all that lies behind, which is microseconds for the few
//! thousand posts of a page, and nothing for keys that grow, as slots do. Iteration is in key order, so that no order of hashes
//! can reach a verdict.

use std::borrow::Borrow;
use std::collections::BinaryHeap;

/// A map in key order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<K, V>(Vec<(K, V)>);

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K, V> Map<K, V> {
    /// An empty map.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets every entry.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Entries in key order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// The least key.
    pub fn first_key(&self) -> Option<&K> {
        self.0.first().map(|(key, _)| key)
    }

    /// Keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, _)| key)
    }

    /// Values in the order of their keys.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &V> + ExactSizeIterator + Clone {
        self.0.iter().map(|(_, value)| value)
    }

    /// Values in the order of their keys, to be changed.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut V> + ExactSizeIterator {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// Keeps the entries for which `keep` holds.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.0.retain_mut(|(key, value)| keep(key, value));
    }
}

impl<K: Ord, V> Map<K, V> {
    /// Where the key is, or where it would be put.
    fn search<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(other, _)| other.borrow().cmp(key))
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.search(key).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.search(key).ok().and_then(|at| self.0.get_mut(at)).map(|(_, value)| value)
    }

    /// Whether the key has a value.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.search(key).is_ok()
    }

    /// Puts a value in; the former one is returned.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.search(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (key, value));
                None
            }
        }
    }

    /// The value of a key, made and put in if there was none.
    pub fn get_or_insert_with(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        let made = self.get_or_try_insert_with(key, || Ok::<_, std::convert::Infallible>(make()));
        made.unwrap_or_else(|never| match never {})
    }

    /// The value of a key, made and put in if there was none.
    ///
    /// # Errors
    /// What `make` fails with; then nothing is put in.
    pub fn get_or_try_insert_with<E>(&mut self, key: K, make: impl FnOnce() -> Result<V, E>) -> Result<&mut V, E> {
        let at = match self.search(&key) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (key, make()?));
                at
            }
        };
        Ok(&mut self.0[at].1)
    }

    /// Takes a value out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.search(key).ok().map(|at| self.0.remove(at).1)
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        map.extend(entries);
        map
    }
}

impl<K, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A set in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set<T>(Vec<T>);

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Set<T> {
    /// An empty set.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Number of members.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets every member.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Takes the least member out; all others move.
    pub fn pop_first(&mut self) -> Option<T> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Members in order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// Keeps the members for which `keep` holds.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        self.0.retain(keep);
    }
}

impl<T: Ord> Set<T> {
    /// Whether this is a member.
    pub fn contains<Q: Ord + ?Sized>(&self, member: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.binary_search_by(|other| other.borrow().cmp(member)).is_ok()
    }

    /// Puts a member in; whether it was none before.
    pub fn insert(&mut self, member: T) -> bool {
        let Err(at) = self.0.binary_search(&member) else { return false };
        self.0.insert(at, member);
        true
    }

    /// Takes a member out; whether it was one.
    pub fn remove<Q: Ord + ?Sized>(&mut self, member: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        let Ok(at) = self.0.binary_search_by(|other| other.borrow().cmp(member)) else { return false };
        self.0.remove(at);
        true
    }
}

impl<T: Ord> Extend<T> for Set<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, members: I) {
        for member in members {
            self.insert(member);
        }
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let mut set = Self::new();
        set.extend(members);
        set
    }
}

impl<T> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Set<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// Puts items in the order of their ranks; those of equal rank stay as they stood. One sort serves items of all types: the
/// standard library's is 8 to 13 KB of code for each.
pub fn sort_by_rank<T>(items: &mut Vec<T>, rank: impl Fn(&T) -> [u32; 3]) {
    let ranks = items.iter().zip(0..).map(|(item, at)| (rank(item), at)).collect();
    let mut held: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(in_order(ranks).into_iter().filter_map(|(_, at)| held.get_mut(at as usize)?.take()));
}

#[inline(never)]
fn in_order(ranks: Vec<([u32; 3], u32)>) -> Vec<([u32; 3], u32)> {
    BinaryHeap::from(ranks).into_sorted_vec()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_map_does_what_the_tree_does(steps in prop::collection::vec((0u8..5, 0u8..16, any::<u8>()), 0..80)) {
            let (mut ours, mut tree) = (Map::new(), BTreeMap::new());
            for (kind, key, value) in steps {
                match kind {
                    0 | 1 => prop_assert_eq!(ours.insert(key, value), tree.insert(key, value)),
                    2 => prop_assert_eq!(ours.remove(&key), tree.remove(&key)),
                    3 => {
                        let theirs = tree.entry(key).or_insert(value);
                        prop_assert_eq!(ours.get_or_insert_with(key, || value), theirs);
                    }
                    _ => {
                        ours.retain(|other, _| *other != key);
                        tree.retain(|other, _| *other != key);
                    }
                }
                prop_assert_eq!((ours.get(&key), ours.contains_key(&key)), (tree.get(&key), tree.contains_key(&key)));
                prop_assert_eq!(ours.get_mut(&key).map(|value| *value), tree.get_mut(&key).map(|value| *value));
                prop_assert_eq!((ours.len(), ours.is_empty()), (tree.len(), tree.is_empty()));
                prop_assert_eq!(ours.first_key(), tree.keys().next());
                prop_assert!(ours.iter().eq(&tree) && ours.keys().eq(tree.keys()) && ours.values().eq(tree.values()));
            }
            let collected: Map<_, _> = tree.clone().into_iter().rev().collect();
            prop_assert_eq!(&collected, &ours);
            prop_assert!(ours.into_iter().eq(tree));
        }

        #[test]
        fn ranks_order_as_a_stable_sort_does(mut items in prop::collection::vec((0u32..9, any::<u16>()), 0..60)) {
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by_rank(&mut items, |item| [1, item.0, 2]);
            prop_assert_eq!(items, expected);
        }

        #[test]
        fn a_set_does_what_the_tree_does(steps in prop::collection::vec((0u8..5, 0u8..16), 0..80)) {
            let (mut ours, mut tree) = (Set::new(), BTreeSet::new());
            for (kind, member) in steps {
                match kind {
                    0 | 1 => prop_assert_eq!(ours.insert(member), tree.insert(member)),
                    2 => prop_assert_eq!(ours.remove(&member), tree.remove(&member)),
                    3 => prop_assert_eq!(ours.pop_first(), tree.pop_first()),
                    _ => {
                        ours.retain(|other| *other != member);
                        tree.retain(|other| *other != member);
                    }
                }
                prop_assert_eq!((ours.contains(&member), ours.len()), (tree.contains(&member), tree.len()));
                prop_assert!(ours.iter().eq(&tree));
            }
            let collected: Set<_> = tree.iter().rev().copied().collect();
            prop_assert_eq!(&collected, &ours);
            prop_assert!(ours.into_iter().eq(tree));
        }
    }
}
