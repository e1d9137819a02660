import { expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import type { AuditLog, AuditNote } from '../audit/audit-log.ts';
import { noteOnce, SAME_REFUSAL_MS } from './note-once.ts';

it('a refusal that comes again and again is one entry a minute; acts and tries are one each', () => {
  const clock = createManualClock();
  const written: AuditNote[] = [];
  const note = noteOnce({ append: (one: AuditNote) => written.push(one) > 0 } as unknown as AuditLog, clock);
  const in_use = { role: 'clerk', key: 'window 1', action: 'console.open', outcome: 'in-use' } as const;
  for (let second = 0; second < 120; second++) {
    for (let times = 0; times < 40; times++) note(in_use);
    clock.advance(1000);
  }
  expect(written.length).toBe(120_000 / SAME_REFUSAL_MS);
  note({ ...in_use, key: 'window 2' });
  note({ ...in_use, action: 'visit.end' });
  for (const outcome of ['done', 'wrong', 'locked']) for (let times = 0; times < 3; times++) note({ ...in_use, outcome });
  expect(written.length).toBe(2 + 2 + 9);
});
