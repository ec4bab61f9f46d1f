//! Owns the characters of a post: normal form, tokens and features; never knows a class or a model.
