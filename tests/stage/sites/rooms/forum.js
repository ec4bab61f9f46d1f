//! Owns the demo site board.example: a forum whose posts are marked as schema.org microdata; never knows the list.

const profileOf = ({ author }) => `/u/${author.handle.toLowerCase()}`;
const threadOf = (post) => `/t/${post.id}`;
const TYPE = 'https://schema.org/DiscussionForumPosting';

export const room = {
  hosts: ['board.example'], address: 'https://board.example/', feed: 'reddit', title: 'Board', ads: false, post: '[itemtype$="Posting"]',
  more: null,
  idOf: (post) => post.id,
  profileOf, threadOf,
  list: ({ h }) => h('div', { id: 'posts' }),
  frame: ({ h, t }, list) => h('div', { id: 'main-outlet' }, h('div', { class: 'bar' }, h('a', { href: '/', class: 'b' }, 'Board'), h('a', { href: '/u/samreads' }, t.profile)), h('div', { role: 'main' }, list)),
  module: ({ h, t }) => h('div', { class: 'suggested-topics post' }, h('h3', null, t.suggested), h('a', { href: '/u/brightlampcompany' }, 'Bright Lamp Company')),
  row({ h, t, put, avatarOf, rich, when, iso, photo }, post) {
    return h('div', { class: 'topic-post post', itemscope: true, itemtype: TYPE },
      h('div', { class: 'head' }, h('img', { alt: '', class: 'av', src: avatarOf(post.author) }), h('div', { class: 'names line' }, h('span', { itemprop: 'author', itemscope: true, itemtype: `https://schema.org/${post.author.kind === 'person' ? 'Person' : 'Organization'}` }, h('a', { itemprop: 'url', href: profileOf(post), class: 'b' }, h('span', { itemprop: 'name' }, post.author.name))), h('a', { itemprop: 'url', href: threadOf(post), class: 'dim' }, h('time', { itemprop: 'datePublished', datetime: iso(post) }, when(post))))),
      h('div', { itemprop: 'text', class: 'cooked', lang: post.lang }, post.text.split('\n\n').map((part) => h('p', null, rich(part))), post.photo && h('p', null, photo(post))),
      h('div', { itemprop: 'interactionStatistic', itemscope: true, itemtype: 'https://schema.org/InteractionCounter', class: 'acts' }, h('meta', { itemprop: 'interactionType', content: 'https://schema.org/LikeAction' }), h('meta', { itemprop: 'userInteractionCount', content: String(post.counts.likes) }), h('span', { class: 'dim' }, put(t.likes, post.counts.likes))),
      post.focal && h('div', { itemprop: 'comment', itemscope: true, itemtype: 'https://schema.org/Comment' }, h('a', { itemprop: 'author', href: '/u/tomas' }, 'Tomas Okafor'), h('div', { itemprop: 'text' }, 'Order two for me, 50% off or not!')));
  },
};
