// Owns how what may fail without harm is awaited. Never says that it failed.

/** What a promise gives; undefined when it fails, because the page or the tab that was asked is gone. */
export const quietly = (promise) => Promise.resolve(promise).catch(() => undefined);
