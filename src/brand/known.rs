//! Owns the shipped list of handles known to be brands'; never holds a name in clear.
//!
//! `known.bin` is written by `cargo xtask brands`: 256 + 1 offsets (u16, little endian) by the highest byte of a 32-bit hash,
//! then the three lower bytes of each hash, big endian, sorted. With 2,500 handles a stranger's handle is taken for one of them
//! once in 1.7 million.

/// The list.
const LIST: &[u8] = include_bytes!("known.bin");
/// Bytes of the offsets.
const OFFSETS: usize = 257 * 2;
/// Bytes of an entry.
const ENTRY: usize = 3;

/// Whether the list has this folded handle for this room.
pub(super) fn is_known(room: &str, handle: &str) -> bool {
    let hash = hash(room, handle);
    let [bucket, low @ ..] = hash.to_be_bytes();
    let offset = |at: usize| {
        let bytes = LIST.get(at * 2..at * 2 + 2).and_then(|bytes| <[u8; 2]>::try_from(bytes).ok()).unwrap_or_default();
        OFFSETS + usize::from(u16::from_le_bytes(bytes)) * ENTRY
    };
    let entries = LIST.get(offset(bucket.into())..offset(usize::from(bucket) + 1)).unwrap_or_default();
    entries.chunks_exact(ENTRY).any(|entry| entry == low)
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

/// Writes a list from hashes, in the form that [`LIST`] has.
pub(super) fn write(mut hashes: Vec<u32>) -> Vec<u8> {
    hashes.sort_unstable();
    hashes.dedup();
    let mut list = Vec::with_capacity(OFFSETS + hashes.len() * ENTRY);
    for bucket in 0..=256u64 {
        let before = hashes.partition_point(|&hash| u64::from(hash) < bucket << 24);
        list.extend(u16::try_from(before).unwrap_or(u16::MAX).to_le_bytes());
    }
    for hash in hashes {
        let [_, low @ ..] = hash.to_be_bytes();
        list.extend(low);
    }
    list
}
