//! Owns the page of every demo room: one growing list, whose rows a room's own file builds; never knows a platform.

import { ask, boot, foreign, h, morph, ownKids, watchFirstPaint } from './dom.js';
import { kitOf } from './room-kit.js';

const { room } = await import(`/assets/rooms/${boot.room}`);
/** More is fetched when the end is this near, CSS pixels. */
const NEAR_END_PX = 1200;
/** Rows further than this from what is seen are emptied, where the site does so, CSS pixels. */
const FAR_PX = 3000;

const kit = kitOf(boot.ui);
const list = room.list(kit);
const layer = h('div', { class: 'layer' });
/** What is in the list: `{post, nodes, node, isShell}`. */
let rows = [];
let route = location.pathname;
let next = null;
let busy = false;
let selected = -1;

const build = (post) => room.row(kit, post);

/** The nodes of a row: one, or on some sites one and what stands behind it (a line between rows, say). */
const nodesOf = (built) => [built].flat().filter(Boolean);

/** Rewrites a row in place; where the site would make another element, it does. */
function rewrite(row, built) {
  const fresh = nodesOf(built);
  row.nodes = fresh.map((node, at) => {
    const old = row.nodes[at];
    if (old?.nodeName === node.nodeName) return morph(old, node);
    if (old) old.replaceWith(node);
    else row.nodes[at - 1].after(node);
    return node;
  }).concat(row.nodes.slice(fresh.length).filter((node) => node.remove()));
  [row.node] = row.nodes;
}

function take(page) {
  for (const post of page.posts) {
    post.key ??= room.idOf(post);
    const nodes = nodesOf(build(post));
    rows.push({ post, nodes, node: nodes[0], isShell: false });
    list.append(...nodes);
    if (rows.length === 3 && room.module) list.append(room.module(kit));
  }
  next = page.next;
}

function play(page) {
  rows = [];
  selected = -1;
  layer.replaceChildren();
  for (const kid of ownKids(list)) kid.remove();
  scrollTo(0, 0);
  take(page);
}

/** Far rows hold nothing but their height, near ones their post, where the site is so. */
function virtualise() {
  if (!room.shell) return;
  for (const row of rows) {
    const { top, bottom, height } = row.node.getBoundingClientRect();
    const isFar = bottom < -FAR_PX || top > innerHeight + FAR_PX;
    if (isFar === row.isShell) continue;
    row.isShell = isFar;
    rewrite(row, isFar ? room.shell(kit, row.post, height) : build(row.post));
  }
}

async function more() {
  virtualise();
  if (busy || next === null || document.documentElement.scrollHeight - scrollY - innerHeight > NEAR_END_PX) return;
  busy = true;
  take(await (await ask(`/api/feed?route=${encodeURIComponent(route)}&cursor=${next}`)).json());
  busy = false;
  await more();
}

/** Shows an address without loading a document; `isBack` where the history has it already. */
async function go(path, isBack = false) {
  if (!isBack) history.pushState(null, '', path);
  const page = await (await ask(`/api/feed?route=${encodeURIComponent(path)}&cursor=0`)).json();
  const [focal] = page.posts;
  // Some sites lay a post over the list, which stays.
  if (room.dialog && focal?.focal) return layer.replaceChildren(room.dialog(kit, focal));
  route = path;
  play(page);
  return more();
}

const rowAt = (node) => rows.find((row) => row.node.contains(node));

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || !(event.target instanceof Element)) return;
  const row = rowAt(event.target);
  const link = event.target.closest('a[href]');
  if (row && room.more && event.target.closest(room.more)) {
    event.preventDefault();
    row.post.expanded = true;
    rewrite(row, build(row.post));
  } else if (link) {
    event.preventDefault();
    if (link.origin === location.origin && row && [room.profileOf(row.post), room.threadOf(row.post)].includes(link.pathname)) go(link.pathname);
  } else if (row && event.target.closest(room.post)) stage.opened.push(row.post.key);
});
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !['j', 'k'].includes(event.key)) return;
  selected = Math.max(0, Math.min(rows.length - 1, selected + (event.key === 'j' ? 1 : -1)));
});
addEventListener('scroll', more, { passive: true });
addEventListener('popstate', () => (layer.firstChild ? layer.replaceChildren() : go(location.pathname, true)));

/** What tests may ask of the page. */
globalThis.stage = {
  foreign, go, opened: [],
  get selected() { return selected; },
  first: watchFirstPaint(document.documentElement, room.post, (node) => rowAt(node)?.post.key),
  /** Another list of posts, as after a search or a filter. */
  play: (posts) => play({ posts, next: null }),
  /** Every row shows the post `by` places further, as where rows are used again. */
  shift(by) {
    const posts = rows.map(({ post }) => post);
    rows.forEach((row, at) => {
      row.post = posts[(at + by) % posts.length];
      row.isShell = false;
      rewrite(row, build(row.post));
    });
  },
  /** Rewrites every row in place, as frameworks do. */
  churn() { for (const row of rows) if (!row.isShell) rewrite(row, build(row.post)); },
  /** For each post, how many elements in its row the page did not make. */
  marks: () => rows.map(({ post, nodes }) => [post.key, nodes.reduce((sum, node) => sum + foreign(node).length, 0)]),
  keyOf: (node) => rowAt(node)?.post.key ?? null,
  node: (key) => rows.find(({ post }) => post.key === key)?.node,
};
document.body.append(room.frame(kit, list), layer);
take(boot.first);
await more();
