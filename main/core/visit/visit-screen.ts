import type { SnapshotFrom } from 'xstate';
import type { Screen, TermsDocument } from '../../contract/screens.ts';
import type { ApplicationSession } from '../journeys/card-application/application-session.ts';
import { type ApplicationSnapshot, applicationScreen } from '../journeys/card-application/screen.ts';
import type { checkMachine } from '../journeys/check/machine.ts';
import { checkScreen } from '../journeys/check/screen.ts';
import type { createMunicipalMachine } from '../journeys/municipal/machine.ts';
import type { PolicyPresenter } from '../journeys/municipal/screen.ts';
import { municipalScreen } from '../journeys/municipal/screen.ts';
import type { createReceiptLookupMachine } from '../journeys/receipt-lookup/machine.ts';
import { receiptLookupScreen } from '../journeys/receipt-lookup/screen.ts';
import type { setUpMachine } from '../journeys/set-up/machine.ts';
import { setUpScreen } from '../journeys/set-up/screen.ts';
import type { createSignUpMachine } from '../journeys/sign-up/machine.ts';
import type { SignUpPresenter } from '../journeys/sign-up/screen.ts';
import { signUpScreen } from '../journeys/sign-up/screen.ts';
import type { statusMachine } from '../journeys/status/machine.ts';
import type { SubmissionPresenter, SubmissionSnapshot } from '../submission/submission-screen.ts';
import { submissionScreen } from '../submission/submission-screen.ts';
import { occupied } from './slots.ts';
import type { createVisitMachine } from './visit-machine.ts';
import { outOfOrderReason } from './visit-types.ts';

export type VisitSnapshot = SnapshotFrom<ReturnType<typeof createVisitMachine>>;

/** What the view draws from, beside the statecharts; everything in the language that is up. */
export interface VisitPresenter {
  /** The terms of the settings. */
  readonly documents: readonly TermsDocument[];
  readonly shelf: SignUpPresenter;
  readonly policies: PolicyPresenter;
  readonly act: SubmissionPresenter;
  /** Where to ask while the kiosk is closed; null: the settings do not say. */
  readonly ask: string | null;
  /** The application that is under way. */
  readonly applicant: ApplicationSession | null;
}

/** The one screen that belongs to a state of the visit. */
export function visitScreen(snapshot: VisitSnapshot, eyes: VisitPresenter): Screen {
  const { documents, shelf, policies, act, applicant } = eyes;
  const { context } = snapshot;
  if (snapshot.matches({ flow: 'outOfOrder' })) {
    const { trial } = context;
    return { name: 'out-of-order', reason: outOfOrderReason(context), ...(trial === null ? {} : { trial }) };
  }
  if (context.closed !== null && snapshot.matches({ flow: 'closed' }))
    return { name: 'closed', ...context.closed, ask: eyes.ask, card: occupied(context.slots) };
  if (snapshot.matches({ flow: { visiting: 'menu' } }))
    return { name: 'menu', can: [...context.offers], cardPresent: context.session !== null };
  const journey = snapshot.children['journey']?.getSnapshot();
  if (journey !== undefined && snapshot.matches({ flow: { visiting: 'check' } })) {
    return checkScreen(journey as SnapshotFrom<typeof checkMachine>);
  }
  if (journey !== undefined && snapshot.matches({ flow: { visiting: 'setUp' } })) {
    return setUpScreen(journey as SnapshotFrom<typeof setUpMachine>, documents, act);
  }
  if (journey !== undefined && snapshot.matches({ flow: { visiting: 'signUp' } })) {
    return signUpScreen(journey as SnapshotFrom<ReturnType<typeof createSignUpMachine>>, documents, shelf, act);
  }
  if (journey !== undefined && snapshot.matches({ flow: { visiting: 'status' } })) {
    const inner = (journey as SnapshotFrom<typeof statusMachine>).children.act?.getSnapshot();
    return inner === undefined
      ? { name: 'reading-card', journey: 'status' }
      : submissionScreen(inner as SubmissionSnapshot, 'status', act);
  }
  if (journey !== undefined && snapshot.matches({ flow: { visiting: 'municipal' } })) {
    return municipalScreen(journey as SnapshotFrom<ReturnType<typeof createMunicipalMachine>>, documents, policies, act);
  }
  if (journey !== undefined && snapshot.matches({ flow: { visiting: 'pending' } })) {
    return receiptLookupScreen(journey as SnapshotFrom<ReturnType<typeof createReceiptLookupMachine>>);
  }
  if (journey !== undefined && snapshot.matches({ flow: { visiting: 'application' } })) {
    return applicationScreen(journey as ApplicationSnapshot, applicant);
  }
  if (snapshot.matches({ flow: 'takeCard' })) return { name: 'take-card', alarm: context.alarm };
  if (snapshot.matches({ flow: 'goodbye' })) return { name: 'goodbye', reason: context.reason };
  return { name: 'attract', can: [...context.offers] };
}
