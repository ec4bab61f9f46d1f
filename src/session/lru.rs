//! Owns a map of bounded size that forgets what was used longest ago; never holds more than it was told.

use std::hash::{Hash, Hasher};

/// No place.
const NONE: u32 = u32::MAX;

/// A map of at most `capacity` entries.
///
/// Entries stay where they were put; what moves when one comes or goes is eight bytes for each in `order`.
#[derive(Debug)]
pub(super) struct Lru<K, V> {
    entries: Vec<Option<(K, V)>>,
    /// Fingerprints of keys and their places in `entries`, in the order of fingerprint, then key: a search compares numbers, and
    /// long keys once.
    order: Vec<(u32, u32)>,
    ages: Ages,
    capacity: usize,
}

impl<K: Ord + Hash + Clone, V> Lru<K, V> {
    /// An empty map; `capacity` of 0 counts as 1.
    pub(super) fn new(capacity: usize) -> Self {
        Self { entries: Vec::new(), order: Vec::new(), ages: Ages::new(), capacity: capacity.max(1) }
    }

    fn entry(&self, place: u32) -> Option<&(K, V)> {
        self.entries.get(place as usize)?.as_ref()
    }

    /// The key's fingerprint, and where in `order` it is or would be.
    fn search(&self, key: &K) -> (u32, Result<usize, usize>) {
        let print = fingerprint(key);
        let place = self.order.binary_search_by(|&(other, place)| {
            other.cmp(&print).then_with(|| self.entry(place).map(|(other, _)| other).cmp(&Some(key)))
        });
        (print, place)
    }

    fn find(&self, key: &K) -> Option<u32> {
        self.search(key).1.ok().and_then(|at| self.order.get(at)).map(|&(_, place)| place)
    }

    /// The value, which counts as used now.
    pub(super) fn get(&mut self, key: &K) -> Option<&mut V> {
        let place = self.find(key)?;
        self.ages.take(place);
        self.ages.put_newest(place);
        self.entries.get_mut(place as usize)?.as_mut().map(|(_, value)| value)
    }

    /// The value, without counting as used.
    pub(super) fn peek(&self, key: &K) -> Option<&V> {
        self.entry(self.find(key)?).map(|(_, value)| value)
    }

    /// Whether the key is held, without counting as used.
    pub(super) fn contains(&self, key: &K) -> bool {
        self.find(key).is_some()
    }

    /// Puts a value in the place of a former one; may forget the entry used longest ago.
    pub(super) fn insert(&mut self, key: K, value: V) {
        if let Some(held) = self.get(&key) {
            *held = value;
            return;
        }
        if self.order.len() >= self.capacity
            && let Some((oldest, _)) = self.entry(self.ages.oldest)
        {
            self.remove(&oldest.clone());
        }
        let place = self.ages.free();
        if self.entries.len() <= place as usize {
            self.entries.resize_with(place as usize + 1, || None);
        }
        let (print, at) = self.search(&key);
        self.order.insert(at.unwrap_or_else(|at| at), (print, place));
        self.ages.put_newest(place);
        self.entries[place as usize] = Some((key, value));
    }

    /// Forgets the key.
    pub(super) fn remove(&mut self, key: &K) {
        if let Ok(at) = self.search(key).1 {
            let (_, place) = self.order.remove(at);
            self.ages.take(place);
            self.ages.spare.push(place);
            self.entries[place as usize] = None;
        }
    }
}

/// FNV-1a of a key's bytes.
fn fingerprint(key: &impl Hash) -> u32 {
    struct Fnv(u32);
    impl Hasher for Fnv {
        fn write(&mut self, bytes: &[u8]) {
            for &byte in bytes {
                self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        }

        fn finish(&self) -> u64 {
            self.0.into()
        }
    }
    let mut hasher = Fnv(0x811c_9dc5);
    key.hash(&mut hasher);
    hasher.0
}

/// Places from the oldest use to the newest, each linked with its neighbours.
#[derive(Debug)]
struct Ages {
    /// Of each place: the next older, the next newer.
    links: Vec<(u32, u32)>,
    oldest: u32,
    newest: u32,
    /// Places given back.
    spare: Vec<u32>,
}

impl Ages {
    const fn new() -> Self {
        Self { links: Vec::new(), oldest: NONE, newest: NONE, spare: Vec::new() }
    }

    /// A place that is in no use; it is not linked yet.
    fn free(&mut self) -> u32 {
        self.spare.pop().unwrap_or_else(|| {
            self.links.push((NONE, NONE));
            self.links.len() as u32 - 1 // a capacity is far below u32::MAX
        })
    }

    fn take(&mut self, place: u32) {
        let (older, newer) = self.links[place as usize];
        match self.links.get_mut(older as usize) {
            Some(link) => link.1 = newer,
            None => self.oldest = newer,
        }
        match self.links.get_mut(newer as usize) {
            Some(link) => link.0 = older,
            None => self.newest = older,
        }
    }

    fn put_newest(&mut self, place: u32) {
        self.links[place as usize] = (self.newest, NONE);
        match self.links.get_mut(self.newest as usize) {
            Some(link) => link.1 = place,
            None => self.oldest = place,
        }
        self.newest = place;
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

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
        assert_eq!((map.peek(&"a"), map.peek(&"c"), map.order.len(), map.entries.len()), (Some(&4), None, 1, 2));
    }

    proptest! {
        #[test]
        fn holds_what_a_plain_list_would(steps in prop::collection::vec((0u8..4, 0u8..8, any::<u8>()), 0..120)) {
            const CAPACITY: usize = 4;
            let mut map = Lru::new(CAPACITY);
            let mut list: Vec<(u8, u8)> = Vec::new(); // oldest use first
            for (kind, key, value) in steps {
                let held = list.iter().position(|entry| entry.0 == key);
                match kind {
                    0 | 1 => {
                        map.insert(key, value);
                        held.map(|at| list.remove(at));
                        list.push((key, value));
                        list.drain(..list.len().saturating_sub(CAPACITY));
                    }
                    2 => {
                        let got = map.get(&key).copied();
                        prop_assert_eq!(got, held.map(|at| list[at].1));
                        if let Some(at) = held {
                            let entry = list.remove(at);
                            list.push(entry);
                        }
                    }
                    _ => {
                        map.remove(&key);
                        held.map(|at| list.remove(at));
                    }
                }
                for key in 0..8 {
                    let value = list.iter().find(|entry| entry.0 == key).map(|entry| &entry.1);
                    prop_assert_eq!((map.peek(&key), map.contains(&key)), (value, value.is_some()));
                }
                prop_assert!(map.entries.len() <= CAPACITY);
            }
        }
    }
}
