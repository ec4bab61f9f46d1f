//! Owns copies of the packaged extension that can do one thing wrong at a time, so that every check of its own pages is seen to fail; never changes the original.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a copy reads which wrong it does; there is none in a background, which then does everything right. */
const KEY = 'wrong';
const HELPER = `const isWrong = (name) => globalThis.localStorage?.getItem(${JSON.stringify(KEY)}) === name;\n`;

/** By name: the file, what stands there once, and what stands there in the copy. */
const WRONGS = {
  miscounts: ['dashboard/numbers.js', 'KINDS[metric(name).kind].write(value)', 'KINDS[metric(name).kind].write(isWrong("miscounts") ? value * 1.1 : value)'],
  unfiltered: ['dashboard/ledger.js', 'surfaces: surface ? [surface] : []', 'surfaces: surface && !isWrong("unfiltered") ? [surface] : []'],
  unsorted: ['dashboard/compare.js', 'return isDown ? -by : by;', 'return isDown && !isWrong("unsorted") ? -by : by;'],
  unranked: ['dashboard/compare.js', 'const rank = (brand) => (desk.isOwn(brand) ? 0 : 1);', 'const rank = (brand) => (desk.isOwn(brand) && !isWrong("unranked") ? 0 : 1);'],
  silent: ['dashboard/dashboard.js', 'main.dataset.ready = "error";', 'if (isWrong("silent")) main.replaceChildren(); main.dataset.ready = "error";'],
  loses: ['ledger/files.js', 'yield core.fileEntries(live) +', 'yield core.fileEntries(isWrong("loses") ? live.slice(1) : live) +'],
  final: ['dashboard/undo.js', 'await it.back();', 'if (!isWrong("final")) await it.back();'],
  headless: ['ledger/database.js', 'if (data) store.put({ room, brand, data });', 'if (isWrong("headless") && own.some(({ source }) => source)) return; if (data) store.put({ room, brand, data });'],
  gullible: ['ledger/files.js', 'if (before === 0) throw', 'if (before === 0 && !isWrong("gullible")) throw'],
  young: ['ledger/database.js', 'if (await db.get("meta", "headed")) return;', 'if (isWrong("young") || (await db.get("meta", "headed"))) return;'],
  thin: ['dashboard/parquet.js', 'if (posts.length === 0) return;', 'if (isWrong("thin")) posts = posts.slice(1); if (posts.length === 0) return;'],
  unnumbered: ['ui/csv.js', 'errors.push({ line, code, what })', 'errors.push({ line: isWrong("unnumbered") ? line + 1 : line, code, what })'],
  unlisted: ['dashboard/ledger.js', 'const keys = inList && filter.list ?', 'const keys = inList && filter.list && !isWrong("unlisted") ?'],
  disowning: ['dashboard/ledger.js', 'await api.storage.local.set({ dashboard: { own, lists } });', 'if (!isWrong("disowning")) await api.storage.local.set({ dashboard: { own, lists } });'],
  wordless: ['dashboard/ledger.js', 'settings.sameBrands = words;', 'if (!isWrong("wordless")) settings.sameBrands = words;'],
  barred: ['dashboard/dashboard.js', 'main.replaceChildren(place);', 'main.replaceChildren(place); if (isWrong("barred")) place.append(el("button"));'],
  jumbled: ['dashboard/compare.js', 'el("input", { type: "search", id: "search",', 'el("input", { tabindex: isWrong("jumbled") ? 1 : null, type: "search", id: "search",'],
  mute: ['dashboard/chart.js', 'if (aloud) tell(point.text);', 'if (aloud && !isWrong("mute")) tell(point.text);'],
  leaning: ['dashboard/picture.js', 'for (const property of STYLES) to[at].setAttribute', 'for (const property of STYLES) if (!isWrong("leaning")) to[at].setAttribute'],
  blank: ['dashboard/picture.js', 'canvas.toBlob(done, "image/png")', '(isWrong("blank") ? Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height }) : canvas).toBlob(done, "image/png")'],
  lost: ['dashboard/dashboard.js', 'path: rest, filter', 'path: isWrong("lost") ? ["x", "dealdashdaily"] : rest, filter'],
};

/** A copy of `folder` that can do everything of the list wrong; removed when the process ends. */
export function wrongly(folder) {
  const copy = mkdtempSync(join(tmpdir(), 'stage-wrong-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  cpSync(folder, copy, { recursive: true });
  for (const file of new Set(Object.values(WRONGS).map(([it]) => it))) {
    let text = readFileSync(join(copy, file), 'utf8');
    for (const [name, [, right, wrong]] of Object.entries(WRONGS).filter(([, [it]]) => it === file)) {
      assert.equal(text.split(right).length, 2, `${name}: ${file} says "${right}" once`);
      text = text.replace(right, () => wrong);
    }
    writeFileSync(join(copy, file), HELPER + text);
  }
  return copy;
}

/** Has the copy do this wrong from now on; none, and it is as the original. */
export function doWrong(stage, name) {
  assert.ok(name === null || Object.hasOwn(WRONGS, name), `there is no such wrong: ${name}`);
  return stage.inExtension(([key, it]) => (it === null ? localStorage.removeItem(key) : localStorage.setItem(key, it)), [KEY, name]);
}
