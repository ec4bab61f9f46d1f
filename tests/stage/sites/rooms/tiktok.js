//! Owns the demo site at www.tiktok.com: the feed of videos, whose captions are the posts; never knows the list.

/** The site's ids hold seconds in their upper half. */
const code = ({ ms, n }) => String((BigInt(Math.floor(ms / 1000)) << 32n) | BigInt(n * 7919 + 5));

export const room = {
  hosts: ['www.tiktok.com'], address: 'https://www.tiktok.com/foryou', feed: 'tiktok', title: 'TikTok', ads: true, post: 'article',
  idOf: code,
  list: ({ h }) => h('div', { id: 'column-list-container' }),
  frame: ({ h, nest }, list) => h('div', { id: 'app' }, nest(2, h('main', { id: 'main-content-homepage_hot' }, list))),
  row({ h, avatarOf, rich, brief }, post) {
    const href = `/@${post.author.handle}`;
    const count = (what, n) => h('div', { class: 'dim' }, h('button', { type: 'button', 'aria-label': `${what} video\n${brief(n)}` }, h('span', { 'data-e2e': `${what.toLowerCase()}-icon` }), h('strong', { 'data-e2e': `${what.toLowerCase()}-count` }, brief(n))));
    return h('article', { 'data-e2e': 'recommend-list-item-container', 'data-scroll-index': String(post.n), class: 'post' }, h('div', null,
      h('section', { 'data-e2e': 'feed-video' }, h('div', { id: `xgwrapper-0-${code(post)}` }, h('img', { alt: '', class: 'pic', src: `/art/scene/${(post.photo ?? post.author).hue}/1/.svg` })),
        h('div', null, h('div', { class: 'head' }, h('a', { href, 'data-e2e': 'video-author-uniqueid', class: 'b' }, h('h3', { 'data-e2e': 'video-author-nickname' }, post.author.name)), post.ad && h('span', { class: 'css-1x-SpanAdBadge ead' }, 'Ad')),
          h('div', { 'data-e2e': 'video-desc' }, h('div', null, h('span', null, rich(post.text)))))),
      h('section', { class: 'acts' }, h('a', { href, 'data-e2e': 'video-author-avatar' }, h('img', { alt: '', class: 'av', src: avatarOf(post.author) })), count('Like', post.counts.likes), count('Comment', post.counts.replies), count('Share', post.counts.reposts))));
  },
};
