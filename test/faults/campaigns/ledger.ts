import type { SubmissionKind } from '../../../main/contract/submission.ts';
import type { Random } from './random.ts';

/** What became of a row, as the kiosk said it. `refused`: the enqueue was; it may be on the disk all the same. */
export type Said = 'refused' | 'acknowledged' | 'cancelled' | 'cancel-refused' | 'parked' | 'settled';

export interface LedgerRow {
  readonly id: string;
  readonly kind: SubmissionKind;
  readonly receipt: string;
  readonly sealed: string;
  said: Said;
  /** It was handed to the platform after its mark had been acknowledged. */
  sent: boolean;
}

/** Everything that was promised in one round, kept outside of the kiosk. */
export interface Ledger {
  readonly rows: Map<string, LedgerRow>;
  /** Challenges that were handed out and not given back. */
  readonly spent: Set<string>;
  /** Acts done twice or after they were taken back, in words. */
  readonly doubled: string[];
}

export const createLedger = (): Ledger => ({ rows: new Map(), spent: new Set(), doubled: [] });

const kinds = ['set-up', 'sign-up', 'municipal'] as const;
const TEXT = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A row that nobody made before. Its sealed text is as random as a JWE, and begins with its id so that bytes can be told apart. */
export function makeRow(ledger: Ledger, random: Random, bytes = 40 + random.int(3000)): LedgerRow {
  const n = ledger.rows.size + 1;
  const text = Array.from({ length: bytes }, () => TEXT[random.int(64)] ?? '-').join('');
  const shared = n > 1 && random.chance(0.05) ? [...ledger.rows.values()].at(-1)?.receipt : undefined;
  const row: LedgerRow = {
    id: `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`,
    kind: random.pick(kinds),
    receipt: shared ?? String(1_000_000_000 + n * 7),
    sealed: `${n}.${text}`,
    said: 'refused',
    sent: false,
  };
  ledger.rows.set(row.id, row);
  return row;
}

/** Rows that must end on the platform, or parked where staff see them. */
export const promised = (ledger: Ledger): LedgerRow[] =>
  [...ledger.rows.values()].filter(({ said }) => said !== 'refused' && said !== 'cancelled');
