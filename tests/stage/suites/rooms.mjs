//! Owns the conformance of rooms: the same scenarios, one after another in one page, on every demo room; never knows a room's markup.

import assert from 'node:assert/strict';
import { badgesOf, clickPart, dialogOf, foldsOf, kindsOf, metOnTheWay, press, toastOf } from '../checks.mjs';
import { FACTS } from '../facts.mjs';
import { differences, fingerprint } from '../fingerprint.mjs';
import { inside } from '../inside.mjs';
import { keysOn, layoutShift, postsOn } from '../probes.mjs';
import { settingsOf } from '../settings.mjs';
import { ROOMS } from '../sites/room.mjs';
import { ARRIVAL, play, SIGNS } from './room-casts.mjs';

/** A line that stands for a post is no taller than this, CSS pixels. */
const LINE_PX = 33;
/** A post that takes less room than this is gone, CSS pixels. */
const GONE_PX = 40;
/** What is pressed is no smaller, CSS pixels (WCAG 2.2, 2.5.8). */
const BADGE_PX = 24;
/** So many posts always stay. */
const STAY = 5;
/** The dialog has fewer controls than this. */
const TABS = 12;
/** A burst of posts. */
const MANY = 500;
/** Of so many, a share may have nothing to judge. */
const BADGED_AT_LEAST = 0.99;
/** How long the burst may take to be built by the page and badged, milliseconds: both browsers on a busy machine. */
const BURST_MS = 60_000;
const UIS = ['ar', 'de', 'ja'];

/** A room being played: short words for what the scenarios look at. */
class Play {
  constructor(world, room) {
    Object.assign(this, { world, room, facts: FACTS.of(room.address) });
  }

  /** Posts as the page is to know them. */
  cast(kinds, n, options) {
    return play(kinds, n, options).map((post) => ({ ...post, ad: Boolean(post.ad && this.room.ads), key: this.room.idOf(post) }));
  }

  async open(posts, { more = {}, ...options } = {}) {
    this.posts = posts;
    const { room } = this;
    const told = { site: { post: this.facts.post, row: this.facts.row, ...SIGNS } };
    this.tab = await this.world.open(room.address, { posts, raw: { settings: settingsOf({ hide: options.hide }), ...more, ...(this.world.villain ? told : {}) }, settle: false, ...options });
    await this.world.settle({ some: false });
  }

  /** What is shown now: `kinds` by key, `gone` keys, and all parts. */
  async look() {
    const shown = await this.tab.badges();
    const keys = new Map(await this.tab.run(keysOn, this.facts));
    const known = new Map(this.posts.map((post) => [post.key, post]));
    const kinds = Object.fromEntries(Object.entries(kindsOf(shown)).map(([id, kind]) => [keys.get(id) ?? id, kind]));
    const posts = (await this.tab.run(postsOn, this.facts)).filter(({ id }) => keys.has(id)).map((post) => ({ ...post, key: keys.get(post.id) }));
    const gone = posts.filter(({ box, collapsed }) => collapsed || box.height < GONE_PX).map(({ key }) => key);
    return { shown, kinds, posts, gone, keys, onPage: posts.map(({ key }) => known.get(key)).filter(Boolean) };
  }

  async settled() {
    await this.world.settle({ some: false });
    return this.look();
  }

  /** The page shows other posts, as after a search. */
  async show(posts) {
    this.posts = posts;
    await this.tab.run((it) => stage.play(it), posts);
  }

  until(what, look) {
    return this.world.until(what, async () => look(await this.look()));
  }

  change(hide) {
    return this.world.change({ hide });
  }
}

/** What is stored where the room's site is switched off. */
const off = ({ address }) => ({ sites: { [new URL(address).hostname.replace(/^www\./, '')]: { off: true } } });

const isDue = (post) => post.ad || post.author.kind === 'organisation';

