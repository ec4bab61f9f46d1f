//! Owns the checks of Kibitz's life on a page: how it starts, comes back and hands over to its successor; never of verdicts.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { badgesOf, check, foldsOf, X } from '../checks.mjs';
import { POLICIES } from '../policies.mjs';
import { mixed } from './casts.mjs';

const inChromium = ({ kind, form }) => kind === 'chromium' && form === 'production';
/** The same in every form: the module is a stand-in there. */
const once = ({ form }) => form === 'production';

/** The parts that the packager makes the loader of. */
const LOADER = ['record.js', 'profile.js', 'batch.js', 'forms.js', 'ledger.js', 'toolbar.js', 'waking.js', 'loader.js'].map((name) => join(import.meta.dirname, '..', '..', '..', 'extension', 'content', name));
const TOY = 'https://toy.example/';

/** Runs in the toy page: an extension's world in which storage answers when told to, and a module that notes what it is given. */
function pretend() {
  const listeners = [];
  const toy = { gets: [], sets: [], applied: [], started: [], told: [], count: 3, isDeaf: false, now: Date.now() };
  toy.change = (values) => listeners.forEach((tell) => tell(Object.fromEntries(Object.entries(values).map(([key, newValue]) => [key, { newValue }])), 'local'));
  Date.now = () => toy.now;
  const never = { addListener: () => undefined };
  const port = { onDisconnect: never, disconnect: () => undefined, postMessage: ({ count }) => { if (toy.isDeaf) throw new Error('deaf'); toy.told.push(count); } };
  const handle = { stop: () => undefined, tick: () => undefined, message: () => toy.count, applySettings: (it) => toy.applied.push(it) };
  Object.assign(globalThis, {
    toy,
    browser: {
      runtime: { id: 'toy', onMessage: never, connect: () => port, sendMessage: async () => false },
      storage: {
        onChanged: { addListener: (tell) => listeners.push(tell) },
        local: { get: () => new Promise((answer) => toy.gets.push(answer)), set: async (values) => { toy.sets.push(values); } },
      },
      i18n: { getMessage: (key) => key },
      extension: { inIncognitoContext: false },
    },
    KibitzBytes: 'packed',
    KibitzCore: { inflate: async () => 'bytes', fromBytes: () => ({ prepare: () => true, start: (options) => { toy.before = document.body?.getAttribute('style') ?? null; toy.options = options; toy.started.push(options.settings ?? null); return handle; } }) },
  });
}

/** Opens the loader in a toy page; against the villain with `[good, bad]` exchanged in it. */
async function openToy(world, exchanges) {
  let loader = LOADER.map((path) => readFileSync(path, 'utf8')).join('');
  for (const [good, bad] of world.villain ? exchanges : []) {
    assert.ok(loader.includes(good), `the loader holds: ${good}`);
    loader = loader.replace(good, bad);
  }
  const html = `<!DOCTYPE html><meta charset="utf-8"><title>toy</title><script>(${pretend})()</script><script src="/loader.js"></script>`;
  return world.open(TOY, { settle: false, files: { 'toy.example': { '/': html, '/loader.js': loader } } });
}

/** Lets storage answer the question with this number. */
const reply = async (tab, at, values) => {
  const asked = await tab.run((which, it) => { toy.gets[which]?.(it); return toy.gets.length; }, at, values);
  assert.ok(asked > at, `storage was asked ${at + 1} times`);
};
/** Everything the page's tasks had to do is done; then what the toy noted. */
const noted = async (tab) => {
  await tab.frames(3);
  return tab.run(() => ({ gets: toy.gets.length, started: toy.started, applied: toy.applied, told: toy.told }));
};

const EAGER = [['if (isReading || !isStoredKnown) {', 'if (false) {'], ['if (!isStoredKnown) return;', '']];

