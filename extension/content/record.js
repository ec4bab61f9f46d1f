// Owns the undo record: what Kibitz changed on the page, and how it is given back without the module, by a former version too.
// Never writes anything else.
var KibitzRecord = {
  /** A new record; `guard` wraps every callback given to the browser. */
  make: (guard) => ({
    hosts: new Set(),
    styles: new Map(),
    observers: new Set(),
    abort: new AbortController(),
    cleanups: new Set(),
    /** Gives a cleanup that takes a style sheet off a document or root. */
    shed: (scope, sheet) => () => {
      scope.adoptedStyleSheets = scope.adoptedStyleSheets.filter((other) => other !== sheet);
    },
    guard,
  }),

  /** Gives the page back as it was; calls nothing of the module. */
  undo(record) {
    const quietly = (step) => {
      try {
        step();
      } catch {
        // The rest must still be undone.
      }
    };
    quietly(() => record.abort.abort());
    for (const observer of record.observers) quietly(() => observer.disconnect());
    for (const cleanup of record.cleanups) quietly(cleanup);
    for (const host of record.hosts) quietly(() => host.remove());
    for (const [element, before] of record.styles) quietly(() => KibitzRecord.undoStyle(element, before));
    for (const part of [record.observers, record.cleanups, record.hosts, record.styles]) part.clear();
  },

  /**
   * `before` holds each property's former `[value, priority]`, and under the empty name `[attribute or null, its text as
   * declarations]`. What the page has written since is left alone: only Kibitz's own declarations are `!important` here.
   */
  undoStyle(element, before) {
    for (const [property, [value, priority]] of before) {
      if (!property || element.style.getPropertyPriority(property) !== "important") continue;
      if (value) element.style.setProperty(property, value, priority);
      else element.style.removeProperty(property);
    }
    const [attribute, declarations] = before.get("") ?? [];
    if (element.style.cssText !== declarations) return;
    // Chromium writes the attribute out only when asked for it, and leaves an empty one behind when it was not.
    if (attribute === null) {
      if (element.hasAttribute("style")) element.removeAttribute("style");
    } else if (element.getAttribute("style") !== attribute) element.setAttribute("style", attribute);
  },

  /**
   * Ends the instance of a former version, where an update left one, and gives the page back; the next one begins right after,
   * before a frame could show the gap. In Chromium it still stands where this world cannot see it: a change of the document
   * wakes its observers in a microtask, and it finds its extension gone. Where `isFresh`, nothing can have been left.
   */
  async succeed(isFresh) {
    const wake = document.createComment("");
    document.append(wake);
    wake.remove();
    await null;
    if (!isFresh) KibitzRecord.clearRemains();
  },

  /**
   * Takes away what a former instance left on the page: Firefox ends a content script together with its extension, without a
   * word to it. What was Kibitz's is known by what the page cannot see, a closed root with Kibitz's theme in it.
   */
  clearRemains() {
    /** As the module writes them (`overlay/fold.rs`). */
    const own = [["display", "none"], ["visibility", "hidden"], ["position", "relative"], ["opacity", "0.35"]];
    for (const host of document.querySelectorAll("span")) {
      if (host.openOrClosedShadowRoot?.mode !== "closed" || !getComputedStyle(host).getPropertyValue("--ground")) continue;
      const near = [...(host.parentElement?.children ?? [])];
      for (let at = host.parentElement; at; at = at.parentElement) near.push(at);
      for (const { style } of near) {
        for (const [property, value] of own) {
          if (style?.getPropertyPriority(property) === "important" && style.getPropertyValue(property) === value) style.removeProperty(property);
        }
      }
      for (const element of near) if (element.getAttribute("style") === "") element.removeAttribute("style");
      host.remove();
    }
  },
};
