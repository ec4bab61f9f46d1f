//! Owns small casts of posts made for one check each; never a random feed.

import { NOW_MS } from '../posts.mjs';

const BRAND = { name: 'Halden Roasters', kind: 'organisation', handle: 'HaldenRoasters', slug: 'halden-roasters', hue: 20, form: 0, letter: 'H', followers: 51200, gold: true };
const PERSON = { name: 'Mira Castellane', kind: 'person', handle: 'mira_cast', slug: 'mira-castellane-1', headline: 'Engineer', hue: 200, form: 1, letter: 'M', followers: 120, gold: false };
const COUNTS = { replies: 3, reposts: 2, likes: 41, bookmarks: 1, views: 2000 };

/** Makes posts out of parts; ids and times follow from the order. */
export function cast(parts) {
  return parts.map((part, n) => ({ n, id: String((BigInt(NOW_MS - 1288834974657 - (n + 1) * 6e5) << 22n) | BigInt(n)), urn: 'activity', ms: NOW_MS - (n + 1) * 6e5, lang: 'en', counts: COUNTS, author: BRAND, label: null, ...part }));
}

const CHAT = 'Tell us, what was the first coffee you ever liked? Mine was my grandmother’s, half milk, three sugars, drunk on the back step with the dog. Anna on the morning shift swears by the stuff her dad made while camping. We would love to hear yours, good or awful.';
const SALE = ' And today only: 40% OFF everything in the shop! Use code BREW40 at checkout, free shipping over £20. Order now, stock is limited, the sale ends at midnight! Shop the sale: https://halden.ex.am/sale #sale #deal';

/** Long posts whose end says something else than their beginning. */
export const long = () => cast([{ text: CHAT + SALE }, { text: `${CHAT} ${SALE}${SALE}` }, { text: 'We have a new barista. Say hello to Tom!' }]);

/** Posts that careless extensions get wrong; `wants` is the badge, null for none. */
export const plain = () => cast([
  { text: 'The sale is on: 50% off all beans until Sunday! Order now with code BEANS50, free delivery. https://halden.ex.am/sale', wants: 'advert', about: 'pure advertising by its words' },
  { text: 'Had the best walk along the canal today, then fell in.', author: PERSON, video: { seconds: 20, hue: 10, caption: 'Ad' }, wants: null, about: 'a person’s video with a tracking descendant and the caption "Ad"' },
  { text: 'I asked the whole bus whether this seat was promoted. Sponsored. Ad. Nobody laughed.', author: PERSON, wants: null, about: 'a person who writes advertising words' },
  { text: 'Meet the new Halden cold brew. Order yours today! https://halden.ex.am/brew', author: PERSON, ad: true, card: { domain: 'halden.ex.am', title: 'Cold brew', hue: 30 }, wants: 'advert', about: 'a paid post of a person' },
  { text: 'So true.', author: PERSON, quote: { author: BRAND, text: 'Buy now! 50% off, code BEANS50.', id: '2111', ms: NOW_MS }, wants: null, about: 'a person who quotes a brand' },
]);

/** People and brands without anything paid, each beside hidden advertising words. */
export const decoyed = (decoy) => cast([
  { text: 'Had the best walk along the canal today, then fell in.', author: PERSON, decoy },
  { text: 'Which of our mugs should we bring back? The green one or the blue one with the chip? Tell us in the replies!', decoy },
  { text: 'We have a new barista. Say hello to Tom!', decoy },
  { text: 'Order today and save 30%! https://halden.ex.am/1', ad: true },
]);

/** Those of a cast that say what they want. */
export const ordered = (posts) => posts.filter((it) => 'wants' in it);

/** Nothing but paid posts. */
export const allPaid = (n) => cast(Array.from({ length: n }, (_, at) => ({ text: `Deal ${at}: order today and save 30%! https://halden.ex.am/${at}`, ad: true })));

/** Paid posts between unpaid ones of people, `n` of each. */
export const mixed = (n) => cast(Array.from({ length: n * 2 }, (_, at) => (at % 2
  ? { text: `Deal ${at}: order today and save 30%! https://halden.ex.am/${at}`, ad: true, card: { domain: 'halden.ex.am', title: `Deal ${at}`, hue: at * 7 } }
  : { text: `Postcard number ${at} from the lake: cold water, warm soup, no signal.`, author: PERSON })));
