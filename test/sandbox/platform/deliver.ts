import { createHash } from 'node:crypto';
import type { BatchItem, ItemResult } from '../../../main/contract/platform.ts';
import type { RandomBytes } from '../../../main/core/ports.ts';
import { examineApplication } from './applications.ts';
import type { DecideDeps } from './decide.ts';
import { decideBatch, questionsOf } from './decide-batch.ts';
import { examine, type Rules } from './judge.ts';
import { createProviderAnswers } from './provider-answers.ts';
import type { Providers } from './providers.ts';
import type { PlatformKey } from './sealing-key.ts';
import type { Arrived } from './take-item.ts';
import type { createTrust } from './trust.ts';

/**
 * Where the time of a batch went, ms of the wall, without the waiting for providers. `examine`: everything before the database, others' work in
 * between included.
 */
export interface BatchTimes {
  readonly items: number;
  readonly examine: number;
  readonly decide: number;
  readonly commit: number;
}

export interface DeliverDeps extends Omit<DecideDeps, 'answerTo'> {
  readonly key: PlatformKey;
  readonly rules: Rules;
  readonly trust: ReturnType<typeof createTrust>;
  readonly random: RandomBytes;
  readonly providers: Providers;
  /** Hears of the bugs that cost one item a `retry` while the rest of its batch went through. */
  readonly onFault: (error: Error) => void;
}

/** How a batch is met, beside what it is. */
export interface Met {
  /** Epoch ms of the platform. */
  readonly now: number;
  /** The verifier has not heard of the certificate yet (a fault on request). */
  readonly unknownCertificate?: boolean;
  readonly onTimes?: (times: BatchTimes) => void;
}

/** Takes a batch that `kiosk` delivered. @returns one result for each item, in their order */
export type Deliver = (kiosk: string, items: readonly BatchItem[], met: Met) => Promise<ItemResult[]>;

/**
 * What needs no database (opening, certificate, signature, picture, the key agreement for the answer) is done for all items of a batch side by
 * side. Then they are decided one after another without waiting for anything, so two batches can never be decided at once, and everything that
 * became of the batch (outcomes, spent challenges, people) is one transaction with one fsync. The answer goes out after it.
 */
export function createDeliver(deps: DeliverDeps): Deliver {
  const { key, store, trust, providers } = deps;

  const look = async (kiosk: string, item: BatchItem, trusted: Awaited<ReturnType<typeof trust.current>>) => {
    if (item.terminal !== kiosk || store.submission(kiosk, item.id) !== null) return { as: 'unopened' } as const;
    if (item.kind === 'card-application') return { as: 'application', examined: await examineApplication(item, key) } as const;
    if (trusted === null) return { as: 'unverifiable' } as const;
    return { as: 'act', examined: await examine(item, key, trusted), trust: trusted } as const;
  };
  const arrive = async (
    kiosk: string,
    item: BatchItem,
    trusted: Awaited<ReturnType<typeof trust.current>>,
  ): Promise<Arrived> => ({
    item,
    hash: createHash('sha256').update(item.sealed, 'utf8').digest(),
    looked: await look(kiosk, item, trusted).catch((error: unknown) => ({ as: 'failed', error }) as const),
  });

  return async (kiosk, items, { now, unknownCertificate = false, onTimes }) => {
    const began = performance.now();
    const current = await trust.current();
    const trusted = current === null || now > current.listEnds ? null : current;
    const arrived = await Promise.all(items.map((item) => arrive(kiosk, item, trusted)));
    const examined = performance.now();
    const answers = createProviderAnswers(providers);
    const takeDeps = { ...deps, kiosk, now, unknownCertificate, answerTo: answers.to };
    const signUps = arrived.filter(({ item }) => item.kind === 'sign-up');
    const questions = signUps.length === 0 ? [] : questionsOf(signUps, takeDeps);
    let decide = performance.now() - examined;
    await answers.ask(questions);
    for (;;) {
      const turned = performance.now();
      const turn = decideBatch(arrived, takeDeps);
      decide += performance.now() - turned;
      if (turn.done) {
        const { commit } = turn;
        onTimes?.({ items: items.length, examine: examined - began, decide: decide - commit, commit });
        return turn.results;
      }
      // Nothing of this turn was kept. Each turn asks what no turn before it has asked, so there are few.
      await answers.ask(turn.questions);
    }
  };
}
