//! Owns the checks of what is badged, when, and on which page; never of what is hidden.

import assert from 'node:assert/strict';
import { badgesOf, check, due, kindsOf, LINKEDIN, metOnTheWay, X } from '../checks.mjs';
import { POLICIES } from '../policies.mjs';
import { FACTS } from '../facts.mjs';
import { inside } from '../inside.mjs';
import { layoutShift, postsOn } from '../probes.mjs';
import { decoyed, long, ordered, plain } from './casts.mjs';

const posts = (world, host, options = {}) => world.stage.server.sites.get(host).posts(options);
const idIn = (host, post) => (host === 'x.com' ? post.id : post.urnId);

/** Share of brands' posts that may be painted without a badge while the clock by which work is cut into slices stands still. */
const LATE_AT_MOST = 0.02;

/** A seed with which a paid post is among the first on the page. */
const seedWithPaid = (world, host, lang) => Array.from({ length: 60 }, (_, at) => at + 1).find((seed) => posts(world, host, { lang, seed }).slice(0, 6).some((it) => it.ad));

/** Share of brands' posts that must be badged: the rest may have nothing to judge. */
const BADGED_AT_LEAST = 0.95;

for (const [host, url] of [['x.com', X], ['www.linkedin.com', LINKEDIN]]) {
  check(`${host}: brands' and paid posts carry a badge, persons' do not`, { core: true, sins: { absent: /no badge/, blind: /no badge/, mild: /a paid post is an advert/, everybody: /badges on persons/, outside: /inside their posts/ } }, async (world) => {
    const tab = await world.open(url);
    const kinds = kindsOf(await tab.badges());
    const onPage = new Set((await tab.run(postsOn, FACTS.of(url))).map(({ id }) => id));
    const seen = posts(world, host).filter((post) => onPage.has(idIn(host, post)));
    assert.ok(seen.length >= 8, 'the page shows posts');
    const wanted = seen.filter((post) => due(post, host) === 'badge');
    const missing = wanted.filter((post) => !kinds[idIn(host, post)]);
    assert.ok(missing.length <= wanted.length * (1 - BADGED_AT_LEAST), `no badge: ${missing.map((it) => `${it.author.name}: ${it.text}`).join(' | ')}`);
    assert.deepEqual(seen.filter((post) => due(post, host) === 'none' && kinds[idIn(host, post)]).map((it) => it.author.name), [], 'badges on persons');
    const paid = seen.filter((post) => post.ad);
    assert.ok(paid.length > 0, 'the page shows a paid post');
    assert.deepEqual(paid.map((post) => kinds[idIn(host, post)]), paid.map(() => 'advert'), 'a paid post is an advert');
    assert.ok(badgesOf(await tab.badges()).every(({ box, post }) => box.x >= post.x - 1 && box.x + box.width <= post.x + post.width + 1 && box.y >= post.y - 1), 'badges stand inside their posts');
  });
}

check('a badge stands before its post is first painted', { sins: { late: /painted before the badge/ } }, async (world) => {
  // On X each leap is longer than what is mounted ahead: rows come straight into view. A row that is rewritten in place may bring
  // its former badge along, so each post has a row of its own here.
  for (const [url, step] of [[X, 2600], [LINKEDIN, 900]]) {
    const host = new URL(url).hostname;
    const brands = new Set(posts(world, host).filter((it) => due(it, host) === 'badge').map((it) => idIn(host, it)));
    const tab = await world.open(url, { recycle: 'recreate' });
    if (!world.villain) await inside(world.stage, url, 'still');
    const later = await metOnTheWay(world, { step, isDue: (id) => brands.has(id), least: 6 });
    const late = later.filter(([, before]) => !before).length / later.length;
    assert.ok(late <= LATE_AT_MOST, `painted before the badge (${url}): ${late}`);
  }
});

check('a recycled row never shows the badge of the post that was in it', { sins: { sticky: /the badge of \d+ changed|in recycled rows/, absent: /many badges were seen/ }, where: ({ form }) => form !== 'twin' }, async (world) => {
  // Each post that was seen, with its badge or null.
  const gather = async (recycle) => {
    const tab = await world.open(X, { recycle });
    const seen = {};
    for (const y of [0, 900, 2600, 5200, 2000, 0, 3600, 900]) {
      await tab.scroll(y);
      const kinds = kindsOf(await world.settle());
      for (const { id } of await tab.run(postsOn, FACTS.of(X))) {
        assert.equal(seen[id] ?? kinds[id] ?? null, kinds[id] ?? null, `the badge of ${id} changed`);
        seen[id] = kinds[id] ?? null;
      }
    }
    return seen;
  };
  const [recreated, recycled] = [await gather('recreate'), await gather('inplace')];
  // Which rows are mounted depends on when heights were measured: those seen both times are compared.
  const both = Object.keys(recreated).filter((id) => id in recycled);
  assert.ok(both.filter((id) => recreated[id]).length > 12, 'many badges were seen');
  assert.deepEqual(both.map((id) => [id, recycled[id]]), both.map((id) => [id, recreated[id]]), 'badges in recycled rows are those of rows made anew');
});

