//! Owns the demo site at www.youtube.com: posts of channels, and paid units between them; never knows the list.

const code = (id) => `Ugkx${BigInt(id).toString(36)}AaBb`;
const profileOf = ({ author }) => `/@${author.handle}`;
const threadOf = (post) => `/post/${code(post.id)}`;
const block = { style: { display: 'block' } };

/** A paid unit in a cell of the grid: its title is the text's first sentence. */
function unit({ h, t, photo }, post) {
  const title = post.text.split(/(?<=[.!?])\s/)[0];
  const name = h('ytd-channel-name', { id: 'channel-name' }, h('div', { id: 'container' }, h('div', { id: 'text-container' }, h('yt-formatted-string', { id: 'text' }, h('a', { href: profileOf(post) }, post.author.name)))));
  return h('ytd-rich-item-renderer', { class: 'unit', ...block }, h('div', { id: 'content' }, h('ytd-ad-slot-renderer', { class: 'post', ...block }, h('div', { id: 'fulfilled-layout' }, h('ytd-in-feed-ad-layout-renderer', block, h('div', { id: 'rendering-content' }, h('ytd-promoted-video-renderer', block, photo(post),
    h('div', { id: 'meta' }, h('h3', null, h('a', { id: 'video-title', href: 'https://www.googleadservices.com/pagead/aclk?x=y' }, title)), h('div', { id: 'metadata', class: 'line dim' }, h('ad-badge-view-model', null, h('badge-shape', { class: 'b' }, t.ad)), h('span', null, '·'), name), h('div', { id: 'description-text', class: 'dim' }, post.text.slice(title.length).trim())))))))));
}

export const room = {
  hosts: ['www.youtube.com'], address: 'https://www.youtube.com/', feed: 'youtube', title: 'YouTube', ads: true, post: 'ytd-backstage-post-renderer, ytd-ad-slot-renderer',
  more: 'tp-yt-paper-button',
  idOf: (post) => (post.ad ? `ad-${post.id}` : code(post.id)),
  profileOf, threadOf,
  list: ({ h }) => h('div', { id: 'contents' }),
  frame: ({ h, t }, list) => h('ytd-app', block, h('ytd-masthead', { class: 'bar', style: { display: 'flex' } }, h('a', { href: '/', class: 'b' }, t.home), h('ytd-active-account-header-renderer', null, h('a', { href: '/@samreads' }, t.profile))), h('div', { id: 'content' }, h('div', { id: 'masthead-ad' }, h('ytd-ad-slot-renderer', { hidden: true })),
    h('ytd-browse', { 'page-subtype': 'home', ...block }, h('ytd-rich-grid-renderer', { class: 'mid', ...block }, list, h('ytd-continuation-item-renderer', { style: { display: 'block', height: '40px' } }))))),
  module: ({ h, t }) => h('ytd-rich-section-renderer', block, h('div', { class: 'post' }, h('h2', { id: 'title' }, t.suggested), h('yt-lockup-view-model', block, h('h3', { title: 'How to hang a lamp' }, h('a', { href: '/watch?v=aaaaaaaaaa1' }, 'How to hang a lamp')), h('a', { href: '/@brightlampcompany' }, 'Bright Lamp Company')))),
  row(kit, post) {
    if (post.ad) return unit(kit, post);
    const { h, t, put, avatarOf, rich, brief, when, photo } = kit;
    const isLong = post.text.length > 180 && !post.expanded;
    const comments = post.focal && h('ytd-comments', { id: 'comments', ...block }, h('ytd-comment-thread-renderer', block, h('ytd-comment-view-model', block, h('a', { id: 'author-text', href: '/@tomasokafor' }, h('span', null, '@tomasokafor')), h('yt-attributed-string', { id: 'content-text' }, 'Order two for me, 50% off or not!'))));
    return [h('ytd-backstage-post-thread-renderer', { class: 'unit', ...block }, h('ytd-backstage-post-renderer', { id: 'post', class: 'post', ...block }, h('div', { id: 'body', class: 'side' },
      h('div', { id: 'author-thumbnail' }, h('a', { href: profileOf(post) }, h('yt-img-shadow', null, h('img', { id: 'img', alt: '', class: 'av', src: avatarOf(post.author) })))),
      h('div', { id: 'main', class: 'grow' }, h('div', { id: 'header' }, h('div', { id: 'header-author', class: 'line' }, h('a', { id: 'author-text', href: profileOf(post), class: 'b' }, h('span', null, post.author.name)), h('span', { id: 'author-comment-badge' }), h('yt-formatted-string', { id: 'published-time-text', class: 'dim' }, h('a', { href: threadOf(post) }, when(post))))),
        h('ytd-expander', { id: 'expander', ...block }, h('div', { id: 'content', class: isLong ? 'clamp' : '' }, h('yt-formatted-string', { id: 'content-text' }, rich(post.text))), isLong && h('tp-yt-paper-button', { id: 'more', role: 'button', tabindex: '0', class: 'see' }, h('span', null, t.more))),
        post.photo && h('div', { id: 'content-attachment' }, h('ytd-backstage-image-renderer', null, photo(post))),
        h('ytd-comment-action-buttons-renderer', { id: 'action-buttons', ...block }, h('div', { id: 'toolbar', class: 'acts' }, h('div', { id: 'like-button' }, h('button', { 'aria-label': t.like, type: 'button' }, '+')), h('span', { id: 'vote-count-middle', 'aria-label': put(t.likes, brief(post.counts.likes)) }, brief(post.counts.likes)), h('div', { id: 'reply-button-end' }, h('a', { href: threadOf(post), 'aria-label': put(t.comments, brief(post.counts.replies)) }, h('span', { id: 'text' }, brief(post.counts.replies)))))))))), comments];
  },
};
