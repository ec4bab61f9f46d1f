// Owns the page on which brands are compared: the table, its order, its averages and the picture of the column by which it is sorted.
import { language, number, plural, word } from "../ui/words.js";
import { chart, Plot, plotted } from "./chart.js";
import { breathe, button, choice, el, empty, tell, withProgress } from "./dom.js";
import { hinted } from "./hint.js";
import { averages, bar, cell, METRICS, scaleOf, sentence, interval, wordOf, write } from "./numbers.js";
import { mixOf } from "./mix.js";

/** Rows shown at once, and more at a click; so many are in view, and come first. */
const PAGE = 50;
const IN_VIEW = 10;
/** Brands in the picture. */
const PICTURED = 14;
const VERDICTS = { robotised: 2, mixed: 1, organic: 0 };

/** What a line is sorted by in each column; missing and too small samples come last. */
const valueOf = (line, column) => {
  if (column === "brand") return line.name;
  if (column === "posts") return line.posts;
  if (column === "automation") return line.automation === null ? null : VERDICTS[line.automation];
  const it = line.numbers[column];
  return it?.isEnough ? it.value : null;
};

function order(column, isDown) {
  const names = new Intl.Collator(language, { numeric: true });
  return (a, b) => {
    const [one, other] = [valueOf(a, column), valueOf(b, column)];
    if (one === null || other === null) return (one === null) - (other === null);
    const by = column === "brand" ? names.compare(one, other) : one - other;
    return isDown ? -by : by;
  };
}

/** A verdict of the majority rule with its mark. */
export function majority(line) {
  const marks = { broadcaster: "▲", conversationalist: "●", open: "◦" };
  const kinds = { broadcaster: "broadcast", conversationalist: "conversation", open: "unsure" };
  const words = word(`majority_${line.majority}`);
  return el("span", { class: `verdict ${kinds[line.majority]}` }, el("span", { class: "shape", "aria-hidden": "true" }, marks[line.majority]), el("span", { class: "words" }, words));
}

export function show(place, { desk, filter, go }) {
  const all = desk.brands(filter, { inList: false });
  const brands = filter.list ? desk.brands(filter) : all;
  if (all.length === 0 && !desk.extent.days) return welcome(place, go);
  if (brands.length === 0) {
    place.append(empty(word("dash_none_title"), word("dash_none_text"), button(word("dash_reset"), () => go({ days: "", from: "", to: "", room: "", surface: "", list: "" }))));
    return undefined;
  }
  return table(place, { desk, filter, go, brands, all });
}

/** Before anything was seen. */
export function welcome(place, go) {
  place.append(empty(word("dash_welcome_title"), word("dash_welcome_text"), el("a", { class: "button primary", href: "#/data" }, word("dash_welcome_import"))));
  void go;
}

