//! Owns how the harness itself tells posts apart on each site, apart from Kibitz's own reader; never reads a text.

const X = {
  row: '[data-testid="cellInnerDiv"], li:has(> * article)',
  post: 'article[data-testid="tweet"], :is(article[data-tweet-id], [data-timeline-entry] > article):not(article article)',
  ids: [
    { selector: 'a:has(> time)', attribute: 'href', pattern: '/status/(\\d+)' },
    { selector: 'a[href$="/analytics"]', attribute: 'href', pattern: '/status/(\\d+)' },
    { selector: 'a[href*="/photo/"]', attribute: 'href', pattern: '/status/(\\d+)' },
    { selector: 'a[href*="/status/"]', attribute: 'href', pattern: '/status/(\\d+)' },
  ],
};
const LINKEDIN = {
  row: '[role="listitem"][componentkey], div[data-id^="urn:li:"], .occludable-update, li:has(> article)',
  post: '[role="listitem"]:is([componentkey*="FeedType_"], [componentkey^="expandable-focus"], [componentkey*="FeedType_"] > *, [id*="FeedType_"] > *), .feed-shared-update-v2, article[data-activity-urn]:not(article article)',
  ids: [
    { selector: '[data-activity-urn]', attribute: 'data-activity-urn', pattern: '(urn:li:.*)' },
    { selector: '[componentkey*="-replaceableCommentTools"]', attribute: 'componentkey', pattern: '^([\\w-]+?)-replaceableCommentTools', base64: true },
    { selector: '[data-urn]', attribute: 'data-urn', pattern: '(urn:li:(?:activity|ugcPost|share|aggregate|sponsored)[^ ]*)' },
    { selector: '[data-id]', attribute: 'data-id', pattern: '(urn:li:[^ ]*)' },
  ],
};
const FACEBOOK = {
  row: 'div[data-virtualized]:has(div[aria-labelledby][aria-describedby*=" "])',
  post: 'div[aria-labelledby][aria-describedby*=" "]:has(h2, h3, h4), div[role="article"]:not([aria-label], [aria-describedby], [role="article"] *, :has([aria-describedby*=" "])):has(h2, h3, h4)',
  ids: [
    { selector: 'a[href*="story_fbid="]', attribute: 'href', pattern: 'story_fbid=(\\w+)' },
    { selector: 'span[dir] a[href*="/posts/"]', attribute: 'href', pattern: '/posts/(\\w+)' },
  ],
};
const INSTAGRAM = { row: 'article, [aria-busy] > div', post: 'article:has(a), main > div > div > div:has(> div hr):not(:has(article)), [aria-busy] > div:has(video):has(a[href$="/reels/"])', ids: [{ selector: 'a[href*="/p/"]', attribute: 'href', pattern: '/p/([\\w-]+)' }, { selector: 'a[href*="/reel/"]', attribute: 'href', pattern: '/reel/([\\w-]+)' }] };
const THREADS = {
  row: '[data-pressable-container]',
  post: '[data-pressable-container]:has([role="button"] + * [role="button"], [role="button"] svg)',
  ids: [{ selector: 'a[href*="/post/"]', attribute: 'href', pattern: '/post/([\\w-]+)' }],
};
const REDDIT = {
  row: 'shreddit-feed > article, shreddit-ad-post, .thing.link, [data-testid="post-container"], [data-testid="search-sdui-post"]',
  post: 'shreddit-post, shreddit-ad-post, .thing.link, [data-testid="post-container"]:has(h1, h3), [data-testid="search-sdui-post"], shreddit-comments-page-ad[post-title]',
  ids: [
    { selector: '[permalink]', attribute: 'permalink', pattern: '/comments/(\\w+)' },
    { selector: '[data-permalink]', attribute: 'data-permalink', pattern: '/comments/(\\w+)' },
    { selector: 'a[href*="/comments/"]', attribute: 'href', pattern: '/comments/(\\w+)' },
  ],
};
const BLUESKY = {
  row: '[data-testid^="feedItem-by-"], [data-testid^="postThreadItem-by-"], div[role="link"]:not([data-testid])',
  post: ':is([data-testid^="feedItem-by-"], [data-testid^="postThreadItem-by-"], div[role="link"]:not([data-testid])):has([data-testid="likeBtn"])',
  ids: [{ selector: 'a[href*="/post/"]', attribute: 'href', pattern: '/post/(\\w+)' }],
};
const YOUTUBE = {
  row: 'ytd-rich-item-renderer, ytd-backstage-post-thread-renderer',
  post: ':is(ytd-backstage-post-renderer, ytd-post-renderer):not(#original-post *), ytd-shared-post-renderer:has(#original-post), ytd-rich-item-renderer ytd-ad-slot-renderer:has(h3)',
  ids: [{ selector: 'a[href*="/post/"]', attribute: 'href', pattern: '/post/(\\w+)' }],
};
const TIKTOK = {
  row: '[data-e2e="recommend-list-item-container"], div:has(> [data-e2e="search-card-desc"])',
  post: '[data-e2e="recommend-list-item-container"]:has([data-e2e="video-desc"]), div:has(> :is([data-e2e="search-card-desc"], [data-e2e="explore-card-desc"], [data-e2e="challenge-item-desc"])), #main-content-video_detail:has([data-e2e="browse-video-desc"])',
  ids: [
    { selector: '[id^="xgwrapper-"]', attribute: 'id', pattern: '(\\d+)$' },
    { selector: 'a[href*="/video/"]', attribute: 'href', pattern: '/video/(\\d+)' },
  ],
};
/** Mastodon runs on any host: its posts are among those of any other site. */
const ANY = {
  row: 'article',
  post: '.status__wrapper:has(.status), .detailed-status__wrapper, .status:not(.status__wrapper *, .entry > *), .entry:has(> .status), .entry:has(> .detailed-status), article[data-id]:not([aria-posinset]), .h-entry, .hentry, [itemtype$="Posting"], article:not([aria-posinset])',
  ids: [
    { selector: '[data-id]', attribute: 'data-id', pattern: '(.+)' },
    { selector: '.detailed-status__datetime', attribute: 'href', pattern: '(\\d+)$' },
    { selector: '.u-url, a:has(> time)', attribute: 'href', pattern: '([\\w-]+)/?$' },
  ],
};

