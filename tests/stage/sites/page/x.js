//! Owns the frame of the demo site at x.com: columns, addresses, clicks and keys; never builds a post.

import { ask, avatarOf, boot, foreign, glyph, h, nest, watchFirstPaint } from './dom.js';
import { Timeline } from './x-feed.js';
import { avatar, cellContent, richText } from './x-post.js';
import { WORDS } from './words.js';

const words = WORDS[boot.ui].x;
const NAV = [['home', '/home', 'M4 11l8-7 8 7v9h-5v-6H9v6H4z'], ['explore', '/explore', 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14M16 16l5 5'], ['alerts', '/notifications', 'M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21h4'], ['chat', '/messages', 'M4 6h16v12H4zM4 7l8 6 8-6'], ['saved', '/i/bookmarks', 'M7 4h10v16l-5-4-5 4z'], ['profile', `/${boot.viewer.handle}`, 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4 21c1-5 4-7 8-7s7 2 8 7']];
const TEST_IDS = { home: 'AppTabBar_Home_Link', explore: 'AppTabBar_Explore_Link', alerts: 'AppTabBar_Notifications_Link', chat: 'AppTabBar_DirectMessage_Link', profile: 'AppTabBar_Profile_Link' };

let timeline = null;
const list = h('div', { style: { position: 'relative' }, class: 'list' });
const title = h('div', { class: 'tabs' });
const intro = h('div', { class: 'intro' });

const load = async (cursor, route = location.pathname + location.search) => (await ask(`/api/timeline?route=${encodeURIComponent(route)}&cursor=${cursor}`)).json();

function tabs(route) {
  if (route !== '/home') return [h('div', { class: 'tab on' }, h('span', null, route.includes('/status/') ? words.post : route.startsWith('/search') ? words.search : route.slice(1)))];
  return [words.forYou, words.following].map((word, at) => h('div', { role: 'presentation', class: at ? 'tab' : 'tab on' }, h('a', { href: '/home', role: 'tab', 'aria-selected': String(!at) }, h('div', null, h('div', { dir: 'ltr' }, h('span', null, word))))));
}

function composer() {
  return h('div', { class: 'composer row' }, avatar(boot.viewer), h('div', { class: 'ask' }, words.ask), h('button', { type: 'button', class: 'go', 'data-testid': 'tweetButtonInline' }, words.post));
}

/** The head of somebody's own page. */
function profileHead(author) {
  return h('div', { class: 'phead' }, h('img', { alt: '', class: 'banner', src: `/art/scene/${author.hue}/0/.svg` }), h('img', { alt: '', class: author.gold ? 'pav sq' : 'pav', src: avatarOf(author) }),
    h('div', { 'data-testid': 'UserName', class: 'pname' }, h('div', { class: 'b' }, h('span', null, richText(author.name))), h('div', { class: 'dim' }, `@${author.handle}`)), h('div', { 'data-testid': 'UserDescription', class: 'pbio' }, author.headline ?? ''));
}

/** Shows an address without loading a document; `first` is what the server sent with the page. */
async function show(route, first) {
  timeline?.end();
  const page = first ?? await load(0, route);
  const pathname = route.split('?')[0];
  document.title = `${pathname === '/home' ? words.home : page.profile?.name ?? words.post} / X`;
  title.replaceChildren(...tabs(pathname));
  const head = () => intro.replaceChildren(...(pathname === '/home' ? [composer()] : page.profile ? [profileHead(page.profile)] : []));
  // A profile's head has a request of its own, which may be answered after that for its posts.
  if (boot.lateHead && page.profile) addEventListener('demo:head', head, { once: true });
  else head();
  list.parentNode.setAttribute('aria-label', pathname.includes('/status/') ? `Timeline: ${words.thread}` : `Timeline: ${words.timeline}`);
  scrollTo(0, 0);
  timeline = new Timeline(list, (cursor) => load(cursor, route), page);
}

/** The picture of a post before its timeline, which stays; the post stands beside it. */
const layer = h('div', { id: 'layers' });
function showPhoto(post) {
  const picture = h('div', { 'data-testid': 'swipe-to-dismiss', class: 'bigphoto' }, h('img', { alt: 'Image', src: `/art/scene/${post.photo.hue}/${post.photo.form}/.svg` }));
  const aside = h('div', { class: 'beside' }, h('section', { 'aria-labelledby': 'detail-header', role: 'region' }, h('div', { 'aria-label': `Timeline: ${words.thread}` }, h('div', { style: { position: 'relative' } }, h('div', { 'data-testid': 'cellInnerDiv', class: 'cell' }, cellContent({ ...post, focal: true }))))));
  layer.replaceChildren(h('div', { role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'modal-header', class: 'modal' }, nest(2, picture, aside)));
}

function go(route) {
  history.pushState(null, '', route);
  const [, id] = /\/status\/(\d+)\/photo\//.exec(route) ?? [];
  const post = id && timeline?.items.find((it) => it.id === id);
  if (post) return showPhoto(post);
  layer.replaceChildren();
  return show(route);
}

