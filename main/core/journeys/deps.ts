import type { ApplicationState } from '../../contract/application.ts';
import type { Log } from '../../contract/log-events.ts';
import type { PinnedCatalogue } from '../catalogue/pinned-catalogue.ts';
import type { Clock } from '../ports.ts';
import type { PrintSlip } from '../print/slips.ts';
import type { createSubmission } from '../submission/machine.ts';
import type { CurrentApplication } from './card-application/current-application.ts';
import type { Terms } from './prologue/terms.ts';
import type { ReceiptLookup } from './receipt-lookup/receipt-lookup.ts';
import type { Services } from './sign-up/services.ts';

/** What a journey may use. Each takes what it needs. */
export interface JourneyDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Nothing readable on the reader for so long: the causes are shown. */
  readonly slowCardMs: number;
  /** Of this visit. */
  readonly catalogue: PinnedCatalogue;
  readonly services: Services;
  readonly terms: Terms;
  /** The part with card and PIN. */
  readonly submission: ReturnType<typeof createSubmission>;
  readonly print: PrintSlip;
  readonly receipts: ReceiptLookup;
  /** How an application stands; `null`: the line is down, or the platform does not know it. */
  readonly askApplication: (receipt: string) => Promise<ApplicationState | null>;
  readonly applications: CurrentApplication;
}
