//! Owns what every demo room builds its markup with: words, rich text, cut texts, glyphs, atomic classes; never knows a platform.

import * as dom from './dom.js';
import { WORDS } from './room-words.js';

const { h, pieces } = dom;
/** Longer texts are shown cut, characters. */
const CUT_CHARS = 180;
const PATHS = {
  like: 'M12 20C4 14 3 10 5 7s5-2 7 1c2-3 5-4 7-1s1 7-7 13z', comment: 'M4 5h16v11H9l-5 4z', repost: 'M5 9V6h11l-2-2M19 15v3H8l2 2', share: 'M4 12L20 4l-5 16-4-7z', save: 'M7 4h10v16l-5-4-5 4z', more: 'M6 12h.01M12 12h.01M18 12h.01', home: 'M4 11l8-7 8 7v9H4z', up: 'M12 5l7 8h-4v6H9v-6H5z', gone: 'M6 6l12 12M18 6L6 18',
};

/** A text with its tags and links as plain elements, its lines as the site breaks them. */
const rich = (text, { tag = 'a' } = {}) => pieces(text).flatMap(({ kind, text: piece }) => (kind === 'text' || kind === 'emoji' ? piece.split('\n').flatMap((line, at) => (at ? [h('br'), line] : [line])) : [h(tag, { href: kind === 'link' ? `https://${piece.replace(/^https?:\/\//, '')}` : `/tags/${encodeURIComponent(piece.replace(/^[#@]/, ''))}` }, piece)]));

/** A drawing; `attrs` as the site has them. */
const icon = (name, attrs, ...kids) => h('svg', { viewBox: '0 0 24 24', ...attrs }, kids, h('path', { d: PATHS[name], fill: 'none', stroke: 'currentColor', 'stroke-width': '2', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' }));

/** MurmurHash2, seed 1: from it sites that write styles by StyleX name each declaration. */
function murmur(text) {
  const M = 0x5bd1e995;
  const bytes = new TextEncoder().encode(text);
  let hash = 1 ^ bytes.length;
  let at = 0;
  for (; at + 4 <= bytes.length; at += 4) {
    let word = Math.imul(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24), M);
    word ^= word >>> 24;
    hash = Math.imul(hash, M) ^ Math.imul(word, M);
  }
  if (at < bytes.length) {
    for (let shift = 0; at < bytes.length; at++, shift += 8) hash ^= bytes[at] << shift;
    hash = Math.imul(hash, M);
  }
  hash ^= hash >>> 13;
  hash = Math.imul(hash, M);
  return (hash ^ (hash >>> 15)) >>> 0;
}

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [sheet];
const ruled = new Set();
function rule(name, body) {
  if (!ruled.has(name)) sheet.insertRule(`.${name}{${body}}`);
  ruled.add(name);
  return name;
}

/** The class of one declaration, with its rule in the page. */
const atom = (property, value) => rule(`x${murmur(`<>${property}${value}null`).toString(36)}`, `${property}:${value}`);

/** The first words of a long text, until its reader asks for more; `isCut` where there are more. */
function cut(post) {
  const isCut = [...post.text].length > CUT_CHARS && !post.expanded && !post.focal;
  return { text: isCut ? `${[...post.text].slice(0, CUT_CHARS - 20).join('').replace(/\s+\S*$/, '')}` : post.text, isCut };
}

/** All that a room gets, in one language. */
export function kitOf(ui) {
  const t = WORDS[ui];
  return { ...dom, ui, t, rich, icon, atom, rule, cut, put: (template, value) => template.replace('%', value), when: (post) => dom.age(post.ms, t), iso: (post) => new Date(post.ms).toISOString(), photo: (post, attrs) => h('img', { alt: '', class: 'pic', ...attrs, src: `/art/scene/${(post.photo ?? post.card ?? post.author).hue}/${post.photo?.form ?? 1}/.svg` }) };
}
