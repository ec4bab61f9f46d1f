//! Owns the demo site at www.facebook.com: home feed of 2025–26, with decoys, scrambled times and scrambled paid signs; never knows the list.

let serial = 0;
const id = () => `_r_${(serial++).toString(36)}_`;
const decoy = ({ h }) => h('div', { 'aria-hidden': 'true', class: 'off' }, h('blockquote', null, h('span', { dir: 'auto' }, h('span', null, 'Facebook'))));

/** One element a letter: what is seen comes in the order of the layout, letters of another word are taken out of it. */
function scramble({ h }, word, hidden) {
  const seen = [...word].map((letter, at) => h('span', { style: { order: String(at + 1) } }, letter));
  const lost = [...hidden].map((letter) => h('span', { style: { display: 'none' } }, letter));
  const mixed = [...seen, ...lost].map((node, at) => [(at * 7) % 11, node]).sort((a, b) => a[0] - b[0]).map(([, node]) => node);
  return h('span', { style: { display: 'inline-flex' } }, mixed);
}

export const room = {
  hosts: ['www.facebook.com', 'web.facebook.com'], address: 'https://www.facebook.com/', feed: 'facebook', title: 'Facebook', ads: true, post: '[aria-posinset]',
  idOf: (post) => post.id,
  list: ({ h }) => h('div'),
  frame: ({ h }, list) => h('div', null, h('div', { role: 'banner' }, h('a', { href: '/', 'aria-label': 'Facebook' }, 'f')), h('div', { role: 'main' }, h('div', null, h('h3', { dir: 'auto', class: 'off' }, 'News Feed posts'), list))),
  row(kit, post) {
    const { h, nest, avatarOf, rich, brief } = kit;
    const [name, when, said] = [id(), id(), id()];
    const track = `__cft__[0]=AZ${post.id.repeat(post.ad ? 17 : 9)}`;
    const href = `https://www.facebook.com/${post.author.slug}?${track}`;
    const time = post.ad ? h('a', { href: `/ads/about/?${track}`, role: 'link' }, scramble(kit, 'Sponsored', 'xq')) : h('a', { href: `https://www.facebook.com/${post.author.slug}/posts/${post.id}?${track}`, role: 'link' }, scramble(kit, '3h', 'Sponsored'));
    return h('div', { class: 'unit' }, h('div', { 'aria-posinset': String(post.n + 1), 'aria-describedby': `${when} ${said} ${id()}`, 'aria-labelledby': name, class: 'post' }, h('div', { 'data-virtualized': 'false' }, nest(2, decoy(kit), decoy(kit),
      h('div', { class: 'head' }, h('a', { href, 'aria-hidden': 'true', tabindex: '-1' }, h('img', { alt: '', class: 'av', src: avatarOf(post.author) })),
        h('div', null, h('div', { 'data-ad-rendering-role': 'profile_name' }, h('h4', { id: name, dir: 'auto' }, h('span', null, h('span', null, h('a', { href, role: 'link', tabindex: '0', class: 'b' }, h('span', null, post.author.name)))))),
          h('div', { id: when }, h('span', { dir: 'ltr', class: 'dim' }, h('span', null, h('span', { 'aria-labelledby': id() }, time))), h('span', { class: 'dim' }, h('span', { 'aria-hidden': 'true' }, ' · ')))),
        h('div', { 'aria-label': `Actions for this post`, role: 'button', tabindex: '0' }, '…')),
      h('div', { id: said }, h('div', { 'data-ad-comet-preview': 'message', 'data-ad-preview': 'message', 'data-ad-rendering-role': 'story_message' }, h('div', null, h('span', { dir: 'auto' }, h('div', { dir: 'auto' }, rich(post.text)))))),
      post.photo && h('a', { href: `https://www.facebook.com/photo/?fbid=${post.id}&${track}`, role: 'link' }, h('img', { alt: 'May be an image of mountains', class: 'pic', src: `/art/scene/${post.photo.hue}/${post.photo.form}/.svg` })),
      post.ad && h('div', null, h('span', { 'data-ad-rendering-role': 'meta', class: 'dim' }, post.card?.domain ?? 'ex.am'), h('div', { 'data-ad-rendering-role': 'title' }, post.card?.title ?? ''), h('div', { 'data-ad-rendering-role': 'cta-shop' }, h('a', { href: 'https://l.facebook.com/l.php', role: 'link' }, 'Shop now'))),
      h('div', { class: 'acts' }, h('div', { 'aria-label': `Like: ${brief(post.counts.likes)} people`, role: 'button', tabindex: '0' }, h('span', null, brief(post.counts.likes))), ...['like', 'comment', 'share'].map((what) => h('div', { role: 'button', tabindex: '0' }, h('div', { 'data-ad-rendering-role': `${what}_button` }, what))))))));
  },
};
