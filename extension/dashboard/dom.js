// Owns the dashboard's small parts, and how long work is shown. Never parses a text as markup.
import { element as el } from "../ui/element.js";
import { number, word } from "../ui/words.js";

export { download, element as el } from "../ui/element.js";

/** A button that does something. */
export const button = (label, work, traits = {}) => el("button", { type: "button", ...traits, onclick: work }, label);

/** Options of a `select`: `[value, words]` each. */
export function options(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([value, words]) => el("option", { value, selected: value === chosen }, words)));
  return select;
}

/** A control below its name. */
export const field = (label, control) => el("label", { class: "field" }, el("span", {}, label), control);

/** A labelled `select`; `work` gets the value chosen. */
export function choice(label, pairs, chosen, work) {
  const select = el("select", { onchange: () => work(select.value) });
  return field(label, options(select, pairs, chosen));
}

/** Says something to those who hear the page. */
export function tell(text) {
  document.getElementById("told").textContent = text;
}

/** Lets the browser paint and answer before more work; a page behind another paints nothing, but goes on. */
export const breathe = () =>
  new Promise((done) => {
    const timer = setTimeout(done, 50);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(done, 0);
    });
  });

/** Work that takes no longer than this shows no bar, in milliseconds. */
const PATIENT_MS = 300;

/** Runs long work with a bar in `place` once it takes a while; `work` gets a function for (done, of how many; 0 for unknown). */
export async function withProgress(place, label, work) {
  const started = performance.now();
  const bar = el("progress", { "aria-label": label });
  const count = el("span", { class: "note" });
  const shown = el("div", { class: "progress" }, el("span", {}, label), bar, count);
  const step = async (done, all) => {
    if (performance.now() - started < PATIENT_MS) return;
    if (!shown.isConnected) place.append(shown);
    if (all > 0) {
      bar.max = all;
      bar.value = done;
      count.textContent = word("dash_of", [number(done), number(all)]);
    } else {
      count.textContent = number(done);
    }
    await breathe();
  };
  try {
    return await work(step);
  } finally {
    shown.remove();
  }
}

/** A box that says what is not there, and why. */
export const empty = (title, text, ...actions) =>
  el("section", { class: "empty" }, el("h1", {}, title), el("p", { class: "note" }, text), el("div", { class: "row" }, ...actions));
