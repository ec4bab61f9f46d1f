// Owns what the background answers about the ledger: to content scripts that bring observations, and to the extension's own pages.
// Never reads a page, never keeps anything between two messages.
import { exportLines, importLines } from "./files.js";
import { brandsOf, kindsSince, prune, setCap, state, wipe, write } from "./store.js";

const api = globalThis.browser ?? globalThis.chrome;

/** A content script's batch; nothing comes from a private window. */
async function take({ batch, lines, brands }) {
  const { records, salt, refused, isPruned } = await write(lines, brands);
  return { ack: batch, records, salt, refused, isPruned: Boolean(isPruned) };
}

async function whole(parts) {
  let text = "";
  for await (const part of parts) text += part;
  return text;
}

/** What the extension's own pages may ask. */
const PAGES = {
  ledgerToday: ({ since }) => kindsSince(since),
  ledgerState: () => state(),
  ledgerExport: () => whole(exportLines()),
  ledgerImport: ({ text }) => importLines([text]),
  ledgerWipe: () => wipe(),
  ledgerCap: ({ cap }) => setCap(cap),
  ledgerPrune: ({ number }) => prune(number),
  ledgerBrands: ({ posts }) => brandsOf(posts),
};

api.runtime.onMessage.addListener((message, sender, reply) => {
  const isOwnPage = sender.url?.startsWith(api.runtime.getURL(""));
  const isFeed = !isOwnPage && sender.tab !== undefined && !sender.tab.incognito;
  let work;
  if (message?.kind === "ledger" && isFeed) work = take(message);
  else if (isOwnPage && Object.hasOwn(PAGES, message?.kind ?? "")) work = PAGES[message.kind](message);
  else return false;
  work.then(
    (answer) => reply(answer ?? null),
    // The module throws plain words.
    (error) => reply({ error: String(error) }),
  );
  return true;
});