async function table(place, { desk, filter, go, brands, all }) {
  const column = filter.sort || "posts";
  const isDown = filter.dir !== "up";
  const metrics = METRICS.filter(({ isEssential, name }) => filter.cols === "all" || isEssential || name === column);
  const isAll = filter.cols === "all" || column === "automation";
  // Nobody counts what nobody sees.
  const numbers = [...metrics.map(({ name }) => name), ...(isAll ? ["automation"] : [])];
  const total = brands.reduce((sum, { posts }) => sum + posts, 0);
  const summary = el("p", { class: "note summary" }, plural("dash_compare_summary", brands.length, [number(brands.length), number(total)]));
  const search = el("input", { type: "search", id: "search", placeholder: word("dash_search"), "aria-label": word("dash_search"), value: filter.find || null });
  const columns = choice(word("dash_columns"), [["", word("dash_columns_essential")], ["all", word("dash_columns_all")]], filter.cols ?? "", (cols) => go({ cols }));
  const body = el("tbody");
  const foot = el("tfoot");
  const frame = el("table", { class: "compare" }, el("caption", { class: "heard" }, word("dash_compare_caption")), head(metrics, column, isDown, go, isAll), body, foot);
  const scroll = el("div", { class: "scroll sheet", tabindex: 0, role: "region", "aria-label": word("dash_nav_compare") }, frame);
  const more = el("div", { class: "row" });
  const picture = el("div", { class: "picture" });
  const bench = el("div", { class: "bench" });
  place.append(el("div", { class: "title" }, el("h1", {}, word("dash_nav_compare")), summary, el("div", { class: "row tools" }, search, columns, hinted(button(word("dash_print"), () => print(), { class: "quiet" }), word("dash_print_help")))), bench, scroll, more, picture, meanings(metrics));

  // Names and numbers of posts are known at once; a column of another number needs that number of every brand.
  const isCheap = column === "posts" || column === "brand";
  const places = brands.map(({ at }) => at);
  let lines = new Map();
  let limit = PAGE;
  const wanted = () => {
    const word_ = search.value.trim().toLocaleLowerCase();
    return word_ ? brands.filter(({ name, accounts }) => name.toLocaleLowerCase().includes(word_) || accounts.some(({ brand }) => brand.includes(word_))) : brands;
  };
  const sorted = () => {
    const compare = order(column, isDown);
    const shown = isCheap ? wanted().map((brand) => ({ ...brand, numbers: {} })) : wanted().flatMap((brand) => ({ ...brand, ...lines.get(brand.at) }));
    const rank = (brand) => (desk.isOwn(brand) ? 0 : 1);
    return shown.sort((a, b) => rank(a) - rank(b) || compare(a, b));
  };
  let drawn = 0;
  const draw = async () => {
    const mine = ++drawn;
    const chosen = sorted();
    await fillRows(chosen.slice(0, IN_VIEW));
    performance.mark("table");
    place.dataset.ready = "table";
    if (chosen.length > IN_VIEW) await breathe();
    const made = await fillRows(chosen.slice(0, limit), () => mine !== drawn);
    more.replaceChildren(...(chosen.length > limit ? [button(word("dash_more", number(chosen.length - limit)), () => { limit += PAGE; draw(); })] : []));
    if (search.value) tell(plural("dash_found", chosen.length));
    return made;
  };
  const fillRows = async (shown, isOld = () => false) => {
    for (const [at, line] of await desk.lines(shown.map(({ at }) => at), filter, { numbers })) lines.set(at, line);
    const ready = shown.map(({ at }) => ({ at, ...lines.get(at) }));
    const scales = Object.fromEntries(metrics.map(({ name }) => [name, scaleOf(name, ready.flatMap(({ numbers }) => numbers[name] ?? []))]));
    if (!isOld()) body.replaceChildren(...ready.map((line) => row(line, { desk, metrics, scales, isAll })));
    return { ready, scales };
  };
  search.addEventListener("input", () => { limit = PAGE; draw(); });

  if (!isCheap) lines = await withProgress(bench, word("dash_counting"), (told) => desk.lines(places, filter, { numbers, told }));
  const { ready, scales } = await draw();
  // Averages need the numbers of every brand; they come after the table.
  await withProgress(bench, word("dash_counting"), (told) => desk.lines(all.map(({ at }) => at), filter, { numbers, told }));
  const known = await desk.lines(all.map(({ at }) => at), filter, { numbers });
  const of = (chosen) => averages(chosen.flatMap(({ at }) => known.get(at) ?? []));
  foot.replaceChildren(...(filter.list ? [average(word("dash_average_list"), of(brands), { metrics, scales, isAll })] : []), average(word("dash_average_all"), of(all), { metrics, scales, isAll }));
  drawPicture(picture, { ready: ready.slice(0, PICTURED), metric: metrics.find(({ name }) => name === column) ?? metrics[0], desk });
  performance.mark("whole");
  place.dataset.ready = "whole";
}

function head(metrics, column, isDown, go, isAll) {
  const th = (name, words, meaning, traits = {}) => {
    const isIt = name === column;
    const sort = button(words, () => go({ sort: name, dir: isIt && isDown ? "up" : isIt ? "" : name === "brand" ? "up" : "" }), { class: "sort" });
    sort.append(el("span", { class: "arrow", "aria-hidden": "true" }, isIt ? (isDown ? " ↓" : " ↑") : ""));
    return el("th", { scope: "col", "aria-sort": isIt ? (isDown ? "descending" : "ascending") : null, ...traits }, hinted(sort, meaning));
  };
  const plain = (words) => el("th", { scope: "col" }, el("span", { class: "plain" }, words));
  return el(
    "thead",
    {},
    el(
      "tr",
      {},
      th("brand", word("dash_brand"), word("dash_means_brand"), { class: "first" }),
      th("posts", word("dash_posts"), word("dash_means_posts")),
      plain(word("dash_verdict")),
      metrics.map(({ name }) => th(name, wordOf(name), word(`dash_means_${name}`))),
      plain(word("dash_mix")),
      isAll ? th("automation", word("dash_automation"), word("dash_means_automation")) : null,
    ),
  );
}

const addressOf = ({ accounts: [{ room, brand }] }) => `#/brand/${room}/${encodeURIComponent(brand)}`;

/** The link to a brand's card, with the rooms in which it was seen. */
export function nameOf(line, desk) {
  const mark = desk.isOwn(line) ? el("span", { class: "own", title: word("dash_own") }, "★", el("span", { class: "heard" }, word("dash_own"))) : null;
  const rooms = line.accounts.map(({ room }) => word(`room_${room}`)).join(" · ");
  return [mark, el("a", { href: addressOf(line), dir: "auto" }, line.name || line.accounts[0].brand), el("small", {}, rooms)];
}

