import type { BatchItem, ItemResult } from '../../../main/contract/platform.ts';
import { makeMark } from '../../../main/core/platform-http/answer-mark.ts';
import type { ExchangeAnswer, ExchangeRequest } from '../../../main/core/platform-http/exchange.ts';
import { ANSWER_MARK_HEADER, REQUEST_ID_HEADER } from '../../../main/core/platform-http/wire.ts';
import type { Dice } from './dice.ts';
import type { Act, Ledger } from './ledger.ts';

/**
 * How the platform is. `verifier-away`: every item gets `retry`. `failing`: 500 to everything. `half`: the status page is well, batches
 * get 503. `challenges`: only challenges fail.
 */
export type Mood = 'well' | 'overloaded' | 'busy' | 'maintenance' | 'verifier-away' | 'failing' | 'half' | 'challenges';
export const sickMoods: readonly Mood[] = ['overloaded', 'busy', 'maintenance', 'verifier-away', 'failing', 'half', 'challenges'];

/** A stand-in that keeps the contract and no people: it decides by the seed, remembers by id, and tells the ledger what broke. */
export interface ModelPlatform {
  mood: Mood;
  /** Rows that the platform cannot stand are well again. */
  healed: boolean;
  /** @returns null: it never answers */
  handle(request: ExchangeRequest): ExchangeAnswer | null;
  /** Epoch ms of its last answer that was no help. */
  readonly saidNoAt: number;
  knows(id: string): boolean;
  /** Epoch ms of the platform's clock until which it may be used; null: not one of ours. */
  expiryOf(challenge: string): number | null;
}

const CHALLENGE_LIFE_MS = 5_400_000;

export interface PlatformOptions {
  readonly ledger: Ledger;
  readonly dice: Dice;
  /** Epoch ms of the platform's clock, which is right. */
  readonly now: () => number;
  readonly note: (what: string) => void;
}

