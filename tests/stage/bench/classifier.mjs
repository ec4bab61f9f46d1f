//! Owns the comparison of classifiers on one page in one run: ours as Wasm and as the twin, and fastText's Wasm; never judges which is right.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { texts } from '../posts.mjs';
import { fasttext } from './fasttext.mjs';
import { median, paired } from './numbers.mjs';

/** Texts per engine and round, and rounds; the engines take turns within a round. */
const TEXTS = 300;
const ROUNDS = 24;
/** The budget speaks of posts of this length, in characters. */
const LENGTH_CHARS = 200;

/** Cuts or joins the project's texts to posts of about the same length. */
function posts() {
  const list = texts().filter((it) => it.lang === 'en').map((it) => it.text.replace(/\s+/g, ' '));
  return Array.from({ length: TEXTS }, (_, at) => {
    let text = list[(at * 7) % list.length];
    for (let more = 1; [...text].length < LENGTH_CHARS; more++) text += ` ${list[(at * 7 + more) % list.length]}`;
    return [...text].slice(0, LENGTH_CHARS).join('');
  });
}

/** Runs in the page: its engine over all texts, in microseconds a text. */
const turn = () => {
  const { judge, list } = globalThis.bench;
  let sum = 0;
  const from = performance.now();
  for (const text of list) sum += judge(text);
  const spent = performance.now() - from;
  if (!Number.isFinite(sum)) throw new Error('an engine gave nothing');
  return (spent * 1000) / list.length;
};

/** Runs in the page: a verdict's numbers (see `boundary/wire.rs`) as an object with all that a badge and its dialog show. */
const unpack = (numbers) => {
  const [stance, intent, isSure, ad, confidence, adProbability, pConversation] = numbers;
  const phrases = (from, count) => {
    const list = [];
    for (let at = from; at < from + 3 * count; at += 3) list.push({ start: numbers[at], end: numbers[at + 1], weight: numbers[at + 2] });
    return list;
  };
  const [decided, against] = [numbers[19], numbers[20]];
  return { stance: stance < 0 ? null : stance === 1 ? 'conversation' : 'broadcast', intent, isSure: isSure === 1, ad: ad === 1, confidence, adProbability, pConversation, intents: numbers.slice(7, 19), evidence: phrases(21, decided), against: phrases(21 + 3 * decided, against) };
};

/** Run in a page each: makes the engine. What scripts declare is not a property of the window. */
const ENGINES = {
  'Kibitz, Wasm': async () => {
    const core = await (0, eval)('KibitzCore.inflate(KibitzBytes).then((bytes) => KibitzCore.fromBytes(bytes))');
    globalThis.bench.judge = (text) => globalThis.bench.unpack(core.verdict(text, 'x', false, 'en')).confidence;
  },
  'Kibitz, twin': async () => {
    const core = await (0, eval)('KibitzCore.inflate(KibitzTwinData).then((data) => KibitzCore.fromTwin(KibitzTwin, data))');
    globalThis.bench.judge = (text) => globalThis.bench.unpack(core.verdict(text, 'x', false, 'en')).confidence;
  },
  'fasttext.wasm.js, label only': async () => {
    const { default: factory } = await import('/fastText.common.js');
    const module = await factory({ locateFile: () => '/fastText.common.wasm' });
    module.FS.writeFile('/model.bin', new Uint8Array(await (await fetch('/model.bin')).arrayBuffer()));
    const model = new module.FastText();
    model.loadModel('/model.bin');
    globalThis.bench.judge = (text) => {
      const list = model.predict(text.toLowerCase(), 1, 0);
      const [probability] = list.get(0);
      list.delete();
      return probability;
    };
  },
};

/** `[{name, us, typical, ratio}]` with the ratio to ours as Wasm, and `absent`: why the peer is missing, or null. */
export async function classifiers(stage, server, content) {
  const peer = fasttext();
  const files = { '/': '<!DOCTYPE html><title>bench</title>' };
  const scripts = ['core.js', 'bytes.js', 'twin.js'];
  for (const name of scripts) files[`/${name}`] = readFileSync(join(content, name), 'utf8');
  if (!peer.absent) {
    for (const name of ['fastText.common.js', 'fastText.common.wasm']) files[`/${name}`] = readFileSync(join(peer.files, 'dist', 'core', name));
    files['/model.bin'] = peer.model;
  }
  server.set({ files: { 'bench.example': files } });
  let { absent = null } = peer;
  const list = posts();
  const pages = {};
  for (const [name, make] of Object.entries(ENGINES)) {
    const ours = name.startsWith('Kibitz');
    if (!ours && absent) continue;
    const page = await stage.browser.newPage();
    await page.goto('https://bench.example/');
    if (ours) for (const script of scripts) await page.addScriptTag({ url: `/${script}` });
    await page.evaluate((texts) => { globalThis.bench = { list: texts }; }, list);
    await page.evaluate(`globalThis.bench.unpack = ${unpack}`);
    try {
      await page.evaluate(make);
      await page.evaluate(turn);
      pages[name] = page;
    } catch (error) {
      if (ours) throw error;
      absent = error.message;
      await page.close();
    }
  }
  const names = Object.keys(pages);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -3; round < ROUNDS; round++) {
    for (let at = 0; at < names.length; at++) {
      const name = names[(at + Math.max(0, round)) % names.length];
      const us = await pages[name].evaluate(turn);
      if (round >= 0) times[name].push(us);
    }
  }
  for (const page of Object.values(pages)) await page.close();
  const [base] = names;
  const rows = names.map((name) => ({ name, us: Math.min(...times[name]), typical: median(times[name]), ratio: paired(times[name].map((us, at) => us / times[base][at])) }));
  return { rows, absent: absent ? `fasttext.wasm.js: not measured (${absent})` : null };
}
