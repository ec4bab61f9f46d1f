//! Owns what checks of the dashboard share: a made-up ledger, the page on it, the files that it hands over; never a check.

import assert from 'node:assert/strict';
import { ask, verb } from './ledger.mjs';
import { until } from './waiting.mjs';

/** Long enough for every kind of number to be there, short enough to be read in at once. */
const DAYS = 30;

let file;
/** The made-up ledger, as an export file. */
export const madeUp = () => file ??= verb('--made-up', '--days', String(DAYS));

/** The dashboard on this ledger, at this address; `page.call` runs functions in it, `page.errors` tells what broke. */
export async function open(world, { text, hash = '', kept = {} } = {}) {
  await ask(world, { kind: 'ledgerWipe' });
  await world.stage.settings({ raw: kept });
  if (text !== null) await ask(world, { kind: 'ledgerImport', text: text ?? await madeUp() });
  const page = await world.stage.ownPage(`dashboard/dashboard.html${hash}`);
  await ready(page);
  return page;
}

/** Waits until the page is drawn. */
export const ready = (page) => until('the page is drawn', () => page.call(() => document.querySelector('main')?.dataset.ready === 'whole'));
/** Goes to another address of it, and waits. */
export async function go(page, hash) {
  await page.call((to) => { if (location.hash === to) return; delete document.querySelector('main').dataset.ready; location.hash = to; }, hash);
  await ready(page);
}

/** Loads the page anew; the old one is no longer taken for it. */
export const again = (page) => page.call(() => { delete document.querySelector('main').dataset.ready; location.reload(); }).catch(() => undefined);

/** Does work with a page, and closes it. */
export async function using(page, work) {
  try {
    await work(page);
  } finally {
    page.close();
  }
}

/** In the page: what would have been saved is kept in `saved` instead. */
export const catchFiles = () => {
  globalThis.saved = {};
  const names = new Map();
  URL.createObjectURL = (blob) => { const url = `blob:${names.size}`; names.set(url, blob); return url; };
  URL.revokeObjectURL = () => undefined;
  HTMLAnchorElement.prototype.click = function () { globalThis.saved[this.download.replace(/^.*\./, '')] = names.get(this.getAttribute('href')); };
};

/** Clicks and waits until a file of this kind is there; its bytes as base64. */
export async function fileOf(page, selector, kind) {
  await page.call((it) => document.querySelector(it).click(), selector);
  await until(`a file ${kind}`, () => page.call((it) => Boolean(globalThis.saved[it]), kind));
  return Buffer.from(await page.call(async (it) => {
    const bytes = new Uint8Array(await globalThis.saved[it].arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(text);
  }, kind), 'base64');
}

/** Every word of the compare table. */
export const whole = (page) => page.call(() => JSON.stringify([...document.querySelectorAll('table.compare tbody tr, table.compare tfoot tr')].map((row) => row.textContent)));
/** The lines of an export file but for its head, in order. */
export const body = (text) => text.split('\n').filter((line) => line && !line.includes('"kind":"ledger"')).sort();
/** Clicks on the page of data, and waits until it is drawn anew. */
export async function press(page, selector) {
  await page.call((it) => { delete document.querySelector('main').dataset.ready; document.querySelector(it).click(); }, selector);
  await ready(page);
}

/** Hands a file to an input of the page. */
export const hand = (page, selector, name, text) => page.call(([css, title, content]) => {
  const input = document.querySelector(css);
  const files = new DataTransfer();
  files.items.add(new File([content], title));
  input.files = files.files;
  input.dispatchEvent(new Event('change'));
}, [selector, name, text]);

/** At most so many entries from now on: the others are pruned. */
export const prune = (world, cap) => world.stage.inExtension(async (most) => {
  const { setCap } = await import((globalThis.browser ?? globalThis.chrome).runtime.getURL('ledger/store.js'));
  await setCap(most);
}, cap);
