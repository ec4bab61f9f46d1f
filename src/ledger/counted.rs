//! Owns counts by value: a set in which everything has a number, so that what was put in can be taken out again.

use std::collections::BTreeMap;

/// How often each value occurs; none occurs 0 times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted<T: Ord>(BTreeMap<T, u32>);

impl<T: Ord> Default for Counted<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Ord + Copy> Counted<T> {
    /// Adds a value `times` times.
    pub fn add(&mut self, value: T, times: u32) {
        if times > 0 {
            let count = self.0.entry(value).or_default();
            *count = count.saturating_add(times);
        }
    }

    /// Takes a value out `times` times, or as often as it is there.
    pub fn take(&mut self, value: T, times: u32) {
        if let Some(count) = self.0.get_mut(&value) {
            *count = count.saturating_sub(times);
            if *count == 0 {
                self.0.remove(&value);
            }
        }
    }

    /// Adds all of another.
    pub fn plus(&mut self, other: &Self) {
        other.iter().for_each(|(value, times)| self.add(value, times));
    }

    /// Takes all of another out.
    pub fn minus(&mut self, other: &Self) {
        other.iter().for_each(|(value, times)| self.take(value, times));
    }

    /// Values in order, each with its number.
    pub fn iter(&self) -> impl Iterator<Item = (T, u32)> + '_ {
        self.0.iter().map(|(value, times)| (*value, *times))
    }

    /// How many different values there are.
    pub fn distinct(&self) -> usize {
        self.0.len()
    }

    /// How many there are in all.
    pub fn total(&self) -> u32 {
        self.0.values().fold(0, |sum, times| sum.saturating_add(*times))
    }
}

impl<T: Ord + Copy> FromIterator<T> for Counted<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut counted = Self::default();
        values.into_iter().for_each(|value| counted.add(value, 1));
        counted
    }
}
