import { formatReceipt } from '../../contract/receipt.ts';
import type { StaffError } from '../../contract/staff.ts';
import type { OpenFailure } from '../../core/outbox/database.ts';
import type { QueueFileFault } from '../../core/outbox/file-row.ts';
import type { QueueFileReport } from '../../core/outbox/queue-file-report.ts';

/** More receipts than these nobody reads from a screen; the number is said. */
const MOST_RECEIPTS = 1000;

export const faultInWords = (path: string, fault: QueueFileFault): string =>
  ({
    missing: `${path}: there is no such file`,
    unknown: `${path}: not a queue of a kiosk, or nothing of it can be read`,
    unreadable: `${path}: cannot be read, or there is no room for a copy of it in the temporary folder`,
  })[fault];

export const running = (path: string): string => `${path}: the kiosk is running and writes it; stop the kiosk first`;

export const noJournal = (folder: string): string =>
  `${folder}: the queue's journal is not there; say --journal (outbox.journalFolder in the settings), or start the kiosk once where it is gone`;

export const notWritten = (path: string, why: OpenFailure | StaffError): string =>
  why === 'too-new'
    ? `${path}: written by a later version of this program`
    : why === 'media-full'
      ? `${path}: there is no room on the disk`
      : `${path}: cannot be written`;

export function formatReceipts(receipts: readonly (string | null)[]): string {
  const shown = receipts
    .slice(0, MOST_RECEIPTS)
    .map((receipt) => (receipt === null ? '(receipt unreadable)' : formatReceipt(receipt)));
  const more = receipts.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const timeOf = (at: number | null): string => {
  if (at === null || Number.isNaN(new Date(at).getTime())) return '-';
  return new Date(at).toISOString();
};
const countsOf = (counts: ReadonlyMap<string, number>): string =>
  counts.size === 0 ? 'none' : [...counts].map(([name, count]) => `${name} ${count}`).join(', ');

/** What is in a file, as lines. */
export function lookLines(path: string, report: QueueFileReport): string[] {
  const { form, version, rows, states, kinds, oldest, newest, unsent, bad, gaps } = report;
  const what = form === 'journal' ? 'journal' : `database, version ${version ?? 'unknown'}`;
  return [
    `${path}: ${what}, ${rows} rows`,
    `  by state: ${countsOf(states)}`,
    `  by kind: ${countsOf(kinds)}`,
    `  oldest ${timeOf(oldest)}, newest ${timeOf(newest)}`,
    ...(bad.length === 0 ? [] : [`  damaged: ${formatReceipts(bad)}`]),
    ...(gaps === 0 ? [] : [`  places that cannot be read: ${gaps}`]),
    unsent.length === 0 ? '  nothing in it is unsent' : `  unsent: ${unsent.length}`,
    ...unsent
      .slice(0, MOST_RECEIPTS)
      .map(
        ({ receipt, kind, state, at }) =>
          `    ${receipt === null ? '-' : formatReceipt(receipt)}  ${timeOf(at)}  ${kind}  ${state}`,
      ),
    ...(unsent.length > MOST_RECEIPTS ? [`    and ${unsent.length - MOST_RECEIPTS} more`] : []),
  ];
}

/** What is wrong with a file; nothing: it is whole. */
export function wrongLines(path: string, { bad, gaps }: QueueFileReport, faults: readonly string[]): string[] {
  return [
    ...(bad.length === 0 ? [] : [`${path}: ${bad.length} rows are not what was written: ${formatReceipts(bad)}`]),
    ...(gaps === 0 ? [] : [`${path}: ${gaps} places cannot be read`]),
    ...faults.map((fault) => `${path}: ${fault}`),
  ];
}
