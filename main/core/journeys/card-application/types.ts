import type { CertificatesWanted, ContactKind, PhotoWay } from '../../../contract/application.ts';
import type { RefusalCode } from '../../../contract/platform.ts';
import type { ScreenOf, SlipState } from '../../../contract/screens.ts';
import type { JourneyOutput } from '../journey.ts';

/** What a person chose. Form, contact and picture are not among it: they live in the session (invariant 6). */
export interface ApplicationChoices {
  readonly moved: boolean;
  readonly contact: ContactKind | 'none';
  readonly certificates: CertificatesWanted;
  readonly braille: boolean;
  readonly way: PhotoWay;
}

export interface ApplicationContext {
  choices: ApplicationChoices;
  /** Grows with whatever happens in the session: what is in there is not in here. */
  touched: number;
  /** Pictures taken in this visit. */
  shots: number;
  /** What was wrong with a picture was asked once already. */
  adviceSeen: boolean;
  /** The receipt of what is read back. */
  composed: { readonly receipt: string; readonly at: string } | null;
  cannot: ScreenOf<'cannot-accept'>['reason'];
  answer: ApplicationAnswer | null;
  slip: SlipState;
  output: JourneyOutput;
}

/** What the person is told in the end. `weeks` null: accepted, and no more is known here. */
export type ApplicationAnswer =
  | { readonly kind: 'accepted'; readonly weeks: number | null }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'parked' }
  | { readonly kind: 'waiting' };

export type ComposedApplication =
  | { readonly receipt: string; readonly at: string }
  | { readonly cannot: ScreenOf<'cannot-accept'>['reason'] };
export type CommittedApplication = { readonly committed: true } | { readonly cannot: ScreenOf<'cannot-accept'>['reason'] };
