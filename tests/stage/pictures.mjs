//! Owns the pictures of the rooms in README: one post of each kind, small; never anything but invented posts.

import { join } from 'node:path';
import { dialogOf, foldsOf } from './checks.mjs';
import { play } from './suites/room-casts.mjs';

/** Width and height of a picture, CSS pixels. */
const [WIDTH_PX, HEIGHT_PX] = [640, 400];
/** Of 100: small files, clean letters. */
const QUALITY = 72;
/** A person, a brand that talks, a brand that announces, an advert, a person. */
const SHOWN = ['person', 'ask', 'news', 'sale', 'person', 'person', 'person', 'person'];

/** Takes the picture of a room and gives its path. */
export async function picture(tab, site, folder) {
  const posts = play(SHOWN).map(({ photo, ...post }) => (void photo, post));
  await tab.page.setViewport({ width: site.isRoom ? WIDTH_PX : 1280, height: 1000, deviceScaleFactor: 1 });
  await tab.open(site.url, { posts });
  const [fold] = foldsOf(await tab.settle());
  if (dialogOf(await tab.badges())) throw new Error('a dialog is open');
  // The line of the advert stands in the picture, whatever stands above it.
  const bottom = fold ? fold.box.y + fold.box.height + 24 : HEIGHT_PX;
  const column = fold ? fold.box : { x: 0, width: WIDTH_PX };
  const width = Math.min(WIDTH_PX, column.width + 32);
  const path = join(folder, `${site.name}.webp`);
  await tab.page.mouse.move(2, 2);
  await tab.page.screenshot({ path, type: 'webp', quality: QUALITY, clip: { x: Math.max(0, column.x + column.width / 2 - width / 2), y: Math.max(0, bottom - HEIGHT_PX), width, height: Math.min(HEIGHT_PX, bottom) } });
  return path;
}
