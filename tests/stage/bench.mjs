//! Owns the table of speeds and sizes: every budget with what was measured, as ratios within this run; never fails on a number.
//!
//! node tests/stage/bench.mjs    KIBITZ_BENCH_RECORD=1 writes the classifiers' lines to model/speed.txt, which the report of the next
//!                               training repeats; KIBITZ_BENCH_ROUNDS=8 for a surer answer (default 3: under 5 minutes on a quiet machine)

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { classifiers } from './bench/classifier.mjs';
import { median, paired, withInterval } from './bench/numbers.mjs';
import { heap, LONG, SCALE, scroll, SHORT } from './bench/scroll.mjs';
import { callbacks, coldStart, idle } from './bench/trace.mjs';
import { openStage } from './browser.mjs';
import { startServer } from './server.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const ROUNDS = Number(process.env.KIBITZ_BENCH_ROUNDS ?? 3);
const VARIANTS = { none: null, ours: join(ROOT, 'dist', 'chrome'), twin: join(ROOT, 'dist', 'chrome-twin'), naive: join(import.meta.dirname, 'naive') };
const NAMES = { ours: 'Kibitz, Wasm', twin: 'Kibitz, twin', naive: 'the naive extension' };
const seconds = (list) => list.map(({ cpu }) => cpu);
/** How long an idle page is watched, milliseconds. */
const IDLE_MS = 3000;
/** Frames as fast as they can be made: CPU is counted, not the wall. */
const FLAGS = ['--disable-frame-rate-limit', '--disable-gpu-vsync'];

for (const [name, folder] of Object.entries(VARIANTS)) if (folder && !existsSync(join(folder, 'manifest.json'))) throw new Error(`${name}: ${folder} is not packaged (./build.sh package, and --twin-only)`);

const server = await startServer();
const stages = {};
const rows = [];
const row = (what, budget, measured) => rows.push([what, budget, measured]);
const say = (text) => process.stderr.write(`bench: ${text}\n`);
try {
  for (const [name, extension] of Object.entries(VARIANTS)) {
    stages[name] = await openStage(server, { extension, flags: FLAGS, scale: SCALE });
    if (name === 'ours' || name === 'twin') await stages[name].settings({});
  }
  await cold();
  await classify();
  await ride();
  await memory();
  sizes();
} finally {
  for (const stage of Object.values(stages)) await stage.close();
  await server.close();
}
print();

async function cold() {
  say('cold start');
  const runs = { ours: [], twin: [] };
  for (let round = 0; round < Math.max(3, ROUNDS); round++) {
    for (const name of Object.keys(runs)) {
      // A browser of its own: no renderer, no code cache is warm.
      const stage = await openStage(server, { extension: VARIANTS[name] });
      await stage.settings({});
      runs[name].push((await coldStart(stage)).cpu);
      await stage.close();
    }
  }
  for (const [name, list] of Object.entries(runs)) row(`content script start → first screen badged, our CPU, ${name === 'ours' ? 'Wasm' : 'twin'}`, '≤ 60 ms (25)', `${median(list).toFixed(0)} ms (least ${Math.min(...list).toFixed(0)})`);
}

async function classify() {
  say('classifiers');
  const { rows: engines, absent } = await classifiers(stages.none, server, join(VARIANTS.ours, 'content'));
  for (const { name, us, typical, ratio } of engines) row(`verdict on a 200-character post: ${name}`, name.startsWith('Kibitz') ? '≤ 20 µs (5)' : '–', `${us.toFixed(1)} µs at best, ${typical.toFixed(1)} typical; ${withInterval(ratio)} × ours`);
  if (absent) row(absent, '–', 'not measured');
  if (process.env.KIBITZ_BENCH_RECORD) record(engines);
}

