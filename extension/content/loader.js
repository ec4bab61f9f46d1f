// Owns the start and the end of Kibitz on a page: picks the form, keeps the undo record, tears down without the module.
// Never judges, never reads a post, writes to the page only to undo (and one comment, gone at once, that wakes a forerunner).
(() => {
  "use strict";

  const world = globalThis;
  const api = world.browser ?? world.chrome;
  // Injected twice: the first one serves, as long as its extension lives.
  if (world.KibitzLoader?.isAlive()) return;
  if (window.top !== window || !(document instanceof HTMLDocument)) return;

  /** How often, at callbacks that come anyway, the toolbar is told. */
  const LOOK_INTERVAL_MS = 1000;
  /** Events at which a pause that has ended is noticed; there is no timer. */
  const WAKING_EVENTS = ["visibilitychange", "focus", "pointerdown", "scroll"];
  /** Events at which the toolbar's number is brought up to date. */
  const SETTLING_EVENTS = ["load", "scrollend", "visibilitychange"];
  const WAKING = { capture: true, passive: true };
  /** Stored once the policy of this host has refused WebAssembly; a key for each host, so that tabs cannot overwrite each other. */
  const REFUSED_KEY = `wasmRefused:${location.hostname}`;
  const KEYS = ["settings", "sites", "toolbarCount", REFUSED_KEY];

  const site = location.hostname.replace(/^(?:www|m|mobile|web)\./, "");
  const isPrivate = Boolean(api.extension?.inIncognitoContext);

  /** What runs on the page now; undefined when nothing does. */
  let life;
  /** The exported functions, once a form has been made. */
  let core;
  /** "wasm", "twin" or undefined. */
  let form;
  /** Why nothing can run here until the page is loaded again: "failed" or "noForm". */
  let trouble;
  /** What the module last said of settings that it could not read. */
  let settingsError;
  /** The stored values, as last seen. */
  let stored = { settings: undefined, sites: {}, toolbarCount: true, isWasmRefused: false };
  /** Whether they have been read; until then nothing starts and no change counts. */
  let isStoredKnown = false;
  let isReading = false;
  /** Something was stored, or the page came back, while they were being read. */
  let isReadStale = false;
  /** The settings as last given to or taken from the module, in canonical form. */
  let settingsKnown;
  /** Settings stored here, in canonical form, of which storage has not told yet: older ones must not come back over newer ones. */
  let settingsOnTheWay = [];
  /** Settings changed in a private window: kept here, never stored. */
  let settingsPrivate;
  let starting;
  /** The module's bytes, on their way. */
  let inflating;
  /** When the toolbar was last thought of. */
  let lookedAt = 0;
  let isWakingWatched = false;

  function isAlive() {
    try {
      return Boolean(api.runtime?.id);
    } catch {
      return false;
    }
  }

  /** JSON with sorted keys: storage need not keep their order. */
  function canonical(value) {
    return JSON.stringify(value ?? null, (_key, part) =>
      part && typeof part === "object" && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
        : part,
    );
  }

  // -- The undo record ------------------------------------------------------------------------------------------------

  function newRecord() {
    const record = {
      hosts: new Set(),
      styles: new Map(),
      observers: new Set(),
      abort: new AbortController(),
      cleanups: new Set(),
      /** Gives a cleanup that takes a style sheet off a document or root. */
      shed: (scope, sheet) => () => {
        scope.adoptedStyleSheets = scope.adoptedStyleSheets.filter((other) => other !== sheet);
      },
      /** Wraps a callback: what it throws, and the end of the extension, end Kibitz on this page. */
      guard: (callback) =>
        function (...args) {
          if (life?.record !== record) return undefined;
          // Every time: after an update the next instance is about to write.
          if (!isAlive()) {
            tearDown(false);
            return undefined;
          }
          const now = Date.now();
          if (now - lookedAt >= LOOK_INTERVAL_MS) {
            lookedAt = now;
            if (isToolbarStale && stored.toolbarCount) life.soon("count");
          }
          try {
            return callback.apply(this, args);
          } catch (error) {
            fail(error);
            return undefined;
          }
        },
    };
    return record;
  }

  /**
   * `before` holds each property's former `[value, priority]`, and under the empty name `[attribute or null, its text as
   * declarations]`. What the page has written since is left alone: only Kibitz's own declarations are `!important` here.
   */
  function undoStyle(element, before) {
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
  }

  /** Gives the page back as it was; calls nothing of the module. */
  function undo(record) {
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
    for (const [element, before] of record.styles) quietly(() => undoStyle(element, before));
    for (const part of [record.observers, record.cleanups, record.hosts, record.styles]) part.clear();
  }

  /** Ends Kibitz on this page; `orderly` asks the module to let go first. */
  function tearDown(orderly) {
    if (!life) return;
    const { record, handle } = life;
    if (orderly) {
      try {
        handle?.stop();
      } catch {
        trouble = "failed";
      }
    }
    life = undefined;
    undo(record);
    if (isAlive()) tellToolbar(null);
  }

  /** Something threw or trapped: the module is not to be trusted any more on this page. */
  function fail(error) {
    trouble = "failed";
    tearDown(false);
    core = undefined;
    console.debug("stopped on this page:", error);
  }

  /** As the module writes them (`overlay/fold.rs`). */
  const OWN_DECLARATIONS = [["display", "none"], ["opacity", "0.35"]];

  /**
   * Takes away what a former instance left on the page: Firefox ends a content script together with its extension, without a
   * word to it. What was Kibitz's is known by what the page cannot see, a closed root with Kibitz's theme in it.
   */
  function clearRemains() {
    for (const host of document.querySelectorAll("span")) {
      if (host.openOrClosedShadowRoot?.mode !== "closed" || !getComputedStyle(host).getPropertyValue("--ground")) continue;
      const near = [...(host.parentElement?.children ?? [])];
      for (let at = host.parentElement; at; at = at.parentElement) near.push(at);
      for (const { style } of near) {
        for (const [property, value] of OWN_DECLARATIONS) {
          if (style?.getPropertyPriority(property) === "important" && style.getPropertyValue(property) === value) style.removeProperty(property);
        }
      }
      for (const element of near) if (element.getAttribute("style") === "") element.removeAttribute("style");
      host.remove();
    }
  }

  // -- The two forms --------------------------------------------------------------------------------------------------

  /**
   * Whether the page's policy allows WebAssembly; asked with the smallest module there is.
   *
   * A page hears of a refusal, and Chromium reports it where the policy says, so a host that refused once is not asked again.
   */
  function isWasmAllowed() {
    if (stored.isWasmRefused) return false;
    try {
      return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
    } catch {
      stored.isWasmRefused = true;
      if (!isPrivate) api.storage.local.set({ [REFUSED_KEY]: true }).catch(() => undefined);
      return false;
    }
  }

  /** Inflates the module, if it came along; begun before the settings are known, so that nothing waits for it. */
  async function inflateModule() {
    return typeof KibitzBytes === "string" ? KibitzCore.inflate(KibitzBytes) : undefined;
  }

  /** Makes a fresh instance of the module in the form that this page allows. */
  async function makeCore() {
    const isWasm = typeof KibitzBytes === "string" && isWasmAllowed();
    const bytes = inflating ?? (isWasm ? inflateModule() : undefined);
    inflating = undefined;
    if (isWasm) {
      core = KibitzCore.fromBytes(await bytes);
      form = "wasm";
      return;
    }
    if (typeof KibitzTwin !== "function") {
      // Without an answer the twin is still missing: told below.
      await api.runtime.sendMessage({ kind: "twin" }).catch(() => false);
    }
    if (typeof KibitzTwin !== "function") {
      trouble = "noForm";
      return;
    }
    core = KibitzCore.fromTwin(KibitzTwin, await KibitzCore.inflate(KibitzTwinData));
    form = "twin";
  }

  // -- Starting and stopping ------------------------------------------------------------------------------------------

  function ownSite() {
    return stored.sites[site] ?? {};
  }

  function isPaused() {
    return Date.now() < (ownSite().pausedUntil ?? 0);
  }

  function isWanted() {
    return !ownSite().off && !isPaused();
  }

  function currentSettings() {
    return settingsPrivate ?? stored.settings;
  }

  /** Makes what runs agree with what is stored. */
  async function agree() {
    if (!isStoredKnown) return;
    watchForWaking();
    if (!isWanted()) {
      tearDown(true);
      return;
    }
    if (life || trouble || starting) return;
    starting = true;
    try {
      if (!core) await makeCore();
      if (core && isWanted()) start();
    } catch (error) {
      fail(error);
    } finally {
      starting = false;
    }
  }

  function start() {
    const record = newRecord();
    const channel = new MessageChannel();
    life = { record, soon: (what) => channel.port2.postMessage(what) };
    let handle;
    channel.port1.onmessage = record.guard(({ data }) => (data === "tick" ? handle.tick() : tellCount()));
    record.cleanups.add(() => channel.port1.close());
    for (const name of SETTLING_EVENTS) {
      world.addEventListener(name, record.guard(settleToolbar), { capture: true, passive: true, signal: record.abort.signal });
    }
    settingsKnown = canonical(currentSettings());
    settingsError = undefined;
    handle = core.start({
      record,
      settings: currentSettings(),
      words: (key, first, second) => api.i18n.getMessage(key, [first, second]),
      address: () => location.href,
      later: () => life.soon("tick"),
      save,
      changed: () => {
        isToolbarStale = true;
      },
      refused: (message) => {
        settingsError = message;
      },
    });
    life.handle = handle;
  }

  /** Stores settings that the module changed; nothing is written from a private window. */
  function save(settings) {
    settingsKnown = canonical(settings);
    if (isPrivate) {
      settingsPrivate = settings;
      return;
    }
    const changes = { settings };
    // Settings that this version could not read are set aside, not lost.
    if (settingsError) changes.settingsUnread = stored.settings;
    settingsError = undefined;
    // Storage does not tell of what it held already.
    if (canonical(stored.settings) !== settingsKnown) settingsOnTheWay.push(settingsKnown);
    stored.settings = settings;
    api.storage.local.set(changes).catch(() => {
      settingsOnTheWay = [];
    });
  }

  function onStored(changes, area) {
    if (area !== "local") return;
    if (!isAlive()) {
      tearDown(false);
      return;
    }
    if (isReading || !isStoredKnown) {
      readStored();
      return;
    }
    if (changes.sites) stored.sites = changes.sites.newValue ?? {};
    if (changes.toolbarCount) {
      stored.toolbarCount = changes.toolbarCount.newValue ?? true;
      showCount();
    }
    if (changes.settings && !isEcho(changes.settings.newValue)) {
      settingsPrivate = undefined;
      takeSettings(changes.settings.newValue);
    }
    agree();
  }

  /** Whether storage tells of what was stored here. */
  function isEcho(settings) {
    const at = settingsOnTheWay.indexOf(canonical(settings));
    settingsOnTheWay = settingsOnTheWay.slice(at + 1);
    return at >= 0;
  }

  /** Takes stored settings and hands those that the module does not know yet to it, if it runs. */
  function takeSettings(settings) {
    stored.settings = settings;
    const now = canonical(currentSettings());
    if (!life?.handle || now === settingsKnown) return;
    settingsKnown = now;
    settingsError = undefined;
    life.record.guard(() => life.handle.applySettings(currentSettings()))();
  }

  /** Reads everything stored, again when something was stored meanwhile, and makes what runs agree with it. */
  async function readStored() {
    isReadStale = true;
    if (isReading) return;
    isReading = true;
    try {
      let values;
      while (isReadStale) {
        isReadStale = false;
        values = await api.storage.local.get(KEYS);
      }
      stored.sites = values.sites ?? {};
      stored.toolbarCount = values.toolbarCount ?? true;
      stored.isWasmRefused ||= Boolean(values[REFUSED_KEY]);
      if (canonical(values.settings) !== canonical(stored.settings)) settingsPrivate = undefined;
      isStoredKnown = true;
      settingsOnTheWay = [];
      takeSettings(values.settings);
    } catch {
      // Told again with the next change; until the first answer nothing starts.
      return;
    } finally {
      isReading = false;
    }
    await agree();
  }

  /** A page that comes back from the browser's cache heard nothing in the meantime, and its tab's number is gone. */
  async function onPageShow({ persisted }) {
    if (!isAlive()) {
      world.removeEventListener("pageshow", onPageShow, WAKING);
      tearDown(false);
      return;
    }
    if (!persisted) return;
    toolbar?.disconnect();
    toolbar = undefined;
    toolbarTold = undefined;
    await readStored();
    showCount();
  }

  function watchForWaking() {
    const needed = isPaused() && !ownSite().off;
    if (needed === isWakingWatched) return;
    isWakingWatched = needed;
    for (const name of WAKING_EVENTS) {
      if (needed) world.addEventListener(name, onWaking, WAKING);
      else world.removeEventListener(name, onWaking, WAKING);
    }
  }

  function onWaking() {
    if (!isAlive()) {
      for (const name of WAKING_EVENTS) world.removeEventListener(name, onWaking, WAKING);
    } else if (!isPaused()) {
      agree();
    }
  }

  // -- Toolbar --------------------------------------------------------------------------------------------------------

  let toolbar;
  /** Counts changed since the toolbar was last told. */
  let isToolbarStale = false;
  /** What the toolbar was last told; undefined when that may be gone. */
  let toolbarTold = null;
  let toolbarAskedAt = 0;

  /** What was held back is told when loading or scrolling ends, or the page is left. */
  function settleToolbar() {
    if (isToolbarStale && stored.toolbarCount && Date.now() - toolbarAskedAt >= LOOK_INTERVAL_MS) tellCount();
  }

  function tellCount() {
    isToolbarStale = false;
    toolbarAskedAt = Date.now();
    tellToolbar(life?.handle?.message({ kind: "count" }) ?? null);
  }

  /** Tells the number, or none where it is not wanted or nothing runs. */
  function showCount() {
    if (stored.toolbarCount && life?.handle) life.record.guard(tellCount)();
    else tellToolbar(null);
  }

  /** `count` is the number of broadcasts seen on this page; null when nothing could be read. */
  function tellToolbar(count) {
    if (count === toolbarTold) return;
    try {
      if (!toolbar) {
        const port = api.runtime.connect({ name: "toolbar" });
        toolbar = port;
        port.onDisconnect.addListener(() => {
          // A sleeping background closes its ports too; only a dead extension ends the page's Kibitz.
          void api.runtime?.lastError;
          if (toolbar === port) toolbar = undefined;
          if (!isAlive()) tearDown(false);
        });
      }
      toolbar.postMessage({ count });
      toolbarTold = count;
    } catch {
      toolbar = undefined;
      isToolbarStale = true;
    }
  }

  // -- Popup and keyboard ---------------------------------------------------------------------------------------------

  function state() {
    if (trouble) return trouble;
    if (ownSite().off) return "off";
    if (isPaused()) return "paused";
    return life?.handle ? "running" : "starting";
  }

  function answer(message) {
    let report = null;
    if (life?.handle) {
      life.record.guard(() => {
        report = life.handle.message(message) ?? null;
      })();
    }
    return { site, state: state(), pausedUntil: ownSite().pausedUntil ?? null, form: form ?? null, settingsError: settingsError ?? null, isPrivate, report };
  }

  function onMessage(message, _sender, reply) {
    if (!message || typeof message.kind !== "string") return false;
    reply(answer(message));
    return false;
  }

  // -- Begin ----------------------------------------------------------------------------------------------------------

  world.KibitzLoader = { isAlive };
  api.runtime.onMessage.addListener(onMessage);
  api.storage.onChanged.addListener(onStored);
  world.addEventListener("pageshow", onPageShow, WAKING);
  // After an update an instance of the former version may still stand here, where this world cannot see it. A change of the
  // document wakes its observers in a microtask; it finds its extension gone and gives the page back, long before the first
  // write of this one, which waits for storage.
  const wake = document.createComment("");
  document.append(wake);
  wake.remove();
  if (document.readyState !== "loading") clearRemains();
  inflating = inflateModule();
  inflating.catch(() => undefined); // told when it is waited for
  readStored();
})();
