//! Owns the dashboard for the eye: a made-up ledger in a real browser, every page as a picture in light and dark; never judges.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { verb } from './ledger.mjs';
import { until } from './waiting.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const OUT = join(ROOT, 'target', 'demo');
/** A brand with accounts in two networks, and one of the user's own. */
const BRAND = 'x/haldenroasters';
const DASHBOARD = { own: ['x:haldenroasters'], lists: [{ name: 'Coffee and tea', accounts: ['x:haldenroasters', '*:orlatea'] }] };

/** Every page, and the ways in which it is looked at. */
const PAGES = { compare: '#/compare', 'compare-all': '#/compare?cols=all&sort=conversation', trend: '#/trend', rooms: '#/rooms', surfaces: '#/surfaces', brand: `#/brand/${BRAND}`, lists: '#/lists', data: '#/data', nothing: '#/compare?days=custom&from=2001-01-01&to=2001-01-02' };
const VIEWS = { light: {}, dark: { dark: true }, forced: { forced: true, dark: true }, narrow: { width: 360 }, zoom: { width: 640, scale: 2 }, rtl: { rtl: true } };

/** The seeded ledger of a dozen invented brands, as an export file. */
const madeUp = () => verb('--made-up');

/** Puts the ledger into the extension. */
export async function fill(stage, text) {
  await stage.inExtension(async ({ file, kept }) => {
    const api = globalThis.browser ?? globalThis.chrome;
    await api.storage.local.set({ dashboard: kept });
    await api.runtime.sendMessage({ kind: 'ledgerImport', text: file });
  }, { file: text, kept: DASHBOARD });
}

/** Opens it in a window, and stays. */
export async function display(stage) {
  await fill(stage, await madeUp());
  const page = await stage.browser.newPage();
  await page.goto(`${stage.origin}dashboard/dashboard.html`).catch(() => undefined);
  console.log('The dashboard is open on a made-up ledger. Close the browser to end.');
  await new Promise((done) => stage.browser.once('disconnected', done));
}

/** Makes the ledger one that cannot be read, and takes that back. */
const spoil = (stage, isSpoilt) => stage.inExtension(async (it) => {
  const { database } = await import((globalThis.browser ?? globalThis.chrome).runtime.getURL('ledger/database.js'));
  const db = await database();
  if (it) await db.put('heads', { room: 'x', brand: 'spoilt', data: new Uint8Array([9, 9]) });
  else await db.delete('heads', ['x', 'spoilt']);
}, isSpoilt);

/** Pictures of every page, and a summary of what stands on them. Chromium alone: Firefox's driver loses pages of extensions. */
export async function pictures(stage, only = '') {
  if (stage.kind !== 'chromium') throw new Error('pictures of the dashboard are taken in Chromium');
  mkdirSync(OUT, { recursive: true });
  const page = await stage.browser.newPage();
  const client = await page.createCDPSession();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => { if (['error', 'warn', 'warning'].includes(message.type())) errors.push(message.text()); });
  const go = async (hash, { dark = false, forced = false, width = 1280, scale = 1, rtl = false } = {}) => {
    const features = { 'prefers-color-scheme': dark ? 'dark' : 'light', 'forced-colors': forced ? 'active' : 'none' };
    await client.send('Emulation.setEmulatedMedia', { features: Object.entries(features).map(([name, value]) => ({ name, value })) });
    await page.setViewport({ width, height: 900, deviceScaleFactor: scale });
    await page.goto('about:blank');
    await page.goto(`${stage.origin}dashboard/dashboard.html${hash}`);
    await until(`${hash} is drawn`, () => page.evaluate(() => document.querySelector('main').dataset.ready));
    if (rtl) await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  };
  const made = [];
  const picture = async (name, fullPage = true) => {
    made.push(join(OUT, `dashboard-${name}.png`));
    await page.screenshot({ path: made.at(-1), fullPage });
  };
  await go('#/compare');
  await picture('welcome');
  await fill(stage, await madeUp());
  const sideways = [];
  for (const [view, options] of Object.entries(VIEWS)) {
    for (const [name, hash] of Object.entries(PAGES)) {
      if (!`${name}-${view}`.includes(only)) continue;
      await go(hash, options);
      // The driver loses its place on whole pages that are read from the right.
      await picture(`${name}-${view}`, !options.rtl);
      if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1)) sideways.push(`${name}-${view}`);
    }
  }
  for (const name of ['compare', 'brand']) {
    await go(PAGES[name]);
    const path = join(OUT, `dashboard-${name}.pdf`);
    await page.pdf({ path, format: 'A4', landscape: name === 'compare', printBackground: false });
    made.push(path);
  }
  await spoil(stage, true);
  await go(PAGES.compare);
  await picture('error');
  await spoil(stage, false);
  await go(PAGES.compare);
  const rows = await page.evaluate(() => [...document.querySelectorAll('table.compare tbody tr')].map((row) => [...row.children].slice(0, 6).map((cell) => cell.innerText.replaceAll(/\s+/g, ' '))));
  for (const [brand, ...cells] of rows) console.log(`${brand.padEnd(44)}${cells.map((cell) => cell.slice(0, 26).padEnd(28)).join('')}`);
  console.log(`\nsideways scrolling: ${sideways.join(', ') || 'none'}\nconsole errors: ${errors.length}${errors.slice(0, 5).map((it) => `\n  ${it}`).join('')}\nPictures: ${made.join('\n          ')}`);
}
