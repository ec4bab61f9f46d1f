// Owns how a page of the extension comes by its words: one word, one in the plural, and every element that names its own.
// Never holds a word itself: all are in `_locales/`.
//
// <h1 data-i18n="name">            its text
// <input data-i18n-label="key">    its aria-label; likewise -title, -placeholder, -alt

const api = globalThis.browser ?? globalThis.chrome;

/** `data-i18n-…` and the attribute it fills. */
const ATTRIBUTES = { label: "aria-label", title: "title", placeholder: "placeholder", alt: "alt" };

/** Of the languages in `_locales/`, those read from the right; the browser's own direction may belong to another language. */
const RIGHT_TO_LEFT = ["ar"];

/**
 * The language of the words shown, not of the browser: where a translation is missing they are English, and so are their
 * plurals, their direction, and the voice of a screen reader.
 */
export const language = api.i18n.getMessage("locale") || "en";

/** "rtl" or "ltr", as the words shown are read. */
export const direction = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";

const plurals = new Intl.PluralRules(language);

/** The message of this key. `substitutions`: one value or a list, at most nine; the key itself where there is no such message. */
export function word(key, substitutions = []) {
  return api.i18n.getMessage(key, [substitutions].flat().map(String)) || key;
}

/**
 * The message whose key ends in the plural category of `count`: `key_zero`, `_one`, `_two`, `_few`, `_many`, `_other`; a missing
 * one is `_other`. `$1` is the count, written as the language writes it, unless `substitutions` are given.
 */
export function plural(key, count, substitutions = [number(count)]) {
  const text = api.i18n.getMessage(`${key}_${plurals.select(count)}`, [substitutions].flat().map(String));
  return text || word(`${key}_other`, substitutions);
}

/** A number as the language writes it; `options` as of `Intl.NumberFormat`. */
export function number(value, options) {
  return new Intl.NumberFormat(language, options).format(value);
}

/** A day as the language writes it; `options` as of `Intl.DateTimeFormat`. */
export function day(value, options = { dateStyle: "medium" }) {
  return new Intl.DateTimeFormat(language, options).format(value);
}

/** A text within another, whose directions do not mix: a handle in an Arabic sentence, a time among numbers. */
export const isolated = (text) => `\u2068${text}\u2069`;

/** Fills every element below `root` that names its words; for templates too, once they are cloned. */
export function fill(root = document) {
  for (const element of root.querySelectorAll("[data-i18n]")) element.textContent = word(element.dataset.i18n);
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    for (const element of root.querySelectorAll(`[data-i18n-${name}]`)) {
      element.setAttribute(attribute, word(element.getAttribute(`data-i18n-${name}`)));
    }
  }
}

// A module runs once the page is parsed, before its first paint.
document.documentElement.lang = language;
document.documentElement.dir = direction;
fill();
