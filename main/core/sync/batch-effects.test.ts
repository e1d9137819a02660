import { expect, it } from 'vitest';
import type { WaitingRow } from '../outbox/rows.ts';
import type { PlatformError } from '../ports.ts';
import { BatchEffects } from './batch-effects.ts';
import type { Sent } from './sender.ts';
import { Suspects } from './suspects.ts';

const row = (seq: number, alone = false): WaitingRow => ({
  ...{ seq, id: `row-${seq}`, kind: 'set-up', receipt: `receipt-${seq}`, sealed: 'sealed', attempts: 0, state: 'sending', alone },
});

/** Names of what was called, with the arguments that matter. @param failures of batches in a row @param written whether the disk takes anything */
function harness({ failures = 0, written = true } = {}) {
  const calls: string[] = [];
  const suspects = new Suspects();
  const effects = new BatchEffects({
    outbox: {
      setAlone(id, at) {
        calls.push(`alone ${id} ${at}`);
        return written;
      },
    },
    clock: { now: () => 0, monotonic: () => 0 },
    pace: {
      failures: () => failures,
      failedByRow: () => void calls.push('by row'),
      settled: () => void calls.push('settled'),
      fruitless: () => void calls.push('fruitless'),
      rest: (_purpose, ms) => void calls.push(`rest ${ms}`),
    },
    requests: { worked: () => void calls.push('worked'), failed: (_purpose, { kind }) => void calls.push(`failed ${kind}`) },
    suspects,
    window: { broke: () => void calls.push('broke') },
  });
  const note = (rows: readonly WaitingRow[], sent: Sent) => {
    calls.length = 0;
    effects.note(rows, sent, 0);
    return calls;
  };
  const fail = (rows: readonly WaitingRow[], error: PlatformError) => note(rows, { kind: 'failed', error, rows });
  return { effects, suspects, note, fail };
}
const failed: PlatformError = { kind: 'failed', status: 500, retryAfterMs: null };
const unreachable: PlatformError = { kind: 'line', cause: 'unreachable', status: null, retryAfterMs: null };

it('an answer gives back what it got, and rests as long as the platform and the disk need', () => {
  const { note } = harness();
  expect(note([row(1)], { kind: 'answered', settled: 1, written: true, slotMs: null })).toEqual(['worked', 'settled']);
  expect(note([row(1)], { kind: 'answered', settled: 0, written: false, slotMs: 9000 })).toEqual([
    ...['worked', 'fruitless', 'rest 5000', 'rest 9000'],
  ]);
  expect(note([row(1)], { kind: 'parked', written: true })).toEqual(['worked', 'settled']);
  expect(note([row(1)], { kind: 'unwritten' })).toEqual(['rest 5000']);
  expect(note([row(1)], { kind: 'nothing' })).toEqual(['rest 1000']);
});

it('a failure that may come from a row puts the batch under suspicion; one of the line does not', () => {
  const { fail, suspects } = harness();
  expect(fail([row(1), row(2)], unreachable)).toEqual(['failed line']);
  expect(suspects.ids.size).toBe(0);
  expect(fail([row(1), row(2)], failed)).toEqual(['failed failed']);
  expect([...suspects.ids]).toEqual(['row-1', 'row-2']);
  expect(fail([row(3)], { ...unreachable, cause: 'cut' })).toEqual(['broke', 'failed line']);
});

it('a row that is known to be at fault waits an hour, and costs nobody else', () => {
  expect(harness().fail([row(1, true)], failed)).toEqual(['by row', 'alone row-1 3600000']);
  expect(harness({ written: false }).fail([row(1, true)], failed)).toEqual(['by row', 'alone row-1 3600000', 'rest 5000']);
});

it('small batches try a platform that failed three times, unless nothing had left the kiosk', () => {
  const { effects, fail } = harness({ failures: 3 });
  expect(effects.probing).toBe(true);
  fail([row(1)], unreachable);
  expect(effects.probing).toBe(false);
  fail([row(1)], failed);
  expect(effects.probing).toBe(true);
  expect(harness({ failures: 2 }).effects.probing).toBe(false);
});
