// Owns the way of the user's corrections into the ledger, wherever they were made or taken back: a dialog, the popup, the page of
// choices, a file. Never decides what a post is.
import { correct } from "./store.js";

const api = globalThis.browser ?? globalThis.chrome;

const keyOf = ({ room, id }) => `${room} ${id}`;
const intents = (settings) => new Map((settings?.corrections ?? []).map((row) => [keyOf(row), row]));

/** `[room, id, intent or null]` of every post whose correction is another than before. */
function changes(before, after) {
  const [was, is] = [intents(before), intents(after)];
  const posts = new Map([...was, ...is]);
  return [...posts].flatMap(([key, { room, id }]) => {
    const intent = is.get(key)?.intent ?? null;
    return intent === (was.get(key)?.intent ?? null) ? [] : [[room, id, intent]];
  });
}

api.storage.onChanged.addListener(({ settings }, area) => {
  if (area !== "local" || !settings) return;
  const found = changes(settings.oldValue, settings.newValue);
  // A row that cannot be written now is told of again by the page that shows the post.
  if (found.length > 0) correct(found, Date.now()).catch(() => undefined);
});
