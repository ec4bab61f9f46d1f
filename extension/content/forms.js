// Owns the two forms of the module: picks the one that this page allows, makes a fresh instance and has it read its model. Never starts it.
var KibitzForms = ({ api, isRefused, refused }) => {
  /** The module's bytes, on their way. */
  let inflating;

  /**
   * Whether the page's policy allows WebAssembly; asked with the smallest module there is.
   *
   * A page hears of a refusal, and Chromium reports it where the policy says, so a host that refused once is not asked again.
   */
  function isWasmAllowed() {
    if (isRefused()) return false;
    try {
      return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)));
    } catch {
      refused();
      return false;
    }
  }

  /** Inflates the module, if it came along. */
  async function inflateModule() {
    return typeof KibitzBytes === "string" ? KibitzCore.inflate(KibitzBytes) : undefined;
  }

  /** The browser's next turn, as soon as there is one. */
  const turn = () =>
    new Promise((done) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        done();
      };
      port2.postMessage(null);
    });

  return {
    /** Begins before the settings are known, so that nothing waits for it. */
    begin() {
      inflating = inflateModule();
      inflating.catch(() => undefined); // told when it is waited for
    },

    /** A fresh instance in the form that this page allows: `[core, "wasm" or "twin", why there is none]`. */
    async make() {
      const isWasm = typeof KibitzBytes === "string" && isWasmAllowed();
      const bytes = inflating ?? (isWasm ? inflateModule() : undefined);
      inflating = undefined;
      if (isWasm) return [KibitzCore.fromBytes(await bytes), "wasm"];
      if (typeof KibitzTwin !== "function") {
        // Without an answer the twin is still missing: told below.
        await api.runtime.sendMessage({ kind: "twin" }).catch(() => false);
      }
      if (typeof KibitzTwin !== "function") return [undefined, undefined, "noForm"];
      return [KibitzCore.fromTwin(KibitzTwin, await KibitzCore.inflate(KibitzTwinData)), "twin"];
    },

    /** Has the instance read its model, in parts: the page gets its turn between them. */
    async prepare(core) {
      while (core && !core.prepare()) await turn();
    },
  };
};
