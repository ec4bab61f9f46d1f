// Owns what can be taken back until the page is closed. Never deletes anything.
import { word } from "../ui/words.js";
import { database } from "../ledger/database.js";
import { exportLines, importLines } from "../ledger/files.js";
import { putCarried, removeAccount, removeDays, wipe, write } from "../ledger/store.js";
import { panel } from "../panel/module.js";
import { button, el, tell } from "./dom.js";

const kept = [];
let changed = async () => undefined;

/** Who is called when something was taken back. */
export const whenUndone = (work) => { changed = work; };

function draw() {
  const place = document.getElementById("undo");
  place.hidden = kept.length === 0;
  place.querySelector("ul").replaceChildren(
    ...kept.map((it) =>
      el("li", {}, el("span", {}, it.words), button(word("toast_undo"), async ({ target }) => {
        target.disabled = true;
        await it.back();
        kept.splice(kept.indexOf(it), 1);
        draw();
        tell(word("dash_undone"));
        await changed();
        document.getElementById("main").focus();
      }, { "aria-label": word("dash_undo_named", it.words) })),
    ),
  );
}

/** Lets this be taken back by `back` until the page is closed. */
export function keepUndo(words, back) {
  kept.push({ words, back });
  draw();
  tell(words);
}

/** Lines in one transaction. */
const BATCH = 8_000;

async function writeAll(lines) {
  for (let at = 0; at < lines.length; at += BATCH) await write(lines.slice(at, at + BATCH));
}

/** Puts stored values back as they were. */
async function putBack(store, values) {
  const db = await database();
  const transaction = db.transaction(store, "readwrite");
  for (const value of values) transaction.store.put(value);
  await transaction.done;
}

async function carryAgain(pages) {
  const [core, db] = await Promise.all([panel(), database()]);
  const transaction = db.transaction(["carried", "heads"], "readwrite");
  await putCarried(core, transaction, pages);
  await transaction.done;
}

/** What was pruned of these accounts: sums and keys. */
async function pruned(accounts) {
  const db = await database();
  const found = { carried: [], rows: [] };
  for (const { room, brand } of accounts) {
    found.carried.push(...(await db.getAll("carried", IDBKeyRange.bound([room, brand], [room, brand, []]))));
    found.rows.push(...(await db.getAllFromIndex("rows", "brand", IDBKeyRange.only([room, brand]))).filter(({ line }) => line === undefined));
  }
  return found;
}

/** Deletes a brand with all its accounts. */
export async function deleteBrand(name, accounts) {
  const gone = await pruned(accounts);
  const lines = [];
  for (const { room, brand } of accounts) lines.push(...(await removeAccount(room, brand)));
  keepUndo(word("dash_deleted_brand", name), async () => {
    await writeAll(lines);
    await carryAgain(gone.carried);
    await putBack("rows", gone.rows);
  });
}

/** Deletes what was written on these days, counted from 1970. */
export async function deleteDays(from, to, words) {
  const db = await database();
  const carried = await db.getAll("carried");
  const lines = await removeDays(from, to);
  keepUndo(words, async () => {
    await writeAll(lines);
    await carryAgain(carried);
  });
}

/** Deletes everything. What is needed to bring it back waits packed, so that a million rows weigh no more than a file. */
export async function deleteAll(told) {
  const db = await database();
  const meta = await db.getAll("meta");
  const packer = new CompressionStream("gzip");
  const packed = new Response(packer.readable).blob();
  const pen = packer.writable.getWriter();
  const encoder = new TextEncoder();
  for await (const part of exportLines()) {
    await pen.write(encoder.encode(part));
    await told(0, 0);
  }
  await pen.close();
  const file = await packed;
  await wipe();
  keepUndo(word("dash_deleted_all"), async () => {
    // The machine's own key and name first, so that people and sums stay who they were; the count is counted anew.
    await putBack("meta", meta.filter(({ name }) => name !== "count"));
    const texts = file.stream().pipeThrough(new DecompressionStream("gzip")).pipeThrough(new TextDecoderStream());
    await importLines(parts(texts));
  });
}

/** A stream as what can be looped over, in browsers of any age. */
export async function* parts(stream) {
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
