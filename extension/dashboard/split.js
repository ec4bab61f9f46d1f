// Owns the pages that set a brand's rooms, or surfaces, side by side. Never mixes unlike surfaces.
import { number, word } from "../ui/words.js";
import { chart, legendOf, Plot, plotted, SERIES } from "./chart.js";
import { button, choice, el, empty, withProgress } from "./dom.js";
import { nameOf } from "./compare.js";
import { cell, interval, METRICS, scaleOf, sentence, wordOf, write } from "./numbers.js";

/** Rows of the table, and brands of the picture. */
const PAGE = 40;
const PICTURED = 8;

const DIMENSIONS = {
  rooms: { field: "room", values: (extent) => extent.rooms, words: (id) => word(`room_${id}`), note: "dash_rooms_note" },
  surfaces: { field: "surface", values: (extent) => extent.surfaces, words: (id) => word(`dash_surface_${id}`), note: "dash_surfaces_note" },
};

/** Shows `rooms` or `surfaces`. */
export const show = (dimension) => async (place, { desk, filter, go }) => {
  const { field, values, words, note } = DIMENSIONS[dimension];
  // The column says which one it is; the filter for the same would leave a single one.
  const open = { ...filter, [field]: "" };
  const brands = desk.brands(open);
  const columns = values(desk.extent);
  if (brands.length === 0) return void place.append(empty(word("dash_none_title"), word("dash_none_text")));
  const metric = METRICS.some(({ name }) => name === filter.metric) ? filter.metric : "conversation";
  const bench = el("div", { class: "bench" });
  const body = el("tbody");
  const more = el("div", { class: "row" });
  const picture = el("div");
  place.append(
    el(
      "div",
      { class: "title" },
      el("h1", {}, word(`dash_nav_${dimension}`)),
      el("p", { class: "note" }, word(note)),
      el("div", { class: "row tools" }, choice(word("dash_metric"), METRICS.map(({ name }) => [name, wordOf(name)]), metric, (value) => go({ metric: value }))),
    ),
    bench,
    el(
      "div",
      { class: "scroll sheet", tabindex: 0, role: "region", "aria-label": word(`dash_nav_${dimension}`) },
      el(
        "table",
        { class: "compare" },
        el("caption", { class: "heard" }, `${wordOf(metric)}, ${word(`dash_nav_${dimension}`)}`),
        el("thead", {}, el("tr", {}, el("th", { scope: "col", class: "first" }, word("dash_brand")), columns.map((id) => el("th", { scope: "col" }, words(id))))),
        body,
      ),
    ),
    more,
    picture,
  );
  let limit = PAGE;
  const draw = async () => {
    const shown = brands.slice(0, limit);
    const places = shown.map(({ at }) => at);
    const found = [];
    for (const id of columns) found.push(await withProgress(bench, word("dash_counting"), (step) => desk.lines(places, { ...open, [field]: id }, { numbers: [metric], told: step })));
    const all = found.flatMap((lines) => [...lines.values()].flatMap(({ numbers }) => numbers[metric] ?? []));
    const scale = scaleOf(metric, all);
    body.replaceChildren(
      ...shown.map((brand) =>
        el("tr", { class: desk.isOwn(brand) ? "mine" : null }, el("th", { scope: "row", class: "first" }, nameOf(brand, desk)), found.map((lines) => cell(metric, lines.get(brand.at)?.numbers[metric], scale))),
      ),
    );
    more.replaceChildren(...(brands.length > limit ? [button(word("dash_more", number(brands.length - limit)), () => { limit += PAGE; draw(); })] : []));
    picture.replaceChildren(...drawn({ shown: shown.slice(0, PICTURED), found, columns: columns.map(words), metric, scale, title: `${wordOf(metric)} – ${word(`dash_nav_${dimension}`)}`, file: `kibitz-${dimension}-${metric}` }));
  };
  await draw();
  place.dataset.ready = "whole";
};

/** A row of dots for each brand, one sign a room or surface. */
function drawn({ shown, found, columns, metric, scale, title, file }) {
  const many = columns.slice(0, SERIES.length);
  const dots = shown.flatMap((brand, row) => many.flatMap((column, at) => {
    const it = found[at].get(brand.at)?.numbers[metric];
    return it?.isEnough ? [{ ...it, row, at, column, name: brand.name }] : [];
  }));
  if (dots.length < 2) return [];
  const mates = Object.groupBy(dots, ({ row }) => row);
  for (const list of Object.values(mates)) list.forEach((it, rank) => Object.assign(it, { rank, of: list.length }));
  const most = Math.max(...Object.values(mates).map(({ length }) => length));
  const labels = shown.map(({ name }, row) => ({ row, name }));
  const draw = (width) => {
    const left = Math.min(170, width * 0.36);
    const band = 16 + most * 11;
    const svg = plotted({
      width, height: 40 + shown.length * band, marginLeft: left, marginRight: 24, marginTop: 8, marginBottom: 32,
      x: { domain: scale, label: null, tickFormat: (value) => write(metric, value), ticks: Math.max(3, Math.round(width / 140)) },
      y: { domain: [shown.length - 0.5, -0.5], axis: null },
      marks: [
        Plot.gridX({ stroke: "var(--line)", strokeOpacity: 1 }),
        Plot.ruleY(labels.slice(1), { y: ({ row }) => row - 0.5, stroke: "var(--line)" }),
        Plot.link(dots, { x1: "low", x2: "high", y: (it) => it.row + offset(it, most), stroke: ({ at }) => SERIES[at].colour, strokeWidth: 5, strokeOpacity: 0.3 }),
        ...SERIES.slice(0, many.length).map(({ colour, symbol }, at) => Plot.dot(dots.filter((it) => it.at === at), { x: "value", y: (it) => it.row + offset(it, most), fill: colour, symbol, r: 4.5 })),
        Plot.axisY(labels.map(({ row }) => row), { tickSize: 0, label: null, tickFormat: (row) => { const { name } = shown[row]; return name.length > left / 7 ? `${name.slice(0, left / 7)}…` : name; } }),
      ],
    });
    const [x, y] = [svg.scale("x"), svg.scale("y")];
    return { svg, points: dots.map((it) => ({ x: x.apply(it.value), y: y.apply(it.row + offset(it, most)), text: `${it.name}, ${it.column}: ${sentence(metric, it)}` })) };
  };
  const rows = dots.map((it) => [`${it.name}, ${it.column}`, write(metric, it.value), interval(metric, it), number(it.n)]);
  return [chart({ title, note: word("dash_split_picture"), name: file, draw, legend: legendOf(many), table: { head: [word("dash_brand"), wordOf(metric), word("dash_interval_head"), word("dash_n_head")], rows } })];
}

/** Where a sign stands in its brand's band, which is as wide as the brand with most signs needs. */
const offset = ({ rank, of }, most) => ((rank + 0.5 - of / 2) / most) * 0.8;
