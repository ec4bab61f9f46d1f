// Owns what is done with the ledger's database: write, count, prune, delete. Never talks to a page, decides nothing about a post.
import { panel } from "../panel/module.js";
import { database, meta, ofAccount, setMeta, turnHeads } from "./database.js";

const ALL = ["rows", "months", "carried", "heads", "meta"];
/** Entries pruned in one transaction. */
const PRUNED_AT_ONCE = 500;
/** When the browser's storage is full, so large a part of the entries goes, the oldest first. */
const FULL_PART = 0.1;

/** Writes the pages that changes touch, and their heads. */
async function turn(core, store, changes, source) {
  const pages = changes.pages();
  const keyOf = ([room, brand, month]) => (source === undefined ? [room, brand, month] : [room, brand, month, source]);
  const before = await Promise.all(pages.map((page) => store.get(keyOf(page))));
  const after = pages.map(([room, brand, month], at) => {
    const data = changes.apply(room, brand, month, before[at]?.data);
    const page = { room, brand, month, ...(source === undefined ? {} : { source }), ...(data && { data }) };
    if (data) store.put(page);
    else if (before[at]) store.delete(keyOf([room, brand, month]));
    return page;
  });
  await turnHeads(core, store.transaction, after);
}

/** Puts carried pages as they are given, with their heads. */
export async function putCarried(core, transaction, pages) {
  for (const page of pages) transaction.objectStore("carried").put(page);
  await turnHeads(core, transaction, pages);
}

/** Posts with a stance and conversation among them, of one account: live and carried. */
async function tallyOf(core, transaction, room, brand) {
  const range = ofAccount(room, brand);
  const pages = await Promise.all(["months", "carried"].map((name) => transaction.objectStore(name).getAll(range)));
  return core.tally(pages.flat().map(({ data }) => data));
}

/** Runs work in one transaction over everything: all of it happens, or nothing. */
async function atOnce(work) {
  const db = await database();
  const transaction = db.transaction(ALL, "readwrite");
  try {
    const result = await work(transaction);
    await transaction.done;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has ended by itself.
    }
    await transaction.done.catch(() => undefined);
    throw transaction.error ?? error;
  }
}

async function writeOnce(core, lines, brands) {
  return atOnce(async (transaction) => {
    const rows = transaction.objectStore("rows");
    const batch = new core.Batch(lines);
    const { refused } = batch;
    const keys = batch.keys();
    const known = await Promise.all(keys.map((key) => rows.get(key)));
    const changes = batch.settle(known.map((row) => (row === undefined ? undefined : (row.line ?? null))));
    for (const row of changes.rows()) rows.put(row);
    await turn(core, transaction.objectStore("months"), changes);
    changes.free();
    const fresh = known.filter((row) => row === undefined).length;
    const count = (await meta(transaction, "count")) + fresh;
    if (fresh > 0) setMeta(transaction, "count", count);
    const tallies = await Promise.all(brands.map(([room, brand]) => tallyOf(core, transaction, room, brand)));
    // What this page itself has seen is not what the ledger knew before it.
    const records = brands.map(([room, brand, posts, conversation], at) => {
      const earlier = Math.max(0, tallies[at][1] - conversation);
      const others = Math.max(0, tallies[at][0] - tallies[at][1] - (posts - conversation));
      return [room, brand, earlier + others, earlier];
    });
    const [salt, cap] = [await meta(transaction, "salt"), await meta(transaction, "cap")];
    return { records, salt, refused, surplus: Math.max(0, count - cap) };
  });
}

const isFull = (error) => error?.name === "QuotaExceededError";

/**
 * Writes lines and the aggregates they change, in one transaction. `brands` are `[room, brand, posts, conversation]` of what the
 * sender itself has seen; their records without that come back.
 *
 * When the storage is full, the oldest entries are pruned and it is tried once more; then it fails.
 */
export async function write(lines, brands = []) {
  const core = await panel();
  let answer;
  try {
    answer = await writeOnce(core, lines, brands);
  } catch (error) {
    if (!isFull(error)) throw error;
    const { live } = await state();
    await prune(Math.ceil(live * FULL_PART));
    answer = { ...(await writeOnce(core, lines, brands)), isPruned: true };
  }
  if (answer.surplus > 0) {
    await prune(answer.surplus);
    answer.isPruned = true;
  }
  return answer;
}

/** Writes corrections into the entries that there are: `[room, id, intent]`, of which null takes an earlier one back. */
export async function correct(changes, now) {
  const [core, db] = await Promise.all([panel(), database()]);
  const rows = await Promise.all(changes.map(([room, id]) => db.get("rows", [room, id])));
  const lines = rows.flatMap((row, at) => (row?.line ? core.corrected(row.line, now, changes[at][2] ?? undefined) : []));
  if (lines.length > 0) await write(lines);
}

