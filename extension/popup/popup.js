// Owns the popup: shows what the page's Kibitz reports and stores what the user chooses. Never reads a page, makes no request.
"use strict";

const api = globalThis.browser ?? globalThis.chrome;

const QUARTER_HOUR_MS = 15 * 60 * 1000;
const KINDS = ["conversation", "broadcast", "advert", "unsure"];

const word = (key, ...substitutions) => api.i18n.getMessage(key, substitutions.map(String)) || key;
const byId = (id) => document.getElementById(id);
const quietly = (promise) => Promise.resolve(promise).catch(() => undefined);

/** A message whose key ends in the plural category of `count` (`_one`, `_other` …). */
function plural(key, count, ...rest) {
  const category = new Intl.PluralRules(api.i18n.getUILanguage()).select(count);
  const text = api.i18n.getMessage(`${key}_${category}`, [String(count), ...rest]);
  return text || word(`${key}_other`, count, ...rest);
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") made.addEventListener("click", value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// -- What there is to show ----------------------------------------------------------------------------------------------

let tab;
/** The page's answer; undefined when nothing answers there. */
let page;

async function ask(message) {
  const answer = tab?.id === undefined ? undefined : await quietly(api.tabs.sendMessage(tab.id, message));
  if (answer?.site) page = answer;
  return answer;
}

const manifest = api.runtime.getManifest();

/** `https://*.example.com/*` → `example.com`. */
const hostOf = (origin) => origin.replace(/^[^/]*\/\/(?:\*\.)?/, "").replace(/\/.*$/, "");

async function missingOrigins() {
  const all = manifest.host_permissions ?? [];
  const granted = await Promise.all(all.map((origin) => api.permissions.contains({ origins: [origin] })));
  return all.filter((_, at) => !granted[at]);
}

function isOwnSite(url) {
  if (!url || !URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return (manifest.host_permissions ?? []).some((origin) => hostname === hostOf(origin) || hostname.endsWith(`.${hostOf(origin)}`));
}

// -- This site ----------------------------------------------------------------------------------------------------------

async function storeSite(change) {
  const { sites = {} } = await api.storage.local.get("sites");
  const own = { ...sites[page.site], ...change };
  for (const [key, value] of Object.entries(own)) if (value === undefined) delete own[key];
  await api.storage.local.set({ sites: { ...sites, [page.site]: own } });
  await refreshSoon();
}

function endOfToday() {
  return new Date().setHours(24, 0, 0, 0);
}

function siteState() {
  switch (page.state) {
    case "off":
      return word("popup_state_off");
    case "paused": {
      const until = new Date(page.pausedUntil);
      const isToday = until.getTime() < endOfToday();
      return isToday
        ? word("popup_state_paused_until", until.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }))
        : word("popup_state_paused_today");
    }
    case "failed":
      return word("popup_state_failed");
    case "noForm":
      return word("popup_state_no_form");
    case "starting":
      return word("popup_state_starting");
    default:
      return word("popup_state_on");
  }
}

function showSite() {
  byId("site").hidden = !page;
  byId("form").hidden = !page?.form || page.state !== "running";
  if (!page) return;
  byId("form").textContent = word(page.form === "wasm" ? "popup_form_wasm" : "popup_form_twin");
  byId("form").title = word(page.form === "wasm" ? "popup_form_wasm_help" : "popup_form_twin_help");
  byId("site-name").textContent = page.site;
  byId("site-state").textContent = siteState();
  byId("power").setAttribute("aria-checked", String(page.state !== "off"));
  byId("pause-short").hidden = byId("pause-today").hidden = page.state === "off" || page.state === "paused";
  byId("resume").hidden = page.state !== "paused";
}

// -- Nothing answers ----------------------------------------------------------------------------------------------------

async function showNotice() {
  const notice = byId("notice");
  const list = byId("notice-list");
  list.replaceChildren();
  notice.hidden = Boolean(page);
  if (page) return;

  const missing = await missingOrigins();
  if (missing.length > 0) {
    byId("notice-title").textContent = word("popup_permission_needed");
    byId("notice-text").textContent = word("popup_permission_text");
    // One line a site: the hosts of one network differ in their prefix only.
    const bySite = Map.groupBy(missing, (origin) => hostOf(origin).replace(/^(?:www|m|mobile|web)\./, ""));
    for (const [site, origins] of bySite) {
      const allow = element("button", { class: "primary", "aria-label": word("popup_allow_site", site) }, word("popup_allow"));
      allow.addEventListener("click", async () => {
        await quietly(api.permissions.request({ origins }));
        await refresh();
      });
      list.append(element("li", {}, element("span", { class: "who" }, site), allow));
    }
  } else if (isOwnSite(tab?.url)) {
    byId("notice-title").textContent = word("popup_not_started");
    byId("notice-text").textContent = word("popup_not_started_text");
    const start = element("button", { class: "primary" }, word("popup_start"));
    start.addEventListener("click", async () => {
      const { hostname } = new URL(tab.url);
      const entry = (manifest.content_scripts ?? []).find(({ matches }) =>
        matches.some((match) => hostname === hostOf(match) || hostname.endsWith(`.${hostOf(match)}`)),
      );
      if (entry) await quietly(api.scripting.executeScript({ target: { tabId: tab.id }, files: entry.js }));
      await refreshSoon();
    });
    list.append(element("li", {}, start));
  } else {
    byId("notice-title").textContent = word("popup_not_here");
    byId("notice-text").textContent = word("popup_not_here_text");
  }
}