/** Facts by address. */
export const FACTS = {
  of(url) {
    const { hostname } = new URL(url);
    if (/(^|\.)(x|twitter)\.com$/.test(hostname)) return X;
    if (/(^|\.)linkedin\.com$/.test(hostname)) return LINKEDIN;
    if (/(^|\.)facebook\.com$/.test(hostname)) return FACEBOOK;
    if (/(^|\.)instagram\.com$/.test(hostname)) return INSTAGRAM;
    if (/(^|\.)threads\.(com|net)$/.test(hostname)) return THREADS;
    if (/(^|\.)reddit\.com$/.test(hostname)) return REDDIT;
    if (hostname === 'bsky.app') return BLUESKY;
    if (/(^|\.)youtube\.com$/.test(hostname)) return YOUTUBE;
    if (/(^|\.)tiktok\.com$/.test(hostname)) return TIKTOK;
    return ANY;
  },
};

/** Source of a function from LinkedIn's component key to a urn: one byte of field number, one of length, field 1, then a zig-zag varint. */
export const DECODE = `(key) => {
  const bytes = Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  let [id, shift] = [0n, 0n];
  for (const byte of bytes.slice(3)) {
    id |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte < 128) break;
  }
  return 'urn:li:' + (bytes[0] >> 3 === 1 ? 'activity' : 'ugcPost') + ':' + (id >> 1n);
}`;

/** Source of a function from a post to its id, given facts; of a post whose site shows none, `#` and its place on the page. */
export const ID_OF = `(post) => {
  const decode = ${DECODE};
  for (const { selector, attribute, pattern, base64 } of facts.ids) {
    for (const node of [post, ...post.querySelectorAll(selector)]) {
      if (!node.matches(selector)) continue;
      const found = new RegExp(pattern).exec(node.getAttribute(attribute) ?? '');
      if (found) return base64 ? decode(found[1]) : found[1];
    }
  }
  return '#' + [...document.querySelectorAll(facts.post)].indexOf(post);
}`;
