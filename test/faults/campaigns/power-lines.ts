import { z } from 'zod';
import { SubmissionKind } from '../../../main/contract/submission.ts';
import type { Ledger, LedgerRow } from './ledger.ts';
import type { ModelPlatform } from './model-platform.ts';

/** When an act began and ended: monotonic ms of the machine, the same in every process. */
const span = { began: z.number(), ended: z.number() };
export const monotonicNow = (): number => Number(process.hrtime.bigint() / 1000n) / 1000;

/** What the child of the power campaign tells, one JSON object a line. */
export const PowerLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('row'), id: z.string(), kind: SubmissionKind, receipt: z.string(), sealed: z.string() }),
  z.object({ type: z.literal('acknowledged'), id: z.string(), ...span }),
  z.object({ type: z.literal('cancelling'), receipt: z.string() }),
  z.object({ type: z.literal('cancelled'), receipt: z.string(), answer: z.enum(['yes', 'no', 'error']), ...span }),
  z.object({ type: z.literal('sent'), ids: z.array(z.string()) }),
  z.object({ type: z.literal('settling'), rows: z.array(z.object({ id: z.string(), parked: z.boolean() })) }),
  z.object({ type: z.literal('spent'), challenge: z.string(), ...span }),
  z.object({ type: z.literal('unspent'), challenge: z.string() }),
]);
export type PowerLine = z.infer<typeof PowerLine>;

const ofReceipt = (ledger: Ledger, receipt: string): LedgerRow[] =>
  [...ledger.rows.values()].filter((row) => row.receipt === receipt);

/** Takes one line into what was promised. */
export function takeLine(ledger: Ledger, platform: ModelPlatform, line: PowerLine): void {
  switch (line.type) {
    case 'ready':
      return;
    case 'row': {
      const { id, kind, receipt, sealed } = line;
      if (!ledger.rows.has(id)) ledger.rows.set(id, { id, kind, receipt, sealed, said: 'refused', sent: false });
      return;
    }
    case 'acknowledged':
      change(ledger, line.id, (row) => {
        row.said = 'acknowledged';
      });
      return;
    case 'cancelling':
      // Until the answer is known, it may be done and it may not.
      for (const row of ofReceipt(ledger, line.receipt)) if (row.said === 'acknowledged') row.said = 'cancel-refused';
      return;
    case 'cancelled':
      for (const row of ofReceipt(ledger, line.receipt)) {
        if (line.answer === 'yes' && platform.held.has(row.id))
          ledger.doubled.push(`${row.id} was cancelled after it had been sent`);
        if (row.said !== 'cancel-refused') continue;
        if (line.answer === 'yes') row.said = 'cancelled';
        if (line.answer === 'no') row.said = 'acknowledged';
      }
      return;
    case 'sent':
      for (const id of line.ids)
        change(ledger, id, (row) => {
          row.sent = true;
        });
      return;
    case 'settling':
      for (const { id, parked } of line.rows)
        change(ledger, id, (row) => {
          if (parked) row.said = 'parked';
          else platform.take(row);
        });
      return;
    case 'spent':
      if (ledger.spent.has(line.challenge)) ledger.doubled.push('a spent challenge was handed out again');
      ledger.spent.add(line.challenge);
      return;
    case 'unspent':
      ledger.spent.delete(line.challenge);
  }
}

function change(ledger: Ledger, id: string, how: (row: LedgerRow) => void): void {
  const row = ledger.rows.get(id);
  if (row !== undefined) how(row);
}