// -- The page's report --------------------------------------------------------------------------------------------------

/** Fills four numbers; a dash, never a false zero, where nothing was judged or nothing could be read. */
function fillCounts(section, counts) {
  KINDS.forEach((kind, at) => {
    const count = counts?.[at];
    const cell = byId(section).querySelector(`.${kind} .count`);
    cell.textContent = typeof count === "number" ? count.toLocaleString() : "–";
    if (typeof count === "number") cell.removeAttribute("aria-label");
    else cell.setAttribute("aria-label", word("popup_unknown"));
  });
}

/** What the ledger was told of since midnight, on all sites. */
async function showToday() {
  const since = new Date().setHours(0, 0, 0, 0);
  const kinds = await quietly(api.runtime.sendMessage({ kind: "ledgerToday", since }));
  fillCounts("today", Array.isArray(kinds) ? kinds : null);
}

/** Asks Chromium not to throw the ledger away when the disk runs full. Firefox would ask the user, which waits for a click on the data page. */
async function keepStorage() {
  if (!globalThis.browser && !(await navigator.storage.persisted())) await navigator.storage.persist();
}

function showCounts(report) {
  byId("counts").hidden = page?.state !== "running";
  fillCounts("counts", report?.judged);
  const note = byId("counts-note");
  note.hidden = !report?.starved;
  note.textContent = report?.starved ? word("popup_starved") : "";
}

function showCandidates(report) {
  const candidates = report?.candidates ?? [];
  byId("candidates").hidden = candidates.length === 0;
  byId("candidates-title").textContent = plural("popup_candidates", candidates.length);
  const settle = async (handle, brand) => {
    await ask({ kind: "isBrand", handle, brand });
    await refreshSoon();
  };
  byId("candidates")
    .querySelector("ul")
    .replaceChildren(
      ...candidates.map(({ handle, name }) => {
        const shown = name || handle;
        const button = (key, brand) =>
          element("button", { "aria-label": word(`${key}_named`, shown), onclick: () => settle(handle, brand) }, word(key));
        return element(
          "li",
          {},
          element("span", { class: "who", dir: "auto" }, shown, element("small", {}, handle.startsWith("/") ? handle : `@${handle}`)),
          button("popup_is_brand", true),
          button("popup_is_person", false),
        );
      }),
    );
}

function reasonOf({ kind, mode, paid, rule }) {
  const what = word(paid ? "hidden_paid" : `hidden_${kind}`);
  return `${word(`hidden_mode_${mode}`)} · ${what}${rule === "everybody" ? "" : ` · ${word(`hidden_rule_${rule}`)}`}`;
}

function showHidden(report) {
  const hidden = report?.hidden ?? [];
  byId("hidden").hidden = hidden.length === 0;
  byId("hidden-title").textContent = plural("popup_hidden", hidden.length);
  byId("hidden")
    .querySelector("ul")
    .replaceChildren(
      ...hidden.map((post) => {
        const restore = element("button", { "aria-label": word("popup_restore_named", post.author) }, word("popup_restore"));
        restore.addEventListener("click", async () => {
          await ask({ kind: "restore", key: post.key });
          await refreshSoon();
        });
        return element("li", {}, element("span", { class: "who", dir: "auto" }, post.author, element("small", {}, reasonOf(post))), restore);
      }),
    );
}

function showHealth(report) {
  const line = byId("health");
  const health = page?.settingsError ? "health_settings" : report?.health;
  const isBad = Boolean(health) || page?.state === "failed" || page?.state === "noForm";
  line.classList.toggle("bad", isBad);
  if (!page) line.textContent = word("popup_local");
  else if (health) line.textContent = word(health, page.site, report?.containers ?? 0, report?.read ?? 0);
  else if (report && report.containers > 0) line.textContent = plural("popup_read", report.read, String(report.containers));
  else line.textContent = word("popup_local");
  byId("copy").hidden = !page;
}

