// Owns the request to allow the sites at which Kibitz starts by itself, wherever a page shows it. Never asks without a press.
import { element } from "./element.js";
import { hostOf, missing, shortHost } from "./hosts.js";
import { quietly } from "./quietly.js";
import { word } from "./words.js";

const api = globalThis.browser ?? globalThis.chrome;

/** Fills a list with one line for each network that is not allowed, and one for all; gives how many there are. */
export async function showMissing(list) {
  const origins = await missing();
  // The hosts of one network differ in their prefix only.
  const networks = [...Map.groupBy(origins, (origin) => shortHost(hostOf(origin)))];
  const line = ([name, wanted]) => {
    const allow = element("button", { type: "button", "aria-label": word("popup_allow_site", name), "data-key": `allow ${name}` }, word("popup_allow"));
    // The request must be made in the press itself.
    allow.addEventListener("click", () => quietly(api.permissions.request({ origins: wanted })));
    return element("li", {}, element("bdi", { class: "who" }, name), allow);
  };
  const lines = networks.map(line);
  if (networks.length > 1) {
    const all = element("button", { type: "button", class: "primary", "data-key": "allow all" }, word("popup_allow_all"));
    all.addEventListener("click", () => quietly(api.permissions.request({ origins })));
    lines.unshift(element("li", {}, all));
  }
  list.replaceChildren(...lines);
  return networks.length;
}
