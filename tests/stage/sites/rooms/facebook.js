//! Owns the demo site at www.facebook.com: home feed of 2025–26 with posts of pages and of groups, decoys, scrambled ages and paid signs; never knows the list.

let serial = 0;
const id = () => `_r_${(serial++).toString(36)}_`;
/** Letters that are taken out of every row of single letters. */
const LOST = 'Sponsored17h';
const HOST = 'https://www.facebook.com';

/** One element a letter: what is seen comes in the order of the layout, the others lie under the edge of the line. */
function scramble({ h, atom, rule }, word, salt) {
  const lost = `${rule('jrhKlDEL', 'position:absolute')} ${rule('bdmF', 'top:3em')}`;
  const all = [...word].map((letter, at) => [letter, 2 * at + 1, '']).concat([...LOST].map((letter, at) => [letter, (2 * at * 5) % 59, ` ${lost}`]));
  const mixed = all.map((one, at) => [(at * 17 + salt) % all.length, one]).sort((a, b) => a[0] - b[0]).map(([, one]) => one);
  return h('span', null, h('span', { class: `${atom('display', 'inline-block')} ${atom('overflow-x', 'hidden')} ${atom('overflow-y', 'hidden')}` }, h('span', { class: `${atom('position', 'relative')} ${atom('order', '0')}`, style: { display: 'flex' } }, mixed.map(([letter, order, more]) => h('span', { class: `${atom('position', 'relative')} ${atom('order', String(order))}${more}` }, letter === ' ' ? '\u00a0' : letter)))));
}

const profileOf = ({ author }) => `/${author.slug}`;
const button = ({ h }, label, role, word) => h('div', null, h('div', { 'aria-label': label, role: 'button', tabindex: '0' }, h('div', null, h('div', null, h('i', { 'data-visualcompletion': 'css-img', class: 'dot' }), h('div', { 'data-ad-rendering-role': role })), h('div', null, h('span', { dir: 'auto' }, h('span', null, word)))), h('div', { role: 'none', 'data-visualcompletion': 'ignore' })));

