//! Owns how the stage asks after ledgers: the extension's background, and the developer's verb that makes and reads them; never a check.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '..', '..');
/** Most that the verb may print, bytes. */
const PRINTED_AT_MOST = 1 << 30;
const run = promisify(execFile);

/** What `cargo xtask ledger` prints; others go on meanwhile, since it may have to be built first. */
export const verb = async (...flags) => (await run('cargo', ['xtask', 'ledger', ...flags], { cwd: ROOT, encoding: 'utf8', maxBuffer: PRINTED_AT_MOST })).stdout;

/** What the background answers a page of the extension. */
export async function ask(world, message) {
  // Between browsers only what is not `undefined` travels alike.
  const { answer, silent } = await world.stage.inExtension((it) => (globalThis.browser ?? globalThis.chrome).runtime.sendMessage(it).then((answer) => ({ answer, silent: answer === undefined }), () => ({ silent: true })), message);
  assert.ok(!silent, 'the ledger answers');
  if (answer?.error) throw new Error(answer.error);
  return answer;
}
