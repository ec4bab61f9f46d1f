//! Owns waiting: for a condition, or for an answer that may never come; never waits for a time to pass.

import assert from 'node:assert/strict';

/** A condition that is not met after so long never will be, milliseconds. */
export const PATIENCE_MS = 15_000;
/** Pause between two looks at a condition, milliseconds. */
const LOOK_EVERY_MS = 30;
/** A page that is there answers within this time, also when a feed of five hundred posts keeps it busy, milliseconds. */
const ANSWER_MS = 20_000;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Asks `look` until it gives something true, and gives that; `what` names it in the error.
 *
 * That it never came about is a failed assertion, that one could not even look is another error: a control must tell them apart.
 */
export async function until(what, look, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      const seen = await look();
      if (seen) return seen;
      last = seen;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      if (last instanceof Error && !(last instanceof assert.AssertionError)) throw new Error(`never: ${what} (${last.message})`, { cause: last });
      throw new assert.AssertionError({ message: `never: ${what}${last instanceof Error ? ` (${last.message})` : ''}` });
    }
    await wait(LOOK_EVERY_MS);
  }
}

/** What `promise` gives; an error when it takes too long. A question to a page that is just going may stay without an answer. */
export function soon(what, promise) {
  let timer;
  const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`never: ${what}`)), ANSWER_MS); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
