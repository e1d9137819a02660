import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { OutboxStore } from '../../../main/core/outbox/outbox.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { act, type Scene } from './acts.ts';
import { createLedger } from './ledger.ts';
import { createModelPlatform } from './model-platform.ts';
import { monotonicNow, type PowerLine } from './power-lines.ts';
import { createRandom } from './random.ts';
import { openQueue, usable } from './store.ts';

/**
 * A kiosk's queue until the power goes: acts without end, and every acknowledgement told over the pipe at once, so that it is known outside
 * before anything else happens. What it is about to do is told too: a death in the middle may have done it.
 */
const { values } = parseArgs({
  options: {
    queue: { type: 'string', default: '' },
    journal: { type: 'string', default: '' },
    seed: { type: 'string', default: '0' },
  },
});
const say = (line: PowerLine) => void writeSync(1, `${JSON.stringify(line)}\n`);

const clock = createManualClock();
const random = createRandom(Number(values.seed));
const ledger = createLedger();
const scene: Scene = {
  ledger,
  random,
  clock,
  refusals: 0,
  platform: createModelPlatform({ ledger, random, now: () => clock.now() }),
};
const opened = openQueue({ queue: values.queue, journal: values.journal }, clock);
if (typeof opened === 'string') throw new Error(opened);
const { store } = opened;

const told: OutboxStore = Object.create(store, {
  enqueue: {
    value: (row: Parameters<OutboxStore['enqueue']>[0]) => {
      say({ type: 'row', ...row });
      const began = monotonicNow();
      const answer = store.enqueue(row);
      if (answer.ok) say({ type: 'acknowledged', id: row.id, began, ended: monotonicNow() });
      return answer;
    },
  },
  cancel: {
    value: (receipt: string) => {
      say({ type: 'cancelling', receipt });
      const began = monotonicNow();
      const answer = store.cancel(receipt);
      const said = answer.ok ? (answer.value ? 'yes' : 'no') : 'error';
      say({ type: 'cancelled', receipt, answer: said, began, ended: monotonicNow() });
      return answer;
    },
  },
  markSending: {
    value: (rows: Parameters<OutboxStore['markSending']>[0]) => {
      const marked = store.markSending(rows);
      if (marked !== null) say({ type: 'sent', ids: [...marked] });
      return marked;
    },
  },
  settle: {
    value: (settlements: Parameters<OutboxStore['settle']>[0]) => {
      say({ type: 'settling', rows: settlements.map(({ id, state }) => ({ id, parked: state === 'parked' })) });
      return store.settle(settlements);
    },
  },
  takeChallenge: {
    value: () => {
      const began = monotonicNow();
      const challenge = store.takeChallenge();
      if (challenge !== null) say({ type: 'spent', challenge, began, ended: monotonicNow() });
      return challenge;
    },
  },
  giveBackChallenge: {
    value: (challenge: string) => {
      say({ type: 'unspent', challenge });
      store.giveBackChallenge(challenge);
    },
  },
});

const go = () => {
  try {
    if (usable(store)) act(scene, { ...opened, store: told });
    else clock.advance(1000);
  } catch {
    // After the cut everything fails; what counts is what was said.
  }
  setImmediate(go);
};
say({ type: 'ready' });
go();
