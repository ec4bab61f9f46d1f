// Owns what a content script may not do itself: bring the twin, show the toolbar's number, hand on keyboard commands,
// start in pages that were open before and on sites that the user adds; the ledger is served by its own part. Never reads a page.
import "./ledger/correct.js";
import "./ledger/serve.js";
import { added, hostOf, onChanged } from "./ui/hosts.js";
import { quietly } from "./ui/quietly.js";
import { ROOMS } from "./ui/settings.js";

const api = globalThis.browser ?? globalThis.chrome;

/** The toolbar's number: quiet grey, readable on light and dark toolbars. */
const NUMBER_BACKGROUND = "#5b6470";
const NUMBER_TEXT = "#ffffff";
/** A toolbar number has room for about four characters. */
const LARGEST_NUMBER = 999;

// -- Toolbar ----------------------------------------------------------------------------------------------------------

function showNumber(tabId, count) {
  const text = typeof count === "number" ? (count > LARGEST_NUMBER ? `${LARGEST_NUMBER}+` : String(count)) : "";
  quietly(api.action.setBadgeBackgroundColor({ tabId, color: NUMBER_BACKGROUND }));
  quietly(api.action.setBadgeTextColor?.({ tabId, color: NUMBER_TEXT }));
  quietly(api.action.setBadgeText({ tabId, text }));
}

api.runtime.onConnect.addListener((port) => {
  const tabId = port.sender?.tab?.id;
  if (port.name !== "toolbar" || tabId === undefined) return;
  port.onMessage.addListener((message) => showNumber(tabId, message?.count));
});

// -- The twin, for pages whose policy forbids WebAssembly ---------------------------------------------------------------

api.runtime.onMessage.addListener((message, sender, reply) => {
  if (message?.kind !== "twin" || sender.tab?.id === undefined) return false;
  const target = { tabId: sender.tab.id, frameIds: [sender.frameId ?? 0] };
  api.scripting.executeScript({ target, files: ["content/twin.js"], injectImmediately: true }).then(
    () => reply(true),
    () => reply(false),
  );
  return true;
});

// -- The card of a brand, from the badge's dialog ------------------------------------------------------------------------

api.runtime.onMessage.addListener(({ kind, room, brand } = {}, { tab }) => {
  if (kind !== "card" || !tab || !ROOMS.includes(room) || typeof brand !== "string") return false;
  // An extension's page is none of a private window: the browser finds it another.
  const beside = tab.incognito ? {} : { windowId: tab.windowId, index: tab.index + 1, openerTabId: tab.id };
  quietly(api.tabs.create({ url: api.runtime.getURL(`dashboard/dashboard.html#/brand/${room}/${encodeURIComponent(brand)}`), ...beside }));
  return false;
});

// -- Keyboard -----------------------------------------------------------------------------------------------------------

/** Fifteen minutes, as in the popup. */
const PAUSE_MS = 15 * 60 * 1000;

async function pauseOrResume(tabId) {
  const answer = await quietly(api.tabs.sendMessage(tabId, { kind: "state" }));
  if (!answer?.site) return;
  const { sites = {} } = await api.storage.local.get("sites");
  const own = { ...sites[answer.site] };
  if (answer.state === "paused") delete own.pausedUntil;
  else own.pausedUntil = Date.now() + PAUSE_MS;
  await api.storage.local.set({ sites: { ...sites, [answer.site]: own } });
}

const COMMANDS = {
  next_broadcast: (tabId) => quietly(api.tabs.sendMessage(tabId, { kind: "nextBroadcast" })),
  explain: (tabId) => quietly(api.tabs.sendMessage(tabId, { kind: "explain" })),
  show_all: (tabId) => quietly(api.tabs.sendMessage(tabId, { kind: "showAll" })),
  pause: (tabId) => quietly(pauseOrResume(tabId)),
};

api.commands?.onCommand.addListener(async (command, tab) => {
  const active = tab ?? (await api.tabs.query({ active: true, lastFocusedWindow: true }))[0];
  if (active?.id !== undefined) COMMANDS[command]?.(active.id);
});

// -- Pages that were open before, sites that were added, and permission ---------------------------------------------------

const manifest = api.runtime.getManifest();

/** A mark on the toolbar where the browser (Firefox may) has not granted the sites. */
async function markPermission() {
  const isGranted = await api.permissions.contains({ origins: manifest.host_permissions ?? [] });
  await api.action.setBadgeText({ text: isGranted ? "" : "!" });
  const name = api.i18n.getMessage("name");
  await api.action.setTitle({ title: isGranted ? name : `${name} – ${api.i18n.getMessage("popup_permission_needed")}` });
}

/**
 * The content script in the form for pages of which nothing is known: the loader fetches the twin where it must. Firefox tells the
 * manifest's files as whole addresses, and registers none by them.
 */
const ANYWHERE = (manifest.content_scripts?.[0]?.js ?? []).map((path) => new URL(path, api.runtime.getURL("")).pathname.slice(1));

/** Makes the registered content scripts those of the sites that the user added; they outlive the browser, but no update. */
async function registerAdded() {
  const wanted = (await added()).map((origin) => ({ id: hostOf(origin), matches: [origin], js: ANYWHERE, runAt: "document_start" }));
  const found = (await api.scripting.getRegisteredContentScripts()).map(({ id }) => id);
  const gone = found.filter((id) => !wanted.some((script) => script.id === id));
  if (gone.length > 0) await api.scripting.unregisterContentScripts({ ids: gone });
  for (const script of wanted) {
    // Two events may come at once, and both find it missing.
    if (!found.includes(script.id)) await quietly(api.scripting.registerContentScripts([script]));
  }
  return wanted;
}

/** A page that runs Kibitz already lets a second start pass. */
async function startInOpenTabs(scripts) {
  for (const { matches, js } of scripts) {
    const tabs = (await quietly(api.tabs.query({ url: matches }))) ?? [];
    for (const { id: tabId, discarded } of tabs) {
      if (tabId !== undefined && !discarded) await quietly(api.scripting.executeScript({ target: { tabId }, files: js }));
    }
  }
}

/** Makes everything agree with what is granted; with `origins`, what stands open on them begins. */
async function agree(origins) {
  await quietly(markPermission());
  const scripts = [...(manifest.content_scripts ?? []), ...((await quietly(registerAdded())) ?? [])];
  const isNew = (match) => !origins || origins.includes(match);
  await startInOpenTabs(scripts.map(({ matches, js }) => ({ matches: matches.filter(isNew), js })).filter(({ matches }) => matches.length > 0));
}

/** The page of four sentences, once in an installation's life. */
const WELCOME = "welcome/welcome.html";

api.runtime.onInstalled.addListener(({ reason }) => {
  quietly(agree());
  if (reason === "install") quietly(api.tabs.create({ url: api.runtime.getURL(WELCOME) }));
});
api.runtime.onStartup?.addListener(() => quietly(agree([])));
onChanged(async ({ origins = [] }) => {
  await quietly(agree(origins));
  // A content script lives on where its site was taken back, and is not begun twice where it was given again.
  const isAllowed = await api.permissions.contains({ origins });
  const message = { kind: "permission", hosts: origins.map(hostOf), isAllowed };
  for (const { id } of await api.tabs.query({})) quietly(api.tabs.sendMessage(id, message));
});