check('nothing starts before storage has answered, whatever is stored meanwhile', { sins: { '': /not before the first answer/ }, where: once }, async (world) => {
  const tab = await openToy(world, EAGER);
  await tab.run(() => toy.change({ toolbarCount: true }));
  assert.deepEqual((await noted(tab)).started, [], 'not before the first answer');
  await reply(tab, 0, {});
  assert.deepEqual((await noted(tab)).started, [], 'nor on one that is out of date');
  await reply(tab, 1, { sites: { 'toy.example': { off: true } } });
  assert.deepEqual((await noted(tab)).started, [], 'nor where it is switched off');
  await tab.run(() => toy.change({ settings: { adverts: 'fold' } }));
  await tab.run(() => toy.change({ sites: {} }));
  assert.deepEqual((await noted(tab)).started, [{ adverts: 'fold' }], 'switched on, it starts with the stored settings');
});

check('its own settings come back in any order and are not taken for new ones', { sins: { '': /not taken for new/ }, where: once }, async (world) => {
  const tab = await openToy(world, [['typeof part === "object"', 'false']]);
  await reply(tab, 0, {});
  await noted(tab);
  await tab.run(() => toy.options.save({ whose: 'brands', brands: { b: 1, a: [2, 1] } }));
  await tab.run(() => toy.change({ settings: { brands: { a: [2, 1], b: 1 }, whose: 'brands' } }));
  assert.deepEqual((await noted(tab)).applied, [], 'not taken for new');
  await tab.run(() => toy.change({ settings: { brands: { a: [1, 2], b: 1 }, whose: 'brands' } }));
  assert.deepEqual((await noted(tab)).applied, [{ brands: { a: [1, 2], b: 1 }, whose: 'brands' }]);
});

check('what it stored a moment ago does not come back over what it stored since', { sins: { '': /an older one is not applied/ }, where: once }, async (world) => {
  const tab = await openToy(world, [['!isEcho(changes.settings.newValue)', 'true']]);
  await reply(tab, 0, {});
  await noted(tab);
  const [hidden, shown, popups] = [{ adverts: 'hide' }, { adverts: 'off' }, { adverts: 'dim' }];
  await tab.run((...all) => all.forEach((it) => toy.options.save(it)), hidden, shown);
  await tab.run((it) => toy.change({ settings: it }), hidden);
  assert.deepEqual((await noted(tab)).applied, [], 'an older one is not applied');
  await tab.run((it) => toy.change({ settings: it }), shown);
  await tab.run((it) => toy.change({ settings: it }), popups);
  assert.deepEqual((await noted(tab)).applied, [popups], 'what somebody else stores is');
  await tab.run((it) => toy.change({ settings: it }), hidden);
  assert.deepEqual((await noted(tab)).applied, [popups, hidden], 'each echo comes once');
});

