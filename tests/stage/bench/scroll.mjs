//! Owns the cost of an extension while a virtualised feed is scrolled, on the main thread of the page; pairs every run with one without any.

import { layoutShift } from '../probes.mjs';
import { X } from '../checks.mjs';
import { alive } from './heap.mjs';

/** The long ride, of which the budget speaks, and the short one, of which there can be many pairs. */
export const [LONG, SHORT] = [5000, 600];
/** No pictures, and a view of few device pixels: to fetch and draw pictures costs the page as much as all the rest, and is not what is measured. */
export const SCALE = 0.1;
const PLAIN = { stay: true, pictures: false };
/** Pixels a frame in the ride that is only to pass rows by: what is mounted at a time, so that no post is left out. */
const LEAP_PX = 2600;
/** Pixels a frame: a fast hand on the wheel; as far as rows are mounted ahead. */
const STEP_PX = 900;

/** Runs in the page: scrolls to the end of the list as fast as frames come; counts long tasks and slow frames. */
const ride = (step) => new Promise((done) => {
  const long = [];
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  let [last, frames] = [-1, 0];
  const next = () => {
    frames++;
    scrollBy(0, step);
    if (scrollY !== last) {
      last = scrollY;
      requestAnimationFrame(next);
    } else setTimeout(() => { observer.disconnect(); done({ frames, long: long.length, longest: Math.max(0, ...long), seen: stage.first.size, early: [...stage.first] }); }, 60);
  };
  requestAnimationFrame(next);
});

const metrics = async (tab) => Object.fromEntries((await tab.cdp.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));

/** One ride: CPU seconds of the main thread by kind, long tasks, layout shift, and which posts had their badge at first paint. */
export async function scroll(stage, { posts = LONG, recycle = 'inplace' } = {}) {
  const tab = await stage.tab();
  await tab.open(X, { n: posts, pageSize: posts, recycle, ...PLAIN });
  await tab.frames(4);
  await tab.cdp.send('Network.disable');
  await tab.cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await tab.cdp.send('HeapProfiler.collectGarbage');
  const before = await metrics(tab);
  const result = await tab.run(ride, STEP_PX);
  const after = await metrics(tab);
  const spent = (name) => after[name] - before[name];
  const shift = await layoutShift(tab);
  await tab.close();
  return { ...result, shift, cpu: spent('TaskDuration'), script: spent('ScriptDuration'), style: spent('RecalcStyleDuration'), layout: spent('LayoutDuration') };
}

/** What of each kind is alive and how many nodes more than before: after forced collections, once three thousand posts (by then all code is compiled) and once ten thousand more have gone by in recycled rows. */
export async function heap(stage) {
  const tab = await stage.tab();
  await tab.open(X, { n: 13_000, pageSize: 13_000, ...PLAIN });
  await tab.cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const rideTo = (share) => tab.run(async (to, step) => {
    const end = to * (document.documentElement.scrollHeight - innerHeight);
    while (scrollY + step < end) {
      scrollBy(0, step);
      await new Promise(requestAnimationFrame);
    }
  }, share, LEAP_PX);
  const settled = async () => {
    // What the page keeps of each row (heights, first paints) is its own and the same without an extension.
    const heap = await alive(tab);
    const { Nodes, JSEventListeners } = await metrics(tab);
    return { ...heap, nodes: Nodes, listeners: JSEventListeners };
  };
  await rideTo(3 / 13);
  const from = await settled();
  await rideTo(1);
  const to = await settled();
  await tab.close();
  return { ...Object.fromEntries(Object.keys(to).map((what) => [what, to[what] - from[what]])), memory: to.buffers };
}
