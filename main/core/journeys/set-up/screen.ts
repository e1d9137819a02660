import type { SnapshotFrom } from 'xstate';
import type { Screen, TermsDocument } from '../../../contract/screens.ts';
import type { SubmissionPresenter, SubmissionSnapshot } from '../../submission/submission-screen.ts';
import { submissionScreen } from '../../submission/submission-screen.ts';
import type { PrologueContext } from '../prologue/prologue.ts';
import type { setUpMachine } from './machine.ts';

/** The set-up journey as a screen. @param documents the terms in the language that is up */
export function setUpScreen(
  snapshot: SnapshotFrom<typeof setUpMachine>,
  documents: readonly TermsDocument[],
  eyes: SubmissionPresenter,
): Screen {
  const { context } = snapshot;
  if (snapshot.matches({ before: 'about' })) return { name: 'about-set-up' };
  if (snapshot.matches({ before: 'whose' })) return { name: 'whose-card' };
  if (snapshot.matches({ before: 'whoseStop' })) return { name: 'whose-stop' };
  if (snapshot.matches({ before: 'whoTypes' })) return { name: 'who-types' };
  if (snapshot.matches({ before: 'terms' })) {
    const terms = termsScreen(context, documents);
    if (terms !== null) return terms;
  }
  const act = snapshot.children.act?.getSnapshot();
  return act === undefined
    ? { name: 'reading-card', journey: 'set-up' }
    : submissionScreen(act as SubmissionSnapshot, 'set-up', eyes);
}

/** The documents to agree to. `null`: one is not known here any more (a newer catalogue came). */
export function termsScreen({ termsIndex, documents, full }: PrologueContext, known: readonly TermsDocument[]): Screen | null {
  const found = documents.flatMap((wanted) =>
    known.filter(({ ref: { id, version } }) => id === wanted.id && version === wanted.version).slice(0, 1),
  );
  if (found.length === 0 || found.length < documents.length) return null;
  return { name: 'terms', documents: found, index: termsIndex, full };
}