check('a page that comes back catches up, and the toolbar is told until it hears', { sins: { '': /storage was asked/ }, where: once }, async (world) => {
  const tab = await openToy(world, [['if (!persisted) return;', 'return;']]);
  await reply(tab, 0, { settings: { adverts: 'off' } });
  await noted(tab);
  const settle = () => tab.run(() => { toy.options.changed(); toy.now += 2000; dispatchEvent(new Event('scrollend')); });
  const comeBack = () => tab.run(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await tab.run(() => { toy.isDeaf = true; });
  await settle();
  assert.deepEqual((await noted(tab)).told, []);
  await tab.run(() => { toy.isDeaf = false; });
  await settle();
  assert.deepEqual((await noted(tab)).told, [3], 'told again after it was not heard');
  await comeBack();
  await reply(tab, 1, { settings: { adverts: 'fold' } });
  const back = await noted(tab);
  assert.deepEqual(back.applied, [{ adverts: 'fold' }], 'settings stored meanwhile');
  assert.deepEqual(back.told, [3, 3], 'the same number anew');
  await comeBack();
  await reply(tab, 2, { settings: { adverts: 'fold' }, sites: { 'toy.example': { off: true } } });
  assert.equal((await noted(tab)).told.at(-1), null, 'switched off meanwhile');
});

check('back from the browser’s cache with the settings of now', { sins: { '': /never: the toolbar’s number/ }, where: inChromium }, async (world) => {
  const tab = await world.open(X, { posts: mixed(5), hide: 'off' });
  // As served usually the page asks not to be stored, and browsers then do not keep it either.
  const html = await tab.run(async () => (await fetch(location.href, { headers: { 'x-page': '1' } })).text());
  const files = { 'x.com': { '/home': html, '/away': '<!DOCTYPE html><title>away</title>' } };
  await tab.page.evaluateOnNewDocument(() => addEventListener('pageshow', ({ persisted }) => { globalThis.cameBack = persisted; }));
  await tab.open(X, { posts: mixed(5), files });
  assert.deepEqual(foldsOf(await world.settle()), []);
  const number = () => world.stage.inExtension(async () => {
    const [{ id: tabId }] = await chrome.tabs.query({ url: 'https://x.com/*' });
    return chrome.action?.getBadgeText({ tabId });
  });
  await world.until('the toolbar’s number', async () => /^[1-9]/.test(await number()));
  await tab.page.bringToFront();
  await tab.page.goto('https://x.com/away');
  await world.stage.settings({ hide: 'fold' });
  await tab.page.bringToFront();
  await tab.page.evaluate(() => history.back());
  await tab.until('the page is back', () => tab.run(() => globalThis.cameBack === true));
  await tab.until('adverts fold', async () => foldsOf(await tab.badges()).length > 0);
  await tab.until('the number is back', async () => /^[1-9]/.test(await number()));
});

check('a host that refused WebAssembly is not asked again', { sins: { '': /twin/ }, where: inChromium }, async (world) => {
  const { server } = world.stage;
  const policy = `${POLICIES['x-2024'].header({ nonce: '{nonce}' })}; report-uri /refusals`;
  const visit = async (tab) => {
    const from = server.log.length;
    world.stage.from = from;
    await tab.open(X, { policy });
    assert.ok(badgesOf(await world.settle()).length > 0);
    await tab.frames(3);
    const { form } = await tab.ask({ kind: 'report' });
    return { form, heard: await tab.run(() => globalThis.refusals), reported: server.log.slice(from).filter(({ path }) => path === '/refusals').length };
  };
  const tab = await world.open(TOY, { settle: false, files: { 'toy.example': { '/': '<!DOCTYPE html>' } } });
  await tab.page.evaluateOnNewDocument(() => {
    globalThis.refusals = 0;
    document.addEventListener('securitypolicyviolation', ({ blockedURI }) => { globalThis.refusals += Number(blockedURI === 'wasm-eval'); });
  });
  assert.equal((await visit(tab)).form, 'twin');
  assert.deepEqual(await visit(tab), { form: 'twin', heard: 0, reported: 0 });
});

check('after an update the former instance gives the page back when the next one starts, and not before', { sins: { '': /given back/ }, where: once }, async (world) => {
  const tab = await openToy(world, [['document.append(wake);', ''], ['wake.remove();', '']]);
  await reply(tab, 0, {});
  await noted(tab);
  const [during, until] = await tab.run(async () => {
    // As the module does: it watches the document and hides something, noted in the record.
    const { record } = toy.options;
    const watch = new MutationObserver(record.guard(() => undefined));
    record.observers.add(watch);
    watch.observe(document, { childList: true, subtree: true });
    record.styles.set(document.body, new Map([['', [null, '']], ['display', ['', '']]]));
    document.body.style.setProperty('display', 'none', 'important');
    await new Promise(requestAnimationFrame);
    const during = document.body.style.display;
    // The world of the next version knows nothing of the former, whose extension is gone.
    browser.runtime.id = undefined;
    globalThis.browser = { ...browser, runtime: { ...browser.runtime, id: 'next' } };
    delete globalThis.KibitzLoader;
    const script = document.createElement('script');
    script.src = '/loader.js';
    const loaded = new Promise((done) => { script.onload = done; });
    // Outside what is watched, so that only the loader itself can wake it.
    watch.takeRecords();
    watch.disconnect();
    document.head.append(script);
    watch.observe(document, { childList: true, subtree: true });
    await loaded;
    return [during, document.body.style.display];
  });
  assert.deepEqual([during, until], ['none', 'none'], 'nothing flashes');
  assert.equal((await noted(tab)).started.length, 1, 'the next one still waits for storage');
  await reply(tab, 1, {});
  assert.equal((await noted(tab)).started.length, 2);
  assert.equal(await tab.run(() => toy.before), null, 'given back');
});
