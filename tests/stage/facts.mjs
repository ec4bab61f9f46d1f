//! Owns how the harness itself tells posts apart on each site, apart from Kibitz's own reader; never reads a text.

const X = {
  row: '[data-testid="cellInnerDiv"]',
  post: 'article[data-testid="tweet"]',
  ids: [
    { selector: 'a:has(> time)', attribute: 'href', pattern: '/status/(\\d+)' },
    { selector: 'a[href$="/analytics"]', attribute: 'href', pattern: '/status/(\\d+)' },
    { selector: 'a[href*="/photo/"]', attribute: 'href', pattern: '/status/(\\d+)' },
    { selector: 'a[href*="/status/"]', attribute: 'href', pattern: '/status/(\\d+)' },
  ],
};
const LINKEDIN = {
  row: '[role="listitem"][componentkey], div[data-id^="urn:li:"], .occludable-update',
  post: '[role="listitem"][componentkey*="FeedType_"], .feed-shared-update-v2',
  ids: [
    { selector: '[componentkey*="-replaceableCommentTools"]', attribute: 'componentkey', pattern: '^([\\w-]+?)-replaceableCommentTools', base64: true },
    { selector: '[data-urn]', attribute: 'data-urn', pattern: '(urn:li:(?:activity|ugcPost|share|aggregate|sponsored)[^ ]*)' },
    { selector: '[data-id]', attribute: 'data-id', pattern: '(urn:li:[^ ]*)' },
  ],
};
const ANY = { row: 'article', post: 'article', ids: [{ selector: '[data-id]', attribute: 'data-id', pattern: '(.+)' }] };

/** Facts by address. */
export const FACTS = {
  of(url) {
    const { hostname } = new URL(url);
    if (/(^|\.)(x|twitter)\.com$/.test(hostname)) return X;
    if (/(^|\.)linkedin\.com$/.test(hostname)) return LINKEDIN;
    return ANY;
  },
};
