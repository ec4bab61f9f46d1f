//! Owns the checks of dimming, folding and hiding, of undo, and of what the reader does with keys; never of verdicts.

import assert from 'node:assert/strict';
import { badgesOf, check, clickPart, dialogOf, foldsOf, kindsOf, LINKEDIN, press, toastOf, X } from '../checks.mjs';
import { FACTS } from '../facts.mjs';
import { postsOn } from '../probes.mjs';
import { allPaid, cast, mixed } from './casts.mjs';

const production = ({ form }) => form !== 'twin';
const paidIds = (posts) => posts.filter((it) => it.ad).map((it) => it.id);

/** Ids of the posts on the page that take no room. */
const gone = async (tab, url) => (await tab.run(postsOn, FACTS.of(url))).filter(({ box, collapsed }) => collapsed || box.height < 40).map(({ id }) => id);

for (const [host, url] of [['x.com', X], ['www.linkedin.com', LINKEDIN]]) {
  check(`${host}: adverts fold to one line and come back on Show`, { core: true, sins: { idle: /there are folds/, overdoes: /only paid posts fold/, tall: /a fold is one line/, stubborn: /never: the post is shown/ } }, async (world) => {
    const posts = mixed(8);
    const tab = await world.open(url, { posts, hide: 'fold' });
    const key = (id) => (host === 'x.com' ? id : `urn:li:activity:${id}`);
    const shown = await tab.badges();
    const folds = foldsOf(shown);
    const hidden = await gone(tab, url);
    const paid = paidIds(posts).map(key);
    assert.ok(folds.length >= 2, 'there are folds');
    assert.deepEqual(hidden.filter((id) => !paid.includes(id)), [], 'only paid posts fold');
    assert.ok(folds.every(({ box }) => box.height > 0 && box.height <= 33), `a fold is one line: ${folds.map(({ box }) => box.height)}`);
    const [, one] = folds;
    await clickPart(tab, one);
    await world.until('the post is shown', async () => !(await gone(tab, url)).includes(one.id));
    await tab.scroll(2500);
    await tab.scroll(0);
    await world.settle();
    assert.ok(!(await gone(tab, url)).includes(one.id), 'and stays shown');
    await tab.ask({ kind: 'showAll' });
    await world.until('everything is shown', async () => (await gone(tab, url)).length === 0 && foldsOf(await tab.badges()).length === 0);
  });
}

check('dimmed posts keep their place and can be read', { sins: { idle: /paid posts are dimmed/, overdoes: /paid posts are dimmed/ }, where: production }, async (world) => {
  const posts = mixed(6);
  const tab = await world.open(X, { posts, hide: 'dim' });
  const dim = badgesOf(await tab.badges()).filter((it) => it.hidden === 'dim').map(({ id }) => id);
  const onPage = (await tab.run(postsOn, FACTS.of(X))).map(({ id }) => id);
  assert.deepEqual(dim.sort(), paidIds(posts).filter((id) => onPage.includes(id)).sort(), 'paid posts are dimmed');
  assert.deepEqual(await gone(tab, X), [], 'and nothing is gone');
});

check('taking the setting back restores at once', { sins: { stubborn: /never: all is as before/ }, where: production }, async (world) => {
  for (const hide of ['hide', 'fold', 'dim']) {
    const tab = await world.open(X, { posts: mixed(12), hide });
    await world.until(`posts are taken out of the way (${hide})`, async () => (await gone(tab, X)).length > 0 || badgesOf(await tab.badges()).some((it) => it.hidden === 'dim'));
    await world.change({ hide: 'off' });
    await world.until('all is as before', async () => (await gone(tab, X)).length === 0 && foldsOf(await tab.badges()).length === 0 && badgesOf(await tab.badges()).every((it) => it.hidden === null));
  }
});

check('at least five posts always stay', { sins: { '': /of \d+ stay/ } }, async (world) => {
  const tab = await world.open(X, { posts: allPaid(24), hide: 'hide', settle: false });
  await tab.settle({ some: false });
  const posts = await tab.run(postsOn, FACTS.of(X));
  const staying = posts.filter(({ box, collapsed }) => !collapsed && box.height > 40);
  assert.ok(posts.length >= 6 && staying.length >= 5, `${staying.length} of ${posts.length} stay`);
  const { report } = await tab.ask({ kind: 'report' });
  if (report) assert.equal(report.starved, true, 'and the popup says why');
});

check('what is above the reader never collapses', { sins: { '': /stands where it stood/, idle: /never: below it adverts are gone/ } }, async (world) => {
  const tab = await world.open(LINKEDIN, { posts: mixed(20), pageSize: 40 });
  // A person's post is the first in view; no help from the browser's scroll anchoring.
  const top = await tab.run(() => {
    document.getElementById('root').style.overflowAnchor = 'none';
    globalThis.mark = [...document.querySelectorAll('[role="listitem"]')].filter((it) => !/Promoted/.test(it.textContent))[8];
    return globalThis.mark.getBoundingClientRect().top + scrollY;
  });
  await tab.scroll(Math.ceil(top) - 2);
  const look = () => tab.run(() => globalThis.mark.getBoundingClientRect().top);
  const before = await look();
  await world.change({ hide: 'hide' });
  await world.until('below it adverts are gone', async () => (await gone(tab, LINKEDIN)).length > 0);
  await world.settle({ some: false });
  assert.ok(Math.abs(await look() - before) < 1, 'the first post in view stands where it stood');
});

