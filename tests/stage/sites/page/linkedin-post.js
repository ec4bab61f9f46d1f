//! Owns the markup of one post of the demo site at www.linkedin.com, nested as the recorded server-driven pages have it; never knows the list.

import { age, avatarOf, boot, decoys, h, pieces } from './dom.js';
import { WORDS } from './words.js';

const ui = WORDS[boot.ui];
const words = ui.linkedin;
const PATHS = {
  'overflow-web-ios-small': 'M3 8h.01M8 8h.01M13 8h.01', 'close-small': 'M4 4l8 8M12 4l-8 8', 'globe-americas-small': 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2M2 8h12M8 2c3 4 3 8 0 12M8 2c-3 4-3 8 0 12', 'add-small': 'M8 3v10M3 8h10', 'verified-small': 'M4 8l3 3 5-6',
  'thumbs-up-outline-small': 'M3 8h2v5H3zM5 8l3-5c1.500 0 1.500 1.500 1 3h4l-1 7H5', 'chevron-up-small': 'M4 10l4-4 4 4', 'comment-small': 'M2 4h12v7H8l-3 3v-3H2z', 'repost-small': 'M4 6V4h8v6M10 8l2 2 2-2M12 10v2H4V6M2 8l2-2 2 2', 'send-privately-small': 'M2 8l12-5-5 11-2-4z',
};
const BASE = 'https://www.linkedin.com';
const TOKENS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const uuid = () => crypto.randomUUID();

/** The opaque key of a post's card; the same for the same post. */
function token(post) {
  let seed = BigInt(post.id) % 2147483647n;
  return Array.from({ length: 43 }, () => { seed = (seed * 48271n) % 2147483647n; return TOKENS[Number(seed % 64n)]; }).join('');
}

/** A glyph with the id that the site gives it. */
export function icon(id, label, size = 16) {
  return h('svg', { id, 'aria-hidden': label ? 'false' : 'true', viewBox: '0 0 16 16', width: String(size), height: String(size), role: 'img', 'aria-label': label ?? '', class: 'ic' }, h('path', { d: PATHS[id] ?? 'M3 3h10v10H3z' }));
}

const hrefOf = (author) => (author.kind === 'person' ? `${BASE}/in/${author.slug}/` : `${BASE}/company/${author.slug}/posts/`);
const put = (template, value) => template.replace('%', value);
const twice = (text, shown = text) => [h('span', { class: 'vh' }, text), h('span', { 'aria-hidden': 'true' }, shown)];

/** The picture of an author, marked as the site marks companies and people. */
export function picture(author, alt, key) {
  return h('figure', { componentkey: key, class: author.kind === 'person' ? 'fig ci' : 'fig' }, h('svg', { id: author.kind === 'person' ? 'person-accent-4' : 'company-accent-4', viewBox: '0 0 128 128', role: 'img', 'aria-label': alt, class: 'ph0' }, h('g', { display: 'var(--svgDisplayLight)' }, h('path', { fill: '#e7e2dc', d: 'M0 0h128v128H0z' }))),
    h('img', { alt, 'data-loaded': 'true', src: avatarOf(author) }));
}

