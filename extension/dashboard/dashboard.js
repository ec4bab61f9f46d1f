// Owns the dashboard's frame: which page is shown, the filter in its address, and what is shown while there is nothing or an error.
import { word } from "../ui/words.js";
import * as card from "./card.js";
import * as compare from "./compare.js";
import * as data from "./data.js";
import { button, el, empty, options, tell } from "./dom.js";
import { Desk, msOf } from "./ledger.js";
import * as lists from "./lists.js";
import * as split from "./split.js";
import * as trend from "./trend.js";
import { whenUndone } from "./undo.js";

/** Pages by the first word of the address; those that heed the filter, and those that compare brands with each other. */
const PAGES = {
  compare: { show: compare.show, isFiltered: true },
  trend: { show: trend.show, isFiltered: true },
  rooms: { show: split.show("rooms"), isFiltered: true, without: "room" },
  surfaces: { show: split.show("surfaces"), isFiltered: true, without: "surface" },
  brand: { show: card.show, isFiltered: true, without: "list" },
  lists: { show: lists.show },
  data: { show: data.show },
};

const FILTERS = ["days", "from", "to", "room", "surface", "list"];
const byId = (id) => document.getElementById(id);
const main = byId("main");
const form = byId("filters");

let desk;
/** Counts the pages begun: what an older one still draws is not shown. */
let turn = 0;

/** Page, path and filter that an address names: `#/brand/x/orla?days=30`. */
function address() {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/").map(decodeURIComponent);
  return { name: Object.hasOwn(PAGES, name) ? name : "compare", path: rest, filter: Object.fromEntries(new URLSearchParams(query)) };
}

/** Goes on with this part of the address changed; with the same one the page is drawn anew. */
function go(change, path) {
  const [old] = location.hash.replace(/^#/, "").split("?");
  const query = new URLSearchParams(Object.entries({ ...address().filter, ...change }).filter(([, value]) => value)).toString();
  const next = `#${path ?? (old || "/compare")}${query ? `?${query}` : ""}`;
  if (next === location.hash) draw();
  else location.hash = next;
}

// -- The filter ---------------------------------------------------------------------------------------------------------

function showFilter({ name, filter }) {
  const page = PAGES[name];
  const { extent } = desk;
  form.hidden = !page.isFiltered || !extent.days;
  const { days, from, to, room, surface, list } = form.elements;
  options(days, [["", word("dash_days_all")], ["7", word("dash_days_7")], ["30", word("dash_days_30")], ["90", word("dash_days_90")], ["custom", word("dash_days_custom")]], filter.days ?? "");
  options(room, [["", word("dash_room_all")], ...extent.rooms.map((id) => [id, word(`room_${id}`)])], filter.room ?? "");
  options(surface, [["", word("dash_surface_all")], ...extent.surfaces.map((id) => [id, word(`dash_surface_${id}`)])], filter.surface ?? "");
  options(list, [["", word("dash_list_all")], ...(desk.watched.length > 0 ? [["*", word("dash_list_watched")]] : []), ...desk.lists.map((it) => [it.name, it.name])], filter.list ?? "");
  for (const input of [from, to]) input.closest("label").hidden = filter.days !== "custom";
  from.value = filter.from ?? "";
  to.value = filter.to ?? "";
  for (const select of [room, surface, list]) select.closest("label").hidden = select.name === page.without;
  byId("reset").hidden = !FILTERS.some((key) => filter[key]);
  const bias = byId("bias");
  bias.hidden = name === "surfaces";
  bias.textContent = word(filter.surface ? (filter.surface === "home" ? "dash_bias_home" : "dash_bias_like") : "dash_bias_mixed");
  // Pages keep the filter when the reader goes from one to another.
  const query = new URLSearchParams(FILTERS.flatMap((key) => (filter[key] ? [[key, filter[key]]] : []))).toString();
  for (const link of document.querySelectorAll("nav a")) {
    const [path] = link.getAttribute("href").split("?");
    link.setAttribute("href", query ? `${path}?${query}` : path);
    if (path === `#/${name}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

form.addEventListener("change", ({ target }) => {
  const change = { [target.name]: target.value };
  // A period of one's own begins as what was seen.
  if (change.days === "custom" && desk.extent.days) {
    const iso = (it) => new Date(msOf(it)).toISOString().slice(0, 10);
    Object.assign(change, { from: iso(desk.extent.days[0]), to: iso(desk.extent.days[1]) });
  } else if (target.name === "days") {
    Object.assign(change, { from: "", to: "" });
  }
  go(change);
});
form.addEventListener("submit", (event) => event.preventDefault());
byId("reset").addEventListener("click", () => go(Object.fromEntries(FILTERS.map((key) => [key, ""]))));

// -- Pages --------------------------------------------------------------------------------------------------------------

function fail(error, again) {
  main.replaceChildren(empty(word("dash_error_title"), word("dash_error_text"), button(word("dash_again"), again, { class: "primary" }), el("pre", { class: "note" }, String(error?.message ?? error))));
  main.dataset.ready = "error";
}

async function draw() {
  const mine = ++turn;
  const { name, path, filter } = address();
  // What is drawn for an older address writes into a place that is no longer shown.
  const place = el("div", { class: `page page-${name}` });
  try {
    showFilter({ name, filter });
    const focused = document.activeElement?.closest?.("main") ? focusOf(document.activeElement) : null;
    const work = PAGES[name].show(place, { desk, filter, go, path, reload });
    const aside = main.querySelector(".sheet")?.scrollLeft ?? 0;
    main.replaceChildren(place);
    const sheet = place.querySelector(".sheet");
    if (sheet) sheet.scrollLeft = aside;
    delete main.dataset.ready;
    document.title = `${word(`dash_nav_${name}`)} – ${word("name")}`;
    await work;
    if (mine !== turn) return;
    main.dataset.ready = "whole";
    focused?.();
  } catch (error) {
    if (mine === turn) fail(error, draw);
  }
}

/** Finds the control that had the focus again, after its page was drawn anew. */
function focusOf(control) {
  const label = control.getAttribute("aria-label") ?? control.textContent;
  const tag = control.localName;
  return () => {
    if (document.activeElement !== document.body) return;
    const same = [...main.querySelectorAll(tag)].find((it) => (control.id ? it.id === control.id : (it.getAttribute("aria-label") ?? it.textContent) === label));
    (same ?? main).focus({ preventScroll: true });
  };
}

async function reload() {
  desk = await Desk.open();
  await draw();
}

async function begin() {
  main.replaceChildren(el("div", { class: "loading", role: "status" }, el("progress", { "aria-label": word("dash_loading") }), el("p", { class: "note" }, word("dash_loading"))));
  try {
    await reload();
  } catch (error) {
    fail(error, begin);
  }
}

let shown = "";
addEventListener("hashchange", async () => {
  const { name, path } = address();
  const next = [name, ...path].join("/");
  const isNew = next !== shown;
  shown = next;
  await draw();
  if (!isNew) return;
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
  tell(document.title);
});
whenUndone(reload);
begin();
