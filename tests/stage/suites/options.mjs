//! Owns the checks of the extension's own pages beside the dashboard: what is chosen is stored, followed and taken back, bad input is refused, added sites run; never of looks or verdicts.

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStage } from '../browser.mjs';
import { until } from '../waiting.mjs';
import { badgesOf, check, clickPart, dialogOf, foldsOf, kindsOf, LINKEDIN, press, World, X } from '../checks.mjs';
import { cast, mixed } from './casts.mjs';

const production = ({ form }) => form === 'production';
const MASTODON = 'https://social.example/home';
const FEED = readFileSync(join(import.meta.dirname, '..', '..', 'fixtures', 'mastodon_home_de.html'), 'utf8');

/** A page of the extension's own; the villain has none. */
export async function own(world, path) {
  assert.ok(existsSync(join(world.stage.folder, path.replace(/#.*/, ''))), 'the page is there');
  return world.stage.own(path);
}

const stored = (world, ...keys) => world.stage.inExtension((names) => (globalThis.browser ?? globalThis.chrome).storage.local.get(names), keys);
const settings = async (world) => (await stored(world, 'settings')).settings ?? {};
const answer = (world, message) => world.stage.inExtension((it) => (globalThis.browser ?? globalThis.chrome).runtime.sendMessage(it), message);

/** Sets a control as a user does, and tells the page. */
const choose = (page, selector, value) => page.call(([css, wish]) => {
  const it = document.querySelector(css);
  if (typeof wish === 'boolean') it.checked = wish;
  else it.value = wish;
  it.dispatchEvent(new Event('change', { bubbles: true }));
}, [selector, value]);
const push = (page, selector) => page.call((css) => document.querySelector(css).click(), selector);
const said = (page) => page.call(() => document.getElementById('said-text').textContent);
const fillIn = (page, form, values) => page.call(([css, all]) => {
  const it = document.querySelector(css);
  for (const [name, value] of Object.entries(all)) it.elements[name].value = value;
  it.requestSubmit();
}, [form, values]);
/** Hands a file to a file input. */
const hand = (page, selector, name, text) => page.call(([css, title, content]) => {
  const it = document.querySelector(css);
  const files = new DataTransfer();
  files.items.add(new File([content], title));
  it.files = files.files;
  it.dispatchEvent(new Event('change', { bubbles: true }));
}, [selector, name, text]);

/** What is folded on a tab, once it is in front. */
async function folds(tab, wanted) {
  await tab.page.bringToFront();
  await tab.until(`${wanted ? 'folds' : 'no fold'} on ${tab.page.url()}`, async () => (foldsOf(await tab.badges()).length > 0) === wanted);
}

check('a choice is stored, every open tab follows at once, and Undo takes it back', { sins: { absent: /the page is there/ }, where: production }, async (world) => {
  const one = await world.open(X, { posts: mixed(4) });
  const other = await world.stage.tab();
  world.tabs.push(other);
  await other.open(LINKEDIN, { posts: mixed(4) });
  if (!world.villain) await other.settle();
  const page = await own(world, 'options/options.html');
  try {
    await choose(page, '#kind-advert', 'fold');
    await until('it is stored', async () => (await settings(world)).adverts === 'fold');
    for (const tab of [other, one]) await folds(tab, true);
    await push(page, '#undo');
    for (const tab of [one, other]) await folds(tab, false);
    assert.equal((await settings(world)).adverts, 'off', 'as it was');

    // The narrower kind and the brand's own rule go before: here a brand is spared what everybody's adverts get.
    await choose(page, '#kind-advert', 'fold');
    await folds(one, true);
    await fillIn(page, '#never-form', { room: 'x', handle: '@HaldenRoasters' });
    await until('the brand is on the list', async () => (await settings(world)).neverHide?.length === 1);
    assert.deepEqual((await settings(world)).neverHide, [{ room: 'x', handle: 'haldenroasters' }]);
    await folds(one, false);
    await folds(other, true);
    await fillIn(page, '#rule-form', { room: 'x', handle: 'haldenroasters', kind: 'broadcast', mode: 'fold' });
    await folds(one, true);
    await until('a rule and an exemption exclude each other', async () => (await settings(world)).neverHide.length === 0);
    await push(page, '#rules button');
    await until('the rule is gone', async () => (await settings(world)).rules.length === 0);
  } finally {
    page.close();
  }
});

check('bad input is refused with its reason, and nothing is lost', { sins: { absent: /the page is there/ }, where: production }, async (world) => {
  const before = { whose: 'listed', watched: [{ room: 'x', handle: 'halden' }] };
  await world.stage.settings({ raw: { settings: before } });
  const page = await own(world, 'options/options.html');
  const refuses = async (words, work) => {
    await work();
    await until(`it says ${words}`, async () => words.test(await said(page)));
    assert.deepEqual(await settings(world), before, 'nothing was changed');
  };
  try {
    await refuses(/two words/, () => fillIn(page, '#list-form', { room: 'x', handle: 'two words' }));
    assert.equal(await page.call(() => document.querySelector('#list-form').elements.handle.value), 'two words', 'what was typed stays');
    await refuses(/Line 3.*myspace/, () => hand(page, '#list-file', 'list.csv', 'network,account\nx,orla\nmyspace,tom\n'));
    await refuses(/Line 2/, () => hand(page, '#list-file', 'list.csv', 'x;orla\nx;\n'));
    await refuses(/no account/, () => hand(page, '#list-file', 'list.csv', '\n'));
    await refuses(/not a file of choices/, () => hand(page, '#file-input', 'a.json', '{"adverts":'));
    await refuses(/not a file of choices/, () => hand(page, '#file-input', 'a.json', '{"settings":{}}'));
    const file = (choices) => JSON.stringify({ file: 'kibitz choices', version: 1, ...choices });
    await refuses(/version \(9\)|another version/, () => hand(page, '#file-input', 'a.json', JSON.stringify({ file: 'kibitz choices', version: 9 })));
    await refuses(/blink/, () => hand(page, '#file-input', 'a.json', file({ settings: { adverts: 'blink' } })));
    await refuses(/sparkle/, () => hand(page, '#file-input', 'a.json', file({ settings: { sparkle: true } })));
    await refuses(/rules 1 room/, () => hand(page, '#file-input', 'a.json', file({ settings: { rules: [{ room: 'myspace', handle: 'a', hide: [] }] } })));
    await refuses(/https/, () => fillIn(page, '#added-form', { address: 'http://plain.example' }));
    await refuses(/not the address/, () => fillIn(page, '#added-form', { address: 'nowhere' }));
    await refuses(/already works on x\.com/, () => fillIn(page, '#added-form', { address: 'https://x.com/home' }));

    await hand(page, '#list-file', 'list.csv', '\ufeffnetwork;account\r\nlinkedin;"company/orla"\r\n;https://www.instagram.com/finch.tea/\r\n');
    await until('two accounts more', async () => (await settings(world)).watched.length === 3);
    assert.deepEqual((await settings(world)).watched.slice(1), [{ room: 'linkedin', handle: 'company/orla' }, { room: 'instagram', handle: 'finch.tea' }]);

    // Settings of another version are set aside before anything is written over them.
    await world.store({ settings: { ...before, hologram: true } });
    await until('the page says so', () => page.call(() => !document.getElementById('unread').hidden));
    await choose(page, '#kind-advert', 'dim');
    await until('the new ones are stored', async () => (await settings(world)).adverts === 'dim');
    assert.deepEqual((await stored(world, 'settingsUnread')).settingsUnread, { ...before, hologram: true });
  } finally {
    page.close();
  }
});

check('a file of choices brings everything back', { sins: { absent: /the page is there/ }, where: production }, async (world) => {
  const everything = {
    settings: {
      whose: 'everyone', adverts: 'hide', kinds: [{ kind: 'bait', mode: 'dim' }], rules: [{ room: 'linkedin', handle: 'company/orla', hide: [{ kind: 'event', mode: 'fold' }] }], neverHide: [{ room: 'x', handle: 'a' }],
      watched: [{ room: 'x', handle: 'b' }], brands: [{ room: 'x', handle: 'c', isBrand: false }], corrections: [{ room: 'x', id: '17', intent: 'share', lesson: '00ff00abcdef' }], foldBroadcasters: true,
      sameBrands: ['x:a=linkedin:company/a'], keepExcerpts: true, onlyVerySure: true,
    },
    sites: { 'x.com': { off: true } }, toolbarCount: false,
  };
  await world.stage.settings({ raw: everything });
  const page = await own(world, 'options/options.html');
  const all = () => stored(world, 'settings', 'sites', 'toolbarCount');
  try {
    const text = await page.call(async () => (await import('/ui/settings.js')).exported());
    await push(page, '#file-reset');
    await until('all is as on the first day', async () => Object.keys((await settings(world))).length === 0);
    assert.deepEqual(await all(), { settings: {}, sites: {}, toolbarCount: true });
    await push(page, '#undo');
    await until('Undo', async () => (await settings(world)).adverts === 'hide');
    assert.deepEqual(await all(), everything);
    await push(page, '#file-reset');
    await until('again', async () => !(await settings(world)).adverts);
    await hand(page, '#file-input', 'choices.json', text);
    await until('it is back', async () => (await settings(world)).adverts === 'hide');
    assert.deepEqual(await all(), everything);
    // What this page may store the module must read, and it names each field: nothing is set aside.
    const tab = await world.open(X, { posts: mixed(1), raw: { ...everything, sites: {} }, settle: false });
    await until('the module reads it', async () => (await tab.ask({ kind: 'report' })).state === 'running');
    assert.equal((await tab.ask({ kind: 'report' })).settingsError, null);
  } finally {
    page.close();
  }
});

const SALE = { text: '50% OFF everything today only! Shop the sale now: https://halden.ex.am/sale Use code SALE50 at checkout.' };

check('a correction goes from the dialog to the ledger and to every tab, and back from the page of choices', { sins: { absent: /there is a badge/, '': /the control "choose"/ }, where: production }, async (world) => {
  const posts = cast([SALE, { text: 'A quiet day at the roastery.' }]);
  const one = await world.open(X, { posts });
  const [{ id }] = posts;
  const other = await world.stage.tab();
  world.tabs.push(other);
  await other.open(X, { posts });
  if (!world.villain) await other.settle();
  await one.page.bringToFront();
  const badge = badgesOf(await one.badges()).find((it) => it.id === id);
  assert.ok(badge, 'there is a badge');
  const row = async () => {
    if (world.villain) return {};
    const text = await answer(world, { kind: 'ledgerExport' });
    return text.split('\n').filter(Boolean).map((line) => JSON.parse(line)).find((it) => it.id === id);
  };
  if (!world.villain) await one.until('the row is stored', async () => { await one.scroll(((await one.run(() => scrollY)) + 200) % 600); return row(); });
  await clickPart(one, badge);
  for (const does of ['choose', 'reply']) {
    await world.until(`the control "${does}"`, async () => dialogOf(await one.badges())?.controls.some((it) => it.does === does && it.box.height > 0));
    await press(one, dialogOf(await one.badges()).controls.find((it) => it.does === does));
  }
  const kind = async (tab) => kindsOf(await tab.badges())[id];
  const becomes = async (what, wanted) => {
    for (const tab of [one, other]) {
      await tab.page.bringToFront();
      await tab.until(what, async () => (await kind(tab)) === wanted);
    }
  };
  await becomes('both tabs follow', 'conversation');
  await until('the ledger follows', async () => (await row())?.corrected?.intent === 'reply' || JSON.stringify(await row()).includes('"reply"'));
  const page = await own(world, 'options/options.html');
  try {
    const listed = await page.call(() => document.getElementById('corrections-list').innerText);
    assert.match(listed, /haldenroasters[\s\S]*reply/i, 'the list says whose post it is and what was said');
    await push(page, '#corrections-list button');
    await becomes('both tabs follow back', badge.kind);
    await until('the ledger follows back', async () => !JSON.stringify(await row()).includes('"reply"'));
    await push(page, '#undo');
    await becomes('Undo', 'conversation');
    await until('the ledger again', async () => JSON.stringify(await row()).includes('"reply"'));
  } finally {
    page.close();
  }
});

/** Chromium's prompt cannot be pressed by a test: there the site is granted by the package, and only what follows is seen. */
async function granting(world, work) {
  if (world.kind === 'firefox') return work(world);
  const folder = mkdtempSync(join(tmpdir(), 'stage-granted-'));
  let stage;
  try {
    cpSync(world.stage.folder, folder, { recursive: true });
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    manifest.host_permissions.push('https://social.example/*');
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    stage = await openStage(world.stage.server, { extension: folder });
    const granted = new World(stage, world.bare, { form: world.form });
    await work(granted);
    granted.finish();
  } finally {
    await stage?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

check('a site that the user adds runs where it stands open, after a reload, and no longer when it is taken back', { sins: { absent: /the page is there/ } }, async (world) => {
  assert.ok(existsSync(join(world.stage.folder, 'options', 'options.html')), 'the page is there');
  await granting(world, async (run) => {
    // The saved page has styles of its own in its markup, which the usual policy of such a server forbids.
    const served = { saved: { [MASTODON]: FEED }, policy: 'none' };
    const badges = async (tab) => badgesOf(await tab.badges()).length;
    if (run.kind === 'firefox') {
      const tab = await run.open(MASTODON, { ...served, who: 'everyone', settle: false });
      assert.equal(await badges(tab), 0, 'nothing before');
      const page = await own(run, 'options/options.html');
      try {
        await page.call(() => { document.querySelector('#added-form').elements.address.value = 'social.example/@somebody'; });
        await page.click('#added-form button');
        await until('it is said', async () => /now works on social\.example/.test(await said(page)));
        await tab.page.bringToFront();
        await tab.until('it runs where the page stands open', async () => (await badges(tab)) > 3);
        await tab.open(MASTODON, served);
        await tab.until('and after a reload', async () => (await badges(tab)) > 3);
        await page.click('#added button');
        await until('it is taken back', async () => /no longer works/.test(await said(page)));
        await tab.page.bringToFront();
        await tab.until('the open page is left', async () => (await tab.badges()).length === 0);
        await tab.open(MASTODON, served);
        await tab.frames(5);
        assert.equal(await badges(tab), 0, 'nothing after');
        assert.deepEqual(await run.stage.inExtension(() => browser.scripting.getRegisteredContentScripts()), []);
      } finally {
        page.close();
      }
    } else {
      const tab = await run.open(MASTODON, { ...served, who: 'everyone', settle: false });
      await tab.until('it runs', async () => (await badges(tab)) > 3);
      assert.equal((await tab.ask({ kind: 'report' })).report.room, 'mastodon', 'known by its page');
      const [script] = await run.stage.inExtension(() => chrome.scripting.getRegisteredContentScripts());
      assert.deepEqual([script.id, script.matches, script.persistAcrossSessions], ['social.example', [MASTODON.replace('home', '*')], true]);
      const page = await own(run, 'options/options.html');
      assert.match(await page.call(() => document.getElementById('added').innerText), /social\.example/);
      page.close();
    }
  });
});

check('the line at a brand’s name comes where the name comes later than its posts', { sins: { absent: /never: posts are badged/, '': /never: the line/ }, where: production }, async (world) => {
  if (!world.villain) await answer(world, { kind: 'ledgerWipe' });
  const tab = await world.open('https://x.com/HaldenRoasters', { posts: sales(6), lateHead: true });
  await world.until('posts are badged', async () => badgesOf(await tab.badges()).length >= 3);
  assert.ok(!(await tab.badges()).some(({ part }) => part === 'profile'), 'no line without a name');
  await tab.run(() => dispatchEvent(new Event('demo:head')));
  await world.until('the line', async () => (await tab.badges()).some(({ part, text }) => part === 'profile' && /Broadcaster: 100 % of [56] posts seen/.test(text)));
});

const sales = (n) => cast(Array.from({ length: n }, (_, at) => ({ text: `Meet the new Halden grinder number ${at + 1}. Sharper, quieter, yours for less. Order today and save!` })));

check('a brand’s own page says what the majority rule calls it, and nothing moves', { sins: { absent: /never: the line/, '': /never: the line/ }, where: production }, async (world) => {
  const places = () => [...document.querySelectorAll('[data-testid="UserName"] *, [data-testid="UserDescription"], h1, .phead *, article, [role="listitem"]')]
    // What Kibitz put there is a span without height and without children that the page could see.
    .filter((it) => it.localName !== 'span' || it.hasChildNodes() || it.getBoundingClientRect().height > 0).map((it) => [it.tagName, it.getBoundingClientRect().top, it.getBoundingClientRect().left, it.getBoundingClientRect().height]);
  for (const url of ['https://x.com/HaldenRoasters', 'https://www.linkedin.com/company/halden-roasters/']) {
    for (const ui of ['en', 'ar']) {
      if (!world.villain) await answer(world, { kind: 'ledgerWipe' });
      const posts = sales(6);
      const bare = world.villain ? undefined : await world.openBare(url, { posts, ui });
      const before = await bare?.run(places);
      const tab = await world.open(url, { posts, ui });
      const line = async () => (await tab.badges()).find(({ part, text }) => part === 'profile' && /Broadcaster: 100 % of [56] posts seen \(\d+–100 %\)/.test(text));
      const { box } = await world.until(`the line on ${url}`, line);
      // Badges stand in posts beside it, and move nothing either.
      assert.deepEqual(await tab.run(places), before, `${url}: every part of the page stands where it stood`);
      const [wide, full] = await tab.run(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
      assert.ok(box.x >= 0 && box.x + box.width <= wide + 1 && full <= wide, `${url}: the line is in the view: ${JSON.stringify([box, wide, full])}`);
      await world.store({ sites: { [new URL(url).hostname.replace('www.', '')]: { off: true } } });
      await world.until('it is gone when switched off', async () => (await tab.badges()).length === 0);
      await world.store({ sites: {} });
    }
  }
});
