//! Owns a small table from hashes to numbers, made once and read very often; never knows what either stands for.

/// Bits of a key that a slot holds.
const TAG_BITS: u32 = 16;

/// Open addressing with linear steps, four bytes a slot: the value plus one above, the low half of the key below.
/// `SLOTS` is a power of two, so that a mask is the bounds check; few slots lie in fewer lines of the processor's cache.
///
/// An entry is known by the lowest 16 bits of its key and by where it stands; a key wider than that would have to be
/// displaced at least 64 slots to be taken for another, farther than walks go but for a few in a million at [`Table::MOST`].
#[derive(Clone, Debug)]
pub struct Table<const SLOTS: usize> {
    slots: Box<[u32; SLOTS]>,
    shift: u32,
}

impl<const SLOTS: usize> Table<SLOTS> {
    const HOME_BITS: u32 = SLOTS.trailing_zeros();

    /// Widest key: two of one tag then have homes at least 64 slots apart.
    pub const WIDEST_KEY_BITS: u32 = Self::HOME_BITS + TAG_BITS - 6;

    /// Most entries: from three quarters on, walks to a free slot get long.
    pub const MOST: usize = SLOTS / 4 * 3;

    /// An empty table for keys that are the highest `bits` of a hash (16..=[`Table::WIDEST_KEY_BITS`]).
    pub fn new(bits: u32) -> Self {
        let slots = vec![0; SLOTS].into_boxed_slice();
        // The length is the array's: the conversion cannot fail.
        let slots = slots.try_into().unwrap_or_else(|_| Box::new([0; SLOTS]));
        Self { slots, shift: 32 - bits.clamp(TAG_BITS, Self::WIDEST_KEY_BITS) }
    }

    /// The key of a hash.
    pub const fn key(&self, hash: u32) -> u32 {
        hash >> self.shift
    }

    /// Adds an entry by its key, with a value below 65,535; of two entries with one key the first is found.
    ///
    /// The caller adds at most [`Table::MOST`].
    pub fn add(&mut self, key: u32, value: u32) {
        let mut at = (key << self.shift >> (32 - Self::HOME_BITS)) as usize;
        while self.slots[at & (SLOTS - 1)] != 0 {
            at += 1;
        }
        self.slots[at & (SLOTS - 1)] = (value + 1) << 16 | key & 0xffff;
    }

    /// The value of a hash; none for one that was not added.
    #[inline(always)]
    pub fn get(&self, hash: u32) -> Option<u32> {
        let tag = (hash >> self.shift) & 0xffff;
        let mut at = (hash >> (32 - Self::HOME_BITS)) as usize;
        loop {
            let slot = self.slots[at & (SLOTS - 1)];
            if slot == 0 {
                return None;
            }
            if slot & 0xffff == tag {
                return Some((slot >> 16) - 1);
            }
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::finish;

    #[track_caller]
    fn check<const SLOTS: usize>(bits: u32, count: usize) {
        let mut table = Table::<SLOTS>::new(bits);
        let count = count as u32;
        let mut keys: Vec<u32> = (0..count).map(|at| table.key(finish(at))).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.iter().enumerate().for_each(|(at, key)| table.add(*key, at as u32));
        for at in 0..count {
            let place = keys.binary_search(&table.key(finish(at))).unwrap_or(usize::MAX);
            assert_eq!(table.get(finish(at)), Some(place as u32));
        }
        let wrong = (0..100_000).filter(|at| {
            let hash = finish(at ^ 0x5555_5555);
            table.get(hash).is_some() != keys.binary_search(&table.key(hash)).is_ok()
        });
        assert_eq!(wrong.count(), 0);
    }

    #[test]
    fn every_key_is_found_and_no_other() {
        check::<0x1_0000>(16, 1_000);
        check::<0x1_0000>(23, 30_000);
        check::<0x1_0000>(25, 7_000);
        check::<0x1_0000>(25, Table::<0x1_0000>::MOST);
        check::<0x8000>(25, 7_000);
        check::<0x8000>(25, Table::<0x8000>::MOST);
    }
}
