//! Owns what the server answers for every demo room: the same growing feed, whatever the platform; never builds markup.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { feed, NOW_MS, published } from '../posts.mjs';

const FOLDER = join(import.meta.dirname, 'rooms');
/** How many posts one answer holds. */
const PAGE = 10;

/** The rooms, each as its file exports it, with the file's name. */
export const ROOMS = await Promise.all(readdirSync(FOLDER).filter((name) => name.endsWith('.js')).sort().map(async (name) => ({ name, ...(await import(`./rooms/${name}`)).room })));

/** The posts behind a room's page, with labels; `options.posts` replaces them. */
function posts(room, options = {}) {
  const all = options.posts ?? feed(room.feed, { n: 40, seed: 3, ...options });
  return all.map((post) => ({ ...post, ad: Boolean(post.ad && room.ads), key: room.idOf(post) }));
}

function page(room, cursor, options) {
  const all = posts(room, options);
  return { posts: all.slice(cursor, cursor + PAGE).map(published), next: cursor + PAGE < all.length ? cursor + PAGE : null };
}

export const sites = ROOMS.map((room) => ({
  hosts: room.hosts,
  posts: (options) => posts(room, options),
  api: (url, options) => page(room, Number(url.searchParams.get('cursor') ?? 0), options),
  page: (url, options) => ({
    title: room.title, lang: 'en', scripts: ['/assets/room.js'], styles: ['/assets/room.css'], htmlAttributes: options.theme === 'dark' ? 'class="dark"' : '',
    data: { ui: 'en', now: NOW_MS, room: room.name, first: page(room, 0, options) },
  }),
}));
