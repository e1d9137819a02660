import type { SnapshotFrom } from 'xstate';
import type { Screen } from '../../../contract/screens.ts';
import type { createReceiptLookupMachine } from './machine.ts';

/** The pending journey as a screen. */
export function receiptLookupScreen(snapshot: SnapshotFrom<ReturnType<typeof createReceiptLookupMachine>>): Screen {
  const { row, text, problem, camera, cancelled, application, slip } = snapshot.context;
  if (row !== null) {
    if (snapshot.matches('row') || snapshot.matches('asking')) return { name: 'pending-row', ...row };
    if (snapshot.matches('sure')) return { name: 'pending-sure', receipt: row.receipt, kind: row.kind };
    if (snapshot.matches('status')) return { name: 'application-status', receipt: row.receipt, application, slip };
    if (snapshot.matches('ended')) return { name: 'pending-cancelled', receipt: row.receipt, cancelled, slip };
  }
  return { name: 'pending-find', text, problem, camera };
}
