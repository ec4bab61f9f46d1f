//! Owns the translation of the command line's words into the extension's stored settings; never stores them.

/** Stored settings for `hide` (off, dim, fold, hide) and `who` (brands, everyone). */
export function settingsOf({ hide = 'off', who = 'brands', ...more } = {}) {
  return { whose: who, adverts: hide, ...more };
}
