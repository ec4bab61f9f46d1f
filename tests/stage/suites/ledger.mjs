//! Owns the checks of the ledger: what was browsed is stored to the row whatever dies, its numbers are the native ones, files bring it back; never of verdicts.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { badgesOf, check, clickPart, dialogOf, foldsOf, kindsOf, X } from '../checks.mjs';
import { ask, verb } from '../ledger.mjs';
import { cast } from './casts.mjs';

const production = ({ form }) => form === 'production';

/** Calls one of the ledger's own functions, as the dashboard would: of `store.js` or `files.js`, or `compare` of its book. */
const inStore = (world, name, ...args) => world.stage.inExtension(async ([what, values]) => {
  const address = (path) => (globalThis.browser ?? globalThis.chrome).runtime.getURL(path);
  const [store, files] = await Promise.all(['ledger/store.js', 'ledger/files.js'].map((path) => import(address(path))));
  if (what === 'compare') {
    const book = await store.book();
    book.link({});
    await store.fill(book, book.outlines({}).flatMap(({ accounts }) => accounts));
    return JSON.parse(JSON.stringify(book.compare()));
  }
  return (store[what] ?? files[what])(...values);
}, [name, args]);

/** The stored entries, as the export file has them. */
async function entries(world) {
  const text = await ask(world, { kind: 'ledgerExport' });
  return text.split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter(({ kind }) => kind !== 'ledger');
}

/** Waits until `enough` holds of what is stored; the reader's hand moves meanwhile, since what waits goes out at events only. */
async function untilStored(world, tab, what, enough) {
  let step = 1;
  await tab.until(what, async () => {
    if (enough(await entries(world))) return true;
    await tab.scroll((await tab.run(() => scrollY)) + (step = -step));
    return false;
  });
}

