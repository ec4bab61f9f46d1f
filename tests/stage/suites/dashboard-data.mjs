//! Owns the checks of what the dashboard keeps: what goes out comes back, what is deleted can be undone, what is older or spoilt is met; never of its numbers.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '../checks.mjs';
import { again, body, catchFiles, fileOf, go, hand, madeUp, open, press, prune, ready, using, whole } from '../dashboard.mjs';
import { ask } from '../ledger.mjs';
import { until } from '../waiting.mjs';

const VENV = join(import.meta.dirname, '..', '..', '..', 'target', 'parquet-venv');
const production = ({ form }) => form === 'production';
const inChromium = ({ kind, form }) => kind === 'chromium' && form === 'production';

check('what is empty or cannot be read is said, and can be tried again', { wrongs: { silent: /the error is said/ }, where: production }, async (world) => {
  await using(await open(world, { text: null }), async (page) => {
    const says = () => page.call(() => document.querySelector('main').innerText);
    assert.match(await says(), /Nothing seen yet/);
    const spoil = (isSpoilt) => page.call(async (it) => {
      const { database } = await import('/ledger/database.js');
      const db = await database();
      if (it) await db.put('heads', { room: 'x', brand: 'spoilt', data: new Uint8Array([9, 9]) });
      else await db.clear('heads');
    }, isSpoilt);
    const fails = async (why) => {
      await again(page);
      await until('it is drawn, or says why not', () => page.call(() => ['whole', 'error'].includes(document.querySelector('main')?.dataset.ready)));
      assert.match(await says(), new RegExp(`could not be read.*Try again.*${why}`, 's'), 'the error is said');
    };
    await spoil(true);
    await fails('heads of the ledger.s pages cannot be read');
    await spoil(false);
    await press(page, 'main button.primary');
    assert.match(await says(), /Nothing seen yet/);

    // A page that is listed, and cannot be read when its numbers are asked for.
    await ask(world, { kind: 'ledgerImport', text: await madeUp() });
    await page.call(async () => {
      const { database } = await import('/ledger/database.js');
      const db = await database();
      const pages = await db.getAll('months', IDBKeyRange.bound(['x', 'haldenroasters'], ['x', 'haldenroasters', []]));
      await db.put('months', { ...pages[0], data: new Uint8Array([9, 9]) });
    });
    await fails('a page of the ledger cannot be read');
  });
});

/** In the page: accounts of which the stored heads are not those of the stored pages. */
const strayHeads = async () => {
  const [{ database }, { panel }] = await Promise.all([import('/ledger/database.js'), import('/panel/module.js')]);
  const [db, core] = await Promise.all([database(), panel()]);
  const pages = [...await db.getAll('months'), ...await db.getAll('carried')];
  const accounts = Object.entries(Object.groupBy(pages, ({ room, brand }) => `${room} ${brand}`));
  const made = accounts.map(([account, own]) => `${account}: ${core.headsWith(undefined, own.map(({ source }) => source ?? ''), new Int32Array(own.map(({ month }) => month)), own.map(({ data }) => data))}`);
  const kept = (await db.getAll('heads')).map(({ room, brand, data }) => `${room} ${brand}: ${data}`);
  return [...made.filter((it) => !kept.includes(it)), ...kept.filter((it) => !made.includes(it))].map((it) => it.split(':')[0]);
};

