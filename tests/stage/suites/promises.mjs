//! Owns the checks of what Kibitz promises never to do: leave traces, be named, phone home, die loudly; never of verdicts.

import assert from 'node:assert/strict';
import { badgesOf, check, clickPart, due, foldsOf, kindsOf, LINKEDIN, X } from '../checks.mjs';
import { FACTS } from '../facts.mjs';
import { postsOn } from '../probes.mjs';
import { mixed } from './casts.mjs';

const production = ({ form }) => form !== 'twin';

check('a page cannot find it or name it', { sins: { named: /no name in the document|neutral|extension/ }, where: production }, async (world) => {
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

check('it asks the network for nothing', { sins: { talks: /requests of the extension/ } }, async (world) => {
  const tab = await world.open(X, { hide: 'fold' });
  for (const y of [800, 2400, 0]) await tab.scroll(y);
  const badge = badgesOf(await tab.badges()).find(({ box }) => box.height > 0);
  if (!world.villain) await clickPart(tab, badge);
  await tab.frames(3);
  assert.deepEqual(tab.strangers(), [], 'requests of the extension');
});

check('the page’s console stays quiet', { sins: { noisy: /the console/ }, where: production }, async (world) => {
  const tab = await world.open(X, { hide: 'fold', policy: 'strict' });
  await tab.scroll(1800);
  assert.deepEqual(tab.errors, [], 'the console');
});

check('the background may die at any time', { sins: { absent: /badged \d/, idle: /never: new settings arrive/ }, where: ({ kind, form }) => kind === 'chromium' && form !== 'twin' }, async (world) => {
  const tab = await world.open(X);
  const kill = () => world.stage.killBackground();
  const seen = {};
  for (const y of [0, 1600, 3200, 4800]) {
    await kill();
    await tab.scroll(y);
    Object.assign(seen, kindsOf(await world.settle()));
  }
  assert.ok(Object.keys(seen).length > 12, `badged ${Object.keys(seen).length}`);
  await kill();
  await world.change({ hide: 'fold' });
  await tab.scroll(0);
  await world.until('new settings arrive', async () => foldsOf(await tab.badges()).length > 0);
});

check('the popup counts what the page shows', { sins: { absent: /there are badges/, miscounts: /containers/ } }, async (world) => {
  const posts = mixed(4);
  const tab = await world.open(LINKEDIN, { posts, who: 'everyone' });
  const { report, state } = await tab.ask({ kind: 'report' });
  assert.equal(state, 'running');
  const kinds = Object.values(kindsOf(await tab.badges()));
  assert.ok(report, 'there is a report');
  assert.ok(kinds.length > 0, 'there are badges');
  assert.equal(report.containers, posts.length, 'containers');
  assert.equal(report.read, posts.length, 'read');
  assert.deepEqual(report.judged, ['conversation', 'broadcast', 'advert', 'unsure'].map((kind) => kinds.filter((it) => it === kind).length));
  assert.equal(report.health, null);
});

check('one long mixed run', { sins: { deaf: /posts were badged/, sticky: /badges on persons/ } }, async (world) => {
  const tab = await world.open(X, { n: 300, hide: 'fold' });
  const persons = world.stage.server.sites.get('x.com').posts({ n: 300 }).filter((it) => due(it, 'x.com') === 'none').map(({ id }) => id);
  const verdicts = {};
  const look = async (where) => {
    const shown = await world.settle({ some: false });
    const kinds = kindsOf(shown);
    for (const { id, collapsed } of await tab.run(postsOn, FACTS.of(X))) {
      if (collapsed) continue;
      const kind = kinds[id] ?? null;
      assert.equal(id in verdicts ? verdicts[id] : kind, kind, `${where}: the badge of ${id} changed`);
      verdicts[id] = kind;
    }
    assert.deepEqual(persons.filter((id) => kinds[id]), [], `${where}: badges on persons`);
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
    await world.stage.killBackground();
    // Another tab comes to the front; meanwhile the page goes on working.
    const other = await world.stage.tab();
    world.tabs.push(other);
    await other.open(LINKEDIN, { hide: 'fold' });
    await other.page.bringToFront();
    await tab.run((round) => stage.churn(round), 7 + lap);
    await tab.page.bringToFront();
    await look(`lap ${lap}, back from another tab`);
    await tab.page.keyboard.press('j');
    const route = ['/search?q=all', '/home', '/home'][lap];
    await tab.run((to) => stage.go(to), route);
    await look(route);
  }
  assert.ok(Object.values(verdicts).filter(Boolean).length > 40, `${Object.values(verdicts).filter(Boolean).length} posts were badged`);
  const { state } = await tab.ask({ kind: 'report' });
  if (!world.villain) assert.equal(state, 'running');
});
