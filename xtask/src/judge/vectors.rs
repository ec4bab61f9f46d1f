//! Owns posts as sparse vectors over a vocabulary of feature hashes; never learns a weight.

use std::collections::BTreeSet;

use kibitz::classify::packed::KEY_BITS;
use kibitz::classify::{room_key, score::group_weight};
use kibitz::post::Room;
use kibitz::text::features::{self, Aside, Feature, GROUPS, Group};
use kibitz::text::hash;
use kibitz::text::lexicon::Lexicon;
use kibitz::text::tokens::Tokens;

/// Every feature of a text with its value, as the shipped scorer counts it.
pub fn features_of(text: &str, is_reply: Option<bool>, room: Option<Room>, lexicon: &Lexicon) -> Vec<(u32, f32)> {
    let tokens = Tokens::of(text);
    let mut counts = [0_u32; GROUPS];
    let mut found: Vec<(u32, Group)> = Vec::new();
    let aside = Aside { is_reply, room: room.map(room_key) };
    features::extract(&tokens, aside, lexicon, &mut |feature: Feature| {
        counts[feature.group as usize] += 1;
        found.push((feature.hash, feature.group));
    });
    let mut out: Vec<(u32, f32)> =
        found.into_iter().map(|(hash, group)| (hash, group_weight(group, counts[group as usize]))).collect();
    out.sort_unstable_by_key(|(hash, _)| *hash);
    out.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
        }
        same
    });
    out
}

/// Hashes to dense indices: open addressing, built once.
#[derive(Clone, Debug)]
pub struct Index {
    slots: Vec<(u32, u32)>,
    mask: usize,
    /// How much of a hash is compared.
    kept: u32,
    /// The hash of each index.
    pub hashes: Vec<u32>,
}

impl Index {
    /// An index over distinct hashes, in the order given.
    pub fn new(hashes: Vec<u32>) -> Self {
        Self::by(hashes, u32::MAX)
    }

    /// The same over what the model file keeps of a hash: other features that share it are taken for one that is known, so
    /// what is learned and measured is what ships. Of hashes that share it the first is kept.
    pub fn shipped(mut hashes: Vec<u32>) -> Self {
        let kept = u32::MAX << (u32::BITS - KEY_BITS);
        let mut seen = BTreeSet::new();
        hashes.retain(|hash| seen.insert(hash & kept));
        Self::by(hashes, kept)
    }

    fn by(hashes: Vec<u32>, kept: u32) -> Self {
        let size = (hashes.len() * 2 + 2).next_power_of_two();
        let mut index = Self { slots: vec![(0, u32::MAX); size], mask: size - 1, kept, hashes };
        for at in 0..index.hashes.len() {
            let key = index.hashes[at] & kept;
            let mut slot = index.home(key);
            while index.slots[slot].1 != u32::MAX {
                slot = (slot + 1) & index.mask;
            }
            index.slots[slot] = (key, at as u32);
        }
        index
    }

    fn home(&self, key: u32) -> usize {
        hash::finish(key) as usize & self.mask
    }

    /// The index of a hash.
    pub fn get(&self, hash: u32) -> Option<u32> {
        let hash = hash & self.kept;
        let mut slot = self.home(hash);
        loop {
            let (key, at) = self.slots[slot];
            if at == u32::MAX {
                return None;
            }
            if key == hash {
                return Some(at);
            }
            slot = (slot + 1) & self.mask;
        }
    }
}

/// A post as a vector over an [`Index`].
pub type Vector = Vec<(u32, f32)>;

/// The hashes that stand in at least `least` posts and, counted by group of authors, in at least `least_groups` groups.
pub fn vocabulary(posts: &[(&[(u32, f32)], u32)], least: u32, least_groups: u32) -> Vec<u32> {
    let mut pairs: Vec<(u32, u32)> = Vec::with_capacity(posts.iter().map(|(features, _)| features.len()).sum());
    for (features, group) in posts {
        pairs.extend(features.iter().map(|(hash, _)| (*hash, *group)));
    }
    pairs.sort_unstable();
    let mut out = Vec::new();
    for same in pairs.chunk_by(|a, b| a.0 == b.0) {
        let groups = same.chunk_by(|a, b| a.1 == b.1).count() as u32;
        if same.len() as u32 >= least && groups >= least_groups {
            out.push(same[0].0);
        }
    }
    out
}

/// The part of a post's features that an index knows.
pub fn project(features: &[(u32, f32)], index: &Index) -> Vector {
    features.iter().filter_map(|(hash, value)| index.get(*hash).map(|at| (at, *value))).collect()
}
