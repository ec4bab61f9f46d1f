//! Owns the checks of what the dashboard shows: its numbers are the native ones, lists and the user's word count everywhere, everybody can use it; never of what it keeps.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { badgesOf, check, clickPart, dialogOf, press as pressPart, X } from '../checks.mjs';
import { catchFiles, fileOf, go, hand, madeUp, open, press, ready, using } from '../dashboard.mjs';
import { verb } from '../ledger.mjs';
import { until } from '../waiting.mjs';
import { cast } from './casts.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const production = ({ form }) => form === 'production';
const inChromium = ({ kind, form }) => kind === 'chromium' && form === 'production';

/** The table that the developer's verb makes of an export file. */
async function native(text, ask) {
  const folder = mkdtempSync(join(tmpdir(), 'stage-dashboard-'));
  try {
    const path = join(folder, 'export.jsonl');
    writeFileSync(path, text);
    return JSON.parse(await verb('--table', path, '--ask', JSON.stringify(ask)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
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

check('the numbers on screen are the native ones', { wrongs: { miscounts: /^\w+:\S+ \w+\n/, unfiltered: /surface=profile|^\w+:\S+ \w+\n/ }, where: production }, async (world) => {
  const text = await madeUp();
  await using(await open(world, { hash: '#/compare?cols=all' }), async (page) => {
    for (const [hash, asked] of [['#/compare?cols=all', {}], ['#/compare?cols=all&room=x&surface=profile', { rooms: ['x'], surfaces: ['profile'] }]]) {
      await go(page, hash);
      const shown = await page.call(cells);
      const { brands, averages } = await native(text, { isLinked: true, ...asked });
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
      assert.ok(compared > (asked.rooms ? 50 : 150), `${compared} numbers compared`);
      const mean = await page.call(() => document.querySelector('tfoot [data-metric="conversation"] .value')?.textContent ?? null);
      assert.equal(mean, averages.conversation ? percent(averages.conversation[0]) : null, 'the average');
      assert.ok(mean || asked.rooms, 'there is an average of all');
    }
  });
});

check('sorted by any number, own brands stay first, and the order is said', { wrongs: { unsorted: /the largest first/, unranked: /one’s own first/ }, where: production }, async (world) => {
  await using(await open(world, { hash: '#/compare?sort=conversation', kept: { dashboard: { own: ['x:dealdashdaily'] } } }), async (page) => {
    const look = () => page.call(() => ({
      sort: [...document.querySelectorAll('thead th')].flatMap((th) => (th.getAttribute('aria-sort') ? `${th.textContent.trim().split(' ')[0]} ${th.getAttribute('aria-sort')}` : [])),
      values: [...document.querySelectorAll('tbody tr:not(.mine) td[data-metric="conversation"]:not(.grey, .none) .value')].map((it) => Number.parseInt(it.textContent)),
      first: document.querySelector('tbody tr').dataset.brand,
    }));
    const down = await look();
    assert.deepEqual([down.sort, down.first], [['Conversation descending'], 'x:dealdashdaily'], 'one’s own first');
    assert.deepEqual(down.values, [...down.values].sort((a, b) => b - a), 'the largest first');
    assert.ok(down.values.length > 6);
    await page.call(() => { delete document.querySelector('main').dataset.ready; document.querySelector('[aria-sort] .sort').click(); });
    await ready(page);
    const up = await look();
    assert.deepEqual([up.sort, up.first], [['Conversation ascending'], 'x:dealdashdaily']);
    assert.deepEqual(up.values, [...down.values].reverse());
  });
});

check('a list is taken in with its errors told by line, and narrows every page', { wrongs: { unnumbered: /each error by its line/, unlisted: /the list alone/ }, where: production }, async (world) => {
  await using(await open(world, { hash: '#/lists' }), async (page) => {
    await hand(page, '#list-file', 'Coffee.csv', 'handle,network\nhaldenroasters,twitter\n@DealDashDaily,X\n\n"two words",x\nother,myspace\n');
    await until('the errors are told', () => page.call(() => document.querySelectorAll('.errors li').length === 2));
    assert.deepEqual(await page.call(() => [...document.querySelectorAll('.errors li')].map(({ textContent }) => textContent)), ['Line 5: “two words” is no handle', 'Line 6: no network “myspace”'], 'each error by its line');
    await press(page, '.problems button');
    await go(page, '#/compare?list=Coffee');
    assert.deepEqual(await page.call(() => [...document.querySelectorAll('table.compare tbody tr')].map((row) => row.dataset.brand).sort()), ['x:dealdashdaily', 'x:haldenroasters'], 'the list alone');
    assert.equal(await page.call(() => document.querySelectorAll('tfoot tr').length), 2, 'the list’s average and that of all');
  });
});

check('a brand is made one’s own, and its accounts are parted and joined by one’s word', { wrongs: { disowning: /one’s own comes first/, wordless: /parted/ }, where: production }, async (world) => {
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
    assert.equal(parted.length, before.length + 1, 'parted');
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

check('every page is free of barriers in both themes and in forced colours', { wrongs: { barred: /button-name/ }, where: production }, async (world) => {
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

check('the keyboard reaches everything in the order of the page, and reads the charts', { wrongs: { jumbled: /→/, mute: /a value is read/ }, where: inChromium }, async (world) => {
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

check('charts are saved as pictures that stand alone', { wrongs: { blank: /an empty picture has one/, leaning: /nothing depends on a style sheet|paths/ }, where: production }, async (world) => {
  await using(await open(world, { hash: '#/trend' }), async (page) => {
    await page.call(catchFiles);
    const png = await fileOf(page, '.under button:nth-of-type(1)', 'png');
    assert.equal(png.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    assert.ok(width > 600 && height > 300, `${width} × ${height}`);
    const colours = await page.call(async () => {
      const picture = await createImageBitmap(globalThis.saved.png);
      const pen = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
      pen.drawImage(picture, 0, 0);
      return new Set(new Uint32Array(pen.getImageData(0, 0, picture.width, picture.height).data.buffer)).size;
    });
    assert.ok(colours > 50, `${colours} colours: an empty picture has one`);
    const svg = (await fileOf(page, '.under button:nth-of-type(2)', 'svg')).toString();
    assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    assert.ok(!/var\(|class=|light-dark/.test(svg), 'nothing depends on a style sheet');
    assert.ok((svg.match(/<path/g) ?? []).length >= 6);
  });
});

check('the dialog of a badge opens the card of its brand, and the page learns nothing of it', { sins: { absent: /there is a badge/, '': /the control "card"/ }, wrongs: { lost: /the card of the brand/ }, where: production }, async (world) => {
  const tab = await world.open(X, { posts: cast([{ text: 'What do you brew on a Sunday? Tell us how you make it.' }]) });
  const [badge] = badgesOf(await tab.badges());
  assert.ok(badge, 'there is a badge');
  await clickPart(tab, badge);
  const control = async () => dialogOf(await tab.badges())?.controls.find(({ does, box }) => does === 'card' && box.height > 0);
  await world.until('the control "card"', control);
  assert.equal((await control()).says, 'Open brand card');
  await pressPart(tab, await control());
  const card = await until('the card is drawn', () => world.stage.inExtension(() => {
    const api = globalThis.browser ?? globalThis.chrome;
    const view = api.extension.getViews({ type: 'tab' }).find(({ location }) => location.pathname === '/dashboard/dashboard.html');
    const main = view?.document.querySelector('main');
    return main?.dataset.ready === 'whole' ? { title: main.querySelector('h1').textContent, isCard: Boolean(main.querySelector('.answer')) } : null;
  }));
  await world.stage.inExtension(async () => {
    const api = globalThis.browser ?? globalThis.chrome;
    const view = api.extension.getViews({ type: 'tab' }).find(({ location }) => location.pathname === '/dashboard/dashboard.html');
    await api.tabs.remove((await (view.browser ?? view.chrome).tabs.getCurrent()).id);
  });
  // Stored before the card was asked for: the very first post is on it.
  assert.deepEqual(card, { title: 'Halden Roasters', isCard: true }, 'the card of the brand');
  assert.ok(!/extension:|kibitz/i.test(await tab.run(() => document.documentElement.outerHTML)), 'nothing of it is in the page');
});
