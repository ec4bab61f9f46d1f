//! Owns the markup of one post of the demo site at x.com, nested as recorded pages have it; never knows where in the list it stands.

import { age, avatarOf, boot, brief, decoys, glyph, h, nest, pieces } from './dom.js';
import { WORDS } from './words.js';

const ui = WORDS[boot.ui];
const words = ui.x;
// Drawn for this page. Only the start of `repost` is recorded: a reader can tell a repost from a pinned post by nothing else.
const GLYPHS = {
  reply: 'M4 5h16v11h-9l-5 4v-4H4z',
  retweet: 'M4 9l3-3 3 3M7 6v9a2 2 0 0 0 2 2h4M20 15l-3 3-3-3M17 18V9a2 2 0 0 0-2-2h-4',
  repost: 'M4.75 3.79l4.603 4.3-1.706 1.82L6 8.38v7.37c0 .97.784 1.75 1.75 1.75H13V20H7.75A4.25 4.25 0 0 1 3.5 15.75V8.38L1.853 9.910.147 8.090zM11 4h5.250A4.250 4.250 0 0 1 20.500 8.250v7.370l1.647-1.530 1.706 1.820-4.603 4.300-4.603-4.300 1.706-1.820L18 15.620V8.250c0-.970-.784-1.750-1.750-1.750H11z',
  like: 'M12 20C6 15.500 4 12.500 4 9.500 4 7 6 5.500 8 5.500c1.700 0 3.200 1 4 2.700.8-1.700 2.300-2.700 4-2.700 2 0 4 1.500 4 4 0 3-2 6-8 10.500z',
  bookmark: 'M7 4h10v16l-5-4-5 4z',
  share: 'M12 15V4M8 8l4-4 4 4M5 14v6h14v-6',
  views: 'M5 20v-7M10 20V6M15 20v-10M20 20V4',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
};
const SEAL = 'M11 1.500 13.300 3.500 16.300 3.200 17.100 6.100 19.800 7.500 18.900 10.400 20.300 13.100 17.800 14.900 17.200 17.900 14.200 17.800 11.900 19.800 9.400 18.100 6.400 18.600 5.300 15.800 2.600 14.600 3.300 11.600 1.700 9.100 4.100 7.200 4.500 4.200 7.500 4.100z';
const TICK = 'M6.500 11l3 3 6-6';

let serial = 0;
const id = () => `id__${(serial++).toString(36)}${Math.random().toString(36).slice(2, 9)}`;
const full = { style: { width: 'calc(100% - 4px)', height: 'calc(100% - 4px)' } };

function verified(author) {
  if (!author.gold && !author.blue) return null;
  const at = { viewBox: '0 0 22 22', 'aria-label': words.verified, role: 'img', class: author.gold ? 'gold' : 'blue', 'data-testid': 'icon-verified' };
  if (!author.gold) return h('svg', at, h('g', null, h('path', { d: SEAL }), h('path', { d: TICK, class: 'tick' })));
  const stop = (offset, color) => h('stop', { offset, 'stop-color': color });
  const key = id();
  return h('svg', at, h('g', null,
    h('linearGradient', { id: key, gradientUnits: 'userSpaceOnUse', x1: '4.411', x2: '18.083', y1: '2.495', y2: '21.508' },
      stop('0', '#f4e72a'), stop('.539', '#cd8105'), stop('.68', '#cb7b00'), stop('1', '#f4ec26'), stop('1', '#f4e72a')),
    h('path', { d: SEAL, fill: `url(#${key})` }), h('path', { d: TICK, class: 'tick' })));
}

