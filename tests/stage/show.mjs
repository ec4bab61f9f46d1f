//! Owns one look at one saved page through a real browser with the packaged extension; never changes the page it was given.
//!
//! node tests/stage/show.mjs --url URL --page FILE.html --extension DIR --out DIR [--browser …] [--hide …] [--who …] [--csp …]

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openStage } from './browser.mjs';
import { onHosts } from './extension.mjs';
import { FACTS } from './facts.mjs';
import { layoutShift, postsOn } from './probes.mjs';
import { startServer } from './server.mjs';

/** Browsers refuse pictures taller than this, CSS pixels. */
const TALLEST_PX = 14_000;

const text = { type: 'string' };
const { values: args } = parseArgs({ options: { url: text, page: text, extension: text, out: text, csp: text, browser: { ...text, default: 'chromium' }, hide: { ...text, default: 'off' }, who: { ...text, default: 'brands' } } });
for (const name of ['url', 'page', 'extension', 'out']) if (!args[name]) throw new Error(`--${name} is missing`);

/** The id of an intent by the words that the badge's label ends with. */
function intents(extension) {
  const path = join(extension, '_locales', 'en', 'messages.json');
  if (!existsSync(path)) return [];
  return Object.entries(JSON.parse(readFileSync(path, 'utf8'))).filter(([key]) => /^intent_[a-z]+$/.test(key)).map(([key, { message }]) => [message, key.slice('intent_'.length)]).sort(([a], [b]) => b.length - a.length);
}

const url = new URL(args.url);
const csp = args.csp && existsSync(args.csp) ? readFileSync(args.csp, 'utf8').replace(/^content-security-policy:/i, '').replace(/\s+/g, ' ').trim() : args.csp;
const options = { saved: { [url.href]: readFileSync(args.page, 'utf8') }, ...(csp ? { policy: csp } : {}) };
const given = resolve(args.extension);
/** On a host that is nobody's, as if the reader had switched it on there. */
const isAsked = JSON.parse(readFileSync(join(given, 'manifest.json'), 'utf8')).host_permissions.some((it) => it.includes(`//${url.hostname}/`));
const extension = isAsked ? given : onHosts(given, [url.hostname]);
const facts = FACTS.of(url.href);
mkdirSync(args.out, { recursive: true });

const server = await startServer();
let stage;
try {
  stage = await openStage(server, { browser: args.browser });
  const bare = await stage.tab();
  await bare.open(url.href, options);
  await bare.frames(3);
  const before = await bare.run(postsOn, facts);
  const shiftBefore = await layoutShift(bare);
  const ownErrors = new Set(bare.errors);
  await bare.close();

  await stage.install(extension);
  await stage.settings({ hide: args.hide, who: args.who });
  const tab = await stage.tab();
  await tab.open(url.href, options);
  await tab.until('the extension runs on the page', async () => {
    const { state } = await tab.ask({ kind: 'report' });
    return state === 'failed' || state === 'noForm' || state === 'running';
  });
  const shown = await tab.settle({ some: false });
  const answer = await tab.ask({ kind: 'report' });
  const after = await tab.run(postsOn, facts);
  const words = intents(extension);
  const byId = (part) => new Map(shown.filter((it) => it.part === part).map((it) => [it.id, it]));
  const [badges, folds] = [byId('badge'), byId('fold')];

  const posts = after.map((post, at) => {
    const { id } = post;
    const badge = badges.get(id);
    const fold = folds.get(id);
    const said = badge?.says ?? '';
    return {
      id: id.startsWith('#') ? null : id, badge: badge?.kind ?? null, says: badge ? said : null, intent: words.find(([message]) => said.includes(message))?.[1] ?? null,
      hidden: fold ? 'fold' : post.collapsed ? (args.hide === 'fold' ? 'fold' : 'hide') : post.dimmed ? 'dim' : 'off',
      fold: fold ? { says: fold.says, box: fold.box } : null, box: badge?.box ?? null, post: post.box, taller: before[at] && !post.collapsed ? Math.round((post.box.height - before[at].box.height) * 10) / 10 : null,
    };
  });
  const shift = await layoutShift(tab);
  const result = {
    url: url.href, browser: args.browser, policy: csp ?? 'of the host', hide: args.hide, who: args.who, state: answer.state ?? null, form: answer.form ?? null, report: answer.report ?? null,
    badges: posts.filter((post) => post.badge || post.hidden !== 'off'), posts,
    consoleErrors: tab.errors.filter((it) => !ownErrors.has(it)), layoutShift: shift === null ? null : Math.max(0, shift - shiftBefore), extensionRequests: tab.strangers(),
  };
  writeFileSync(join(args.out, 'badges.json'), `${JSON.stringify(result, null, 1)}\n`);

  const bottom = Math.max(...after.map(({ box }) => box.y + box.height), 800);
  const top = Math.max(0, Math.min(...after.map(({ box }) => box.y), bottom) - 60);
  const whole = await tab.run(() => ({ width: innerWidth, height: document.documentElement.scrollHeight }));
  const clip = whole.height <= TALLEST_PX ? { x: 0, y: 0, ...whole } : { x: 0, y: top, width: whole.width, height: Math.min(TALLEST_PX, bottom - top + 60) };
  await tab.page.screenshot({ path: join(args.out, 'page.png'), fullPage: whole.height <= TALLEST_PX, ...(whole.height <= TALLEST_PX ? {} : { clip, captureBeyondViewport: true }) });
  const count = (kind) => posts.filter((post) => post.badge === kind).length;
  console.log(`${posts.length} posts: ${count('conversation')} conversation, ${count('broadcast')} broadcast, ${count('advert')} advert, ${count('unsure')} unsure, ${posts.filter(({ hidden }) => hidden !== 'off').length} hidden; form ${result.form}; ${result.consoleErrors.length} console errors; layout shift ${result.layoutShift}; ${result.extensionRequests.length} requests → ${args.out}`);
} finally {
  await stage?.close();
  await server.close();
}
