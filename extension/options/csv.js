// Owns the user's list as a CSV file: written for any spreadsheet, read from most. Never stores anything.
import { Refused, ROOMS, normalHandle } from "../ui/settings.js";

/** Hosts of addresses that name an account by their path, and the network each belongs to. */
const NETWORKS = {
  "x.com": "x", "twitter.com": "x", "linkedin.com": "linkedin", "facebook.com": "facebook", "instagram.com": "instagram",
  "threads.com": "threads", "threads.net": "threads", "bsky.app": "bluesky", "reddit.com": "reddit", "youtube.com": "youtube", "tiktok.com": "tiktok",
};

/** The records of a CSV text: fields between commas, semicolons or tabs, whichever the first line has; quotes as RFC 4180. */
function records(text) {
  const [head] = text.split(/\r?\n/, 1);
  const separator = [",", ";", "\t"].reduce((best, it) => (head.split(it).length > head.split(best).length ? it : best));
  const rows = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    const row = rows.at(-1);
    if (isQuoted && sign === '"' && text[at + 1] === '"') row[row.length - 1] += text[++at];
    else if (sign === '"' && (isQuoted || row.at(-1) === "")) isQuoted = !isQuoted;
    else if (!isQuoted && sign === separator) row.push("");
    else if (!isQuoted && sign === "\n") rows.push([""]);
    else if (isQuoted || sign !== "\r") row[row.length - 1] += sign;
  }
  return rows.map((row) => row.map((field) => field.trim()));
}

/** The account that an address leads to; none when it is no such address. */
function ofAddress(text) {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const { hostname, pathname } = new URL(text);
  const room = NETWORKS[hostname.replace(/^(?:www|m|mobile|web|old)\./, "")];
  const parts = pathname.split("/").filter(Boolean);
  const length = { linkedin: 2, reddit: 2, bluesky: 2 }[room] ?? 1;
  const handle = room === "bluesky" ? parts[1] : parts.slice(0, length).join("/");
  return room && handle ? { room, handle: normalHandle(handle) } : undefined;
}

const HEADER = ["network", "account"];

/** The list as a file: network, account; with a mark at its head by which spreadsheets know its letters. */
export const toCsv = (accounts) => `\ufeff${[HEADER, ...accounts.map(({ room, handle }) => [room, handle])].map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;

const quoted = (field) => (/[",;\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** Accounts of a file: lines of network and account, or of an address. Throws [`Refused`] with the number of the first bad line. */
export function fromCsv(text) {
  const found = [];
  records(text.replace(/^\ufeff/, "")).forEach((row, at) => {
    const [first = "", second = ""] = row;
    if (!row.some(Boolean) || (at === 0 && HEADER[0] === first.toLowerCase())) return;
    const address = row.map(ofAddress).find(Boolean);
    const room = Object.keys(NETWORKS).find((host) => host === first.toLowerCase()) ? NETWORKS[first.toLowerCase()] : first.toLowerCase().replace(/^twitter$/, "x");
    const handle = normalHandle(second);
    if (address) found.push(address);
    else if (!ROOMS.includes(room)) throw new Refused("refused_line_room", String(at + 1), first.slice(0, 40));
    else if (!handle || /\s/.test(handle)) throw new Refused("refused_line_account", String(at + 1), second.slice(0, 40));
    else found.push({ room, handle });
  });
  if (found.length === 0) throw new Refused("refused_empty");
  return found;
}