export function createModelPlatform({ ledger, dice, now, note }: PlatformOptions): ModelPlatform {
  const kept = new Map<string, { readonly sealed: string; readonly result: ItemResult }>();
  const effects = new Map<string, string>();
  const challenges = new Map<string, number>();
  const state = { mood: 'well' as Mood, healed: false, saidNoAt: Number.NEGATIVE_INFINITY };

  const decide = (item: BatchItem): ItemResult => {
    const known = kept.get(item.id);
    const act = ledger.byId(item.id);
    if (known !== undefined) {
      if (known.sealed === item.sealed)
        return known.result.outcome === 'accepted' ? { ...known.result, outcome: 'duplicate' } : known.result;
      ledger.broken('other-bytes', `id ${item.id.slice(-6)} came with other bytes`);
      return { outcome: 'conflict', id: item.id };
    }
    if (act === null) {
      ledger.broken('invented', `row ${item.id} was never committed (${item.sealed.slice(0, 12)})`);
      return { outcome: 'conflict', id: item.id };
    }
    if (act.sealed !== item.sealed) ledger.broken('other-bytes', `act ${act.n} came with other bytes than were committed`);
    checkOrder(act);
    const twin = effects.get(item.sealed);
    if (twin !== undefined && twin !== item.id) ledger.broken('two-effects', `act ${act.n} under two ids`);
    effects.set(item.sealed, item.id);
    const reference = `R-${String(act.n).padStart(6, '0')}`;
    const result: ItemResult =
      act.n % 7 === 3
        ? { outcome: 'refused', id: item.id, reference, code: 'certificate-revoked' }
        : { outcome: 'accepted', id: item.id, reference };
    kept.set(item.id, { sealed: item.sealed, result });
    note(`platform ${result.outcome} act ${act.n}`);
    return result;
  };

  const checkOrder = (act: Act) => {
    for (const earlier of ledger.ofReceipt(act.receipt)) {
      if (earlier.n >= act.n || earlier.said !== 'acknowledged' || earlier.cancel !== 'no' || earlier.sick === 'rejects')
        continue;
      if (!kept.has(earlier.id)) ledger.broken('order', `act ${act.n} was done before act ${earlier.n} of the same receipt`);
    }
  };

  const checkArrival = (item: BatchItem) => {
    const act = ledger.byId(item.id);
    if (act?.cancel === 'taken-back') ledger.broken('cancelled-sent', `act ${act.n} was taken back and came all the same`);
  };

  /** @returns what the whole batch gets; null: item by item; 'silence': nothing */
  const wholeBatch = (items: readonly BatchItem[]): { status: number } | 'silence' | null => {
    if (state.healed) return null;
    const acts = items.map(({ id }) => ledger.byId(id)?.sick ?? 'no');
    if (acts.includes('hangs')) return 'silence';
    if (acts.includes('fails')) return { status: 500 };
    return acts.includes('rejects') ? { status: 400 } : null;
  };

  const batch = (items: readonly BatchItem[]): ReturnType<typeof problem> | null => {
    items.forEach(checkArrival);
    const whole = wholeBatch(items);
    if (whole === 'silence') return null;
    if (whole !== null) return problem(whole.status);
    const late = new Set<string>();
    const results: ItemResult[] = [];
    for (const item of items) {
      const away = state.mood === 'verifier-away' || late.has(item.receipt) || (state.mood !== 'well' && dice.chance(0.2));
      if (away && !kept.has(item.id)) {
        late.add(item.receipt);
        results.push({ outcome: 'retry', id: item.id, afterMs: dice.pick([0, 1000, 30_000, 300_000, 900_000]) });
      } else if (dice.chance(0.97)) results.push(decide(item));
      else late.add(item.receipt);
    }
    return { status: 200, body: { results, ...(dice.chance(0.1) ? { nextSlotMs: dice.between(0, 60_000) } : {}) } };
  };

  const draw = (count: number) => ({
    challenges: Array.from({ length: count }, () => {
      const challenge = Buffer.from(dice.bytes(24)).toString('base64url');
      challenges.set(challenge, now() + CHALLENGE_LIFE_MS);
      return { challenge, expiresAt: new Date(now() + CHALLENGE_LIFE_MS).toISOString() };
    }),
  });

  const sick = (path: string): { status: number; body: unknown; retryAfter?: string } | null => {
    const later = dice.chance(0.5) ? { retryAfter: String(dice.between(1, 600)) } : {};
    switch (state.mood) {
      case 'well':
      case 'verifier-away':
        return null;
      case 'overloaded':
        return { ...problem(503), ...later };
      case 'busy':
        return { ...problem(429), ...later };
      case 'failing':
        return problem(500);
      case 'maintenance':
        return path === '/v1/status' ? null : { ...problem(503), ...later };
      case 'half':
        return path === '/v1/batches' ? { ...problem(503), ...later } : null;
      case 'challenges':
        return path === '/v1/challenges' ? problem(503) : null;
    }
  };

  const answer = (path: string, body: string | null): { status: number; body: unknown; retryAfter?: string } | null => {
    const mood = sick(path);
    if (mood !== null) return mood;
    if (path === '/v1/status') {
      return { status: 200, body: { time: new Date(now()).toISOString(), maintenance: state.mood === 'maintenance' } };
    }
    const content: unknown = JSON.parse(body ?? 'null');
    if (path === '/v1/batches') return batch((content as { items: BatchItem[] }).items);
    if (path === '/v1/challenges') return { status: 200, body: draw((content as { count: number }).count) };
    if (path === '/v1/questions') {
      const { id } = content as BatchItem;
      return { status: 200, body: { outcome: 'accepted', id, reference: 'R-ASK' } };
    }
    return problem(404);
  };

  return Object.assign(state, {
    handle(request: ExchangeRequest): ExchangeAnswer | null {
      const said = answer(request.path, request.body);
      if (said === null) return null;
      if (state.mood !== 'well' && !helps(said)) state.saidNoAt = now();
      const text = JSON.stringify(said.body);
      const id = request.headers[REQUEST_ID_HEADER] ?? '';
      const headers = {
        date: new Date(now()).toUTCString(),
        [ANSWER_MARK_HEADER]: makeMark(id, said.status, text),
        ...(said.retryAfter === undefined ? {} : { 'retry-after': said.retryAfter }),
      };
      return { status: said.status, headers, text };
    },
    knows: (id: string) => kept.has(id),
    expiryOf: (challenge: string) => challenges.get(challenge) ?? null,
  });
}

/** Something of it brought the kiosk on. */
const helps = ({ status, body }: { status: number; body: unknown }): boolean => {
  if (status !== 200) return false;
  const { results, maintenance } = body as { results?: ItemResult[]; maintenance?: boolean };
  return maintenance !== true && (results === undefined || results.some(({ outcome }) => outcome !== 'retry'));
};

const problem = (status: number): { status: number; body: unknown; retryAfter?: string } => ({
  status,
  body: { type: 'about:blank', status, title: 'model' },
});
