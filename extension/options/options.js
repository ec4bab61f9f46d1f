// Owns the page of choices: shows what is stored, and has every change made in one place. Never reads a page, makes no request.
import { panel } from "../panel/module.js";
import { showMissing } from "../ui/allow.js";
import { readCsv, toCsv } from "../ui/csv.js";
import { byId, download, element, refill } from "../ui/element.js";
import * as hosts from "../ui/hosts.js";
import { quietly } from "../ui/quietly.js";
import * as choices from "../ui/settings.js";
import { isolated, language, plural, word } from "../ui/words.js";
import { listen as listenStorage, show as showStorage } from "./storage.js";

const api = globalThis.browser ?? globalThis.chrome;
const { KINDS, MODES, ROOMS } = choices;

// -- Saying what happened -------------------------------------------------------------------------------------------------

let undo;

function say(text, { isBad = false, back } = {}) {
  undo = back;
  byId("said").classList.toggle("bad", isBad);
  byId("said-text").textContent = text;
  byId("undo").hidden = !back;
}

/** Does what may be refused, and says what came of it; whether it was done. */
async function attempt(work) {
  try {
    const back = await work();
    if (back) say(word("opt_saved"), { back });
    return true;
  } catch (error) {
    if (error instanceof choices.Refused) say(word(error.key, error.values), { isBad: true });
    else say(word("opt_failed", String(error?.message ?? error)), { isBad: true });
    return false;
  }
}

const change = (edit) => attempt(() => choices.change(edit));

// -- Parts ----------------------------------------------------------------------------------------------------------------

const option = (value, text) => element("option", { value }, text);
const modeWord = (mode) => word(`opt_mode_${mode}`);
const kindWord = (kind) => word(`opt_kind_${kind}`);
const roomWord = (room) => (room === "generic" ? word("opt_other_site") : word(`room_${room}`));
const shown = (handle) => (handle.includes("/") || handle.startsWith("name:") ? handle.replace(/^name:/, "") : `@${handle}`);

/** An account: its handle and, small, its network. */
function who({ room, handle }, ...more) {
  return element("span", { class: "who" }, element("bdi", {}, shown(handle)), element("small", {}, [roomWord(room), ...more].join(" · ")));
}

function removal(key, name, onclick, text = word("opt_remove")) {
  return element("button", { type: "button", "data-key": key, "aria-label": `${text}: ${name}`, onclick }, text);
}

/** Fills a list; where it is empty a sentence says what would stand there. */
function showList(id, rows, line) {
  refill(byId(`${id}-list`) ?? byId(id), rows.map(line), byId(`${id}-title`));
  const none = byId(`${id}-none`);
  if (none) none.hidden = rows.length > 0;
}

/** A form that names an account; what it held stays when it is refused. */
function onAdd(id, edit) {
  byId(id).addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const values = Object.fromEntries(new FormData(form));
    if (await change((now) => edit(now, values))) form.elements.handle.value = "";
    form.elements.handle.focus();
  });
}

/** Hands over a file of text. */
const save = (name, type, text) => download(name, new Blob([text], { type }));

/** Has a button open the file input, and `take` get each file's text. */
function onFile(button, input, take) {
  byId(button).addEventListener("click", () => byId(input).click());
  byId(input).addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (file) await take(await file.text());
    target.value = "";
  });
}

// -- Hiding ---------------------------------------------------------------------------------------------------------------

function makeForms() {
  for (const select of document.querySelectorAll('select[name="room"]')) {
    select.append(...ROOMS.map((room) => option(room, roomWord(room))));
  }
  document.querySelector('select[name="kind"]').append(...KINDS.map((kind) => option(kind, kindWord(kind))));
  const modes = document.querySelector('#rule-form select[name="mode"]');
  modes.append(...MODES.map((mode) => option(mode, modeWord(mode))));
  modes.value = "fold";
  byId("kinds").replaceChildren(
    ...KINDS.map((kind) => {
      const select = element("select", { id: `kind-${kind}`, onchange: ({ target }) => change((now) => choices.setKind(now, kind, target.value)) });
      select.append(...MODES.map((mode) => option(mode, modeWord(mode))));
      return element("div", {}, element("label", { for: `kind-${kind}` }, kindWord(kind), element("small", {}, word(`opt_kind_text_${kind}`))), select);
    }),
  );
}

