//! Owns the demo site at www.instagram.com: home feed, whose posts have no header element, and the dialog of one post over it; never knows the list.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** The site's short codes are numbers in base 64. */
function code(id) {
  let [left, text] = [BigInt(id), ''];
  for (; left > 0n; left /= 64n) text = ALPHABET[Number(left % 64n)] + text;
  return text;
}

const profileOf = ({ author }) => `/${author.handle.toLowerCase()}/`;
const threadOf = (post) => `${profileOf(post)}p/${code(post.id)}/`;
const act = ({ h, icon }, label, name) => h('span', null, h('div', { role: 'button', tabindex: '0' }, h('div', null, h('span', null, icon(name, { 'aria-label': label, role: 'img' }, h('title', null, label))))));
const menu = ({ h, icon, t }) => h('div', { role: 'button', tabindex: '0' }, h('div', null, icon('more', { 'aria-label': t.options, role: 'img' }, h('title', null, t.options))));
const face = ({ h, t, put, avatarOf }, post) => h('div', null, h('div', { 'aria-disabled': 'true', role: 'button', tabindex: '-1' }, h('a', { href: profileOf(post), role: 'link', tabindex: '0' }, h('img', { alt: put(t.pictureOf, post.author.handle.toLowerCase()), class: 'av', draggable: 'false', src: avatarOf(post.author) }))));
const name = ({ h }, post) => h('span', { dir: 'auto' }, h('span', null, h('span', null, h('div', null, h('div', null, h('a', { href: profileOf(post), role: 'link', tabindex: '0' }, h('div', { class: 'b' }, post.author.handle.toLowerCase())))))));
const actions = (kit) => kit.h('section', { class: 'acts' }, act(kit, kit.t.like, 'like'), act(kit, kit.t.comment, 'comment'), act(kit, kit.t.share, 'share'), act(kit, kit.t.save, 'save'));
const liked = ({ h, put, t, brief }, post) => h('section', null, h('span', null, h('a', { href: `${threadOf(post)}liked_by/`, role: 'link', tabindex: '0' }, h('span', { class: 'b' }, put(t.likes, brief(post.counts.likes))))));