check('what is exported, deleted and imported is the same again, and every deletion can be undone', { wrongs: { loses: /out as it came in/, final: /undone, everything/, headless: /heads are those of the pages/ }, where: production }, async (world) => {
  await using(await open(world), async (page) => {
    const before = await whole(page);
    const heads = async (when) => assert.deepEqual(await page.call(strayHeads), [], `heads are those of the pages: ${when}`);
    await heads('imported');
    await go(page, '#/data');
    await page.call(catchFiles);
    const out = (await fileOf(page, '[data-export="jsonl"]', 'jsonl')).toString();
    assert.deepEqual(body(out), body(await madeUp()), 'out as it came in');
    const lines = (await fileOf(page, '[data-export="csv"]', 'csv')).toString().trim().split('\r\n');
    assert.equal(lines.length - 1, body(out).filter((line) => line.includes('"kind":"post"')).length, 'a line for each post');

    // Everything, and back.
    await press(page, '#delete-all');
    assert.deepEqual(body(await ask(world, { kind: 'ledgerExport' })), [], 'everything is gone');
    await heads('wiped');
    await go(page, '#/compare');
    assert.match(await page.call(() => document.querySelector('main').innerText), /Nothing seen yet/);
    await press(page, '#undo button');
    assert.equal(await whole(page), before, 'undone, everything');
    assert.deepEqual(body(await ask(world, { kind: 'ledgerExport' })), body(out), 'to the row');

    // A brand with two accounts, and back; after pruning, so that sums without rows come back, too.
    await prune(world, 300);
    const pruned = body(await ask(world, { kind: 'ledgerExport' }));
    await go(page, '#/data');
    await page.call(() => { const select = document.querySelector('#delete-brand').closest('.row').querySelector('select'); select.value = [...select.options].find(({ textContent }) => textContent.startsWith('Halden')).value; select.dispatchEvent(new Event('change')); });
    await press(page, '#delete-brand');
    await go(page, '#/compare');
    assert.ok(!(await whole(page)).includes('Halden'), 'the brand is gone');
    await heads('pruned, and a brand deleted');
    await press(page, '#undo button');
    assert.equal(await whole(page), before, 'undone, a brand');
    assert.deepEqual(body(await ask(world, { kind: 'ledgerExport' })), pruned, 'a brand, to the row');

    // A period, and back.
    await go(page, '#/data');
    await page.call(() => { for (const [id, day] of [['from', '2026-11-01'], ['to', '2026-11-05']]) document.querySelector(`#delete-${id}`).value = day; });
    await press(page, '#delete-days');
    await go(page, '#/compare');
    assert.notEqual(await whole(page), before);
    await heads('days deleted');
    await press(page, '#undo button');
    assert.equal(await whole(page), before, 'undone, days');
    await heads('undone');

    // By the page's own import.
    await ask(world, { kind: 'ledgerWipe' });
    await go(page, '#/data');
    await hand(page, '#ledger-file', 'export.jsonl', out);
    await until('it is read', () => page.call(() => document.querySelector('.problems').textContent.includes('entries read')));
    await go(page, '#/compare');
    assert.equal(await whole(page), before, 'imported');
    await heads('imported after pruning');
    await go(page, '#/data');
    await hand(page, '#ledger-file', 'wrong.csv', 'room,id\nx,1\n');
    await until('the wrong file is refused', () => page.call(() => document.querySelector('.problems').textContent.includes('wrong.csv is no export')));
  });
});

