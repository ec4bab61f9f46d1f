//! Owns `./build.sh run`: the demo feed with Kibitz in it, for the eye; with no display, pictures and a table instead.
//!
//! node tests/stage/run.mjs [--browser chromium|firefox] [--site NAME|dashboard] [--headless] [--only WORDS] [--readme]
//! `--readme` makes instead the pictures of every room that README shows, in `tests/stage/pictures/`.

import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStage } from './browser.mjs';
import { badgesOf, clickPart, dialogOf, foldsOf, LINKEDIN, X } from './checks.mjs';
import * as dashboard from './demo-dashboard.mjs';
import { onHosts } from './extension.mjs';
import { FACTS } from './facts.mjs';
import { keysOn } from './probes.mjs';
import { startServer } from './server.mjs';
import { ROOMS } from './sites/room.mjs';
import { picture } from './pictures.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const OUT = join(ROOT, 'target', 'demo');
/** How far a site is read for the table, CSS pixels, and in what steps. */
const READ_PX = 16_000;
const STEP_PX = 800;

const { values: args } = parseArgs({ options: { browser: { type: 'string', default: 'chromium' }, site: { type: 'string' }, readme: { type: 'boolean', default: false }, headless: { type: 'boolean', default: false }, only: { type: 'string' } } });
const SITES = [
  { name: 'x', host: 'x.com', url: X, idOf: (post) => post.id },
  { name: 'linkedin', host: 'www.linkedin.com', url: LINKEDIN, idOf: (post) => post.urnId },
  ...ROOMS.map(({ name, hosts: [host], address }) => ({ name, host, url: address, idOf: (post) => post.key, isRoom: true })),
];
/** Without a wish: the two that are played most closely; of every room there is a picture with `--readme`. */
const sites = SITES.filter(({ name }) => (args.site ? name === args.site : args.readme || ['x', 'linkedin'].includes(name)));
if (sites.length === 0 && args.site !== 'dashboard') throw new Error(`no site "${args.site}"; known: ${SITES.map(({ name }) => name).join(', ')}, dashboard`);
const extension = join(ROOT, 'dist', args.browser === 'firefox' ? 'firefox' : 'chrome');
if (!existsSync(join(extension, 'manifest.json'))) throw new Error('nothing packaged: run ./build.sh package');

const server = await startServer();
/** Kibitz with leave to run on the hosts that are nobody's. */
const allowed = onHosts(extension, ROOMS.flatMap(({ hosts }) => hosts));
const visible = !args.headless && !args.readme && Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY || ['darwin', 'win32'].includes(process.platform));
const stage = await openStage(server, { browser: args.browser, extension: allowed, headless: !visible, scale: args.readme ? 1 : 2 });
try {
  if (args.site === 'dashboard') await (visible ? dashboard.display(stage) : dashboard.pictures(stage, args.only));
  else if (args.readme) await readme();
  else if (visible) await display();
  else await pictures();
} finally {
  await stage.close().catch(() => undefined);
  await server.close();
}

/** Opens the sites in windows and stays until the browser is closed. */
async function display() {
  server.set({});
  for (const { url } of sites) await (await stage.tab()).open(url);
  console.log(`The demo feed is open (${sites.map(({ url }) => url).join(', ')}), served from this machine. Close the browser to end.`);
  await new Promise((done) => stage.browser.once('disconnected', done));
}

/** Takes one small picture of each room. */
async function readme() {
  const folder = join(ROOT, 'tests', 'stage', 'pictures');
  mkdirSync(folder, { recursive: true });
  await stage.settings({ hide: 'fold' });
  const tab = await stage.tab();
  for (const site of sites) console.log(await picture(tab, site, folder));
}