/** The classifiers' speed as lines for the model's report; the native one is what `cargo bench --bench classify` measured last. */
function record(engines) {
  const print = readFileSync(join(ROOT, 'model', 'model.bin')).reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n), 0xcbf29ce484222325n);
  const lines = [`./build.sh bench, one 200-character post: text in, verdict with intents, confidences and evidence out; model fnv1a ${print.toString(16).padStart(16, '0')}; ${machine()}`];
  const native = join(ROOT, 'target', 'criterion', 'verdict', '200 characters', 'new', 'estimates.json');
  if (existsSync(native)) lines.push(`${(JSON.parse(readFileSync(native, 'utf8')).mean.point_estimate / 1000).toFixed(1).padStart(6)} µs  Kibitz, native`);
  for (const { name, us, typical } of engines) lines.push(`${us.toFixed(1).padStart(6)} µs  ${name} in Chromium, at best; typically ${typical.toFixed(1)}`);
  writeFileSync(join(ROOT, 'model', 'speed.txt'), `${lines.join('\n')}\n`);
}

function machine() {
  return `${cpus().length} cores, ${cpus()[0]?.model.trim()}, load ${loadavg().map((it) => it.toFixed(1)).join(' ')}`;
}

/** Rides in turns, there and back again, so that drift of the machine falls on all alike; the two "none" of a round are its A/A pair. */
async function turns(order, posts, rounds) {
  const runs = Object.fromEntries(order.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    say(`scroll of ${posts} posts, round ${round + 1} of ${rounds}`);
    for (const name of [...order, ...[...order].reverse()]) runs[name].push(await scroll(stages[name], { posts }));
  }
  return runs;
}

/** What `name` added to the page alone, by pairs: "1.2 (0.9–1.4) %, 30 (20–41) µs a post". */
function added(runs, name, posts) {
  const base = seconds(runs.none);
  const share = paired(seconds(runs[name]).map((cpu, at) => ((cpu - base[at]) / base[at]) * 100));
  const each = paired(seconds(runs[name]).map((cpu, at) => ((cpu - base[at]) * 1e6) / posts));
  const kinds = ['script', 'style', 'layout'].map((kind) => `${kind} ${((median(runs[name].map((it) => it[kind])) - median(runs.none.map((it) => it[kind]))) * 1e6 / posts).toFixed(0)}`);
  return `${withInterval(share, 1)} %, ${withInterval(each, 0)} µs a post (${kinds.join(', ')})`;
}

async function ride() {
  // Many short rides tell the ratios, two pairs of long ones that nothing grows with length.
  for (const [posts, rounds, order] of [[SHORT, ROUNDS, ['none', 'ours', 'twin', 'naive']], [LONG, 1, ['none', 'ours']]]) {
    const runs = await turns(order, posts, rounds);
    const base = seconds(runs.none);
    row(`scroll of ${posts} posts without an extension, ${rounds * 2} pairs`, '–', `${(median(base) * 1000).toFixed(0)} ms CPU on the main thread (${((median(base) * 1e6) / posts).toFixed(0)} µs a post, no pictures)`);
    for (const name of order.slice(1)) row(`  added by ${NAMES[name]}`, name === 'naive' ? '–' : '≤ 8 %, ≤ 80 µs (4, 40)', added(runs, name, posts));
    if (runs.naive) {
      const cost = (name) => seconds(runs[name]).map((cpu, at) => cpu - base[at]);
      row('  the naive extension costs', '≥ 6 ×', `${withInterval(paired(cost('naive').map((it, at) => it / Math.max(1e-3, cost('ours')[at]))), 1)} × ours`);
    }
    const noise = base.filter((_, at) => at % 2 === 0).map((cpu, at) => Math.abs(base[at * 2 + 1] - cpu) / cpu);
    row('  A/A: none against none', '≤ 2 %', `${(median(noise) * 100).toFixed(1)} %${median(noise) > 0.02 ? ' – a noisy machine: trust ratios only' : ''}`);
    for (const name of order.slice(1)) row(`  long tasks caused, ${NAMES[name]}`, name === 'naive' ? '–' : '0', `${(median(runs[name].map(({ long }) => long)) - median(runs.none.map(({ long }) => long))).toFixed(0)} (longest ${Math.max(...runs[name].map(({ longest }) => longest)).toFixed(0)} ms, without: ${Math.max(...runs.none.map(({ longest }) => longest)).toFixed(0)} ms)`);
    if (posts === LONG) firstPaint(runs.ours, posts);
  }
  say('callbacks');
  const calls = await callbacks(stages.ours, () => scroll(stages.ours, { posts: 1000 }));
  row('our callbacks over 1,000 posts', 'longest ≤ 8 ms (4)', `${calls.count}, longest ${calls.longest.toFixed(1)} ms, 99.9 %: ${calls.nearly.toFixed(1)} ms of CPU`);
  const still = await idle(stages.ours, IDLE_MS);
  row(`woken up in ${IDLE_MS / 1000} s on an idle page`, '0', `${still.wakes} times, ${still.cpu.toFixed(1)} ms of CPU`);
  // Rows that are rewritten in place count as shifts of the page's own: here each post has a row of its own.
  const [without, moved] = [await scroll(stages.none, { posts: 500, recycle: 'recreate' }), await scroll(stages.ours, { posts: 500, recycle: 'recreate' })];
  row('layout shift over 500 posts', '0', `${moved.shift.toFixed(4)}, without ${without.shift.toFixed(4)}`);
}

