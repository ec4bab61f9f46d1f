//! Owns how the demo pages build and rewrite their own nodes; never parses markup and never touches a node that it did not make.

/** What the page knows of a node that it made, kept on it as frameworks do: `{given, declared}`, attributes with their values and names of declarations. */
const MADE = Symbol('made');
/** Stands for every picture where pictures are not wanted: fetching and drawing them costs more than all that a bench measures. */
const BLANK = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const SVG = 'http://www.w3.org/2000/svg';
const SVG_TAGS = new Set(['svg', 'path', 'g', 'circle', 'linearGradient', 'stop', 'rect', 'defs', 'clipPath']);

/** An element; `style` is an object, children are nodes, texts, lists of them, or nothing. */
export function h(tag, attrs, ...kids) {
  const node = SVG_TAGS.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  const given = new Map();
  const made = { given, declared: undefined };
  node[MADE] = made;
  for (const [name, value] of Object.entries(attrs ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'style') {
      for (const [property, text] of Object.entries(value)) node.style.setProperty(property, text);
      made.declared = Object.keys(value);
      continue;
    }
    given.set(name, tag === 'img' && name === 'src' && !boot.pictures ? BLANK : value === true ? '' : String(value));
    node.setAttribute(name, given.get(name));
  }
  for (const kid of kids.flat(Infinity)) {
    if (kid === undefined || kid === null || kid === false) continue;
    if (kid instanceof Node) node.append(kid);
    else {
      const text = document.createTextNode(kid);
      text[MADE] = {};
      node.append(text);
    }
  }
  return node;
}

/** `n` nested plain elements around `kids`, as the big sites have them. */
export const nest = (n, ...kids) => (n <= 1 ? h('div', null, ...kids) : h('div', null, nest(n - 1, ...kids)));

/** A glyph by its path. */
export const glyph = (d, { box = 24, ...attrs } = {}) => h('svg', { viewBox: `0 0 ${box} ${box}`, 'aria-hidden': 'true', ...attrs }, h('g', null, h('path', { d })));

/** The page's own child nodes, without what others put between them. */
export const ownKids = (node) => [...node.childNodes].filter((kid) => MADE in kid);

/** Rewrites `node` in place until it says what `fresh` says; nodes of others stay where they are, as with the big frameworks. */
export function morph(node, fresh) {
  if (node.nodeType === Node.TEXT_NODE) {
    if (node.data !== fresh.data) node.data = fresh.data;
    return node;
  }
  const before = node[MADE].given;
  const after = fresh[MADE].given;
  for (const name of before.keys()) if (!after.has(name)) node.removeAttribute(name);
  // Of the declarations, too, only the page's own are taken back.
  const [declared, declares] = [node[MADE].declared, fresh[MADE].declared];
  for (const property of declared ?? []) if (!declares?.includes(property)) node.style.removeProperty(property);
  for (const property of declares ?? []) node.style.setProperty(property, fresh.style.getPropertyValue(property));
  node[MADE].declared = declares;
  for (const [name, value] of after) if (before.get(name) !== value) node.setAttribute(name, value);
  node[MADE].given = after;
  const olds = ownKids(node);
  const news = ownKids(fresh);
  news.forEach((kid, at) => {
    const old = olds[at];
    if (!old) node.append(kid);
    else if (old.nodeType === kid.nodeType && old.nodeName === kid.nodeName) morph(old, kid);
    else old.replaceWith(kid);
  });
  for (const old of olds.slice(news.length)) old.remove();
  return node;
}

/** Asks the page's own server, with the sign by which the server tells the page from whoever else asks. */
export const ask = (path) => fetch(path, { headers: { 'x-page': '1' } });

/** What sites put there for whoever reads without seeing: `word` hidden, off the page, in no size, and in single letters. */
export const decoys = (word) => [
  h('p', { style: { display: 'none' } }, word),
  h('span', { style: { visibility: 'hidden', position: 'absolute' } }, h('span', null, word)),
  h('div', { 'aria-hidden': 'true', style: { position: 'absolute', left: '-9999px' } }, [...word].toReversed().map((letter) => h('span', { style: { order: '7' } }, letter))),
  h('span', { style: { 'font-size': '0' } }, [...word].join('\u200b')),
];

/** What the server sent with the page. */
export const boot = JSON.parse(document.getElementById('boot').textContent);

/** Short age of a post, as the sites write it. */
export function age(ms, words) {
  const minutes = Math.max(1, Math.round((boot.now - ms) / 60e3));
  if (minutes < 60) return words.minutes.replace('%', minutes);
  if (minutes < 60 * 24) return words.hours.replace('%', Math.round(minutes / 60));
  return words.days.replace('%', Math.round(minutes / 1440));
}

/** 1234 → "1.2K". */
export const brief = (n) => (n < 1000 ? String(n) : n < 1e6 ? `${(n / 1000).toFixed(n < 1e4 ? 1 : 0).replace('.0', '')}K` : `${(n / 1e6).toFixed(1)}M`);

const PIECE = /(https?:\/\/\S+|\b[\w-]+(?:\.[\w-]+)*\.ex\.am\S*|#[\p{L}\p{N}_]+|@\w+|\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*)/u;

/** Cuts a text into `{kind: 'text'|'tag'|'mention'|'link'|'emoji', text}`. */
export function pieces(text) {
  return text.split(PIECE).filter(Boolean).map((piece) => {
    if (piece.startsWith('#')) return { kind: 'tag', text: piece };
    if (/^@\w/.test(piece)) return { kind: 'mention', text: piece };
    if (/^https?:|\.ex\.am/.test(piece)) return { kind: 'link', text: piece };
    if (/^\p{Extended_Pictographic}/u.test(piece) && !/^[\d©®™]/.test(piece)) return { kind: 'emoji', text: piece };
    return { kind: 'text', text: piece };
  });
}

/** The picture of an author. */
export const avatarOf = (author) => `/art/${author.kind === 'person' ? 'face' : 'mark'}/${author.hue}/${author.form}/${encodeURIComponent(author.letter)}.svg`;

/** Elements below `node` that the page did not make. */
export const foreign = (node) => [...node.querySelectorAll('*')].filter((it) => !(MADE in it) && it.localName !== 'script');

/** For each post that ever came into view: whether something foreign stood in it when its first frame there was about to be painted. */
export function watchFirstPaint(root, selector, idOf) {
  const first = new Map();
  const look = (node) => {
    const id = idOf(node);
    if (!id || first.has(id)) return;
    const { top, bottom, height } = node.getBoundingClientRect();
    // What was taken out of the way has no box; it counts as done.
    if (height === 0 ? node.isConnected : bottom > 0 && top < innerHeight) first.set(id, foreign(node).length > 0 || height === 0);
  };
  // New rows are looked at between layout and paint, rows that scroll in before their frame begins.
  const sizes = new ResizeObserver((entries) => { for (const { target } of entries) look(target); });
  addEventListener('scroll', () => { for (const node of root.querySelectorAll(selector)) look(node); }, { passive: true });
  const known = new WeakSet();
  new MutationObserver(() => {
    for (const node of root.querySelectorAll(selector)) {
      if (known.has(node)) continue;
      known.add(node);
      sizes.observe(node);
    }
  }).observe(root, { childList: true, subtree: true });
  return first;
}
