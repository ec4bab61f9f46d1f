//! Owns the demo site at bsky.app: home feed beside a former screen that stays hidden, and threads; never knows the list.

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
/** The site's record keys are microseconds in a sortable base 32, thirteen characters. */
function key({ ms, n }) {
  let left = (BigInt(ms) * 1000n << 10n) | BigInt(n % 1024);
  let text = '';
  for (let at = 0; at < 13; at++, left >>= 5n) text = ALPHABET[Number(left & 31n)] + text;
  return text;
}

const handleOf = ({ author }) => `${author.handle.toLowerCase().replaceAll('_', '-')}.example`;
const profileOf = (post) => `/profile/${handleOf(post)}`;
const threadOf = (post) => `${profileOf(post)}/post/${key(post)}`;

/** One item; the same element serves feeds, threads and notifications. */
function item({ h, t, put, avatarOf, rich, brief, when, photo, iso }, post) {
  const [href, handle] = [profileOf(post), handleOf(post)];
  const act = (id, label, many, n) => h('div', null, h('button', { 'data-testid': id, 'aria-label': `${label} (${put(many, n)})`, type: 'button' }, h('div', { class: 'line' }, h('div', null, n > 0 && h('div', { 'data-testid': id === 'likeBtn' ? 'likeCount' : undefined }, brief(n))))));
  return h('div', { role: 'link', 'data-testid': `${post.focal || post.answers ? 'postThreadItem' : 'feedItem'}-by-${handle}`, 'data-feed-context': 'x', tabindex: '0', class: 'post' }, h('div', { class: 'line' }, h('div', { style: { width: '42px' } }), h('div', null)),
    h('div', { class: 'side' }, h('div', null, h('div', null, h('a', { href, 'aria-label': put(t.pictureOf, post.author.name) }, h('div', { 'data-testid': 'userAvatarImage' }, h('img', { alt: '', class: 'av', src: avatarOf(post.author) }))))),
      h('div', { class: 'grow' }, h('div', { class: 'line' }, h('div', { class: 'line' }, h('a', { href, 'aria-label': 'View profile', class: 'b' }, `\u202a${post.author.name}\u202c`), h('a', { href, 'aria-label': 'View profile', class: 'dim' }, ` \u202a@${handle}\u202c`)), h('div', { class: 'dim' }, '·'), h('a', { href: threadOf(post), 'aria-label': iso(post), 'data-tooltip': iso(post), class: 'dim' }, when(post))),
        post.answers && h('div', { class: 'dim' }, put(t.replied, post.answers)),
        h('div', null, h('div', { dir: 'auto', 'data-testid': 'postText' }, rich(post.text))),
        post.photo && h('div', { 'data-testid': 'contentHider-post' }, h('div', null, photo(post))),
        h('div', { class: 'acts' }, act('replyBtn', t.reply, t.replies, post.counts.replies), act('repostBtn', t.repost, '%', post.counts.reposts), act('likeBtn', t.like, t.likes, post.counts.likes), h('div', null, h('button', { 'data-testid': 'postDropdownBtn', 'aria-label': t.options, type: 'button' }, '…'))))));
}

export const room = {
  hosts: ['bsky.app'], address: 'https://bsky.app/', feed: 'bluesky', title: 'Bluesky', ads: false, post: '[data-testid^="feedItem-by-"], [data-testid^="postThreadItem-by-"]',
  more: null,
  idOf: key,
  profileOf, threadOf,
  list: ({ h }) => h('div'),
  frame(kit, list) {
    const { h, t } = kit;
    const former = { n: 900, ms: 1.79e12, counts: { likes: 3, replies: 0, reposts: 0 }, text: 'Everything is 40% off today only, order now!', author: { name: 'Bright Lamp Company', handle: 'brightlampcompany', kind: 'organisation', hue: 3, form: 1, letter: 'B' } };
    return h('div', { id: 'root' }, h('div', null, h('nav', { role: 'navigation', class: 'bar' }, h('a', { href: '/', class: 'b' }, t.home), h('a', { href: '/profile/sam.example', 'aria-label': t.profile }, t.profile)),
      h('main', { role: 'main' }, h('div', { style: { display: 'none' } }, h('div', { 'data-testid': 'profileScreen' }, h('div', null, item(kit, former)))), h('div', { 'data-testid': 'homeScreen' }, h('div', { 'data-testid': 'customFeedPage-feed' }, h('div', null, h('div'), list))))));
  },
  module: ({ h, t }) => h('div', { class: 'post' }, h('div', { class: 'b' }, t.suggested), ['noor.example', 'brightlamp.example'].map((who) => h('div', { class: 'line' }, h('a', { href: `/profile/${who}`, 'aria-label': 'View profile' }, who), h('button', { type: 'button', class: 'pill' }, t.follow)))),
  row: (kit, post) => kit.h('div', null, item(kit, post)),
};
