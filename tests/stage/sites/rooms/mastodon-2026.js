//! Owns the demo instance glade.example: the web client as redesigned in 2026, whose class names are hashed; never knows the list.

import { frame, list, paragraphs, profileOf, room as former, rowOf, shell, suggestions, threadOf } from './mastodon.js';

const host = 'glade.example';

export const room = {
  hosts: [host], address: `https://${host}/home`, feed: 'mastodon', title: 'Mastodon', ads: false, post: 'article[data-id] > article',
  more: null, body: 'class="app-body"',
  idOf: former.idOf,
  profileOf, threadOf, list, frame, shell, module: suggestions,
  row(kit, post) {
    const { h, icon, avatarOf, brief, when, iso, photo } = kit;
    const acct = `@${post.author.handle.toLowerCase()}`;
    const href = profileOf(post);
    const hover = { title: acct, 'data-id': '5', 'data-hover-card-account': '5' };
    const count = (name, n) => h('button', { type: 'button', title: name }, icon(name, { viewBox: '0 0 24 24' }), h('span', null, brief(n)));
    return rowOf(kit, post, {}, h('article', { class: '_root_k1q0z post', 'data-id': former.idOf(post), 'aria-label': post.author.name, tabindex: '0' },
      h('header', { class: '_header_k1q0z head' }, h('a', { href, ...hover, role: 'presentation', tabindex: '-1' }, h('div', { class: 'account__avatar' }, h('img', { alt: '', class: 'av', src: avatarOf(post.author) }))),
        h('div', { class: 'grow' }, h('p', { class: '_headerName_k1q0z line' }, h('a', { href, ...hover, class: 'b' }, h('span', { class: 'display-name' }, h('bdi', null, h('strong', { class: 'display-name__html' }, post.author.name)))), '•', h('a', { href: threadOf(post), class: 'dim' }, h('time', { datetime: iso(post), title: 'x' }, when(post)))), h('p', { class: '_headerHandle_k1q0z dim' }, h('a', { href, title: acct, role: 'presentation', tabindex: '-1' }, `${acct}@${host}`)))),
      h('div', { class: '_root_y7b2c' }, h('div', { class: '_text_y7b2c', lang: post.lang }, paragraphs(kit, post.text)), post.photo && h('div', { class: '_media_y7b2c' }, photo(post))),
      h('footer', { class: '_footer_k1q0z' }, h('div', { class: '_bar_k1q0z acts' }, count('comment', post.counts.replies), count('repost', post.counts.reposts), count('like', post.counts.likes)))));
  },
};