function firstPaint(rides, posts) {
  const known = new Map(server.sites.get('x.com').posts({ n: posts }).map((post) => [post.id, post]));
  const shown = rides.flatMap(({ early }) => early).filter(([id]) => known.get(id) && (known.get(id).ad || known.get(id).author.gold));
  row('badge done before the post’s first paint', '≥ 99 % (99.9)', `${((shown.filter(([, before]) => before).length / Math.max(1, shown.length)) * 100).toFixed(2)} % of ${shown.length} (brands and paid posts, those with nothing to judge included)`);
}

async function memory() {
  say('heap after 10,000 recycled posts');
  const [without, ours] = [await heap(stages.none), await heap(stages.ours)];
  const more = (what) => `${((ours[what] - without[what]) / 1024).toFixed(0)} KB`;
  row('growth over 10,000 recycled posts, alive after collection', '≤ 64 KB, 0 nodes', `objects ${more('objects')}, nodes and styles ${more('native')}, ${ours.nodes - without.nodes} nodes more than the page alone (${(without.objects / 1024).toFixed(0)} KB of objects); compiled code ${more('code')}`);
  row('memory of the module after 13,000 posts', '≤ 8 MB', `${((ours.memory) / 1024 / 1024).toFixed(1)} MB, grown by ${more('buffers')}`);
}

function sizes() {
  const packed = (names) => names.filter((name) => existsSync(join(VARIANTS.ours, name))).reduce((sum, name) => sum + gzipSync(readFileSync(join(VARIANTS.ours, name)), { level: 9 }).length, 0);
  const scripts = readdirSync(join(VARIANTS.ours, 'content')).filter((name) => !['bytes.js', 'twin.js'].includes(name)).map((name) => `content/${name}`);
  row('shipped code and model, gzipped, Wasm form', '≤ 350 KB (150)', `${(packed([...scripts, 'content/bytes.js']) / 1024).toFixed(0)} KB`);
  row('shipped code and model, gzipped, twin', '≤ 600 KB', `${(packed([...scripts, 'content/twin.js']) / 1024).toFixed(0)} KB`);
}

function print() {
  console.log(`\n${machine()}, Node ${process.versions.node}; medians of pairs, in brackets the 95 % interval.\n`);
  const wide = [0, 1].map((column) => Math.max(...rows.map((it) => it[column].length), 6) + 2);
  for (const cells of [['what', 'budget (stretch)', 'measured'], ...rows]) console.log(`${cells[0].padEnd(wide[0])}${cells[1].padEnd(wide[1])}${cells[2]}`);
}
