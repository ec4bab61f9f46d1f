// Owns noticing that a pause has ended: at what happens on the page anyway, without a timer. Never says how long one lasts.
var KibitzWaking = ({ isAlive, isPaused, wake }) => {
  const EVENTS = ["visibilitychange", "focus", "pointerdown", "scroll"];
  const PASSIVE = { capture: true, passive: true };
  let isListening = false;

  function listen(isNeeded) {
    if (isNeeded === isListening) return;
    isListening = isNeeded;
    for (const name of EVENTS) {
      if (isNeeded) globalThis.addEventListener(name, hear, PASSIVE);
      else globalThis.removeEventListener(name, hear, PASSIVE);
    }
  }

  function hear() {
    if (!isAlive()) listen(false);
    else if (!isPaused()) wake();
  }

  return { listen };
};
