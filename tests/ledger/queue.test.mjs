//! Owns the tests of the content script's ledger queue: whatever becomes of the background, each line is stored, and none is sent without need; never opens a browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import vm from 'node:vm';

const SOURCE = readFileSync(join(import.meta.dirname, '..', '..', 'extension', 'content', 'ledger.js'), 'utf8');
const SALT = '0'.repeat(32);

/** A page with a module that holds observations, and a background that may be killed; tasks run when told to. */
function stage() {
  const it = { waiting: [], tasks: 0, sent: [], stored: [], records: [], isDead: false, isMute: false, answers: [], time: 1e12, idle: [] };
  const module = {
    rows: (salt) => {
      assert.equal(salt, SALT);
      return it.waiting.splice(0, 2).map((line) => `b\tx\torla\t${line.length}\t1\n${line}\n`).join('');
    },
    record: (...record) => it.records.push(record),
  };
  const world = vm.createContext({ Math, Date: { now: () => it.time } });
  vm.runInContext(SOURCE, world);
  it.ledger = world.KibitzLedger({
    ask: (work) => work(module),
    soon: () => { it.tasks += 1; },
    whenIdle: (work) => it.idle.push(work),
    send: async (message) => {
      it.sent.push(message);
      if (it.isDead) throw new Error('the message port closed');
      it.stored.push(...message.lines);
      if (it.isMute) return new Promise((done) => it.answers.push(done));
      return { ack: message.batch, salt: SALT, records: message.brands.map(([room, brand]) => [room, brand, 7, 3]) };
    },
  });
  it.see = (...lines) => {
    it.waiting.push(...lines);
    it.ledger.noticed(it.waiting.length, false);
  };
  /** An event comes, and the page has nothing else to do. */
  it.settle = () => {
    it.ledger.settle();
    it.idle.splice(0).forEach((work) => work());
  };
  /** Lets every task run that was asked for, and those that they ask for. */
  it.run = async () => {
    for (let round = 0; round < 50 && it.tasks > 0; round++) {
      it.tasks -= 1;
      // Not waited for: an answer may never come.
      void it.ledger.work();
      await new Promise(setImmediate);
    }
  };
  return it;
}

test('nothing goes out before an event, then all of it in one batch', async () => {
  const it = stage();
  it.see('a', 'b', 'c');
  await it.run();
  assert.equal(it.sent.length, 0);
  it.settle();
  await it.run();
  assert.deepEqual(it.stored, ['a', 'b', 'c']);
  assert.deepEqual(it.sent.map(({ lines }) => lines.length), [0, 3], 'a greeting for the salt, and one batch');
  assert.deepEqual(it.records, [['x', 'orla', 7, 3]]);
  it.settle();
  await it.run();
  assert.equal(it.sent.length, 2, 'and nothing more while nothing happens');
});

test('the first post of a brand, and many of any, wait for no event', async () => {
  const it = stage();
  it.waiting.push('a');
  it.ledger.noticed(1, true);
  await it.run();
  assert.deepEqual(it.stored, ['a']);
  it.see(...Array.from({ length: 48 }, (_, at) => `line ${at}`));
  await it.run();
  assert.equal(it.stored.length, 49);
});

test('the page comes first: a brand is told of once a second, and the rest waits until the page is idle', async () => {
  const it = stage();
  it.see('a');
  it.settle();
  await it.run();
  it.waiting.push('b');
  it.ledger.noticed(1, true);
  it.ledger.settle();
  await it.run();
  assert.deepEqual(it.stored, ['a']);
  // The brand is still to be told of, with whatever comes next.
  it.time += 1000;
  it.see('c');
  await it.run();
  assert.deepEqual(it.stored, ['a', 'b', 'c']);
  it.see('d');
  it.settle();
  await it.run();
  assert.deepEqual(it.stored, ['a', 'b', 'c', 'd']);
});

test('a batch that was not acknowledged is sent again under its id', async () => {
  const it = stage();
  it.see('a');
  it.settle();
  await it.run();
  it.isDead = true;
  it.see('b');
  it.settle();
  await it.run();
  const tries = it.sent.slice(2);
  assert.equal(tries.length, 2, 'once more at once, then not before the next event');
  assert.equal(new Set(tries.map(({ batch }) => batch)).size, 1);
  it.isDead = false;
  it.see('c');
  it.settle();
  await it.run();
  assert.deepEqual(it.stored, ['a', 'b', 'c']);
  assert.equal(it.sent.at(-2).batch, tries[0].batch);
});

test('leaving sends what is on its way once more, and all that waits', async () => {
  const it = stage();
  it.see('a');
  it.settle();
  await it.run();
  it.isMute = true;
  it.see('b');
  it.settle();
  await it.run();
  it.see('c', 'd', 'e');
  it.ledger.leave();
  await new Promise(setImmediate);
  assert.deepEqual([...it.sent.at(-1).lines], ['b', 'c', 'd', 'e']);
  // The page lives on after all: the late answer to the first is no answer to the second.
  it.isMute = false;
  it.answers.forEach((done, at) => done({ ack: it.sent.filter(({ lines }) => lines.length > 0)[at + 1].batch, salt: SALT }));
  await new Promise(setImmediate);
  it.see('f');
  it.settle();
  await it.run();
  assert.deepEqual([...it.sent.at(-1).lines], ['f']);
});

test('without a background at first, nothing is lost', async () => {
  const it = stage();
  it.isDead = true;
  it.see('a', 'b', 'c');
  it.settle();
  await it.run();
  assert.deepEqual([it.stored, it.waiting.length], [[], 3], 'nothing is taken before the salt is known');
  it.isDead = false;
  it.settle();
  await it.run();
  assert.deepEqual(it.stored, ['a', 'b', 'c']);
});
