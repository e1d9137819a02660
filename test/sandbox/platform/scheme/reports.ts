import { z } from 'zod';
import type { Measure } from '../../../../main/contract/catalogue.ts';
import type { Result } from '../../../../main/contract/result.ts';
import { err, ok } from '../../../../main/contract/result.ts';
import type { Accounts } from '../accounts.ts';
import type { Store } from '../store.ts';
import { settleLink } from './ledger.ts';
import type { PremiumRule } from './premium.ts';

const ReportId = z.string().regex(/^[A-Za-z0-9-]{1,40}$/);
/** What a provider says has happened on an account. `yen`: whole yen. A reversal names the report that it takes back, whole. */
export const Report = z.discriminatedUnion('kind', [
  z
    .object({
      id: ReportId,
      kind: z.enum(['charge', 'purchase']),
      account: z.string().regex(/^[0-9A-Za-zァ-ヴー]{1,32}$/),
      yen: z.number().int().min(1).max(10_000_000),
      at: z.iso.datetime(),
    })
    .strict(),
  z.object({ id: ReportId, kind: z.literal('reversal'), reverses: ReportId, at: z.iso.datetime() }).strict(),
]);
export type Report = z.infer<typeof Report>;

/** `conflict`: the same id with something else in it. */
export type ReportOutcome = Result<'taken' | 'duplicate', 'conflict'>;

export interface Book {
  readonly store: Store;
  readonly accounts: Accounts;
  /** By its id: a report may come when the next measure has begun. */
  readonly measure: (id: string) => Measure;
  readonly rounding: PremiumRule['rounding'];
}

/**
 * Takes one report and brings the points of whoever it is about up to date, in one transaction. Late, repeated, out of order: the end is
 * the same. An account that nobody has linked is noted, and counts from the link on if its day does.
 */
export function takeReport(book: Book, service: string, report: Report, now: number): ReportOutcome {
  const { store, accounts } = book;
  return store.transaction(() => {
    const account = report.kind === 'reversal' ? null : accounts.hash(service, report.account);
    const row = {
      service,
      report: report.id,
      kind: report.kind,
      account,
      yen: report.kind === 'reversal' ? null : report.yen,
      reverses: report.kind === 'reversal' ? report.reverses : null,
      at: Date.parse(report.at),
      received_at: now,
    };
    const known = store.report(service, report.id);
    if (known !== null) {
      const same =
        known.kind === row.kind &&
        known.yen === row.yen &&
        known.reverses === row.reverses &&
        known.at === row.at &&
        Buffer.compare(known.account ?? Buffer.alloc(0), account ?? Buffer.alloc(0)) === 0;
      return same ? ok('duplicate') : err('conflict');
    }
    store.addReport(row);
    const about = account ?? (row.reverses === null ? null : (store.report(service, row.reverses)?.account ?? null));
    if (about !== null) {
      for (const link of store.linksOfAccount(service, about))
        settleLink(store, link, book.measure(link.measure), book.rounding, now);
    }
    return ok('taken');
  });
}
