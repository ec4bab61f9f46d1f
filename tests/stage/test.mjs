//! Owns the run of every check: the packaged extension in both forms, in real browsers, and the villain in its place where checks must fail; never packages.
//!
//! node tests/stage/test.mjs [chromium|firefox …]   (default: both)   KIBITZ_ONLY=words narrows to checks whose name holds them,
//! KIBITZ_FORMS=production,twin,villain to some of the three runs

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openStage } from './browser.mjs';
import { CHECKS, World } from './checks.mjs';
import { startServer } from './server.mjs';
import './suites/badges.mjs';
import './suites/hiding.mjs';
import './suites/ledger.mjs';
import './suites/life.mjs';
import './suites/promises.mjs';

const DIST = join(import.meta.dirname, '..', '..', 'dist');
const VILLAIN = join(import.meta.dirname, 'villain');
const FOLDERS = { chromium: { production: 'chrome', twin: 'chrome-twin' }, firefox: { production: 'firefox', twin: 'firefox-twin' } };
const asked = process.argv.slice(2).filter((it) => it in FOLDERS);
const browsers = asked.length ? asked : (process.env.KIBITZ_BROWSERS?.split(',') ?? Object.keys(FOLDERS));
const only = process.env.KIBITZ_ONLY ?? '';
const forms = process.env.KIBITZ_FORMS?.split(',') ?? ['production', 'twin', 'villain'];
const chosen = CHECKS.filter(({ name }) => name.includes(only));

let server;
before(async () => { server = await startServer(); });
after(() => server.close());

/** One browser with one extension in it and, beside it, one browser without. */
function suite(title, kind, folder, tests) {
  describe(title, () => {
    const world = {};
    before(async () => {
      assert.ok(existsSync(join(folder, 'manifest.json')), `${folder} is not there: run ./build.sh package${folder.endsWith('-twin') ? ' --twin-only' : ''}`);
      [world.stage, world.bare] = await Promise.all([openStage(server, { browser: kind, extension: folder }), openStage(server, { browser: kind })]);
    });
    after(() => Promise.all([world.stage?.close(), world.bare?.close()]));
    tests(world);
  });
}

for (const kind of browsers) {
  for (const form of ['production', 'twin'].filter((it) => forms.includes(it))) {
    suite(`${kind}, ${form}`, kind, join(DIST, FOLDERS[kind][form]), (world) => {
      for (const { name, where, body } of chosen.filter((it) => it.core || (!(kind === 'firefox' && form === 'twin') && it.where({ kind, form })))) {
        test(name, { timeout: 120_000 }, async () => {
          const attempt = async () => {
            const run = new World(world.stage, world.bare, { form });
            try {
              await body(run);
              run.finish();
            } finally {
              await run.close();
            }
          };
          // A loaded machine starves a browser now and then: a check may be tried once more, and says so.
          await attempt().catch((error) => {
            console.log(`# once more: ${name}: ${error.message.split('\n')[0]}`);
            return attempt();
          });
        });
      }
    });
  }
}

// The negative controls need one browser: what they try is the checks, not the browsers.
if (forms.includes('villain')) suite(`${browsers[0]}, the villain: every check turns red`, browsers[0], VILLAIN, (world) => {
  for (const { name, sins, where, body } of chosen.filter((it) => it.where({ kind: browsers[0], form: 'production' }))) {
    for (const sin of sins) {
      test(`${name} — ${sin || 'none in particular'}`, { timeout: 120_000 }, async () => {
        await world.stage.settings({ raw: { sin } });
        const run = World.villain(world.stage, world.bare);
        try {
          await assert.rejects(async () => { await body(run); run.finish(); }, (error) => error instanceof assert.AssertionError || /^never: |Cannot read prop|undefined|null/.test(error.message));
        } finally {
          await run.close();
        }
      });
    }
  }
});
