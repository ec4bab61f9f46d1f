//! Owns the checks that Kibitz gives the page back: after switching off, after something broke, after a trap, after an update; never of verdicts.

import assert from 'node:assert/strict';
import { badgesOf, check, clickPart, dialogOf, foldsOf, kindsOf, LINKEDIN, X } from '../checks.mjs';
import { FACTS } from '../facts.mjs';
import { differences, fingerprint } from '../fingerprint.mjs';
import { inside } from '../inside.mjs';
import { postsOn } from '../probes.mjs';
import { mixed } from './casts.mjs';

const site = (url) => new URL(url).hostname.replace(/^www\./, '');
const off = (url) => ({ sites: { [site(url)]: { off: true } } });

/** The page does something small that leaves no trace, so that whoever watches it is called. */
const stir = (tab) => tab.run(() => {
  const node = document.createElement('i');
  (document.querySelector('article, [role="listitem"]') ?? document.body).append(node);
  node.remove();
});

/** How Kibitz may come to its end on a page: what is prepared before it starts, and what ends it; `fails` where the popup then says so. */
const ENDS = {
  'switched off': { end: (world, tab, url) => world.store(off(url)) },
  'a callback threw': { fails: true, end: async (world, tab, url) => { await inside(world.stage, url, 'break'); await stir(tab); } },
  'the module trapped': { fails: true, prepare: (world, url) => inside(world.stage, url, 'catch'), end: async (world, tab, url) => { await inside(world.stage, url, 'trap'); await stir(tab); } },
};

for (const [what, { prepare, end, fails }] of Object.entries(ENDS)) {
  for (const [url, modes] of [[X, fails ? ['fold'] : ['fold', 'dim']], [LINKEDIN, fails ? ['hide'] : ['fold', 'hide']]]) {
    check(`${site(url)}: ${what}, and the page is as it was`, { core: true, sins: { dirties: /the page is as it was/, lingers: /never: nothing of it is left/ } }, async (world) => {
      for (const hide of modes) {
        const tab = await world.open(url, { posts: mixed(5), raw: { settings: { whose: 'brands', adverts: hide }, ...off(url) }, settle: false });
        // Every row is measured by the page once: what it keeps of heights is its own.
        for (const y of [1200, 2600, 4000, 0]) await tab.scroll(y);
        if (!world.villain) await prepare?.(world, url);
        const before = await tab.run(fingerprint);
        await world.store({ sites: {} });
        const shown = await world.settle();
        assert.ok(shown.length > 0, 'it was on');
        assert.notDeepEqual(differences(before, await tab.run(fingerprint)), [], 'which can be told');
        const badge = badgesOf(shown).find(({ box, hidden }) => box.height > 0 && hidden !== 'gone');
        if (badge && !world.villain) {
          await clickPart(tab, badge);
          await world.until('the dialog opens', async () => dialogOf(await tab.badges()));
        }
        await (world.villain ? ENDS['switched off'].end : end)(world, tab, url);
        await world.until('nothing of it is left', async () => (await tab.badges()).length === 0);
        const { state } = await tab.ask({ kind: 'report' });
        if (fails) assert.equal(state, world.villain ? 'starting' : 'failed', 'and the popup says so');
        await tab.scroll(0);
        await tab.run(() => document.activeElement?.blur?.());
        await tab.page.mouse.move(2, 2);
        await tab.frames(3);
        assert.deepEqual(differences(before, await tab.run(fingerprint)), [], `the page is as it was (${hide})`);
      }
    });
  }
}

check('an update while pages are open: the next instance takes over, nothing is there twice', { where: ({ form }) => form === 'production', sins: { '': /nothing is there twice/ } }, async (world) => {
  for (const url of [X, LINKEDIN]) {
    const posts = mixed(6);
    const tab = await world.open(url, { posts, who: 'everyone', hide: 'fold' });
    const before = kindsOf(await tab.badges());
    const folds = foldsOf(await tab.badges()).map(({ id }) => id);
    await world.stage.reload();
    await tab.until('the next instance runs', async () => (await tab.ask({ kind: 'report' })).state === 'running', world.patience);
    await tab.page.bringToFront();
    const shown = await world.settle();
    const parts = new Set(shown.map(({ part, id }) => `${part} ${id}`));
    assert.equal(await tab.run(() => stage.foreign(document.body).length), parts.size, 'nothing is there twice');
    // What stands far below the view the page may have let go, and mounted again.
    const [kinds, again] = [kindsOf(shown), foldsOf(shown).map(({ id }) => id)];
    const here = Object.keys(kinds);
    assert.ok(here.length > 5 && again.length > 2, 'most of it stands again');
    assert.deepEqual(kinds, Object.fromEntries(here.map((id) => [id, before[id]])), 'the same badges');
    assert.deepEqual(again, folds.filter((id) => here.includes(id)), 'the same folds');
    // It is the new one that works: it hears the settings, and the old one does not answer for it.
    await world.change({ who: 'everyone', hide: 'off' });
    await world.until('it goes on with the page', async () => foldsOf(await tab.badges()).length === 0 && (await tab.run(postsOn, FACTS.of(url))).every(({ collapsed }) => !collapsed));
  }
});
