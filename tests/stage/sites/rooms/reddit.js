//! Owns the demo site at www.reddit.com: home feed of its present markup; never knows the list.

const code = (id) => (BigInt(id) % 2821109907456n).toString(36);

export const room = {
  hosts: ['www.reddit.com'], address: 'https://www.reddit.com/', feed: 'reddit', title: 'Reddit', ads: true, post: 'shreddit-post, shreddit-ad-post',
  idOf: (post) => code(post.id),
  list: ({ h }) => h('shreddit-feed'),
  frame: ({ h }, list) => h('shreddit-app', null, h('main', { id: 'main-content' }, list)),
  row({ h, rich, age }, post) {
    const id = code(post.id);
    const title = post.text.split(/(?<=[.!?])\s/)[0];
    const rest = post.text.slice(title.length).trim();
    const permalink = `/r/${post.author.slug.replaceAll('-', '')}/comments/${id}/x/`;
    const facts = { id: `t3_${id}`, permalink, 'content-href': `https://www.reddit.com${permalink}`, 'post-title': title, author: post.author.handle, 'author-id': `t2_${code(post.n + 7919)}`, 'subreddit-prefixed-name': `r/${post.author.slug.replaceAll('-', '')}`, score: String(post.counts.likes), 'comment-count': String(post.counts.replies), 'created-timestamp': new Date(post.ms).toISOString(), domain: 'self.x', 'post-type': 'text', 'post-language': 'en', 'view-context': 'AggregateFeed' };
    const inside = [
      h('div', { slot: 'credit-bar', class: 'head' }, h('span', null, h('a', { href: `/r/${post.author.slug.replaceAll('-', '')}/`, class: 'b' }, `r/${post.author.slug.replaceAll('-', '')}`)), h('a', { href: `/user/${post.author.handle}/`, class: 'dim' }, post.author.handle), post.ad ? h('span', { class: 'dim' }, 'Promoted') : h('faceplate-timeago', { ts: new Date(post.ms).toISOString(), class: 'dim' }, h('time', { datetime: new Date(post.ms).toISOString() }, age(post.ms, { minutes: '% min. ago', hours: '% hr. ago', days: '% days ago' })))),
      h('a', { slot: 'title', href: permalink, class: 'b', id: `post-title-t3_${id}` }, title),
      rest && h('a', { slot: 'text-body', href: permalink }, h('div', { property: 'schema:articleBody' }, h('p', null, rich(rest)))),
    ];
    if (post.ad) return h('shreddit-ad-post', { ...facts, promoted: true, class: 'post', style: { display: 'block' } }, inside);
    return h('article', { 'data-post-id': `t3_${id}`, 'aria-label': title }, h('shreddit-post', { ...facts, class: 'post', style: { display: 'block' } }, inside));
  },
};