/** Organisations and paid posts have one badge each, in their posts; nobody and nothing else has any. */
function judged({ room, facts, world }, { shown, kinds, onPage }) {
  assert.ok(onPage.length >= STAY, 'there are posts');
  assert.deepEqual(onPage.filter((it) => isDue(it) && !kinds[it.key]).map((it) => it.kind), [], 'no badge');
  assert.deepEqual(onPage.filter((it) => !isDue(it) && kinds[it.key]).map((it) => it.author.name), [], 'badges on persons');
  const strange = Object.keys(kinds).filter((key) => !onPage.some((it) => it.key === key));
  assert.deepEqual(strange, [], 'badges on something else');
  assert.deepEqual(onPage.filter((it) => it.ad && kinds[it.key] !== 'advert').map((it) => it.text), [], 'a paid post is an advert');
  const stray = badgesOf(shown).filter(({ box, post }) => !(box.x >= post.x - 1 && box.x + box.width <= post.x + post.width + 1 && box.y >= post.y - 1 && box.y + box.height <= post.y + post.height + 1));
  assert.deepEqual(stray.map(({ id, box, post }) => [id, box, post]), [], `badges stand inside their posts (${room.name}, ${facts.post})`);
  const small = world.villain ? [] : badgesOf(shown).filter(({ box }) => box.width < BADGE_PX || box.height < BADGE_PX);
  assert.deepEqual(small.map(({ id, box }) => [id, box]), [], 'badges can be hit');
}

