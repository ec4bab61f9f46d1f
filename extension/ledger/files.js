// Owns export and import of the ledger, in parts, so that a million entries need not stand in memory as one text. Never opens a file.
import { panel } from "../panel/module.js";
import { database, meta } from "./database.js";
import { putCarried, write } from "./store.js";

/** Entries in one part of an export. */
const PART = 2_000;
/**
 * Lines in one transaction of an import, and characters gathered before they are read. Each transaction writes every page of the
 * aggregates that it touches anew, so the fewer the better: a file of a million lines in parts of 64 KB, one transaction each, was
 * not a quarter in after eight minutes. A transaction of this size takes a second or two.
 */
const BATCH = 8_000;
const GATHERED = 1 << 22;

async function* parts(db) {
  let range = null;
  for (;;) {
    const rows = await db.getAll("rows", range, PART);
    if (rows.length === 0) return;
    yield rows;
    const { room, id } = rows[rows.length - 1];
    range = IDBKeyRange.lowerBound([room, id], true);
  }
}

/** The whole ledger as an export file (JSON Lines), part by part. */
export async function* exportLines(now = Date.now()) {
  const [core, db] = await Promise.all([panel(), database()]);
  const transaction = db.transaction("meta", "readwrite");
  const source = await meta(transaction, "source");
  await transaction.done;
  yield core.fileHeader(source, now);
  for await (const rows of parts(db)) {
    const live = rows.flatMap(({ line }) => line ?? []);
    const gone = rows.filter(({ line }) => line === undefined);
    yield core.fileEntries(live) + gone.map((row) => core.filePruned(row.room, row.id, row.brand, row.gone)).join("");
  }
  for (const page of await db.getAll("carried")) yield core.fileCarried(page.source, page.room, page.brand, page.month, page.data);
}

/** The posts as comma-separated values, part by part. */
export async function* exportCsv() {
  const [core, db] = await Promise.all([panel(), database()]);
  yield core.fileCsv([], true);
  for await (const rows of parts(db)) yield core.fileCsv(rows.flatMap(({ line }) => line ?? []), false);
}

/** Whole lines of a text that comes in parts, many at a time. */
async function* wholeLines(texts) {
  let left = "";
  for await (const text of texts) {
    left += text;
    if (left.length < GATHERED) continue;
    const end = left.lastIndexOf("\n") + 1;
    if (end > 0) yield left.slice(0, end);
    left = left.slice(end);
  }
  if (left) yield left;
}

async function takeCarried(core, pages) {
  const db = await database();
  const transaction = db.transaction(["carried", "heads"], "readwrite");
  const store = transaction.objectStore("carried");
  const known = await Promise.all(pages.map((page) => store.get([page.room, page.brand, page.month, page.source])));
  await putCarried(core, transaction, pages.map((page, at) => (known[at] ? { ...page, data: core.later(known[at].data, page.data) } : page)));
  await transaction.done;
}

async function takePruned(keys) {
  const db = await database();
  const transaction = db.transaction("rows", "readwrite");
  for (const { room, id, brand, seen } of keys) {
    if (!(await transaction.store.getKey([room, id]))) transaction.store.put({ room, id, brand, gone: seen });
  }
  await transaction.done;
}

/**
 * Takes an export file in: `texts` are its parts, in order; `told` is called with the number of entries taken so far. What the
 * ledger has already merges with it, so importing twice changes nothing. Gives the number of entries and what was refused.
 *
 * Throws when it is no export file, or one of a later version.
 */
export async function importLines(texts, told = () => undefined) {
  const core = await panel();
  const done = { entries: 0, refused: [] };
  let before = 0;
  for await (const text of wholeLines(texts)) {
    const { lines, carried, pruned, refused } = core.readFile(text, before === 0);
    for (let at = 0; at < lines.length; at += BATCH) {
      await write(lines.slice(at, at + BATCH));
      done.entries += Math.min(BATCH, lines.length - at);
      told(done.entries);
    }
    await takePruned(pruned);
    await takeCarried(core, carried);
    done.refused.push(...refused.map(([line, why]) => [before + line, why]));
    before += text.split("\n").length - 1;
  }
  if (before === 0) throw new Error("the file is empty");
  return done;
}
