// Owns how numbers look: each metric's kind, words, interval and bar. Never computes one.
import { number, word } from "../ui/words.js";
import { el } from "./dom.js";

const percent = (value) => number(value, { style: "percent", maximumFractionDigits: value > 0 && value < 0.01 ? 1 : 0 });
const short = (value) => number(value, { notation: "compact", maximumFractionDigits: value < 10 ? 1 : 0 });
const MINUTES_OF_HOUR = 60;
const MINUTES_OF_DAY = 1440;
/** From so many hours on a time is told in days. */
const HOURS_MAX = 48;

function time(minutes) {
  const unit = (value, name) => number(value, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: value < 10 ? 1 : 0 });
  if (minutes < 2 * MINUTES_OF_HOUR) return unit(Math.round(minutes), "minute");
  return minutes < HOURS_MAX * MINUTES_OF_HOUR ? unit(minutes / MINUTES_OF_HOUR, "hour") : unit(minutes / MINUTES_OF_DAY, "day");
}

const signed = (value) => number(value, { signDisplay: "exceptZero", minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** How a kind of number is written, and where its bar begins and ends; no end: the largest one shown. */
const KINDS = {
  share: { write: percent, from: 0, to: 1 },
  rate: { write: short, from: 0 },
  time: { write: time, from: 0 },
  fit: { write: signed, from: -2, to: 2 },
};

/**
 * Every number of the table, in its order: `[name, kind, whether it is among the essentials]`. The names are those of the core;
 * `dash_metric_NAME` is its word, `dash_means_NAME` its definition.
 */
export const METRICS = [
  ["conversation", "share", true],
  ["exchange", "share", true],
  ["given", "share", false],
  ["ad", "share", true],
  ["bait", "share", false],
  ["reply", "share", true],
  ["people", "rate", true],
  ["answered", "share", false],
  ["answerMinutes", "time", false],
  ["cadence", "rate", true],
  ["crossPosting", "share", false],
  ["roomFit", "fit", false],
  ["likesConversation", "rate", false],
  ["likesBroadcast", "rate", false],
  ["repliesConversation", "rate", false],
  ["repliesBroadcast", "rate", false],
].map(([name, kind, isEssential]) => ({ name, kind, isEssential }));

const metric = (name) => METRICS.find((it) => it.name === name);

export const wordOf = (name) => word(`dash_metric_${name}`);
export const meaningOf = (name) => word(`dash_means_${name}`);

/** A number of this metric in words. */
export const write = (name, value) => KINDS[metric(name).kind].write(value);

/** "54–69 %", as the language writes it. */
export function interval(name, { low, high }) {
  const [from, to] = [write(name, low), write(name, high)];
  return from === to ? from : word("dash_interval", [from, to]);
}

/** "62 % (54–69 %), n 214", for those who hear it and for titles. */
export function sentence(name, it) {
  if (!it) return word("dash_nothing");
  const whole = word("dash_sentence", [write(name, it.value), interval(name, it), number(it.n)]);
  return it.isEnough ? whole : `${whole} – ${word("dash_too_small")}`;
}

/** The ends of a metric's bars, given the numbers shown. */
export function scaleOf(name, numbers) {
  const { from, to } = KINDS[metric(name).kind];
  return [from, to ?? Math.max(1e-9, ...numbers.map((it) => it.high))];
}

const part = (value, [from, to]) => `${Math.min(100, Math.max(0, ((value - from) / (to - from)) * 100)).toFixed(2)}%`;

/** A small bar: the value, and its interval as a line over it. Says nothing that does not stand beside it. */
export function bar(it, scale) {
  const vars = { "--value": part(it.value, scale), "--low": part(it.low, scale), "--high": part(it.high, scale) };
  return el("span", { class: scale[0] < 0 ? "bar centred" : "bar", vars, "aria-hidden": "true" });
}

/** What stands in a table's cell for a number. */
export function cell(name, it, scale, traits = {}) {
  if (!it) return el("td", { class: "number none", ...traits }, el("span", { title: word("dash_nothing") }, "–"));
  const mark = it.isEnough ? null : el("span", { class: "few", role: "img", title: word("dash_too_small"), "aria-label": word("dash_too_small") }, "▲");
  return el(
    "td",
    { class: it.isEnough ? "number" : "number grey", ...traits },
    el("span", { class: "value" }, mark, el("bdi", {}, write(name, it.value))),
    bar(it, scale),
    el("span", { class: "how-sure" }, el("bdi", { dir: "ltr" }, interval(name, it)), " ", el("span", {}, word("dash_n", number(it.n)))),
  );
}

/** The mean of each number over the lines that have enough for it: `{value, n}`, n the number of brands. */
export function averages(lines) {
  const found = {};
  for (const { name } of METRICS) {
    const values = lines.flatMap(({ numbers }) => (numbers[name]?.isEnough ? numbers[name].value : []));
    if (values.length > 0) found[name] = { value: values.reduce((sum, value) => sum + value, 0) / values.length, n: values.length };
  }
  return found;
}
