//! Owns the demo site at old.reddit.com: a list of titles, nested as recorded in 2024; never knows the list.

import { room as current } from './reddit.js';

const sub = ({ author }) => author.slug.replaceAll('-', '').slice(0, 18);
const stop = { class: 'clearleft' };

export const room = {
  hosts: ['old.reddit.com'], address: 'https://old.reddit.com/', feed: 'reddit', title: 'reddit: old', ads: true, post: '.thing',
  more: null, body: 'class="listing-page hot-page"',
  idOf: current.idOf, profileOf: current.profileOf, threadOf: current.threadOf,
  list: ({ h }) => h('div', { id: 'siteTable', class: 'sitetable linklisting' }),
  frame: ({ h }, list) => h('div', null, h('div', { id: 'header', class: 'bar' }, h('a', { id: 'header-img', href: '/', class: 'b' }, 'reddit'), h('div', { id: 'header-bottom-right' }, h('span', { class: 'user' }, h('a', { href: 'https://old.reddit.com/user/samreads/' }, 'samreads')))),
    h('div', { class: 'side' }, h('div', { class: 'titlebox' }, h('h1', null, h('a', { href: '/r/cups/' }, 'cups')), h('time', { datetime: '2008-01-25T03:14:39+00:00' }, '18'))), h('div', { class: 'content', role: 'main' }, list)),
  module: ({ h, t }) => h('div', { class: 'trending-subreddits post' }, h('strong', null, t.suggested), h('a', { href: '/r/brightlamp/' }, '/r/brightlamp')),
  row({ h, t, put, when, iso, photo }, post) {
    const id = current.idOf(post);
    const title = post.text.split(/(?<=[.!?])\s/)[0];
    const permalink = post.ad ? `/user/${post.author.handle}/comments/${id}/x/` : current.threadOf(post);
    const billed = `https://alb.reddit.com/cr?za=${id}`;
    const to = post.ad ? billed : permalink;
    const who = h('a', { href: `https://old.reddit.com/user/${post.author.handle}/`, class: `author may-blank id-t2_${id}` }, post.author.handle);
    const [before, after = ''] = t.submitted.split('%');
    const action = (name) => h('div', { class: `arrow ${name} login-required access-required`, 'data-event-action': `${name}vote`, role: 'button', 'aria-label': `${name}vote`, tabindex: '0' }, '▴');
    const score = post.ad ? '•' : String(post.counts.likes);
    const thing = h('div', {
      class: `thing id-t3_${id} link ${post.ad ? 'promoted locked promotedlink' : 'self'}`, id: `thing_t3_${id}`, 'data-fullname': `t3_${id}`, 'data-type': 'link', 'data-gildings': '0', 'data-author': post.author.handle, 'data-author-fullname': `t2_${id}`, 'data-subreddit': sub(post), 'data-subreddit-prefixed': `r/${sub(post)}`, 'data-timestamp': String(post.ms), 'data-url': to, 'data-permalink': permalink,
      'data-domain': 'self.x', 'data-rank': post.ad ? '' : String(post.n + 1), 'data-comments-count': post.ad ? '0' : String(post.counts.replies), 'data-score': post.ad ? '0' : String(post.counts.likes), 'data-promoted': String(Boolean(post.ad)), 'data-nsfw': 'false', 'data-context': 'listing',
    }, h('p', { class: 'parent' }), h('span', { class: 'rank' }, post.ad ? '' : String(post.n + 1)), h('div', { class: 'midcol unvoted' }, action('up'), h('div', { class: 'score dislikes' }, score), h('div', { class: 'score unvoted' }, score), h('div', { class: 'score likes' }, score), action('down')),
    h('a', { class: 'thumbnail invisible-when-pinned may-blank', 'data-event-action': 'thumbnail', href: to }, photo(post, { width: '70', height: '50', class: '' })),
    h('div', { class: 'entry unvoted' }, h('div', { class: 'top-matter' }, h('p', { class: 'title' }, h('a', { class: 'title may-blank', 'data-event-action': 'title', href: to, tabindex: '1' }, title), ' ', h('span', { class: 'domain' }, '(', h('a', { href: `/r/${sub(post)}/` }, `self.${sub(post)}`), ')')),
      post.ad ? h('p', { class: 'tagline' }, t.promotedBy, who, h('span', { class: 'userattrs' })) : h('p', { class: 'tagline' }, before, h('time', { title: 'x', datetime: iso(post), class: 'live-timestamp' }, when(post)), after, who, h('span', { class: 'userattrs' })),
      h('ul', { class: 'flat-list buttons' }, post.ad && h('li', null, h('span', { class: 'promoted-tag' }, h('span', { class: 'promoted-span', title: 'x' }, t.promoted))), h('li', { class: 'first' }, h('a', { href: `https://old.reddit.com${permalink}`, 'data-event-action': 'comments', class: 'bylink comments may-blank' }, put(t.comments, post.counts.replies))), h('li', { class: 'share' }, h('a', { href: '#' }, t.share)))),
    h('div', { class: 'expando expando-uninitialized', style: { display: 'none' } }, h('span', { class: 'error' }, 'loading...'))), h('div', { class: 'child' }), h('div', stop));
    const comment = post.focal && h('div', { class: 'commentarea' }, h('div', { class: 'thing id-t1_kx81 comment', id: 'thing_t1_kx81', 'data-fullname': 't1_kx81', 'data-type': 'comment', 'data-author': 'tomas_okafor' }, h('div', { class: 'entry' }, h('p', { class: 'tagline' }, h('a', { href: 'https://old.reddit.com/user/tomas_okafor/', class: 'author may-blank' }, 'tomas_okafor')), h('div', { class: 'usertext-body' }, h('p', null, 'Order two for me, 50% off or not!')))));
    return [thing, h('div', stop), comment];
  },
};
