// Stands in until extension/content/loader.js exists: starts the module and says so to nobody.
(() => {
  try {
    if (typeof KibitzBytes === 'string') KibitzCore.fromBytes(KibitzBytes);
    else if (typeof KibitzTwin === 'function') KibitzCore.fromTwin(KibitzTwin);
  } catch {
    // The page's policy forbids Wasm.
  }
})();
