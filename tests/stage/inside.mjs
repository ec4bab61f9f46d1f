//! Owns what checks do inside the extension's own world of a page: the handles by which its module can be stopped, broken or trapped; never touches the page.

/** By name, since a function cannot be sent. */
const WORKS = {
  /** Its clock stands still from now on, so that what is done in one go does not depend on how busy the machine is. */
  still: () => {
    const now = Date.now();
    Date.now = () => now;
  },
  /** Collections that the module stands on begin to throw, through its frames. */
  break: () => {
    const broken = () => { throw new Error('broken on purpose'); };
    for (const [holder, name] of [[Set, 'has'], [WeakMap, 'get'], [WeakMap, 'has']]) holder.prototype[name] = broken;
  },
  /** From now on the instances of the module that are made can be reached. */
  catch: () => {
    const made = (exports) => { globalThis.caught = exports; return exports; };
    const { Instance } = WebAssembly;
    WebAssembly.Instance = function (...parts) {
      const instance = new Instance(...parts);
      made(instance.exports);
      return instance;
    };
    if (typeof KibitzTwin === 'function') {
      const factory = KibitzTwin;
      globalThis.KibitzTwin = (...parts) => made(factory(...parts));
    }
  },
  /** Every pointer in the memory of the module now points outside of it: the next call traps. */
  trap: () => { new Uint8Array(globalThis.caught.memory.buffer).fill(255); },
};

/** Runs in a page of the extension, which knows the works by their source: its policy allows no text to become code. */
const SEND = `async ({ url, work }) => {
  const api = globalThis.browser ?? globalThis.chrome;
  const works = { ${Object.entries(WORKS).map(([name, func]) => `${name}: ${func}`).join(', ')} };
  const [{ id }] = (await api.tabs.query({})).filter((it) => it.url === url);
  const [{ error }] = await api.scripting.executeScript({ target: { tabId: id }, func: works[work] });
  if (error) throw new Error(String(error.message ?? error));
}`;

/** Runs one of the works in the extension's world of the page at `address`. */
export async function inside(stage, address, work) {
  if (!(work in WORKS)) throw new Error(`no work "${work}"`);
  await stage.inExtension(SEND, { url: address, work });
}