/** What a maintainer needs to mend a selector: structure and numbers, not one word of a post, author or address. */
function structureReport() {
  const { report } = page;
  return JSON.stringify(
    {
      version: manifest.version,
      browser: navigator.userAgent,
      site: page.site,
      state: page.state,
      form: page.form,
      settingsError: page.settingsError,
      room: report?.room ?? null,
      surface: report?.surface ?? null,
      containers: report?.containers ?? null,
      read: report?.read ?? null,
      missing: report?.missing ?? null,
      reads: report?.reads ?? null,
      judged: report?.judged ?? null,
      hidden: report?.hiddenNow ?? null,
      health: report?.health ?? null,
    },
    null,
    2,
  );
}

// -- Choices ------------------------------------------------------------------------------------------------------------

async function storeSetting(change) {
  const { settings } = await api.storage.local.get("settings");
  await api.storage.local.set({ settings: { ...settings, ...change } });
  await refreshSoon();
}

async function showChoices() {
  const { settings = {}, toolbarCount = true } = await api.storage.local.get(["settings", "toolbarCount"]);
  const check = (name, value) => {
    const radio = document.querySelector(`input[name="${name}"][value="${value}"]`);
    if (radio) radio.checked = true;
  };
  check("mode", settings.adverts ?? "off");
  check("whose", settings.whose ?? "brands");
  byId("toolbar").checked = toolbarCount;
}

/** Corrections that were just forgotten, until the popup closes: so that one click too many costs nothing. */
let forgotten = [];

async function showCorrections() {
  const { settings = {} } = await api.storage.local.get("settings");
  const count = settings.corrections?.length ?? 0;
  byId("corrections").hidden = count === 0 && forgotten.length === 0;
  byId("corrections-title").textContent = count > 0 ? plural("popup_corrected", count) : word("popup_forgotten");
  byId("forget").hidden = count === 0;
  byId("unforget").hidden = count > 0;
}

/** Forgets what was corrected and with it all that was learned: verdicts are the model's own again. */
async function forgetCorrections() {
  const { settings = {} } = await api.storage.local.get("settings");
  forgotten = settings.corrections ?? [];
  await storeSetting({ corrections: [] });
  byId("unforget").focus();
}

async function restoreCorrections() {
  const corrections = forgotten;
  forgotten = [];
  await storeSetting({ corrections });
  byId("forget").focus();
}

function listen() {
  byId("forget").addEventListener("click", forgetCorrections);
  byId("unforget").addEventListener("click", restoreCorrections);
  byId("power").addEventListener("click", () => storeSite({ off: page.state === "off" ? undefined : true }));
  byId("pause-short").addEventListener("click", () => storeSite({ pausedUntil: Date.now() + QUARTER_HOUR_MS }));
  byId("pause-today").addEventListener("click", () => storeSite({ pausedUntil: endOfToday() }));
  byId("resume").addEventListener("click", () => storeSite({ pausedUntil: undefined }));
  byId("mode").addEventListener("change", ({ target }) => storeSetting({ adverts: target.value }));
  byId("whose").addEventListener("change", ({ target }) => storeSetting({ whose: target.value }));
  byId("toolbar").addEventListener("change", ({ target }) => api.storage.local.set({ toolbarCount: target.checked }));
  byId("show-all").addEventListener("click", async () => {
    await ask({ kind: "showAll" });
    await refreshSoon();
  });
  byId("copy").addEventListener("click", async () => {
    await quietly(navigator.clipboard.writeText(structureReport()));
    byId("copy").textContent = word("popup_copied");
  });
}

// -- Begin --------------------------------------------------------------------------------------------------------------

function translate() {
  document.documentElement.lang = api.i18n.getUILanguage();
  document.documentElement.dir = api.i18n.getMessage("@@bidi_dir") || "ltr";
  for (const node of document.querySelectorAll("[data-i18n]")) node.textContent = word(node.dataset.i18n);
  byId("options").setAttribute("aria-label", word("popup_options"));
}

async function refresh() {
  await ask({ kind: "report" });
  const report = page?.report ?? null;
  showSite();
  showCounts(report);
  showCandidates(report);
  showHidden(report);
  showHealth(report);
  await Promise.all([showNotice(), showChoices(), showCorrections()]);
}

/** The page follows a stored change within a task or two; one look after that is enough. */
async function refreshSoon() {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await refresh();
}

async function begin() {
  translate();
  listen();
  quietly(keepStorage());
  [tab] = await api.tabs.query({ active: true, currentWindow: true });
  await refresh();
}

begin();
