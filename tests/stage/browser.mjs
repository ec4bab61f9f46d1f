//! Owns the real browsers: starts them on the stage with a packaged extension in them, opens pages, and hears everything they say; never judges.

import puppeteer from 'puppeteer-core';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readBadges } from './badges.mjs';
import { chromiumControl, firefoxControl, GONE } from './control.mjs';
import { settingsOf } from './settings.mjs';
import { PATIENCE_MS, soon, until } from './waiting.mjs';

/** Executables by browser, first found wins; an environment variable of the same name in capitals goes before. */
const EXECUTABLES = {
  chromium: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  firefox: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
};
/** The add-on's address in Firefox is random unless fixed. */
const ADDON = 'kibitz@kibitz.example';
const FIREFOX_UUID = '11111111-2222-4333-8444-555555555555';
/** A page counts as settled when so many looks in a row saw the same. */
const LOOKS = 3;
/** A page that answers nothing for so long has stopped, milliseconds: sooner than a check ends, so that the call is named. */
const ANSWER_MS = 90_000;

/** Hosts that the browsers themselves call whatever one switches off; no page and no extension names them. */
const BROWSERS_OWN = /(^|\.)(googleapis\.com|(accounts|clients\d*|www)\.google\.com|gvt1\.com|mozilla\.(com|org|net)|firefox\.com|mozgcp\.net)$/;

function executable(kind) {
  const found = [process.env[kind.toUpperCase()], ...EXECUTABLES[kind]].find((it) => it && existsSync(it));
  if (!found) throw new Error(`no ${kind} found; tried ${EXECUTABLES[kind].join(', ')}`);
  return found;
}

const chromiumOptions = (server, { headless, scale, flags = [] }) => ({
  executablePath: executable('chromium'), headless, pipe: true, enableExtensions: true, acceptInsecureCerts: true, protocolTimeout: ANSWER_MS,
  defaultViewport: headless ? { width: 1280, height: 1000, deviceScaleFactor: scale } : null,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--ignore-certificate-errors',
    '--disable-features=AutofillServerCommunication,OptimizationHints,MediaRouter,Translate,NetworkTimeServiceQuerying', '--force-color-profile=srgb', `--host-resolver-rules=MAP *:443 127.0.0.1:${server.port}, MAP *:80 127.0.0.1:${server.tunnelPort}`, ...flags],
});

const firefoxOptions = (server, { headless, scale }) => ({
  browser: 'firefox', executablePath: executable('firefox'), headless, protocolTimeout: ANSWER_MS, acceptInsecureCerts: true, defaultViewport: headless ? { width: 1280, height: 1000, deviceScaleFactor: scale } : null, args: ['-remote-allow-system-access'],
  extraPrefsFirefox: {
    'network.proxy.type': 1, 'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': server.tunnelPort, 'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': server.tunnelPort,
    'extensions.webextensions.uuids': JSON.stringify({ [ADDON]: FIREFOX_UUID }), 'app.normandy.enabled': false, 'services.settings.server': 'data:,', 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
    'extensions.getAddons.cache.enabled': false,
    // What the user would be asked is granted: no test can press the browser's own buttons.
    'extensions.webextOptionalPermissionPrompts': false, 'browser.safebrowsing.downloads.remote.enabled': false, 'ui.prefersReducedMotion': 0,
  },
});

/** Runs in the page: what there is of its rows and of nodes that it did not make, as a text. */
const sketch = () => JSON.stringify([
  [...document.querySelectorAll('article, [role="listitem"]')].map((post) => [post.getBoundingClientRect().top, post.getAttribute('style'), post.parentElement.getAttribute('style')]),
  globalThis.stage.foreign(document.body).map((it) => [it.localName, it.getBoundingClientRect().top, it.getBoundingClientRect().width]),
]);

/** One page of the stage. */
class Tab {
  constructor(stage, page) {
    Object.assign(this, { stage, page, errors: [], requests: [] });
    page.on('pageerror', (error) => this.errors.push(`error: ${error?.message ?? error}`));
    page.on('console', (message) => { if (['error', 'warn', 'warning'].includes(message.type())) this.errors.push(`${message.type()}: ${message.text()}`); });
  }