export const room = {
  hosts: ['www.instagram.com'], address: 'https://www.instagram.com/', feed: 'instagram', title: 'Instagram', ads: true, post: 'article',
  more: '[role="button"]:has(> .see)',
  idOf: (post) => code(post.id),
  profileOf, threadOf,
  list: ({ h }) => h('div', { style: { display: 'flex', 'flex-direction': 'column' } }),
  frame: ({ h, nest, t, avatarOf }, list) => h('section', null, h('div', { class: 'bar' }, h('span', { 'aria-describedby': 'tip' }, h('a', { href: '/samreads/', role: 'link', tabindex: '0' }, h('img', { alt: t.profile, class: 'av', src: avatarOf({ kind: 'person', hue: 28, form: 2, letter: 'S' }) })))), h('main', { role: 'main' }, h('div', null, h('div', { style: { width: '100%' } }, nest(2, list))))),
  /** What is far away is a box of the same height. */
  shell: ({ h }, post, height) => h('article', { style: { height: `${height}px` } }),
  module: ({ h, t, avatarOf }) => h('div', { class: 'post' }, h('div', null, h('span', { dir: 'auto' }, t.suggested)), ['noor.haddadi', 'bright_lamp_company'].map((who, at) => h('div', { class: 'head' }, h('a', { href: `/${who}/`, role: 'link' }, h('img', { alt: '', class: 'av', src: avatarOf({ kind: 'person', hue: 60 * at, form: at, letter: who[0] }) })), h('a', { href: `/${who}/`, role: 'link' }, h('span', { dir: 'auto' }, who)), h('button', { type: 'button', class: 'pill' }, h('div', null, t.follow))))),
  row(kit, post) {
    const { h, nest, t, put, rich, brief, when, iso, photo, cut } = kit;
    const { text, isCut } = cut(post);
    const under = post.ad ? h('div', null, h('span', { dir: 'auto', class: 'small' }, h('span', null, [...t.ad].join('\u200b')))) : post.partner && h('div', null, h('span', { dir: 'auto', class: 'small' }, t.partner, h('a', { href: `/${post.partner}/`, role: 'link' }, post.partner)));
    return h('article', { class: 'post' }, h('div', null,
      h('div', { class: 'head' }, face(kit, post), h('div', { class: 'grow' }, nest(2, h('div', { class: 'line' }, name(kit, post), !post.ad && h('div', null, h('span', { dir: 'auto', class: 'dim' }, h('span', { 'aria-hidden': 'true' }, '•')), h('a', { href: threadOf(post), role: 'link', tabindex: '0', class: 'dim' }, h('time', { datetime: iso(post), title: 'x' }, when(post)))))), under), menu(kit)),
      h('div', null, h('div', { role: 'button', tabindex: '0' }, nest(2, photo(post, { alt: `Photo by ${post.author.name} on November 20, 2026. May be an image of mountains.` })))),
      post.ad && h('div', { class: 'cardline' }, h('a', { href: 'https://www.facebook.com/ads/ig_redirect/?d=1', target: '_blank', rel: 'nofollow noopener', role: 'link' }, h('div', null, h('div', { class: 'b' }, t.learn)))),
      h('div', null, h('div', null, actions(kit), liked(kit, post),
        h('div', null, h('div', null, h('span', { dir: 'auto' }, h('div', null, h('a', { href: profileOf(post), role: 'link', tabindex: '0' }, h('span', { dir: 'auto', class: 'b' }, post.author.handle.toLowerCase())))), ' ', h('span', { dir: 'auto' }, h('span', null, rich(text)), isCut && h('span', null, '… ', h('div', { role: 'button', tabindex: '0', style: { display: 'inline' } }, h('span', { dir: 'auto', class: 'see' }, t.more)))))),
        post.counts.replies > 0 && h('div', null, h('a', { href: `${threadOf(post)}comments/`, role: 'link', tabindex: '0', class: 'dim' }, h('span', { dir: 'auto' }, put(t.comments, brief(post.counts.replies)))))))));
  },
  /** One post over the feed, nested as its own page was recorded: caption and comments are one list. */
  dialog(kit, post) {
    const { h, nest, rich, when, iso, photo, avatarOf } = kit;
    const said = (tag, words, who, link, more) => h('li', null, h('div', { class: 'head' }, h('a', { href: `/${who}/`, role: 'link' }, h('img', { alt: '', class: 'av', src: avatarOf(post.author) })), h('div', null, h(tag, null, h('div', null, h('span', null, h('span', null, h('div', null, h('a', { href: `/${who}/`, role: 'link', tabindex: '0' }, who)))))), h('div', null, words), h('div', null, h('span', { dir: 'ltr', class: 'dim' }, link), more))));
    const comment = said('h3', h('span', { dir: 'auto' }, 'Order two for me, 50% off or not!'), 'tomas_okafor', h('a', { href: `/p/${code(post.id)}/c/17893965240161118/`, role: 'link' }, h('time', { datetime: iso(post) }, when(post))), h('button', { type: 'button' }, h('span', null, kit.t.reply)));
    const caption = said('h2', h('h1', { dir: 'auto' }, rich(post.text)), profileOf(post).slice(1, -1), h('time', { datetime: iso(post), title: 'x' }, when(post)));
    const words = h('div', null, h('ul', null, h('div', { role: 'button', tabindex: '0' }, caption), h('div', null, h('ul', null, h('div', { role: 'button', tabindex: '0' }, comment)))));
    const header = h('header', { class: 'head' }, face(kit, post), h('div', null, nest(4, name(kit, post))));
    return h('div', { role: 'dialog', class: 'dialog' }, nest(2, h('article', { role: 'presentation', tabindex: '-1', class: 'post' }, nest(2, h('div', null, h('div', { role: 'button', tabindex: '0' }, photo(post))), h('div', null, h('div', { role: 'presentation' }, header, menu(kit)), actions(kit), liked(kit, post), words)))));
  },
};
