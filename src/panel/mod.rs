//! Owns what popup, options and dashboard need from the core; never touches a feed.
