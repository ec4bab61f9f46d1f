// Owns the panel's module: inflated and started once, when it is first needed. Never used by a content script.
import { bytes } from "./bytes.js";
import { core } from "./core.js";

let started;

/** The exported functions: see `src/panel/exports.rs`. */
export function panel() {
  started ??= core.inflate(bytes).then((module) => core.fromBytes(module));
  return started;
}
