//! Owns the run of every check: the packaged extension in both forms, in real browsers, and the villain in its place where checks must fail; never packages.
//!
//! node tests/stage/test.mjs [chromium|firefox …]   (default: both)   KIBITZ_ONLY=words|words narrows to checks whose name holds some of them,
//! KIBITZ_FORMS=production,twin,rooms,villain to some of the four runs (villain: and the extension's own pages gone wrong)

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openStage } from './browser.mjs';
import { CHECKS, World } from './checks.mjs';
import { onHosts } from './extension.mjs';
import { startServer } from './server.mjs';
import './suites/badges.mjs';
import './suites/dashboard.mjs';
import './suites/dashboard-data.mjs';
import './suites/hiding.mjs';
import './suites/ledger.mjs';
import './suites/options.mjs';
import './suites/life.mjs';
import './suites/looks.mjs';
import './suites/promises.mjs';
import './suites/reader.mjs';
import { CONTROLS, playRoom, ROOMS } from './suites/rooms.mjs';
import './suites/teardown.mjs';
import { doWrong, wrongly } from './wrongs.mjs';

const DIST = join(import.meta.dirname, '..', '..', 'dist');
const VILLAIN = join(import.meta.dirname, 'villain');
const FOLDERS = { chromium: { production: 'chrome', twin: 'chrome-twin' }, firefox: { production: 'firefox', twin: 'firefox-twin' } };
const asked = process.argv.slice(2).filter((it) => it in FOLDERS);
const browsers = asked.length ? asked : (process.env.KIBITZ_BROWSERS?.split(',') ?? Object.keys(FOLDERS));
const only = process.env.KIBITZ_ONLY ?? '';
const forms = process.env.KIBITZ_FORMS?.split(',') ?? ['production', 'twin', 'rooms', 'villain'];
const isAsked = (name) => only.split('|').some((words) => name.includes(words));
const chosen = CHECKS.filter(({ name }) => isAsked(name));

/** Suites that run side by side, each with a server and browsers of its own: they wait more than they work (a fifth of the time is CPU). */
const ABREAST = 3;
/** Browsers among which long runs are shared out, so that none is left over at the end. */
const SHARES = 2;
const shareOf = (list, share) => list.filter((it, at) => at % SHARES === share);
/** Chromium sees every control of a check; Firefox the first, for the sake of time, and all of a check that is its own. */
const controlsOf = (kind, where, controls) => Object.entries(controls).slice(0, kind === 'firefox' && where({ kind: 'chromium', form: 'production' }) ? 1 : undefined);
const part = (share) => `${share + 1} of ${SHARES}`;

const suites = [];

/** One browser with one extension in it (a folder, or what makes one) and, once it is asked for, one browser without; none where there is nothing to do. */
function suite(title, kind, from, isEmpty, tests) {
  if (isEmpty) return;
  suites.push(() => describe(title, { concurrency: 1 }, () => {
    const world = {};
    let bare;
    before(async () => {
      const folder = typeof from === 'function' ? from() : from;
      assert.ok(existsSync(join(folder, 'manifest.json')), `${folder} is not there: run ./build.sh package${folder.endsWith('-twin') ? ' --twin-only' : ''}`);
      world.server = await startServer();
      world.stage = await openStage(world.server, { browser: kind, extension: folder });
      world.bare = () => bare ??= openStage(world.server, { browser: kind });
    });
    after(async () => {
      await Promise.all([world.stage?.close(), (await bare)?.close()]);
      await world.server?.close();
    });
    tests(world);
  }));
}

/** Checks on one form, one after another, each in pages of its own. */
function checks(kind, form, share) {
  const due = shareOf(chosen.filter((it) => it.core || it.where({ kind, form })), share);
  suite(`${kind}, ${form} ${part(share)}`, kind, join(DIST, FOLDERS[kind][form]), due.length === 0, (world) => {
    for (const { name, body } of due) {
      test(name, { timeout: 120_000 }, async () => {
        const run = new World(world.stage, world.bare, { form });
        try {
          await body(run);
          run.finish();
        } finally {
          await run.close();
        }
      });
    }
  });
}

/** Hosts of the demo rooms: some are nobody's, and only those run Kibitz that the reader has switched on. */
const roomHosts = ROOMS.flatMap(({ hosts }) => hosts);

