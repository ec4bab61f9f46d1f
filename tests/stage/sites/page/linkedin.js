//! Owns the frame and the growing list of the demo site at www.linkedin.com; never builds a post.

import { ask, boot, foreign, h, morph, watchFirstPaint } from './dom.js';
import { picture, row } from './linkedin-post.js';
import { WORDS } from './words.js';

const words = WORDS[boot.ui].linkedin;
/** More is fetched when the end is this near, CSS pixels. */
const NEAR_END_PX = 1800;

const list = h('div', { role: 'list', 'data-testid': 'mainFeed', 'data-component-type': 'LazyColumn', componentkey: 'container-update-list_mainFeed-lazy-container' });
const shown = new Map();
let next = null;
let busy = false;
let route = location.pathname;

function take(page) {
  for (const post of page.posts) {
    const node = row(post);
    shown.set(node, post);
    list.append(node);
  }
  next = page.next;
}

const load = async (cursor) => (await ask(`/api/feed?route=${encodeURIComponent(route)}&cursor=${cursor}`)).json();

async function more() {
  if (busy || next === null || document.documentElement.scrollHeight - scrollY - innerHeight > NEAR_END_PX) return;
  busy = true;
  const from = route;
  const page = await load(next);
  busy = false;
  if (from === route) take(page);
  await more();
}

function starter() {
  const me = boot.viewer;
  return [h('div', null, h('div', { class: 'card start' }, h('div', null, h('a', { tabindex: '0', href: `https://www.linkedin.com/in/${me.slug}/` }, picture(me, '')), h('div', null, h('div', { role: 'button', tabindex: '0', componentkey: crypto.randomUUID() }, h('div', { componentkey: crypto.randomUUID(), 'aria-label': words.start }, h('p', null, words.start))))))),
    h('div', { class: 'sort' }, h('div', { role: 'button', tabindex: '0', componentkey: crypto.randomUUID(), 'aria-expanded': 'false' }, h('hr', { role: 'presentation' }), h('p', null, words.sort, h('span', null, ' '), h('strong', null, words.top))))];
}

/** Shows an address without loading a document. */
async function show(path, first) {
  route = path;
  const page = first ?? await load(0);
  shown.clear();
  list.replaceChildren(...(page.profile ? [h('div', { class: 'card phead' }, picture(page.profile, ''), h('h1', null, page.profile.name), h('p', { class: 'dim' }, words.followers.replace('%', page.profile.followers)))] : starter()));
  scrollTo(0, 0);
  take(page);
  await more();
}

function go(path) {
  history.pushState(null, '', path);
  return show(path);
}

function frame() {
  const me = boot.viewer;
  const tabs = [['home', 'home-medium'], ['network', 'people-medium'], ['jobs', 'job-medium'], ['chat', 'speech-medium'], ['alerts', 'bell-medium']];
  const nav = h('nav', { componentkey: 'primaryNavLinksComponentRef' }, h('ul', null, tabs.map(([key, id], at) => h('li', { class: at ? '' : 'on' }, h('a', { href: at ? `https://www.linkedin.com/${key}/` : 'https://www.linkedin.com/feed/', 'aria-label': words[key] }, h('span', { class: `dot d${at}` }), h('span', null, words[key])))),
    h('li', null, h('button', { 'aria-expanded': 'false' }, h('span', null, picture(me, '')), h('span', null, words.me)))));
  const header = h('header', null, h('div', { 'data-display-contents': 'true' }, h('div', { 'data-testid': 'primary-nav', class: 'bar' }, h('div', { class: 'brandmark' }, '≋'), h('div', { role: 'search' }, h('input', { 'data-testid': 'typeahead-input', placeholder: '…' })), nav)));
  const left = h('div', { class: 'left' }, h('div', { class: 'card' }, h('img', { alt: '', src: `/art/scene/${me.hue + 170}/2/.svg`, class: 'cover' }), h('a', { href: `https://www.linkedin.com/in/${me.slug}/`, class: 'meface' }, picture(me, me.name), h('p', { class: 'b' }, me.name), h('p', { class: 'dim' }, me.headline))));
  const right = h('div', { class: 'rightcol' }, h('div', { class: 'card news' }, h('h2', null, words.news), boot.news.map((it) => h('div', null, h('p', { class: 'b' }, it.title), h('p', { class: 'dim' }, `${it.readers} readers`)))));
  return h('div', { id: 'root', 'data-strictmode': 'true' }, header, h('div', { role: 'main', 'data-sdui-screen': 'com.linkedin.sdui.flagshipnav.feed.MainFeed' }, h('div', null, h('main', { id: 'workspace', tabindex: '0', class: 'cols' }, left, h('div', { class: 'mid' }, list), right))));
}

document.addEventListener('click', async (event) => {
  if (event.defaultPrevented || !(event.target instanceof Element)) return;
  const link = event.target.closest('a[href]');
  const box = event.target.closest('[data-testid="expandable-text-button"]');
  if (box) {
    const node = [...shown.keys()].find((it) => it.contains(box));
    const post = shown.get(node);
    post.expanded = true;
    morph(node, row(post));
  } else if (link && link.origin === location.origin) {
    event.preventDefault();
    if (/^\/(company|in)\//.test(link.pathname) || (link.pathname === '/feed/' && route !== '/feed/')) await go(link.pathname);
  }
});
addEventListener('scroll', more, { passive: true });
addEventListener('popstate', () => show(location.pathname));

/** What tests may ask of the page. */
globalThis.stage = {
  go, foreign,
  first: watchFirstPaint(document.documentElement, '[role="listitem"]', (node) => [...shown].find(([row]) => row.contains(node))?.[1].urnId),
  /** Rewrites every row in place, as the site does when a setting changes. */
  churn() { for (const [node, post] of shown) morph(node, row(post)); },
};
document.body.append(frame());
show(route, boot.first);
