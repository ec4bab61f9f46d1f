// Owns the user's choices as they are stored: what they may hold, and the one way by which the extension's pages change them.
// Never shows anything. The module's own reading of them is `settings_from_js` in `src/boundary/wire.rs`; a test holds both together.

const api = globalThis.browser ?? globalThis.chrome;

export const MODES = ["off", "dim", "fold", "hide"];
export const WHOSE = ["brands", "listed", "everyone"];
export const KINDS = ["advert", "event", "solicit", "bait", "broadcast"];
export const NETWORKS = ["x", "linkedin", "facebook", "instagram", "threads", "bluesky", "mastodon", "reddit", "youtube", "tiktok"];
/** Where an account may be: on a network, or on any other site. */
export const ROOMS = [...NETWORKS, "generic"];
export const INTENTS = ["care", "reply", "ask", "community", "share", "product", "offer", "event", "solicit", "bait", "news", "other"];

/** Longest handle or id that is stored, in characters; LinkedIn's longest are about 150. */
const TEXT_MAX_CHARS = 300;
export const HANDLE_MAX_CHARS = TEXT_MAX_CHARS;
/** A lesson of a correction: at most 24 features of six hexadecimal digits each (`src/classify/personal.rs`). */
const LESSON = /^(?:[0-9a-f]{6}){0,24}$/;
/** Two accounts that are one brand's, or are not (`src/brand/identity.rs`). */
const SAME = new RegExp(`^(?:${ROOMS.join("|")}):[^=!]+[=!](?:${ROOMS.join("|")}):[^=!]+$`);

/** An input that is refused; nothing was stored. `key` and `values` are those of its message. */
export class Refused extends Error {
  constructor(key, ...values) {
    super(key);
    Object.assign(this, { key, values });
  }
}

// -- What may be stored ---------------------------------------------------------------------------------------------------

const oneOf = (values) => (value) => values.includes(value);
const isText = (value) => typeof value === "string" && value.trim() !== "" && value.length <= TEXT_MAX_CHARS;
const isFlag = (value) => typeof value === "boolean";
const isTime = (value) => Number.isSafeInteger(value) && value >= 0;

const KIND_MODE = { kind: oneOf(KINDS), mode: oneOf(MODES) };
const ACCOUNT = { room: oneOf(ROOMS), handle: isText };

/** An object names its fields, a list its members; the fields of a list's member must be there, but for those of `OPTIONAL`. */
const SETTINGS = {
  whose: oneOf(WHOSE),
  adverts: oneOf(MODES),
  kinds: [KIND_MODE],
  rules: [{ ...ACCOUNT, hide: [KIND_MODE] }],
  neverHide: [ACCOUNT],
  watched: [ACCOUNT],
  brands: [{ ...ACCOUNT, isBrand: isFlag }],
  corrections: [{ room: oneOf(ROOMS), id: isText, intent: oneOf(INTENTS), lesson: (value) => typeof value === "string" && LESSON.test(value) }],
  foldBroadcasters: isFlag,
  sameBrands: [(value) => typeof value === "string" && SAME.test(value)],
  keepExcerpts: isFlag,
  onlyVerySure: isFlag,
};
const OPTIONAL = ["lesson"];

/** Everything that the user chose, as a file of choices holds it. */
const CHOICES = { settings: SETTINGS, sites: isSites, toolbarCount: isFlag };

function isSites(value) {
  const isOne = (site) => Object.entries(site).every(([name, it]) => ({ off: isFlag, pausedUntil: isTime })[name]?.(it));
  return value !== null && typeof value === "object" && Object.values(value).every((site) => site && isOne(site));
}

function check(value, shape, path, mayLack) {
  if (typeof shape === "function") {
    if (!shape(value)) throw new Refused("refused_value", path, JSON.stringify(value)?.slice(0, 60) ?? "");
  } else if (Array.isArray(shape)) {
    if (!Array.isArray(value)) throw new Refused("refused_value", path, typeof value);
    value.forEach((member, at) => check(member, shape[0], `${path} ${at + 1}`, false));
  } else {
    if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Refused("refused_value", path, JSON.stringify(value) ?? "");
    for (const name of Object.keys(value)) if (!Object.hasOwn(shape, name)) throw new Refused("refused_unknown", [path, name].filter(Boolean).join(" "));
    for (const [name, part] of Object.entries(shape)) {
      if (Object.hasOwn(value, name)) check(value[name], part, [path, name].filter(Boolean).join(" "), true);
      else if (!mayLack && !OPTIONAL.includes(name)) throw new Refused("refused_value", [path, name].filter(Boolean).join(" "), "–");
    }
  }
}

/** Refuses settings that this version could not read. */
export const checkSettings = (settings) => check(settings, SETTINGS, "", true);

// -- Reading and changing -------------------------------------------------------------------------------------------------

const KEYS = ["settings", "sites", "toolbarCount"];

/** What is stored now. `isUnread`: the settings come from another version; the standard ones stand in for them. */
export async function read() {
  const { settings = {}, sites = {}, toolbarCount = true } = await api.storage.local.get(KEYS);
  try {
    checkSettings(settings);
    return { settings, sites, toolbarCount, isUnread: false };
  } catch {
    return { settings: {}, sites, toolbarCount, isUnread: true };
  }
}

/** Changes come one after the other, whichever page they are made on. */
const inTurn = (work) => navigator.locks.request("choices", work);