function showHiding(settings) {
  for (const kind of KINDS) {
    const row = kind === "advert" ? settings.adverts : settings.kinds?.find((it) => it.kind === kind)?.mode;
    byId(`kind-${kind}`).value = row ?? "off";
  }
  byId("fold-broadcasters").checked = settings.foldBroadcasters ?? false;
  const rules = (settings.rules ?? []).flatMap(({ room, handle, hide }) => hide.map(({ kind, mode }) => ({ room, handle, kind, mode })));
  showList("rules", rules, ({ room, handle, kind, mode }) => {
    const key = `rule ${room} ${handle} ${kind}`;
    const name = `${shown(handle)}, ${kindWord(kind)}`;
    const select = element("select", { "data-key": `${key} mode`, "aria-label": name, onchange: ({ target }) => change((now) => choices.setRule(now, room, handle, kind, target.value)) });
    select.append(...MODES.map((it) => option(it, modeWord(it))));
    select.value = mode;
    return element("li", {}, who({ room, handle }, kindWord(kind)), select, removal(key, name, () => change((now) => choices.setRule(now, room, handle, kind))));
  });
  showList("never", settings.neverHide ?? [], (it) =>
    element("li", {}, who(it), removal(`never ${it.room} ${it.handle}`, shown(it.handle), () => change((now) => choices.setNeverHide(now, it.room, it.handle, false)))),
  );
}

function listenHiding() {
  byId("fold-broadcasters").addEventListener("change", ({ target }) => change(({ settings }) => { settings.foldBroadcasters = target.checked; }));
  onAdd("rule-form", (now, { room, handle, kind, mode }) => choices.setRule(now, room, handle, kind, mode));
  onAdd("never-form", (now, { room, handle }) => choices.setNeverHide(now, room, handle, true));
}

// -- Whose posts ----------------------------------------------------------------------------------------------------------

function showWhose(settings) {
  const radio = document.querySelector(`input[name="whose"][value="${settings.whose ?? "brands"}"]`);
  if (radio) radio.checked = true;
  showList("list", choices.listed(settings), (it) =>
    element("li", {}, who(it), removal(`list ${it.room} ${it.handle}`, shown(it.handle), () => change((now) => choices.setListed(now, it.room, it.handle, false)))),
  );
  const people = (settings.brands ?? []).filter(({ isBrand }) => !isBrand);
  byId("people-title").hidden = people.length === 0;
  showList("people", people, (it) =>
    element("li", {}, who(it), removal(`people ${it.room} ${it.handle}`, shown(it.handle), () => change((now) => choices.setBrand(now, it.room, it.handle)))),
  );
}

/** Codes of `readCsv` and the messages that refuse a whole file for them. */
const WRONG_LINES = { room: "refused_line_room", handle: "refused_line_account", empty: "refused_line_account", open: "refused_line_open" };
/** Of a wrong line so many characters are shown. */
const SHOWN_MAX_CHARS = 40;

/** Accounts of a file; all of it is refused with the first line that is wrong. */
function accountsOf(text) {
  const { accounts, errors: [wrong] } = readCsv(text);
  if (wrong) throw new choices.Refused(WRONG_LINES[wrong.code], wrong.line, wrong.what.slice(0, SHOWN_MAX_CHARS));
  if (accounts.length === 0) throw new choices.Refused("refused_empty");
  return accounts;
}

