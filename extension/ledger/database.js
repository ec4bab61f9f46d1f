// Owns the ledger's database: its stores, its versions, and the way to open it. Never reads or writes an entry.
import { openDB } from "../vendor/idb.js";

const NAME = "ledger";

/**
 * What each version adds to the one before, in order; a step that shipped is never changed.
 *
 * rows      { room, id, brand, seen, line }: an entry as `Entry::to_line` writes it; a pruned one is { room, id, brand, gone }
 * months    { room, brand, month, data }: the aggregates of those entries, as `Month::to_bytes` writes them
 * carried   { room, brand, month, source, data }: the aggregates of pruned entries, of this ledger or an imported one
 * meta      { name, value }: salt, source, count, cap
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
];

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
