import type { BatchItem, ItemResult } from '../../../main/contract/platform.ts';
import type { Platform } from '../../../main/core/ports.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';

/** The platform as the campaigns need it: takes rows once each, by id, and compares them with what was promised. */
export interface ModelPlatform {
  readonly client: Platform;
  /** Ids that it holds, with the bytes that were promised. */
  readonly held: ReadonlySet<string>;
  /** When each challenge that was drawn ends, epoch ms. */
  readonly ends: ReadonlyMap<string, number>;
  /** One row as it arrives; what is wrong with it goes to the ledger. */
  take(item: Pick<BatchItem, 'id' | 'kind' | 'receipt' | 'sealed'>): ItemResult;
}

export interface ModelOptions {
  readonly ledger: Ledger;
  readonly random: Random;
  /** Epoch ms on the platform's own clock, which is right. */
  readonly now: () => number;
  /** false: the line is down. */
  readonly reachable?: () => boolean;
}

const CHALLENGE_MS = 72 * 3_600_000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef';

export function createModelPlatform({ ledger, random, now, reachable = () => true }: ModelOptions): ModelPlatform {
  const held = new Set<string>();
  const ends = new Map<string, number>();

  const take: ModelPlatform['take'] = ({ id, kind, receipt, sealed }) => {
    const row = ledger.rows.get(id);
    const reference = 'REF-1';
    if (row === undefined) {
      ledger.doubled.push(`a row that nobody made came: ${id}`);
      return { outcome: 'refused', id, code: 'unreadable', reference };
    }
    if (row.said === 'cancelled') ledger.doubled.push(`${id} came after it was cancelled`);
    if (row.sealed !== sealed || row.kind !== kind || row.receipt !== receipt) {
      ledger.doubled.push(`${id} came with other bytes, kind or receipt`);
      return { outcome: 'refused', id, code: 'unreadable', reference };
    }
    const outcome = held.has(id) ? 'duplicate' : 'accepted';
    held.add(id);
    return { outcome, id, reference };
  };

  const answer = <T>(body: () => T) => {
    if (!reachable()) return { ok: false, error: unreachableLine } as const;
    return { ok: true, value: { body: body(), date: now() } } as const;
  };
  const draw = (count: number) => ({
    challenges: Array.from({ length: count }, () => {
      const challenge = Array.from({ length: 32 }, () => LETTERS[random.int(32)] ?? 'A').join('');
      ends.set(challenge, now() + CHALLENGE_MS);
      return { challenge, expiresAt: new Date(now() + CHALLENGE_MS).toISOString() };
    }),
  });
  const none = async () => ({ ok: false, error: unreachableLine }) as const;
  return {
    held,
    ends,
    take,
    client: {
      status: async () => answer(() => ({ time: new Date(now()).toISOString(), maintenance: false })),
      challenges: async (count) => answer(() => draw(count)),
      send: async (items) => answer(() => ({ results: items.map(take) })),
      ask: none,
      catalogue: none,
      application: none,
      enrol: none,
      rate: () => null,
      close: async () => {},
    },
  };
}

const unreachableLine = { kind: 'line', cause: 'unreachable', status: null, retryAfterMs: null } as const;