function listenWhose() {
  for (const radio of document.querySelectorAll('input[name="whose"]')) {
    radio.addEventListener("change", ({ target }) => change(({ settings }) => { settings.whose = target.value; }));
  }
  onAdd("list-form", (now, { room, handle }) => choices.setListed(now, room, handle, true));
  onFile("list-import", "list-file", async (text) => {
    let rows = [];
    const done = await attempt(async () => {
      rows = accountsOf(text);
      return choices.change((now) => rows.forEach(({ room, handle }) => choices.setListed(now, room, handle, true)));
    });
    if (done) say(plural("opt_csv_read", rows.length), { back: undo });
  });
  byId("list-export").addEventListener("click", async () => {
    const { settings } = await choices.read();
    save("kibitz-list.csv", "text/csv", toCsv(choices.listed(settings)));
  });
}

// -- How sure, corrections, one brand -------------------------------------------------------------------------------------

function showSure(settings) {
  document.querySelector(`input[name="sure"][value="${settings.onlyVerySure ? "very" : "standard"}"]`).checked = true;
}

function listenSure() {
  for (const radio of document.querySelectorAll('input[name="sure"]')) {
    radio.addEventListener("change", ({ target }) => change(({ settings }) => { settings.onlyVerySure = target.value === "very"; }));
  }
}

/** Newest first; the ledger knows whose post it was, if it was seen with one. */
async function showCorrections(settings) {
  const corrections = (settings.corrections ?? []).toReversed();
  const posts = corrections.map(({ room, id }) => [room, id]);
  const isAny = posts.length > 0;
  const [brands, core] = isAny ? await Promise.all([quietly(api.runtime.sendMessage({ kind: "ledgerBrands", posts })), quietly(panel())]) : [];
  byId("corrections-count").textContent = plural("popup_corrected", corrections.length);
  byId("corrections-export").disabled = byId("corrections-reset").disabled = corrections.length === 0;
  refill(
    byId("corrections-list"),
    corrections.map(({ room, id, intent }, at) => {
      const brand = Array.isArray(brands) ? brands[at] : undefined;
      const name = brand ? shown(brand) : id;
      const address = core?.postLink(room, brand ?? "", id);
      const post = address ? element("a", { href: address, target: "_blank", rel: "noreferrer" }, element("bdi", {}, name)) : element("bdi", {}, name);
      const line = element("span", { class: "who" }, post, element("small", {}, `${roomWord(room)} · ${word("why_corrected", word(`intent_${intent}`))}`));
      return element("li", {}, line, removal(`correction ${room} ${id}`, name, () => change((now) => choices.uncorrect(now, room, id)), word("why_uncorrect")));
    }),
    byId("corrections-count"),
  );
}

function listenCorrections() {
  byId("corrections-reset").addEventListener("click", () => change(({ settings }) => { settings.corrections = []; }));
  byId("corrections-export").addEventListener("click", async () => {
    const { settings } = await choices.read();
    save("kibitz-corrections.json", "application/json", `${JSON.stringify(settings.corrections ?? [], null, 2)}\n`);
  });
}

function showSame(settings) {
  const account = (text) => {
    const at = text.indexOf(":");
    return `${isolated(shown(text.slice(at + 1)))} (${isolated(roomWord(text.slice(0, at)))})`;
  };
  showList("same", settings.sameBrands ?? [], (same) => {
    const isSame = same.includes("=");
    const [one, other] = same.split(/[=!]/).map(account);
    const text = word(isSame ? "opt_same_yes" : "opt_same_no", [one, other]);
    return element("li", {}, element("span", { class: "who" }, text), removal(`same ${same}`, text, () => change((now) => { now.settings.sameBrands = now.settings.sameBrands.filter((it) => it !== same); })));
  });
}

// -- Sites ----------------------------------------------------------------------------------------------------------------

