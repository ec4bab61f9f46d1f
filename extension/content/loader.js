// Owns the start and the end of Kibitz on a page: picks the form, tears down without the module, hands on what is stored.
// Never judges, never reads a post, writes to the page only to undo.
(() => {
  "use strict";

  const world = globalThis;
  const api = world.browser ?? world.chrome;
  // Injected twice: the first one serves, as long as its extension lives.
  if (world.KibitzLoader?.isAlive()) return;
  if (window.top !== window || !(document instanceof HTMLDocument)) return;

  /** Events at which the toolbar's number and the ledger are brought up to date. */
  const SETTLING_EVENTS = ["load", "scrollend", "pointerdown", "visibilitychange", "pagehide"];
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
  const isFresh = document.readyState === "loading";
  let succession;
  /** Ends what a former version left here, once. */
  const succeed = () => (succession ??= KibitzRecord.succeed(isFresh));
  /** The user took the permission for this site back while the page was open. */
  let isForbidden = false;
  /** A frame has passed: what is on the page may have been painted. */
  let isPainted = false;
  world.requestAnimationFrame(() => (isPainted = true));

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

  // -- Callbacks ------------------------------------------------------------------------------------------------------

  function newRecord() {
    /** Wraps a callback: what it throws, and the end of the extension, end Kibitz on this page. */
    const guard = (callback) =>
      function (...args) {
        if (life?.record !== record) return undefined;
        // Every time: after an update the next instance is about to write.
        if (!isAlive()) {
          tearDown(false);
          return undefined;
        }
        if (toolbar.isDue()) life.soon("count");
        try {
          return callback.apply(this, args);
        } catch (error) {
          fail(error);
          return undefined;
        }
      };
    const record = KibitzRecord.make(guard);
    record.hang = KibitzProfile(api.i18n);
    return record;
  }

  /** What the module gives, asked by `work`; undefined when nothing runs, or it failed. */
  function ask(work) {
    return life?.handle ? life.record.guard(() => work(life.handle))() : undefined;
  }

  const toolbar = KibitzToolbar({
    api,
    isAlive,
    count: () => ask((module) => module.message({ kind: "count" })) ?? null,
    isWanted: () => stored.toolbarCount,
    onDead: () => tearDown(false),
  });

  const ledger = KibitzLedger({
    ask,
    soon: () => life?.soon("ledger"),
    whenIdle: (work) => world.requestIdleCallback(work),
    send: async (message) => api.runtime.sendMessage(message),
  });

  const waking = KibitzWaking({ isAlive, isPaused, wake: agree });

  const TASKS = { tick: () => life.handle.tick(), count: toolbar.tellCount, ledger: ledger.work };

  function settle({ type }) {
    toolbar.settle();
    if (isPrivate) return;
    if (type === "pagehide" || document.visibilityState === "hidden") ledger.leave();
    else ledger.settle();
  }

  /** Ends Kibitz on this page; `orderly` asks the module to let go first. */
  function tearDown(orderly) {
    if (!life) return;
    const { record, handle } = life;
    if (orderly) {
      if (!isPrivate) ledger.leave();
      try {
        handle?.stop();
      } catch {
        trouble = "failed";
      }
    }
    life = undefined;
    KibitzRecord.undo(record);
    if (isAlive()) toolbar.tell(null);
  }

  /** Something threw or trapped: the module is not to be trusted any more on this page. */
  function fail(error) {
    trouble = "failed";
    tearDown(false);
    // What was taken from it before is still good.
    if (!isPrivate) ledger.leave();
    core = undefined;
    console.debug("stopped on this page:", error);
  }

  const forms = KibitzForms({
    api,
    isRefused: () => stored.isWasmRefused,
    refused() {
      stored.isWasmRefused = true;
      if (!isPrivate) api.storage.local.set({ [REFUSED_KEY]: true }).catch(() => undefined);
    },
  });

  // -- Starting and stopping ------------------------------------------------------------------------------------------

  function ownSite() {
    return stored.sites[site] ?? {};
  }

  function isPaused() {
    return Date.now() < (ownSite().pausedUntil ?? 0);
  }

  function isWanted() {
    return !isForbidden && !ownSite().off && !isPaused();
  }

  function currentSettings() {
    return settingsPrivate ?? stored.settings;
  }

  /** Makes what runs agree with what is stored. */
  async function agree() {
    if (!isStoredKnown) return;
    waking.listen(isPaused() && !ownSite().off);
    if (!isWanted()) {
      succeed();
      tearDown(true);
      return;
    }
    if (life || trouble || starting) return;
    starting = true;
    try {
      if (!core) [core, form, trouble = trouble] = await forms.make();
      // Not waited for: posts that come meanwhile are judged before they are painted.
      // Then what badges need is made, not as one of the callbacks at which the toolbar is told: there may be nothing to tell yet.
      forms.prepare(core).then(() => life?.handle?.tick()).catch(fail);
      await succeed();
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
    const due = new Set();
    const soon = (what) => {
      due.add(what);
      channel.port2.postMessage(what);
    };
    life = { record, due, soon };
    channel.port1.onmessage = record.guard(({ data }) => void (due.delete(data) && TASKS[data]()));
    record.cleanups.add(() => channel.port1.close());
    for (const name of SETTLING_EVENTS) {
      world.addEventListener(name, record.guard(settle), { capture: true, passive: true, signal: record.abort.signal });
    }
    settingsKnown = canonical(currentSettings());
    settingsError = undefined;
    let known;
    const handle = core.start({
      record,
      settings: currentSettings(),
      words: (key, first, second) => api.i18n.getMessage(key, [first, second]),
      address() {
        // The same as `location.href` at a seventh of its price (Chromium 156).
        const { URL: address } = document;
        if (address === known) return undefined;
        known = address;
        return address;
      },
      gather: KibitzBatch(record.hosts),
      later: () => life.soon("tick"),
      save,
      keeps: !isPrivate,
      isPainted,
      changed: (waiting, isUrgent) => {
        toolbar.changed();
        ledger.noticed(waiting, isUrgent);
      },
      card: (room, brand) => ledger.showCard(room, brand),
      refused: (message) => void (settingsError = message),
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
      world.removeEventListener("pageshow", onPageShow);
      tearDown(false);
      return;
    }
    if (!persisted) return;
    toolbar.forget();
    await readStored();
    showCount();
  }

  /** Tells the toolbar the number, or none where it is not wanted or nothing runs. */
  function showCount() {
    if (stored.toolbarCount && life?.handle) toolbar.tellCount();
    else toolbar.tell(null);
  }

  // -- Popup and keyboard ---------------------------------------------------------------------------------------------

  function state() {
    if (trouble) return trouble;
    if (ownSite().off || isForbidden) return "off";
    if (isPaused()) return "paused";
    return life?.handle ? "running" : "starting";
  }

  function answer(message) {
    const report = ask((module) => module.message(message)) ?? null;
    const isBusy = life?.due.has("tick") ?? false;
    return { site, state: state(), pausedUntil: ownSite().pausedUntil ?? null, form: form ?? null, settingsError: settingsError ?? null, isPrivate, isBusy, report };
  }

  function onMessage(message, _sender, reply) {
    if (!message || typeof message.kind !== "string") return false;
    if (message.kind === "permission") {
      if (message.hosts.includes(location.hostname)) isForbidden = !message.isAllowed;
      agree();
      return false;
    }
    reply(answer(message));
    return false;
  }

  // -- Begin ----------------------------------------------------------------------------------------------------------

  world.KibitzLoader = { isAlive };
  api.runtime.onMessage.addListener(onMessage);
  api.storage.onChanged.addListener(onStored);
  world.addEventListener("pageshow", onPageShow);
  forms.begin();
  readStored();
})();
