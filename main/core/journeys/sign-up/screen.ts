import type { SnapshotFrom } from 'xstate';
import type { Screen, ScreenOf, TermsDocument } from '../../../contract/screens.ts';
import type { SubmissionPresenter, SubmissionSnapshot } from '../../submission/submission-screen.ts';
import { submissionScreen } from '../../submission/submission-screen.ts';
import { termsScreen } from '../set-up/screen.ts';
import type { createSignUpMachine } from './machine.ts';
import type { SignUpContext } from './parts.ts';

/** Screens that are drawn from the catalogue, in the language that is up. `null`: the catalogue or the service is not there any more. */
export interface SignUpPresenter {
  about(preselected: string | null, context: Pick<SignUpContext, 'scan' | 'scanProblem'>): ScreenOf<'about-sign-up'> | null;
  finder(context: Pick<SignUpContext, 'filter' | 'typing' | 'page' | 'whose'>): ScreenOf<'finder'> | null;
  service(service: string, minor: boolean): ScreenOf<'service'> | null;
  name(service: string): string | null;
  /** What must be done with it first; `null`: nothing. */
  registration(service: string): string | null;
  /** A service's own conditions, beside the terms of the settings. */
  terms(service: string): TermsDocument | null;
}

/** The sign-up journey as a screen. @param documents the terms of the settings in the language that is up */
export function signUpScreen(
  snapshot: SnapshotFrom<ReturnType<typeof createSignUpMachine>>,
  documents: readonly TermsDocument[],
  shelf: SignUpPresenter,
  eyes: SubmissionPresenter,
): Screen {
  const { context } = snapshot;
  const { service, whose, slip } = context;
  const missing: Screen = { name: 'no-catalogue', journey: 'sign-up' };
  if (snapshot.matches({ before: 'noCatalogue' })) return missing;
  if (snapshot.matches({ before: 'about' })) return shelf.about(context.family ? service : null, context) ?? missing;
  if (snapshot.matches({ before: 'finder' })) return shelf.finder(context) ?? missing;
  if (snapshot.matches({ before: 'service' })) return shelf.service(service ?? '', whose === 'child-under-15') ?? missing;
  if (snapshot.matches({ before: 'saved' })) {
    const name = shelf.name(service ?? '');
    const preRegistration = shelf.registration(service ?? '');
    return name === null ? missing : { name: 'saved-for-later', service: name, preRegistration, slip };
  }
  if (snapshot.matches({ before: 'registered' })) {
    const name = shelf.name(service ?? '');
    const text = shelf.registration(service ?? '');
    return name === null || text === null ? missing : { name: 'pre-registration', service: name, text };
  }
  if (snapshot.matches({ before: 'whose' })) return { name: 'whose-card' };
  if (snapshot.matches({ before: 'whoseStop' })) return { name: 'whose-stop' };
  if (snapshot.matches({ before: 'whoTypes' })) return { name: 'who-types' };
  if (snapshot.matches({ before: 'hasId' })) return { name: 'has-id' };
  if (snapshot.matches({ before: 'terms' })) {
    const own = shelf.terms(service ?? '');
    return termsScreen(context, own === null ? documents : [...documents, own]) ?? missing;
  }
  const act = snapshot.children.act?.getSnapshot();
  return act === undefined
    ? { name: 'reading-card', journey: 'sign-up' }
    : submissionScreen(act as SubmissionSnapshot, 'sign-up', eyes);
}
