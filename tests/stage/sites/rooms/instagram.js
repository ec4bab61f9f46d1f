//! Owns the demo site at www.instagram.com: home feed, whose posts have no header element; never knows the list.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The site's short codes are numbers in base 64. */
function code(id) {
  let [left, text] = [BigInt(id), ''];
  for (; left > 0n; left /= 64n) text = ALPHABET[Number(left % 64n)] + text;
  return text;
}

export const room = {
  hosts: ['www.instagram.com'], address: 'https://www.instagram.com/', feed: 'instagram', title: 'Instagram', ads: true, post: 'article',
  idOf: (post) => code(post.id),
  list: ({ h }) => h('div', { style: { display: 'flex', 'flex-direction': 'column' } }),
  frame: ({ h, nest }, list) => h('section', null, h('main', { role: 'main' }, h('div', null, h('div', { style: { width: '100%' } }, nest(2, list))))),
  row({ h, nest, avatarOf, rich, brief, age }, post) {
    const href = `/${post.author.handle}/`;
    const permalink = `/${post.author.handle}/p/${code(post.id)}/`;
    const icon = (label) => h('span', null, h('div', { role: 'button', tabindex: '0' }, h('svg', { 'aria-label': label, role: 'img', viewBox: '0 0 24 24' }, h('path', { d: 'M4 4h16v16H4z', fill: 'none', stroke: 'currentColor' }))));
    return h('article', { class: 'post' }, h('div', null,
      h('div', { class: 'head' }, h('div', { role: 'button', tabindex: '0' }, h('a', { href, role: 'link' }, h('img', { alt: `${post.author.handle}'s profile picture`, class: 'av', src: avatarOf(post.author) }))),
        h('div', null, nest(2, h('div', { class: 'head' }, h('span', { dir: 'auto' }, h('span', null, h('div', null, h('a', { href, role: 'link', tabindex: '0' }, h('div', null, h('div', null, h('span', { dir: 'auto', class: 'b' }, post.author.handle))))))),
          post.ad ? null : h('div', null, h('span', { dir: 'auto', class: 'dim' }, h('span', { 'aria-hidden': 'true' }, '•')), h('a', { href: permalink, role: 'link' }, h('time', { datetime: new Date(post.ms).toISOString(), title: 'x' }, age(post.ms, { minutes: '%m', hours: '%h', days: '%d' }))))),
          post.ad ? h('div', null, h('span', { dir: 'auto' }, h('span', null, 'Spon\u200bsored\u200b'))) : null)),
        h('div', { role: 'button', tabindex: '0' }, h('svg', { 'aria-label': 'More options', role: 'img', viewBox: '0 0 24 24' }, h('circle', { cx: '12', cy: '12', r: '2' })))),
      h('div', null, h('div', { role: 'button', tabindex: '0' }, h('img', { alt: `Photo by ${post.author.name} on November 20, 2026. May be an image of mountains.`, class: 'pic', src: `/art/scene/${(post.photo ?? post.author).hue}/1/.svg` }))),
      post.ad && h('a', { href: 'https://www.facebook.com/ads/ig_redirect/?d=1', target: '_blank', role: 'link' }, h('div', null, 'Learn more')),
      h('div', null, h('section', { class: 'acts' }, icon('Like'), icon('Comment'), icon('Share'), icon('Save')),
        h('section', null, h('span', null, h('a', { href: `${permalink}liked_by/`, role: 'link' }, h('span', null, `${brief(post.counts.likes)} likes`)))),
        h('div', null, h('div', null, h('span', { dir: 'auto' }, h('div', null, h('a', { href, role: 'link' }, h('span', { class: 'b' }, post.author.handle)))), ' ', h('span', { dir: 'auto' }, h('span', null, rich(post.text))))),
        post.ad ? h('a', { href: permalink, role: 'link', class: 'dim' }, 'View all comments') : null)));
  },
};
