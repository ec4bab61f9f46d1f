//! Owns pages of the extension through which a check reaches its interfaces, in either browser; never shows one to a check.

import { soon, until } from './waiting.mjs';

/** Says that whoever was asked is not there any more. */
export const GONE = /detached|closed|destroyed|no such frame|not found|DiscardedBrowsingContext|never: /i;

/** After so many looks at a page that is not there the order to open it is given again: about four seconds. */
const LOOKS_TO_ORDER_AGAIN = 120;

/** A page of the extension's own in Chromium: `call` runs a function in it. */
export async function chromiumControl(browser, address) {
  // Behind: a page with another before it paints no frames.
  const page = await browser.newPage({ type: 'tab', background: true });
  // A service worker that is just starting blocks its extension's pages for a moment.
  await until('an extension page opens', () => soon('it loads', page.goto(address)));
  return {
    page,
    call: (work, argument) => page.evaluate(`(${work})(${JSON.stringify(argument)})`),
    click: (selector) => page.click(selector),
    isGone: () => page.isClosed(),
    front: () => page.bringToFront(),
    key: (name) => page.keyboard.press(name),
    forced: async (isForced) => {
      const client = await page.createCDPSession();
      await client.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: isForced ? 'active' : 'none' }] });
    },
    close: () => { if (!page.isClosed()) page.close().catch(() => undefined); },
  };
}

/** The same in Firefox, beside the driver's own pages: those lose a tab that changes its process, and never hear that it has loaded. */
export async function firefoxControl({ connection }, address) {
  const { result: { context } } = await connection.send('browsingContext.create', { type: 'tab', background: true });
  const evaluate = async (text, awaitPromise) => {
    const { result } = await connection.send('script.evaluate', { expression: text, target: { context }, awaitPromise });
    if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
    return result.result.value;
  };
  const go = () => connection.send('browsingContext.navigate', { context, url: address, wait: 'none' }).catch(() => undefined);
  go();
  // A tab that was still loading its first, empty page may have dropped the order. One under way must not be given again: it would begin anew.
  let looks = 0;
  await until('an extension page opens', async () => {
    if (++looks % LOOKS_TO_ORDER_AGAIN === 0) go();
    return (await soon('it says where it is', evaluate('location.href', false))) === address;
  });
  return {
    call: async (work, argument) => JSON.parse(await evaluate(`(async () => JSON.stringify((await (${work})(${JSON.stringify(argument)})) ?? null))()`, true)),
    // A press of the user's, as far as the browser can tell.
    click: async (selector) => {
      const { x, y } = JSON.parse(await evaluate(`(() => { const it = document.querySelector(${JSON.stringify(selector)}); it.scrollIntoView({ block: 'center' }); const { x, y, width, height } = it.getBoundingClientRect(); return JSON.stringify({ x: Math.round(x + width / 2), y: Math.round(y + height / 2) }); })()`, false));
      await connection.send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions: [{ type: 'pointerMove', x, y }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }] }] });
    },
    isGone: async () => evaluate('location.href', false).then((href) => href !== address, () => true),
    close: () => { connection.send('browsingContext.close', { context }).catch(() => undefined); },
  };
}