async function showSites(sites) {
  byId("allow").hidden = (await showMissing(byId("allow-list"))) === 0;
  const networks = ROOMS.filter((room) => room !== "generic" && room !== "mastodon").map(roomWord);
  byId("sites-own").textContent = word("opt_sites_text", new Intl.ListFormat(language).format(networks));
  const off = Object.entries(sites).filter(([, { off: isOff }]) => isOff);
  showList("sites-off", off.map(([site]) => site), (site) => {
    const on = element("button", { type: "button", "data-key": `off ${site}`, "aria-label": `${word("opt_switch_on")}: ${site}`, onclick: () => change((now) => { delete now.sites[site].off; }) }, word("opt_switch_on"));
    return element("li", {}, element("span", { class: "who" }, element("bdi", {}, site), element("small", {}, word("popup_state_off"))), on);
  });
  showList("added", await hosts.added(), (origin) => {
    const name = hosts.hostOf(origin);
    const remove = removal(`added ${name}`, name, async () => {
      if (await quietly(api.permissions.remove({ origins: [origin] }))) say(word("opt_added_removed", name));
    });
    return element("li", {}, element("bdi", { class: "who" }, name), remove);
  });
}

function listenSites() {
  byId("added-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const { address } = event.target.elements;
    attempt(() => {
      const origin = hosts.originOf(address.value);
      // The request must be made in the press itself.
      return api.permissions.request({ origins: [origin] }).then((isGranted) => {
        say(word(isGranted ? "opt_added_done" : "opt_added_refused", hosts.hostOf(origin)), { isBad: !isGranted });
        if (isGranted) address.value = "";
      });
    });
  });
}

// -- Keyboard, languages, file --------------------------------------------------------------------------------------------

async function showKeys() {
  const commands = ((await quietly(api.commands.getAll())) ?? []).filter(({ description }) => description);
  byId("keys-list").replaceChildren(
    ...commands.flatMap(({ description, shortcut }) => [element("dt", {}, description), element("dd", {}, shortcut ? element("kbd", { dir: "ltr" }, shortcut) : word("opt_keys_none"))]),
  );
}

function listenKeys() {
  byId("keys-change").addEventListener("click", () => {
    if (api.commands.openShortcutSettings) return quietly(api.commands.openShortcutSettings());
    return quietly(api.tabs.create({ url: "chrome://extensions/shortcuts" }));
  });
}

/** Languages in which posts are judged (`src/text/language.rs`); in others the badge says "?". */
const JUDGED = ["ar", "cs", "de", "en", "es", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "vi", "zh"];

function showLanguages() {
  const names = new Intl.DisplayNames(language, { type: "language" });
  const all = JUDGED.map((code) => names.of(code)).sort(new Intl.Collator(language).compare);
  byId("languages-ui").textContent = word("opt_languages_ui", names.of(language));
  byId("languages-judged").textContent = word("opt_languages_judged", new Intl.ListFormat(language).format(all));
}

function listenFile() {
  byId("file-export").addEventListener("click", async () => save("kibitz-choices.json", "application/json", await choices.exported()));
  onFile("file-import", "file-input", (text) => attempt(() => choices.change(choices.imported(text))));
  byId("file-reset").addEventListener("click", () => change(choices.standard));
}

// -- Begin ----------------------------------------------------------------------------------------------------------------

async function show() {
  const { settings, sites, toolbarCount, isUnread } = await choices.read();
  byId("unread").hidden = !isUnread;
  showHiding(settings);
  showWhose(settings);
  showSure(settings);
  showSame(settings);
  byId("excerpts").checked = settings.keepExcerpts ?? false;
  byId("toolbar").checked = toolbarCount;
  await Promise.all([showCorrections(settings), showSites(sites)]);
}

function listen() {
  for (const part of [listenHiding, listenWhose, listenSure, listenCorrections, listenSites, listenKeys, listenFile]) part();
  byId("excerpts").addEventListener("change", ({ target }) => change(({ settings }) => { settings.keepExcerpts = target.checked; }));
  byId("toolbar").addEventListener("change", ({ target }) => change((now) => { now.toolbarCount = target.checked; }));
  byId("undo").addEventListener("click", async () => {
    const back = undo;
    if (back && (await attempt(back))) say(word("opt_undone"));
    byId("main").focus({ preventScroll: true });
  });
  listenStorage(say);
  choices.onChanged(show);
  hosts.onChanged(() => show());
}

makeForms();
listen();
showLanguages();
showKeys();
showStorage();
await show();
document.documentElement.dataset.ready = "";
