//! Owns the checks of the dashboard: its numbers are the native ones, what goes out comes back, what is deleted can be undone, everybody can use it; never of verdicts.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../waiting.mjs';
import { check } from '../checks.mjs';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VENV = join(ROOT, 'target', 'parquet-venv');
const production = ({ form }) => form === 'production';
const inChromium = ({ kind, form }) => kind === 'chromium' && form === 'production';
const sins = { absent: /the ledger answers/ };
/** Long enough for every kind of number to be there, short enough to be read in at once. */
const DAYS = 30;

let file;
/** The made-up ledger, as an export file. */
const madeUp = () => file ??= execFileSync('cargo', ['xtask', 'ledger', '--made-up', '--days', String(DAYS)], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });

/** The table that the developer's verb makes of an export file. */
function native(text, ask) {
  const folder = mkdtempSync(join(tmpdir(), 'stage-dashboard-'));
  try {
    const path = join(folder, 'export.jsonl');
    writeFileSync(path, text);
    return JSON.parse(execFileSync('cargo', ['xtask', 'ledger', '--table', path, '--ask', JSON.stringify(ask)], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function ask(world, message) {
  // Between browsers only what is not `undefined` travels alike.
  const { answer, silent } = await world.stage.inExtension((it) => (globalThis.browser ?? globalThis.chrome).runtime.sendMessage(it).then((answer) => ({ answer, silent: answer === undefined }), () => ({ silent: true })), message);
  assert.ok(!silent, 'the ledger answers');
  if (answer?.error) throw new Error(answer.error);
  return answer;
}

/** The dashboard on this ledger, at this address; `page.call` runs functions in it, `page.errors` tells what broke. */
async function open(world, { text = madeUp(), hash = '', kept = {} } = {}) {
  await ask(world, { kind: 'ledgerWipe' });
  await world.stage.settings({ raw: kept });
  if (text) await ask(world, { kind: 'ledgerImport', text });
  const page = await world.stage.ownPage(`dashboard/dashboard.html${hash}`);
  await ready(page);
  return page;
}

const ready = (page) => until('the page is drawn', () => page.call(() => document.querySelector('main')?.dataset.ready === 'whole'));
/** Goes to another address of it, and waits. */
async function go(page, hash) {
  await page.call((to) => { if (location.hash === to) return; delete document.querySelector('main').dataset.ready; location.hash = to; }, hash);
  await ready(page);
}

async function using(page, work) {
  try {
    await work(page);
  } finally {
    page.close();
  }
}

/** Every cell of the compare table: by brand, then by metric, the words on screen. */
const cells = () => Object.fromEntries([...document.querySelectorAll('table.compare tbody tr')].map((row) => [
  row.dataset.brand,
  Object.fromEntries([...row.querySelectorAll('td[data-metric]')].map((cell) => [cell.dataset.metric, [cell.querySelector('.value')?.textContent ?? '–', cell.querySelector('.how-sure')?.textContent ?? '', cell.classList.contains('grey')]])),
]));

const SHARES = ['conversation', 'exchange', 'given', 'ad', 'bait', 'reply', 'answered', 'crossPosting'];
const RATES = ['people', 'cadence', 'likesConversation', 'likesBroadcast', 'repliesConversation', 'repliesBroadcast'];
const format = (options) => (value) => new Intl.NumberFormat('en', options(value)).format(value);
const percent = format((value) => ({ style: 'percent', maximumFractionDigits: value > 0 && value < 0.01 ? 1 : 0 }));
const short = format((value) => ({ notation: 'compact', maximumFractionDigits: value < 10 ? 1 : 0 }));

check('the numbers on screen are the native ones', { sins, where: production }, async (world) => {
  const text = madeUp();
  await using(await open(world, { hash: '#/compare?cols=all' }), async (page) => {
    for (const [hash, asked] of [['#/compare?cols=all', {}], ['#/compare?cols=all&room=x&surface=profile', { rooms: ['x'], surfaces: ['profile'] }]]) {
      await go(page, hash);
      const shown = await page.call(cells);
      const { brands, averages } = native(text, { isLinked: true, ...asked });
      const id = ({ accounts: [{ room, brand }] }) => `${room}:${brand}`;
      assert.deepEqual(Object.keys(shown).sort(), brands.map(id).sort(), hash);
      assert.ok(brands.length >= 5, `${brands.length} brands`);
      let compared = 0;
      for (const brand of brands) {
        for (const [names, write] of [[SHARES, percent], [RATES, short]]) {
          for (const name of names) {
            const it = brand.numbers[name];
            const [value, sure, isGrey] = shown[id(brand)][name];
            if (!it) assert.equal(value, '–', `${id(brand)} ${name}`);
            else {
              const [low, high] = [write(it.low), write(it.high)];
              assert.deepEqual([value.replace('▲', ''), sure, isGrey], [write(it.value), `${low === high ? low : `${low}–${high}`} n ${it.n.toLocaleString('en')}`, !it.isEnough], `${id(brand)} ${name}`);
              compared++;
            }
          }
        }
      }
      assert.ok(compared > 60, `${compared} numbers compared`);
      const mean = await page.call(() => document.querySelector('tfoot [data-metric="conversation"] .value')?.textContent ?? null);
      assert.equal(mean, averages.conversation ? percent(averages.conversation[0]) : null, 'the average');
      assert.ok(mean || asked.rooms, 'there is an average of all');
    }
  });
});

check('sorted by any number, own brands stay first, and the order is said', { sins, where: production }, async (world) => {
  await using(await open(world, { hash: '#/compare?sort=conversation', kept: { dashboard: { own: ['x:dealdashdaily'] } } }), async (page) => {
    const look = () => page.call(() => ({
      sort: [...document.querySelectorAll('thead th')].flatMap((th) => (th.getAttribute('aria-sort') ? `${th.textContent.trim().split(' ')[0]} ${th.getAttribute('aria-sort')}` : [])),
      values: [...document.querySelectorAll('tbody tr:not(.mine) td[data-metric="conversation"]:not(.grey, .none) .value')].map((it) => Number.parseInt(it.textContent)),
      first: document.querySelector('tbody tr').dataset.brand,
    }));
    const down = await look();
    assert.deepEqual([down.sort, down.first], [['Conversation descending'], 'x:dealdashdaily']);
    assert.deepEqual(down.values, [...down.values].sort((a, b) => b - a));
    assert.ok(down.values.length > 6);
    await page.call(() => { delete document.querySelector('main').dataset.ready; document.querySelector('[aria-sort] .sort').click(); });
    await ready(page);
    const up = await look();
    assert.deepEqual([up.sort, up.first], [['Conversation ascending'], 'x:dealdashdaily']);
    assert.deepEqual(up.values, [...down.values].reverse());
  });
});

check('what is empty or cannot be read is said, and can be tried again', { sins, where: production }, async (world) => {
  await using(await open(world, { text: null }), async (page) => {
    const says = () => page.call(() => document.querySelector('main').innerText);
    assert.match(await says(), /Nothing seen yet/);
    const spoil = (isSpoilt) => page.call(async (it) => {
      const { database } = await import('/ledger/database.js');
      const db = await database();
      if (it) await db.put('months', { room: 'x', brand: 'spoilt', month: 1, data: new Uint8Array([9, 9]) });
      else await db.clear('months');
    }, isSpoilt);
    await spoil(true);
    await page.call(() => location.reload()).catch(() => undefined);
    await until('the error is said', () => page.call(() => document.querySelector('main')?.dataset.ready === 'error'));
    assert.match(await says(), /could not be read.*Try again.*a page of the ledger cannot be read/s);
    await spoil(false);
    await press(page, 'main button.primary');
    assert.match(await says(), /Nothing seen yet/);
  });
});

/** In the page: what would have been saved is kept in `saved` instead. */
const catchFiles = () => {
  globalThis.saved = {};
  const names = new Map();
  URL.createObjectURL = (blob) => { const url = `blob:${names.size}`; names.set(url, blob); return url; };
  URL.revokeObjectURL = () => undefined;
  HTMLAnchorElement.prototype.click = function () { globalThis.saved[this.download.replace(/^.*\./, '')] = names.get(this.getAttribute('href')); };
};

/** Clicks and waits until a file of this kind is there; its bytes as base64. */
async function fileOf(page, selector, kind) {
  await page.call((it) => document.querySelector(it).click(), selector);
  await until(`a file ${kind}`, () => page.call((it) => Boolean(globalThis.saved[it]), kind));
  return Buffer.from(await page.call(async (it) => {
    const bytes = new Uint8Array(await globalThis.saved[it].arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(text);
  }, kind), 'base64');
}

const whole = (page) => page.call(() => JSON.stringify([...document.querySelectorAll('table.compare tbody tr, table.compare tfoot tr')].map((row) => row.textContent)));
const body = (text) => text.split('\n').filter((line) => line && !line.includes('"kind":"ledger"')).sort();
/** Clicks on the page of data, and waits until it is drawn anew. */
async function press(page, selector) {
  await page.call((it) => { delete document.querySelector('main').dataset.ready; document.querySelector(it).click(); }, selector);
  await ready(page);
}

check('what is exported, deleted and imported is the same again, and every deletion can be undone', { sins, where: production }, async (world) => {
  await using(await open(world), async (page) => {
    const before = await whole(page);
    await go(page, '#/data');
    await page.call(catchFiles);
    const out = (await fileOf(page, '[data-export="jsonl"]', 'jsonl')).toString();
    assert.deepEqual(body(out), body(madeUp()), 'out as it came in');
    const lines = (await fileOf(page, '[data-export="csv"]', 'csv')).toString().trim().split('\r\n');
    assert.equal(lines.length - 1, body(out).filter((line) => line.includes('"kind":"post"')).length, 'a line for each post');

    // Everything, and back.
    await press(page, '#delete-all');
    assert.deepEqual(body(await ask(world, { kind: 'ledgerExport' })), [], 'everything is gone');
    await go(page, '#/compare');
    assert.match(await page.call(() => document.querySelector('main').innerText), /Nothing seen yet/);
    await press(page, '#undo button');
    assert.equal(await whole(page), before, 'undone, everything');
    assert.deepEqual(body(await ask(world, { kind: 'ledgerExport' })), body(out), 'to the row');

    // A brand with two accounts, and back; after pruning, so that sums without rows come back, too.
    await world.stage.inExtension(async () => { const { setCap } = await import((globalThis.browser ?? globalThis.chrome).runtime.getURL('ledger/store.js')); await setCap(300); });
    const pruned = body(await ask(world, { kind: 'ledgerExport' }));
    await go(page, '#/data');
    await page.call(() => { const select = document.querySelector('#delete-brand').closest('.row').querySelector('select'); select.value = [...select.options].find(({ textContent }) => textContent.startsWith('Halden')).value; select.dispatchEvent(new Event('change')); });
    await press(page, '#delete-brand');
    await go(page, '#/compare');
    assert.ok(!(await whole(page)).includes('Halden'), 'the brand is gone');
    await press(page, '#undo button');
    assert.equal(await whole(page), before, 'undone, a brand');
    assert.deepEqual(body(await ask(world, { kind: 'ledgerExport' })), pruned, 'a brand, to the row');

    // A period, and back.
    await go(page, '#/data');
    await page.call(() => { for (const [id, day] of [['from', '2026-11-01'], ['to', '2026-11-05']]) document.querySelector(`#delete-${id}`).value = day; });
    await press(page, '#delete-days');
    await go(page, '#/compare');
    assert.notEqual(await whole(page), before);
    await press(page, '#undo button');
    assert.equal(await whole(page), before, 'undone, days');

    // By the page's own import.
    await ask(world, { kind: 'ledgerWipe' });
    await go(page, '#/data');
    await page.call((text) => {
      const input = document.querySelector('#ledger-file');
      const files = new DataTransfer();
      files.items.add(new File([text], 'export.jsonl'));
      input.files = files.files;
      input.dispatchEvent(new Event('change'));
    }, out);
    await until('it is read', () => page.call(() => document.querySelector('.problems').textContent.includes('entries read')));
    await go(page, '#/compare');
    assert.equal(await whole(page), before, 'imported');
    await go(page, '#/data');
    await page.call(() => {
      const input = document.querySelector('#ledger-file');
      const files = new DataTransfer();
      files.items.add(new File(['room,id\nx,1\n'], 'wrong.csv'));
      input.files = files.files;
      input.dispatchEvent(new Event('change'));
    });
    await until('the wrong file is refused', () => page.call(() => document.querySelector('.problems').textContent.includes('wrong.csv is no export')));
  });
});

check('a list is taken in with its errors told by line, and narrows every page', { sins, where: production }, async (world) => {
  await using(await open(world, { hash: '#/lists' }), async (page) => {
    const give = (text) => page.call((it) => {
      const input = document.querySelector('#list-file');
      const files = new DataTransfer();
      files.items.add(new File([it], 'Coffee.csv'));
      input.files = files.files;
      input.dispatchEvent(new Event('change'));
    }, text);
    await give('handle,network\nhaldenroasters,twitter\n@DealDashDaily,X\n\n"two words",x\nother,myspace\n');
    await until('the errors are told', () => page.call(() => document.querySelectorAll('.errors li').length === 2));
    assert.deepEqual(await page.call(() => [...document.querySelectorAll('.errors li')].map(({ textContent }) => textContent)), ['Line 5: “two words” is no handle', 'Line 6: no network “myspace”']);
    await press(page, '.problems button');
    await go(page, '#/compare?list=Coffee');
    assert.deepEqual(await page.call(() => [...document.querySelectorAll('table.compare tbody tr')].map((row) => row.dataset.brand).sort()), ['x:dealdashdaily', 'x:haldenroasters']);
    assert.equal(await page.call(() => document.querySelectorAll('tfoot tr').length), 2, 'the list’s average and that of all');
  });
});

check('a brand is made one’s own, and its accounts are parted and joined by one’s word', { sins, where: production }, async (world) => {
  await using(await open(world, { hash: '#/brand/x/haldenroasters' }), async (page) => {
    const brands = async () => {
      await go(page, '#/compare');
      return page.call(() => [...document.querySelectorAll('table.compare tbody tr')].map((row) => `${row.classList.contains('mine') ? '★' : ''}${row.dataset.brand} ${row.querySelector('.posts').textContent}`));
    };
    const before = await brands();
    const posts = (list, id) => Number(list.find((it) => it.replace('★', '').startsWith(`${id} `))?.split(' ')[1] ?? NaN);
    await go(page, '#/brand/x/haldenroasters');
    await press(page, '#mine');
    assert.ok((await brands())[0].startsWith('★x:haldenroasters'), 'one’s own comes first');
    await go(page, '#/brand/x/haldenroasters');
    await press(page, '[aria-label="x:haldenroasters is not this brand"]');
    const parted = await brands();
    assert.equal(parted.length, before.length + 1);
    assert.equal(posts(parted, 'x:haldenroasters') + posts(parted, 'instagram:halden.roasters'), posts(before, 'x:haldenroasters'), 'no post is lost');
    await go(page, '#/brand/x/haldenroasters');
    await page.call(() => {
      delete document.querySelector('main').dataset.ready;
      const select = [...document.querySelectorAll('main select')].at(-1);
      select.value = 'instagram:halden.roasters';
      select.dispatchEvent(new Event('change'));
    });
    await ready(page);
    assert.equal(posts(await brands(), 'x:haldenroasters'), posts(before, 'x:haldenroasters'), 'joined again');
  });
});

/** Runs axe on the page; what it finds, in short. */
async function violations(page) {
  await page.call(`() => { if (!globalThis.axe) { ${AXE}; } }`);
  return page.call(async () => {
    const { violations: found } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return found.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, any }) => `${target} ${any[0]?.message ?? ''}`).join('; ')}`);
  });
}

check('every page is free of barriers in both themes and in forced colours', { sins, where: production }, async (world) => {
  const kept = { dashboard: { own: ['x:haldenroasters'], lists: [{ name: 'Coffee', accounts: ['x:haldenroasters'] }] } };
  await using(await open(world, { kept }), async (page) => {
    const coloured = ['#/compare?cols=all&sort=conversation', '#/trend', '#/brand/x/haldenroasters', '#/data'];
    const pages = [...coloured, '#/rooms', '#/lists', '#/compare?days=7&room=tiktok&surface=search'];
    // Firefox’s driver knows no forced colours, and its axe takes five times as long: there the pages are looked at in one theme.
    for (const theme of page.forced ? ['light', 'dark', 'forced'] : ['dark']) {
      if (page.forced) await page.forced(theme === 'forced');
      await page.call((name) => { document.documentElement.dataset.theme = name; }, theme);
      // Other pages hold nothing that is coloured otherwise.
      for (const hash of theme === 'light' ? pages : coloured) {
        await go(page, hash);
        assert.deepEqual(await violations(page), [], `${theme} ${hash}`);
      }
    }
    // A control for axe itself.
    await page.call(() => document.querySelector('main').append(document.createElement('button')));
    assert.deepEqual((await violations(page)).map((it) => it.split(':')[0]), ['button-name'], 'a barrier that was put there is found');
  });
});

check('the keyboard reaches everything in the order of the page, and reads the charts', { sins, where: inChromium }, async (world) => {
  await using(await open(world, { kept: { dashboard: { own: ['x:haldenroasters'] } } }), async (page) => {
    const order = [];
    await page.front();
    for (let at = 0; at < 60; at++) {
      await page.key('Tab');
      order.push(await page.call(() => { const it = document.activeElement; return it.id || it.name || it.getAttribute('aria-label') || it.textContent.trim(); }));
      if (order.at(-1).startsWith('Posts seen. Arrow')) break;
    }
    const places = ['Skip to the page', 'Compare', 'Data', 'days', 'list', 'search', 'Brand', 'Posts seen', 'Conversation', 'Halden Roasters'].map((name) => order.findIndex((it) => it.replace(/ [↓↑]$/, '') === name));
    assert.ok(places.every((at) => at >= 0), `${places} in ${order}`);
    assert.deepEqual(places, [...places].sort((a, b) => a - b), order.join(' → '));
    await go(page, '#/trend');
    await page.call(() => document.querySelector('.stage').focus());
    await page.key('ArrowRight');
    assert.match(await page.call(() => document.querySelector('#told').textContent), /\d %|\d%/, 'a value is read');
    assert.match(await page.call(() => document.querySelector('.readout').textContent), /95% interval/);
  });
});

check('charts are saved as pictures that stand alone', { sins, where: production }, async (world) => {
  await using(await open(world, { hash: '#/trend' }), async (page) => {
    await page.call(catchFiles);
    const png = await fileOf(page, '.under button:nth-of-type(1)', 'png');
    assert.equal(png.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    assert.ok(width > 600 && height > 300, `${width} × ${height}`);
    assert.ok(png.length > 8_000, `${png.length} bytes: an empty picture would be less`);
    const svg = (await fileOf(page, '.under button:nth-of-type(2)', 'svg')).toString();
    assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    assert.ok(!/var\(|class=|light-dark/.test(svg), 'nothing depends on a style sheet');
    assert.ok((svg.match(/<path/g) ?? []).length >= 6);
  });
});

check('the Parquet file opens in DuckDB and pandas', { sins, where: inChromium }, async (world) => {
  await using(await open(world, { hash: '#/data' }), async (page) => {
    await page.call(catchFiles);
    const bytes = await fileOf(page, '[data-export="parquet"]', 'parquet');
    assert.equal(bytes.subarray(0, 4).toString(), 'PAR1');
    const python = venv();
    if (!python) return;
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
    const posts = body(madeUp()).map((line) => JSON.parse(line)).filter(({ kind }) => kind === 'post');
    const sum = (of) => Math.round(posts.reduce((all, post) => all + of(post), 0) * 1e6) / 1e6;
    const counts = new Map();
    for (const { brand, stance } of posts) if (stance === 'conversation') counts.set(brand, (counts.get(brand) ?? 0) + 1);
    const brands = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
    assert.deepEqual(told, [posts.length, sum(({ confidence }) => confidence), Math.min(...posts.map(({ posted }) => posted)), posts.length, sum(({ confidence }) => confidence), told[5], sum(({ likes }) => likes ?? 0), brands]);
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
