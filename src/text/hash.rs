//! Owns the 32-bit hash by which features are known; never stores a string.
//!
//! 32 bits, because the JavaScript twin multiplies those natively and 64 bits slowly.

/// Start value of a hash: the offset basis of 32-bit FNV-1a (Fowler, Noll, Vo).
pub const SEED: u32 = 0x811c_9dc5;

/// Adds one code point (or one number) to a hash.
#[inline(always)]
pub const fn push(hash: u32, value: u32) -> u32 {
    (hash ^ value).wrapping_mul(0x0100_0193).rotate_left(5)
}

/// The hash of a sequence from the hash of its head and of its next part; order matters.
#[inline(always)]
pub const fn join(head: u32, next: u32) -> u32 {
    (head.rotate_left(13) ^ next).wrapping_mul(0x9e37_79b1)
}

/// Spreads a hash over all its bits (the finaliser of MurmurHash3, Appleby): for table addressing.
#[inline(always)]
pub const fn finish(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

/// The hash of a fixed name: for features that are no words.
pub const fn name(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let mut hash = SEED ^ 0x5bd1_e995;
    let mut at = 0;
    while at < bytes.len() {
        hash = push(hash, bytes[at] as u32);
        at += 1;
    }
    hash
}

/// The hash of a word already in normal form, as the tokens carry it.
pub fn word(folded: impl IntoIterator<Item = char>) -> u32 {
    folded.into_iter().fold(SEED, |hash, c| push(hash, c as u32))
}
