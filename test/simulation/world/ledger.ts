import type { Settled } from '../../../main/core/ports.ts';

/** One act of a person, as the world outside the kiosk knows it. */
export interface Act {
  readonly n: number;
  readonly id: string;
  readonly receipt: string;
  /** Stands for the sealed bytes; holds `marker`, which no other act has. */
  readonly sealed: string;
  readonly marker: string;
  /** `acknowledged`: the kiosk said ok. `refused`: it said no. `unknown`: it died over it. */
  said: 'nothing' | 'acknowledged' | 'refused' | 'unknown';
  /** `taken-back`: the person was told so. `unknown`: it died over it, or said that it could not be written. */
  cancel: 'no' | 'taken-back' | 'unknown';
  /** What the platform does at this row as long as it is sick. */
  readonly sick: 'no' | 'fails' | 'hangs' | 'rejects';
}

/** The promises (DESIGN.md, Queue and delivery), as they can be broken. */
export type Promised =
  | 'lost'
  | 'two-effects'
  | 'other-bytes'
  | 'invented'
  | 'cancelled-sent'
  | 'order'
  | 'false-verdict'
  | 'settled-twice'
  | 'wrong-park'
  | 'twice-in-flight'
  | 'too-many-requests'
  | 'challenge-over-age'
  | 'challenge-twice'
  | 'payload-left'
  | 'stuck'
  | 'spin'
  | 'fault';

export interface Violation {
  readonly promise: Promised;
  readonly what: string;
  /** Virtual ms. */
  readonly at: number;
}

/** What was promised to whom, and everything that broke it. */
export interface Ledger {
  readonly acts: readonly Act[];
  readonly violations: readonly Violation[];
  add(act: Omit<Act, 'n' | 'said' | 'cancel'>): Act;
  byId(id: string): Act | null;
  ofReceipt(receipt: string): readonly Act[];
  broken(promise: Promised, what: string): void;
  /** An answer of the platform's own, unchanged, reached the core and said so of this row. */
  answered(id: string, outcome: Settled['outcome']): void;
  /** The kiosk says that the row has ended. */
  settled(id: string, settled: Settled, life: number): void;
  /** The core is another one: what it was told is forgotten, what is written down is not. */
  handedOut(challenge: string): void;
  /** The database was damaged: which challenges were spent stands nowhere else. */
  forgetChallenges(): void;
  givenBack(challenge: string): void;
}

export function createLedger(now: () => number, note: (what: string) => void): Ledger {
  const acts: Act[] = [];
  const ids = new Map<string, Act>();
  const receipts = new Map<string, Act[]>();
  const violations: Violation[] = [];
  const answers = new Map<string, Set<string>>();
  const ended = new Map<string, number>();
  const handed = new Set<string>();

  const broken = (promise: Promised, what: string) => {
    note(`BROKEN ${promise}: ${what}`);
    violations.push({ promise, what, at: now() });
  };

  return {
    acts,
    violations,
    add(wanted) {
      const act: Act = { ...wanted, n: acts.length, said: 'nothing', cancel: 'no' };
      acts.push(act);
      ids.set(act.id, act);
      receipts.set(act.receipt, [...(receipts.get(act.receipt) ?? []), act]);
      return act;
    },
    byId: (id) => ids.get(id) ?? null,
    ofReceipt: (receipt) => receipts.get(receipt) ?? [],
    broken,
    answered(id, outcome) {
      answers.set(id, (answers.get(id) ?? new Set()).add(outcome));
    },
    settled(id, { outcome, ...rest }, life) {
      note(`settled ${id.slice(-6)} ${outcome}`);
      const act = ids.get(id);
      if (act === undefined) return broken('invented', `settled ${id}, which nobody committed`);
      if (!answers.get(id)?.has(outcome)) {
        const why = outcome === 'parked' && 'reason' in rest ? ` (${rest.reason})` : '';
        broken(outcome === 'parked' ? 'wrong-park' : 'false-verdict', `act ${act.n} ended as ${outcome}${why} without an answer`);
      }
      // A new process may be told once more: a power cut can take what was written down of the end.
      if (ended.get(id) === life && outcome !== 'parked') broken('settled-twice', `act ${act.n} ended twice`);
      if (outcome !== 'parked') ended.set(id, life);
    },
    handedOut(challenge) {
      if (handed.has(challenge)) broken('challenge-twice', `${challenge.slice(0, 6)} was handed out before`);
      handed.add(challenge);
    },
    forgetChallenges: () => handed.clear(),
    givenBack: (challenge) => void handed.delete(challenge),
  };
}
