import { assign } from 'xstate';
import type { Screen } from '../../../contract/screens.ts';
import { OVER, press } from '../../charts/common.ts';
import { hintsFor } from '../../photo/hints.ts';
import type { JourneyDeps } from '../deps.ts';
import { leave } from '../journey.ts';
import type { Reading } from './form-readings.ts';
import { applicationParts, choose, confirmForm, FIRST_CHOICES, fillForm, print } from './machine-setup.ts';
import type { ApplicationContext } from './types.ts';

/**
 * Journey "card application" (個人番号カード交付申請), for a person without a card: the form is read, contact, certificates, braille, picture,
 * read-back, the same form is read again, then seal, queue, deliver (SOURCES.md, Card application: routes and form). Nothing
 * personal is
 * entered before the form was read (invariant 2), and nothing of it is in here.
 */
export function createCardApplication(deps: Pick<JourneyDeps, 'applications' | 'log' | 'print'>) {
  const session = () => deps.applications.current;
  const form = (name: 'form-read' | 'form-again', reading: Reading): Screen | null => {
    const view = session()?.formNumber(reading);
    return view === undefined ? null : { name, ...view };
  };
  const typedForm = (): Screen | null => {
    const typed = session()?.typed ?? null;
    return typed === null ? null : { name: 'form-check', form: typed };
  };
  const contactEntry = ({ choices: { contact } }: ApplicationContext): Screen | null => {
    const view = contact === 'none' ? undefined : session()?.contact(contact);
    return contact === 'none' || view === undefined ? null : { name: 'contact-entry', kind: contact, ...view };
  };
  const picture = (name: 'photo-advice' | 'photo-review', { choices: { way } }: ApplicationContext): Screen | null => {
    const photo = session()?.photo ?? null;
    return photo === null ? null : { name, hints: hintsFor(way, photo.hints), shot: photo.shot };
  };
  const readBack = (): Screen | null => {
    const { draft = null, photo = null } = session() ?? {};
    if (draft === null || photo === null) return null;
    const { form, moved, contact, certificates, braille, way, receipt, terminal, at } = draft;
    const said = { form, moved, contact, certificates, braille, way, receipt, terminal, at };
    return { name: 'application-read-back', ...said, shot: photo.shot };
  };
  return applicationParts(deps).createMachine({
    id: 'application',
    context: {
      choices: FIRST_CHOICES,
      touched: 0,
      shots: 0,
      adviceSeen: false,
      composed: null,
      cannot: 'internal',
      answer: null,
      slip: { state: 'none' },
      output: { end: 'home' },
    },
    initial: 'about',
    meta: { screen: () => ({ name: 'about-application' }) },
    on: {
      slip: { actions: 'takeSlip' },
      press: { guard: press('home'), actions: leave('home'), target: '.finished' },
    },
    states: {
      about: {
        on: {
          press: [
            { guard: press('next'), target: 'formRead' },
            { guard: press('no-form'), target: 'noForm' },
            { guard: press('back'), actions: leave('menu'), target: 'finished' },
          ],
        },
      },
      noForm: {
        meta: { screen: ({ slip }) => ({ name: 'no-form', slip }) },
        entry: 'noSlip',
        on: {
          press: [
            { guard: 'printing', actions: print('no-form') },
            { guard: press('next'), target: 'formRead' },
            { guard: press('back'), target: 'about' },
            { guard: press('done'), actions: leave('done'), target: 'finished' },
          ],
        },
      },
      formRead: {
        meta: { screen: () => form('form-read', 'first') },
        on: {
          type: { actions: [fillForm('first'), 'touch'] },
          'type-edit': { actions: [fillForm('first'), 'touch'] },
          scanned: { actions: [fillForm('first'), 'touch'] },
          press: [
            { guard: press('home'), actions: leave('home'), target: 'finished' },
            { guard: press('no-form'), target: 'noForm' },
            { guard: press('back'), target: 'about' },
            { actions: [fillForm('first'), 'touch'] },
          ],
          'form-typed': 'formCheck',
          'form-read': [{ guard: 'fresh', actions: 'startAnew', target: 'formMoved' }, { target: 'formMoved' }],
        },
      },
      /** Typed digits are compared with the paper: nothing else shows a wrong one. */
      formCheck: {
        meta: { screen: typedForm },
        on: {
          press: [
            { guard: press('confirm'), actions: confirmForm('first') },
            { guard: press('back'), target: 'formRead' },
          ],
          'form-read': [{ guard: 'fresh', actions: 'startAnew', target: 'formMoved' }, { target: 'formMoved' }],
        },
      },
      formMoved: {
        meta: { screen: () => ({ name: 'form-moved' }) },
        on: {
          press: [
            { guard: press('yes'), actions: choose({ moved: true }), target: 'formMovedAdvice' },
            { guard: press('no'), actions: choose({ moved: false }), target: 'contactKind' },
            { guard: press('back'), target: 'formRead' },
          ],
        },
      },
      formMovedAdvice: {
        meta: { screen: ({ slip }) => ({ name: 'form-moved-advice', slip }) },
        entry: 'noSlip',
        on: {
          press: [
            { guard: 'printing', actions: print('moved-advice') },
            { guard: press('next'), target: 'contactKind' },
            { guard: press('back'), target: 'formMoved' },
            { guard: press('done'), actions: leave('done'), target: 'finished' },
          ],
        },
      },
      contactKind: {
        meta: { screen: () => ({ name: 'contact-kind' }) },
        on: {
          press: [
            { guard: press('email'), actions: choose({ contact: 'email' }), target: 'contactEntry' },
            { guard: press('phone'), actions: choose({ contact: 'phone' }), target: 'contactEntry' },
            { guard: press('none'), actions: choose({ contact: 'none' }), target: 'contactNone' },
            { guard: press('back'), target: 'formMoved' },
          ],
        },
      },
      contactEntry: {
        meta: { screen: contactEntry },
        on: {
          type: { actions: ['fillContact', 'touch'] },
          'type-edit': { actions: ['fillContact', 'touch'] },
          press: [
            { guard: press('home'), actions: leave('home'), target: 'finished' },
            { guard: press('back'), actions: 'fillContact', target: 'contactKind' },
            { actions: ['fillContact', 'touch'] },
          ],
          'form-done': 'certificates',
        },
      },
      contactNone: {
        meta: { screen: () => ({ name: 'contact-none' }) },
        on: {
          press: [
            { guard: press('next'), target: 'certificates' },
            { guard: press('back'), target: 'contactKind' },
          ],
        },
      },
      certificates: {
        meta: { screen: ({ choices }) => ({ name: 'certificates', ...choices.certificates }) },
        on: {
          press: [
            { guard: press('toggle-signature'), actions: { type: 'toggle', params: { which: 'signature' } } },
            { guard: press('toggle-authentication'), actions: { type: 'toggle', params: { which: 'authentication' } } },
            { guard: press('next'), target: 'braille' },
            { guard: press('back'), target: 'contactKind' },
          ],
        },
      },
      braille: {
        meta: { screen: () => ({ name: 'braille' }) },
        on: {
          press: [
            { guard: press('yes'), actions: choose({ braille: true }), target: 'photoOrReview' },
            { guard: press('no'), actions: choose({ braille: false }), target: 'photoOrReview' },
            { guard: press('back'), target: 'certificates' },
          ],
        },
      },
      /** A person who came back to change something keeps the picture. */
      photoOrReview: { always: [{ guard: 'hasPhoto', target: 'photoReview' }, { target: 'photoPrepare' }] },
      photoPrepare: {
        meta: { screen: ({ choices }) => ({ name: 'photo-prepare', way: choices.way }) },
        on: {
          press: [
            { guard: press('normal'), actions: choose({ way: 'normal' }) },
            { guard: press('cover'), actions: choose({ way: 'cover' }) },
            { guard: press('pose'), actions: choose({ way: 'pose' }) },
            { guard: press('next'), target: 'photo' },
            { guard: press('back'), target: 'braille' },
          ],
        },
      },
      photo: {
        meta: { screen: ({ choices, shots }) => (session() === null ? null : { name: 'photo', way: choices.way, shots }) },
        on: {
          'photo-taken': [
            { guard: 'asksOnce', actions: 'countShot', target: 'photoAdvice' },
            { actions: 'countShot', target: 'photoReview' },
          ],
          press: [
            { guard: 'backWithPhoto', target: 'photoReview' },
            { guard: press('back'), target: 'photoPrepare' },
          ],
        },
      },
      photoAdvice: {
        meta: { screen: (context) => picture('photo-advice', context) },
        entry: assign({ adviceSeen: true }),
        on: {
          press: [
            { guard: press('retake'), target: 'photo' },
            { guard: press('use'), target: 'photoReview' },
            { guard: press('back'), target: 'photoPrepare' },
          ],
        },
      },
      photoReview: {
        meta: { screen: (context) => picture('photo-review', context) },
        on: {
          press: [
            { guard: press('retake'), target: 'photo' },
            { guard: press('use'), target: 'composing' },
            { guard: press('back'), target: 'photoPrepare' },
          ],
        },
      },
      composing: {
        meta: { screen: (context) => picture('photo-review', context) },
        invoke: {
          src: 'compose',
          input: ({ context }) => context.choices,
          onDone: [
            {
              guard: ({ event }) => 'cannot' in event.output,
              actions: {
                type: 'cannotBe',
                params: ({ event: { output } }) => ({ cannot: 'cannot' in output ? output.cannot : 'internal' }),
              },
              target: 'cannotAccept',
            },
            {
              actions: assign({ composed: ({ event }) => ('cannot' in event.output ? null : event.output) }),
              target: 'readBack',
            },
          ],
          onError: { actions: assign({ cannot: 'internal' }), target: 'cannotAccept' },
        },
      },
      readBack: {
        meta: { screen: readBack },
        on: {
          press: [
            { guard: press('confirm'), target: 'formAgain' },
            { guard: press('back'), actions: 'dropDraft', target: 'photoReview' },
          ],
        },
      },
      /** The form instead of a PIN: whoever sends this off holds the paper that it began with. */
      formAgain: {
        meta: { screen: () => form('form-again', 'again') },
        on: {
          type: { actions: [fillForm('again'), 'touch'] },
          'type-edit': { actions: [fillForm('again'), 'touch'] },
          scanned: { actions: [fillForm('again'), 'touch'] },
          press: [
            { guard: press('home'), actions: leave('home'), target: 'finished' },
            { guard: press('back'), target: 'readBack' },
            { actions: [fillForm('again'), 'touch'] },
          ],
          'form-typed': 'formAgainCheck',
          'form-same': 'committing',
          'form-other': 'otherForm',
        },
      },
      /** Typed, and not the same: a wrong digit, or another form? */
      formAgainCheck: {
        meta: { screen: typedForm },
        on: {
          press: [
            { guard: press('confirm'), actions: confirmForm('again') },
            { guard: press('back'), target: 'formAgain' },
          ],
          'form-other': 'otherForm',
        },
      },
      otherForm: {
        meta: { screen: () => ({ name: 'other-form' }) },
        entry: ['endApplication', assign({ choices: FIRST_CHOICES, composed: null, shots: 0 })],
        on: {
          press: [{ guard: press('done'), actions: leave('done'), target: 'finished' }],
        },
      },
      committing: {
        meta: { screen: deliveringScreen },
        invoke: {
          src: 'commit',
          onDone: [
            {
              guard: ({ event }) => 'cannot' in event.output,
              actions: {
                type: 'cannotBe',
                params: ({ event: { output } }) => ({ cannot: 'cannot' in output ? output.cannot : 'internal' }),
              },
              target: 'cannotAccept',
            },
            { target: 'delivering' },
          ],
          onError: { actions: assign({ cannot: 'internal' }), target: 'cannotAccept' },
        },
      },
      cannotAccept: {
        meta: { screen: ({ cannot }) => ({ name: 'cannot-accept', reason: cannot, cardless: true }) },
        entry: 'endApplication',
        on: { press: { guard: press('done'), actions: leave('done'), target: 'finished' } },
      },
      delivering: {
        meta: { screen: deliveringScreen },
        tags: OVER,
        invoke: {
          src: 'answer',
          input: { limit: 'short' },
          onDone: { actions: assign({ answer: ({ event }) => event.output }), target: 'deciding' },
          onError: 'received',
        },
      },
      deciding: { always: [{ guard: 'stillWaiting', target: 'received' }, { target: 'answered' }] },
      /** 受付: the slip comes out by itself. Should the answer still come while the person stands here, it is shown. */
      received: {
        meta: { screen: receivedScreen },
        tags: OVER,
        entry: print('outcome'),
        invoke: {
          src: 'answer',
          input: { limit: 'none' },
          onDone: {
            guard: ({ event }) => event.output.kind !== 'waiting',
            actions: assign({ answer: ({ event }) => event.output }),
            target: 'answered',
          },
        },
        on: {
          press: [
            { guard: press('done'), actions: leave('done'), target: 'finished' },
            { guard: 'printing', actions: print('outcome') },
          ],
        },
      },
      answered: {
        meta: { screen: answeredScreen },
        tags: OVER,
        entry: 'noSlip',
        on: {
          press: [
            { guard: press('done'), actions: leave('done'), target: 'finished' },
            { guard: 'printing', actions: print('outcome') },
          ],
        },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => context.output,
  });
}

function deliveringScreen({ composed }: ApplicationContext): Screen | null {
  return composed === null ? null : { name: 'delivering', receipt: composed.receipt, cardless: true };
}

function receivedScreen({ composed, slip }: ApplicationContext): Screen | null {
  return composed === null ? null : { name: 'received', ...composed, nextPerson: false, slip, cardless: true };
}

function answeredScreen(context: ApplicationContext): Screen | null {
  const { composed, answer, slip, choices } = context;
  if (composed === null) return null;
  const { receipt, at } = composed;
  switch (answer?.kind) {
    case 'accepted':
      return { name: 'application-accepted', receipt, weeks: answer.weeks, contact: choices.contact !== 'none', slip };
    case 'refused':
      return { name: 'refused', receipt, code: answer.code, nextPerson: false, slip };
    case 'parked':
      return { name: 'parked', receipt, at, nextPerson: false, slip };
    default:
      return receivedScreen(context);
  }
}
