// Owns how the extension's pages make their elements, and hand over files. Never parses a text as HTML.

const isThere = (value) => value !== undefined && value !== null && value !== false;

/**
 * An element. `traits` are attributes, except: functions (`onclick`, `onchange` and the like) are listeners, and `vars` are custom
 * properties; texts and elements go in as they are, lists one by one. What is false, null or undefined is left out.
 */
export function element(tag, traits = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(traits).filter(([, it]) => isThere(it))) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (name === "vars") for (const [property, it] of Object.entries(value)) made.style.setProperty(property, it);
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.flat().filter(isThere));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Puts children in the place of those that are there; the focus stays on the control with the same `data-key`, or else on `fallback`. */
export function refill(list, children, fallback) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  list.replaceChildren(...children);
  if (focused === undefined) return;
  const again = [...list.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === focused);
  (again ?? fallback)?.focus();
}

/** By then the browser has taken a file that it was handed, in milliseconds. */
const TAKEN_MS = 60_000;

/** Hands the user a file. */
export function download(name, blob) {
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), TAKEN_MS);
}
