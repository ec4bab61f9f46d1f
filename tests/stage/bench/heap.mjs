//! Owns what a page's heap holds, object by object, in Chromium: what is alive, not what waits to be swept; never judges it.

/** Kinds of a snapshot's nodes that scripts do not hold: what the engine makes of code, and what the browser holds of the page. */
const APART = ['code', 'native'];
/** The module's memory, as a snapshot names it. */
const WASM_MEMORY = 'system / JSArrayBufferData';
/** A collection may free what the next one can take. */
const PASSES = 3;

/** Bytes alive on the tab's page after forced collections, `{objects, code, native, buffers}`: what scripts hold, compiled code, nodes and styles, array buffers. */
export async function alive(tab) {
  for (let pass = 0; pass < PASSES; pass++) await tab.cdp.send('HeapProfiler.collectGarbage');
  const chunks = [];
  const take = ({ chunk }) => chunks.push(chunk);
  tab.cdp.on('HeapProfiler.addHeapSnapshotChunk', take);
  await tab.cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  tab.cdp.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot: { meta }, nodes, strings } = JSON.parse(chunks.join(''));
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => meta.node_fields.indexOf(field));
  const sums = { objects: 0, code: 0, native: 0, buffers: 0 };
  for (let at = 0; at < nodes.length; at += meta.node_fields.length) {
    const kind = meta.node_types[type][nodes[at + type]];
    sums[!APART.includes(kind) ? 'objects' : kind === 'native' && strings[nodes[at + name]] === WASM_MEMORY ? 'buffers' : kind] += nodes[at + size];
  }
  return sums;
}
