//! Owns what a trace tells of the extension's own work: CPU until the first badges, and the longest callback; never changes the page.

import { X } from '../checks.mjs';

const CATEGORIES = ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile'];
const OWN = /^chrome-extension:/;
const NAMES = new Set(['FunctionCall', 'EvaluateScript', 'v8.compile', 'V8.CompileCode']);

/** Traces `work` and gives the extension's events: `{name, at, ms, cpu}` in time order, outermost only. */
async function traced(stage, work) {
  const events = [];
  const session = await stage.browser.target().createCDPSession();
  const ended = new Promise((done) => session.once('Tracing.tracingComplete', done));
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: CATEGORIES } });
  await work();
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  const own = events.filter((it) => it.ph === 'X' && NAMES.has(it.name) && OWN.test(it.args?.data?.url ?? it.args?.fileName ?? '')).sort((a, b) => a.ts - b.ts);
  const outer = [];
  const ends = new Map();
  for (const it of own) {
    const key = `${it.pid}/${it.tid}`;
    if (it.ts < (ends.get(key) ?? 0)) continue;
    ends.set(key, it.ts + it.dur);
    outer.push({ name: it.name, at: it.ts / 1000, ms: it.dur / 1000, cpu: (it.tdur ?? it.dur) / 1000 });
  }
  return outer;
}

/** The extension's own CPU, in milliseconds, from its start in a fresh renderer until the first screen is badged. */
export async function coldStart(stage) {
  let tab;
  const own = await traced(stage, async () => {
    tab = await stage.tab();
    await tab.open(X, { stay: true });
    await tab.settle();
  });
  await tab.close();
  return { cpu: own.reduce((sum, { cpu }) => sum + cpu, 0), longest: Math.max(0, ...own.map(({ cpu }) => cpu)) };
}

/** How often the extension woke up, and for how many CPU milliseconds, while nothing happened on the page for `ms` milliseconds. */
export async function idle(stage, ms) {
  const tab = await stage.tab();
  await tab.open(X, { stay: true });
  await tab.settle();
  const own = await traced(stage, () => tab.run((time) => new Promise((done) => setTimeout(done, time)), ms));
  await tab.close();
  return { wakes: own.length, cpu: own.reduce((sum, { cpu }) => sum + cpu, 0) };
}

/** The extension's callbacks over a ride through `posts` posts: how many, the longest, and the 99.9 % quantile, in CPU milliseconds. */
export async function callbacks(stage, ride) {
  const own = await traced(stage, ride);
  const sorted = own.map(({ cpu }) => cpu).sort((a, b) => a - b);
  return { count: sorted.length, longest: sorted.at(-1) ?? 0, nearly: sorted[Math.floor(sorted.length * 0.999)] ?? 0 };
}
