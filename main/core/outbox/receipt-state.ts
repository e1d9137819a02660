import { z } from 'zod';
import type { RefusalCode } from '../../contract/platform.ts';
import { LookRow, RowState } from './rows.ts';
import type { Storage } from './storage.ts';

interface Found {
  readonly seq: number;
  readonly state?: unknown;
}
const Code = z.object({ code: z.string().nullable() });

/** How the rows of a receipt stand, in one answer; null: no row of it is here. */
export function receiptState(storage: Storage, receipt: string): LookRow | null {
  return storage.read(null, ({ sql }) => {
    const rows = RowState.options.flatMap((state) => (sql.look.get(receipt, state) as Found | undefined) ?? []);
    // Of several rows the oldest speaks, unless one was lost.
    const isLost = ({ state }: Found) => Number(state === 'lost');
    const first = rows.sort((a, b) => isLost(b) - isLost(a) || a.seq - b.seq)[0];
    if (first === undefined) return null;
    const { seq: _, ...row } = first;
    // A parked row's code is for staff.
    const code: RefusalCode | string | null = row.state === 'refused' ? Code.parse(row).code : null;
    const look = LookRow.safeParse({ ...row, code });
    return look.success ? look.data : null;
  });
}
