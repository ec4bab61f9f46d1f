//! Owns the checks of what surrounds the reader: direction and size of the page, colours, the keyboard, private windows, missing permission; never of verdicts.

import assert from 'node:assert/strict';
import { badgesOf, check, clickPart, dialogOf, foldsOf, kindsOf, LINKEDIN, X } from '../checks.mjs';
import { FACTS } from '../facts.mjs';
import { postsOn } from '../probes.mjs';
import { cast, mixed } from './casts.mjs';

const production = ({ form }) => form === 'production';
const inChromium = ({ kind, form }) => kind === 'chromium' && form === 'production';

/** Contrast of words against their ground (WCAG 2, AA for small text). */
const CONTRAST_AT_LEAST = 4.5;

const luminance = (rgb) => rgb.map((it) => it / 255).map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4)).reduce((sum, it, at) => sum + it * [0.2126, 0.7152, 0.0722][at], 0);

/** Contrast of the first of these layers, red, green, blue and opacity each, against those below it, over white. */
function contrast(layers) {
  const drawn = [[255, 255, 255]];
  for (const [red, green, blue, alpha] of layers.toReversed()) drawn.push([red, green, blue].map((it, at) => it * (alpha / 255) + drawn.at(-1)[at] * (1 - alpha / 255)));
  const [dark, light] = drawn.slice(-2).map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Width and height of the view in CSS pixels; twice the size is half the view. */
const VIEWS = { 'at 200 %': [640, 500, 2], 'on a narrow screen': [375, 740, 2] };

for (const [title, [width, height, deviceScaleFactor]] of Object.entries(VIEWS)) {
  for (const ui of ['en', 'ar']) {
    check(`${title}, ${ui === 'ar' ? 'right to left' : 'left to right'}: badges stand in their posts, the dialog in the view`, { where: production, sins: { outside: /inside their posts/, '': /never: the dialog opens/ } }, async (world) => {
      for (const url of [X, LINKEDIN]) {
        const tab = await world.open('about:blank', { settle: false });
        await tab.page.setViewport({ width, height, deviceScaleFactor });
        await tab.open(url, { ui, posts: cast([{ text: 'Which of our mugs should we bring back? The green one or the blue one? Tell us in the replies!' }, { text: '50% OFF everything today only! Shop now: https://halden.ex.am/sale', ad: true }]) });
        const shown = badgesOf(await world.settle());
        assert.equal(shown.length, 2, 'there are badges');
        assert.deepEqual(shown.filter(({ box, post }) => box.x < post.x - 1 || box.x + box.width > post.x + post.width + 1 || box.y < post.y - 1), [], `${url}: badges stand inside their posts`);
        for (const badge of shown) {
          await clickPart(tab, badge);
          const dialog = await world.until('the dialog opens', async () => dialogOf(await tab.badges()));
          const [wide, high, x, y] = await tab.run(() => [document.documentElement.clientWidth, innerHeight, scrollX, scrollY]);
          const { box } = dialog;
          assert.ok(box.x - x >= 0 && box.x - x + box.width <= wide + 1 && box.y - y >= 0 && box.y - y + box.height <= high + 1, `${url}: the dialog is in the view: ${JSON.stringify([box, wide, high])}`);
          await tab.page.keyboard.press('Escape');
          await world.until('Esc closes it', async () => !dialogOf(await tab.badges()));
        }
        await tab.page.setViewport({ width: 1280, height: 1000 });
      }
    });
  }
}

check('badges can be read in light and dark, whatever the system prefers, and in forced colours', { where: inChromium, sins: { pale: /can be read/ } }, async (world) => {
  for (const url of [X, LINKEDIN]) {
    for (const look of [{ theme: 'light' }, { theme: 'dark' }, { theme: 'light', prefers: 'dark' }, { theme: 'dark', prefers: 'light' }, { theme: 'light', prefers: 'light', forced: true }, { theme: 'dark', prefers: 'dark', forced: true }]) {
      const tab = await world.open(url, { ...look });
      const shown = badgesOf(await tab.badges());
      assert.ok(shown.length > 4, 'there are badges');
      const poor = shown.map((it) => [it.kind, it.colours, Math.round(contrast(it.colours) * 10) / 10]).filter(([, , ratio]) => !(ratio >= CONTRAST_AT_LEAST));
      assert.deepEqual(poor, [], `${url}, ${JSON.stringify(look)}: badges can be read`);
    }
  }
});

check('the four commands of the keyboard', { where: production, sins: { '': /never: the dialog opens/, deaf: /never/ } }, async (world) => {
  const tab = await world.open(X, { posts: mixed(8) });
  const send = (kind) => tab.ask({ kind });
  const focused = () => tab.run(() => stage.timeline.postAt(document.activeElement)?.id ?? null);
  const adverts = badgesOf(await tab.badges()).filter(({ kind }) => kind === 'advert').map(({ id }) => id);
  assert.ok(adverts.length > 1, 'there are adverts');
  // explain: the first badged post in view, then the one that has the focus
  await send('explain');
  await world.until('the dialog opens', async () => dialogOf(await tab.badges()));
  await tab.page.keyboard.press('Escape');
  await world.until('Esc closes it', async () => !dialogOf(await tab.badges()));
  const visited = [];
  for (let at = 0; at < 2; at++) {
    await send('nextBroadcast');
    await world.until('the keyboard is on a badge', () => tab.run(() => stage.foreign(document.body).includes(document.activeElement)));
    visited.push(await focused());
    assert.ok(await tab.run(() => { const { top, bottom } = document.activeElement.closest('article').getBoundingClientRect(); return bottom > 0 && top < innerHeight; }), 'it is in view');
  }
  assert.ok(visited[0] && visited[1] && visited[0] !== visited[1], `the next is another one: ${visited}`);
  await world.change({ hide: 'fold' });
  await world.until('adverts fold', async () => foldsOf(await tab.badges()).length > 0);
  await send('showAll');
  await world.until('all is shown', async () => foldsOf(await tab.badges()).length === 0);
  const { state, site } = await tab.ask({ kind: 'state' });
  assert.deepEqual([state, site], ['running', 'x.com'], 'the background learns whom to pause');
  await world.store({ sites: { [site]: { pausedUntil: Date.now() + 60_000 } } });
  await world.until('paused means gone', async () => (await tab.badges()).length === 0);
  assert.equal((await tab.ask({ kind: 'state' })).state, 'paused');
});

check('fold, hide, dim and fold again while a page is open', { where: production, sins: { stubborn: /never: fold/, idle: /never: fold/ } }, async (world) => {
  const tab = await world.open(X, { posts: mixed(12) });
  const look = async () => {
    const shown = await tab.badges();
    const posts = await tab.run(postsOn, FACTS.of(X));
    return { folds: foldsOf(shown).length, dim: posts.filter(({ dimmed, collapsed }) => dimmed && !collapsed).length, gone: posts.filter(({ collapsed }) => collapsed).length, left: posts.filter(({ collapsed }) => !collapsed).length };
  };
  const WANTED = {
    fold: ({ folds, dim, gone }) => folds > 0 && dim === 0 && gone >= folds,
    hide: ({ folds, gone, left }) => folds === 0 && gone > 0 && left >= 5,
    dim: ({ folds, dim, gone }) => folds === 0 && dim > 0 && gone === 0,
    off: ({ folds, dim, gone }) => folds + dim + gone === 0,
  };
  for (const hide of ['fold', 'hide', 'dim', 'fold', 'dim', 'hide', 'fold', 'off']) {
    await world.change({ hide });
    await world.until(hide, async () => WANTED[hide](await look()));
  }
});

check('a picture before the timeline: the post beside it is badged, and the timeline after it as before', { where: production, sins: { absent: /the post beside the picture/, deaf: /the post beside the picture/ } }, async (world) => {
  const posts = cast([{ text: 'Which of our mugs should we bring back? Tell us in the replies!', photo: { hue: 30, form: 1 } }, { text: 'A quiet day at the roastery.' }, { text: 'Order today and save 30%! https://halden.ex.am/1', ad: true }]);
  const tab = await world.open(X, { posts });
  const before = kindsOf(await tab.badges());
  await tab.run((id) => document.querySelector(`a[href*="${id}/photo/1"]`).click(), posts[0].id);
  await world.until('the picture', () => tab.run(() => Boolean(document.querySelector('[role="dialog"] article'))));
  const shown = await world.settle();
  const inside = await tab.run(() => stage.foreign(document.querySelector('[role="dialog"]')).length);
  assert.equal(inside, 1, 'the post beside the picture has one badge');
  assert.equal(badgesOf(shown).filter(({ id }) => id === posts[0].id).at(-1)?.kind, before[posts[0].id], 'the same as in the timeline');
  await tab.run(() => history.back());
  await world.until('the timeline', () => tab.run(() => !document.querySelector('[role="dialog"]')));
  assert.deepEqual(kindsOf(await world.settle()), before, 'the timeline is as before');
});

check('private windows: verdicts yes, nothing is written', { where: inChromium, sins: { absent: /badges in a private window/, remembers: /nothing is written/ } }, async (world) => {
  await world.stage.allowPrivate();
  const stored = () => world.stage.inExtension(async () => JSON.stringify([await chrome.storage.local.get(null), await chrome.storage.session?.get(null), await chrome.storage.sync?.get(null)]));
  const posts = mixed(6);
  const settings = { whose: 'brands', adverts: 'off' };
  await world.stage.settings({ raw: { settings, ...(world.villain ? { sin: world.sin } : {}) } });
  const before = await stored();
  const tab = await world.stage.tab({ isPrivate: true });
  world.tabs[0] = tab;
  await tab.open(X, { posts, policy: 'x-2024' });
  const shown = badgesOf(await world.settle());
  assert.ok(shown.length > 0, 'badges in a private window');
  if (!world.villain) {
    await clickPart(tab, shown.find(({ kind }) => kind === 'advert'));
    await world.until('the dialog opens', async () => dialogOf(await tab.badges()));
    const [x, y] = dialogOf(await tab.badges()).controls.find(({ does }) => does === 'adverts').view;
    await tab.page.mouse.click(x, y);
    await world.until('adverts are hidden', async () => (await tab.run(postsOn, FACTS.of(X))).some(({ collapsed }) => collapsed));
  }
  await tab.frames(5);
  assert.equal(await stored(), before, 'nothing is written');
});

check('without permission for the site the toolbar says so and the popup offers to allow it', { where: ({ kind, form }) => kind === 'firefox' && form === 'production', sins: { '': /never: the toolbar says so/ } }, async (world) => {
  const tab = await world.open(X, { posts: mixed(3) });
  await world.stage.inExtension(() => browser.permissions.remove({ origins: browser.runtime.getManifest().host_permissions }));
  try {
    await world.until('the toolbar says so', () => world.stage.inExtension(async () => (await browser.action?.getBadgeText({})) === '!'));
    await tab.open(X, { posts: mixed(3) });
    assert.deepEqual(await tab.badges(), [], 'nothing is badged');
    await tab.page.bringToFront();
    const says = await world.stage.says('popup/popup.html');
    assert.match(says, /No permission for these sites yet/);
    assert.match(says, /x\.com\s+Allow/, 'the popup offers to allow it');
  } finally {
    // What was taken can be given back by a press of the user's only; who starts anew has it.
    world.tabs = [];
    await world.stage.renew();
  }
});
