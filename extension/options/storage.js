// Owns the part of the page of choices that tells how much is stored, and bounds it. Never touches the database itself.
import { byId, element } from "../ui/element.js";
import { quietly } from "../ui/quietly.js";
import { number, plural, word } from "../ui/words.js";

const api = globalThis.browser ?? globalThis.chrome;

/** What may be kept at most, in posts; the ledger's own standard is the last. */
const CAPS = [10_000, 50_000, 100_000, 250_000, 500_000, 1_000_000];
/** So large a part goes with one press, the oldest first. */
const PRUNED_PART = 0.1;

let state;

/** The background's answer; undefined when it could not do it. */
async function ask(message) {
  const answer = await quietly(api.runtime.sendMessage(message));
  return answer?.error ? undefined : answer;
}

export async function show() {
  state = await ask({ kind: "ledgerState" });
  const megabytes = state?.usage == null ? "–" : number(state.usage / 1e6, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
  const pair = (key, value) => [element("dt", {}, word(key)), element("dd", {}, value)];
  byId("storage-state").replaceChildren(
    ...pair("opt_stored", state ? number(state.live) : "–"),
    ...pair("opt_pruned", state ? number(state.pruned) : "–"),
    ...pair("opt_used", megabytes),
  );
  const caps = [...new Set([...CAPS, ...(state?.cap ? [state.cap] : [])])].sort((a, b) => a - b);
  byId("storage-cap").replaceChildren(...caps.map((cap) => element("option", { value: String(cap) }, plural("opt_posts", cap))));
  byId("storage-cap").value = String(state?.cap ?? CAPS.at(-1));
  byId("storage-prune").disabled = !state?.live;
}

/** `say` tells what came of it. */
export function listen(say) {
  const run = async (message, said) => {
    say(word("opt_working"));
    const done = await ask(message);
    say(done === undefined ? word("opt_failed", word("opt_storage")) : said, { isBad: done === undefined });
    await show();
  };
  byId("storage-cap").addEventListener("change", ({ target }) => run({ kind: "ledgerCap", cap: Number(target.value) }, word("opt_saved")));
  byId("storage-prune").addEventListener("click", () => run({ kind: "ledgerPrune", number: Math.ceil((state?.live ?? 0) * PRUNED_PART) }, word("opt_pruned_done")));
}
