import type { SnapshotFrom } from 'xstate';
import type { Purpose } from '../../../contract/catalogue.ts';
import type { Screen, ScreenOf, TermsDocument } from '../../../contract/screens.ts';
import type { SubmissionPresenter, SubmissionSnapshot } from '../../submission/submission-screen.ts';
import { submissionScreen } from '../../submission/submission-screen.ts';
import { termsScreen } from '../set-up/screen.ts';
import type { createMunicipalMachine } from './machine.ts';

/** Screens that are drawn from the catalogue's policies, in the language that is up. `null`: it is not there any more. */
export interface PolicyPresenter {
  policies(page: number, purpose: Purpose | null): ScreenOf<'policies'> | null;
  policy(policy: string): ScreenOf<'policy'> | null;
  question(policy: string, index: number): ScreenOf<'policy-question'> | null;
}

/** The municipal journey as a screen. */
export function municipalScreen(
  snapshot: SnapshotFrom<ReturnType<typeof createMunicipalMachine>>,
  documents: readonly TermsDocument[],
  policies: PolicyPresenter,
  eyes: SubmissionPresenter,
): Screen {
  const { context } = snapshot;
  const missing: Screen = { name: 'no-catalogue', journey: 'municipal' };
  const id = context.policy ?? '';
  if (snapshot.matches({ before: 'noCatalogue' })) return missing;
  if (snapshot.matches({ before: 'list' })) return policies.policies(context.page, context.purpose) ?? missing;
  if (snapshot.matches({ before: 'policy' })) return policies.policy(id) ?? missing;
  if (snapshot.matches({ before: 'questions' })) return policies.question(id, context.answers.length) ?? missing;
  if (snapshot.matches({ before: 'notForYou' })) {
    const policy = policies.policy(id);
    return policy === null ? missing : { name: 'policy-not-for-you', title: policy.title };
  }
  if (snapshot.matches({ before: 'whose' })) return { name: 'whose-card' };
  if (snapshot.matches({ before: 'whoseStop' })) return { name: 'whose-stop' };
  if (snapshot.matches({ before: 'whoTypes' })) return { name: 'who-types' };
  if (snapshot.matches({ before: 'terms' })) return termsScreen(context, documents) ?? missing;
  const act = snapshot.children.act?.getSnapshot();
  return act === undefined
    ? { name: 'reading-card', journey: 'municipal' }
    : submissionScreen(act as SubmissionSnapshot, 'municipal', eyes);
}
