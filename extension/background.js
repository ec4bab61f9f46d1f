// Owns what a content script may not do itself: bring the twin, show the toolbar's number, hand on keyboard commands,
// start in pages that were open before; the ledger is served by its own part. Never reads a page, makes no request.
import "./ledger/serve.js";

const api = globalThis.browser ?? globalThis.chrome;

/** The toolbar's number: quiet grey, readable on light and dark toolbars. */
const NUMBER_BACKGROUND = "#5b6470";
const NUMBER_TEXT = "#ffffff";
/** A toolbar number has room for about four characters. */
const LARGEST_NUMBER = 999;

const quietly = (promise) => Promise.resolve(promise).catch(() => undefined);

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

// -- Pages that were open before, and permission ------------------------------------------------------------------------

function origins() {
  return api.runtime.getManifest().host_permissions ?? [];
}

/** A mark on the toolbar where the browser (Firefox may) has not granted the sites; no page is opened. */
async function markPermission() {
  const isGranted = await api.permissions.contains({ origins: origins() });
  await api.action.setBadgeText({ text: isGranted ? "" : "!" });
  const name = api.i18n.getMessage("name");
  await api.action.setTitle({ title: isGranted ? name : `${name} – ${api.i18n.getMessage("popup_permission_needed")}` });
}

async function startInOpenTabs() {
  for (const { matches, js } of api.runtime.getManifest().content_scripts ?? []) {
    const tabs = (await quietly(api.tabs.query({ url: matches }))) ?? [];
    for (const { id: tabId, discarded } of tabs) {
      if (tabId !== undefined && !discarded) await quietly(api.scripting.executeScript({ target: { tabId }, files: js }));
    }
  }
}

api.runtime.onInstalled.addListener(() => {
  quietly(markPermission());
  quietly(startInOpenTabs());
});
api.runtime.onStartup?.addListener(() => quietly(markPermission()));
api.permissions.onAdded.addListener(() => {
  quietly(markPermission());
  quietly(startInOpenTabs());
});
api.permissions.onRemoved.addListener(() => quietly(markPermission()));
