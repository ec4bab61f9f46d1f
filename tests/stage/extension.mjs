//! Owns copies of an unpacked extension that run on more hosts than it asks for, as if the reader had switched it on there; never changes the original.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A copy of `folder` for `hosts` as well; removed when the process ends. */
export function onHosts(folder, hosts) {
  const copy = mkdtempSync(join(tmpdir(), 'stage-extension-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  cpSync(folder, copy, { recursive: true });
  const path = join(copy, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  const matches = hosts.map((host) => `https://${host}/*`);
  const more = (list = []) => [...new Set([...list, ...matches])];
  manifest.host_permissions = more(manifest.host_permissions);
  for (const script of manifest.content_scripts.slice(0, 1)) script.matches = more(script.matches);
  writeFileSync(path, JSON.stringify(manifest));
  return copy;
}
