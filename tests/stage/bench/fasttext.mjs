//! Owns the peer classifier of the bench: fastText, trained in this run on the project's own texts, and its Wasm build; absent is a fact to report, not an error.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { texts } from '../posts.mjs';

const CACHE = join(process.env.KIBITZ_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kibitz'), 'fasttext');
const WHEEL = 'fasttext-wheel==0.9.2';
const PACKAGE = 'fasttext.wasm.js@1.0.0';
/** The quick, small kind of model: 10 dimensions, word pairs, 200,000 buckets. */
const TRAIN = `
import sys, fasttext
model = fasttext.train_supervised(sys.argv[1], dim=10, wordNgrams=2, bucket=200000, epoch=20, minCount=1, thread=1, verbose=0)
model.save_model(sys.argv[2])
`;

const quiet = { stdio: ['ignore', 'pipe', 'pipe'], timeout: 240_000 };

/** `{files: folder of the npm package, model: path}`, or `{absent: why}`. */
export function fasttext() {
  try {
    mkdirSync(CACHE, { recursive: true });
    const venv = join(CACHE, 'venv');
    const python = join(venv, 'bin', 'python');
    if (!existsSync(join(venv, 'ready'))) {
      execFileSync('python3', ['-m', 'venv', venv], quiet);
      execFileSync(python, ['-m', 'pip', 'install', '--quiet', WHEEL, 'numpy'], quiet);
      writeFileSync(join(venv, 'ready'), WHEEL);
    }
    const files = join(CACHE, 'node_modules', 'fasttext.wasm.js');
    if (!existsSync(files)) {
      writeFileSync(join(CACHE, 'package.json'), '{"private":true}');
      execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', PACKAGE], { ...quiet, cwd: CACHE });
    }
    const [data, model] = [join(CACHE, 'train.txt'), join(CACHE, 'model.bin')];
    const flat = (text) => text.replace(/\s+/g, ' ').toLowerCase();
    writeFileSync(data, texts().filter((it) => it.stance).map((it) => `__label__${it.stance} ${flat(it.text)}`).join('\n'));
    writeFileSync(join(CACHE, 'train.py'), TRAIN);
    execFileSync(python, [join(CACHE, 'train.py'), data, model], quiet);
    return { files, model: readFileSync(model) };
  } catch (error) {
    return { absent: String(error.stderr?.toString().trim().split('\n').at(-1) || error.message).slice(0, 160) };
  }
}
