// Owns the checks of the overlay in real browsers, with real input: what eyes and axe do not see.
// node check.mjs [--browser chromium|firefox]
import { launch, open, press, serve } from "./browsers.mjs";
import { looks } from "./looks.mjs";

const only = process.argv[process.argv.indexOf("--browser") + 1];
const WIDE = { width: 700, height: 900 };
const FORCED_GC_ROUNDS = 10000;
const server = await serve();
let failures = 0;
let browserName;
let page;

/** One statement about what was found. */
function check(name, found, expected) {
  const [left, right] = [found, expected].map((value) => JSON.stringify(value));
  if (left === right) return;
  failures += 1;
  console.log(`FAILED ${browserName}: ${name}\n  found    ${left}\n  expected ${right}`);
}

const scene = async (query, view = WIDE) => {
  await page.setViewport(view);
  await open(page, server.address, { network: "x", ...query });
};
const run = (body, ...values) => page.evaluate(body, ...values);
const middleOf = (slot, what = "button") => run(([at, name]) => {
  const host = globalThis.targets[at].row.querySelectorAll("span");
  const ours = [...host].find((element) => globalThis.record.hosts.has(element) && element.shadowRoot.querySelector(name));
  const { left, top, width, height } = ours.shadowRoot.querySelector(name).getBoundingClientRect();
  return [left + Math.min(width, 20) / 2, top + height / 2];
}, [slot, what]);
const clickBadge = async (slot) => page.mouse.click(...(await middleOf(slot)));
const events = () => run(() => globalThis.events.splice(0));
const dialog = () => run(() => {
  const box = [...globalThis.record.hosts].map((host) => host.shadowRoot?.querySelector("[role=dialog]")).find(Boolean);
  if (!box) return null;
  const { left, top, right, bottom } = box.getBoundingClientRect();
  const inside = left >= 0 && top >= 0 && right <= document.documentElement.clientWidth && bottom <= window.innerHeight;
  const active = box.getRootNode().activeElement;
  if (!inside) return { inside: { left, top, right, bottom, wide: document.documentElement.clientWidth, high: window.innerHeight }, focus: "" };
  return { inside, focus: active === box ? "dialog" : active?.dataset.do ?? null };
});
const badgeFocused = (slot) => run((at) => globalThis.targets[at].row.contains(document.activeElement) && globalThis.record.hosts.has(document.activeElement), slot);

