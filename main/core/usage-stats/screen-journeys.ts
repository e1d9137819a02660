import { unreachable } from '../../contract/result.ts';
import type { Journey, Screen, ScreenName } from '../../contract/screens.ts';

/**
 * Which journey a screen belongs to. `same`: shared by several, so the one that was up goes on. `own`: the screen says it itself.
 * `menu`: in a visit, and no journey is up. `none`: nobody's visit.
 */
const PLACE: Record<ScreenName, Journey | 'same' | 'own' | 'menu' | 'none'> = {
  attract: 'none',
  closed: 'none',
  'take-card': 'none',
  goodbye: 'none',
  'out-of-order': 'none',
  menu: 'menu',
  'insert-card': 'own',
  'reading-card': 'own',
  'card-problem': 'own',
  'no-catalogue': 'own',
  'read-back': 'own',
  'check-result': 'check',
  'about-set-up': 'set-up',
  issued: 'set-up',
  'about-sign-up': 'sign-up',
  finder: 'sign-up',
  service: 'sign-up',
  'pre-registration': 'sign-up',
  'has-id': 'sign-up',
  'who-types': 'sign-up',
  entry: 'sign-up',
  'hand-over': 'sign-up',
  'signed-up': 'sign-up',
  'already-signed-up': 'sign-up',
  'not-set-up': 'sign-up',
  'saved-for-later': 'sign-up',
  status: 'status',
  'status-offline': 'status',
  policies: 'municipal',
  policy: 'municipal',
  'policy-question': 'municipal',
  'policy-not-for-you': 'municipal',
  'municipal-granted': 'municipal',
  'pending-find': 'pending',
  'pending-row': 'pending',
  'pending-sure': 'pending',
  'pending-cancelled': 'pending',
  'about-application': 'card-application',
  'no-form': 'card-application',
  'form-read': 'card-application',
  'form-check': 'card-application',
  'form-moved': 'card-application',
  'form-moved-advice': 'card-application',
  'contact-kind': 'card-application',
  'contact-entry': 'card-application',
  'contact-none': 'card-application',
  certificates: 'card-application',
  braille: 'card-application',
  'photo-prepare': 'card-application',
  photo: 'card-application',
  'photo-advice': 'card-application',
  'photo-review': 'card-application',
  'application-read-back': 'card-application',
  'form-again': 'card-application',
  'other-form': 'card-application',
  'application-accepted': 'card-application',
  'application-status': 'same',
  'whose-card': 'same',
  'whose-stop': 'same',
  terms: 'same',
  'expiring-notice': 'same',
  'renewed-question': 'same',
  'renewed-wait': 'same',
  'pin-last-try': 'same',
  pin: 'same',
  signing: 'same',
  delivering: 'same',
  received: 'same',
  accepted: 'same',
  parked: 'same',
  refused: 'same',
  'cannot-accept': 'same',
  'terms-changed': 'same',
};

export type Place = { readonly in: 'nothing' } | { readonly in: 'visit'; readonly journey: Journey | null };

/** @param before the journey that was up until now; null: none */
export function placeOf(screen: Screen, before: Journey | null): Place {
  const place = PLACE[screen.name];
  switch (place) {
    case 'none':
      return { in: 'nothing' };
    case 'menu':
      return { in: 'visit', journey: null };
    case 'same':
      return { in: 'visit', journey: before };
    case 'own':
      return {
        in: 'visit',
        journey: 'journey' in screen ? screen.journey : screen.name === 'read-back' ? screen.content.kind : before,
      };
    case 'check':
    case 'set-up':
    case 'sign-up':
    case 'status':
    case 'municipal':
    case 'pending':
    case 'card-application':
      return { in: 'visit', journey: place };
    default:
      return unreachable(place);
  }
}