/** The scenarios, in the order in which they are played. */
export const SCENARIOS = {
  async arrival(it) {
    const seen = await it.look();
    judged(it, seen);
    assert.equal(await it.tab.run(() => stage.foreign(document.body).length), badgesOf(seen.shown).length, 'badges on something else');
    const shift = await layoutShift(it.tab);
    if (shift !== null) assert.ok(shift <= it.ownShift + 1e-6, `layout shift ${shift}, of the page alone ${it.ownShift}`);
    it.kinds = seen.kinds;
  },

  async 'after the paint'(it) {
    for (const hide of ['off', 'fold']) {
      await it.open(it.cast(ARRIVAL), { hide, more: off(it.room) });
      const before = await layoutShift(it.tab);
      await it.world.store({ sites: {} });
      if (hide === 'off') judged(it, await it.settled());
      else await it.until('adverts fold', ({ gone }) => gone.length > 0);
      if (before !== null) assert.ok(await layoutShift(it.tab) <= before + 1e-6, `layout shift by what came late (${hide}): ${await layoutShift(it.tab)}, before ${before}`);
    }
  },

  async 'first paint'(it) {
    await it.open(it.cast(ARRIVAL, 48), { pageSize: 12 });
    if (!it.world.villain) await inside(it.world.stage, it.room.address, 'still');
    const due = new Set(it.posts.filter(isDue).map(({ key }) => key));
    const later = await metOnTheWay(it.world, { step: 900, isDue: (key) => due.has(key), least: STAY });
    assert.deepEqual(later.filter(([, isBadged]) => !isBadged).map(([key]) => key), [], 'painted before the badge');
    await it.open(it.cast(ARRIVAL));
  },

  async 'rows used again'(it) {
    const { kinds: before } = await it.settled();
    for (const by of [3, 4]) {
      await it.tab.run((places) => stage.shift(places), by);
      const { kinds, onPage } = await it.settled();
      for (const post of onPage) {
        if (post.key in before) assert.equal(kinds[post.key], before[post.key], `the badge of ${post.kind} changed`);
        assert.equal(Boolean(kinds[post.key]), isDue(post), `the badge of ${post.kind}, in another row`);
      }
    }
  },

  async 'see more'(it) {
    const { more } = it.room;
    const long = it.posts.find(({ kind }) => kind === 'long');
    const { kinds: before } = await it.settled();
    if (more) {
      const isHeldBack = await it.tab.run((key) => !stage.node(key).textContent.includes('midnight'), long.key);
      await it.tab.run((key, selector) => stage.node(key).querySelector(selector).click(), long.key, more);
      await it.world.until('the text is whole', () => it.tab.run((key) => stage.node(key).textContent.includes('midnight'), long.key));
      const { kinds } = await it.settled();
      if (isHeldBack) assert.notEqual(kinds[long.key], before[long.key], 'the whole text is judged anew');
      assert.equal(kinds[long.key], 'advert', 'the whole text is judged');
    }
  },

  async navigation(it) {
    const { room, tab, world } = it;
    await it.show(it.cast(ARRIVAL));
    const { kinds: before } = await it.settled();
    const ask = it.posts.find(({ kind }) => kind === 'ask');
    const home = new URL(room.address).pathname;
    for (const path of [room.profileOf(ask), room.threadOf(ask)]) {
      await tab.run((to) => stage.go(to), path);
      if (room.dialog && path === room.threadOf(ask)) {
        await world.settle({ some: false });
        assert.equal(await tab.run(() => stage.foreign(document.querySelector('[role="dialog"]')).length), 1, `${path}: no badge on the post before the list, or one on a comment`);
        continue;
      }
      const seen = await it.settled();
      assert.deepEqual(seen.onPage.filter((post) => isDue(post) && !seen.kinds[post.key]).map((post) => post.text), [], `${path}: no badge`);
      assert.equal(await tab.run(() => stage.foreign(document.body).length), seen.onPage.filter(isDue).length, `${path}: badges on comments, or of posts that left`);
    }
    await tab.run((to) => stage.go(to), home);
    if (room.dialog) await tab.run((posts) => stage.play(posts), it.posts);
    const { kinds } = await it.settled();
    const both = Object.keys(kinds).filter((key) => key in before);
    assert.ok(both.length > 2, 'the feed is back');
    assert.deepEqual(both.map((key) => kinds[key]), both.map((key) => before[key]), 'the feed as before');
  },

  async keys(it) {
    const { tab, world } = it;
    await it.show(it.cast(ARRIVAL));
    const { shown } = await it.settled();
    for (const [key, at] of [['j', 0], ['j', 1], ['j', 2], ['k', 1]]) {
      await tab.page.keyboard.press(key);
      assert.equal(await tab.run(() => stage.selected), at, `after ${key}`);
    }
    const address = await tab.run(() => location.href);
    await clickPart(tab, badgesOf(shown)[0]);
    await world.until('the dialog opens', async () => dialogOf(await tab.badges()));
    await tab.page.keyboard.press('Escape');
    await world.until('Esc closes it', async () => !dialogOf(await tab.badges()));
    await tab.page.keyboard.press('j');
    assert.deepEqual(await tab.run(() => [stage.selected, stage.opened, location.href]), [2, [], address], 'after a dialog: a press on a badge is not one on the post');
  },

  async folds(it) {
    const { tab, world } = it;
    await it.show(it.cast(ARRIVAL));
    await tab.scroll(0);
    const before = await it.settled();
    const adverts = before.onPage.filter(({ key }) => before.kinds[key] === 'advert').map(({ key }) => key).sort();
    assert.ok(adverts.length >= 2, 'there are adverts');
    await it.change('fold');
    await it.until('adverts fold', ({ gone }) => adverts.every((key) => gone.includes(key)));
    const { shown, gone } = await it.settled();
    assert.deepEqual(gone.filter((key) => before.keys && !adverts.includes(key)), [], 'only adverts fold');
    const lines = foldsOf(shown).filter(({ says }) => says);
    assert.ok(lines.length > 0 && lines.every(({ box }) => box.height > 0 && box.height <= LINE_PX && box.width > 100), `a fold is one line: ${JSON.stringify(lines.map(({ box }) => box))}`);
    const { id } = await clickPart(tab, lines[0]);
    const key = new Map(await tab.run(keysOn, it.facts)).get(id);
    await it.until('the post is shown', (now) => !now.gone.includes(key) && now.kinds[key] === 'advert');
    // What comes in while adverts fold is folded before it is seen.
    const shift = await layoutShift(tab);
    await it.show(it.cast(['person', 'sale', 'person', 'bank', 'person', 'person', 'person', 'person'], 8, { from: 40 }));
    await it.until('new adverts are folded', (now) => now.gone.length === 2);
    if (shift !== null) assert.ok(await layoutShift(tab) <= shift + 1e-6, 'a fold shifts nothing that was seen');
    await tab.ask({ kind: 'showAll' });
    await it.until('everything is shown', (now) => now.gone.length === 0 && foldsOf(now.shown).length === 0);
    await it.change('off');
    await it.until('all is restored', (now) => now.gone.length === 0 && foldsOf(now.shown).length === 0);
    if (!world.villain) assert.equal((await it.settled()).kinds[it.posts[1].key], 'advert', 'with its badge');
  },

  async undo(it) {
    const { tab, world } = it;
    // "Show all" holds for a page.
    await it.open(it.cast(ARRIVAL));
    const { shown } = await it.look();
    const advert = badgesOf(shown).find(({ kind }) => kind === 'advert');
    assert.ok(advert, 'there is an advert');
    await clickPart(tab, advert);
    await world.until('the dialog opens', async () => dialogOf(await tab.badges()));
    const control = async () => dialogOf(await tab.badges())?.controls.find(({ does }) => does === 'adverts');
    assert.ok(await control(), 'it offers to hide this brand’s adverts');
    // By keyboard: it may stand where the dialog has to be scrolled to.
    for (let presses = 0; presses < TABS && !(await control()).focused; presses++) await tab.page.keyboard.press('Tab');
    assert.ok((await control()).focused, 'the keyboard reaches it');
    await tab.page.keyboard.press('Enter');
    await it.until('adverts of the brand are out of the way', ({ gone }) => gone.length > 0);
    await world.until('a toast', async () => toastOf(await tab.badges()));
    await it.until('Undo brings them back', async (now) => {
      if (now.gone.length === 0 && foldsOf(now.shown).length === 0) return true;
      // The toast may still be on its way in.
      const undo = toastOf(now.shown)?.controls.find(({ does, says }) => /undo/i.test(does) || /undo/i.test(says));
      if (undo) await press(tab, undo);
      return false;
    });
  },

  async 'the reader’s place'(it) {
    const { tab } = it;
    // So much below that the page cannot become too short for its place.
    await it.open([...it.cast(['sale', 'person'], 24), ...it.cast(['person'], 24, { from: 24 })], { pageSize: 48 });
    // No help from the browser's scroll anchoring.
    const top = await tab.run((key) => {
      document.documentElement.style.overflowAnchor = 'none';
      return stage.node(key).getBoundingClientRect().top + scrollY;
    }, it.posts[7].key);
    await tab.scroll(Math.ceil(top) + 1);
    const place = () => tab.run((key) => stage.node(key).getBoundingClientRect().top, it.posts[7].key);
    await it.settled();
    const before = await place();
    await it.change('hide');
    await it.until('below it adverts are gone', ({ gone }) => gone.length > 0);
    await it.settled();
    assert.ok(Math.abs(await place() - before) < 1, `the first post in view stands where it stood: ${before}, ${await place()}`);
    await it.change('off');
    await it.until('all is restored', ({ gone }) => gone.length === 0);
  },

  async 'five stay'(it) {
    await it.show(it.cast(['sale'], 16));
    await it.tab.scroll(0);
    await it.settled();
    await it.change('hide');
    await it.until('adverts are gone', ({ gone }) => gone.length > 0);
    const { gone, posts } = await it.settled();
    assert.ok(posts.length > STAY && posts.length - gone.length >= STAY, `${posts.length - gone.length} of ${posts.length} stay`);
    await it.change('off');
    await it.until('all is restored', (now) => now.gone.length === 0);
  },

  async 'five hundred at once'(it) {
    const { tab, world } = it;
    await it.show(it.cast(ARRIVAL, MANY).map(({ photo, ...post }) => (void photo, post)));
    const due = new Set(it.posts.filter(isDue).map(({ key }) => key));
    let marks;
    const missing = () => [...due].filter((key) => !marks.get(key)).length;
    await tab.until('they are badged', async () => {
      // Looking at so much costs the page more than Kibitz does: it is asked first how far it is.
      const { report } = await tab.ask({ kind: 'report' });
      if (!world.villain && !(report?.containers >= MANY)) return false;
      marks = new Map(await tab.run(() => stage.marks()));
      return missing() <= due.size * (1 - BADGED_AT_LEAST);
    }, world.villain ? world.patience : BURST_MS).catch((error) => { throw marks && error.name === 'AssertionError' ? new assert.AssertionError({ message: `${missing()} of ${due.size} have none` }) : error; });
    assert.deepEqual([...marks].filter(([key, n]) => n > Number(due.has(key))), [], 'badges on persons, or two on a post');
    await it.show(it.cast(ARRIVAL));
  },

  async languages(it) {
    for (const ui of UIS) {
      await it.open(it.cast(['person', 'news', 'sale', 'person', 'news', 'sale'], 6, { lang: ui }), { ui });
      const seen = await it.look();
      judged(it, seen);
      assert.equal(await it.tab.run(() => getComputedStyle(document.body).direction), ui === 'ar' ? 'rtl' : 'ltr');
      if (ui !== 'ar') continue;
      await it.change('fold');
      await it.until('adverts fold', ({ gone }) => gone.length > 0);
      const lines = foldsOf((await it.settled()).shown).filter(({ says }) => says);
      assert.ok(lines.every(({ box }) => box.height > 0 && box.height <= LINE_PX), 'a fold is one line');
    }
  },

  async teardown(it) {
    const { tab, world, room } = it;
    const isGone = () => world.until('nothing of it is left', async () => (await tab.badges()).length === 0);
    await it.open(it.cast(['person', 'ask', 'sale', 'person', 'person']), { more: off(room) });
    assert.deepEqual(await tab.badges(), [], 'nothing where it is off');
    await tab.scroll(0);
    const print = () => tab.run(fingerprint, 'body *, body, html');
    const before = await print();
    await world.store({ sites: {}, settings: settingsOf({ hide: 'fold' }) });
    await it.until('it is on again', ({ shown }) => foldsOf(shown).length > 0);
    assert.notDeepEqual(differences(before, await print()), [], 'which can be told');
    const badge = badgesOf((await it.settled()).shown).find(({ box }) => box.height > 0 && box.width > 0);
    if (badge && !world.villain) {
      await clickPart(tab, badge);
      await world.until('the dialog opens', async () => dialogOf(await tab.badges()));
    }
    await world.store(off(room));
    await isGone();
    await tab.scroll(0);
    await tab.run(() => document.activeElement?.blur?.());
    await tab.page.mouse.move(2, 2);
    await tab.frames(3);
    assert.deepEqual(differences(before, await print()), [], 'the page is as it was');
  },
};

