import type { JourneyPage } from '../screens.ts';
import { AboutSignUp } from './about-sign-up.tsx';
import { AlreadySignedUp } from './already-signed-up.tsx';
import { Entry } from './entry.tsx';
import { Finder } from './finder.tsx';
import { HasId } from './has-id.tsx';
import { NotSetUp } from './not-set-up.tsx';
import { PreRegistration } from './pre-registration.tsx';
import { SavedForLater } from './saved-for-later.tsx';
import { Service } from './service.tsx';
import { SignedUp } from './signed-up.tsx';
import { TermsChanged } from './terms-changed.tsx';

export const signUp = {
  icon: 'e-money',
  title: 'menu.signUp',
  text: 'menu.signUpText',
  short: 'attract.signUp',
  screens: {
    'about-sign-up': AboutSignUp,
    'already-signed-up': AlreadySignedUp,
    entry: Entry,
    finder: Finder,
    'pre-registration': PreRegistration,
    'has-id': HasId,
    'not-set-up': NotSetUp,
    'saved-for-later': SavedForLater,
    service: Service,
    'signed-up': SignedUp,
    'terms-changed': TermsChanged,
  },
} as const satisfies JourneyPage;
