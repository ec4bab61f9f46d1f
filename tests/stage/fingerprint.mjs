//! Owns the comparison of a page with itself: every element, its attributes and computed styles; never says what may differ.

/** Runs in the page: everything that can be told about its elements, as one list; styles as computed, of those that `styled` selects. */
export function fingerprint(styled = 'article *, [role="listitem"] *, article, [role="listitem"], [data-testid="cellInnerDiv"], html, body') {
  const lines = [];
  for (const element of document.querySelectorAll('*')) {
    const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).join(' ');
    lines.push(`${element.nodeName} ${attributes} ${element.childNodes.length}`);
  }
  for (const element of document.querySelectorAll(styled)) {
    const style = getComputedStyle(element);
    let sum = 0;
    for (const property of style) {
      const value = style.getPropertyValue(property);
      for (let at = 0; at < value.length; at++) sum = (Math.imul(sum, 31) + value.charCodeAt(at)) | 0;
    }
    lines.push(`${element.nodeName} ${element.className} ${sum}`);
  }
  lines.push(`sheets ${document.adoptedStyleSheets.length} ${document.styleSheets.length}, highlights ${CSS.highlights?.size ?? 0}`);
  return lines;
}

/** Where two fingerprints differ, shortly. */
export const differences = (before, after) => before.length !== after.length ? [`${before.length} lines, then ${after.length}`] : before.map((line, at) => [line, after[at]]).filter(([a, b]) => a !== b).slice(0, 5);