/** The avatar with the wrappers that tell an organisation's square from a person's circle. */
export function avatar(author, size = 40, link = true) {
  const square = author.gold ? { 'clip-path': "url('#shape-square')" } : {};
  const inner = author.gold ? { 'clip-path': "url('#shape-square-rx-16')" } : {};
  const picture = h('div', { 'aria-label': author.gold ? words.square : undefined }, h('div'), h('img', { alt: author.gold ? words.square : '', src: avatarOf(author), draggable: 'true', class: author.gold ? 'sq' : 'ci' }));
  const layers = [
    h('div', { style: { ...full.style, ...square } }, h('div')),
    h('div', { style: { ...full.style, ...inner } }, h('div')),
    h('div', { style: { ...full.style, ...inner } }, h('div', null, h('div'), h('div', null, picture))),
    h('div', { style: { ...full.style, ...inner } }, h('div')),
  ];
  const anchor = link ? h('a', { href: `/${author.handle}`, 'aria-hidden': author.gold ? undefined : 'true', role: 'link', tabindex: '-1', class: 'av' }, layers) : h('div', { 'aria-hidden': 'true', role: 'presentation', tabindex: '-1', class: 'av' }, layers);
  const frame = h('div', { style: { width: 'calc(100% + 4px)', height: 'calc(100% + 4px)', ...square } }, anchor);
  return h('div', { 'data-testid': `UserAvatar-Container-${author.handle}`, style: { width: `${size}px`, height: `${size}px` }, class: 'avbox' },
    h('div'), h('div', null, h('div', null, h('div'), h('div', null, frame))));
}

function nameBlock(author, post, { link = true, time = true } = {}) {
  const wrap = (attrs, ...kids) => (link ? h('a', { href: `/${author.handle}`, role: 'link', ...attrs }, ...kids) : h('div', attrs, ...kids));
  const stamp = time && !post.ad && h('time', { datetime: new Date(post.ms).toISOString() }, age(post.ms, ui));
  return h('div', { id: id(), 'data-testid': 'User-Name', class: 'names' },
    nest(2, wrap({ class: 'nm' }, h('div', { class: 'row' },
      h('div', { dir: 'ltr', class: 'b' }, h('span', null, h('span', null, richText(author.name)))),
      h('div', { dir: 'ltr' }, h('span', null, verified(author)))))),
    h('div', { class: 'sub' }, h('div', { class: 'row' },
      h('div', null, wrap({ tabindex: '-1' }, h('div', { dir: 'ltr' }, h('span', null, `@${author.handle}`)))),
      stamp && h('div', { dir: 'ltr', 'aria-hidden': 'true', class: 'dot' }, h('span', null, '·')),
      stamp && h('div', null, link ? h('a', { href: `/${author.handle}/status/${post.id}`, dir: 'ltr', 'aria-label': age(post.ms, ui), role: 'link' }, stamp) : nest(1, h('div', { dir: 'ltr' }, stamp))))));
}

