//! Owns the checks of what Kibitz promises never to do: leave traces, be named, phone home, die loudly; never of verdicts.

import assert from 'node:assert/strict';
import { badgesOf, check, clickPart, dialogOf, foldsOf, kindsOf, LINKEDIN, X } from '../checks.mjs';
import { mixed } from './casts.mjs';

const production = ({ form }) => form !== 'twin';

/** Runs in the page: everything that can be told about its elements, as one list; styles as computed. */
function fingerprint() {
  const lines = [];
  for (const element of document.querySelectorAll('*')) {
    const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).join(' ');
    lines.push(`${element.nodeName} ${attributes} ${element.childNodes.length}`);
  }
  for (const element of document.querySelectorAll('article *, [role="listitem"] *, article, [role="listitem"], [data-testid="cellInnerDiv"]')) {
    const style = getComputedStyle(element);
    let sum = 0;
    for (const property of style) {
      const value = style.getPropertyValue(property);
      for (let at = 0; at < value.length; at++) sum = (Math.imul(sum, 31) + value.charCodeAt(at)) | 0;
    }
    lines.push(`${element.nodeName} ${sum}`);
  }
  return lines;
}

/** Where two fingerprints differ, shortly. */
const differences = (before, after) => before.length !== after.length ? [`${before.length} lines, then ${after.length}`] : before.map((line, at) => [line, after[at]]).filter(([a, b]) => a !== b).slice(0, 5);

const site = (url) => new URL(url).hostname.replace(/^www\./, '');

/** Kibitz switched off on the page's site, with these settings for when it is on. */
const off = (url, hide) => ({ settings: { whose: 'brands', adverts: hide }, sites: { [site(url)]: { off: true } } });

/** Writes one stored value. */
const store = (world, values) => world.stage.inExtension((it) => (globalThis.browser ?? globalThis.chrome).storage.local.set(it), values);

for (const url of [X, LINKEDIN]) {
  check(`${site(url)}: switched off means gone`, { core: true, sins: ['dirties'] }, async (world) => {
    for (const hide of ['fold', 'dim']) {
      const tab = await world.open(url, { posts: mixed(5), raw: off(url, hide), settle: false });
      await tab.frames(3);
      const before = world.villain ? await (await world.openBare(url, { posts: mixed(5) })).run(fingerprint) : await tab.run(fingerprint);
      if (!world.villain) await store(world, { sites: {} });
      const shown = await tab.settle({ patience: world.patience });
      assert.ok(shown.length > 0, 'it was on');
      const badge = badgesOf(shown).find(({ box }) => box.height > 0);
      if (badge && !world.villain) {
        await clickPart(tab, badge);
        await world.until('the dialog opens', async () => dialogOf(await tab.badges()));
      }
      await store(world, { sites: { [site(url)]: { off: true } } });
      await world.until('nothing of it is left', async () => world.villain || (await tab.badges()).length === 0);
      await tab.scroll(0);
      await tab.run(() => document.activeElement?.blur?.());
      await tab.page.mouse.move(2, 2);
      await tab.frames(3);
      assert.deepEqual(differences(before, await tab.run(fingerprint)), [], `the page is as it was (${hide})`);
    }
  });
}

check('when something inside breaks, the page is clean and quiet', { core: true, sins: ['dirties', ''] }, async (world) => {
  for (const url of [X, LINKEDIN]) {
    const tab = await world.open(url, { raw: off(url, 'fold'), settle: false });
    await tab.frames(3);
    const before = world.villain ? await (await world.openBare(url)).run(fingerprint) : await tab.run(fingerprint);
    await store(world, { sites: {} });
    await tab.settle({ patience: world.patience });
    // In the extension's world on this page, something the module stands on begins to throw through its frames.
    await world.stage.inExtension(async (address) => {
      const api = globalThis.browser ?? globalThis.chrome;
      const [{ id }] = (await api.tabs.query({})).filter((it) => it.url === address);
      const trap = () => {
        const broken = () => { throw new Error('broken on purpose'); };
        for (const holder of [Node.prototype, Element.prototype, Document.prototype]) {
          for (const name of ['insertBefore', 'matches', 'closest', 'querySelector', 'querySelectorAll', 'getAttribute', 'contains', 'isSameNode', 'getBoundingClientRect']) if (Object.hasOwn(holder, name)) holder[name] = broken;
        }
        Map.prototype.get = broken;
        Set.prototype.has = broken;
      };
      await api.scripting.executeScript({ target: { tabId: id }, func: trap });
    }, tab.page.url());
    await tab.run(() => stage.churn(1));
    await tab.run(() => stage.churn(2));
    await tab.ask({ kind: 'showAll' });
    await world.until('nothing of it is left', async () => (await tab.badges()).length === 0);
    const { state } = await tab.ask({ kind: 'report' });
    assert.equal(state, 'failed', 'and the popup says so');
    assert.equal(await tab.run(() => stage.foreign(document.body).length), 0, 'no node of it');
    assert.equal(await tab.run(() => [...document.querySelectorAll('[style*="important"]')].length), 0, 'no declaration of it');
    void before;
  }
});