/** Runs the developer's verb on these files. */
async function native(files, flags) {
  const folder = mkdtempSync(join(tmpdir(), 'stage-ledger-'));
  try {
    const paths = files.map((text, at) => {
      const path = join(folder, String(at));
      writeFileSync(path, text);
      return path;
    });
    return await verb(...flags(paths));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What does not depend on the moment, nor on the machine's own key. */
const lasting = ({ firstSeen, lastSeen, addressed, ...row }) => {
  assert.ok(firstSeen <= lastSeen);
  return { ...row, addressed: addressed.length };
};
const byId = (rows) => Object.fromEntries(rows.map((row) => [row.id, row]));

const BRAND = { name: 'Halden Roasters', kind: 'organisation', handle: 'HaldenRoasters', slug: 'halden-roasters', hue: 20, form: 0, letter: 'H', followers: 51200, gold: true };
const PERSON = { name: 'Mira Castellane', kind: 'person', handle: 'mira_cast', slug: 'mira-castellane-1', headline: 'Engineer', hue: 200, form: 1, letter: 'M', followers: 120, gold: false };
const sales = (n) => cast(Array.from({ length: n }, (_, at) => ({ text: `Meet the new Halden grinder number ${at + 1}. Sharper, quieter, yours for less. Order today and save!`, author: BRAND })));

check('what was seen is stored to the row, whenever the background dies', { sins: { absent: /the ledger answers/ }, where: production }, async (world) => {
  await ask(world, { kind: 'ledgerWipe' });
  // As many as can be scrolled to their end, so that both see the same.
  const options = { n: 40 };
  const steps = Array.from({ length: 28 }, (_, at) => at * 800);
  const bare = await world.openBare(X, options);
  const pages = [];
  for (const y of steps) {
    await bare.scroll(y);
    pages.push(await bare.run(() => document.documentElement.outerHTML));
  }
  const expected = (await native(pages, (paths) => [...paths.flatMap((path) => ['--page', path]), '--url', X])).split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'post');
  assert.ok(expected.length > 20, `${expected.length} rows expected`);

  const midnight = Date.now() - 60_000;
  const tab = await world.open(X, options);
  for (const [at, y] of steps.entries()) {
    await tab.scroll(y);
    if (at % 3 === 1) await world.stage.killBackground();
    if (at % 5 === 4) await tab.settle({ some: false });
  }
  await tab.settle({ some: false });
  // The browser tells the end of a scroll only to who scrolls; going elsewhere tells everything.
  await tab.page.goto('about:blank');
  await tab.until('every row is stored', async () => (await entries(world)).length >= expected.length);
  const stored = await entries(world);
  const ids = (rows) => rows.map(({ id }) => id).sort();
  assert.deepEqual(ids(stored), ids(expected), 'the same posts');
  assert.deepEqual(byId(stored.map(lasting)), byId(expected.map(lasting)));
  const kinds = await ask(world, { kind: 'ledgerToday', since: midnight });
  assert.equal(kinds.reduce((sum, count) => sum + count), stored.filter(({ stance, adSource }) => stance || adSource).length, 'today’s counts are those of the rows');
  assert.equal(await ask(world, { kind: 'ledgerToday', since: Date.now() + 60_000 }), null, 'a dash, not a false zero');
});

check('the numbers are the native ones, before and after pruning, export, wipe and import', { sins: { absent: /the ledger answers/ }, where: production }, async (world) => {
  await ask(world, { kind: 'ledgerWipe' });
  const file = await native([], () => ['--made-up', '--days', '25']);
  const table = async (text) => JSON.parse(await native([text], ([path]) => ['--table', path]));
  const panel = () => inStore(world, 'compare');
  const expected = await table(file);
  assert.ok(expected.brands.length > 20);
  const taken = await ask(world, { kind: 'ledgerImport', text: file });
  assert.deepEqual([taken.entries, taken.refused], [file.trim().split('\n').length - 1, []]);
  assert.deepEqual(await panel(), expected, 'from pages alone');

  const whole = await ask(world, { kind: 'ledgerExport' });
  const body = (text) => text.split('\n').filter((line) => !line.includes('"kind":"ledger"')).sort();
  assert.deepEqual(body(whole), body(file), 'out as it came in');
  await ask(world, { kind: 'ledgerImport', text: whole });
  assert.deepEqual(await panel(), expected, 'twice is once');
  await ask(world, { kind: 'ledgerWipe' });
  assert.deepEqual((await panel()).brands, []);
  await ask(world, { kind: 'ledgerImport', text: whole });
  assert.deepEqual(await panel(), expected, 'back after the wipe');

  await inStore(world, 'setCap', 100);
  const { live, pruned } = await ask(world, { kind: 'ledgerState' });
  assert.deepEqual([live, live + pruned], [100, taken.entries]);
  assert.deepEqual(await panel(), expected, 'what was pruned stays counted');
  await ask(world, { kind: 'ledgerImport', text: whole });
  assert.deepEqual(await panel(), expected, 'and is not counted again');
  const carried = await ask(world, { kind: 'ledgerExport' });
  await ask(world, { kind: 'ledgerWipe' });
  await ask(world, { kind: 'ledgerImport', text: carried });
  assert.deepEqual(await panel(), expected, 'carried sums travel, too');
  assert.deepEqual(body(await ask(world, { kind: 'ledgerExport' })), body(carried));
  assert.deepEqual(await table(carried), expected, 'and are read natively');

  await assert.rejects(ask(world, { kind: 'ledgerImport', text: '{"kind":"ledger","version":99,"source":"a","written":1}\n' }), /version 99/);
  await assert.rejects(ask(world, { kind: 'ledgerImport', text: 'room,id\nx,1\n' }), /Error|expected/);
  await ask(world, { kind: 'ledgerWipe' });
});

check('deleting takes everything of it, and can be undone', { sins: { absent: /the ledger answers/ }, where: production }, async (world) => {
  await ask(world, { kind: 'ledgerWipe' });
  const file = await native([], () => ['--made-up', '--days', '12']);
  const panel = () => inStore(world, 'compare');
  await ask(world, { kind: 'ledgerImport', text: file });
  const before = await panel();
  const [first] = before.brands[0].accounts;
  const gone = await inStore(world, 'removeAccount', first.room, first.brand);
  assert.ok(gone.length > 0);
  const named = ({ accounts: [{ room, brand }] }) => `${room} ${brand}`;
  assert.deepEqual((await panel()).brands.map(named), before.brands.slice(1).map(named));
  await inStore(world, 'write', gone);
  assert.deepEqual(await panel(), before);

  const days = await inStore(world, 'removeDays', 20_770, 20_773);
  const left = await entries(world);
  const day = ({ kind, posted, firstSeen, asked }) => Math.floor((kind === 'question' ? asked : posted ?? firstSeen) / 864e5);
  assert.ok(days.length > 0 && left.every((entry) => day(entry) < 20_770 || day(entry) > 20_773));
  await inStore(world, 'write', days);
  assert.deepEqual(await panel(), before);
  await ask(world, { kind: 'ledgerWipe' });
});

check('two tabs and a background killed at work neither lose nor count twice', { sins: { absent: /the ledger answers/ }, where: ({ kind, form }) => kind === 'chromium' && form === 'production' }, async (world) => {
  await ask(world, { kind: 'ledgerWipe' });
  const file = await native([], () => ['--made-up', '--days', '40', '--seed', '5']);
  // Killed in the middle of an import, again and again, and begun again each time.
  for (let round = 0; round < 4; round++) {
    const work = ask(world, { kind: 'ledgerImport', text: file }).catch(() => undefined);
    await world.stage.inExtension((ms) => new Promise((done) => setTimeout(done, ms)), 40 + round * 60);
    await world.stage.killBackground();
    await Promise.race([work, world.stage.inExtension(() => new Promise((done) => setTimeout(done, 300)))]);
    const text = await ask(world, { kind: 'ledgerExport' });
    const table = await inStore(world, 'compare');
    assert.deepEqual(table, JSON.parse(await native([text], ([path]) => ['--table', path])), 'rows and pages agree wherever it was cut');
  }
  await Promise.all([ask(world, { kind: 'ledgerImport', text: file }), inStore(world, 'importLines', [file])]);
  const table = await inStore(world, 'compare');
  assert.deepEqual(table, JSON.parse(await native([file], ([path]) => ['--table', path])), 'two at once are one');
  await ask(world, { kind: 'ledgerWipe' });
});

check('the dialog tells what the ledger knew, and counts nothing twice', { sins: { absent: /the ledger answers/ }, where: production }, async (world) => {
  await ask(world, { kind: 'ledgerWipe' });
  const through = async (tab, n) => {
    for (const y of [0, 700, 1400, 2100, 2800, 3500, 4200, 0]) await tab.scroll(y);
    await untilStored(world, tab, `${n} rows are stored`, (rows) => rows.length >= n);
  };
  const tells = async (tab, n) => {
    await tab.settle();
    // It says what was known when it was opened; on a fresh page the ledger may not have answered by then.
    await tab.until(`seen: ${n}`, async () => {
      await tab.page.keyboard.press('Escape');
      await tab.until('no dialog', async () => !dialogOf(await tab.badges()));
      await clickPart(tab, badgesOf(await tab.badges()).find(({ box }) => box.height > 0));
      await tab.until('a dialog', async () => dialogOf(await tab.badges()));
      return dialogOf(await tab.badges()).text.includes(`Seen: ${n} posts`);
    });
  };
  const tab = await world.open(X, { posts: sales(12) });
  await through(tab, 12);
  await tells(tab, 12);
  await tab.open(X, { posts: sales(12) });
  await tells(tab, 12);
  await tab.open(X, { posts: sales(20).slice(12) });
  await through(tab, 20);
  await tells(tab, 20);
});

check('broadcasts of broadcasters fold by what the ledger knows', { sins: { absent: /the ledger answers/ }, where: production }, async (world) => {
  const raw = { settings: { whose: 'brands', adverts: 'off', foldBroadcasters: true } };
  await ask(world, { kind: 'ledgerWipe' });
  const tab = await world.open(X, { posts: sales(6), raw });
  await untilStored(world, tab, 'rows are stored', (rows) => rows.length >= 6);
  const people = Array.from({ length: 14 }, (_, at) => ({ text: `Postcard number ${at} from the lake: cold water, warm soup, no signal.`, author: PERSON }));
  const posts = cast([...people, { text: 'Meet the new Halden kettle. Faster than ever. Order today and save!', author: BRAND }, ...people.slice(0, 6)]);
  await tab.open(X, { posts });
  await tab.until('it folds', async () => {
    // Down and from the top again: what was seen before the ledger answered folds once it is out of sight.
    await tab.scroll(await tab.run(() => (scrollY + innerHeight < document.documentElement.scrollHeight - 1 ? scrollY + 300 : 0)));
    return foldsOf(await tab.badges()).length === 1;
  });
  assert.equal(Object.keys(kindsOf(await tab.badges())).length, 1, 'one post of a brand');
});

check('private windows tell the ledger nothing', { sins: { absent: /the ledger answers/ }, where: ({ kind, form }) => kind === 'chromium' && form === 'production' }, async (world) => {
  if (!world.villain) await world.stage.allowPrivate();
  await ask(world, { kind: 'ledgerWipe' });
  await world.stage.settings();
  const visit = async (tab) => {
    await tab.open(X, { posts: sales(6) });
    assert.ok(badgesOf(await tab.settle()).length > 0, 'it works there');
    await tab.scroll(900);
    await tab.page.goto('about:blank');
  };
  const hidden = await world.stage.tab({ isPrivate: true });
  await visit(hidden);
  const open = await world.stage.tab();
  world.tabs.push(open, hidden);
  assert.deepEqual(await entries(world), [], 'nothing of the private window');
  await visit(open);
  await open.until('the open window is told of', async () => (await entries(world)).length > 0);
});
