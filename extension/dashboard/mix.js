// Owns the stacked bar of what a brand posts. Says nothing that its words do not say.
import { number, word } from "../ui/words.js";
import { el } from "./dom.js";

/** Shares below this are drawn, and told only in the bar's own words. */
const WORTH_SAYING = 0.1;

/** The share of each kind of post; conversation stands first. `counts` are in the order of `intents`; `isWhole` tells every kind in words. */
export function mixOf(counts, intents, { isWhole = false } = {}) {
  const judged = counts.map((count, at) => ({ count, ...intents[at] })).filter(({ count, stance }) => count > 0 && stance);
  const all = judged.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return el("span", { class: "grey" }, "–");
  const stances = ["conversation", "broadcast"];
  judged.sort((a, b) => stances.indexOf(a.stance) - stances.indexOf(b.stance) || b.count - a.count);
  const percent = (count) => number(count / all, { style: "percent", maximumFractionDigits: 0 });
  const words = judged.map(({ id, count }) => `${word(`intent_${id}`)} ${percent(count)}`);
  const told = [...judged].sort((a, b) => b.count - a.count).filter(({ count }) => isWhole || count / all >= WORTH_SAYING).slice(0, isWhole ? undefined : 3);
  return el(
    "span",
    { class: "mix", title: words.join(" · ") },
    el("span", { class: "mix-bar", "aria-hidden": "true" }, judged.map(({ id, count, stance }) => el("span", { class: `piece ${stance}`, "data-intent": id, vars: { "--share": String(count) } }))),
    el("span", { class: "mix-words" }, told.map(({ id, count }) => `${word(`intent_${id}`)} ${percent(count)}`).join(" · ")),
  );
}