check('a page cannot find it or name it', { sins: ['named'], where: production }, async (world) => {
  for (const url of [X, LINKEDIN]) {
    const bare = await world.openBare(url);
    const globals = () => [...Object.getOwnPropertyNames(globalThis), ...Object.getOwnPropertyNames(document), ...Object.getOwnPropertyNames(navigator)].sort();
    const without = await bare.run(globals);
    const tab = await world.open(url, { hide: 'fold' });
    assert.deepEqual((await tab.run(globals)).filter((name) => !without.includes(name)), [], 'no new global');
    const badge = badgesOf(await tab.badges()).find(({ box }) => box.height > 0);
    if (!world.villain) await clickPart(tab, badge);
    const html = await tab.run(() => document.documentElement.outerHTML);
    assert.doesNotMatch(html, /kibitz/i, 'no name in the document');
    assert.doesNotMatch(html, /(chrome|moz)-extension:/, 'no address of an extension');
    const foreign = await tab.run(() => stage.foreign(document.body).map((it) => [it.localName, ...[...it.attributes].map(({ name, value }) => `${name}=${value}`)].join(' ')));
    assert.deepEqual(foreign.filter((it) => !/^(span|div)( data-\w=\w*| popover=\w+| hidden=| tabindex=-?\d| style=.*)*$/.test(it)), [], 'neutral elements only');
    assert.equal(await tab.run(() => stage.foreign(document.body).filter((it) => it.shadowRoot).length), 0, 'closed roots only');
    if (world.kind === 'chromium') {
      const address = `${world.stage.origin}manifest.json`;
      assert.ok(await tab.run((it) => fetch(it).then(() => false, () => true), address), 'nothing of it can be fetched');
      tab.errors = tab.errors.filter((it) => !it.includes(address) && !/ERR_FAILED|ERR_BLOCKED|Content Security Policy/i.test(it));
    }
    assert.deepEqual(await tab.run(() => [localStorage.length, sessionStorage.length]), [0, 0], 'no page storage');
  }
});

check('it asks the network for nothing', { sins: ['talks'] }, async (world) => {
  const tab = await world.open(X, { hide: 'fold' });
  for (const y of [800, 2400, 0]) await tab.scroll(y);
  const badge = badgesOf(await tab.badges()).find(({ box }) => box.height > 0);
  if (!world.villain) await clickPart(tab, badge);
  await tab.frames(3);
  assert.deepEqual(tab.strangers(), []);
});

check('the page’s console stays quiet', { sins: ['noisy'], where: production }, async (world) => {
  const tab = await world.open(X, { hide: 'fold', policy: 'strict' });
  await tab.scroll(1800);
  assert.deepEqual(tab.errors, []);
});

check('the background may die at any time', { sins: ['absent'], where: ({ kind, form }) => kind === 'chromium' && form !== 'twin' }, async (world) => {
  const tab = await world.open(X);
  const kill = async () => {
    const target = world.stage.browser.targets().find((it) => it.type() === 'service_worker' && it.url().startsWith(world.stage.origin));
    await (await target?.worker())?.close().catch(() => undefined);
  };
  const seen = {};
  for (const y of [0, 1600, 3200, 4800]) {
    await kill();
    await tab.scroll(y);
    Object.assign(seen, kindsOf(await tab.settle({ patience: world.patience })));
  }
  assert.ok(Object.keys(seen).length > 12, `badged ${Object.keys(seen).length}`);
  await kill();
  if (!world.villain) await world.stage.settings({ hide: 'fold' });
  await tab.scroll(0);
  await world.until('new settings arrive', async () => foldsOf(await tab.badges()).length > 0);
});

check('the popup counts what the page shows', { sins: ['absent', ''] }, async (world) => {
  const posts = mixed(4);
  const tab = await world.open(LINKEDIN, { posts, who: 'everyone' });
  const { report, state } = await tab.ask({ kind: 'report' });
  assert.equal(state, 'running');
  const kinds = Object.values(kindsOf(await tab.badges()));
  assert.equal(report.containers, posts.length);
  assert.equal(report.read, posts.length);
  assert.deepEqual(report.judged, ['conversation', 'broadcast', 'advert', 'unsure'].map((kind) => kinds.filter((it) => it === kind).length));
  assert.equal(report.health, null);
});

check('one long mixed run', { sins: ['deaf'] }, async (world) => {
  const tab = await world.open(X, { n: 300, hide: 'fold' });
  const verdicts = {};
  const look = async (where) => {
    const shown = await tab.settle({ some: false });
    for (const [id, kind] of Object.entries(kindsOf(shown))) {
      assert.equal(verdicts[id] ?? kind, kind, `${where}: the badge of ${id} changed`);
      verdicts[id] = kind;
    }
    const wrong = shown.filter((it) => it.part === 'badge' && it.id === null);
    assert.deepEqual(wrong, [], `${where}: badges outside posts`);
  };
  for (let lap = 0; lap < 3; lap++) {
    for (let step = 1; step <= 6; step++) {
      await tab.scroll(lap * 9000 + step * 1400);
      await tab.run(() => document.querySelector('[data-testid="like"]')?.click());
      if (step % 2) await tab.run((round) => stage.churn(round), step);
      if (step % 3 === 0) await look(`lap ${lap}, step ${step}`);
    }
    await tab.page.keyboard.press('j');
    const route = ['/search?q=all', '/home', '/home'][lap];
    await tab.run((to) => stage.go(to), route);
    await look(route);
  }
  assert.ok(Object.keys(verdicts).length > 40, `${Object.keys(verdicts).length} posts were badged`);
  const { state } = await tab.ask({ kind: 'report' });
  if (!world.villain) assert.equal(state, 'running');
});
