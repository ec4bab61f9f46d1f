// Owns the gallery's screenshots and its axe run: every scene, in both browsers, zero violations.
// node look.mjs [--browser chromium|firefox] [--only WORD]: pictures go to target/gallery/shots.
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launch, open, press, root, serve } from "./browsers.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const asked = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};

const WIDE = { width: 700, height: 900 };
const NARROW = { width: 360, height: 740 };
/** Name, query, view; `forced` and `zoom` where they matter. */
const SCENES = [
  ["x-feed-light", { network: "x" }, WIDE],
  ["x-feed-dark", { network: "x", theme: "dark" }, WIDE],
  ["linkedin-feed-light", { network: "linkedin" }, { width: 700, height: 1000 }],
  ["linkedin-feed-dark", { network: "linkedin", theme: "dark" }, { width: 700, height: 1000 }],
  ["x-feed-narrow", { network: "x" }, NARROW],
  ["linkedin-feed-narrow-long", { network: "linkedin", words: "long" }, NARROW],
  ["x-feed-rtl", { network: "x", dir: "rtl", words: "ar" }, WIDE],
  ["x-feed-forced", { network: "x" }, WIDE, { forced: true }],
  ["x-feed-zoom", { network: "x" }, { width: 700, height: 900, deviceScaleFactor: 2 }, { zoom: true }],
  ["x-dialog-light", { network: "x", scene: "dialog" }, WIDE],
  ["x-dialog-dark", { network: "x", scene: "dialog", theme: "dark", slot: 0 }, WIDE],
  ["linkedin-dialog-light", { network: "linkedin", scene: "dialog", slot: 1 }, WIDE],
  ["linkedin-dialog-dark", { network: "linkedin", scene: "dialog", slot: 4, theme: "dark" }, { width: 700, height: 1000 }],
  ["x-dialog-unsure", { network: "x", scene: "dialog", slot: 3 }, WIDE],
  ["x-dialog-corrected", { network: "x", scene: "corrected", slot: 1 }, WIDE],
  ["x-dialog-choose", { network: "x", scene: "dialog", slot: 1 }, { width: 700, height: 1100 }, { press: "choose" }],
  ["x-dialog-beside", { network: "x", scene: "dialog", slot: 2 }, { width: 1400, height: 900 }],
  ["x-dialog-narrow", { network: "x", scene: "dialog" }, NARROW],
  ["x-dialog-rtl", { network: "x", scene: "dialog", dir: "rtl", words: "ar" }, WIDE],
  ["x-dialog-long", { network: "x", scene: "dialog", words: "long", slot: 0 }, NARROW],
  ["x-dialog-forced", { network: "x", scene: "dialog" }, WIDE, { forced: true }],
  ["x-dialog-zoom", { network: "x", scene: "dialog", slot: 0 }, WIDE, { zoom: true }],
  ["x-fold-light", { network: "x", scene: "fold" }, WIDE],
  ["x-fold-dark", { network: "x", scene: "fold", theme: "dark" }, WIDE],
  ["linkedin-fold-light", { network: "linkedin", scene: "fold" }, WIDE],
  ["x-fold-rtl", { network: "x", scene: "fold", dir: "rtl", words: "ar" }, WIDE],
  ["x-fold-forced", { network: "x", scene: "fold" }, WIDE, { forced: true }],
  ["x-toast-light", { network: "x", scene: "toast" }, WIDE],
  ["x-toast-dark", { network: "x", scene: "toast", theme: "dark" }, WIDE],
  ["x-toast-narrow-rtl", { network: "x", scene: "toast", dir: "rtl", words: "ar" }, NARROW],
];

const shots = join(root, "target/gallery/shots");
await mkdir(shots, { recursive: true });
const server = await serve();
let failures = 0;
for (const name of ["chromium", "firefox"].filter((name) => asked("browser", name) === name)) {
  const browser = await launch(name);
  const page = await browser.newPage();
  page.on("pageerror", (error) => {
    failures += 1;
    console.log(`${name}: ${error.message}`);
  });
  for (const [scene, query, view, how = {}] of SCENES) {
    if (!scene.includes(asked("only", ""))) continue;
    // Only Chromium lets a driver force colours.
    if (how.forced && name === "firefox") continue;
    await page.setViewport(how.zoom ? { ...view, width: view.width / 2, height: view.height / 2, deviceScaleFactor: 2 } : view);
    if (name === "chromium") {
      const features = [{ name: "prefers-reduced-motion", value: "reduce" }];
      const forced = how.forced ? "active" : "none";
      const session = await page.createCDPSession();
      await session.send("Emulation.setEmulatedMedia", { features: [...features, { name: "forced-colors", value: forced }] });
    }
    await open(page, server.address, query);
    if (how.press) await press(page, how.press);
    await page.screenshot({ path: join(shots, `${name}-${scene}.png`) });
    failures += await audit(page, `${name} ${scene}`);
  }
  await browser.close();
}
server.end();
console.log(failures ? `${failures} failures` : "no violations");
process.exitCode = failures ? 1 : 0;

/** Runs axe over our own components; the pretended networks are not under test. */
async function audit(page, scene) {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const hosts = [...globalThis.record.hosts];
    const isOurs = (target) => Array.isArray(target) && hosts.some((host) => host === document.querySelector(target[0]));
    const results = await globalThis.axe.run(document, { rules: { region: { enabled: false } } });
    return results.violations.flatMap((rule) =>
      rule.nodes.filter((node) => isOurs(node.target[0])).map((node) => `${rule.id}: ${node.html.slice(0, 120)} ${node.failureSummary}`));
  });
  for (const line of found) console.log(`${scene}: ${line}`);
  return found.length;
}
