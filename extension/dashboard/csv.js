// Owns how a list of handles is read from a file, line by line. Never stores it.

/** Networks that a list may name. */
export const ROOMS = ["x", "linkedin", "facebook", "instagram", "threads", "bluesky", "mastodon", "reddit", "youtube", "tiktok"];

/** Other names of the same. */
const ALIASES = { twitter: "x", "x.com": "x", fb: "facebook", ig: "instagram", insta: "instagram", bsky: "bluesky", yt: "youtube" };
/** What columns may be called. */
const COLUMNS = { room: ["room", "network", "platform", "site"], handle: ["handle", "account", "username", "user", "profile"], list: ["list", "group", "set"] };
/** No network has longer ones (LinkedIn: 100). */
const HANDLE_MAX_CHARS = 120;

/** The fields of each line of a comma-, semicolon- or tab-separated text (RFC 4180), with the number of the line on which it begins. */
function records(text) {
  const [first = ""] = text.split(/\r?\n/, 1);
  const separator = ["\t", ";", ","].find((sign) => first.includes(sign)) ?? ",";
  const found = [];
  let [fields, field, isQuoted, line, begun] = [[], "", false, 1, 1];
  const end = () => {
    found.push({ line: begun, fields: [...fields, field].map((it) => it.trim()) });
    [fields, field] = [[], ""];
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (isQuoted) {
      if (sign === '"' && text[at + 1] === '"') { field += '"'; at++; }
      else if (sign === '"') isQuoted = false;
      else field += sign;
    } else if (sign === '"' && field.trim() === "") { isQuoted = true; field = ""; }
    else if (sign === separator) { fields.push(field); field = ""; }
    else if (sign === "\n") { end(); begun = line + 1; }
    else if (sign !== "\r") field += sign;
    if (sign === "\n") line++;
  }
  if (field !== "" || fields.length > 0) end();
  return { found: found.filter(({ fields: it }) => it.some(Boolean)), isOpen: isQuoted };
}

const roomOf = (text) => {
  const name = text.toLowerCase();
  return ROOMS.includes(name) ? name : ALIASES[name];
};

/**
 * The accounts of a list, and what is wrong with it: `{ accounts: [{ list, key }], errors: [{ line, code, what }] }`.
 *
 * With a first line of names the columns are `handle`, and where they are there `room` and `list`; without one they are handle
 * alone, or room and handle in either order. A handle without a room is meant in every room.
 */
export function readCsv(text) {
  const { found, isOpen } = records(text.replace(/^\ufeff/, ""));
  const errors = [];
  const accounts = new Map();
  // What follows a quotation mark that is never closed may be anything.
  if (isOpen) errors.push({ line: found.pop()?.line ?? 1, code: "open", what: "" });
  const names = found[0]?.fields.map((field) => Object.keys(COLUMNS).find((column) => COLUMNS[column].includes(field.toLowerCase())));
  const isNamed = names?.includes("handle") ?? false;
  for (const { line, fields } of found.slice(isNamed ? 1 : 0)) {
    const of = (column) => (isNamed ? (fields[names.indexOf(column)] ?? "") : "");
    let [room, handle] = [of("room"), of("handle")];
    if (!isNamed && fields.length > 1) [room, handle] = roomOf(fields[0]) || !roomOf(fields[1]) ? fields : [fields[1], fields[0]];
    else if (!isNamed) [handle] = fields;
    const key = handle.replace(/^[@/]+|\/+$/g, "").toLowerCase();
    const wrong = !key ? ["empty", ""] : /\s/.test(key) || key.length > HANDLE_MAX_CHARS ? ["handle", handle] : room && !roomOf(room) ? ["room", room] : null;
    if (wrong) errors.push({ line, code: wrong[0], what: wrong[1] });
    else {
      const account = { list: of("list"), key: `${room ? roomOf(room) : "*"}:${key}` };
      accounts.set(`${account.list}\n${account.key}`, account);
    }
  }
  return { accounts: [...accounts.values()], errors };
}
