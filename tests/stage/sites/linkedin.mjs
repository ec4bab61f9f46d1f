//! Owns what the server of the demo site at www.linkedin.com answers; never builds markup.

import { feed, NOW_MS, published } from '../posts.mjs';

const VIEWER = { name: 'Sam Reader', headline: 'Reads more than is good for him', slug: 'sam-reader', handle: 'samreads', kind: 'person', hue: 28, form: 2, letter: 'S' };
/** How many posts one answer holds. */
const PAGE = 12;

const cache = new Map();

/** A base64url protobuf as the site hides post ids in: field `urn type` (1 activity, 2 ugcPost), length-delimited; inside, field 1 is the zig-zag id. */
export function componentId(urn, id) {
  const bytes = [];
  let left = BigInt(id) * 2n;
  do {
    bytes.push(Number(left & 127n) | (left > 127n ? 128 : 0));
    left >>= 7n;
  } while (left > 0n);
  return Buffer.from([(urn === 'activity' ? 1 : 2) * 8 + 2, bytes.length + 1, 8, ...bytes]).toString('base64url');
}

/** The posts behind the page, with labels; `options.posts` replaces them. */
export function posts(options = {}) {
  const key = JSON.stringify([options.n, options.seed, options.lang]);
  if (!cache.has(key)) cache.set(key, feed('linkedin', { seed: 11, ...options }));
  return (options.posts ?? cache.get(key)).map((post) => ({ ...post, ck: componentId(post.urn, post.id), urnId: `urn:li:${post.urn}:${post.id}` }));
}

function page(path, cursor, options) {
  const all = posts(options);
  const [, slug] = /^\/(?:company|in)\/([^/]+)/.exec(path) ?? [];
  const profile = slug && all.find((it) => it.author.slug === slug)?.author;
  const list = profile ? all.filter((it) => it.author.slug === slug && !it.ad) : all;
  const size = options.pageSize ?? PAGE;
  return { posts: list.slice(cursor, cursor + size).map(published), next: cursor + size < list.length ? cursor + size : null, profile };
}

/** The site. */
export const site = {
  hosts: ['www.linkedin.com'],
  posts,
  api(url, options) {
    return page(url.searchParams.get('route') ?? '/feed/', Number(url.searchParams.get('cursor') ?? 0), options);
  },
  page(url, options) {
    const ui = options.ui ?? 'en';
    const dark = options.theme === 'dark';
    return {
      title: 'Feed | LinkedIn', lang: ui, dir: ui === 'ar' ? 'rtl' : 'ltr', scripts: ['/assets/linkedin.js'], styles: ['/assets/linkedin.css'],
      htmlAttributes: `translate="no" class="${dark ? 'dark' : 'light'}" data-color-scheme="${dark ? 'dark' : 'light'}"`, bodyAttributes: 'data-rehydrated="true"',
      data: { ui, now: NOW_MS, viewer: VIEWER, first: page(url.pathname, 0, options), news: posts(options).filter((it) => it.label?.intent === 'news').slice(0, 4).map((it) => ({ title: it.text.split(/[.!?:]/)[0].slice(0, 56), readers: 300 + (it.n * 97) % 4000 })) },
    };
  },
};
