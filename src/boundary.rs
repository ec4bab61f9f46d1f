//! Owns the few exported functions and their wire structs; never anything else.
