//! Owns the demo site at www.reddit.com: feed of its present markup, buttons in open shadow roots, lines between the rows; never knows the list.

const code = (id) => (BigInt(id) % 2821109907456n).toString(36);
const sub = ({ author }) => author.slug.replaceAll('-', '').slice(0, 18);
const profileOf = ({ author }) => `/user/${author.handle}/`;
const threadOf = (post) => `/r/${sub(post)}/comments/${code(post.id)}/x/`;

/** The site's own elements draw their frame in an open root. */
function shadowed(tag) {
  if (!globalThis.customElements || customElements.get(tag)) return;
  customElements.define(tag, class extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      const make = (name, attributes, ...kids) => {
        const node = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
        node.append(...kids);
        return node;
      };
      const style = new CSSStyleSheet();
      style.replaceSync(':host{display:block;padding:10px 16px}[data-testid="action-row"]{display:flex;gap:20px;margin-top:8px;opacity:.7;font-size:13px}');
      this.attachShadow({ mode: 'open' }).append(...['credit-bar', 'title', 'text-body', 'post-media-container'].map((name) => make('slot', { name })), make('div', { 'data-testid': 'action-row' }, make('button', { type: 'button' }, this.getAttribute('score') ?? ''), make('button', { type: 'button' }, this.getAttribute('comment-count') ?? '')));
      this.shadowRoot.adoptedStyleSheets = [style];
    }
  });
}

export const room = {
  hosts: ['www.reddit.com'], address: 'https://www.reddit.com/', feed: 'reddit', title: 'Reddit', ads: true, post: 'shreddit-post, shreddit-ad-post',
  more: null,
  idOf: (post) => code(post.id),
  profileOf, threadOf,
  list: ({ h }) => h('shreddit-feed', { style: { display: 'block' } }),
  frame({ h, t }, list) {
    for (const tag of ['shreddit-post', 'shreddit-ad-post']) shadowed(tag);
    return h('shreddit-app', { style: { display: 'block' } }, h('reddit-header-large', { class: 'bar', style: { display: 'flex' } }, h('a', { href: '/', class: 'b' }, 'r/'), h('li', { noun: 'profile', style: { 'list-style': 'none' } }, h('a', { href: '/user/samreads/' }, t.profile))), h('main', { id: 'main-content' }, list, h('faceplate-partial', { src: '/svc/x', loading: 'programmatic' })));
  },
  module: ({ h, t }) => h('faceplate-tracker', { style: { display: 'block' } }, h('div', { class: 'post' }, h('div', { class: 'b' }, t.suggested), ['r/cups', 'r/brightlamp'].map((who) => h('div', { class: 'line' }, h('a', { href: `/${who}/` }, who), h('button', { type: 'button', class: 'pill' }, t.follow))))),
  row({ h, t, rich, when, iso, photo }, post) {
    const id = code(post.id);
    const title = post.text.split(/(?<=[.!?])\s/)[0];
    const rest = post.text.slice(title.length).trim();
    const permalink = post.ad ? `/user/${post.author.handle}/comments/${id}/x/` : threadOf(post);
    const facts = { id: `t3_${id}`, permalink, 'content-href': `https://www.reddit.com${permalink}`, 'post-title': title, author: post.author.handle, 'author-id': `t2_${code(post.n + 7919)}`, 'subreddit-prefixed-name': `r/${sub(post)}`, score: String(post.counts.likes), 'comment-count': String(post.counts.replies), 'created-timestamp': iso(post), domain: 'self.x', 'post-type': post.photo ? 'image' : 'text', 'post-language': post.lang, 'view-context': 'AggregateFeed' };
    const who = h('a', { href: profileOf(post), class: 'dim' }, `u/${post.author.handle}`);
    const credit = h('span', { slot: 'credit-bar', class: 'line small' }, post.ad ? [who, h('span', { class: 'dim promoted-label' }, t.promoted)] : [h('a', { href: `/r/${sub(post)}/`, class: 'b' }, `r/${sub(post)}`), h('span', { class: 'dim' }, '•'), h('faceplate-timeago', { ts: iso(post), class: 'dim' }, h('time', { datetime: iso(post), title: 'x' }, when(post))), who]);
    const inside = [credit, h('a', { slot: 'title', href: permalink, class: 'b title', id: `post-title-t3_${id}` }, title), rest && h('a', { slot: 'text-body', href: permalink, class: 'body' }, h('div', { property: 'schema:articleBody' }, h('p', null, rich(rest, { tag: 'span' })))), post.photo && h('div', { slot: 'post-media-container' }, photo(post))];
    const line = h('hr', { class: 'hr' });
    if (post.ad) return [h('shreddit-ad-post', { ...facts, promoted: true }, inside), line];
    const answers = post.focal && h('shreddit-comment-tree', { style: { display: 'block' } }, h('shreddit-comment', { author: 'tomas_okafor', depth: '0', thingid: 't1_kx81', permalink: `${permalink}kx81/`, score: '4', style: { display: 'block' } }, h('div', { slot: 'commentMeta', class: 'line' }, h('a', { href: '/user/tomas_okafor/' }, 'tomas_okafor')), h('div', { slot: 'comment', id: 't1_kx81-comment' }, h('p', null, 'Order two for me, 50% off or not!'))));
    return [h('article', { 'data-post-id': `t3_${id}`, 'aria-label': title }, h('shreddit-post', facts, inside)), line, answers];
  },
};