function row(line, { desk, metrics, scales, isAll }) {
  const call = line.automation;
  return el(
    "tr",
    { class: desk.isOwn(line) ? "mine" : null, "data-brand": `${line.accounts[0].room}:${line.accounts[0].brand}` },
    el("th", { scope: "row", class: "first" }, nameOf(line, desk)),
    el("td", { class: "number posts" }, el("span", { class: "value" }, number(line.posts))),
    el("td", { class: "verdict-cell" }, majority(line)),
    metrics.map(({ name }) => cell(name, line.numbers[name], scales[name], { "data-metric": name })),
    el("td", { class: "mix-cell" }, mixOf(line.intents, desk.intents)),
    isAll && el("td", { class: call === "robotised" ? "call strong" : "call" }, call ? word(`dash_call_${call}`) : el("span", { class: "grey", title: word("dash_too_small") }, "▲ ", el("span", {}, word("dash_call_open")))),
  );
}

function average(title, found, { metrics, scales, isAll }) {
  const one = (name) => {
    const it = found[name];
    if (!it) return el("td", { class: "number none" }, "–");
    return el("td", { class: "number", "data-metric": name }, el("span", { class: "value" }, write(name, it.value)), bar({ ...it, low: it.value, high: it.value }, scales[name]), el("span", { class: "how-sure" }, plural("dash_of_brands", it.n)));
  };
  return el("tr", { class: "average" }, el("th", { scope: "row", class: "first" }, title), el("td"), el("td"), metrics.map(({ name }) => one(name)), el("td"), isAll && el("td"));
}

/** The definitions of the columns, for paper and for who wants to read them all. */
function meanings(metrics) {
  const terms = metrics.map(({ name }) => [wordOf(name), word(`dash_means_${name}`)]);
  return el("details", { class: "meanings" }, el("summary", {}, word("dash_meanings")), el("p", { class: "note" }, word("dash_meanings_sure")), el("dl", {}, terms.map(([term, meaning]) => [el("dt", {}, term), el("dd", {}, meaning)])));
}

function drawPicture(place, { ready, metric, desk }) {
  const { name } = metric;
  const shown = ready.filter(({ numbers }) => numbers[name]).map((line) => ({ line, it: line.numbers[name], label: `${desk.isOwn(line) ? "★ " : ""}${line.name || line.accounts[0].brand}` }));
  const twice = new Set(shown.map(({ label }) => label).filter((label, at, labels) => labels.indexOf(label) !== at));
  for (const one of shown) if (twice.has(one.label)) one.label += ` (${word(`room_${one.line.accounts[0].room}`)})`;
  if (shown.length < 2) return;
  shown.sort((a, b) => Number(b.it.isEnough) - Number(a.it.isEnough) || b.it.value - a.it.value);
  const scale = scaleOf(name, shown.map(({ it }) => it));
  const draw = (width) => {
    const left = Math.min(170, width * 0.36);
    const svg = plotted({
      width, height: 44 + shown.length * 26, marginLeft: left, marginRight: 24, marginTop: 8, marginBottom: 34,
      x: { domain: scale, tickFormat: (value) => write(name, value), ticks: Math.max(3, Math.round(width / 140)), label: null },
      y: { type: "band", domain: shown.map(({ label }) => label), label: null, padding: 0.4 },
      marks: [
        Plot.gridX({ stroke: "var(--line)", strokeOpacity: 1 }),
        ...(name === "conversation" || name === "exchange" ? [Plot.ruleX([0.5], { stroke: "var(--soft)", strokeDasharray: "4 3" })] : []),
        Plot.link(shown, { x1: ({ it }) => it.low, x2: ({ it }) => it.high, y: "label", stroke: ({ it }) => (it.isEnough ? "var(--series-1)" : "var(--edge)"), strokeWidth: 7, strokeOpacity: 0.35 }),
        Plot.dot(shown, { x: ({ it }) => it.value, y: "label", r: 5, fill: ({ it }) => (it.isEnough ? "var(--series-1)" : "var(--ground)"), stroke: ({ it }) => (it.isEnough ? "var(--series-1)" : "var(--edge)"), strokeWidth: 1.5, symbol: ({ it }) => (it.isEnough ? "circle" : "triangle") }),
        Plot.axisY({ tickSize: 0, tickFormat: (label) => (label.length > left / 7 ? `${label.slice(0, left / 7)}…` : label) }),
      ],
    });
    const [x, y] = [svg, svg].map((it, at) => it.scale?.(at ? "y" : "x"));
    const points = shown.map(({ it, label }) => ({ x: x.apply(it.value), y: y.apply(label) + y.bandwidth / 2, text: `${label}: ${sentence(name, it)}` }));
    return { svg, points };
  };
  const rows = shown.map(({ it, label }) => [label, write(name, it.value), interval(name, it), number(it.n)]);
  place.append(chart({ title: wordOf(name), note: word("dash_compare_picture"), name: `kibitz-${name}`, draw, table: { head: [word("dash_brand"), wordOf(name), word("dash_interval_head"), word("dash_n_head")], rows } }));
}
