import type { CardProblemCode } from '../../contract/card.ts';
import type { RefusalCode } from '../../contract/platform.ts';
import type { Screen } from '../../contract/screens.ts';
import type { Outcome } from './keys.ts';

/**
 * What a screen says came of the journey; null: nothing (yet). `open`: what was said before holds no longer (a 受付 that was answered after
 * all, and the person is asked once more).
 */
export function outcomeOf(screen: Screen): Outcome | 'open' | null {
  switch (screen.name) {
    case 'issued':
      return screen.alreadySet ? 'already' : 'issued';
    case 'signed-up':
      return 'signed-up';
    case 'already-signed-up':
      return 'already';
    case 'municipal-granted':
      return 'granted';
    case 'accepted':
    case 'application-accepted':
      return 'accepted';
    case 'received':
      return 'received';
    case 'parked':
      return 'parked';
    case 'refused':
      return 'refused';
    case 'cannot-accept':
      return 'cannot';
    case 'check-result':
    case 'status':
    case 'pending-row':
    case 'application-status':
      return 'shown';
    case 'status-offline':
    case 'no-catalogue':
      return 'cannot';
    case 'saved-for-later':
      return 'saved';
    case 'pending-cancelled':
      return screen.cancelled ? 'cancelled' : 'shown';
    case 'no-form':
      return 'no-form';
    case 'other-form':
      return 'other-form';
    case 'not-set-up':
    case 'terms-changed':
      return 'open';
    default:
      return null;
  }
}

/** Problems that send a person to another place (official-flows.md section 2.4); the others are of the moment, and a second try helps. */
const REFERRED: ReadonlySet<CardProblemCode> = new Set<CardProblemCode>([
  'not-my-number-card',
  'juki-card',
  'phone',
  'no-auth-certificate',
  'pin-less-card',
  'pin-locked',
  'pin-unusable',
  'newer-card',
  'signature-mismatch',
  'certificate-expired',
  'certificate-unreadable',
  'unexpected-status',
]);
const REFERRED_BY_PLATFORM: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'certificate-invalid',
  'certificate-expired',
  'certificate-revoked',
  'certificate-unknown',
]);

/** Why this screen sends the person elsewhere: codes of card problems and of the platform's refusals. */
export function referralsOf(screen: Screen): string[] {
  switch (screen.name) {
    case 'card-problem':
      return REFERRED.has(screen.problem.code) ? [screen.problem.code] : [];
    case 'refused':
      return REFERRED_BY_PLATFORM.has(screen.code) ? [screen.code] : [];
    case 'check-result':
      return [
        ...(screen.items.includes('pin-reset-needed') ? ['pin-unusable'] : []),
        ...(screen.items.includes('renew-needed') ? ['certificate-expired'] : []),
      ];
    case 'renewed-wait':
      return ['certificate-unknown'];
    default:
      return [];
  }
}
