//! Owns looking into closed shadow roots from outside the page, to say what Kibitz shows of which post; never asks the page.

import { FACTS, ID_OF } from './facts.mjs';

/**
 * Runs in the page with every closed root found: what each of Kibitz's elements says and where it stands.
 * `roots` is a list of shadow roots; `facts` names the site's posts.
 */
const describe = `(roots, facts) => {
  const KINDS = ['conversation', 'broadcast', 'advert', 'unsure'];
  const idOf = ${ID_OF};
  const box = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const round = (value) => Math.round(value * 10) / 10;
    return { x: round(x + scrollX), y: round(y + scrollY), width: round(width), height: round(height) };
  };
  // Dialog and toast stand in the view, not on the page.
  const middle = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  };
  // A colour in any notation as red, green, blue and opacity, 0–255.
  const brush = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const channels = (colour) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    return [...brush.getImageData(0, 0, 1, 1).data];
  };
  // The colour of an element's words, and of all that lies behind it up to what nothing shines through.
  const colours = (element) => {
    const layers = [channels(getComputedStyle(element).color)];
    for (let at = element; at && (layers.length < 2 || layers.at(-1)[3] < 255); at = at.parentElement ?? at.getRootNode().host ?? null) layers.push(channels(getComputedStyle(at).backgroundColor));
    return layers;
  };
  const rowOf = (host) => host.closest(facts.row) ?? host.parentElement;
  const postOf = (host) => {
    const within = host.closest(facts.post);
    if (within) return within;
    const next = host.nextElementSibling;
    if (next?.matches(facts.post)) return next;
    // The line of a row that is gone as a whole stands before it.
    if (next?.matches(facts.row) && !host.closest(facts.row)) return next.querySelector(facts.post);
    return rowOf(host)?.querySelector(facts.post) ?? null;
  };
  const gone = (post) => post.getClientRects().length === 0 || post.getBoundingClientRect().height === 0 || getComputedStyle(post).visibility === 'hidden';
  const dim = (post) => Number(getComputedStyle(post).opacity) < 0.6;
  const out = [];
  for (const root of roots) {
    const { host } = root;
    if (!host?.isConnected) continue;
    const button = root.querySelector('button');
    const kind = KINDS.find((name) => button?.classList.contains(name));
    const post = host.parentElement === document.body || host.parentElement === document.documentElement ? null : postOf(host);
    if (!post && !button) {
      out.push({ part: 'profile', text: root.querySelector('p')?.textContent ?? '', box: box(root.querySelector('p') ?? host) });
      continue;
    }
    if (!post || root.querySelector('[role="dialog"]')) {
      const controls = [...root.querySelectorAll('button')].map((it) => ({ does: it.getAttribute('data-do') ?? it.className, says: (it.getAttribute('aria-label') ?? it.textContent).trim(), on: it.getAttribute('aria-checked'), box: box(it), view: middle(it), focused: root.activeElement === it }));
      const surface = root.querySelector('[role="dialog"]') ?? root.firstElementChild ?? host;
      out.push({ part: root.querySelector('[role="dialog"]') ? 'dialog' : 'toast', text: root.textContent.trim().slice(0, 600), box: box(surface), controls });
      continue;
    }
    const told = button ? button.getAttribute('aria-label') ?? button.textContent.trim() : root.textContent.trim();
    out.push({ part: kind && host.closest(facts.post) && !root.querySelector('.show') ? 'badge' : 'fold', id: idOf(post), kind: kind ?? null, says: told, colours: colours(button ?? host), box: box(button ?? host), post: box(post), hidden: gone(post) ? 'gone' : dim(post) ? 'dim' : null });
  }
  return out;
}`;

/** Every closed root of the page, in Chromium: through the extension's own world when it lives there, else through the inspector. */
async function chromium(tab, facts) {
  const world = [...tab.worlds.values()].find((it) => it.auxData?.type === 'isolated' && it.origin?.startsWith('chrome-extension://'));
  if (world) {
    const expression = `(${describe})([...document.querySelectorAll('*')].map((it) => it instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(it) : null).filter((it) => it && it.mode === 'closed'), ${JSON.stringify(facts)})`;
    const { result, exceptionDetails } = await tab.cdp.send('Runtime.evaluate', { expression, contextId: world.id, returnByValue: true });
    if (!exceptionDetails) return result.value;
  }
  return viaInspector(tab, facts);
}

/** The same through the inspector alone: slower, needs no extension. */
export async function viaInspector(tab, facts = FACTS.of(tab.page.url())) {
  const { root } = await tab.cdp.send('DOM.getDocument', { depth: -1, pierce: true });
  const found = [];
  const walk = (node) => {
    for (const shadow of node.shadowRoots ?? []) if (shadow.shadowRootType === 'closed') found.push(shadow.backendNodeId);
    for (const kid of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) walk(kid);
  };
  walk(root);
  const objects = await Promise.all(found.map(async (backendNodeId) => (await tab.cdp.send('DOM.resolveNode', { backendNodeId })).object));
  await tab.cdp.send('DOM.disable');
  if (objects.length === 0) return [];
  const { result } = await tab.cdp.send('Runtime.callFunctionOn', {
    objectId: objects[0].objectId, functionDeclaration: `function (facts, ...roots) { return (${describe})(roots, facts); }`, arguments: [{ value: facts }, ...objects.map(({ objectId }) => ({ objectId }))], returnByValue: true,
  });
  return result.value;
}

/** Every closed root of the page, in Firefox: the protocol serialises closed roots too. */
async function firefox(tab, facts) {
  const { connection } = tab.stage.browser;
  const context = tab.page.mainFrame()._id;
  const { result } = await connection.send('script.evaluate', { expression: 'document.body', target: { context, sandbox: 'stage' }, awaitPromise: false, serializationOptions: { maxDomDepth: null, includeShadowTree: 'all' } });
  const found = [];
  const walk = (node) => {
    const { value } = node;
    // The browser's own elements (a video, a `details`) have closed roots as well; ours are all spans.
    if (value?.localName === 'span' && value.shadowRoot && value.shadowRoot.value?.mode !== 'open') found.push(value.shadowRoot.sharedId);
    for (const kid of value?.children ?? []) walk(kid);
  };
  walk(result.result);
  if (found.length === 0) return [];
  const answer = await connection.send('script.callFunction', {
    functionDeclaration: `(facts, ...roots) => JSON.stringify((${describe})(roots, JSON.parse(facts)))`, target: { context, sandbox: 'stage' }, awaitPromise: false,
    arguments: [{ type: 'string', value: JSON.stringify(facts) }, ...found.map((sharedId) => ({ sharedId }))],
  });
  if (answer.result.type === 'exception') throw new Error(answer.result.exceptionDetails.text);
  return JSON.parse(answer.result.result.value);
}

/** What Kibitz shows on the tab now, in document order: `{part: badge|fold, id, kind, says, box, post, hidden}` or `{part: dialog|toast|profile, text, box, controls}`. */
export async function readBadges(tab) {
  const facts = FACTS.of(tab.page.url());
  return tab.stage.kind === 'chromium' ? chromium(tab, facts) : firefox(tab, facts);
}
