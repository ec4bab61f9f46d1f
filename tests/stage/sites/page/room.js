//! Owns the page of every demo room: one growing list, whose rows a room's own file builds; never knows a platform.

import * as kit from './dom.js';
import { ask, boot, foreign, h, morph, pieces, watchFirstPaint } from './dom.js';

const { room } = await import(`/assets/rooms/${boot.room}`);
/** More is fetched when the end is this near, CSS pixels. */
const NEAR_END_PX = 1200;

/** A text with its tags and links, as plain elements. */
const rich = (text) => pieces(text).map(({ kind, text: piece }) => (kind === 'text' || kind === 'emoji' ? piece : h('a', { href: `/x/${encodeURIComponent(piece)}` }, piece)));
const build = (post) => room.row({ ...kit, rich }, post);

const list = room.list(kit);
const shown = new Map();
let next = null;
let busy = false;

function take(page) {
  for (const post of page.posts) {
    const row = build(post);
    shown.set(row, post);
    list.append(row);
  }
  next = page.next;
}

async function more() {
  if (busy || next === null || document.documentElement.scrollHeight - scrollY - innerHeight > NEAR_END_PX) return;
  busy = true;
  take(await (await ask(`/api/feed?cursor=${next}`)).json());
  busy = false;
  await more();
}

addEventListener('scroll', more, { passive: true });

/** What tests may ask of the page. */
globalThis.stage = {
  foreign,
  first: watchFirstPaint(document.documentElement, room.post, (node) => [...shown].find(([row]) => row.contains(node) || row === node)?.[1].key),
  /** Rewrites every row in place, as frameworks do. */
  churn() { for (const [row, post] of shown) morph(row, build(post)); },
};
document.body.append(h('div', { id: 'app' }, room.frame(kit, list)));
take(boot.first);
await more();
