// Owns the ledger's database: its stores, its versions, and the way to open it. Never reads or writes an entry.
import { openDB } from "../vendor/idb.js";
import { panel } from "../panel/module.js";

const NAME = "ledger";

/**
 * What each version adds to the one before, in order; a step that shipped is never changed.
 *
 * rows      { room, id, brand, seen, line }: an entry as `Entry::to_line` writes it; a pruned one is { room, id, brand, gone }
 * months    { room, brand, month, data }: the aggregates of those entries, as `Month::to_bytes` writes them
 * carried   { room, brand, month, source, data }: the aggregates of pruned entries, of this ledger or an imported one
 * heads     { room, brand, data }: what a list of brands needs of all pages of an account, live and carried, as `Heads::to_bytes`
 *           writes it; written with every page, in the same transaction
 * meta      { name, value }: salt, source, count, cap, headed (whether the heads of pages older than they are were made)
 */
const MIGRATIONS = [
  (db) => {
    const rows = db.createObjectStore("rows", { keyPath: ["room", "id"] });
    // Pruned entries have no `seen` and so stand in no index by it.
    rows.createIndex("seen", "seen");
    rows.createIndex("brand", ["room", "brand"]);
    db.createObjectStore("months", { keyPath: ["room", "brand", "month"] });
    db.createObjectStore("carried", { keyPath: ["room", "brand", "month", "source"] });
    db.createObjectStore("meta", { keyPath: "name" });
  },
  (db) => db.createObjectStore("heads", { keyPath: ["room", "brand"] }),
];

/** Pages read at once when heads are made. */
const PART = 2_000;

/**
 * Makes the heads of pages that were written before there were any, in one transaction: all of them or none. A change of version
 * cannot do it, since it does not wait for the module.
 */
async function makeHeads(db) {
  if (await db.get("meta", "headed")) return;
  const core = await panel();
  const transaction = db.transaction(["months", "carried", "heads", "meta"], "readwrite");
  // Another page may have been sooner.
  if (!(await transaction.objectStore("meta").get("headed"))) {
    for (const name of ["months", "carried"]) {
      for (let range = null; ; ) {
        const pages = await transaction.objectStore(name).getAll(range, PART);
        if (pages.length === 0) break;
        await turnHeads(core, transaction, pages);
        const { room, brand, month, source } = pages.at(-1);
        range = IDBKeyRange.lowerBound(source === undefined ? [room, brand, month] : [room, brand, month, source], true);
      }
    }
    setMeta(transaction, "headed", true);
  }
  await transaction.done;
}

/** Brings the heads up to date with pages that were written, or deleted (those have no `data`), in this transaction. */
export async function turnHeads(core, transaction, pages) {
  const store = transaction.objectStore("heads");
  const accounts = [...Map.groupBy(pages, ({ room, brand }) => `${room} ${brand}`).values()];
  const before = await Promise.all(accounts.map(([{ room, brand }]) => store.get([room, brand])));
  accounts.forEach((own, at) => {
    const [{ room, brand }] = own;
    const data = core.headsWith(before[at]?.data, own.map(({ source }) => source ?? ""), new Int32Array(own.map(({ month }) => month)), own.map((page) => page.data));
    if (data) store.put({ room, brand, data });
    else if (before[at]) store.delete([room, brand]);
  });
}

let opening;

/** The database, opened once; opened anew after the browser has closed it. */
export function database() {
  opening ??= openDB(NAME, MIGRATIONS.length, {
    upgrade(db, from, _to, transaction) {
      for (const migrate of MIGRATIONS.slice(from)) migrate(db, transaction);
    },
    // Another page wants a later version: this one must not stand in its way.
    blocking(_current, _wanted, { target }) {
      opening = undefined;
      target.close();
    },
    terminated() {
      opening = undefined;
    },
  }).then(async (db) => {
    await makeHeads(db);
    return db;
  }).catch((error) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** Everything of one account: months and carried pages of all sources. An array sorts after any number. */
export const ofAccount = (room, brand) => IDBKeyRange.bound([room, brand], [room, brand, []]);

const random = (bytes) => Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const FIRST = { salt: () => random(16), source: () => random(8), count: () => 0, cap: () => 1_000_000 };

/** A value of `meta`, made when it is first asked for: `salt`, `source`, `count`, `cap`. Runs in the transaction given. */
export async function meta(transaction, name) {
  const store = transaction.objectStore("meta");
  const known = await store.get(name);
  if (known) return known.value;
  const value = FIRST[name]();
  await store.put({ name, value });
  return value;
}

/** Writes a value of `meta`. */
export const setMeta = (transaction, name, value) => transaction.objectStore("meta").put({ name, value });
