import { openStage } from './browser.mjs';
import { startServer } from './server.mjs';
import { ROOMS } from './sites/room.mjs';
import { FACTS } from './facts.mjs';
import { postsOn } from './probes.mjs';
const server = await startServer();
const stage = await openStage(server, { browser: 'chromium', extension: '/work/wt/stage/dist/chrome' });
for (const room of ROOMS) {
  if (process.argv[2] && !room.name.startsWith(process.argv[2])) continue;
  await stage.settings({ who: 'everyone' });
  const tab = await stage.tab();
  await tab.open(room.address);
  const shown = await tab.settle({ some: false });
  const { report, state, form } = await tab.ask({ kind: 'report' });
  const posts = await tab.run(postsOn, FACTS.of(room.address));
  const known = new Map(server.sites.get(room.hosts[0]).posts({}).map((it) => [it.key, it]));
  const kinds = {}; for (const b of shown.filter((it) => it.part === 'badge')) (kinds[b.id] ??= []).push(b.kind);
  const missing = posts.filter((p) => !kinds[p.id]);
  console.log(room.name, state, form, 'posts', posts.length, 'known', posts.filter((p) => known.has(p.id)).length, 'badges', shown.filter((it) => it.part === 'badge').length, 'paid', posts.filter((p) => known.get(p.id)?.ad).length, 'paid found', posts.filter((p) => known.get(p.id)?.ad && kinds[p.id]?.[0] === 'advert').length, 'health', report?.health, 'missing', JSON.stringify(report?.missing), 'read', report?.read, '/', report?.containers, tab.errors.slice(0, 2), tab.strangers().slice(0, 2));
  if (missing.length) console.log('   missing', missing.slice(0, 3).map((p) => [p.id, known.get(p.id)?.text.slice(0, 40)]));
  await tab.page.screenshot({ path: `/tmp/room-${room.name}.png` });
  await tab.close();
}
process.exit();
