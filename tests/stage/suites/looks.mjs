//! Owns the checks of how the extension's pages look and read: for axe, in other languages, by keyboard, on the first day; never of what they store.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { openStage } from '../browser.mjs';
import { badgesOf, check, X } from '../checks.mjs';
import { mixed } from './casts.mjs';
import { own } from './options.mjs';

const production = ({ form }) => form === 'production';
const inChromium = ({ kind, form }) => kind === 'chromium' && form === 'production';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Values that fill every list of the pages. */
const FULL = {
  toolbarCount: true, sites: { 'linkedin.com': { off: true } },
  settings: {
    whose: 'listed', adverts: 'fold', kinds: [{ kind: 'bait', mode: 'dim' }], rules: [{ room: 'linkedin', handle: 'company/halden-roasters-und-soehne-am-hafen', hide: [{ kind: 'event', mode: 'hide' }] }], neverHide: [{ room: 'x', handle: 'orla' }],
    watched: [{ room: 'x', handle: 'halden' }], brands: [{ room: 'x', handle: 'ada', isBrand: false }], corrections: [{ room: 'x', id: '17', intent: 'share', lesson: '' }], sameBrands: ['x:a=linkedin:company/a', 'x:b!instagram:b'],
  },
};
const PAGES = ['options/options.html', 'welcome/welcome.html', 'popup/popup.html'];

const violations = async (page) => (await page.evaluate(() => axe.run())).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`);

/** Opens a page of the extension in Chromium, with axe in it. */
async function opened(stage, path, { width = 1100, scheme = 'light', forced = 'none', scale = 1 } = {}) {
  const page = await stage.browser.newPage();
  await page.setViewport({ width, height: 900, deviceScaleFactor: scale });
  const cdp = await page.createCDPSession();
  await cdp.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }, { name: 'forced-colors', value: forced }] });
  await page.goto(`${stage.origin}${path}`);
  await page.waitForSelector('html[data-ready]');
  await page.evaluate(AXE);
  return page;
}

check('popup, choices and first page: axe finds nothing in light, dark and forced colours, and nothing overflows', { sins: { absent: /the page is there/ }, where: inChromium }, async (world) => {
  assert.ok(existsSync(join(world.stage.folder, 'options', 'options.html')), 'the page is there');
  await world.stage.settings({ raw: FULL });
  for (const path of PAGES) {
    for (const look of [{}, { scheme: 'dark' }, { forced: 'active' }, { width: 360 }, { width: 550, scale: 2 }]) {
      const page = await opened(world.stage, path, look);
      assert.deepEqual(await violations(page), [], `${path} ${JSON.stringify(look)}`);
      const [full, wide] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(full <= wide, `${path} ${JSON.stringify(look)}: nothing is wider than the view (${full} > ${wide})`);
      // Axe sees what is wrong here, too.
      if (path === PAGES[0] && look.scheme) {
        await page.evaluate(() => { document.querySelector('#hiding-title').style.color = '#777'; document.querySelector('#hiding-title').style.background = '#888'; });
        assert.match((await violations(page)).join(), /color-contrast/);
      }
      await page.close();
    }
  }
});

check('in Arabic everything reads from the right, in German nothing is left in English', { sins: { absent: /the page is there/ }, where: inChromium }, async (world) => {
  assert.ok(existsSync(join(world.stage.folder, 'options', 'options.html')), 'the page is there');
  const before = process.env.LANGUAGE;
  for (const [language, direction, words] of [['ar', 'rtl', /تصحيحاتك/], ['de', 'ltr', /Deine Korrekturen/]]) {
    process.env.LANGUAGE = language;
    const stage = await openStage(world.stage.server, { extension: world.stage.folder, flags: [`--lang=${language}`] });
    try {
      await stage.settings({ raw: FULL });
      for (const path of PAGES) {
        for (const width of [1100, 360]) {
          const page = await opened(stage, path, { width });
          assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]), [language, direction], path);
          assert.deepEqual(await violations(page), [], `${path} ${language}`);
          const text = await page.evaluate(() => document.body.innerText);
          if (path === PAGES[0]) assert.match(text, words);
          assert.doesNotMatch(text, /\b(the|your|posts|badge|brand)\b/, `${path}: English words`);
          const [full, wide, least] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth, Math.min(...[...document.querySelectorAll('body *')].filter((it) => it.checkVisibility() && !it.closest('.skip')).map((it) => it.getBoundingClientRect().left))]);
          assert.ok(full <= wide && least >= -1, `${path} ${language} ${width}: nothing is outside (${full} > ${wide}, ${least})`);
          await page.close();
        }
      }
    } finally {
      await stage.close();
      if (before === undefined) delete process.env.LANGUAGE;
      else process.env.LANGUAGE = before;
    }
  }
});

check('Tab goes through the choices in the order in which they stand, and is always seen', { sins: { absent: /the page is there/ }, where: inChromium }, async (world) => {
  assert.ok(existsSync(join(world.stage.folder, 'options', 'options.html')), 'the page is there');
  await world.stage.settings({ raw: FULL });
  const page = await opened(world.stage, PAGES[0]);
  try {
    await page.bringToFront();
    const wanted = await page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, input, select')].filter((it) => it.checkVisibility({ visibilityProperty: true }) && !it.disabled);
      // Of radio buttons the checked one is reached.
      const reached = all.filter((it) => it.type !== 'radio' || it.checked);
      globalThis.reached = reached;
      return reached.length;
    });
    assert.ok(wanted > 40, `${wanted} controls`);
    const orders = [];
    for (let step = 0; step < wanted; step++) {
      await page.keyboard.press('Tab');
      const [at, outline] = await page.evaluate(() => [globalThis.reached.indexOf(document.activeElement), getComputedStyle(document.activeElement).outlineStyle]);
      orders.push(at);
      assert.notEqual(outline, 'none', `control ${at} shows the focus`);
    }
    assert.deepEqual(orders, Array.from({ length: wanted }, (_, at) => at));
  } finally {
    await page.close();
  }
});

check('the first page opens once, on the installation, and says four sentences', { sins: { absent: /the page is there/ }, where: production }, async (world) => {
  assert.ok(existsSync(join(world.stage.folder, 'welcome', 'welcome.html')), 'the page is there');
  assert.equal(world.stage.welcomed, 1);
  const page = await own(world, 'welcome/welcome.html');
  const [sentences, asks] = await page.call(() => [[...document.querySelectorAll('main > p')].map((it) => it.textContent), [...document.querySelectorAll('button, input, a')].filter((it) => it.checkVisibility()).length]);
  page.close();
  assert.equal(sentences.length, 4);
  assert.equal(asks, 0, 'it asks for nothing');
  await world.stage.reload();
  const tab = await world.open(X, { posts: mixed(1) });
  assert.ok(badgesOf(await tab.badges()).length > 0);
  assert.equal(await world.stage.closeWelcome(), 0, 'not after an update');
});
