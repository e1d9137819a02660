import type { SnapshotFrom } from 'xstate';
import type { ReadBack, Screen, TermsDocument } from '../../contract/screens.ts';
import type { createSetUpMachine } from './set-up.ts';
import type { SetUpContext } from './set-up-types.ts';

type SetUpSnapshot = SnapshotFrom<ReturnType<typeof createSetUpMachine>>;

/** The set-up journey as a screen. @param documents the terms in the language that is up */
export function setUpScreen(snapshot: SetUpSnapshot, documents: readonly TermsDocument[]): Screen {
  const { context } = snapshot;
  const { slip } = context;
  if (snapshot.matches({ before: 'about' })) return { name: 'about-set-up' };
  if (snapshot.matches({ before: 'whose' })) return { name: 'whose-card' };
  if (snapshot.matches({ before: 'whoseStop' })) return { name: 'whose-stop' };
  if (snapshot.matches({ before: 'terms' })) return termsScreen(context, documents);
  if (snapshot.matches({ card: 'insert' })) return { name: 'insert-card', journey: 'set-up', slow: context.slow };
  if (snapshot.matches({ card: 'problem' }) || snapshot.matches('failed')) {
    return { name: 'card-problem', problem: context.problem ?? { code: 'reader-failed' }, journey: 'set-up', slip };
  }
  if (snapshot.matches({ card: 'expiringNotice' }) && context.card.at === 'ready')
    return { name: 'expiring-notice', facts: context.card.facts };
  if (snapshot.matches({ card: 'renewedQuestion' }) && context.card.at === 'ready')
    return { name: 'renewed-question', facts: context.card.facts };
  if (snapshot.matches({ card: 'renewedWait' })) return { name: 'renewed-wait' };
  if (snapshot.matches('readBack') && context.readBack !== null) {
    return { name: 'read-back', content: inLanguage(context.readBack, documents), page: 1 };
  }
  if (snapshot.matches('pinLastTry')) return { name: 'pin-last-try' };
  if (snapshot.matches('pin')) {
    const { digits, triesLeft, wrong, shuffled, layout } = context;
    return { name: 'pin', digits, triesLeft, wrong, shuffled, layout: [...layout] };
  }
  if (snapshot.matches('signing')) return { name: 'signing' };
  if (snapshot.matches('cannotAccept')) return { name: 'cannot-accept', reason: context.cannot };
  if (context.readBack !== null) {
    const { receipt, at } = context.readBack;
    if (snapshot.matches('delivering')) return { name: 'delivering', receipt };
    if (snapshot.matches('received')) return { name: 'received', receipt, at, slip };
    if (snapshot.matches('answered')) return answeredScreen(context, receipt);
  }
  return { name: 'reading-card', journey: 'set-up' };
}

function termsScreen(context: SetUpContext, documents: readonly TermsDocument[]): Screen {
  const document = documents[context.termsIndex];
  if (document === undefined) throw new Error('terms without a document');
  return { name: 'terms', document, index: context.termsIndex, count: context.termsCount, full: context.full };
}

function answeredScreen({ answer, slip }: SetUpContext, receipt: string): Screen {
  switch (answer?.kind) {
    case 'issued':
      return { name: 'issued', myKeyId: answer.myKeyId, alreadySet: answer.alreadySet, receipt, slip };
    case 'refused':
      return { name: 'refused', receipt, code: answer.code, slip };
    default:
      return { name: 'accepted', receipt, slip };
  }
}

/** Titles follow the language that is up; what is signed is the document's id and version. */
function inLanguage(readBack: ReadBack, documents: readonly TermsDocument[]): ReadBack {
  const titleOf = (id: string) => documents.find((document) => document.ref.id === id)?.title;
  return { ...readBack, terms: readBack.terms.map((item) => ({ ref: item.ref, title: titleOf(item.ref.id) ?? item.title })) };
}
