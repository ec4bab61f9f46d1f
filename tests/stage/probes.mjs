//! Owns what is measured inside pages: posts and their boxes, layout shift, the page's own nodes; everything here runs in the page and tells only what the page could see.

import { ID_OF } from './facts.mjs';

/** Runs in the page: every post in document order with its id, box, and whether something has collapsed or dimmed it with an important declaration. */
export const postsOn = new Function('facts', `
  const idOf = ${ID_OF};
  const round = (value) => Math.round(value * 10) / 10;
  const collapsed = (post) => {
    const is = (node, property, value) => node.style?.getPropertyValue(property) === value && node.style.getPropertyPriority(property) === 'important';
    if ([...post.children].some((node) => is(node, 'visibility', 'hidden') || is(node, 'display', 'none'))) return true;
    for (let node = post; node && node !== document.body; node = node.parentElement) {
      if (is(node, 'display', 'none') || is(node, 'visibility', 'hidden')) return true;
      if (node.matches(facts.row)) break;
    }
    return post.getClientRects().length === 0 && Boolean(post.closest('[style*="important"]'));
  };
  return [...document.querySelectorAll(facts.post)].filter((post) => !post.parentElement.closest(facts.post)).map((post) => {
    const { x, y, width, height } = post.getBoundingClientRect();
    return { id: idOf(post), box: { x: round(x + scrollX), y: round(y + scrollY), width: round(width), height: round(height) }, collapsed: collapsed(post), dimmed: Number(getComputedStyle(post).opacity) < 0.6 };
  });
`);

/** The sum of layout shifts so far that no input excuses; null where the browser does not measure them. */
export function layoutShift(tab) {
  return tab.run(() => new Promise((done) => {
    if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) return done(null);
    let sum = 0;
    const observer = new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value; });
    observer.observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => {
      for (const entry of observer.takeRecords()) if (!entry.hadRecentInput) sum += entry.value;
      observer.disconnect();
      done(sum);
    }));
  }));
}

/** Runs in a demo room: ids as the harness reads them, each with the key under which the room knows the post. */
export const keysOn = new Function('facts', `const idOf = ${ID_OF}; return [...document.querySelectorAll(facts.post)].map((post) => [idOf(post), stage.keyOf(post)]).filter(([, key]) => key !== null);`);
