import { assign, fromPromise, setup } from 'xstate';
import type { CertificatesWanted } from '../../../contract/application.ts';
import { hintsFor } from '../../photo/hints.ts';
import type { JourneyOutput } from '../events.ts';
import { pressed } from '../events.ts';
import type {
  ApplicationAnswer,
  ApplicationChoices,
  ApplicationContext,
  ApplicationEvent,
  CommittedApplication,
  ComposedApplication,
} from './types.ts';

/** What a new form begins with: both certificates, as the office does where nobody says otherwise (official-flows.md section 5.2). */
export const FIRST_CHOICES: ApplicationChoices = {
  moved: false,
  contact: 'none',
  certificates: { signature: true, authentication: true },
  braille: false,
  way: 'normal',
};

/** Named guards and actions of the journey "card application". What is personal is at the session; these send it there and hear of it. */
export const applicationParts = setup({
  types: { context: {} as ApplicationContext, events: {} as ApplicationEvent, output: {} as JourneyOutput },
  actors: {
    /** Injected: reserve, challenge, reply key. */
    compose: fromPromise<ComposedApplication, ApplicationChoices>(async () => ({ cannot: 'internal' })),
    /** Injected: seal and enqueue. */
    commit: fromPromise<CommittedApplication>(async () => ({ cannot: 'internal' })),
    /** Injected: waits for what the platform says. */
    answer: fromPromise<ApplicationAnswer, { limit: 'short' | 'none' }>(async () => ({ kind: 'waiting' })),
  },
  actions: {
    /** Injected: a key, a code or a press for the reading of the form; answers with FORM_... */
    atForm: (_, _params: { reading: 'first' | 'again' }) => {},
    /** Injected: the typed digits are as on the paper. */
    confirmForm: (_, _params: { reading: 'first' | 'again' }) => {},
    /** Injected: answers with CONTACT_DONE. */
    atContact: () => {},
    /** Injected: nothing is promised any more. */
    dropDraft: () => {},
    /** Injected: wipes what was entered. */
    endApplication: () => {},
    /** Injected: prints the slip about what became of it, or an advice, and sends SLIP back. */
    print: (_, _params: { about: 'outcome' | 'no-form' | 'moved-advice' }) => {},
    touch: assign({ touched: ({ context }) => context.touched + 1 }),
    takeSlip: assign(({ event }) => (event.type === 'SLIP' ? { slip: event.slip } : {})),
    noSlip: assign({ slip: { state: 'none' } }),
    beginPrint: assign({ slip: { state: 'printing' } }),
    takeCannot: assign(({ event }) => {
      const output = 'output' in event ? (event.output as ComposedApplication | CommittedApplication) : null;
      return { cannot: output !== null && 'cannot' in output ? output.cannot : ('internal' as const) };
    }),
    /** Another form than before: nothing that was chosen for that one is kept. */
    startAnew: assign({ choices: FIRST_CHOICES, shots: 0, adviceSeen: false, composed: null }),
    choose: assign(({ context }, params: Partial<ApplicationChoices>) => ({ choices: { ...context.choices, ...params } })),
    toggle: assign(({ context }, { which }: { which: keyof CertificatesWanted }) => {
      const { certificates } = context.choices;
      return { choices: { ...context.choices, certificates: { ...certificates, [which]: !certificates[which] } } };
    }),
    countShot: assign({ shots: ({ context }) => context.shots + 1 }),
    leave: assign((_, { end }: { end: 'home' | 'menu' | 'done' }) => ({ output: { end } })),
  },
  guards: {
    home: ({ event }) => pressed(event, 'home'),
    next: ({ event }) => pressed(event, 'next'),
    back: ({ event }) => pressed(event, 'back'),
    done: ({ event }) => pressed(event, 'done'),
    yes: ({ event }) => pressed(event, 'yes'),
    no: ({ event }) => pressed(event, 'no'),
    confirm: ({ event }) => pressed(event, 'confirm'),
    noForm: ({ event }) => pressed(event, 'no-form'),
    email: ({ event }) => pressed(event, 'email'),
    phone: ({ event }) => pressed(event, 'phone'),
    none: ({ event }) => pressed(event, 'none'),
    toggleSignature: ({ event }) => pressed(event, 'toggle-signature'),
    toggleAuthentication: ({ event }) => pressed(event, 'toggle-authentication'),
    normal: ({ event }) => pressed(event, 'normal'),
    cover: ({ event }) => pressed(event, 'cover'),
    pose: ({ event }) => pressed(event, 'pose'),
    retake: ({ event }) => pressed(event, 'retake'),
    use: ({ event }) => pressed(event, 'use'),
    printing: ({ event, context }) =>
      pressed(event, 'print') && context.slip.state !== 'printing' && context.slip.state !== 'printed',
    hasPhoto: ({ context }) => context.shots > 0,
    backWithPhoto: ({ event, context }) => pressed(event, 'back') && context.shots > 0,
    fresh: ({ event }) => event.type === 'FORM_READ' && event.fresh,
    /** A hint is no refusal: it asks once in a visit. */
    asksOnce: ({ event, context }) =>
      event.type === 'PHOTO_TAKEN' && !context.adviceSeen && hintsFor(context.choices.way, event.hints).length > 0,
    cannot: ({ event }) =>
      'output' in event && typeof event.output === 'object' && event.output !== null && 'cannot' in event.output,
    stillWaiting: ({ context }) => context.answer === null || context.answer.kind === 'waiting',
  },
});