check('the page’s own keys go on working', { sins: { keys: /after j/ } }, async (world) => {
  const tab = await world.open(X, { posts: mixed(12), hide: 'fold', who: 'everyone' });
  const chosen = () => tab.run(() => stage.timeline.selected);
  assert.equal(await chosen(), -1);
  for (const [key, at] of [['j', 0], ['j', 1], ['j', 2], ['k', 1]]) {
    await tab.page.keyboard.press(key);
    assert.equal(await chosen(), at, `after ${key}`);
  }
  const badge = badgesOf(await tab.badges()).find(({ box }) => box.height > 0);
  await clickPart(tab, badge);
  await world.until('the dialog', async () => world.villain || dialogOf(await tab.badges()));
  await tab.page.keyboard.press('Escape');
  await tab.page.keyboard.press('j');
  assert.equal(await chosen(), 2, 'after a dialog has been open');
  assert.deepEqual(await tab.run(() => stage.opened), [], 'a click on a badge is not a click on the post');
});

check('the explanation opens and closes by keyboard, and focus returns', { core: true, sins: { absent: /there are badges/, '': /never: the dialog opens/ } }, async (world) => {
  for (const url of [X, LINKEDIN]) {
    const tab = await world.open(url, { posts: cast([{ text: 'Which of our mugs should we bring back? The green one or the blue one with the chip? Tell us in the replies!' }, { text: '50% OFF everything today only! Shop the sale now: https://halden.ex.am/sale Use code SALE50 at checkout.' }]) });
    assert.equal(badgesOf(await tab.badges()).length, 2, 'there are badges');
    for (const { id } of badgesOf(await tab.badges())) {
      const badge = badgesOf(await tab.badges()).find((it) => it.id === id);
      await clickPart(tab, badge);
      await world.until('the dialog opens', async () => dialogOf(await tab.badges()));
      const dialog = dialogOf(await tab.badges());
      const wide = await tab.run(() => [innerWidth, innerHeight, scrollY]);
      assert.ok(dialog.box.x >= 0 && dialog.box.x + dialog.box.width <= wide[0] && dialog.box.y - wide[2] >= 0 && dialog.box.y - wide[2] + dialog.box.height <= wide[1] + 1, 'it fits the view');
      assert.ok(dialog.text.length > 60, 'it says why');
      await tab.page.keyboard.press('Escape');
      await world.until('Esc closes it', async () => !dialogOf(await tab.badges()));
      assert.ok(await tab.run(() => stage.foreign(document.body).includes(document.activeElement)), 'focus is back on the badge');
      assert.equal(await tab.run(() => CSS.highlights?.size ?? 0), 0, 'no highlight outlives the dialog');
      for (const key of ['Enter', ' ']) {
        await tab.page.keyboard.press(key);
        await world.until(`${key} opens it`, async () => dialogOf(await tab.badges()));
        await tab.page.keyboard.press('Escape');
        await world.until('Esc closes it', async () => !dialogOf(await tab.badges()));
      }
    }
  }
});

check('a brand’s adverts hide on request, and Undo takes that back', { sins: { absent: /there is an advert/, '': /never: the dialog opens/ } }, async (world) => {
  const tab = await world.open(X, { posts: mixed(8) });
  const advert = badgesOf(await tab.badges()).filter(({ kind }) => kind === 'advert')[1];
  assert.ok(advert, 'there is an advert');
  await clickPart(tab, advert);
  await world.until('the dialog opens', async () => dialogOf(await tab.badges()));
  const button = dialogOf(await tab.badges()).controls.find(({ does }) => does === 'adverts');
  assert.ok(button, 'it offers to hide this brand’s adverts');
  await press(tab, button);
  await world.until('adverts of the brand are out of the way', async () => (await gone(tab, X)).length > 0);
  await world.until('a toast', async () => toastOf(await tab.badges()));
  const undo = toastOf(await tab.badges()).controls.find(({ does, says }) => /undo/i.test(does) || /undo/i.test(says));
  assert.ok(undo, `the toast offers Undo: ${JSON.stringify(toastOf(await tab.badges()).controls)}`);
  await press(tab, undo);
  await world.until('all is shown again', async () => (await gone(tab, X)).length === 0 && foldsOf(await tab.badges()).length === 0);
});

check('a correction wins over the judge, also on the next page', { sins: { absent: /there is a badge/, '': /the control "choose"/ }, where: production }, async (world) => {
  const posts = cast([{ text: '50% OFF everything today only! Shop the sale now: https://halden.ex.am/sale Use code SALE50 at checkout.' }, { text: 'A quiet day at the roastery.' }]);
  const tab = await world.open(X, { posts });
  const badge = badgesOf(await tab.badges()).find(({ id }) => id === posts[0].id);
  assert.ok(badge, 'there is a badge');
  assert.notEqual(badge.kind, 'conversation');
  await clickPart(tab, badge);
  for (const does of ['choose', 'reply']) {
    await world.until(`the control "${does}"`, async () => dialogOf(await tab.badges())?.controls.some((it) => it.does === does && it.box.height > 0));
    await press(tab, dialogOf(await tab.badges()).controls.find((it) => it.does === does));
  }
  const now = async () => kindsOf(await tab.badges())[posts[0].id];
  await world.until('the badge follows', async () => (await now()) === 'conversation');
  await tab.open(X, { posts });
  await world.until('and stays after a reload', async () => (await now()) === 'conversation');
});
