// Owns lists of accounts as CSV files: read from most spreadsheets, written for any. Never stores anything.
import { parse } from "../vendor/csv.js";
import { HANDLE_MAX_CHARS, normalHandle, ROOMS } from "./settings.js";

/** Hosts of addresses that name an account by their path, and the network each belongs to. */
const HOSTS = {
  "x.com": "x", "twitter.com": "x", "linkedin.com": "linkedin", "facebook.com": "facebook", "instagram.com": "instagram",
  "threads.com": "threads", "threads.net": "threads", "bsky.app": "bluesky", "reddit.com": "reddit", "youtube.com": "youtube", "tiktok.com": "tiktok",
};
/** Other names of networks. */
const ALIASES = { ...HOSTS, twitter: "x", fb: "facebook", ig: "instagram", insta: "instagram", bsky: "bluesky", yt: "youtube" };
/** What columns may be called. */
const COLUMNS = { room: ["room", "network", "platform", "site"], handle: ["handle", "account", "username", "user", "profile"], list: ["list", "group", "set"] };
/** What may stand between fields; where a first line has as many of one as of another, the earlier one. */
const SEPARATORS = ["\t", ";", ","];

/** The lines of a CSV text (RFC 4180) as `{ line, fields }`, with the number of the line on which each begins, and whether its last one has no end. */
function records(text) {
  // One kind of line end, so that those within quotation marks are counted once.
  const lines = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const [first] = lines.split("\n", 1);
  const parts = (separator) => first.split(separator).length;
  const best = SEPARATORS.reduce((chosen, it) => (parts(it) > parts(chosen) ? it : chosen));
  const found = [];
  let line = 1;
  const take = (fields, { lines: last }) => {
    if (fields.some(Boolean)) found.push({ line, fields });
    line = last + 1;
  };
  try {
    // A first line of one field says nothing about what stands between several.
    parse(lines, { delimiter: parts(best) > 1 ? best : SEPARATORS, trim: true, relax_column_count: true, relax_quotes: true, on_record: take });
    return { found };
  } catch {
    // Quotation marks are all that is not relaxed; what follows one that does not end its field may be anything.
    return { found, open: line };
  }
}

const roomOf = (text) => {
  const name = text.toLowerCase();
  return ROOMS.includes(name) ? name : ALIASES[name];
};

/** The account that an address leads to; none when it is no such address. */
function ofAddress(text) {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { hostname, pathname } = new URL(text);
  const room = HOSTS[hostname.replace(/^(?:www|m|mobile|web|old)\./, "")];
  const parts = pathname.split("/").filter(Boolean);
  const length = { linkedin: 2, reddit: 2, bluesky: 2 }[room] ?? 1;
  const handle = room === "bluesky" ? parts[1] : parts.slice(0, length).join("/");
  return room && handle ? { room, handle: normalHandle(handle) } : undefined;
}

/** What a line says of an account: `{ room, handle }`, the room `*` where it names none, or `{ code, what }` where it is wrong. */
function accountOf(room, written, isAnyRoom) {
  const handle = normalHandle(written.replace(/^[@/]+/, ""));
  if (!handle) return { code: "empty", what: "" };
  if (/\s|:\/\//.test(handle) || handle.length > HANDLE_MAX_CHARS) return { code: "handle", what: written };
  if (room ? !roomOf(room) : !isAnyRoom) return { code: "room", what: room || written };
  return { room: room ? roomOf(room) : "*", handle };
}

/**
 * The accounts of a list, and what is wrong with it: `{ accounts: [{ list, room, handle }], errors: [{ line, code, what }] }`.
 *
 * With a first line of names the columns are `handle`, and where they are there `room` and `list`; without one they are handle
 * alone, or room and handle in either order. In every line the address of an account's page says both. A handle without a room
 * is meant in every room, `*`; unless `isAnyRoom`, it is wrong.
 */
export function readCsv(text, { isAnyRoom = false } = {}) {
  const { found, open } = records(text);
  const names = (found[0]?.fields ?? []).map((field) => Object.keys(COLUMNS).find((column) => COLUMNS[column].includes(field.toLowerCase())));
  const isNamed = names.includes("handle");
  const isHead = isNamed || (names.length > 1 && names[0] === "room");
  const errors = [];
  const accounts = new Map();
  for (const { line, fields } of found.slice(isHead ? 1 : 0)) {
    const of = (column) => (isNamed ? (fields[names.indexOf(column)] ?? "") : "");
    let [room, handle] = [of("room"), of("handle")];
    if (!isNamed && fields.length > 1) [room, handle] = roomOf(fields[0]) || !roomOf(fields[1]) ? fields : [fields[1], fields[0]];
    else if (!isNamed) [handle] = fields;
    const address = fields.map((field, at) => names[at] !== "list" && ofAddress(field)).find(Boolean);
    const { code, what, ...account } = address ?? accountOf(room, handle, isAnyRoom);
    const list = of("list");
    if (code) errors.push({ line, code, what });
    else accounts.set(`${list}\n${account.room}:${account.handle}`, { list, ...account });
  }
  if (open) errors.push({ line: open, code: "open", what: "" });
  return { accounts: [...accounts.values()], errors };
}

const quoted = (field) => (/[",;\t\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** Accounts as a file that `readCsv` reads again, with their list where `list` names it; a mark at its head tells spreadsheets its letters. */
export function toCsv(accounts, list) {
  const more = list === undefined ? [] : [list];
  const head = ["network", "account", ...(list === undefined ? [] : ["list"])];
  const rows = accounts.map(({ room, handle }) => [room === "*" ? "" : room, handle, ...more]);
  return `\ufeff${[head, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("")}`;
}
