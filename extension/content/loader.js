// Owns the start and the end of Kibitz on a page: picks the form, keeps the undo record, tears down without the module.
// Never judges, never reads a post, writes to the page only to undo.
(() => {
  "use strict";

  const world = globalThis;
  const api = world.browser ?? world.chrome;
  // Injected twice: the first one serves, as long as its extension lives.
  if (world.KibitzLoader?.isAlive()) return;
  if (window.top !== window || !(document instanceof HTMLDocument)) return;

  /** How often, at callbacks that come anyway, the extension's life is looked at and the toolbar told. */
  const LOOK_INTERVAL_MS = 1000;
  /** Events at which a pause that has ended is noticed; there is no timer. */
  const WAKING_EVENTS = ["visibilitychange", "focus", "pointerdown", "scroll"];
  /** Events at which the toolbar's number is brought up to date. */
  const SETTLING_EVENTS = ["load", "scrollend", "visibilitychange"];
  const WAKING = { capture: true, passive: true };

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
  let stored = { settings: undefined, sites: {}, toolbarCount: true };
  /** The settings as last given to or taken from the module, as JSON. */
  let settingsKnown;
  /** Settings changed in a private window: kept here, never stored. */
  let settingsPrivate;
  let starting;
  /** The module's bytes, on their way. */
  let inflating;
  /** When the extension's life was last looked at. */
  let lookedAt = 0;
  let isWakingWatched = false;

  function isAlive() {
    try {
      return Boolean(api.runtime?.id);
    } catch {
      return false;
    }
  }

  // -- The undo record ------------------------------------------------------------------------------------------------

  function newRecord() {
    const record = {
      hosts: new Set(),
      styles: new Map(),
      observers: new Set(),
      abort: new AbortController(),
      cleanups: new Set(),
      /** Wraps a callback: what it throws, and the end of the extension, end Kibitz on this page. */
      guard: (callback) =>
        function (...args) {
          if (life?.record !== record) return undefined;
          const now = Date.now();
          if (now - lookedAt >= LOOK_INTERVAL_MS) {
            lookedAt = now;
            if (!isAlive()) {
              tearDown(false);
              return undefined;
            }
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

  // -- The two forms --------------------------------------------------------------------------------------------------

  /** Whether the page's policy allows WebAssembly; asked with the smallest module there is. */
  function isWasmAllowed() {
    try {
      return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
    } catch {
      return false;
    }
  }

  /** Inflates the module, if it is one for this page; begun before the settings are known, so that nothing waits for it. */
  async function inflateModule() {
    return typeof KibitzBytes === "string" && isWasmAllowed() ? KibitzCore.inflate(KibitzBytes) : undefined;
  }

  /** Makes a fresh instance of the module in the form that this page allows. */
  async function makeCore() {
    const bytes = await (inflating ?? inflateModule());
    inflating = undefined;
    if (bytes) {
      core = KibitzCore.fromBytes(bytes);
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
    settingsKnown = JSON.stringify(currentSettings() ?? null);
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
    settingsKnown = JSON.stringify(settings);
    if (isPrivate) {
      settingsPrivate = settings;
      return;
    }
    const changes = { settings };
    // Settings that this version could not read are set aside, not lost.
    if (settingsError) changes.settingsUnread = stored.settings;
    settingsError = undefined;
    stored.settings = settings;
    api.storage.local.set(changes).catch(() => undefined);
  }

  function onStored(changes, area) {
    if (area !== "local") return;
    if (!isAlive()) {
      tearDown(false);
      return;
    }
    if (changes.sites) stored.sites = changes.sites.newValue ?? {};
    if (changes.toolbarCount) {
      stored.toolbarCount = changes.toolbarCount.newValue ?? true;
      if (!stored.toolbarCount) tellToolbar(null);
      else life?.record.guard(tellCount)();
    }
    if (changes.settings) {
      stored.settings = changes.settings.newValue;
      settingsPrivate = undefined;
      const json = JSON.stringify(stored.settings ?? null);
      if (life?.handle && json !== settingsKnown) {
        settingsKnown = json;
        settingsError = undefined;
        life.record.guard(() => life.handle.applySettings(stored.settings))();
      }
    }
    agree();
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

  /** `count` is the number of broadcasts seen on this page; null when nothing could be read. */
  function tellToolbar(count) {
    if (count === toolbarTold) return;
    toolbarTold = count;
    try {
      if (!toolbar) {
        toolbar = api.runtime.connect({ name: "toolbar" });
        toolbar.onDisconnect.addListener(() => {
          // A sleeping background closes its ports too; only a dead extension ends the page's Kibitz.
          void api.runtime?.lastError;
          toolbar = undefined;
          if (!isAlive()) tearDown(false);
        });
      }
      toolbar.postMessage({ count });
    } catch {
      toolbar = undefined;
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
  inflating = inflateModule();
  inflating.catch(() => undefined); // told when it is waited for
  api.storage.local.get(["settings", "sites", "toolbarCount"]).then(
    (values) => {
      stored = { settings: values.settings, sites: values.sites ?? {}, toolbarCount: values.toolbarCount ?? true };
      return agree();
    },
    () => undefined,
  );
})();
