//! Owns the demo site at www.youtube.com: posts of a channel's community tab and an advert between them; never knows the list.

const code = (id) => `Ugkx${BigInt(id).toString(36)}AaBb`;

export const room = {
  hosts: ['www.youtube.com'], address: 'https://www.youtube.com/@halden/posts', feed: 'youtube', title: 'YouTube', ads: false, post: 'ytd-backstage-post-renderer',
  idOf: (post) => code(post.id),
  list: ({ h }) => h('div', { id: 'contents' }),
  frame: ({ h }, list) => h('ytd-app', null, h('ytd-browse', { 'page-subtype': 'channels' }, h('ytd-section-list-renderer', null, h('ytd-item-section-renderer', { class: 'mid', style: { display: 'block' } }, list)))),
  row({ h, avatarOf, rich, brief, age }, post) {
    const href = `/@${post.author.handle}`;
    return h('ytd-backstage-post-thread-renderer', { style: { display: 'block' } }, h('ytd-backstage-post-renderer', { id: 'post', class: 'post', style: { display: 'block' } }, h('div', { id: 'body' },
      h('div', { id: 'author-thumbnail' }, h('a', { href }, h('img', { id: 'img', alt: '', class: 'av', src: avatarOf(post.author) }))),
      h('div', { id: 'main' }, h('div', { id: 'header', class: 'head' }, h('div', { id: 'header-author', class: 'head' }, h('a', { id: 'author-text', href }, h('span', { class: 'b' }, post.author.name)), h('yt-formatted-string', { id: 'published-time-text', class: 'dim' }, h('a', { href: `/post/${code(post.id)}` }, age(post.ms, { minutes: '% minutes ago', hours: '% hours ago', days: '% days ago' }))))),
        h('ytd-expander', { style: { display: 'block' } }, h('div', { id: 'content' }, h('yt-formatted-string', { id: 'content-text' }, rich(post.text)))),
        post.photo && h('div', { id: 'content-attachment' }, h('ytd-backstage-image-renderer', null, h('img', { alt: '', class: 'pic', src: `/art/scene/${post.photo.hue}/${post.photo.form}/.svg` }))),
        h('ytd-comment-action-buttons-renderer', { id: 'action-buttons', class: 'acts' }, h('div', { id: 'toolbar', class: 'acts' }, h('button', { 'aria-label': 'Like this post along with others', type: 'button' }, '+'), h('span', { id: 'vote-count-middle' }, brief(post.counts.likes)), h('a', { href: `/post/${code(post.id)}`, 'aria-label': 'Comment' }, brief(post.counts.replies))))))));
  },
};
