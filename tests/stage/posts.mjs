//! Owns the posts of the demo feed: who wrote what, when, and the label each text was written with; never touches a page.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PERSONS } from './words/persons.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
/** Where the project's own texts may stand. */
const DIRS = [join(ROOT, 'model', 'data'), join(ROOT, '..', 'shared', 'data')];
/** The moment at which every demo page is "now": 2026-11-20T18:00Z. */
export const NOW_MS = Date.UTC(2026, 10, 20, 18);
const X_EPOCH_MS = 1288834974657;

/** A small seeded generator (mulberry32): numbers in [0, 1). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function lines(name) {
  const dir = DIRS.find((it) => existsSync(join(it, name)));
  if (!dir) throw new Error(`${name} found in none of ${DIRS.join(', ')}`);
  return readFileSync(join(dir, name), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

let written;
/** Every text written for the project, with its label. */
export function texts() {
  written ??= [...lines('written-en.jsonl'), ...lines('written-multi.jsonl')];
  return written;
}

const hash = (text) => [...text].reduce((sum, char) => Math.imul(sum ^ char.codePointAt(0), 16777619) >>> 0, 2166136261);
const ascii = (text) => text.normalize('NFKD').replace(/[^\p{L}\p{N} ]/gu, '');

/** Who writes under this name: handle, mark, followers; the same for every post and every run. */
function brand(name, kind) {
  const bits = hash(name);
  const words = ascii(name).split(' ').filter(Boolean);
  const latin = /^[\x20-\x7e]+$/.test(words.join(' '));
  const handle = latin ? words.join('').slice(0, 15) : `org_${bits.toString(36)}`;
  return {
    name, kind: 'organisation', trade: kind, handle, slug: latin ? words.join('-').toLowerCase() : `org-${bits.toString(36)}`,
    hue: bits % 360, form: bits % 5, letter: [...name][0], followers: 900 + (bits % 970000), gold: bits % 10 < 8,
  };
}

function person([name, headline]) {
  const bits = hash(name);
  const words = ascii(name).split(' ').filter(Boolean);
  return {
    name, kind: 'person', headline, handle: `${words.join('_').toLowerCase()}${bits % 90}`.slice(0, 15), slug: `${words.join('-').toLowerCase()}-${bits.toString(36).slice(0, 6)}`,
    hue: bits % 360, form: bits % 4, letter: [...name][0], followers: 20 + (bits % 3000), blue: bits % 3 === 0, gold: false,
  };
}

/** The id of a post written at `ms`: X counts from its own epoch, LinkedIn from 1970; both keep time in the upper bits. */
function idOf(site, ms, n) {
  const time = site === 'x' ? BigInt(ms - X_EPOCH_MS) : BigInt(ms);
  return String((time << 22n) | BigInt((n * 7919) % 4194304));
}

/** Whose texts a site shows where it shows others' than its own. */
const FEEDS = { x: ['x', 'threads', 'bluesky'], linkedin: ['linkedin', 'facebook'] };
const SELLING = new Set(['product', 'offer', 'event', 'solicit']);
/** Shares of the feed; the rest is brands' own posts. */
const SHARE = { person: 0.22, ad: 0.12, quote: 0.05, repost: 0.08, reply: 0.05, video: 0.1, photo: 0.28, personAd: 0.01 };

/**
 * `n` posts for `site`, newest first. `lang` chooses the texts' language (English when it has too few).
 * The label of each is under `label` ({intent, stance, ad}, or null for persons) and is not sent to pages.
 */
export function feed(site, { n = 200, seed = 7, lang = 'en' } = {}) {
  const next = random(seed);
  const pool = texts().filter((it) => it.lang === lang && (FEEDS[site] ?? [site]).includes(it.platform) && it.intent !== 'other');
  const own = pool.filter((it) => !it.is_reply);
  const selling = own.filter((it) => SELLING.has(it.intent));
  const pick = (list) => list[Math.floor(next() * list.length)];
  const deck = (list) => {
    let left = [];
    return () => {
      if (left.length === 0) left = list.map((it) => [next(), it]).sort((a, b) => a[0] - b[0]).map(([, it]) => it);
      return left.pop();
    };
  };
  const [brands, sellers, persons] = [deck(own), deck(selling), deck(PERSONS.posts)];
  const posts = [];
  let ms = NOW_MS - 4 * 60e3;
  for (let i = 0; i < n; i++) {
    ms -= Math.floor((1 + next() * 14) * 60e3);
    const roll = next();
    const one = { n: i, id: idOf(site, ms, i), ms, urn: next() < 0.5 ? 'activity' : 'ugcPost', lang, counts: counts(next) };
    if (roll < SHARE.person) {
      const [who, text] = persons();
      Object.assign(one, { author: person(PERSONS.people[who]), text, label: null, lang: 'en' });
      if (next() < SHARE.personAd) one.ad = true;
    } else {
      const ad = roll < SHARE.person + SHARE.ad;
      const row = ad ? sellers() : brands();
      Object.assign(one, { author: brand(row.author, row.kind), text: row.text, label: { intent: row.intent, stance: row.stance, ad: row.ad }, source: row.id, ad });
    }
    const look = next();
    if (one.ad) one.card = { domain: `${one.author.slug.slice(0, 18)}.ex.am`, title: one.text.split(/[.!?]/)[0].slice(0, 60), hue: (one.author.hue + 40) % 360 };
    else if (look < SHARE.quote) {
      const row = pick(own);
      one.quote = { author: brand(row.author, row.kind), text: row.text, id: idOf(site, ms - 36e5, i + 1), ms: ms - 36e5 };
    } else if (look < SHARE.quote + SHARE.repost) one.repostedBy = person(pick(Object.values(PERSONS.people)));
    else if (look < SHARE.quote + SHARE.repost + SHARE.reply) one.connector = true;
    else if (look < 0.18 + SHARE.video) one.video = { seconds: 12 + Math.floor(next() * 70), hue: Math.floor(next() * 360), caption: next() < 0.4 ? 'Ad' : '' };
    else if (look < 0.28 + SHARE.photo) one.photo = { hue: Math.floor(next() * 360), form: Math.floor(next() * 4) };
    posts.push(one);
  }
  return posts;
}

function counts(next) {
  const likes = Math.floor(next() ** 4 * 9000);
  return { replies: Math.floor(likes * 0.04 * next()), reposts: Math.floor(likes * 0.11 * next()), likes, bookmarks: Math.floor(likes * 0.03), views: likes * 37 + Math.floor(next() * 900) };
}

/** The post as a page may know it: without its label. */
export function published({ label, source, ...post }) {
  void label; void source;
  return post;
}