/**
 * Changes what is stored: `edit` gets a copy of `{settings, sites, toolbarCount}` and changes it. Gives a function that takes this
 * change back, and nothing that was changed since elsewhere.
 *
 * Throws [`Refused`], with nothing stored, when the outcome may not be stored. Settings that could not be read are set aside
 * before they are written over.
 */
export function change(edit) {
  return inTurn(async () => {
    const { isUnread, ...before } = await read();
    const after = structuredClone(before);
    edit(after);
    check(after, CHOICES, "", true);
    const parts = (choices) => ({ ...choices.settings, "/sites": choices.sites, "/toolbarCount": choices.toolbarCount });
    const [was, is] = [parts(before), parts(after)];
    const changed = Object.keys({ ...was, ...is }).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
    if (changed.length === 0) return undefined;
    const aside = isUnread ? { settingsUnread: (await api.storage.local.get("settings")).settings } : {};
    await api.storage.local.set({ ...after, ...aside });
    return () =>
      change((now) => {
        for (const name of changed) {
          const [part, field] = name.startsWith("/") ? [now, name.slice(1)] : [now.settings, name];
          if (was[name] === undefined) delete part[field];
          else part[field] = was[name];
        }
      });
  });
}

/** Has `tell` called after every change, by whomever. */
export function onChanged(tell) {
  api.storage.onChanged.addListener((changes, area) => {
    if (area === "local" && KEYS.some((key) => key in changes)) tell();
  });
}

// -- Accounts -------------------------------------------------------------------------------------------------------------

/** A handle as it is compared: without `@`, outer slashes and case (`normal_handle` in `src/brand/mod.rs`). */
export const normalHandle = (handle) => handle.trim().replace(/^@+/, "").replace(/^\/+|\/+$/g, "").toLowerCase();

const isAccount = (room, handle) => (other) => other.room === room && normalHandle(other.handle) === normalHandle(handle);

/** The list without the account, and with it at its end when `entry` is given. */
function replace(list = [], { room, handle }, entry) {
  const others = list.filter((other) => !isAccount(room, handle)(other));
  return entry ? [...others, entry] : others;
}

function account(room, handle) {
  if (!ROOMS.includes(room)) throw new Refused("refused_room", String(room));
  const normal = normalHandle(handle);
  if (!normal || /\s/.test(normal) || normal.length > TEXT_MAX_CHARS) throw new Refused("refused_handle", handle.trim());
  return { room, handle: normal };
}

/** What is done with one kind of a brand's posts; `mode` undefined takes the rule away. */
export function setRule({ settings }, room, handle, kind, mode) {
  const who = account(room, handle);
  const hide = settings.rules?.filter(isAccount(room, handle)).flatMap((rule) => rule.hide) ?? [];
  const next = [...hide.filter((row) => row.kind !== kind), ...(mode ? [{ kind, mode }] : [])];
  settings.rules = replace(settings.rules, who, next.length > 0 && { ...who, hide: next });
  if (mode && mode !== "off") settings.neverHide = replace(settings.neverHide, who);
}

/** What is done with one kind of everybody's posts. */
export function setKind({ settings }, kind, mode) {
  if (kind === "advert") settings.adverts = mode;
  else settings.kinds = [...(settings.kinds ?? []).filter((row) => row.kind !== kind), ...(mode === "off" ? [] : [{ kind, mode }])];
}

/** Never hides this brand, or may again. */
export function setNeverHide({ settings }, room, handle, isNever) {
  const who = account(room, handle);
  settings.neverHide = replace(settings.neverHide, who, isNever && who);
}

/** The user's own list: watched brands, and authors of whom the user said that they are one. */
export function listed({ watched = [], brands = [] }) {
  const said = brands.filter(({ isBrand, ...who }) => isBrand && !watched.some(isAccount(who.room, who.handle)));
  return [...watched, ...said.map(({ room, handle }) => ({ room, handle }))];
}

/** Puts a brand on the user's list, or takes it off. */
export function setListed({ settings }, room, handle, isListed) {
  const who = account(room, handle);
  settings.watched = replace(settings.watched, who, isListed && who);
  settings.brands = (settings.brands ?? []).filter((row) => !isAccount(room, handle)(row));
}

/** The user's word that an author is a brand or is none; undefined takes it back. */
export function setBrand({ settings }, room, handle, isBrand) {
  const who = account(room, handle);
  settings.brands = replace(settings.brands, who, isBrand !== undefined && { ...who, isBrand });
}

/** Takes one correction back. */
export function uncorrect({ settings }, room, id) {
  settings.corrections = (settings.corrections ?? []).filter((row) => row.room !== room || row.id !== id);
}

// -- Files ----------------------------------------------------------------------------------------------------------------

const FILE = "kibitz choices";
const FILE_VERSION = 1;

/** A file of everything chosen. */
export async function exported() {
  const { isUnread: _, ...choices } = await read();
  return `${JSON.stringify({ file: FILE, version: FILE_VERSION, ...choices }, null, 2)}\n`;
}

/** Puts what a file holds in the place of everything chosen. */
export function imported(text) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Refused("refused_file");
  }
  if (found?.file !== FILE) throw new Refused("refused_file");
  const { file: _, version, ...choices } = found;
  if (version !== FILE_VERSION) throw new Refused("refused_version", String(version));
  return (now) => {
    Object.assign(now, { settings: {}, sites: {}, toolbarCount: true }, choices);
  };
}

/** The standard choices. */
export const standard = (now) => Object.assign(now, { settings: {}, sites: {}, toolbarCount: true });