function frame() {
  const nav = h('nav', { 'aria-label': 'Primary', role: 'navigation' }, NAV.map(([key, href, d]) => h('a', { href, 'aria-label': words[key], role: 'link', 'data-testid': TEST_IDS[key], class: 'navlink' }, h('div', null, glyph(d)), h('div', { dir: 'ltr' }, h('span', null, words[key])))));
  const header = h('header', { role: 'banner' }, nest(2, h('h1', { role: 'heading' }, h('a', { href: '/home', 'aria-label': 'X', role: 'link', class: 'logo' }, glyph('M5 5h14v10h-8l-6 5zM9 9h6M9 12h4'))), nav, h('a', { href: '/compose/post', class: 'bigpost', role: 'link' }, words.post),
    h('button', { 'data-testid': 'SideNav_AccountSwitcher_Button', class: 'me row', type: 'button' }, avatar(boot.viewer), h('div', null, h('div', { class: 'b' }, boot.viewer.name), h('div', { class: 'dim' }, `@${boot.viewer.handle}`)))));
  const primary = h('div', { 'data-testid': 'primaryColumn', class: 'primary' }, h('div', { 'aria-label': words.home, tabindex: '0' }, h('div', { class: 'top' }, title), intro,
    h('section', { 'aria-labelledby': 'accessible-list-0', role: 'region' }, h('h1', { dir: 'auto', role: 'heading', id: 'accessible-list-0', class: 'vh' }, words.timeline), h('div', { 'aria-label': `Timeline: ${words.timeline}` }, list))));
  const trends = h('section', { class: 'box', role: 'region' }, h('h2', null, words.trending), boot.trends.map((trend) => h('div', { 'data-testid': 'trend', role: 'link', tabindex: '0', class: 'trend' }, h('div', { class: 'dim' }, trend.where), h('div', { class: 'b' }, trend.name), h('div', { class: 'dim' }, `${trend.posts} posts`))));
  const who = h('aside', { 'aria-label': words.who, role: 'complementary', class: 'box' }, h('h2', null, words.who), h('ul', { role: 'list' }, boot.suggested.map((author) => h('li', { 'data-testid': 'UserCell', class: 'row' }, avatar(author), h('div', { class: 'grow' }, h('div', { class: 'b' }, author.name), h('div', { class: 'dim' }, `@${author.handle}`)), h('button', { type: 'button', class: 'follow' }, words.follow)))));
  const side = h('div', { 'data-testid': 'sidebarColumn', class: 'side' }, h('div', { class: 'stick' }, h('form', { role: 'search', class: 'find' }, glyph('M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14M16 16l5 5'), h('input', { placeholder: words.search, 'data-testid': 'SearchBox_Search_Input' })), trends, who));
  const shapes = h('div', { style: { width: '0', height: '0' } }, ['', '-rx-16'].map((end) => h('svg', { height: '0', width: '0', viewBox: '0 0 200 200' }, h('defs', null, h('clipPath', { clipPathUnits: 'objectBoundingBox', id: `shape-square${end}`, transform: 'scale(0.005 0.005)' }, h('rect', { height: '200', rx: '32', width: '200' }))))));
  return h('div', { id: 'react-root' }, h('div', { class: 'cols' }, header, h('main', { role: 'main' }, nest(2, h('div', { class: 'twocol' }, primary, side)))), shapes, layer);
}

document.addEventListener('click', async (event) => {
  if (event.defaultPrevented || !(event.target instanceof Element)) return;
  const more = event.target.closest('[data-testid="tweet-text-show-more-link"]');
  const like = event.target.closest('[data-testid="like"], [data-testid="unlike"]');
  const link = event.target.closest('a[href]');
  const post = timeline?.postAt(event.target);
  if (more && post) {
    event.preventDefault();
    await ask(`/api/more?id=${post.id}`);
    post.expanded = true;
    timeline.refresh(post);
  } else if (like && post) {
    post.liked = !post.liked;
    timeline.refresh(post);
  } else if (link && link.origin === location.origin && !event.target.closest('button')) {
    event.preventDefault();
    await go(link.pathname + link.search);
  } else if (event.target.closest('article') && post && !event.target.closest('button, a, input')) {
    stage.opened.push(post.id);
    if (!boot.stay) await go(`/${post.author.handle}/status/${post.id}`);
  }
});
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.('input, textarea')) return;
  if (event.key === 'j') timeline?.move(1);
  if (event.key === 'k') timeline?.move(-1);
});
addEventListener('popstate', () => {
  // Behind a picture the timeline has stayed.
  if (layer.firstChild) layer.replaceChildren();
  else show(location.pathname + location.search);
});

/** What tests may ask of the page. */
globalThis.stage = {
  go, opened: [], foreign,
  get timeline() { return timeline; },
  churn: (round) => timeline.churn(round),
  first: watchFirstPaint(document.documentElement, 'article', (node) => timeline?.postAt(node)?.id),
};
document.body.append(frame());
show(location.pathname + location.search, boot.first);
