//! Owns one `Platform` constant per network (hosts, selectors with their biography, ad signs) and the list of them; never runs over a page itself.
