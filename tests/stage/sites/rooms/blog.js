//! Owns the demo site planet.example: posts of several sites on one page, marked as h-entry; never knows the list.

const profileOf = ({ author }) => `/author/${author.slug}/`;
const threadOf = (post) => `/${post.id}/`;

export const room = {
  hosts: ['planet.example'], address: 'https://planet.example/', feed: 'bluesky', title: 'Planet', ads: false, post: '.h-entry',
  more: null,
  idOf: (post) => post.id,
  profileOf, threadOf,
  list: ({ h }) => h('div', { class: 'h-feed' }),
  frame: ({ h, t }, list) => h('div', { id: 'page', class: 'site' }, h('header', { class: 'site-header bar' }, h('a', { href: '/', rel: 'home', class: 'b' }, 'Planet'), h('nav', null, h('a', { href: '/about/' }, t.profile))), h('main', { id: 'main' }, list), h('footer', { class: 'site-footer dim' }, '·')),
  module: ({ h, t }) => h('aside', { class: 'widget post' }, h('h2', null, t.suggested), h('ul', null, h('li', null, h('a', { href: '/author/bright-lamp-company/' }, 'Bright Lamp Company')))),
  row({ h, t, put, avatarOf, rich, when, iso, photo }, post) {
    return h('article', { class: 'h-entry post', id: `post-${post.id}` },
      h('header', { class: 'entry-header head' }, h('a', { href: profileOf(post), class: 'p-author h-card line' }, h('img', { alt: '', class: 'u-photo av', src: avatarOf(post.author) }), h('span', { class: 'p-name b' }, post.author.name)), h('a', { href: threadOf(post), class: 'u-url dim' }, h('time', { class: 'dt-published', datetime: iso(post) }, when(post)))),
      h('div', { class: 'e-content', lang: post.lang }, post.text.split('\n\n').map((part) => h('p', null, rich(part))), post.photo && h('p', null, photo(post))),
      h('footer', { class: 'entry-meta dim' }, h('a', { href: `${threadOf(post)}#comments`, class: 'comments-link' }, put(t.comments, post.counts.replies))),
      post.focal && h('section', { id: 'comments', class: 'comments' }, h('ol', null, h('li', { class: 'p-comment h-cite' }, h('a', { class: 'p-author h-card', href: '/author/tomas/' }, 'Tomas Okafor'), h('p', { class: 'e-content' }, 'Order two for me, 50% off or not!')))));
  },
};
