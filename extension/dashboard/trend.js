// Owns the page and the charts of brands over time. Never asks for a row.
import { day, number, word } from "../ui/words.js";
import { chart, legendOf, Plot, plotted, SERIES } from "./chart.js";
import { button, choice, el, empty } from "./dom.js";
import { interval, sentence, wordOf, write } from "./numbers.js";
import { msOf } from "./ledger.js";

const LINES = ["conversation", "exchange", "ad"];
/** Brands side by side: more lines cannot be told apart. */
const ABREAST = 6;
const AT_FIRST = 3;

const utc = (from, options) => day(msOf(from), { timeZone: "UTC", ...options });
const dateOf = (from) => new Date(msOf(from));

/** The lines of brands over time with their intervals; `series` are `{ name, steps }`. */
export function lines({ series, metric, title, note, file }) {
  const shown = series.map(({ name, steps }, at) => ({ name, at, dots: steps.filter((step) => step[metric]).map((step) => ({ ...step[metric], day: step.day })) }));
  const all = shown.flatMap(({ dots }) => dots);
  if (all.length < 2) return el("p", { class: "note" }, word("dash_trend_short"));
  const draw = (width) => {
    const svg = plotted({
      width, height: Math.min(340, Math.max(220, width * 0.42)), marginLeft: 46, marginRight: 16, marginTop: 12,
      x: { type: "utc", label: null, domain: [Math.min(...all.map((it) => it.day)), Math.max(...all.map((it) => it.day))].map(dateOf), tickFormat: (date) => day(date, { timeZone: "UTC", day: "numeric", month: "short" }), ticks: Math.max(2, Math.floor(width / 110)) },
      y: { domain: [0, 1], label: null, tickFormat: (value) => write(metric, value), ticks: 5 },
      marks: [
        Plot.gridY({ ticks: 5, stroke: "var(--line)", strokeOpacity: 1 }),
        Plot.ruleY([0.5], { stroke: "var(--soft)", strokeDasharray: "4 3" }),
        ...shown.flatMap(({ at, dots }) => [
          Plot.areaY(dots, { x: (it) => dateOf(it.day), y1: "low", y2: "high", fill: SERIES[at].colour, fillOpacity: shown.length > 3 ? 0.07 : 0.14 }),
          Plot.lineY(dots, { x: (it) => dateOf(it.day), y: "value", stroke: SERIES[at].colour, strokeWidth: 2, strokeDasharray: SERIES[at].dash }),
          // A step with too few posts stands hollow.
          Plot.dot(dots, { x: (it) => dateOf(it.day), y: "value", r: 3.5, symbol: SERIES[at].symbol, stroke: SERIES[at].colour, fill: (it) => (it.isEnough ? SERIES[at].colour : "var(--ground)") }),
        ]),
      ],
    });
    const [x, y] = [svg.scale("x"), svg.scale("y")];
    const points = shown.flatMap(({ name, dots }) => dots.map((it) => ({ x: x.apply(dateOf(it.day)), y: y.apply(it.value), text: `${name}, ${utc(it.day, { dateStyle: "medium" })}: ${sentence(metric, it)}` })));
    return { svg, points };
  };
  const rows = shown.flatMap(({ name, dots }) => dots.map((it) => [`${name}, ${utc(it.day, { dateStyle: "medium" })}`, write(metric, it.value), interval(metric, it), number(it.n)]));
  const table = { head: [word("dash_step"), wordOf(metric), word("dash_interval_head"), word("dash_n_head")], rows };
  return chart({ title, note, name: file, draw, table, legend: shown.length > 1 ? legendOf(shown.map(({ name }) => name)) : null });
}

export async function show(place, { desk, filter, go }) {
  const brands = desk.brands(filter);
  if (brands.length === 0) return void place.append(empty(word("dash_none_title"), word("dash_none_text")));
  const metric = LINES.includes(filter.metric) ? filter.metric : "conversation";
  const step = filter.step === "1" ? 1 : 7;
  const idOf = ({ accounts: [{ room, brand }] }) => `${room}:${brand}`;
  const wanted = filter.brands ? filter.brands.split("|") : brands.slice(0, AT_FIRST).map(idOf);
  const chosen = wanted.flatMap((id) => brands.find((brand) => brand.accounts.some((it) => `${it.room}:${it.brand}` === id)) ?? []).slice(0, ABREAST);
  const pick = (list) => go({ brands: list.join("|") });
  const chips = chosen.map((brand) =>
    el("li", {}, el("bdi", {}, brand.name), button("×", () => pick(chosen.filter((it) => it !== brand).map(idOf)), { class: "quiet", "aria-label": word("dash_trend_without", brand.name) })),
  );
  const rest = brands.filter((brand) => !chosen.includes(brand));
  const add = chosen.length < ABREAST && rest.length > 0 ? choice(word("dash_trend_add"), [["", "…"], ...rest.slice(0, 300).map((brand) => [idOf(brand), brand.name])], "", (id) => id && pick([...chosen.map(idOf), id])) : null;
  const series = await Promise.all(chosen.map(async (brand) => ({ name: brand.name, steps: await desk.trend(brand, filter, step) })));
  place.append(
    el(
      "div",
      { class: "title" },
      el("h1", {}, word("dash_nav_trend")),
      el(
        "div",
        { class: "row tools" },
        choice(word("dash_metric"), LINES.map((name) => [name, wordOf(name)]), metric, (value) => go({ metric: value })),
        choice(word("dash_step"), [["7", word("dash_step_week")], ["1", word("dash_step_day")]], String(step), (value) => go({ step: value })),
        add,
      ),
      el("ul", { class: "chips", "aria-label": word("dash_trend_shown") }, chips),
    ),
    lines({
      series, metric, title: wordOf(metric), note: word("dash_trend_note"), file: `kibitz-trend-${metric}`,
    }),
  );
  place.dataset.ready = "whole";
  return undefined;
}
