//! Owns how a check of the stage is written: one body, run against Kibitz where it must pass and against a villain where it must fail; never opens a browser.

import assert from 'node:assert/strict';
import { settingsOf } from './settings.mjs';

/** How long a check against a villain waits for what will not come, milliseconds. */
const VILLAIN_PATIENCE_MS = 1200;

/** Every check, in the order written: `{name, body, sins, wrongs, where}`. */
export const CHECKS = [];

/**
 * Declares a check.
 *
 * `sins` are what a villain does to fail it, each with the words of the assertion that must catch it: each is one negative control.
 * `wrongs` are the same for what no villain can play: one thing done wrong by the extension's own pages (`wrongs.mjs`).
 * `where` narrows to a browser, or to the `production` package when the twin could not differ; `core` checks run in every browser and form.
 */
export function check(name, { sins = {}, wrongs = {}, where = () => true, core = false }, body) {
  const controls = [...Object.values(sins), ...Object.values(wrongs)];
  assert.ok(controls.length > 0 && controls.every((it) => it instanceof RegExp), `${name}: a check without a negative control proves nothing`);
  CHECKS.push({ name, sins, wrongs, where, core, body });
}

/** What a body gets: a stage with the extension in it, `bare`, which opens one without, and short words for what checks do. */
export class World {
  constructor(stage, bare, { patience, sin = null, form = 'production' } = {}) {
    // What of the check could not be done here, if anything.
    Object.assign(this, { stage, bare, patience, sin, form, tabs: [], unchecked: null });
  }

  /** The world in which checks must fail: the extension commits `sin`. */
  static villain(stage, bare, sin) {
    return new World(stage, bare, { patience: VILLAIN_PATIENCE_MS, sin, form: 'villain' });
  }

  get villain() {
    return this.sin !== null;
  }

  get kind() {
    return this.stage.kind;
  }

  /** Opens a page with these settings, and waits for the badges unless told otherwise. */
  async open(url, { hide = 'off', who = 'brands', raw = { settings: settingsOf({ hide, who }) }, settle = true, ...options } = {}) {
    await this.stage.settings({ raw: this.villain ? { ...raw, sin: this.sin } : raw });
    this.stage.from = this.stage.server.log.length;
    this.stage.extra.length = 0;
    const tab = this.tabs[0] ?? await this.stage.tab();
    this.tabs[0] = tab;
    await tab.open(url, options);
    if (settle) await this.settle();
    return tab;
  }

  /** What is shown once the page has settled; a villain may show nothing, and never settle: that is for the check itself to find. */
  async settle({ some = true } = {}) {
    const [tab] = this.tabs;
    if (!this.villain) return tab.settle({ some, patience: this.patience });
    await tab.settle({ some: some && this.sin !== 'absent', patience: this.patience }).catch((error) => assert.ok(error instanceof assert.AssertionError, error));
    return tab.badges();
  }

  /** Changes the settings while pages are open, as the popup does. */
  change(wishes) {
    return this.store({ settings: settingsOf(wishes) });
  }

  /** Stores values beside those that are stored. */
  store(values) {
    return this.stage.inExtension((it) => (globalThis.browser ?? globalThis.chrome).storage.local.set(it), values);
  }

  /** The same page without any extension. */
  async openBare(url, options = {}) {
    this.bareTab ??= await (await this.bare()).tab();
    await this.bareTab.open(url, options);
    await this.bareTab.frames(3);
    return this.bareTab;
  }

  until(what, look) {
    return this.tabs[0].until(what, look, this.patience);
  }

  /** After every check: the page's console is quiet, and nobody asked the network for anything. */
  finish() {
    const [tab] = this.tabs;
    if (!tab) return;
    assert.deepEqual(tab.errors, [], 'console and page errors');
    assert.deepEqual(tab.strangers(), [], 'requests that no page made');
  }

  async close() {
    for (const tab of [...this.tabs, ...(this.bareTab ? [this.bareTab] : [])]) await tab.close().catch(() => undefined);
    this.tabs = [];
    this.bareTab = undefined;
  }
}

const of = (part) => (shown) => shown.filter((it) => it.part === part);
export const badgesOf = of('badge');
export const foldsOf = of('fold');
export const dialogOf = (shown) => of('dialog')(shown)[0];
export const toastOf = (shown) => of('toast')(shown)[0];

/** Kinds by post id; a post with two badges is an error of its own. */
export function kindsOf(shown) {
  const kinds = {};
  for (const { id, kind } of badgesOf(shown)) {
    assert.ok(!(id in kinds), `post ${id} has two badges`);
    kinds[id] = kind;
  }
  return kinds;
}

/** Clicks in the middle of a box given in page coordinates. */
export async function click(tab, box) {
  const [x, y] = await tab.run(() => [scrollX, scrollY]);
  await tab.page.mouse.click(box.x - x + box.width / 2, box.y - y + Math.max(box.height, 1) / 2);
}

/** Clicks a control of the dialog or the toast, where the view has it: it stays there while the page below moves. */
export async function press(tab, { view: [x, y] }) {
  await tab.page.mouse.click(x, y);
}

/**
 * Scrolls down in six steps of `step` pixels, and on while the page still loads, until posts that are due came into view, `least`
 * at least: of each, whether it had its badge when it was first painted. The first screen may be painted before the extension has
 * been given its stored settings, and is left out.
 */
export async function metOnTheWay({ tabs: [tab], patience }, { step, isDue, least }) {
  const initial = new Set(await tab.run(() => [...stage.first.keys()]));
  let y = 0;
  while (y < step * 5) await tab.scroll(y += step);
  return tab.until('posts came into view while scrolling', async () => {
    await tab.scroll(y += step);
    const met = (await tab.run(() => [...stage.first])).filter(([key]) => isDue(key) && !initial.has(key));
    return met.length >= least && met;
  }, patience);
}

/** The part of `shown` that answers to `pick`, in view and clickable. */
export async function clickPart(tab, part) {
  await tab.run((y) => scrollTo(0, Math.max(0, y - innerHeight / 2)), part.box.y);
  await tab.frames(3);
  const again = (await tab.badges()).find((it) => it.part === part.part && it.id === part.id);
  assert.ok(again, `the ${part.part} of ${part.id} is still there`);
  await click(tab, again.box);
  return again;
}

export const X = 'https://x.com/home';
export const LINKEDIN = 'https://www.linkedin.com/feed/';

/** Whether the demo feed's post must carry a badge for sure, must not, or either. */
export function due(post, host) {
  if (post.ad) return 'badge';
  if (post.author.kind === 'person') return 'none';
  return host === 'x.com' && !post.author.gold ? 'either' : 'badge';
}
