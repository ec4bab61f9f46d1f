// Owns the frame of every chart: title, drawing, reading by keyboard and pointer, the table behind it, and its files. Never asks the ledger.
import * as Plot from "../vendor/plot.js";
import { word } from "../ui/words.js";
import { button, el, tell } from "./dom.js";
import { savePng, saveSvg } from "./picture.js";

/** Colours of series that stand side by side, each with a dash and a sign of its own: colour never speaks alone. */
export const SERIES = [
  { colour: "var(--series-1)", dash: "none", symbol: "circle" },
  { colour: "var(--series-2)", dash: "7 3", symbol: "square" },
  { colour: "var(--series-3)", dash: "2 3", symbol: "triangle" },
  { colour: "var(--series-4)", dash: "9 3 2 3", symbol: "diamond" },
  { colour: "var(--series-5)", dash: "4 2", symbol: "star" },
  { colour: "var(--series-6)", dash: "12 4", symbol: "cross" },
  { colour: "var(--series-1)", dash: "1 2", symbol: "wye" },
  { colour: "var(--series-2)", dash: "5 5", symbol: "diamond2" },
  { colour: "var(--series-3)", dash: "8 2", symbol: "hexagon" },
  { colour: "var(--series-4)", dash: "3 3", symbol: "triangle2" },
];

/** A plot whose look is that of the page's style sheets: the library's own one would be inline, which the pages' policy forbids. */
export function plotted(plotOptions) {
  const svg = Plot.plot({ ...plotOptions, className: "plot", style: {} });
  svg.querySelector("style")?.remove();
  svg.removeAttribute("style");
  svg.setAttribute("aria-hidden", "true");
  return svg;
}

const NEAR_PX = 40;

/** The ring around the point that is read. */
function ring(svg, { x, y }) {
  svg.querySelector("[data-cursor]")?.remove();
  const made = document.createElementNS(svg.namespaceURI, "circle");
  for (const [name, value] of Object.entries({ cx: x, cy: y, r: 7, class: "cursor", "data-cursor": "" })) made.setAttribute(name, value);
  svg.append(made);
}

/** The table behind a chart: `head` names the columns, `rows` are texts, their first the row's name. */
function tableOf({ head, rows }, caption) {
  return el(
    "table",
    { class: "plain-table" },
    el("caption", { class: "heard" }, caption),
    el("thead", {}, el("tr", {}, head.map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, rows.map(([first, ...rest]) => el("tr", {}, el("th", { scope: "row" }, first), rest.map((text) => el("td", {}, text))))),
  );
}

/**
 * A chart. `draw(width)` gives `{ svg, points }`, points being `{ x, y, text }` in its pixels in the order in which arrow keys
 * go through them; `table` is `{ head, rows }`; `legend` goes above; `name` is that of its files.
 */
export function chart({ title, note, name, draw, table, legend = null }) {
  const readout = el("p", { class: "readout", "aria-hidden": "true" });
  const stage = el("div", { class: "stage", tabindex: 0, role: "img", "aria-label": `${title}. ${word("dash_chart_keys")}` });
  let drawn = { svg: null, points: [] };
  let at = -1;

  const read = (next, { aloud }) => {
    at = next;
    const point = drawn.points[at];
    if (!point) return;
    ring(drawn.svg, point);
    readout.textContent = point.text;
    if (aloud) tell(point.text);
  };
  const redraw = (width) => {
    drawn = draw(Math.max(240, Math.floor(width)));
    stage.replaceChildren(drawn.svg);
    at = -1;
  };

  stage.addEventListener("keydown", (event) => {
    const last = drawn.points.length - 1;
    const step = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (step === undefined || last < 0) return;
    event.preventDefault();
    read(Math.min(last, Math.max(0, step)), { aloud: true });
  });
  stage.addEventListener("pointermove", (event) => {
    const box = drawn.svg.getBoundingClientRect();
    const away = ({ x, y }) => Math.hypot(x - (event.clientX - box.x), y - (event.clientY - box.y));
    const [near] = drawn.points.map((point, index) => [index, away(point)]).sort((a, b) => a[1] - b[1]);
    if (near && near[1] < NEAR_PX) read(near[0], { aloud: false });
  });
  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    if (Math.abs(contentRect.width - width) < 1 || contentRect.width === 0) return;
    width = contentRect.width;
    redraw(width);
  }).observe(stage);

  // A page behind another is not laid out by itself, but its charts can be saved.
  const settle = () => {
    if (drawn.svg || !stage.isConnected) return;
    width = stage.clientWidth;
    redraw(width || 800);
  };
  setTimeout(settle);
  const save = (work) => () => {
    settle();
    work(name, drawn.svg, { title, note, legend });
  };
  return el(
    "figure",
    { class: "chart" },
    el("figcaption", {}, el("h2", {}, title), el("p", { class: "note" }, note)),
    legend,
    stage,
    el(
      "div",
      { class: "row under" },
      readout,
      button(word("dash_png"), save(savePng), { class: "quiet", "aria-label": word("dash_png_of", title) }),
      button(word("dash_svg"), save(saveSvg), { class: "quiet", "aria-label": word("dash_svg_of", title) }),
    ),
    el("details", { class: "behind" }, el("summary", {}, word("dash_behind")), el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, tableOf(table, title))),
  );
}

/** What each line of a chart stands for, with its colour and dash. */
export const legendOf = (names) =>
  el(
    "ul",
    { class: "legend" },
    names.map((name, at) => {
      const svg = plotted({ width: 34, height: 14, margin: 2, axis: null, x: { domain: [0, 2] }, y: { domain: [0, 2] }, marks: [
        Plot.ruleY([1], { x1: 0, x2: 2, stroke: SERIES[at].colour, strokeWidth: 2, strokeDasharray: SERIES[at].dash }),
        Plot.dot([[1, 1]], { fill: SERIES[at].colour, symbol: SERIES[at].symbol, r: 4 }),
      ] });
      return el("li", {}, svg, el("bdi", {}, name));
    }),
  );

export { Plot };
