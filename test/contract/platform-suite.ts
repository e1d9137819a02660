import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BatchItem } from '../../main/contract/platform.ts';
import type { Platform } from '../../main/core/ports.ts';

/** One implementation of the port `Platform`, with the platform behind it. */
export interface PlatformHarness {
  readonly client: Platform;
  /** From now on no connection can be made. */
  cut(): void;
  close(): Promise<void>;
}

const TERMINAL = 'K-TEST-1';
const item = (n: number): BatchItem => ({
  id: `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`,
  kind: 'set-up',
  receipt: String(1_000_000_000 + n * 7),
  terminal: TERMINAL,
  sealed: `nobody.made.this.${n}`,
});

/** What delivery, the staff's side and enrolment take for granted of every platform (main/core/ports.ts). */
export function platformSuite(name: string, make: (terminal: string) => Promise<PlatformHarness>): void {
  describe(`a platform: ${name}`, () => {
    const { signal } = new AbortController();
    let harness: PlatformHarness;
    beforeEach(async () => {
      harness = await make(TERMINAL);
    });
    afterEach(() => harness.close());

    test('tells its time, and when it answered', async () => {
      const answer = await harness.client.status(signal);
      if (!answer.ok) throw new Error(answer.error.kind);
      const { body, date } = answer.value;
      expect(Number.isNaN(Date.parse(body.time))).toBe(false);
      expect(body.maintenance).toBe(false);
      expect(Math.abs((date ?? Number.NaN) - Date.parse(body.time))).toBeLessThan(60_000);
    });

    test('gives as many challenges as are asked for, each another, none of them over', async () => {
      const answer = await harness.client.challenges(5, signal);
      if (!answer.ok) throw new Error(answer.error.kind);
      const { challenges } = answer.value.body;
      expect(new Set(challenges.map(({ challenge }) => challenge)).size).toBe(5);
      for (const { expiresAt } of challenges) expect(Date.parse(expiresAt)).toBeGreaterThan(answer.value.date ?? Number.NaN);
    });

    test('answers every row of a batch by its id, in order, and the same row with the same verdict', async () => {
      const items = [item(1), item(2), item(3)];
      const [first, again] = [await harness.client.send(items, signal), await harness.client.send(items, signal)];
      if (!first.ok || !again.ok) throw new Error('no answer');
      expect(first.value.body.results.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
      for (const result of first.value.body.results) expect(result).toMatchObject({ outcome: 'refused', code: 'unreadable' });
      expect(again.value.body.results).toEqual(first.value.body.results);
    });

    test('says "unreachable" where nothing was sent, whatever is asked, and never throws', async () => {
      harness.cut();
      const { client } = harness;
      for (const ask of [
        () => client.status(signal),
        () => client.challenges(1, signal),
        () => client.send([item(1)], signal),
        () => client.ask({ ...item(1), kind: 'status' }, signal),
        () => client.catalogue(0, signal),
        () => client.application('1234567890', signal),
        () => client.enrol({ code: 'AAAA-BBBB-CCCC', csr: 'none' }, signal),
      ])
        expect(await ask()).toEqual({
          ok: false,
          error: { kind: 'line', cause: 'unreachable', status: null, retryAfterMs: null },
        });
    });
  });
}
