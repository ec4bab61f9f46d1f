// Owns the sites that the user adds one by one: what may be asked for, what was granted. Never reads a page.
import { Refused } from "./settings.js";

const api = globalThis.browser ?? globalThis.chrome;
const manifest = api.runtime.getManifest();

/** Origins at which Kibitz starts by itself. */
export const OWN = manifest.host_permissions ?? [];

/** `https://*.example.com/*` → `example.com`. */
export const hostOf = (origin) => origin.replace(/^[^/]*\/\/(?:\*\.)?/, "").replace(/[:/].*$/, "");

/** A host without the prefix in which the hosts of one network differ. */
export const shortHost = (host) => host.replace(/^(?:www|m|mobile|web)\./, "");

const SERVED = (manifest.content_scripts ?? []).flatMap(({ matches }) => matches);

/** Whether Kibitz starts on this host by itself. */
export const isServed = (host) => SERVED.some((match) => hostOf(match) === host);

/** What the user typed, as the origin to ask for: a whole address, or a bare host. Throws [`Refused`]. */
export function originOf(typed) {
  const text = typed.trim();
  const address = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]*:\d+(?:\/|$)/.test(text) ? text : `https://${text}`;
  if (!text || /\s/.test(text) || !URL.canParse(address)) throw new Refused("refused_site", text);
  const { protocol, hostname, port } = new URL(address);
  if (protocol !== "https:") throw new Refused("refused_https", text);
  // A pattern knows no port, and one for many sites is never asked for.
  if (port || hostname.includes("*") || !hostname.includes(".")) throw new Refused("refused_site", text);
  if (isServed(hostname)) throw new Refused("refused_served", hostname);
  return `https://${hostname}/*`;
}

/** Own origins that the browser (Firefox may) has not granted, or took back. */
export async function missing() {
  const granted = await Promise.all(OWN.map((origin) => api.permissions.contains({ origins: [origin] })));
  return OWN.filter((_, at) => !granted[at]);
}

/** Origins that the user added, one site each; a permission for all sites at once switches none of them on. */
export async function added() {
  const { origins = [] } = await api.permissions.getAll();
  const isOneSite = (origin) => /^https:\/\/[^*/]+\/\*$/.test(origin);
  return origins.filter((origin) => isOneSite(origin) && !isServed(hostOf(origin))).sort();
}

/** Has `tell` called whenever a site was granted or taken back. */
export function onChanged(tell) {
  api.permissions.onAdded.addListener(tell);
  api.permissions.onRemoved.addListener(tell);
}
