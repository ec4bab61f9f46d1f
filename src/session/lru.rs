//! Owns a map of bounded size that forgets what was used longest ago; never holds more than it was told.

use std::collections::BTreeMap;

/// A map of at most `capacity` entries.
#[derive(Debug)]
pub(super) struct Lru<K, V> {
    entries: BTreeMap<K, (u64, V)>,
    ages: BTreeMap<u64, K>,
    clock: u64,
    capacity: usize,
}

impl<K: Ord + Clone, V> Lru<K, V> {
    /// An empty map; `capacity` of 0 counts as 1.
    pub(super) fn new(capacity: usize) -> Self {
        Self { entries: BTreeMap::new(), ages: BTreeMap::new(), clock: 0, capacity: capacity.max(1) }
    }

    /// The value, which counts as used now.
    pub(super) fn get(&mut self, key: &K) -> Option<&mut V> {
        let (age, value) = self.entries.get_mut(key)?;
        if let Some(owned) = self.ages.remove(age) {
            self.clock += 1;
            *age = self.clock;
            self.ages.insert(self.clock, owned);
        }
        Some(value)
    }

    /// The value, without counting as used.
    pub(super) fn peek(&self, key: &K) -> Option<&V> {
        self.entries.get(key).map(|(_, value)| value)
    }

    /// Whether the key is held, without counting as used.
    pub(super) fn contains(&self, key: &K) -> bool {
        self.entries.contains_key(key)
    }

    /// Puts a value in the place of a former one; may forget the entry used longest ago.
    pub(super) fn insert(&mut self, key: K, value: V) {
        self.clock += 1;
        if let Some((age, _)) = self.entries.insert(key.clone(), (self.clock, value)) {
            self.ages.remove(&age);
        }
        self.ages.insert(self.clock, key);
        if self.entries.len() > self.capacity
            && let Some((_, oldest)) = self.ages.pop_first()
        {
            self.entries.remove(&oldest);
        }
    }

    /// Forgets the key.
    pub(super) fn remove(&mut self, key: &K) {
        if let Some((age, _)) = self.entries.remove(key) {
            self.ages.remove(&age);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forgets_what_was_used_longest_ago() {
        let mut map = Lru::new(2);
        map.insert("a", 1);
        map.insert("b", 2);
        assert_eq!(map.get(&"a").copied(), Some(1));
        map.insert("c", 3);
        assert!(map.contains(&"a") && map.contains(&"c") && !map.contains(&"b"));
        map.insert("a", 4);
        map.remove(&"c");
        assert_eq!((map.peek(&"a"), map.peek(&"c"), map.entries.len(), map.ages.len()), (Some(&4), None, 1, 1));
    }
}