check('a ledger of the first version is brought to this one, and every number stays', { wrongs: { young: /every number on screen/ }, where: production }, async (world) => {
  await using(await open(world), async (page) => {
    await prune(world, 300);
    const before = await whole(page);
    const rows = body(await ask(world, { kind: 'ledgerExport' }));
    // What the first version held, in its stores.
    const left = await page.call(async () => {
      const done = (request) => new Promise((good, bad) => { request.onsuccess = () => good(request.result); request.onerror = () => bad(request.error); });
      const now = await done(indexedDB.open('ledger'));
      const stores = ['rows', 'months', 'carried', 'meta'];
      const held = Object.fromEntries(await Promise.all(stores.map(async (name) => [name, await done(now.transaction(name).objectStore(name).getAll())])));
      now.close();
      await done(indexedDB.deleteDatabase('ledger'));
      const opening = indexedDB.open('ledger', 1);
      opening.onupgradeneeded = ({ target: { result: db } }) => {
        const store = db.createObjectStore('rows', { keyPath: ['room', 'id'] });
        store.createIndex('seen', 'seen');
        store.createIndex('brand', ['room', 'brand']);
        db.createObjectStore('months', { keyPath: ['room', 'brand', 'month'] });
        db.createObjectStore('carried', { keyPath: ['room', 'brand', 'month', 'source'] });
        db.createObjectStore('meta', { keyPath: 'name' });
      };
      const old = await done(opening);
      const transaction = old.transaction(stores, 'readwrite');
      for (const name of stores) for (const value of held[name]) if (value.name !== 'headed') transaction.objectStore(name).put(value);
      await new Promise((good, bad) => { transaction.oncomplete = good; transaction.onerror = bad; });
      old.close();
      return [old.version, held.months.length > 5, held.carried.length > 5];
    });
    assert.deepEqual(left, [1, true, true]);
    await again(page);
    await ready(page);
    assert.equal(await whole(page), before, 'every number on screen');
    assert.deepEqual(await page.call(strayHeads), [], 'heads are those of the pages');
    assert.deepEqual(body(await ask(world, { kind: 'ledgerExport' })), rows, 'to the row');
    assert.equal(await page.call(async () => (await (await import('/ledger/database.js')).database()).version), 2);
  });
});

check('the Parquet file opens in DuckDB and pandas', { wrongs: { thin: /as many posts/ }, where: inChromium }, async (world) => {
  await using(await open(world, { hash: '#/data' }), async (page) => {
    await page.call(catchFiles);
    const bytes = await fileOf(page, '[data-export="parquet"]', 'parquet');
    assert.equal(bytes.subarray(0, 4).toString(), 'PAR1');
    const python = venv();
    if (!python) return void (world.unchecked = 'DuckDB and pandas are not there');
    const path = join(VENV, 'posts.parquet');
    writeFileSync(path, bytes);
    const script = `
import duckdb, json, pandas
path = ${JSON.stringify(path)}
n, shares, first = duckdb.sql(f"select count(*), round(sum(confidence), 6), min(epoch_ms(posted)) from '{path}'").fetchall()[0]
frame = pandas.read_parquet(path)
brands = duckdb.sql(f"select brand, count(*) c from '{path}' where stance = 'conversation' group by brand").fetchall()
print(json.dumps([n, shares, first, len(frame), round(float(frame.confidence.sum()), 6), str(frame.posted.dtype), int(frame.likes.sum()), sorted(brands)]))`;
    const told = JSON.parse(execFileSync(python, ['-c', script], { encoding: 'utf8' }));
    const posts = body(await madeUp()).map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'post');
    const sum = (of) => Math.round(posts.reduce((all, post) => all + of(post), 0) * 1e6) / 1e6;
    const counts = new Map();
    for (const { brand, stance } of posts) if (stance === 'conversation') counts.set(brand, (counts.get(brand) ?? 0) + 1);
    const brands = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
    assert.deepEqual(told, [posts.length, sum(({ confidence }) => confidence), Math.min(...posts.map(({ posted }) => posted)), posts.length, sum(({ confidence }) => confidence), told[5], sum(({ likes }) => likes ?? 0), brands], 'as many posts, and the same');
    assert.match(told[5], /^datetime64/);
  });
});

/** The Python that has both readers; none, with a loud line, where they cannot be had. */
function venv() {
  const python = join(VENV, 'bin', 'python');
  const has = () => { execFileSync(python, ['-c', 'import duckdb, pandas, pyarrow'], { stdio: 'ignore' }); return python; };
  try {
    if (existsSync(python)) return has();
    execFileSync('python3', ['-m', 'venv', VENV], { stdio: 'ignore' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'duckdb', 'pandas', 'pyarrow'], { stdio: 'ignore', timeout: 300_000 });
    return has();
  } catch (error) {
    console.log(`!!! NOT CHECKED: Parquet in DuckDB and pandas, which could not be installed (${error.message.split('\n')[0]})`);
    return null;
  }
}
