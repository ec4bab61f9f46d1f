//! Owns the measuring of the dashboard on a ledger of a million rows in Chromium: first table, filters, sorting; never fails on a number.
//!
//! node tests/stage/bench/dashboard.mjs    KIBITZ_BENCH_LEDGER=EXPORT.jsonl takes another ledger than the seeded one (480 invented
//! brands over 970 days). Writing it takes a few minutes, reading it in ten; the browser's profile is kept in target/bench for the next time.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { openStage } from '../browser.mjs';
import { until } from '../waiting.mjs';
import { startServer } from '../server.mjs';
import { median } from './numbers.mjs';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const FOLDER = join(ROOT, 'target', 'bench');
const LEDGER = process.env.KIBITZ_BENCH_LEDGER ?? join(FOLDER, 'million.jsonl');
const ROUNDS = 5;
/** Reading in a million rows may take this long, milliseconds. */
const IMPORT_MS = 3_600_000;
const SAY_EVERY_MS = 30_000;

if (!existsSync(LEDGER)) {
  mkdirSync(FOLDER, { recursive: true });
  console.error('bench: writing the ledger');
  execFileSync('cargo', ['xtask', 'ledger', '--made-up', '--times', '40', '--days', '970', '--out', LEDGER], { cwd: ROOT, stdio: 'inherit' });
}
const server = await startServer();
const stage = await openStage(server, { extension: process.env.KIBITZ_BENCH_EXTENSION ?? join(ROOT, 'dist', 'chrome'), flags: [`--user-data-dir=${join(FOLDER, 'profile')}`] });
try {
  await stage.settings({});
  const page = await stage.browser.newPage();
  const address = `${stage.origin}dashboard/dashboard.html`;
  await page.goto(`${address}#/data`);
  await until('the page is drawn', () => page.evaluate(() => document.querySelector('main').dataset.ready === 'whole'));
  const isThere = await page.evaluate(() => document.querySelectorAll('.raw tbody tr').length > 0);
  if (!isThere) await readIn(page);
  await page.close();

  const first = [];
  const whole = [];
  const work = { 'network': [], 'place': [], 'period': [], 'sorted by name': [] };
  const parts = [];
  for (let round = 0; round < ROUNDS; round++) {
    const fresh = await stage.browser.newPage();
    await fresh.goto(address);
    await until('it is whole', () => fresh.evaluate(() => document.querySelector('main').dataset.ready === 'whole'), 120_000);
    const told = await fresh.evaluate(() => Object.fromEntries(performance.getEntriesByType('mark').map(({ name, startTime }) => [name, startTime])));
    first.push(told.table);
    whole.push(told.whole);
    parts.push(told);
    const act = (change) => fresh.evaluate(async (it) => {
      performance.clearMarks();
      const from = performance.now();
      if (it.sort) [...document.querySelectorAll('.sort')][0].click();
      else {
        const form = document.querySelector('#filters');
        const select = form.elements[it.name];
        select.value = it.value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }
      for (;;) {
        const [mark] = performance.getEntriesByName('table');
        if (mark) { await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); return [mark.startTime - from, performance.now() - from]; }
        await new Promise((done) => setTimeout(done, 1));
      }
    }, change);
    const steps = [['network', { name: 'room', value: 'x' }], ['place', { name: 'surface', value: 'profile' }], ['period', { name: 'days', value: '90' }], ['sorted by name', { sort: true }]];
    for (const [name, change] of steps) work[name].push(await act(change));
    await fresh.evaluate(() => { location.hash = '#/compare'; });
    await fresh.close();
  }
  console.log(`${cpus().length} cores, load ${loadavg().map((it) => it.toFixed(1)).join(' ')}; medians of ${ROUNDS} rounds`);
  const ms = (list) => `${median(list).toFixed(0)} ms (least ${Math.min(...list).toFixed(0)})`;
  console.log(`first table, from the call of the page   budget ≤ 1,000 ms   ${ms(first)}`);
  console.log(`  of it: ${['book', 'linked', 'table'].map((name) => `${name} at ${median(parts.map((it) => it[name] ?? NaN)).toFixed(0)}`).join(', ')}`);
  for (const [name, list] of Object.entries(work)) if (list.length) console.log(`filter: ${name.padEnd(33)} budget ≤ 200 ms     ${ms(list.map(([it]) => it))}, painted ${ms(list.map(([, it]) => it))}`);
  console.log(`averages of all brands there             –                   ${ms(whole)}`);
} finally {
  await stage.close();
  await server.close();
}

/** Reads the ledger in by the page's own import. */
async function readIn(page) {
  console.error('bench: reading it in');
  const begun = Date.now();
  await (await page.$('#ledger-file')).uploadFile(LEDGER);
  let said = 0;
  await until('the ledger is read in', async () => {
    const [text, progress] = await page.evaluate(() => ['.problems', '.progress .note'].map((name) => document.querySelector(`main ${name}`)?.textContent ?? ''));
    if (Date.now() - said > SAY_EVERY_MS) {
      said = Date.now();
      console.error(`bench: ${progress}`);
    }
    return /entries read|is no export/.test(text);
  }, IMPORT_MS);
  console.log(await page.evaluate(() => document.querySelector('main .problems').textContent), `in ${((Date.now() - begun) / 1000).toFixed(0)} s`);
}
