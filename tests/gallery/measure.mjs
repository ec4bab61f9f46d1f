// Owns the measure of what a badge costs: main-thread CPU a post, with everything the browser does for it.
// build.sh measure && node measure.mjs [--posts N] [--rounds N]; ratios within the run are what counts, the machine is shared.
import { launch, open, serve } from "./browsers.mjs";

const asked = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const POSTS = asked("posts", 4000);
const ROUNDS = asked("rounds", 5);
const A_FRAME = 50;

const server = await serve();
const browser = await launch("chromium");
const found = {};
for (let round = 0; round < ROUNDS; round += 1) {
  for (const network of ["x", "linkedin"]) {
    for (const variant of ["none", "span", "badge", "fold"]) {
      const page = await browser.newPage();
      await page.setViewport({ width: 700, height: 900 });
      await open(page, server.address, { network, scene: "bare", open: "no" });
      const session = await page.createCDPSession();
      await session.send("Performance.enable", { timeDomain: "threadTicks" });
      const read = async () => Object.fromEntries((await session.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value * 1e6]));
      const before = await read();
      const ours = await page.evaluate(feed, variant, POSTS, A_FRAME);
      ((found[`${network} ${variant}`] ??= {}).ours ??= []).push(ours);
      const after = await read();
      for (const name of ["TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration"]) {
        ((found[`${network} ${variant}`] ??= {})[name] ??= []).push((after[name] - before[name]) / POSTS);
      }
      await page.close();
    }
  }
}
await browser.close();
server.end();

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
console.log("µs a post, median over none: task (script, style, layout)");
for (const [name, times] of Object.entries(found)) {
  const none = found[`${name.split(" ")[0]} none`];
  const over = (what) => (median(times[what]) - (name.endsWith("none") ? 0 : median(none[what]))).toFixed(1);
  console.log(`${name.padEnd(16)} ${over("TaskDuration").padStart(7)} (${over("ScriptDuration")}, ${over("RecalcStyleDuration")}, ${over("LayoutDuration")}); our call ${median(times.ours).toFixed(1)}`);
}

/** Adds posts as a feed does, some every frame, each with what the variant puts on it, before its first layout. */
async function feed(variant, posts, aFrame) {
  const { gallery, targets, POSTS: kinds } = globalThis;
  const patterns = targets.map((target) => target.row);
  const main = document.querySelector("main");
  const settled = [];
  let ours = 0;
  for (let slot = 100; slot < 100 + posts; slot += 1) {
    const post = kinds[slot % kinds.length];
    const row = patterns[slot % kinds.length].cloneNode(true);
    main.append(row);
    const anchor = row.querySelector(".second, .under:last-child");
    const target = { post: row.firstElementChild, row, anchor, text: row.querySelector(".text") };
    if (variant === "span") {
      const span = document.createElement("span");
      span.textContent = post.kind;
      anchor.append(span);
    }
    const start = performance.now();
    if (variant === "badge" || variant === "fold") gallery.badge(slot, post.kind, post.intent, target);
    ours += performance.now() - start;
    if (variant === "fold" && slot % 5 === 0) gallery.hide(slot, "fold", post.name, 1, target);
    if (slot % aFrame === 0) settled.push(await new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  }
  return ours * 1000 / posts;
}