const CHECKS = {
  async "nothing on the page moves"() {
    for (const network of ["x", "linkedin"]) {
      for (const [words, width] of [["en", 700], ["long", 360], ["long", 320]]) {
        await scene({ network, scene: "bare", words }, { width, height: 900 });
        const boxes = () => run(() => [...document.querySelectorAll("main *")].filter((element) => !globalThis.record.hosts.has(element)).map((element) => {
          const { top, height } = element.getBoundingClientRect();
          return [element.className, top, height];
        }));
        const before = await boxes();
        await run(async () => {
          globalThis.POSTS.forEach((post, slot) => globalThis.gallery.badge(slot, post.kind, post.intent, globalThis.targets[slot]));
          await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        });
        check(`${network} ${words} ${width}: boxes`, await boxes(), before);
      }
    }
  },

  async "a line of text too long for the badge keeps its height"() {
    await scene({ network: "linkedin", scene: "bare" }, { width: 360, height: 900 });
    const found = await run(async () => {
      const heights = [];
      for (const length of [10, 20, 26, 30, 34, 36, 38, 40, 42, 44]) {
        const target = globalThis.targets[0];
        target.anchor.textContent = "m".repeat(length / 2) + " " + "i".repeat(length / 2);
        const before = target.anchor.getBoundingClientRect().height;
        globalThis.gallery.badge(0, "conversation", "ask", target);
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const after = target.anchor.getBoundingClientRect().height;
        globalThis.gallery.unbadge(0);
        heights.push(after - before);
      }
      return heights;
    });
    check("growth", found, found.map(() => 0));
  },

  async "in a corner: only where nothing is covered"() {
    await scene({ scene: "bare" });
    const found = await run(async () => {
      const shown = [];
      for (const [position, text] of [["relative", "short"], ["relative", "words ".repeat(60)], ["static", "short"]]) {
        const { post } = globalThis.targets[0];
        post.style.position = position;
        post.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
        globalThis.gallery.badge(0, "advert", "offer", { post, row: globalThis.targets[0].row });
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const host = [...globalThis.record.hosts].at(-1);
        shown.push(getComputedStyle(host).display !== "none");
        globalThis.gallery.unbadge(0);
      }
      return shown;
    });
    check("shown", found, [true, false, false]);
  },

  async "a press on a badge is the badge's alone"() {
    await scene({});
    await clickBadge(2);
    check("events", await events(), ["Explain(Slot(2))"]);
    check("opened", await dialog(), { inside: true, focus: "dialog" });
    await page.keyboard.press("Escape");
    check("after Escape", [await dialog(), await badgeFocused(2), await events()], [null, true, ["ExplanationClosed"]]);
    await run(() => document.addEventListener("keydown", (event) => globalThis.keys.push(event.key)));
    for (const key of ["Enter", " "]) {
      await run(() => {
        globalThis.keys = [];
      });
      await page.keyboard.press("j");
      await page.keyboard.press(key);
      check(`${key}: events`, await events(), ["Explain(Slot(2))"]);
      check(`${key}: keys the page heard`, await run(() => globalThis.keys), ["j"]);
      await page.keyboard.press("Escape");
      await events();
    }
    await run(() => {
      const host = document.activeElement;
      host.click();
      host.shadowRoot.querySelector("button").click();
    });
    check("a press made up by the page", await events(), []);
  },

  async "the dialog keeps the keyboard and gives it back"() {
    await scene({});
    await clickBadge(1);
    await events();
    const order = [];
    for (let step = 0; step < 7; step += 1) {
      await page.keyboard.press("Tab");
      order.push((await dialog()).focus);
    }
    check("Tab", order, ["close", "choose", "adverts", "never", "watch", "person", "close"]);
    await page.keyboard.down("Shift");
    await page.keyboard.press("Tab");
    await page.keyboard.up("Shift");
    check("Shift+Tab", (await dialog()).focus, "person");
    await run(() => {
      globalThis.keys = [];
      document.addEventListener("keydown", (event) => globalThis.keys.push(event.key));
    });
    await page.keyboard.press("j");
    check("keys do not reach the page", await run(() => globalThis.keys), []);
    await press(page, "choose");
    check("chosen", await events(), []);
    await press(page, "news");
    check("corrected", await events(), ["Correct(Slot(1), Some(News))"]);
    await press(page, "uncorrect");
    check("taken back", await events(), ["Correct(Slot(1), None)"]);
    await press(page, "watch");
    check("switched", [await events(), (await dialog()).focus], [["Author(Slot(1), Watch(true))"], "watch"]);
    await clickBadge(1);
    check("a press on its badge closes it", [await events(), await dialog(), await badgeFocused(1)], [["ExplanationClosed"], null, true]);
    await clickBadge(1);
    await page.mouse.click(20, 800);
    check("a press outside closes it", [await dialog(), (await events()).includes("ExplanationClosed")], [null, true]);
  },

  async "the dialog never leaves the view"() {
    for (const [query, view] of [[{}, WIDE], [{}, { width: 360, height: 640 }], [{}, { width: 320, height: 300 }], [{ dir: "rtl", words: "ar" }, { width: 360, height: 640 }], [{}, { width: 1300, height: 600 }]]) {
      await scene(query, view);
      for (const slot of [0, 2, 4]) {
        await run((at) => globalThis.targets[at].row.scrollIntoView({ block: "nearest" }), slot);
        await clickBadge(slot);
        check(`${JSON.stringify(query)} ${view.width}×${view.height} slot ${slot}`, (await dialog())?.inside, true);
        await page.keyboard.press("Escape");
      }
    }
  },

  async "phrases are marked in the post while the dialog is open"() {
    await scene({ slot: 0 });
    // As a page may have built it: pictures of emoji, split text nodes, white space that collapses, an invisible mark.
    await run(() => {
      const { text } = globalThis.targets[0];
      const [start, end] = globalThis.POSTS[0].text.split("first or");
      text.replaceChildren(start.replace(" milk", "\n   \u200bmilk"), Object.assign(document.createElement("b"), { textContent: "first or" }), end);
    });
    const state = () => run(() => {
      const marks = CSS.highlights.get("hl");
      return { phrases: marks ? [...marks].map((range) => range.toString().replaceAll("\u200b", "")) : [], sheets: document.adoptedStyleSheets.length };
    });
    const html = await run(() => globalThis.targets[0].text.innerHTML);
    await clickBadge(0);
    check("open", await state(), { phrases: ["Tell us", "milk first or last?"], sheets: 1 });
    await page.keyboard.press("Escape");
    check("closed", [await state(), await run(() => globalThis.targets[0].text.innerHTML)], [{ phrases: [], sheets: 0 }, html]);
  },

  async "a fold is one line that opens"() {
    await scene({});
    const rows = await run(() => {
      const { gallery, targets } = globalThis;
      globalThis.rowsBefore = targets.map((target) => [target.row, ...target.row.children]);
      gallery.hide(2, "fold", "Lumen Audio", 1, targets[2]);
      gallery.hide(3, "fold", "Lumen Audio", 2, targets[3]);
      gallery.hide(4, "fold", "Lumen Audio", 0, targets[4]);
      return targets.map((target) => target.row.getBoundingClientRect().height <= 32);
    });
    check("heights", rows, [false, false, true, true, true]);
    check("a merged row is nothing", await run(() => globalThis.targets[4].row.getBoundingClientRect().height), 0);
    await page.mouse.click(...(await middleOf(2, ".show")));
    check("Show", [await events(), await run(() => globalThis.targets[2].row.getBoundingClientRect().height > 60)], [["Show(Slot(2))"], true]);
    await run(() => [3, 4].forEach((slot) => globalThis.gallery.unhide(slot)));
    check("nodes", await run(() => globalThis.targets.every((target, at) => globalThis.rowsBefore[at].every((node, index) => node === [target.row, ...target.row.children][index]))), true);
    await page.mouse.click(20, 880);
    await events();
    await run(() => globalThis.gallery.hide(2, "dim", "Lumen Audio", 1, globalThis.targets[2]));
    const opacity = () => run(() => Number(getComputedStyle(globalThis.targets[2].post).opacity));
    await page.mouse.move(10, 880);
    const dimmed = await opacity();
    const box = await run(() => globalThis.targets[2].text.getBoundingClientRect().toJSON());
    await page.mouse.move(box.x + 5, box.y + 5);
    const hovered = await opacity();
    await page.mouse.move(10, 880);
    check("dim", [dimmed, hovered, await opacity()], [0.35, 1, 0.35]);
  },

  async "focus goes to the line of a post that folds under it"() {
    await scene({});
    await clickBadge(2);
    await run(() => globalThis.gallery.hide(2, "fold", "Lumen Audio", 1, globalThis.targets[2]));
    await page.keyboard.press("Escape");
    check("focus", await badgeFocused(2), true);
    await events();
    await page.keyboard.press("Enter");
    check("Enter shows, focus stays with the post", [await events(), await badgeFocused(2)], [["Show(Slot(2))"], true]);
  },

  async "the toast waits for pointer and keyboard"() {
    await scene({ scene: "toast" });
    const toast = () => run(() => {
      const left = [...globalThis.record.hosts].map((host) => host.shadowRoot?.querySelector(".left")).find(Boolean);
      return left ? left.getAnimations()[0]?.playState : null;
    });
    const said = () => run(() => [...globalThis.record.hosts].map((host) => host.shadowRoot?.querySelector("[role=status]")).find(Boolean)?.textContent);
    await page.waitForFunction(() => [...globalThis.record.hosts].some((host) => host.shadowRoot?.querySelector("[role=status]")?.textContent));
    check("said, focus not taken", [(await said()).includes("Lumen Audio"), await run(() => document.activeElement === document.body)], [true, true]);
    check("runs", await toast(), "running");
    const [x, y] = await run(() => {
      const box = [...globalThis.record.hosts].map((host) => host.shadowRoot?.querySelector(".toast")).find(Boolean).getBoundingClientRect();
      return [box.x + 20, box.y + 20];
    });
    await page.mouse.move(x, y);
    check("under the pointer", await toast(), "paused");
    await page.mouse.move(10, 10);
    check("and on", await toast(), "running");
    await press(page, "undo");
    check("Undo", [await events(), await toast()], [["Undo"], null]);
    await run(() => globalThis.gallery.toast("Lumen Audio"));
    await page.keyboard.press("Escape");
    check("Escape", await toast(), null);
    await run(() => {
      globalThis.gallery.toast("Lumen Audio");
      const left = [...globalThis.record.hosts].at(-1).shadowRoot.querySelector(".left");
      left.getAnimations()[0].finish();
    });
    await page.waitForFunction(() => ![...globalThis.record.hosts].some((host) => host.shadowRoot?.querySelector(".left")));
  },

  async "teardown gives the page back to the letter, with and without the module"() {
    for (const how of ["clear", "teardown"]) {
      await scene({ scene: "bare" });
      const html = () => run(() => document.documentElement.outerHTML);
      await run(() => {
        globalThis.targets[0].post.setAttribute("style", "color:inherit;DISPLAY:flex");
        globalThis.targets[1].post.setAttribute("style", "");
        globalThis.targets[2].post.style.opacity = "0.9";
      });
      const before = await html();
      const sheets = await run(() => document.adoptedStyleSheets.length);
      await run(() => {
        const { gallery, targets, POSTS } = globalThis;
        POSTS.forEach((post, slot) => gallery.badge(slot, post.kind, post.intent, targets[slot]));
        gallery.hide(0, "fold", "A", 1, targets[0]);
        gallery.hide(1, "hide", "A", 1, targets[1]);
        gallery.hide(2, "dim", "A", 1, targets[2]);
        gallery.hide(3, "hide", "A", 1, { ...targets[3], inPlace: true });
        gallery.toast("A");
      });
      await clickBadge(4);
      check(`${how}: something is there`, (await html()) !== before && (await dialog()) !== null, true);
      await run((name) => (name === "clear" ? globalThis.gallery.clear() : globalThis.teardown()), how);
      check(`${how}: document`, await html(), before);
      check(`${how}: highlights and sheets`, await run(() => [CSS.highlights.size, [...document.adoptedStyleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0)]), [0, sheets]);
      if (how === "clear") {
        check("the record is empty", await run(() => [globalThis.record.hosts.size, globalThis.record.styles.size, globalThis.record.observers.size, globalThis.record.cleanups.size]), [0, 0, 0, 0]);
      }
      await run(() => globalThis.targets[4].row.querySelector("span").click());
    }
  },

  async "recycled posts leave nothing behind"() {
    await scene({ scene: "bare" });
    const found = await run((rounds) => {
      const { gallery, targets, record } = globalThis;
      const kinds = [["advert", "offer"], ["conversation", "ask"], ["unsure", "news"]];
      const use = (from, to) => {
        for (let slot = from; slot < to; slot += 1) {
          const target = targets[slot % targets.length];
          gallery.badge(slot, ...kinds[slot % 3], target);
          if (slot % 3 === 0) gallery.hide(slot, ["fold", "dim", "hide"][slot % 9 / 3], "A", 1, target);
          gallery.badge(slot, ...kinds[(slot + 1) % 3], target);
          gallery.forget(slot);
        }
      };
      use(0, rounds);
      return [record.hosts.size, record.styles.size, document.querySelectorAll("main span").length, document.querySelectorAll("[style*=opacity], [style*=display]").length];
    }, FORCED_GC_ROUNDS);
    check("left", found, [0, 0, await run(() => document.querySelectorAll(".names > .name, .second > span, .more, .acts > span").length), 0]);
  },

  async "a badge thrown out comes back, a few times"() {
    await scene({ scene: "bare" });
    const found = await run(() => {
      const { gallery, targets, record } = globalThis;
      const seen = [];
      for (let time = 0; time < 5; time += 1) {
        gallery.badge(0, "advert", "offer", targets[0]);
        const [host] = record.hosts;
        seen.push(host.isConnected);
        host.remove();
      }
      gallery.badge(0, "conversation", "ask", targets[0]);
      return [seen, [...record.hosts][0].isConnected];
    });
    check("there", found, [[true, true, true, true, false], true]);
  },

  async "in a closed root nothing can be read"() {
    await scene({ open: "no" });
    check("host", await run(() => {
      const [host] = globalThis.record.hosts;
      return [host.localName, host.shadowRoot, host.attributes.length, host.childNodes.length, host.textContent];
    }), ["span", null, 0, 0, ""]);
    check("no word on the page", await run(() => /Conversation|Kibitz/.test(document.body.textContent)), false);
  },

  ...looks({ scene, run, check }),
};

for (browserName of ["chromium", "firefox"].filter((name) => only === undefined || !["chromium", "firefox"].includes(only) || only === name)) {
  const browser = await launch(browserName);
  page = await browser.newPage();
  page.on("pageerror", (error) => check("page error", error.message, null));
  for (const [name, body] of Object.entries(CHECKS)) {
    const before = failures;
    try {
      await body();
    } catch (error) {
      check(name, error.message, null);
    }
    console.log(`${failures === before ? "ok    " : "FAILED"} ${browserName}: ${name}`);
  }
  await browser.close();
}
server.end();
process.exitCode = failures ? 1 : 0;
