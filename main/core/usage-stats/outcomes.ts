import type { CardProblemCode } from '../../contract/card.ts';
import type { RefusalCode } from '../../contract/platform.ts';
import { type Outcome, type Screen, traitsOf } from '../../contract/screens.ts';

/** What a screen says came of the journey; null: nothing (yet). `open`: what was said before holds no longer. */
export function outcomeOf(screen: Screen): Outcome | 'open' | null {
  const { outcome } = traitsOf(screen);
  return (typeof outcome === 'function' ? outcome(screen) : outcome) ?? null;
}

/**
 * Problems that send a person to another place (SOURCES.md, Set-up: states of a card); the others are of the moment, and a
 * second try helps.
 */
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