/** Plays these scenarios on a room, in their order; what fails says in which. */
export async function playRoom(world, room, names = Object.keys(SCENARIOS)) {
  const it = new Play(world, room);
  it.ownShift = 0;
  await it.open(it.cast(ARRIVAL));
  for (const name of names) {
    const begin = performance.now();
    try {
      await SCENARIOS[name](it);
      assert.deepEqual(it.tab.errors, [], 'console and page errors');
    } catch (error) {
      error.message = `${room.name}, ${name}: ${error.message}`;
      throw error;
    } finally {
      if (process.env.KIBITZ_TIMES) console.log(`${room.name.padEnd(14)} ${name.padEnd(22)} ${Math.round(performance.now() - begin)} ms`);
    }
  }
}

const inChromium = ['chromium'];

/** What a villain does, and the words of the assertion that must catch it: at least one for each scenario, each on another room. */
export const CONTROLS = [
  { scenario: 'arrival', room: 'bluesky', sin: 'absent', expected: /no badge/ },
  { scenario: 'arrival', room: 'threads', sin: 'everybody', expected: /badges on persons/ },
  { scenario: 'arrival', room: 'reddit-old', sin: 'outside', expected: /inside their posts/ },
  { scenario: 'arrival', room: 'mastodon', sin: 'twice', expected: /has two badges/ },
  { scenario: 'arrival', room: 'facebook', sin: 'mild', expected: /a paid post is an advert/ },
  { scenario: 'arrival', room: 'blog', sin: 'jumps', expected: /layout shift/, where: inChromium },
  { scenario: 'arrival', room: 'tiktok', sin: 'noisy', expected: /console and page errors/ },
  { scenario: 'after the paint', room: 'blog', sin: 'jumps', expected: /layout shift/, where: inChromium },
  { scenario: 'first paint', room: 'facebook', sin: 'late', expected: /painted before the badge/ },
  { scenario: 'rows used again', room: 'youtube', sin: 'sticky', expected: /the badge of/ },
  { scenario: 'see more', room: 'instagram', sin: '', expected: /the whole text is judged/ },
  { scenario: 'navigation', room: 'mastodon-2026', sin: 'deaf', expected: /no badge/ },
  { scenario: 'keys', room: 'forum', sin: 'keys', expected: /after j/ },
  { scenario: 'folds', room: 'facebook', sin: 'idle', expected: /never: adverts fold/ },
  { scenario: 'folds', room: 'mastodon', sin: 'overdoes', expected: /only adverts fold/ },
  { scenario: 'folds', room: 'facebook', sin: 'tall', expected: /a fold is one line/ },
  { scenario: 'folds', room: 'mastodon', sin: 'mute', expected: /never: the post is shown/ },
  { scenario: 'undo', room: 'threads', sin: '', expected: /never: the dialog opens/ },
  { scenario: 'the reader’s place', room: 'facebook', sin: '', expected: /stands where it stood/ },
  { scenario: 'five stay', room: 'blog', sin: '', expected: /of \d+ stay/ },
  { scenario: 'five hundred at once', room: 'bluesky', sin: 'absent', expected: /have none/ },
  { scenario: 'languages', room: 'tiktok', sin: 'blind', expected: /no badge/ },
  { scenario: 'teardown', room: 'facebook', sin: 'dirties', expected: /the page is as it was/ },
  { scenario: 'teardown', room: 'facebook', sin: 'lingers', expected: /never: nothing of it is left/ },
];

for (const name of Object.keys(SCENARIOS)) assert.ok(CONTROLS.some(({ scenario }) => scenario === name), `${name}: a scenario without a negative control proves nothing`);

export { ROOMS };
