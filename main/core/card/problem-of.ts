import type { CardProblem } from '../../contract/card.ts';
import type { CardHostError } from '../../contract/card-host.ts';
import { unreachable } from '../../contract/result.ts';

/** What a person is told when the card host answers an error. A swapped card is a removed card: the person's own is gone. */
export function problemOf({ code }: CardHostError): CardProblem {
  switch (code) {
    case 'removed':
    case 'wrong-session':
      return { code: 'removed' };
    case 'reader-busy':
      return { code: 'reader-busy' };
    case 'mute':
      return { code: 'mute' };
    case 'reader-gone':
    case 'reader-failed':
    case 'service-down':
    case 'timeout':
    case 'not-open':
    case 'host-gone':
      return { code: 'reader-failed' };
    case 'not-allowed':
      return { code: 'reader-failed', why: 'not-allowed' };
    default:
      return unreachable(code);
  }
}