  /** Starts listening to what the page's network and worlds do (Chromium; elsewhere the server's log has to do). */
  async listen() {
    if (this.stage.kind !== 'chromium') return this;
    this.cdp = await this.page.createCDPSession();
    this.worlds = new Map();
    this.cdp.on('Runtime.executionContextCreated', ({ context }) => this.worlds.set(context.id, context));
    this.cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.worlds.delete(executionContextId));
    this.cdp.on('Runtime.executionContextsCleared', () => this.worlds.clear());
    this.cdp.on('Network.requestWillBeSent', ({ request, initiator }) => this.requests.push({ url: request.url, from: JSON.stringify(initiator) }));
    await Promise.all([this.cdp.send('Runtime.enable'), this.cdp.send('Network.enable')]);
    return this;
  }

  /** Opens an address; `options` say how the server plays it. */
  async open(url, options = {}) {
    this.options = options;
    this.stage.server.set(options);
    this.errors.length = 0;
    this.requests.length = 0;
    // A page behind another paints no frames.
    await this.page.bringToFront();
    if (this.stage.kind === 'chromium') await this.cdp.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: options.prefers ?? options.theme ?? 'light' }, { name: 'forced-colors', value: options.forced ? 'active' : 'none' }] });
    await this.page.goto(url, { waitUntil: 'load', timeout: 40_000 });
    return this;
  }

  /** Runs a function in the page's own world. */
  run(work, ...args) {
    return this.page.evaluate(work, ...args);
  }

  until(what, look, patience) {
    return until(what, typeof look === 'string' ? () => this.page.evaluate(look) : look, patience);
  }

  /** What Kibitz shows on the page now: see `badges.mjs`. */
  badges() {
    return readBadges(this);
  }

  /** Waits until all is read and what Kibitz shows has stayed the same for a few looks, and gives it; with `some`, until there is something. */
  async settle({ some = true, patience = PATIENCE_MS } = {}) {
    let same = 0;
    let before = '';
    let shown = [];
    // Looking into closed roots is dear: on the stage's own pages the looks go by what the page did not make itself.
    const cheap = await this.page.evaluate(() => Boolean(globalThis.stage?.foreign));
    const look = cheap ? () => this.page.evaluate(sketch) : async () => JSON.stringify(await this.badges());
    await this.frames(2);
    await until('the page settles', async () => {
      const now = await look();
      same = now === before ? same + 1 : 0;
      before = now;
      if (same < LOOKS) return false;
      // Badges of a burst are held until it is read, and an extension that has not begun yet has no badge anywhere.
      const { isBusy, state } = await this.ask({ kind: 'report' });
      if (isBusy || state === 'starting') return false;
      shown = await this.badges();
      return (!some || shown.length > 0) && (!cheap || (await look()) === before);
    }, patience).catch((error) => { if (some) throw error; });
    return shown;
  }

  /** Lets the page paint `n` frames. */
  async frames(n = 1) {
    const painted = this.page.evaluate((left) => new Promise((done) => { const step = () => (left-- > 0 ? requestAnimationFrame(step) : done()); step(); }), n);
    let timer;
    const late = new Promise((_, fail) => { timer = setTimeout(() => this.revive().catch(fail), PATIENCE_MS); });
    try {
      await Promise.race([painted, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks a browser that paints no more frames of this page for one; refuses where another tab came before it, as nobody asked for one. */
  async revive() {
    if (await this.page.evaluate(() => document.hidden)) throw new Error('never: the page paints, since another tab came before it');
    await this.page.bringToFront();
  }

  /** Scrolls to `y` and lets the page take part in it. */
  async scroll(y) {
    await this.page.evaluate((to) => scrollTo(0, to), y);
    await this.frames(3);
  }

  /** The extension's answer to a message, as the popup would get it. */
  ask(message) {
    return this.stage.inExtension(async ({ url, message: it }) => {
      const api = globalThis.browser ?? globalThis.chrome;
      const tabs = await api.tabs.query({});
      const answers = await Promise.all(tabs.map((tab) => api.tabs.sendMessage(tab.id, it).catch(() => null)));
      return answers.find(Boolean) ?? { tabs: tabs.length, url };
    }, { url: this.page.url(), message });
  }

  /** What went over the network that the pages did not plan: whatever the extension asked for. */
  strangers() {
    const foreign = this.requests.filter(({ url, from }) => /^https?:/.test(url) && /(chrome|moz)-extension:/.test(from)).map(({ url }) => url);
    return [...foreign, ...this.stage.strangers()];
  }

  close() {
    return this.page.close();
  }
}

/** A browser on the stage. */
class Stage {
  constructor(kind, server, options) {
    Object.assign(this, { kind, server, options, extension: null, extra: [] });
    this.from = server.log.length;
  }

  async start() {
    this.browser = await puppeteer.launch(this.options);
    return this;
  }

  /** Installs an unpacked extension, once in a browser's life: to a second one Firefox gives another address. */
  async install(dir) {
    this.folder = dir;
    this.extension = await this.browser.installExtension(dir);
    if (this.kind === 'chromium') await this.hearWorker();
    if (existsSync(join(dir, 'welcome', 'welcome.html'))) await until('the first page opens', async () => (this.welcomed = await this.closeWelcome()) > 0);
    return this;
  }

  /** Closes every first page that is open; how many there were. One behind which a page stands paints no frames. */
  async closeWelcome() {
    const tabs = await this.inExtension(async () => {
      const api = globalThis.browser ?? globalThis.chrome;
      const views = api.extension.getViews({ type: 'tab' }).filter(({ location }) => location.pathname === '/welcome/welcome.html');
      const tabs = await Promise.all(views.map((view) => (view.browser ?? view.chrome).tabs.getCurrent()));
      // What a tab of its own answers is gone with the tab.
      return tabs.map(({ id }) => id);
    });
    // Apart: should the answer to this be lost, it is asked again, and then nothing is there to be counted.
    await this.inExtension((ids) => (globalThis.browser ?? globalThis.chrome).tabs.remove(ids).catch(() => undefined).then(() => null), tabs);
    return tabs.length;
  }

  /** A page of the extension's own, beside the tab in front: `call` runs a function in it, `click` presses what a selector finds. */
  async own(path) {
    const page = await (this.kind === 'chromium' ? chromiumControl : firefoxControl)(this.browser, `${this.origin}${path}`);
    await until(`${path} is ready`, () => page.call('() => document.documentElement.dataset.ready !== undefined'));
    return page;
  }

  /** Starts the browser anew with the same extension, as if neither had ever run. */
  async renew() {
    await this.browser.close();
    this.control = null;
    await this.start();
    await this.install(this.folder);
  }

  /** The extension's background is heard too: it is to ask for nothing but its own files. */
  async hearWorker() {
    const target = await this.browser.waitForTarget((it) => it.type() === 'service_worker' && it.url().startsWith(this.origin), { timeout: 5000 }).catch(() => null);
    const client = await target?.createCDPSession().catch(() => null);
    client?.on('Network.requestWillBeSent', ({ request }) => { if (!request.url.startsWith(this.origin)) this.extra.push(request.url); });
    await client?.send('Network.enable').catch(() => undefined);
    this.hearing = client;
  }

  /**
   * Ends the background as the browser does when it has been idle (Chromium; in Firefox there is no way to it from outside). It is not
   * heard from then on: a worker that somebody listens to waits for a debugger when it is to start again, and never does.
   */
  async killBackground() {
    if (this.kind !== 'chromium') return;
    await this.hearing?.detach().catch(() => undefined);
    this.hearing = null;
    await this.inExtension(() => undefined);
    const page = (await this.browser.pages()).find((it) => it.url().startsWith(this.origin));
    const client = await page.createCDPSession();
    await client.send('ServiceWorker.enable');
    await client.send('ServiceWorker.stopAllWorkers');
    await client.detach();
  }

  get origin() {
    return this.kind === 'chromium' ? `chrome-extension://${this.extension}/` : `moz-extension://${FIREFOX_UUID}/`;
  }

  /** Requests that reached the server, or left the background, and were not planned by a page. */
  strangers() {
    const unplanned = this.server.log.slice(this.from).filter(({ planned, host }) => !planned && !BROWSERS_OWN.test((host ?? '').replace(/:\d+$/, ''))).map(({ url }) => url);
    return [...this.extra, ...unplanned];
  }

  /** A new tab; `isPrivate` in a private window (Chromium, where the extension is first allowed there). */
  async tab({ isPrivate = false } = {}) {
    const page = isPrivate ? await this.privatePage() : await this.browser.newPage();
    return new Tab(this, page).listen();
  }

  /** Runs a function where the extension's own interfaces are: beside one of its pictures, which runs nothing itself. */
  async inExtension(work, argument) {
    this.control ??= await (this.kind === 'chromium' ? chromiumControl : firefoxControl)(this.browser, `${this.origin}icons/16.png`);
    try {
      return await soon('the extension’s page answers', this.control.call(work, argument));
    } catch (error) {
      // With its background the extension's pages may go too; a new one brings both back.
      if (!GONE.test(error.message)) throw error;
      this.control.close();
      this.control = null;
      return this.inExtension(work, argument);
    }
  }

  /** Writes the extension's settings: `hide` and `who` as on the command line, or `raw` storage values. */
  async settings({ raw, ...wishes } = {}) {
    const values = raw ?? { settings: settingsOf(wishes) };
    await this.inExtension(async (it) => {
      const area = (globalThis.browser ?? globalThis.chrome).storage.local;
      await area.clear();
      await area.set(it);
    }, values);
  }

  /** A page in a private window as the user opens one: to contexts that the protocol makes the extension's interfaces do not reach. */
  async privatePage() {
    const address = `https://x.com/art/mark/1/1/P.svg?${Date.now()}`;
    await this.inExtension((url) => chrome.windows.create({ incognito: true, url }).then(() => null), address);
    const target = await this.browser.waitForTarget((it) => it.url() === address);
    const page = await target.asPage();
    await page.setViewport({ width: 1280, height: 1000 });
    return page;
  }

  /** Lets the extension into private windows; it starts anew by that. */
  async allowPrivate() {
    await this.manage((extensionId) => chrome.developerPrivate.updateExtensionConfiguration({ extensionId, incognitoAccess: true }));
    this.control?.close();
    this.control = null;
  }

  /** Runs a function in Chromium's page of extensions, with the extension's id. */
  async manage(work) {
    const page = await this.browser.newPage();
    await page.goto('chrome://extensions/');
    await page.evaluate(() => chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true }));
    await page.evaluate(work, this.extension);
    await page.close();
  }

  /** A page of the extension's own, beside the tab in front: `call(work, argument)` runs a function in it, `close()` ends it; in Chromium `front`, `key` and `forced` (colours) as well. */
  ownPage(path) {
    return (this.kind === 'chromium' ? chromiumControl : firefoxControl)(this.browser, `${this.origin}${path}`);
  }

  /** What a page of the extension says (the popup, say), once it is ready; beside the tab in front, as a popup stands. */
  async says(path) {
    const page = await this.ownPage(path);
    try {
      return await until(`${path} says something`, () => page.call("() => (document.documentElement.dataset.ready === undefined ? '' : document.body.innerText.trim())"));
    } finally {
      page.close();
    }
  }

  /** Reloads the extension as an update does, while its pages stay open. */
  async reload() {
    // It starts unpacked extensions again in developer mode only.
    if (this.kind === 'chromium') await this.manage(() => undefined);
    const isWorker = (it) => it.type() === 'service_worker' && it.url().startsWith(this.origin);
    const former = this.browser.targets().find(isWorker);
    const { control } = this;
    await this.inExtension(() => { setTimeout(() => (globalThis.browser ?? globalThis.chrome).runtime.reload(), 0); });
    await until('the extension’s pages are gone', () => control.isGone());
    control.close();
    this.control = null;
    if (this.kind === 'chromium') await until('its background starts', () => this.browser.targets().find((it) => isWorker(it) && it !== former));
  }

  async close() {
    await this.browser.close();
  }
}

/** Starts a browser on the stage; `extension` is the folder of an unpacked extension or null, `flags` more switches for Chromium. */
export async function openStage(server, { browser: kind = 'chromium', extension = null, headless = true, scale = 1, flags } = {}) {
  const options = kind === 'chromium' ? chromiumOptions(server, { headless, scale, flags }) : firefoxOptions(server, { headless, scale });
  const stage = await new Stage(kind, server, options).start();
  try {
    if (extension) await stage.install(extension);
  } catch (error) {
    // A browser that nobody knows of would keep the whole run from ending.
    await stage.close();
    throw error;
  }
  return stage;
}
