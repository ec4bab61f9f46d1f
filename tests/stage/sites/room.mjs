//! Owns what the server answers for every demo room: the same growing feed, whatever the platform; never builds markup.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { feed, NOW_MS, published } from '../posts.mjs';

const FOLDER = join(import.meta.dirname, 'rooms');
/** How many posts one answer holds. */
const PAGE = 10;
/** How many posts stand below one on its own page. */
const ANSWERS = 4;

/** The rooms, each as its file exports it, with the file's name. */
export const ROOMS = await Promise.all(readdirSync(FOLDER).filter((name) => name.endsWith('.js')).sort().map(async (file) => ({ ...(await import(`./rooms/${file}`)).room, file, name: file.slice(0, -'.js'.length) })));

/** The posts behind a room's page, with labels; `options.posts` replaces them. */
function posts(room, options = {}) {
  const all = options.posts ?? feed(room.feed, { n: 40, seed: 3, ...options });
  return all.map((post) => ({ ...post, ad: Boolean(post.ad && room.ads), key: room.idOf(post) }));
}

/** What an address shows: a post with answers, somebody's posts, or the feed. */
function route(room, path, options) {
  const all = posts(room, options);
  const focal = all.find((it) => room.threadOf(it) === path);
  if (focal) return [{ ...focal, focal: true }, ...all.filter((it) => it !== focal && !it.ad).slice(0, ANSWERS).map((it) => ({ ...it, answers: focal.author.name }))];
  const somebodys = all.filter((it) => !it.ad && room.profileOf(it) === path);
  return path !== new URL(room.address).pathname && somebodys.length ? somebodys : all;
}

function page(room, path, cursor, options) {
  const all = route(room, path, options);
  const end = cursor + (options.pageSize ?? PAGE);
  return { posts: all.slice(cursor, end).map(published), next: end < all.length ? end : null };
}

export const sites = ROOMS.map((room) => ({
  hosts: room.hosts,
  posts: (options) => posts(room, options),
  api: (url, options) => page(room, url.searchParams.get('route') ?? '/', Number(url.searchParams.get('cursor') ?? 0), options),
  page: (url, { ui = 'en', ...options }) => ({
    title: room.title, lang: ui, dir: ui === 'ar' ? 'rtl' : 'ltr', scripts: ['/assets/room.js'], styles: ['/assets/room.css'], htmlAttributes: `class="${options.theme === 'dark' ? 'dark ' : ''}${room.name}"`, bodyAttributes: room.body ?? '',
    data: { ui, now: NOW_MS, room: room.file, first: page(room, url.pathname, 0, options) },
  }),
}));