/** Takes out so many of the entries seen longest ago; what they added stays, as carried pages. */
export async function prune(number) {
  const core = await panel();
  for (let left = number; left > 0; left -= PRUNED_AT_ONCE) {
    const done = await atOnce(async (transaction) => {
      const rows = transaction.objectStore("rows");
      const oldest = await rows.index("seen").getAll(null, Math.min(left, PRUNED_AT_ONCE));
      const lines = oldest.map(({ line }) => line);
      const [live, carried] = [core.Changes.removing(lines), core.Changes.adding(lines)];
      await turn(core, transaction.objectStore("months"), live);
      await turn(core, transaction.objectStore("carried"), carried, await meta(transaction, "source"));
      for (const { room, id, brand, seen } of oldest) rows.put({ room, id, brand, gone: seen });
      setMeta(transaction, "count", Math.max(0, (await meta(transaction, "count")) - oldest.length));
      return oldest.length;
    });
    if (done === 0) break;
  }
}

/** Posts seen since then by badge: conversation, broadcast, advert, unsure; null when none was seen. */
export async function kindsSince(since) {
  const [core, db] = await Promise.all([panel(), database()]);
  const rows = await db.getAllFromIndex("rows", "seen", IDBKeyRange.lowerBound(since));
  return rows.length > 0 ? [...core.kinds(rows.map(({ line }) => line))] : null;
}

/** Whose each of these posts, `[room, id]`, is; null where that is not known. */
export async function brandsOf(posts) {
  const db = await database();
  const rows = await Promise.all(posts.map((key) => db.get("rows", key)));
  return rows.map((row) => row?.brand ?? null);
}

/** How much is stored, and how much may be. */
export async function state() {
  const db = await database();
  const [live, all, cap] = await Promise.all([db.countFromIndex("rows", "seen"), db.count("rows"), db.get("meta", "cap")]);
  const { usage = null, quota = null } = (await navigator.storage?.estimate?.()) ?? {};
  const isKept = (await navigator.storage?.persisted?.()) ?? false;
  return { live, pruned: all - live, cap: cap?.value ?? null, usage, quota, isKept };
}

/** At most so many entries from now on. */
export async function setCap(cap) {
  const surplus = await atOnce(async (transaction) => {
    await setMeta(transaction, "cap", cap);
    return (await meta(transaction, "count")) - cap;
  });
  if (surplus > 0) await prune(surplus);
}

/** The heads of all pages of the aggregates, live and carried: what the dashboard lists and filters; see [`fill`]. */
export async function book() {
  const [core, heads] = await Promise.all([panel(), database().then((db) => db.getAll("heads"))]);
  const made = new core.Book();
  for (const { room, brand, data } of heads) made.addHeads(room, brand, data);
  return made;
}

/** Reads the pages of these accounts, `{ room, brand }`, into a book: before their numbers are asked for. */
export async function fill(made, accounts) {
  if (accounts.length === 0) return;
  const transaction = (await database()).transaction(["months", "carried"]);
  const stores = ["months", "carried"].map((name) => transaction.objectStore(name));
  const of = ({ room, brand }) => Promise.all(stores.map((store) => store.getAll(ofAccount(room, brand))));
  const found = await Promise.all(accounts.map(of));
  accounts.forEach(({ room, brand }, at) => made.fill(room, brand, found[at].flat().map(({ data }) => data)));
}

// -- Deleting -----------------------------------------------------------------------------------------------------------

/** Takes entries out with all that they added; their lines, so that it can be undone by writing them. */
async function remove(core, transaction, gone) {
  const rows = transaction.objectStore("rows");
  const lines = gone.flatMap(({ line }) => line ?? []);
  await turn(core, transaction.objectStore("months"), core.Changes.removing(lines));
  for (const { room, id } of gone) rows.delete([room, id]);
  setMeta(transaction, "count", Math.max(0, (await meta(transaction, "count")) - lines.length));
  return lines;
}

/** Deletes all of one account; gives the lines that `write` takes to undo it (what was pruned before is gone for good). */
export async function removeAccount(room, brand) {
  const core = await panel();
  return atOnce(async (transaction) => {
    const gone = await transaction.objectStore("rows").index("brand").getAll([room, brand]);
    const lines = await remove(core, transaction, gone);
    for (const name of ["months", "carried"]) transaction.objectStore(name).delete(ofAccount(room, brand));
    transaction.objectStore("heads").delete([room, brand]);
    return lines;
  });
}

/** Deletes what was written on the days from one to another, counted from 1970 in UTC; gives the lines as above. */
export async function removeDays(from, to) {
  const core = await panel();
  return atOnce(async (transaction) => {
    const gone = [];
    for (let cursor = await transaction.objectStore("rows").openCursor(); cursor; cursor = await cursor.continue()) {
      if (cursor.value.line && core.isWithin(cursor.value.line, from, to)) gone.push(cursor.value);
    }
    const lines = await remove(core, transaction, gone);
    const carried = transaction.objectStore("carried");
    const after = [];
    for (let cursor = await carried.openCursor(); cursor; cursor = await cursor.continue()) {
      const page = { ...cursor.value, data: core.without(cursor.value.data, from, to) };
      if (page.data) await cursor.update(page);
      else await cursor.delete();
      after.push(page);
    }
    await turnHeads(core, transaction, after);
    return lines;
  });
}

/** Deletes everything, the salt included: people hashed from now on are new ones. */
export async function wipe() {
  await atOnce(async (transaction) => {
    for (const name of ALL) transaction.objectStore(name).clear();
    setMeta(transaction, "headed", true);
  });
}
