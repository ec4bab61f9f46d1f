//! Owns the demo site at www.threads.com: home feed; never knows the list.

const code = (id) => `D${BigInt(id).toString(36)}`;
const SHAPE = 'M4 4h16v16H4z';

export const room = {
  hosts: ['www.threads.com'], address: 'https://www.threads.com/', feed: 'threads', title: 'Threads', ads: false, post: '[data-pressable-container]',
  idOf: (post) => code(post.id),
  list: ({ h }) => h('div'),
  frame: ({ h, nest }, list) => h('div', { id: 'barcelona-page-layout' }, h('div', { 'aria-label': 'Column body', role: 'region', class: 'mid' }, nest(2, list))),
  row({ h, nest, avatarOf, rich, brief, age }, post) {
    const href = `/@${post.author.handle}`;
    const count = (title, n) => h('div', null, h('div', { role: 'button', tabindex: '0' }, h('div', { class: 'head' }, h('svg', { 'aria-label': title, role: 'img', viewBox: '0 0 24 24' }, h('title', null, title), h('path', { d: SHAPE, fill: 'none', stroke: 'currentColor' })), n > 0 && h('span', null, h('div', null, h('span', null, brief(n)))))));
    return h('div', { 'data-virtualized': 'false' }, h('div', { 'data-pressable-container': 'true', 'data-interactive-id': '', class: 'post' }, nest(1,
      h('div', { class: 'head' }, h('div', null, h('a', { href, role: 'link', tabindex: '0' }, h('img', { alt: `${post.author.handle}'s profile picture`, class: 'av', src: avatarOf(post.author) }))),
        h('div', null, h('div', { class: 'head' }, h('span', null, h('div', null, h('span', null, h('div', null, h('a', { href, role: 'link', tabindex: '0' }, h('span', { dir: 'auto', translate: 'no', class: 'b' }, h('span', null, post.author.handle)))))), post.author.gold && h('span', null, h('svg', { 'aria-label': 'Verified', role: 'img', viewBox: '0 0 40 40' }, h('title', null, 'Verified'), h('path', { d: 'M19.998 3.094 14.638 0l-2.972 5.15H5.432v6.354L0 14.640z' })))),
          h('div', null, h('span', { dir: 'auto', class: 'dim' }, h('a', { href: `${href}/post/${code(post.id)}`, role: 'link', tabindex: '0' }, h('time', { datetime: new Date(post.ms).toISOString(), title: 'x' }, age(post.ms, { minutes: '%m', hours: '%h', days: '%d' }))))))),
        h('div', null, h('div', { 'aria-expanded': 'false', 'aria-haspopup': 'menu', role: 'button', tabindex: '0' }, h('svg', { 'aria-label': 'More', role: 'img', viewBox: '0 0 24 24' }, h('title', null, 'More'), h('circle', { cx: '12', cy: '12', r: '1.500' }))))),
      h('div', null, h('div', null, h('span', { dir: 'auto' }, h('span', null, rich(post.text)))),
        post.photo && h('div', null, h('img', { alt: '', class: 'pic', src: `/art/scene/${post.photo.hue}/${post.photo.form}/.svg` })),
        h('div', { class: 'acts' }, count('Like', post.counts.likes), count('Comment', post.counts.replies), count('Repost', post.counts.reposts), count('Share', 0))))));
  },
};
