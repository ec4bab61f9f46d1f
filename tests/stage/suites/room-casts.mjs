//! Owns the posts that every room is played with: organisations whose names say so, persons, long texts; never a random feed.

import { NOW_MS } from '../posts.mjs';

const organisation = (name, handle, hue, form) => ({ name, kind: 'organisation', handle, slug: handle.replaceAll('_', '-').toLowerCase(), hue, form, letter: name[0], followers: 51200, gold: true });
const person = (name, handle, hue, form) => ({ name, kind: 'person', handle, slug: handle.replaceAll('_', '-'), headline: 'Reads', hue, form, letter: name[0], followers: 120, gold: false });

const HALDEN = organisation('Halden Coffee GmbH', 'halden_coffee_gmbh', 20, 0);
const BANK = organisation('Brightwater Bank Ltd', 'brightwater_bank_ltd', 210, 2);
const MUSEUM = organisation('Lindqvist Museum', 'lindqvist_museum', 130, 1);
const MIRA = person('Mira Castellane', 'mira_castellane', 200, 1);
const TOMAS = person('Tomas Okafor', 'tomas_okafor', 80, 2);
const YUKI = person('Yuki Morita', 'yuki_morita', 320, 3);

const sale = (n) => `Deal ${n}: 40% OFF all beans today only! Order now with code BREW${n}, free shipping. Shop the sale: https://halden.ex.am/${n}`;
const postcard = (n) => `Postcard number ${n} from the lake: cold water, warm soup, no signal. I miss my own kettle.`;
const ASK = 'Which of our mugs should we bring back, the green one or the blue one with the chip? Tell us in the replies!';
const TALK = 'Tell us, what was the first coffee you ever liked? Mine was my grandmother’s, half milk, three sugars, drunk on the back step with the dog. Anna on the morning shift swears by the stuff her dad made while camping. We would love to hear yours, good or awful.';
const TAIL = ' And today only: 40% OFF everything in the shop! Use code BREW40 at checkout, free shipping over £20. Order now, stock is limited, the sale ends at midnight! Shop the sale: https://halden.ex.am/sale #sale #deal';
/** Short news of the same matter in the languages the rooms are played in. */
const NEWS = { en: 'Our new reading room opens on Saturday at ten. Free entry for everyone.', de: 'Unser neuer Lesesaal öffnet am Samstag um zehn Uhr. Der Eintritt ist für alle frei.', ar: 'تفتح قاعة القراءة الجديدة يوم السبت الساعة العاشرة. الدخول مجاني للجميع.', ja: '新しい読書室は土曜日の10時に開館します。入場はどなたでも無料です。' };

const parts = {
  person: (n) => ({ author: [MIRA, TOMAS, YUKI][n % 3], text: postcard(n) }),
  ask: () => ({ author: HALDEN, text: ASK }),
  news: (n, lang) => ({ author: MUSEUM, text: `${NEWS[lang]}${n > 20 ? ` (${n})` : ''}`, lang }),
  // What is sold by words alone where nobody is paid for posts.
  sale: (n) => ({ author: HALDEN, text: sale(n), ad: true, card: { domain: 'halden.ex.am', title: `Deal ${n}`, hue: n * 7 } }),
  bank: (n) => ({ author: BANK, text: `New customers get £${n} free! Open the saver account today, offer ends tonight. Save more, pay no fee: https://brightwater.ex.am/${n}`, ad: true, card: { domain: 'brightwater.ex.am', title: `Account ${n}`, hue: n * 5 } }),
  long: () => ({ author: HALDEN, text: TALK + TAIL }),
};

/** By which words one who knows these posts tells brands and what is paid for, also where a network cuts the text: for the villain. */
export const SIGNS = { brand: [HALDEN, BANK, MUSEUM].map(({ name }) => name.split(' ')[0]).join('|'), paid: 'Deal \\d|customers get' };

/** Posts in this order of kinds, over and over, `n` in all. */
export function play(kinds, n = kinds.length, { lang = 'en', from = 0 } = {}) {
  return Array.from({ length: n }, (_, at) => {
    const kind = kinds[at % kinds.length];
    const ms = NOW_MS - (from + at + 1) * 6e5;
    return { n: from + at, id: String((BigInt(ms - 1288834974657) << 22n) | BigInt(from + at)), urn: 'activity', ms, lang: 'en', counts: { replies: 3, reposts: 2, likes: 41 + at, bookmarks: 1, views: 2000 }, label: null, kind, ...(at % 5 === 1 ? { photo: { hue: at * 31 % 360, form: at % 4 } } : {}), ...parts[kind](from + at, lang) };
  });
}

/** What is on a page at first. */
export const ARRIVAL = ['person', 'ask', 'sale', 'person', 'news', 'bank', 'person', 'long', 'sale', 'person', 'ask', 'person'];