check('addresses change without a document, and badges follow', { sins: { deaf: /no badge on|badges of posts that left/, absent: /no badge on/ } }, async (world) => {
  const tab = await world.open(X);
  const all = posts(world, 'x.com');
  const brand = all.find((it) => it.author.gold && !it.ad && it.author.kind === 'organisation');
  for (const route of [`/${brand.author.handle}/status/${brand.id}`, `/${brand.author.handle}`, '/search?q=brands', '/home']) {
    await tab.run((to) => stage.go(to), route);
    await world.until(`posts of ${route}`, () => tab.run((to) => location.pathname + location.search === to && document.querySelectorAll('article').length > 0, route));
    const kinds = kindsOf(await world.settle());
    const onPage = (await tab.run(postsOn, FACTS.of(X))).map(({ id }) => id);
    const wanted = all.filter((it) => onPage.includes(it.id) && due(it, 'x.com') === 'badge');
    const missing = wanted.filter(({ id }) => !kinds[id]);
    assert.ok(wanted.length > 0 && missing.length <= Math.floor(wanted.length * 0.1), `${route}: no badge on ${missing.map((it) => it.text).join(' | ')}`);
    assert.deepEqual(Object.keys(kinds).filter((id) => !onPage.includes(id)), [], `${route}: badges of posts that left`);
  }
});

check('a text that is shown whole is judged anew', { sins: { '': /at least one verdict/ }, where: ({ form }) => form !== 'twin' }, async (world) => {
  const cast = long();
  const tab = await world.open(X, { posts: cast });
  const before = kindsOf(await tab.badges());
  for (const { id } of cast.filter((it) => it.text.length > 280)) {
    const more = await tab.page.$(`article:has(a[href*="${id}"]) [data-testid="tweet-text-show-more-link"]`);
    await more.evaluate((node) => node.click());
    await world.until('the text is whole', () => tab.run((it) => !document.querySelector(`article:has(a[href*="${it}"]) [data-testid="tweet-text-show-more-link"]`), id));
  }
  const after = kindsOf(await world.settle());
  const whole = {};
  for (const post of cast) {
    await tab.run((to) => stage.go(to), `/${post.author.handle}/status/${post.id}`);
    await world.until('the post alone', () => tab.run((it) => Boolean(document.querySelector(`article.focal a[href*="${it}"]`)), post.id));
    whole[post.id] = kindsOf(await world.settle())[post.id];
  }
  assert.deepEqual(after, whole, 'after the click the verdict is that of the whole text');
  assert.notDeepEqual(before, after, 'at least one verdict turns on what was cut off');
});

check('five hundred posts at once are all badged', { sins: { absent: /have none/, blind: /have none/, mild: /every paid post/ } }, async (world) => {
  const tab = await world.open(LINKEDIN, { n: 500, pageSize: 500, settle: false });
  const wanted = posts(world, 'www.linkedin.com', { n: 500 }).filter((it) => due(it, 'www.linkedin.com') === 'badge');
  assert.ok(wanted.length > 300);
  // The page itself takes seconds to show so many; looking into it costs as much, so Kibitz is asked how far it is.
  await tab.until('all are read', async () => (await tab.ask({ kind: 'report' })).report?.read === 500, world.villain ? world.patience : 90_000);
  let kinds;
  let missing;
  const isBadged = async () => {
    kinds = kindsOf(await tab.badges());
    missing = wanted.filter((it) => !kinds[it.urnId]);
    return missing.length === 0;
  };
  // What is still missing after that is counted below.
  await tab.until('all have a badge', isBadged, world.patience).catch(() => undefined);
  assert.ok(missing.length <= wanted.length * (1 - BADGED_AT_LEAST), `${missing.length} of ${wanted.length} have none`);
  assert.ok(posts(world, 'www.linkedin.com', { n: 500 }).filter((it) => it.ad).every((it) => kinds[it.urnId] === 'advert'), 'every paid post is an advert');
});

check('a page that rebuilds its nodes around ours keeps one badge a post', { sins: { deaf: /after the page rebuilt itself/, twice: /has two badges/ } }, async (world) => {
  for (const url of [X, LINKEDIN]) {
    const tab = await world.open(url);
    const before = kindsOf(await tab.badges());
    // As often as the overlay may be asked to bear before it leaves a page its way.
    for (let round = 0; round < 3; round++) {
      await tab.run((it) => stage.churn(it), round);
      await tab.frames(2);
    }
    assert.deepEqual(kindsOf(await world.settle()), before, `${url}: badges after the page rebuilt itself`);
  }
});