/** A text as the site shows it: emoji are pictures, tags and mentions links. */
export function richText(text) {
  return pieces(text).map(({ kind, text: piece }) => {
    if (kind === 'emoji') return h('img', { alt: piece, draggable: 'false', class: 'emoji', src: `/emoji/${encodeURIComponent(piece)}` });
    if (kind === 'tag') return h('span', null, h('a', { dir: 'ltr', href: `/hashtag/${encodeURIComponent(piece.slice(1))}?src=hashtag_click`, role: 'link' }, piece));
    if (kind === 'mention') return h('div', { class: 'inline' }, h('span', null, h('a', { dir: 'ltr', href: `/${piece.slice(1)}`, role: 'link' }, piece)));
    if (kind === 'link') return h('a', { dir: 'ltr', href: `https://t.co/${piece.length.toString(36)}Qk7Za`, rel: 'noopener noreferrer nofollow', target: '_blank', role: 'link' }, h('span', { 'aria-hidden': 'true' }, 'https://'), piece.replace(/^https?:\/\//, ''));
    return h('span', null, piece);
  });
}

const LONG_CHARS = 280;

function body(post, { clamp = 10, focal = false } = {}) {
  const long = [...post.text].length > LONG_CHARS && !post.expanded && !focal;
  const shown = long ? `${[...post.text].slice(0, 230).join('').replace(/\s\S*$/, '')}` : post.text;
  return h('div', null,
    h('div', { dir: 'auto', lang: post.lang, id: id(), 'data-testid': 'tweetText', class: 'txt', style: clamp && !post.expanded ? { '-webkit-line-clamp': String(clamp) } : {} }, richText(shown)),
    long && h('div', { dir: 'ltr', tabindex: '0', 'data-testid': 'tweet-text-show-more-link', role: 'link', class: 'more' }, h('span', null, words.more)));
}

function media(post) {
  if (post.card) {
    const href = `https://${post.card.domain}/?twclid=2${post.id.slice(-9)}`;
    return h('div', { 'data-testid': 'card.wrapper', class: 'media' },
      h('div', { 'data-testid': 'card.layoutLarge.media' }, h('a', { href, rel: 'noopener noreferrer nofollow', target: '_blank', role: 'link' },
        h('div', null, h('div', null, h('div', null, h('img', { alt: '', draggable: 'true', src: `/art/scene/${post.card.hue}/${post.n % 4}/.svg`, class: 'ph' })))),
        h('div', { class: 'cap' }, h('div', null, h('div', { dir: 'ltr' }, h('span', null, post.card.title)))))),
      h('a', { href, dir: 'ltr', rel: 'noopener noreferrer nofollow', target: '_blank', role: 'link', class: 'frm' }, `${words.from} ${post.card.domain}`));
  }
  if (post.video) {
    const player = h('div', { 'data-testid': 'placementTracking' }, h('div', { 'data-testid': 'videoPlayer' }, h('div', null, h('div', { 'data-testid': 'videoComponent', style: { position: 'relative', width: '100%' } },
      h('img', { alt: '', class: 'ph', src: `/art/scene/${post.video.hue}/1/.svg` }), h('button', { 'aria-label': `Play Video. ${post.video.seconds} seconds long`, role: 'button', type: 'button', class: 'play' }, glyph('M8 5v14l11-7z', { class: 'fill' }))))));
    return h('div', { class: 'media' }, h('div', { 'data-testid': 'tweetPhoto' }, nest(2, player)), post.video.caption && h('div', { class: 'cap' }, h('span', null, post.video.caption)));
  }
  if (post.photo) {
    return h('div', { class: 'media' }, nest(2, h('a', { href: `/${post.author.handle}/status/${post.id}/photo/1`, role: 'link' },
      h('div', { 'aria-label': 'Image', 'data-testid': 'tweetPhoto' }, h('div'), h('img', { alt: 'Image', draggable: 'true', class: 'ph', src: `/art/scene/${post.photo.hue}/${post.photo.form}/.svg` })))));
  }
  if (post.quote) {
    const { author, text } = post.quote;
    return h('div', { class: 'quotebox' }, h('div', { dir: 'ltr', class: 'vh' }, h('span', null, words.quote)),
      h('div', { tabindex: '0', role: 'link', class: 'quote' }, nest(2,
        h('div', { class: 'row' }, h('div', { 'data-testid': 'Tweet-User-Avatar' }, h('div', null, avatar(author, 24, false))), nameBlock(author, post.quote, { link: false })),
        h('div', null, h('div', { dir: 'auto', lang: post.lang, 'data-testid': 'tweetText', class: 'txt', style: { '-webkit-line-clamp': '5' } }, richText(text))))));
  }
  return null;
}

function actions(post) {
  const { counts } = post;
  const group = [counts.replies, counts.reposts, counts.likes + (post.liked ? 1 : 0), counts.bookmarks, counts.views];
  const label = group.map((n, at) => n > 0 && `${n} ${words.counts[at]}`).filter(Boolean).join(', ');
  const number = (n) => h('div', null, h('span', { 'data-testid': 'app-text-transition-container', style: { transform: 'translate3d(0px, 0px, 0px)' } }, h('span', null, n > 0 && h('span', null, brief(n)))));
  const button = (testid, at, n) => h('div', null, h('button', { 'aria-label': n === undefined ? words.buttons[at] : `${n} ${words.counts[at]}. ${words.buttons[at]}`, role: 'button', 'data-testid': testid, type: 'button' },
    h('div', { dir: 'ltr' }, h('div', null, h('div'), glyph(GLYPHS[testid === 'unlike' ? 'like' : testid])), n !== undefined && number(n))));
  return nest(2, h('div', { 'aria-label': label, role: 'group', id: id(), class: 'acts' },
    button('reply', 0, group[0]), button('retweet', 1, group[1]), button(post.liked ? 'unlike' : 'like', 2, group[2]),
    h('div', null, h('a', { href: `/${post.author.handle}/status/${post.id}/analytics`, 'aria-label': `${group[4]} ${words.counts[4]}`, role: 'link' }, h('div', { dir: 'ltr' }, h('div', null, h('div'), glyph(GLYPHS.views)), number(group[4])))),
    button('bookmark', 3), h('div', { style: { display: 'inline-grid' } }, h('div', null, h('button', { 'aria-expanded': 'false', 'aria-haspopup': 'menu', 'aria-label': words.buttons[4], role: 'button', type: 'button' }, h('div', { dir: 'ltr' }, h('div', null, h('div'), glyph(GLYPHS.share))))))));
}

function contextRow(post) {
  if (post.repostedBy) {
    return nest(4, h('div', { class: 'row ctx' }, h('div', null, glyph(GLYPHS.repost, { class: 'fill' })), nest(4, h('a', { href: `/${post.repostedBy.handle}`, dir: 'ltr', role: 'link', id: id() },
      h('span', { id: id(), 'data-testid': 'socialContext', style: { '-webkit-line-clamp': '2' } }, h('span', { dir: 'ltr' }, h('span', null, post.repostedBy.name)), ` ${words.reposted}`)))));
  }
  if (post.connector) return h('div', null, h('div', { class: 'row' }, h('div', { class: 'up' }, h('div')), h('div')));
  return h('div', null, h('div', null, h('div')));
}

function caret() {
  return nest(3, h('button', { 'aria-expanded': 'false', 'aria-haspopup': 'menu', 'aria-label': 'More', role: 'button', 'data-testid': 'caret', type: 'button' }, h('div', { dir: 'ltr' }, h('div', null, h('div'), glyph(GLYPHS.more)))));
}

/** The article of a post; `focal` for the one that a page was opened for. */
export function article(post, { focal = false } = {}) {
  const head = h('div', { class: 'head' }, nest(4, nameBlock(post.author, post, { time: !focal })),
    h('div', { class: 'right' }, post.ad ? h('div', { class: 'row' }, h('div', { dir: 'ltr', class: 'adword' }, h('span', null, words.ad)), caret()) : h('div', null, post.decoy && decoys(words.ad), caret())));
  const column = h('div', { class: 'avcol' }, h('div', { 'data-testid': 'Tweet-User-Avatar' }, nest(2, avatar(post.author))), post.parent && h('div', { class: 'down' }));
  const stamp = focal && h('div', { class: 'foot' }, h('div', { dir: 'ltr' }, h('a', { href: `/${post.author.handle}/status/${post.id}`, role: 'link' }, h('time', { datetime: new Date(post.ms).toISOString() }, new Date(post.ms).toUTCString().slice(5, 22)))));
  const main = focal
    ? [h('div', { class: 'row body' }, column, h('div', { class: 'main' }, head)), body(post, { focal, clamp: 0 }), h('div', null, media(post)), stamp, actions(post)]
    : h('div', { class: 'row body' }, column, h('div', { class: 'main' }, h('div', null, head, h('div')), body(post), h('div', { id: id() }, media(post)), actions(post)));
  return h('article', { 'aria-labelledby': Array.from({ length: 6 }, id).join(' '), role: 'article', tabindex: focal ? '-1' : '0', 'data-testid': 'tweet', class: focal ? 'tw focal' : 'tw' }, nest(2, contextRow(post), main));
}

/** What stands in a cell: a post, behind the tracking wrappers when paid for. */
export function cellContent(post) {
  if (post.gap) return h('div');
  const node = article(post, { focal: post.focal });
  if (!post.ad) return nest(2, node);
  const pixel = (side) => h('div', { 'data-testid': `${side}-impression-pixel` }, h('div', { 'data-testid': 'placementTracking' }, h('div')));
  return nest(2, h('div', { 'data-testid': 'placementTracking' }, ...['top', 'right', 'bottom', 'left'].map(pixel), node));
}
