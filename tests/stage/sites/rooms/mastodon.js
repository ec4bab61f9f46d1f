//! Owns the demo instance social.example: the web client up to 4.5, whose list keeps the heights of rows that are out of sight; never knows the list.

const host = 'social.example';
const numberOf = (post) => String(114000000000000000n + BigInt(post.n) * 7919n);
export const profileOf = ({ author }) => `/@${author.handle.toLowerCase()}`;
export const threadOf = (post) => `${profileOf(post)}/${numberOf(post)}`;

/** The client around a list; both generations have it. */
export const frame = ({ h, t }, list) => h('div', { class: 'notranslate app-holder', id: 'mastodon', 'data-props': '{"locale":"en"}' }, h('div', { tabindex: '-1' }, h('div', { class: 'ui' }, h('div', { class: 'navigation-panel bar' }, h('a', { class: 'column-link b', href: '/home' }, t.home), h('a', { class: 'column-link', href: '/@samreads' }, t.profile)), h('div', { class: 'columns-area columns-area--mobile' }, h('div', { role: 'region', class: 'column mid' }, h('div', { class: 'scrollable' }, list))))));
export const list = ({ h }) => h('div', { role: 'feed', class: 'item-list' });
/** Where people to follow are shown between posts. */
export const suggestions = ({ h, t }) => h('div', { class: 'inline-follow-suggestions post' }, h('h3', null, t.suggested), ['noor', 'brightlampcompany'].map((who) => h('div', { class: 'line' }, h('a', { href: `/@${who}`, title: `@${who}` }, h('span', { class: 'display-name' }, h('bdi', null, h('strong', { class: 'display-name__html' }, who)))), h('button', { type: 'button', class: 'pill' }, t.follow))));
/** A text as the client has it: paragraphs, tags with their sign apart. */
export const paragraphs = ({ h, rich }, text) => text.split('\n\n').map((part) => h('p', null, rich(part)));
export const rowOf = ({ h }, post, attributes, ...kids) => h('article', { 'aria-posinset': String(post.n + 1), 'aria-setsize': '-1', 'data-id': numberOf(post), tabindex: '0', ...attributes }, kids);
/** A row that is out of sight keeps its height and its bare text. */
export const shell = (kit, post, height) => rowOf(kit, post, { style: { height: `${height}px`, opacity: '0', overflow: 'hidden' } }, `${post.author.name} ${post.text}`);

export const room = {
  hosts: [host], address: `https://${host}/home`, feed: 'mastodon', title: 'Mastodon', ads: false, post: '.status__wrapper, .detailed-status__wrapper',
  more: null, body: 'class="app-body theme-default layout-single-column"',
  idOf: numberOf,
  profileOf, threadOf, list, frame, shell, module: suggestions,
  row(kit, post) {
    const { h, t, put, icon, avatarOf, brief, when, iso, photo } = kit;
    const [acct, number] = [post.author.handle.toLowerCase(), numberOf(post)];
    const display = h('span', { class: 'display-name' }, h('bdi', null, h('strong', { class: 'display-name__html' }, post.author.name)), ' ', h('span', { class: 'display-name__account dim' }, `@${acct}@${host}`));
    const avatar = (size) => h('div', { class: 'account__avatar', style: { width: size, height: size } }, h('img', { alt: acct, class: 'av', src: avatarOf(post.author) }));
    const text = (actionable) => h('div', { class: `status__content${actionable ? ' status__content--with-action' : ''}`, tabindex: '0' }, h('div', { class: 'status__content__text status__content__text--visible translate', lang: post.lang }, paragraphs(kit, post.text)));
    const gallery = post.photo && h('div', { class: 'media-gallery' }, h('div', { class: 'media-gallery__item' }, h('a', { class: 'media-gallery__item-thumbnail', href: '#' }, photo(post, { alt: 'Hills in the evening' }))));
    if (post.focal) {
      return rowOf(kit, post, {}, h('div', { tabindex: '-1' }, h('div', { class: 'focusable detailed-status__wrapper detailed-status__wrapper-public post', tabindex: '0', 'aria-label': post.author.name }, h('div', null, h('div', { class: 'detailed-status' }, h('a', { href: profileOf(post), class: 'detailed-status__display-name line' }, h('div', { class: 'detailed-status__display-avatar' }, avatar('46px')), display), text(false), gallery,
        h('div', { class: 'detailed-status__meta dim' }, h('a', { class: 'detailed-status__datetime', href: threadOf(post) }, h('span', null, new Date(post.ms).toUTCString())), ' · ', h('a', { class: 'detailed-status__link', href: `${threadOf(post)}/favourites` }, h('span', { class: 'detailed-status__favorites' }, h('span', { class: 'animated-number' }, h('span', null, h('span', null, brief(post.counts.likes)))))))))))) ;
    }
    const count = (name, label, n) => h('div', { class: 'status__action-bar__button-wrapper' }, h('button', { type: 'button', class: `status__action-bar__button ${name === 'star' ? 'star-icon ' : ''}icon-button`, 'aria-label': label }, icon(name === 'star' ? 'like' : name === 'retweet' ? 'repost' : 'comment', { class: `icon icon-${name}` }), h('span', { class: 'icon-button__counter' }, h('span', { class: 'animated-number' }, h('span', null, brief(n))))));
    return rowOf(kit, post, {}, h('div', { tabindex: '-1' }, h('div', { class: `status__wrapper status__wrapper-public${post.answers ? ' status__wrapper-reply' : ''} focusable post`, tabindex: '0', 'aria-label': `${post.author.name}, ${acct}` },
      post.answers && h('div', { class: 'status__prepend dim' }, h('div', { class: 'status__prepend__icon' }, icon('comment', { class: 'icon icon-reply' })), h('span', null, put(t.replied, post.answers))),
      h('div', { class: `status status-public${post.answers ? ' status-reply' : ''}`, 'data-id': number }, h('div', { class: 'status__info' }, h('a', { href: threadOf(post), class: 'status__relative-time dim' }, h('span', { class: 'status__visibility-icon' }, icon('home', { class: 'icon icon-globe tiny' })), h('time', { datetime: iso(post), title: 'x' }, when(post))),
        h('a', { href: profileOf(post), title: acct, 'data-hover-card-account': '1', class: 'status__display-name line' }, h('div', { class: 'status__avatar' }, avatar('40px')), display)), text(true), gallery,
      h('div', { class: 'status__action-bar acts' }, count('reply', t.reply, post.counts.replies), count('retweet', t.repost, post.counts.reposts), count('star', t.like, post.counts.likes), h('div', { class: 'status__action-bar__button-wrapper' }, h('button', { type: 'button', class: 'icon-button', 'aria-label': t.options }, '…')))))));
  },
};
