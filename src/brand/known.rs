//! Owns the shipped list of handles known to be brands'; never holds a name in clear.
//!
//! `known.bin` is written by `cargo xtask brands`: 1,024 counts (u8) by the ten highest bits of a 32-bit hash, then the next 16
//! bits of each hash, big endian, sorted: 8,030 bytes for 3,503 entries. With so many, a look-up takes a stranger's handle for
//! one of them once in 19,000.
//! It covers 2,443 handles of accounts that posted as brands or bought adverts (nearly all on X), and 1,060 brands that have their name as a handle everywhere (consumer goods, fashion, cars, air lines, banks,
//! software, media, clubs; Europe, the Americas, Japan, Korea, India).

/// The list.
pub(super) const SHIPPED: &[u8] = include_bytes!("known.bin");
/// Counts at the beginning.
const BUCKETS: usize = 1 << 10;
/// Bytes of an entry.
const ENTRY: usize = 2;

/// Stands for any room: names so well known that nobody else has them as a handle.
pub(super) const ANYWHERE: &str = "";

/// Whether a list has this folded handle for this room.
pub(super) fn has(list: &[u8], room: &str, handle: &str) -> bool {
    let hash = hash(room, handle);
    let Some((counts, entries)) = list.split_at_checked(BUCKETS) else { return false };
    let Some((before, [count, ..])) = counts.split_at_checked((hash >> 22) as usize) else { return false };
    let start = before.iter().map(|&count| usize::from(count)).sum::<usize>() * ENTRY;
    let entries = entries.get(start..start + usize::from(*count) * ENTRY).unwrap_or_default();
    entries.chunks_exact(ENTRY).any(|entry| *entry == low(hash))
}

/// What an entry holds of a hash.
fn low(hash: u32) -> [u8; ENTRY] {
    let [_, high, middle, _] = (hash << 2).to_be_bytes();
    [high, middle]
}

/// 64-bit FNV-1a of room, a separator and handle, folded to 32 bits.
pub(super) fn hash(room: &str, handle: &str) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for &byte in room.as_bytes().iter().chain(b":").chain(handle.as_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    #[allow(clippy::cast_possible_truncation)] // folding is meant to
    let folded = (hash ^ (hash >> 32)) as u32;
    folded
}

/// Writes a list from hashes, in the form that [`SHIPPED`] has.
pub(super) fn write(mut hashes: Vec<u32>) -> Vec<u8> {
    hashes.sort_unstable();
    hashes.dedup_by_key(|hash| *hash >> 6);
    let mut list = vec![0; BUCKETS];
    for hash in &hashes {
        if let Some(count) = list.get_mut((hash >> 22) as usize) {
            *count = u8::saturating_add(*count, 1);
        }
    }
    for hash in hashes {
        list.extend(low(hash));
    }
    list
}