check('badges are the same under every page policy', { core: true, sins: { absent: /there are badges/, '': /under/ } }, async (world) => {
  for (const [url, names] of [[X, Object.keys(POLICIES)], [LINKEDIN, ['linkedin-2024', 'linkedin-2025', 'strict', 'none']]]) {
    let first;
    for (const policy of names) {
      const tab = await world.open(url, { policy });
      const kinds = kindsOf(await tab.badges());
      first ??= kinds;
      assert.ok(Object.keys(kinds).length > 4, `${url} under ${policy}: there are badges`);
      assert.deepEqual(kinds, first, `${url} under ${policy}`);
      const { form } = await tab.ask({ kind: 'report' });
      const free = world.kind === 'firefox' || POLICIES[policy].wasm;
      if (world.form === 'twin') assert.equal(form, 'twin', `${url} under ${policy}`);
      else if (url === X) assert.equal(form, free ? 'wasm' : 'twin', `${url} under ${policy}`);
    }
  }
});

for (const ui of ['ar', 'de', 'ja']) {
  check(`an interface in "${ui}" is read, and its badges stand in their posts`, { sins: { blind: /paid posts found/, everybody: /badges on persons/, outside: /inside their posts/ }, where: ({ form }) => form !== 'twin' }, async (world) => {
    for (const [host, url] of [['x.com', X], ['www.linkedin.com', LINKEDIN]]) {
      const seed = seedWithPaid(world, host, ui);
      const tab = await world.open(url, { ui, lang: ui, seed });
      const shown = await tab.badges();
      const kinds = kindsOf(shown);
      const onPage = new Set((await tab.run(postsOn, FACTS.of(url))).map(({ id }) => id));
      const seen = posts(world, host, { lang: ui, seed }).filter((it) => onPage.has(idIn(host, it)));
      assert.deepEqual(seen.filter((it) => it.ad && kinds[idIn(host, it)] !== 'advert').map((it) => it.text), [], `${host}: paid posts found`);
      assert.ok(seen.some((it) => it.ad), 'there is a paid post');
      assert.deepEqual(seen.filter((it) => due(it, host) === 'none' && kinds[idIn(host, it)]).map((it) => it.author.name), [], `${host}: badges on persons`);
      assert.ok(badgesOf(shown).every(({ box, post }) => box.x >= post.x - 1 && box.x + box.width <= post.x + post.width + 1), `${host}: badges stand inside their posts`);
    }
  });
}

check('nothing moves: no layout shift, no post taller than the page made it', { sins: { grows: /posts grew/ }, where: ({ form }) => form !== 'twin' }, async (world) => {
  for (const url of [X, LINKEDIN]) {
    // Rows that are rewritten in place count as shifts of the page's own.
    const options = { recycle: 'recreate' };
    const bare = await world.openBare(url, options);
    const heights = new Map((await bare.run(postsOn, FACTS.of(url))).map(({ id, box }) => [id, box.height]));
    const tab = await world.open(url, options);
    const grown = (await tab.run(postsOn, FACTS.of(url))).filter(({ id, box }) => heights.has(id) && box.height > heights.get(id) + 0.5);
    assert.deepEqual(grown.map(({ id, box }) => [id, box.height - heights.get(id)]), [], `${url}: posts grew`);
    await tab.scroll(1500);
    await tab.scroll(300);
    await bare.scroll(1500);
    await bare.scroll(300);
    const [ours, without] = [await layoutShift(tab), await layoutShift(bare)];
    if (ours !== null) assert.ok(ours <= without + 1e-6, `${url}: layout shift ${ours} against ${without}`);
  }
});

check('advert is a matter of signs and words, not of decoys', { sins: { absent: /pure advertising by its words/ }, where: ({ form }) => form !== 'twin' }, async (world) => {
  const cast = plain();
  const tab = await world.open(X, { posts: cast });
  const kinds = kindsOf(await tab.badges());
  for (const { id, wants, about } of ordered(cast)) assert.equal(kinds[id] ?? null, wants, about);
});

check('words that nobody can see make no advert', { sins: { gullible: /nothing that is hidden makes an advert/ } }, async (world) => {
  for (const [host, url] of [['x.com', X], ['www.linkedin.com', LINKEDIN]]) {
    const without = kindsOf(await (await world.open(url, { posts: decoyed(false) })).badges());
    const paid = decoyed(true).filter((it) => it.ad).map((it) => idIn(host, posts(world, host, { posts: [it] })[0]));
    const tab = await world.open(url, { posts: decoyed(true) });
    const kinds = kindsOf(await tab.badges());
    assert.deepEqual(Object.keys(kinds).filter((id) => kinds[id] === 'advert'), paid, `${host}: nothing that is hidden makes an advert`);
    assert.deepEqual(kinds, without, `${host}: hidden words change no badge`);
  }
});