export const room = {
  hosts: ['www.facebook.com', 'web.facebook.com'], address: `${HOST}/`, feed: 'facebook', title: 'Facebook', ads: true, post: '[aria-posinset]',
  more: '[data-ad-preview="message"] [role="button"]',
  idOf: (post) => post.id,
  profileOf,
  threadOf: (post) => `/${post.author.slug}/posts/${post.id}`,
  list: ({ h }) => h('div'),
  frame: ({ h, t }, list) => h('div', null, h('div', { role: 'banner', class: 'bar' }, h('a', { href: '/', 'aria-label': 'Facebook', class: 'logo' }, 'f')),
    h('div', { role: 'navigation', class: 'off' }, h('ul', null, h('li', null, h('a', { href: '/sam.reader', role: 'link' }, 'Sam Reader')))),
    h('div', { role: 'main' }, h('div', null, h('h3', { dir: 'auto', class: 'off' }, t.posts), list))),
  /** Off-screen stories are emptied and keep their ids. */
  shell: ({ h }, post, height) => h('div', { 'data-virtualized': 'true', class: 'unit', style: { height: `${height}px` } }, h('div', null, h('div', null, h('div', { 'aria-posinset': String(post.n + 1), 'aria-describedby': `${id()} ${id()}`, 'aria-labelledby': id() }, h('div', null))))),
  module: ({ h, t, avatarOf }) => h('div', { 'data-virtualized': 'false', class: 'unit' }, h('div', { class: 'post' }, h('h3', null, h('span', { dir: 'auto' }, t.suggested)), ['Noor Haddadi', 'Bright Lamp Company'].map((name, at) => h('div', { class: 'head' }, h('a', { href: `/suggested.${at}`, role: 'link', tabindex: '0' }, h('img', { alt: '', class: 'av', src: avatarOf({ kind: 'person', hue: 40 * at, form: at, letter: name[0] }) })), h('a', { href: `/suggested.${at}`, role: 'link', tabindex: '0', class: 'b' }, h('span', null, name)), h('div', { role: 'button', tabindex: '0', 'aria-label': t.follow, class: 'pill' }, t.follow))))),
  row(kit, post) {
    const { h, nest, t, put, avatarOf, rich, brief, atom, cut, when, photo } = kit;
    const [name, line, said, media, reactions, answers] = Array.from({ length: 6 }, id);
    const group = !post.ad && post.n % 4 === 2 && `/groups/${1355379790000000 + post.n}`;
    const track = `__cft__[0]=AZ${'kQ7'.repeat(post.ad ? 110 : 60)}&__tn__=-R`;
    const href = group ? `${HOST}${group}/user/${post.author.slug}/?${track}` : `${HOST}${profileOf(post)}?${track}`;
    const decoy = () => h('div', { 'aria-hidden': 'true', class: `${atom('inset-inline-start', '-10000px')} ${atom('position', 'absolute')} ${atom('top', '-10000px')}` }, h('blockquote', null, h('span', { dir: 'auto' }, h('span', null, 'Facebook'))), h('div', { 'aria-hidden': 'true', role: 'button', tabindex: '-1' }));
    // The viewer's name, a made-up domain and a scrambled button stand in what nobody sees.
    const card = h('div', { class: atom('display', 'none') }, h('span', { 'data-ad-rendering-role': 'meta' }, `${post.author.slug}.ex.am`), h('div', { 'data-ad-rendering-role': 'title' }, 'Sam Reader'), h('div', { 'data-ad-rendering-role': 'description' }, post.text.slice(0, 40)), scramble(kit, 'Learn More', post.n));
    const { text, isCut } = cut(post);
    const link = (to, ...kids) => h('a', { href: to, role: 'link', tabindex: '0', attributionsrc: '' }, kids);
    // Some of the signs are drawn elsewhere in the document; the rest are letters out of order.
    const clear = id();
    const portal = post.ad && post.n % 3 === 0;
    const stamp = portal ? h('span', { 'aria-labelledby': clear }, h('span', { class: 'wide' })) : scramble(kit, post.ad ? t.ad : when(post), post.n);
    const time = link(post.ad ? `?${track}#?lup` : `${HOST}${group || profileOf(post)}/posts/${post.id}?${track}`, stamp);
    const heading = group
      ? [h('h4', { id: name, dir: 'auto' }, h('span', null, h('b', null, link(`${HOST}${group}/?${track}`, h('span', null, 'Second-hand cups and saucers')))))]
      : [h('h4', { id: name, dir: 'auto' }, h('span', null, h('b', null, h('span', null, link(href, h('span', null, post.author.name))))))];
    const under = h('div', { id: line, class: 'line' }, group && h('span', null, h('span', null, link(href, h('span', null, post.author.name)))), group && h('span', null, h('span', { 'aria-hidden': 'true' }, ' · ')), h('span', null, h('span', null, time)), h('span', null, h('span', { 'aria-hidden': 'true' }, ' · ')), h('span', null, h('svg', { viewBox: '0 0 16 16', role: 'img', 'aria-label': 'Public', class: 'tiny' }, h('circle', { cx: '8', cy: '8', r: '6', fill: 'none', stroke: 'currentColor' }))));
    const comment = post.n % 3 === 1 && h('div', { role: 'article', 'aria-label': put(t.commentBy, 'Tomas Okafor'), tabindex: '-1', class: 'note' }, h('a', { href: '/tomas.okafor', role: 'link' }, h('span', { class: 'b' }, 'Tomas Okafor')), h('div', null, h('span', { dir: 'auto' }, h('div', { dir: 'auto' }, 'Order two for me, 50% off or not!'))));
    return h('div', { 'data-virtualized': 'false', class: 'unit' }, nest(2, h('div', { 'aria-posinset': String(post.n + 1), 'aria-describedby': `${line} ${said} ${media} ${reactions} ${answers}`, 'aria-labelledby': name, class: 'post' }, h('div', { 'data-virtualized': 'false' }, nest(3, decoy(), nest(2, decoy()),
      h('div', { class: 'head' }, h('div', { 'aria-hidden': 'true' }, h('span', null, h('a', { href, tabindex: '-1', 'aria-label': post.author.name }, h('img', { alt: '', class: 'av', src: avatarOf(post.author) })))),
        h('div', { class: 'grow' }, h('div', null, h('span', { dir: 'ltr' }, h('div', { 'data-ad-rendering-role': 'profile_name' }, heading))), h('div', null, h('span', { dir: 'ltr', class: 'dim' }, under))),
        h('div', null, h('div', { 'aria-expanded': 'false', 'aria-haspopup': 'menu', 'aria-label': t.options, role: 'button', tabindex: '0' }, '…'))),
      h('div', null, h('div', { dir: 'auto' }, h('div', { 'data-ad-rendering-role': 'story_message' }, h('div', { 'data-ad-comet-preview': 'message', 'data-ad-preview': 'message', id: said }, h('div', null, h('div', null, h('span', { dir: 'auto' }, h('div', null, h('div', { dir: 'auto' }, rich(text), isCut && '… ', isCut && h('div', { role: 'button', tabindex: '0', class: 'see' }, t.more)))))))))),
      h('div', { id: media }, (post.photo || post.card) && h('div', null, link(`${HOST}/photo/?fbid=${post.id}&${track}`, photo(post, { alt: 'May be an image of mountains' }))),
        post.ad && h('div', { class: 'cardline' }, h('span', { 'data-ad-rendering-role': 'meta', class: 'dim' }, post.card?.domain ?? 'ex.am'), h('div', { 'data-ad-rendering-role': 'title', class: 'b' }, post.card?.title ?? ''), h('div', { 'data-ad-rendering-role': 'cta-learn_more' }, h('a', { href: 'https://l.facebook.com/l.php?u=x', role: 'link', tabindex: '0' }, h('span', null, t.learn))))),
      h('div', null, h('div', { class: 'acts' }, h('span', { 'aria-label': 'See who reacted to this', role: 'toolbar' }, h('span', { id: reactions }, h('div', { 'aria-label': `${t.like}: ${put(t.people, brief(post.counts.likes))}`, role: 'button', tabindex: '0' }, h('i', { class: 'dot' })))), h('div', null, h('span', null, h('div', { role: 'button', tabindex: '0' }, h('span', { 'aria-hidden': 'true' }, h('span', null, h('span', null, brief(post.counts.likes)))))))),
        h('div', { class: 'acts' }, button(kit, t.like, 'like_button', t.like), button(kit, t.comment, 'comment_button', t.comment), button(kit, t.share, 'share_button', t.share)), h('div', { id: answers }, comment)), portal && h('div', { class: atom('display', 'none') }, h('span', { id: clear }, t.ad)))), !post.ad && post.n % 2 === 1 && card)));
  },
};