/** One scenario after another on every room, all in one page each. */
function rooms(kind, share) {
  const due = shareOf(ROOMS.filter((it) => isAsked(`rooms: ${it.name}`)), share);
  suite(`${kind}, rooms ${part(share)}`, kind, () => onHosts(join(DIST, FOLDERS[kind].production), roomHosts), due.length === 0, (world) => {
    for (const room of due) {
      test(`rooms: ${room.name}`, { timeout: 120_000 }, async () => {
        const run = new World(world.stage, world.bare);
        try {
          await playRoom(run, room);
          run.finish();
        } finally {
          await run.close();
        }
      });
    }
  });
}

/** Whether a control turned red for the reason it was written for: an assertion of the check itself, with the words expected of it. */
function isRed(error, expected) {
  assert.ok(error instanceof assert.AssertionError, `red for another reason than an assertion: ${error?.stack ?? error}`);
  assert.match(error.message, expected);
  return true;
}

/** The checks with the villain in Kibitz's place. */
function sinning(kind, share) {
  const due = shareOf(chosen.filter(({ sins, where }) => Object.keys(sins).length > 0 && where({ kind, form: 'production' })), share);
  suite(`${kind}, the villain ${part(share)}: every check turns red`, kind, VILLAIN, due.length === 0, (world) => {
    for (const { name, sins, where, body } of due) {
      for (const [sin, expected] of controlsOf(kind, where, sins)) {
        test(`${name} — ${sin || 'none in particular'}`, { timeout: 120_000 }, async () => {
          const run = World.villain(world.stage, world.bare, sin);
          try {
            await assert.rejects(async () => { await body(run); run.finish(); }, (error) => isRed(error, expected));
          } finally {
            await run.close();
          }
        });
      }
    }
  });
}

/** The scenarios of the rooms with the villain in Kibitz's place. */
function sinningInRooms(kind) {
  const due = CONTROLS.filter(({ where, scenario }) => (where?.includes(kind) ?? true) && isAsked(`rooms: ${scenario}`));
  suite(`${kind}, the villain in the rooms: every scenario turns red`, kind, () => onHosts(VILLAIN, roomHosts), due.length === 0, (world) => {
    for (const { scenario, room, sin, expected } of due) {
      test(`rooms: ${scenario} — ${sin || 'none in particular'}, ${room}`, { timeout: 120_000 }, async () => {
        const run = World.villain(world.stage, world.bare, sin);
        try {
          await assert.rejects(() => playRoom(run, ROOMS.find(({ name }) => name === room), [scenario]), (error) => isRed(error, expected));
        } finally {
          await run.close();
        }
      });
    }
  });
}

/** The checks with one wrong done by Kibitz's own pages. */
function wronging(kind) {
  const due = chosen.filter(({ wrongs, where }) => Object.keys(wrongs).length > 0 && where({ kind, form: 'production' }));
  suite(`${kind}, its own pages gone wrong: every check turns red`, kind, () => wrongly(join(DIST, FOLDERS[kind].production)), due.length === 0, (world) => {
    for (const { name, wrongs, where, body } of due) {
      for (const [wrong, expected] of controlsOf(kind, where, wrongs)) {
        test(`${name} — ${wrong}`, { timeout: 120_000 }, async (context) => {
          const run = new World(world.stage, world.bare);
          await doWrong(world.stage, wrong);
          try {
            await assert.rejects(async () => { await body(run); run.finish(); }, (error) => isRed(error, expected));
          } catch (error) {
            if (!run.unchecked) throw error;
            context.skip(run.unchecked);
          } finally {
            await run.close();
            await doWrong(world.stage, null);
          }
        });
      }
    }
  });
}

for (const kind of browsers) {
  for (let share = 0; share < SHARES; share++) {
    for (const form of ['production', 'twin'].filter((it) => forms.includes(it))) checks(kind, form, share);
    if (forms.includes('rooms')) rooms(kind, share);
    if (forms.includes('villain')) sinning(kind, share);
  }
  if (forms.includes('villain')) {
    sinningInRooms(kind);
    wronging(kind);
  }
}

describe('the stage', { concurrency: ABREAST }, () => { for (const declare of suites) declare(); });