/** Takes the pictures and prints the table. */
async function pictures() {
  mkdirSync(OUT, { recursive: true });
  const tab = await stage.tab();
  await tab.page.setViewport({ width: 1280, height: 1000, deviceScaleFactor: 2 });
  const rows = [];
  const made = [];
  const shot = async (name) => {
    const path = join(OUT, `${name}.png`);
    await tab.page.mouse.move(3, 3);
    await tab.page.screenshot({ path });
    made.push(path);
  };
  for (const site of sites) {
    for (const theme of ['light', 'dark']) {
      await stage.settings({ hide: 'off' });
      await tab.open(site.url, { theme });
      const shown = await tab.settle();
      await shot(`${site.name}-${theme}`);
      const inView = badgesOf(shown).filter(({ box }) => box.y > 80 && box.y < 620);
      await clickPart(tab, inView.find(({ kind }) => kind === 'advert') ?? inView.find(({ kind }) => kind === 'broadcast') ?? inView[0] ?? badgesOf(shown)[0]);
      await tab.until('the dialog', async () => dialogOf(await tab.badges()));
      await tab.frames(4);
      await shot(`${site.name}-${theme}-why`);
      await tab.page.keyboard.press('Escape');
      await stage.settings({ hide: 'fold' });
      await tab.open(site.url, { theme });
      const [fold] = foldsOf(await tab.settle());
      if (fold) await tab.scroll(Math.max(0, fold.box.y - 420));
      await tab.settle();
      await shot(`${site.name}-${theme}-folds`);
    }
    rows.push(await read(tab, site));
  }
  print(rows);
  console.log(`\nPictures: ${made.join('\n          ')}`);
}

/** Scrolls through a site and gathers what was seen and badged. */
async function read(tab, site) {
  await stage.settings({ hide: 'off' });
  await tab.open(site.url, { theme: 'light' });
  const kinds = {};
  const known = new Map(server.sites.get(site.host).posts({}).map((post) => [site.idOf(post), post]));
  const facts = FACTS.of(site.url);
  for (let y = 0; y <= READ_PX; y += STEP_PX) {
    await tab.scroll(y);
    await tab.until('posts at this place', async () => (await tab.run((post) => document.querySelectorAll(post).length, facts.post)) > 0);
    // A room's own keys: some sites show no id.
    const keys = site.isRoom ? new Map(await tab.run(keysOn, facts)) : null;
    for (const badge of badgesOf(await tab.badges())) kinds[keys?.get(badge.id) ?? badge.id] = badge.kind;
  }
  const seen = await tab.run(() => [...stage.first.keys()]);
  const { form, report } = await tab.ask({ kind: 'report' });
  return { site, kinds, seen: seen.map((id) => known.get(id)).filter(Boolean), form, health: report?.health ?? null, errors: tab.errors.length, requests: tab.strangers().length, idOf: site.idOf };
}

/** The table: what was seen, what was badged, and how that agrees with the labels the texts were written with. */
function print(rows) {
  const line = (cells) => console.log(cells.map((cell, at) => String(cell).padEnd(at ? 13 : 30)).join(''));
  line(['', ...rows.map(({ site }) => site.host)]);
  const per = (name, tell) => line([name, ...rows.map(tell)]);
  const badge = (kind) => (row) => row.seen.filter((post) => row.kinds[row.idOf(post)] === kind).length;
  per('posts seen', (row) => row.seen.length);
  per('  by brands, not paid', (row) => row.seen.filter((it) => it.label && !it.ad).length);
  per('  paid', (row) => row.seen.filter((it) => it.ad).length);
  per('  by persons', (row) => row.seen.filter((it) => !it.label && !it.ad).length);
  per('● Conversation', badge('conversation'));
  per('▲ Broadcast', badge('broadcast'));
  per('■ Advert', badge('advert'));
  per('? unsure', badge('unsure'));
  per('persons badged', (row) => row.seen.filter((it) => it.author.kind === 'person' && !it.ad && row.kinds[row.idOf(it)]).length);
  per('paid posts found', (row) => { const paid = row.seen.filter((it) => it.ad); return `${paid.filter((it) => row.kinds[row.idOf(it)] === 'advert').length} of ${paid.length}`; });
  per('stance as written, where sure', (row) => {
    const sure = row.seen.filter((it) => it.label && !it.ad && ['conversation', 'broadcast', 'advert'].includes(row.kinds[row.idOf(it)]));
    const right = sure.filter((it) => (row.kinds[row.idOf(it)] === 'conversation') === (it.label.stance === 'conversation'));
    return sure.length ? `${right.length} of ${sure.length}` : '–';
  });
  per('form', (row) => row.form ?? '–');
  per('console errors', (row) => row.errors);
  per('requests of the extension', (row) => row.requests);
  console.log('\nThe texts are the project\'s own and partly trained on: the agreement shows that the parts fit together, not how good the judge is (model/report.txt says that).');
}
