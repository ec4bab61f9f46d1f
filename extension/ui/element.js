// Owns how the extension's pages make their elements. Never parses a text as HTML.

/** An element with attributes; `onclick`, `onchange` and the like are listeners. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

export const byId = (id) => document.getElementById(id);

/** What a promise gives; undefined when it fails, because the page or the tab that was asked is gone. */
export const quietly = (promise) => Promise.resolve(promise).catch(() => undefined);

/** Puts children in the place of those that are there; the focus stays on the control with the same `data-key`, or else on `fallback`. */
export function refill(list, children, fallback) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  list.replaceChildren(...children);
  if (focused === undefined) return;
  const again = [...list.querySelectorAll("[data-key]")].find(({ dataset }) => dataset.key === focused);
  (again ?? fallback)?.focus();
}
