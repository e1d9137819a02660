import type { CardProblem } from '../../../contract/card.ts';
import type { CardSessionNumber } from '../../../contract/card-host.ts';
import type { Result } from '../../../contract/result.ts';
import type { ReaderSeen } from '../../card/reader-health.ts';
import type { Clock } from '../../ports.ts';
import { type CheckOf, found } from './check.ts';

/** Problems that speak of contacts, cable or driver. The others are true things about a person's card. */
const CONTACT: readonly CardProblem['code'][] = [
  'mute',
  'reader-failed',
  'reader-busy',
  'unexpected-status',
  'certificate-unreadable',
];
const OTHER_CARD: readonly CardProblem['code'][] = ['not-my-number-card', 'juki-card', 'phone', 'newer-card'];

export interface CardContactDeps {
  readonly seen: () => ReaderSeen;
  readonly clock: Pick<Clock, 'now'>;
  /** Talks to the card that lies there. null: not now, a person's visit has the card. */
  readonly probe: ((session: CardSessionNumber) => Promise<Result<number, CardProblem>>) | null;
}

/** A card can be talked to: the one that lies there now, else what the last reading of the day said. */
export const cardContactCheck =
  ({ seen, clock, probe }: CardContactDeps): CheckOf<'card-contact'> =>
  async () => {
    const { present, mute, last, reads } = seen();
    if (mute) return found('bad', 'mute');
    if (present !== null && probe !== null) {
      const tried = await probe(present);
      if (tried.ok) return found('good', 'probed', { triesLeft: tried.value });
      const { code } = tried.error;
      return OTHER_CARD.includes(code) ? found('warning', 'other-card') : found('bad', 'card-fault', { problem: code });
    }
    if (last === null) return found('unknown', 'none-yet');
    const minutes = Math.max(0, Math.round((clock.now() - last.at) / 60_000));
    if (last.problem !== null && CONTACT.includes(last.problem)) {
      return found('warning', 'problem', { problem: last.problem, minutes, reads });
    }
    return found('good', 'read', { minutes, reads });
  };
