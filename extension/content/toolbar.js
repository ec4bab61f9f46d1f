// Owns what the toolbar and the popup are told of this page, and when. Never counts anything itself.
var KibitzToolbar = ({ api, isAlive, count, isWanted, onDead }) => {
  /** How often, at callbacks that come anyway, the toolbar is told. */
  const LOOK_INTERVAL_MS = 1000;

  let port;
  /** Counts changed since the toolbar was last told. */
  let isStale = false;
  /** What the toolbar was last told; undefined when that may be gone. */
  let told = null;
  let askedAt = 0;
  let lookedAt = 0;

  /** `number` is the number of broadcasts seen on this page; null when nothing could be read. */
  function tell(number) {
    if (number === told) return;
    try {
      if (!port) {
        const opened = api.runtime.connect({ name: "toolbar" });
        port = opened;
        port.onDisconnect.addListener(() => {
          // A sleeping background closes its ports too; only a dead extension ends the page's Kibitz.
          void api.runtime?.lastError;
          if (port === opened) port = undefined;
          if (!isAlive()) onDead();
        });
      }
      port.postMessage({ count: number });
      told = number;
    } catch {
      port = undefined;
      isStale = true;
    }
  }

  function tellCount() {
    isStale = false;
    askedAt = Date.now();
    tell(count());
  }

  return {
    tell,
    tellCount,

    /** Counts have changed. */
    changed() {
      isStale = true;
    },

    /** Whether it is time to count; asked at callbacks that come anyway. */
    isDue() {
      const now = Date.now();
      if (now - lookedAt < LOOK_INTERVAL_MS) return false;
      lookedAt = now;
      return isStale && isWanted();
    },

    /** What was held back is told when loading or scrolling ends, or the page is left. */
    settle() {
      if (isStale && isWanted() && Date.now() - askedAt >= LOOK_INTERVAL_MS) tellCount();
    },

    /** The page was away, and its tab's number is gone. */
    forget() {
      port?.disconnect();
      port = undefined;
      told = undefined;
    },
  };
};
