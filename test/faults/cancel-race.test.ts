import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { BatchItem } from '../../main/contract/platform.ts';
import { receiptNumber } from '../../main/contract/receipt.ts';
import { type OutboxStore, openOutbox } from '../../main/core/outbox/outbox.ts';
import type { Exchange } from '../../main/core/platform-http/exchange.ts';
import { createHttpPlatform } from '../../main/core/platform-http/http-platform.ts';
import { createDelivery } from '../../main/core/sync/delivery.ts';
import { ensureTestPki, personOf, type TestPki } from '../sandbox/pki/index.ts';
import { createCounter } from '../sandbox/platform/counter.ts';
import { type Platform, startPlatform } from '../sandbox/platform/start.ts';
import { AKARI } from '../support/applicants.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { PROMISE } from '../support/promises.ts';
import { signUpContent } from '../support/sign-up-acts.ts';
import { testFolder } from '../support/test-folder.ts';

/**
 * Taking back races the sender: exactly one of cancelled and accepted, wherever between two steps the person presses. The steps are the
 * sender's calls to the queue and the network, counted; the press comes before the n-th of them.
 */
const TERMINAL = 'K-TEST-1';
let pki: TestPki;
beforeAll(async () => {
  pki = await ensureTestPki();
});

interface Race {
  readonly outbox: OutboxStore;
  readonly platform: Platform;
  readonly act: { readonly item: BatchItem };
  /** Runs the sender, and the press before its n-th step. */
  run(pressBefore: number): Promise<{ readonly steps: number; readonly won: boolean | null }>;
}
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

type What = 'sign-up' | 'card-application';

async function race(loseReply: boolean, what: What = 'sign-up'): Promise<Race> {
  const folder = testFolder('kiosk', 'cancel-race');
  const clock = createManualClock(Date.now());
  const log = () => {};
  const limits = { maxRows: 100, ballastBytes: 0, minFreeBytes: 0, challengeStock: 1 };
  const opened = openOutbox({ folder, limits, clock, log });
  if (!opened.ok) throw new Error(opened.error);
  const outbox = opened.value;
  const platform = await startPlatform({ data: testFolder('world', 'cancel-race'), port: null, memory: true, pki });
  const counter = await createCounter(platform, TERMINAL);
  const { authCertDer, authKey } = personOf(pki, 'fresh');
  const act =
    what === 'sign-up'
      ? await counter.actWith({ certDer: authCertDer, key: authKey }, { content: signUpContent() })
      : await counter.apply({ form: AKARI.form, photo: Buffer.from(AKARI.photo()).toString('base64') });
  outbox.addChallenges([{ challenge: 'A'.repeat(32), expiresAt: clock.now() + 1e9 }]);
  const { id, kind, receipt, sealed } = act.item;
  outbox.enqueue({ id, kind, receipt, sealed });
  if (loseReply) platform.faults({ type: 'drop-reply', times: 1 });
  open.push(async () => {
    outbox.close();
    await platform.close();
    rmSync(join(folder, 'outbox.db'), { force: true });
  });
  return {
    outbox,
    platform,
    act,
    async run(pressBefore) {
      let steps = 0;
      let won: boolean | null = null;
      const press = () => {
        const result = outbox.cancel(receipt);
        won = result.ok && result.value;
      };
      const step = () => {
        if (steps === pressBefore) press();
        steps += 1;
      };
      const watched: OutboxStore = {
        ...outbox,
        due: (...given) => {
          step();
          const rows = outbox.due(...given);
          step();
          return rows;
        },
        markSending: (...given) => {
          step();
          const marked = outbox.markSending(...given);
          step();
          return marked;
        },
        settle: (...given) => {
          step();
          const done = outbox.settle(...given);
          step();
          return done;
        },
      };
      const exchange: Exchange = async (ask) => {
        if (ask.path !== '/v1/batches') return platform.exchange(ask);
        step();
        const answer = await platform.exchange(ask);
        step();
        return answer;
      };
      const delivery = createDelivery({
        outbox: watched,
        client: createHttpPlatform({ exchange, close: async () => {} }, TERMINAL, clock.now, randomBytes),
        clock,
        random: (length) => new Uint8Array(length),
        log,
        terminal: TERMINAL,
        sync: { pollSeconds: 60, catalogueSeconds: 3600, backOffCapSeconds: 5, startSpreadSeconds: 0 },
        challengeStock: 1,
      });
      delivery.start();
      // Real keys are used meanwhile, on threads of their own: how many turns that takes is the machine's business.
      for (let turn = 0; turn < 5000; turn++) {
        clock.advance(2000);
        await new Promise((resolve) => setTimeout(resolve, 1));
        const { pending, sending } = outbox.counts();
        if (pending + sending === 0) break;
      }
      // The press came after everything.
      if (won === null) press();
      await delivery.stop();
      return { steps, won };
    },
  };
}

const check = ({ outbox, platform, act }: Race, won: boolean | null) => {
  const { cancelled, accepted, pending, sending } = outbox.counts();
  const taken = platform.submissions().filter(({ id }) => id === act.item.id);
  expect({ cancelled, accepted, waiting: pending + sending }, PROMISE).toEqual(
    won === true ? { cancelled: 1, accepted: 0, waiting: 0 } : { cancelled: 0, accepted: 1, waiting: 0 },
  );
  expect(taken, PROMISE).toHaveLength(won === true ? 0 : 1);
  expect([...platform.links(), ...platform.applications()], PROMISE).toHaveLength(won === true ? 0 : 1);
};

describe.each<[string, boolean, What]>([
  ['the reply arrives', false, 'sign-up'],
  ['the reply is lost, and the row is sent again', true, 'sign-up'],
  ['an application with its picture', false, 'card-application'],
])('taking back against the sender: %s', (_, loseReply, what) => {
  test('before every single step of the sender', async () => {
    const first = await race(loseReply, what);
    const { steps, won } = await first.run(Number.POSITIVE_INFINITY);
    check(first, won);
    expect(won).toBe(false);
    expect(steps).toBeGreaterThan(6);
    const wins: number[] = [];
    for (let at = 0; at < steps; at++) {
      const one = await race(loseReply, what);
      const end = await one.run(at);
      check(one, end.won);
      if (end.won === true) wins.push(at);
    }
    // Only before the row was marked as being sent.
    expect(wins).toEqual([0, 1, 2]);
  });
});

test('two presses at once: one is told yes, the other no', async () => {
  const { outbox, act } = await race(false);
  expect(outbox.cancel(act.item.receipt)).toEqual({ ok: true, value: true });
  expect(outbox.cancel(act.item.receipt)).toEqual({ ok: true, value: false });
  expect(outbox.look(act.item.receipt)).toMatchObject({ kind: 'sign-up', state: 'cancelled' });
});

test('any number that is no receipt here cancels nothing', async () => {
  const { outbox, act } = await race(false);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999 }), (n) => {
      const receipt = receiptNumber(String(n).padStart(9, '0'));
      if (receipt !== act.item.receipt) expect(outbox.cancel(receipt)).toEqual({ ok: true, value: false });
    }),
    { numRuns: 50 },
  );
  expect(outbox.counts().pending).toBe(1);
});
