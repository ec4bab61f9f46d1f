//! Owns the demo site at www.threads.com: home feed and threads, rows of several posts by one author included; never knows the list.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
function code(id) {
  let [left, text] = [BigInt(id), ''];
  for (; left > 0n; left /= 64n) text = ALPHABET[Number(left % 64n)] + text;
  return `D${text}`;
}
/** The beginnings of the site's drawings. */
const SHAPES = { like: 'M1.34375 7.53125L1.34375 7.54043C1.34374 8.04211 4 13 9 16c5-3 8-8 7-12-2-3-5-2-7 0C6 1 1 3 1.343 7.531z', comment: 'M15.376 13.2177L16.2861 16.7955L12.7106 15.8848C12.678 15.8 3 19 2 9 2 0 16 0 16 9z', repost: 'M6.41256 1.23531C6.6349 0.971277 7.02918 0.937481 7.29321 1.16L9 3H4v9M12 15l-2-2h5V5', share: 'M15.6097 4.09082L6.65039 9.11104 7.79128 14.439 15.6 4' };
const HALF = 'M19.998 3.094 14.638 0l-2.972 5.15H5.432v6.354L0 14.640 3.094 20 0 25.359l5.432 3.137v5.905h5.975L14.638 40l5.36-3.094L25.358 40l3.232-5.600h6.162v-6.010L40 25.359 36.905 20 40 14.641l-5.248-3.030v-6.460h-6.419L25.358 0z';

const profileOf = ({ author }) => `/@${author.handle.toLowerCase()}`;
const threadOf = (post) => `${profileOf(post)}/post/${code(post.id)}`;

export const room = {
  hosts: ['www.threads.com'], address: 'https://www.threads.com/', feed: 'threads', title: 'Threads', ads: true, post: '[data-pressable-container]',
  more: 'span [role="button"]:has(.see)',
  idOf: (post) => code(post.id),
  profileOf, threadOf,
  list: ({ h }) => h('div'),
  frame: ({ h, nest, t, icon }, list) => h('div', { id: 'barcelona-page-layout' }, h('div', { class: 'bar' }, h('a', { href: '/@samreads', role: 'link' }, icon('home', { 'aria-label': 'Profile', role: 'img' }, h('title', null, t.profile)))), h('div', { 'aria-label': 'Column body', role: 'region', class: 'mid' }, nest(2, list))),
  shell: ({ h }, post, height) => h('div', { 'data-virtualized': 'true', style: { height: `${height}px` } }),
  module: ({ h, t }) => h('div', { class: 'post' }, h('span', { dir: 'auto' }, t.suggested), ['noor.haddadi', 'bright_lamp_company'].map((who) => h('div', { class: 'head' }, h('a', { href: `/@${who}`, role: 'link', tabindex: '0' }, h('span', { dir: 'auto', translate: 'no' }, who)), h('div', { role: 'button', tabindex: '0', class: 'pill' }, h('div', null, t.follow))))),
  row({ h, nest, t, put, icon, avatarOf, rich, brief, when, iso, cut, photo }, post) {
    const href = profileOf(post);
    const { text, isCut } = cut(post);
    const count = (label, n) => h('div', null, h('div', { role: 'button', tabindex: '0' }, h('div', { class: 'line' }, h('svg', { 'aria-label': t[label], role: 'img', viewBox: '0 0 18 18' }, h('title', null, t[label]), h('path', { d: SHAPES[label], fill: 'none', stroke: 'currentColor' })), n > 0 && h('span', { dir: 'auto' }, h('div', null, h('span', null, brief(n)))))));
    const stamp = post.ad ? h('span', { dir: 'auto', class: 'dim' }, h('span', null, t.ad)) : h('span', { dir: 'auto', class: 'dim' }, h('a', { href: threadOf(post), role: 'link', tabindex: '0' }, h('time', { datetime: iso(post), title: 'x', 'data-visualcompletion': 'ignore-dynamic' }, when(post))));
    return h('div', { 'data-virtualized': 'false' }, h('div', { 'data-pressable-container': 'true', 'data-interactive-id': '', class: 'post' }, nest(1,
      h('div', { class: 'head' }, h('div', null, h('a', { href, role: 'link', tabindex: '0' }, h('div', null, h('img', { height: '36', width: '36', alt: put(t.pictureOf, href.slice(2)), class: 'av', src: avatarOf(post.author) })))),
        h('div', { class: 'grow line' }, h('div', null, h('div', { class: 'line' }, h('span', { class: 'line' }, h('div', null, h('span', null, h('div', null, h('a', { href, role: 'link', tabindex: '0' }, h('span', { dir: 'auto', translate: 'no', class: 'b' }, h('span', null, href.slice(2))))))), post.author.gold && h('span', null, h('svg', { 'aria-label': 'Verified', role: 'img', viewBox: '0 0 40 40', class: 'tiny tick' }, h('title', null, 'Verified'), h('path', { d: HALF })))), h('div', null, h('div', null, stamp))))),
        h('div', null, h('div', null, h('div', { 'aria-expanded': 'false', 'aria-haspopup': 'menu', role: 'button', tabindex: '0' }, h('div', null, icon('more', { 'aria-label': t.options, role: 'img' }, h('title', null, t.options))))))),
      h('div', null, h('div', null, h('span', { dir: 'auto' }, h('span', null, rich(text)), isCut && h('span', null, '… ', h('div', { role: 'button', tabindex: '0', style: { display: 'inline' } }, h('span', { class: 'see' }, t.more))))),
        post.photo && nest(3, h('div', { role: 'button', tabindex: '0' }, nest(2, photo(post)))),
        h('div', { class: 'acts' }, count('like', post.counts.likes), count('comment', post.counts.replies), count('repost', post.counts.reposts), count('share', 0))))));
  },
};
