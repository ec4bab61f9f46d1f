//! Owns the demo site at www.tiktok.com: the feed of videos, whose captions are the posts; never knows the list.

/** The site's ids hold seconds in their upper half. */
const code = ({ ms, n }) => String((BigInt(Math.floor(ms / 1000)) << 32n) | BigInt(n * 7919 + 5));
const profileOf = ({ author }) => `/@${author.handle.toLowerCase()}`;
const threadOf = (post) => `${profileOf(post)}/video/${code(post)}`;

export const room = {
  hosts: ['www.tiktok.com'], address: 'https://www.tiktok.com/foryou', feed: 'tiktok', title: 'TikTok', ads: true, post: 'article',
  more: '[data-e2e="video-desc"] ~ button',
  idOf: code,
  profileOf, threadOf,
  list: ({ h }) => h('div', { id: 'column-list-container' }),
  frame: ({ h, nest, t }, list) => h('div', { id: 'app' }, h('div', { class: 'bar' }, h('a', { href: '/foryou', class: 'b' }, t.home), h('a', { 'data-e2e': 'nav-profile', href: '/@samreads' }, t.profile)), nest(2, h('main', { id: 'main-content-homepage_hot' }, list))),
  /** A live stream stands in a row of the same kind, without a caption. */
  module: ({ h }) => h('article', { 'data-e2e': 'recommend-list-item-container', 'data-scroll-index': '900', class: 'post' }, h('div', null, h('section', { 'data-e2e': 'feed-live' }, h('a', { href: '/@brightlampcompany/live' }, h('div', null, 'LIVE'))))),
  row({ h, t, avatarOf, rich, brief, photo }, post) {
    const [href, id] = [profileOf(post), code(post)];
    const isLong = post.text.length > 180 && !post.expanded && !post.focal;
    const count = (what, name, n) => h('div', { role: 'button', tabindex: '0', 'aria-label': `${what}\n${brief(n)}`, 'data-e2e': `${name}-icon` }, h('span', null, h('i', { class: 'dot' })), h('strong', { 'data-e2e': `${name}-count` }, brief(n)));
    return h('article', { id: `one-column-item-${post.n}`, 'data-scroll-index': String(post.n), 'data-e2e': 'recommend-list-item-container', class: 'e1cb0yqt0 post' }, h('div', { class: 'side' },
      h('section', { 'data-e2e': 'feed-video', 'aria-label': 'Watch in full screen', class: 'grow' }, h('div', { id: `xgwrapper-0-${id}`, class: 'xgplayer-container' }, photo(post, { class: 'pic tall' })), h('button', { type: 'button', 'data-e2e': 'more-menu-icon', 'data-more-menu-item-id': id, class: 'corner' }, '…'),
        h('div', null, post.ad && h('div', { class: 'css-1x2y-DivAdBadgeContainer' }, h('span', { class: 'css-9z-SpanAdBadge pill' }, t.ad)),
          h('div', null, h('a', { class: 'link-a11y-focus', href }, h('div', null, h('p', { class: 'TUXText b' }, post.author.name)))),
          h('div', null, h('div', { 'data-e2e': 'video-desc', class: isLong ? 'clamp' : '' }, h('span', { 'data-e2e': 'desc-span-0' }, rich(post.text))), isLong && h('button', { type: 'button', class: 'see' }, t.more)),
          h('a', { 'aria-label': 'x', href: '/music/x-75', class: 'dim' }, h('p', null, '♫ a song')))),
      h('section', { class: 'col' }, h('a', { href, 'data-e2e': 'video-author-avatar' }, h('img', { alt: post.author.handle, class: 'av', src: avatarOf(post.author) })), count(t.like, 'like', post.counts.likes), count(t.comment, 'comment', post.counts.replies), count(t.share, 'share', post.counts.reposts))));
  },
};
