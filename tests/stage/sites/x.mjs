//! Owns what the server of the demo site at x.com answers; never builds markup.

import { feed, NOW_MS, published, texts } from '../posts.mjs';

const VIEWER = { name: 'Sam Reader', handle: 'samreads', kind: 'person', hue: 28, form: 2, letter: 'S', gold: false };
/** How many posts one answer holds. */
const PAGE = 20;

const key = (options) => JSON.stringify([options.n, options.seed, options.lang]);
const cache = new Map();

/** The posts behind the page, with labels; `options.posts` replaces them, `options.edit` may change them. */
export function posts(options = {}) {
  if (options.posts) return options.posts;
  if (!cache.has(key(options))) cache.set(key(options), feed('x', options));
  return cache.get(key(options));
}

function route(path, options) {
  const all = posts(options);
  const [, handle, , id] = /^\/(\w+)(\/status\/(\d+))?/.exec(path) ?? [];
  if (id) {
    const focal = all.find((it) => it.id === id) ?? all[0];
    const rest = all.filter((it) => !it.ad && it.id !== focal.id).slice(focal.n % 40, (focal.n % 40) + 12);
    return { posts: [{ ...focal, focal: true, connector: false, repostedBy: undefined }, ...rest] };
  }
  if (handle && !['home', 'search', 'explore', 'notifications', 'messages', 'i'].includes(handle)) {
    const profile = all.find((it) => it.author.handle === handle)?.author ?? VIEWER;
    return { posts: all.filter((it) => it.author.handle === profile.handle && !it.ad), profile };
  }
  if (path.startsWith('/search')) return { posts: all.filter((it) => !it.ad && it.author.kind === 'organisation').toReversed() };
  return { posts: all };
}

function page(path, cursor, options) {
  const { posts: list, profile } = route(path, options);
  const size = options.pageSize ?? PAGE;
  const next = cursor + size < list.length ? cursor + size : null;
  return { posts: list.slice(cursor, cursor + size).map(published), next, profile };
}

/** The site. */
export const site = {
  hosts: ['x.com', 'twitter.com', 'mobile.x.com'],
  posts,
  api(url, options) {
    if (url.pathname === '/api/more') return { id: url.searchParams.get('id') };
    return page(url.searchParams.get('route') ?? '/home', Number(url.searchParams.get('cursor') ?? 0), options);
  },
  page(url, options) {
    const path = url.pathname === '/' ? '/home' : url.pathname;
    const ui = options.ui ?? 'en';
    const brands = [...new Map(posts(options).filter((it) => it.author.gold).map((it) => [it.author.handle, it.author])).values()];
    return {
      title: 'X', lang: ui, dir: ui === 'ar' ? 'rtl' : 'ltr', scripts: ['/assets/x.js'], styles: ['/assets/x.css'],
      htmlAttributes: `style="overflow: auto scroll; color-scheme: ${options.theme === 'dark' ? 'dark' : 'light'}" class="${options.theme === 'dark' ? 'dark' : 'light'}"`,
      bodyAttributes: `style="background-color: ${options.theme === 'dark' ? '#000000' : '#ffffff'}"`,
      data: {
        ui, now: NOW_MS, recycle: options.recycle ?? 'inplace', stay: options.stay ?? false, lateHead: options.lateHead ?? false, viewer: VIEWER, first: page(path + url.search, 0, options), suggested: brands.slice(-3),
        trends: texts().filter((it) => it.lang === 'en' && /#\w{6,}/.test(it.text)).slice(40, 44).map((it, at) => ({ where: ['Trending', 'Food · Trending', 'City · Trending', 'Sport · Trending'][at], name: /#\w{6,}/.exec(it.text)[0], posts: (at + 1) * 1214 })),
      },
    };
  },
};
