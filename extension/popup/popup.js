// Owns the popup: shows what the page's Kibitz reports and stores what the user chooses. Never reads a page, makes no request.
import { showMissing } from "../ui/allow.js";
import { byId, element } from "../ui/element.js";
import * as hosts from "../ui/hosts.js";
import { quietly } from "../ui/quietly.js";
import * as choices from "../ui/settings.js";
import { language, number, plural, word } from "../ui/words.js";

const api = globalThis.browser ?? globalThis.chrome;

const QUARTER_HOUR_MS = 15 * 60 * 1000;
const KINDS = ["conversation", "broadcast", "advert", "unsure"];

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

// -- This site ----------------------------------------------------------------------------------------------------------

/** Changes what is stored; the page follows. Nothing that the popup offers can be refused. */
async function store(edit) {
  await choices.change(edit);
  await refreshSoon();
}

const storeSite = (change) =>
  store(({ sites }) => {
    const own = { ...sites[page.site], ...change };
    for (const [key, value] of Object.entries(own)) if (value === undefined) delete own[key];
    sites[page.site] = own;
  });

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
        ? word("popup_state_paused_until", until.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" }))
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

/** The front page's host, where it is a site of the web; undefined anywhere else. */
function frontHost() {
  const address = tab?.url && URL.canParse(tab.url) ? new URL(tab.url) : undefined;
  return address?.protocol === "https:" ? address.hostname : undefined;
}

/** A button that stands alone in the notice. */
function offer(text, onclick, name = text) {
  byId("notice-list").replaceChildren(element("li", {}, element("button", { class: "primary", "aria-label": name, onclick }, text)));
}

function say(key, ...values) {
  byId("notice-title").textContent = word(key, values);
  byId("notice-text").textContent = word(`${key}_text`, values);
}

async function showNotice() {
  byId("notice").hidden = Boolean(page);
  byId("notice-list").replaceChildren();
  if (page) return;
  const host = frontHost();
  const added = await hosts.added();
  if ((await showMissing(byId("notice-list"))) > 0) {
    byId("notice-title").textContent = word("popup_permission_needed");
    byId("notice-text").textContent = word("popup_permission_text");
  } else if (host && (hosts.isServed(host) || added.includes(`https://${host}/*`))) {
    say("popup_not_started");
    offer(word("popup_start"), async () => {
      const scripts = api.runtime.getManifest().content_scripts ?? [];
      const entry = scripts.find(({ matches }) => matches.some((match) => hosts.hostOf(match) === host)) ?? scripts[0];
      await quietly(api.scripting.executeScript({ target: { tabId: tab.id }, files: entry.js }));
      await refreshSoon();
    });
  } else if (host?.includes(".")) {
    say("popup_elsewhere", host);
    // The request must be made in the press itself; the background then starts in this tab.
    offer(word("popup_allow_site", host), () => quietly(api.permissions.request({ origins: [`https://${host}/*`] })));
  } else {
    say("popup_not_here");
  }
}

// -- The page's report --------------------------------------------------------------------------------------------------

/** Fills four numbers; a dash, never a false zero, where nothing was judged or nothing could be read. */
function fillCounts(section, counts) {
  KINDS.forEach((kind, at) => {
    const count = counts?.[at];
    const cell = byId(section).querySelector(`.${kind} .count`);
    cell.textContent = typeof count === "number" ? number(count) : "–";
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
  else if (health) line.textContent = word(health, [page.site, report?.containers ?? 0, report?.read ?? 0]);
  else if (report && report.containers > 0) line.textContent = plural("popup_read", report.read, [number(report.read), number(report.containers)]);
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

async function showChoices() {
  const { settings, toolbarCount } = await choices.read();
  const check = (name, value) => {
    const radio = document.querySelector(`input[name="${name}"][value="${value}"]`);
    if (radio) radio.checked = true;
  };
  check("mode", settings.adverts ?? "off");
  check("whose", settings.whose ?? "brands");
  byId("toolbar").checked = toolbarCount;
}

/** Takes back that the corrections were forgotten, until the popup closes: so that one click too many costs nothing. */
let remember;

async function showCorrections() {
  const { settings } = await choices.read();
  const count = settings.corrections?.length ?? 0;
  byId("corrections").hidden = count === 0 && !remember;
  byId("corrections-title").textContent = count > 0 ? plural("popup_corrected", count) : word("popup_forgotten");
  byId("forget").hidden = byId("corrections-show").hidden = count === 0;
  byId("unforget").hidden = count > 0;
}

/** Forgets what was corrected and with it all that was learned: verdicts are the model's own again. */
async function forgetCorrections() {
  remember = await choices.change(({ settings }) => {
    settings.corrections = [];
  });
  await refreshSoon();
  byId("unforget").focus();
}

async function restoreCorrections() {
  await remember?.();
  remember = undefined;
  await refreshSoon();
  byId("forget").focus();
}

/** Opens the page of choices, at one of its parts or at its head. */
async function openOptions(part) {
  if (part) await quietly(api.tabs.create({ url: api.runtime.getURL(`options/options.html#${part}`) }));
  else await quietly(api.runtime.openOptionsPage());
  globalThis.close();
}

function listen() {
  byId("open-options").addEventListener("click", () => openOptions());
  byId("corrections-show").addEventListener("click", () => openOptions("corrections"));
  byId("forget").addEventListener("click", forgetCorrections);
  byId("unforget").addEventListener("click", restoreCorrections);
  byId("power").addEventListener("click", () => storeSite({ off: page.state === "off" ? undefined : true }));
  byId("pause-short").addEventListener("click", () => storeSite({ pausedUntil: Date.now() + QUARTER_HOUR_MS }));
  byId("pause-today").addEventListener("click", () => storeSite({ pausedUntil: endOfToday() }));
  byId("resume").addEventListener("click", () => storeSite({ pausedUntil: undefined }));
  byId("mode").addEventListener("change", ({ target }) => store((now) => choices.setKind(now, "advert", target.value)));
  byId("whose").addEventListener("change", ({ target }) => store(({ settings }) => { settings.whose = target.value; }));
  byId("toolbar").addEventListener("change", ({ target }) => store((now) => { now.toolbarCount = target.checked; }));
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

listen();
quietly(keepStorage());
[tab] = await api.tabs.query({ active: true, currentWindow: true });
// A site that is granted begins in this very tab: the background starts it there.
hosts.onChanged(refreshSoon);
choices.onChanged(refresh);
await Promise.all([refresh(), showToday()]);
document.documentElement.dataset.ready = "";
