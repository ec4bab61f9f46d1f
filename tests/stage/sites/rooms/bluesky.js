//! Owns the demo site at bsky.app: home feed beside a former screen that stays hidden; never knows the list.

const ALPHABET = '234567abcdefghijklmnopqrstuvwxyz';
/** The site's record keys are microseconds in a sortable base 32, thirteen characters. */
function key({ ms, n }) {
  let left = (BigInt(ms) * 1000n << 10n) | BigInt(n % 1024);
  let text = '';
  for (let at = 0; at < 13; at++, left >>= 5n) text = ALPHABET[Number(left & 31n)] + text;
  return text;
}

export const room = {
  hosts: ['bsky.app'], address: 'https://bsky.app/', feed: 'bluesky', title: 'Bluesky', ads: false, post: '[data-testid^="feedItem-by-"]',
  idOf: key,
  list: ({ h }) => h('div'),
  frame: ({ h }, list) => h('div', { id: 'root' }, h('div', null, h('nav', { role: 'navigation' }, h('a', { href: '/profile/sam.example', 'aria-label': 'Profile' }, '·')),
    h('main', { role: 'main' }, h('div', { style: { display: 'none' } }, h('div', { 'data-testid': 'profileScreen' })), h('div', { 'data-testid': 'homeScreen' }, h('div', { 'data-testid': 'customFeedPage-feed' }, h('div', null, h('div'), list)))))),
  row({ h, avatarOf, rich, brief, age }, post) {
    const handle = `${post.author.handle.toLowerCase()}.example`;
    const href = `/profile/${handle}`;
    const button = (id, label, n) => h('div', null, h('button', { 'data-testid': id, 'aria-label': `${label} (${n})`, type: 'button' }, h('div', null, brief(n))));
    return h('div', null, h('div', { role: 'link', 'data-testid': `feedItem-by-${handle}`, 'data-feed-context': 'x', tabindex: '0', class: 'post' }, h('div'), h('div', null, h('div', { style: { width: '42px' } }), h('div')),
      h('div', null, h('div', null, h('a', { href, 'aria-label': `${post.author.name}'s avatar` }, h('div', { 'data-testid': 'userAvatarImage' }, h('img', { alt: '', class: 'av', src: avatarOf(post.author) })))),
        h('div', null, h('div', { class: 'head' }, h('div', null, h('a', { href, 'aria-label': 'View profile', class: 'b' }, `\u202a${post.author.name}\u202c`), h('a', { href, 'aria-label': 'View profile', class: 'dim' }, ` \u202a@${handle}\u202c`)),
          h('a', { href: `${href}/post/${key(post)}`, 'aria-label': new Date(post.ms).toUTCString(), 'data-tooltip': new Date(post.ms).toUTCString(), class: 'dim' }, h('span', null, '· '), age(post.ms, { minutes: '%m', hours: '%h', days: '%d' }))),
          h('div', null, h('div', { dir: 'auto', 'data-testid': 'postText' }, rich(post.text))),
          post.photo && h('div', { 'data-testid': 'contentHider-post' }, h('img', { alt: '', class: 'pic', src: `/art/scene/${post.photo.hue}/${post.photo.form}/.svg` })),
          h('div', { class: 'acts' }, button('replyBtn', 'Reply', post.counts.replies), button('repostBtn', 'Repost', post.counts.reposts), button('likeBtn', 'Like', post.counts.likes), h('div', null, h('button', { 'data-testid': 'postDropdownBtn', 'aria-label': 'Open post options menu', type: 'button' }, '…')))))));
  },
};