function rich(text) {
  return pieces(text).map(({ kind, text: piece }) => {
    if (kind === 'tag') return h('a', { href: `${BASE}/search/results/all/?keywords=${encodeURIComponent(piece)}&origin=HASH_TAG_FROM_FEED` }, h('span', null, h('strong', null, piece)));
    if (kind === 'link') return h('a', { href: `${BASE}/safety/go/?url=${encodeURIComponent(`https://${piece.replace(/^https?:\/\//, '')}`)}&urlhash=Kx3Q&isSdui=true`, target: '_blank' }, h('span', null, h('strong', null, piece)));
    return piece.split('\n').flatMap((line, at) => (at ? [h('br'), line] : [line]));
  });
}

function topLine(post) {
  if (post.repostedBy) {
    const who = post.repostedBy;
    return [h('a', { tabindex: '0', href: hrefOf(who), componentkey: uuid(), class: 'mini' }, picture(who, put(words.person, who.name), uuid())), h('div', null, h('p', { componentkey: uuid() }, h('a', { href: hrefOf(who) }, h('strong', null, who.name)), h('span', null, ' '), words.likes))];
  }
  if (post.ad && post.author.kind !== 'person') return [h('ul', { role: 'presentation', componentkey: uuid(), class: 'stack' }), h('div', null, h('p', { componentkey: uuid() }, h('a', { href: `${BASE}/in/noor-haddadi-k2/` }, h('strong', null, 'Noor Haddadi')), h('span', null, ' '), put(words.connections, '4')))];
  return null;
}

function author(post) {
  const who = post.author;
  const person = who.kind === 'person';
  const link = (...kids) => h('a', { tabindex: '0', href: hrefOf(who), componentkey: uuid() }, h('div', { componentkey: uuid() }, ...kids));
  const name = person
    ? h('div', { 'aria-label': put(words.verified, who.name), class: 'nm' }, h('div', null, h('div', null, h('p', { class: 'b' }, who.name))), h('div', null, h('p', { class: 'dim' }, h('span', null, ' '), h('span', { 'aria-hidden': 'true' }, icon('verified-small')), h('span', null, ' '), words.degree)))
    : h('div', null, h('div', null, h('div', null, h('p', { class: 'b' }, who.name))));
  const under = person ? who.headline : put(words.followers, who.followers.toLocaleString('en'));
  const stamp = post.ad ? h('p', { componentkey: uuid(), class: 'dim' }, words.promoted) : h('p', { componentkey: uuid(), class: 'dim' }, `${age(post.ms, ui)} •`, h('span', null, ' '), icon('globe-americas-small', words.visibility, 14));
  return h('div', { class: 'actor' }, h('a', { tabindex: '0', href: hrefOf(who), componentkey: uuid(), class: 'av' }, picture(who, put(person ? words.person : words.company, who.name), uuid())),
    h('div', { class: 'who' }, h('div', null, h('div', null, link(name)), h('div', null, h('p', { class: 'dim' }, under)), h('div', null, h('div')), h('div', null, stamp, post.decoy && decoys(words.promoted)), link())),
    h('div', { 'data-display-contents': 'true' }, h('div', { componentkey: uuid() }, h('div', { 'data-display-contents': 'true' }, h('button', { type: 'button', componentkey: uuid(), 'aria-label': put(words.followAria, who.name), class: 'flw' }, h('span', null, icon('add-small'), h('div', null, h('span', null, words.follow))))))));
}

const CLAMP_CHARS = 210;

function text(post) {
  const long = [...post.text].length > CLAMP_CHARS && !post.expanded;
  return h('p', { componentkey: uuid(), class: long ? 'tx clamp' : 'tx' }, h('span', { tabindex: '-1', 'data-testid': 'expandable-text-box' }, rich(post.text),
    long && h('button', { type: 'button', 'aria-hidden': 'true', 'data-testid': 'expandable-text-button', style: { 'pointer-events': 'none' } }, h('span', { style: { 'pointer-events': 'auto' } }, h('span', null, h('span', null, '…'), h('span', null, words.more))))));
}

function media(post) {
  const view = (hue, form) => h('div', { style: { overflow: 'hidden' }, class: 'md' }, h('a', { tabindex: '0', href: `${BASE}/feed/`, componentkey: uuid() }, h('figure', { componentkey: uuid(), style: { overflow: 'hidden' } }, h('img', { alt: words.photo, 'data-loaded': 'true', src: `/art/scene/${hue}/${form}/.svg` }))));
  if (post.card) {
    return [view(post.card.hue, post.n % 4), h('div', { class: 'cardrow' }, h('a', { tabindex: '0', href: `${BASE}/feed/`, componentkey: uuid() }, h('div', { componentkey: uuid() }, h('div', null, h('p', { class: 'b' }, twice(post.card.title))), h('div', null, h('p', { class: 'dim' }, post.card.domain)))),
      h('a', { 'aria-disabled': 'false', href: `${BASE}/safety/go/?url=https%3A%2F%2F${post.card.domain}&li_fat_id=${post.id}`, componentkey: uuid(), 'aria-label': words.cta, class: 'cta' }, h('span', null, h('span', null, words.cta))))];
  }
  if (post.photo) return view(post.photo.hue, post.photo.form);
  if (post.video) return view(post.video.hue, 1);
  if (post.quote) {
    const { author: who, text: said } = post.quote;
    return h('div', { class: 'inner' }, h('a', { tabindex: '0', href: `${BASE}/feed/update/urn:li:activity:${post.quote.id}/`, componentkey: uuid() }, h('div', { componentkey: uuid() }, h('div', { class: 'actor' }, picture(who, put(words.company, who.name), uuid()), h('div', { class: 'who' }, h('p', { class: 'b' }, who.name), h('p', { class: 'dim' }, put(words.followers, who.followers)))), h('p', { componentkey: uuid(), class: 'tx' }, h('span', { tabindex: '-1', 'data-testid': 'expandable-text-box' }, said)))));
  }
  return null;
}

function counts({ counts: n }) {
  const commas = (value) => value.toLocaleString('en');
  return h('div', { class: 'counts' }, n.likes > 0 && h('a', { tabindex: '0', href: `${BASE}/feed/`, componentkey: uuid() }, h('div', { componentkey: uuid() }, h('div', null, h('p', null, twice(put(words.reactions, commas(n.likes)), commas(n.likes)))))),
    h('div', { class: 'cr' }, n.replies > 0 && h('div', { role: 'button', tabindex: '0', componentkey: uuid() }, h('p', { componentkey: uuid() }, twice(put(words.comments, commas(n.replies))))), n.replies > 0 && n.reposts > 0 && h('p', null, '•'),
      n.reposts > 0 && h('a', { tabindex: '0', href: `${BASE}/feed/`, componentkey: uuid() }, h('p', { componentkey: uuid() }, twice(put(words.reposts, commas(n.reposts)))))));
}

function actions() {
  const button = (id, word, attrs) => h('button', { type: 'button', componentkey: uuid(), ...attrs }, h('span', null, icon(id), h('div', null, h('span', null, word))));
  return h('div', { style: { 'min-height': '4.4rem' }, class: 'acts' }, h('div', null, h('div', { category: 'unstyled', triggers: '' }, h('div', null, button('thumbs-up-outline-small', words.like, { 'aria-label': 'Reaction button state: no reaction' })))), button('comment-small', words.comment), button('repost-small', words.repost, { 'aria-expanded': 'false' }), h('a', { 'aria-disabled': 'false', href: `${BASE}/feed/`, componentkey: uuid() }, h('span', null, icon('send-privately-small'), h('div', null, h('span', null, words.send)))));
}

function comments(post) {
  if (!post.comment) return null;
  return h('div', { 'data-testid': `${token(post)}-commentList`, class: 'comments' }, h('div', { componentkey: uuid() }, h('p', { class: 'b' }, post.comment.name), h('p', { componentkey: uuid() }, h('span', { 'data-testid': 'expandable-text-box' }, post.comment.text))));
}

/** The list row of a post. */
export function row(post) {
  const key = token(post);
  const feedKey = `expanded${key}FeedType_MAIN_FEED_RELEVANCE`;
  const who = post.author.name;
  const top = topLine(post);
  const head = h('div', { componentkey: uuid(), class: top ? 'top has' : 'top' }, h('div', { class: 'said' }, top),
    h('button', { type: 'button', componentkey: uuid(), 'aria-label': put(words.menu, who), 'aria-expanded': 'false' }, h('span', null, icon('overflow-web-ios-small'))),
    !post.ad && h('button', { type: 'button', componentkey: uuid(), 'aria-label': put(words.hide, who) }, h('span', null, icon('close-small'))));
  return h('div', { 'data-display-contents': 'true' }, h('div', { class: 'rowbox' }, h('div', { componentkey: feedKey }, h('div', { role: 'listitem', componentkey: feedKey, class: 'card' }, h('div', { 'data-display-contents': 'true' }, h('div', { componentkey: key },
    h('h2', { class: 'vh' }, h('span', null, words.post), h('span', { 'aria-hidden': 'true' })), head, h('hr', { role: 'presentation', class: top ? 'line' : 'line no' }), author(post), text(post), media(post), counts(post), h('hr', { role: 'presentation', class: 'line' }), actions(), comments(post),
    h('div', { componentkey: `${post.ck}-replaceableCommentTools${key}FeedType_MAIN_FEED_RELEVANCE` })))))));
}
