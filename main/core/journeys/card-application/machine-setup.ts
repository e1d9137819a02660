import { fromPromise, setup } from 'xstate';
import type { CertificatesWanted } from '../../../contract/application.ts';
import { unreachable } from '../../../contract/result.ts';
import { changes, commonGuards } from '../../charts/common.ts';
import { isFieldInput, isPressed, type JourneyEvent } from '../../charts/events.ts';
import type { Shows } from '../../charts/screen-of.ts';
import { hintsFor } from '../../photo/hints.ts';
import type { SlipSubject } from '../../print/slips.ts';
import type { JourneyDeps } from '../deps.ts';
import { type JourneyInput, type JourneyOutput, journeyActions } from '../journey.ts';
import type { FormOutcome, Reading } from './form-readings.ts';
import { slipOfApplication } from './slip.ts';
import type {
  ApplicationAnswer,
  ApplicationChoices,
  ApplicationContext,
  CommittedApplication,
  ComposedApplication,
} from './types.ts';

/**
 * What a new form begins with: both certificates, as the office does where nobody says otherwise (SOURCES.md, Card application:
 * certificates and braille).
 */
export const FIRST_CHOICES: ApplicationChoices = {
  moved: false,
  contact: 'none',
  certificates: { signature: true, authentication: true },
  braille: false,
  way: 'normal',
};

type About = 'outcome' | 'no-form' | 'moved-advice';

export const choose = <C extends Partial<ApplicationChoices>>(choice: C) => ({ type: 'choose', params: choice }) as const;
export const fillForm = <R extends Reading>(reading: R) => ({ type: 'fillForm', params: { reading } }) as const;
export const confirmForm = <R extends Reading>(reading: R) => ({ type: 'confirmForm', params: { reading } }) as const;
export const print = <A extends About>(about: A) => ['beginPrint', { type: 'print', params: { about } }] as const;

/** What the chart hears of a reading. `null`: nothing happened that it must know. */
function newsOf(outcome: FormOutcome): JourneyEvent | null {
  switch (outcome) {
    case 'here':
      return null;
    case 'typed':
      return { type: 'form-typed' };
    case 'read':
    case 'fresh':
      return { type: 'form-read', fresh: outcome === 'fresh' };
    case 'same':
      return { type: 'form-same' };
    case 'other':
      return { type: 'form-other' };
    default:
      return unreachable(outcome);
  }
}

interface Now {
  readonly context: ApplicationContext;
  readonly event: JourneyEvent;
  readonly self: { send(event: JourneyEvent): void };
}

/** Named guards, actions and effects. What is personal is in the application's session; these send it there and hear of it. */
export function applicationParts(deps: Pick<JourneyDeps, 'applications' | 'log' | 'print'>) {
  const { applications, log } = deps;
  const note = (outcome: string) => log('journey.outcome', { journey: 'card-application', outcome });
  const hear = ({ self }: Pick<Now, 'self'>, outcome: FormOutcome) => {
    if (outcome === 'other') note('other-form');
    const news = newsOf(outcome);
    if (news !== null) self.send(news);
  };
  const set = changes<ApplicationContext, ApplicationContext>();
  return setup({
    types: {
      context: {} as ApplicationContext,
      events: {} as JourneyEvent,
      input: {} as JourneyInput,
      output: {} as JourneyOutput,
      meta: {} as Shows<ApplicationContext>,
    },
    actors: {
      /** Reserve, challenge, reply key. */
      compose: fromPromise<ComposedApplication, ApplicationChoices>(async ({ input }) => {
        const composed = (await applications.current?.compose(input)) ?? { cannot: 'internal' };
        if ('cannot' in composed) note(`cannot-accept.${composed.cannot}`);
        return composed;
      }),
      /** Seal and enqueue. */
      commit: fromPromise<CommittedApplication>(async () => {
        const result = (await applications.current?.commit()) ?? { cannot: 'internal' };
        note('cannot' in result ? `cannot-accept.${result.cannot}` : 'committed');
        return result;
      }),
      /** Waits for what the platform says. */
      answer: fromPromise<ApplicationAnswer, { limit: 'short' | 'none' }>(
        async ({ input }) => (await applications.current?.answer(input.limit)) ?? { kind: 'waiting' },
      ),
    },
    actions: {
      ...journeyActions<ApplicationContext>(),
      /** A key, a code or a press for the reading of the form. */
      fillForm: (now: Now, { reading }: { reading: Reading }) => {
        if (isFieldInput(now.event)) hear(now, applications.current?.readForm(reading, now.event) ?? 'here');
      },
      /** The typed digits are as on the paper. */
      confirmForm: (now: Now, { reading }: { reading: Reading }) =>
        hear(now, applications.current?.confirmForm(reading) ?? 'here'),
      fillContact: ({ context, event, self }: Now) => {
        const { contact } = context.choices;
        if (contact === 'none' || !isFieldInput(event)) return;
        if (applications.current?.enterContact(contact, event) === true) self.send({ type: 'form-done' });
      },
      /** Nothing is promised any more. */
      dropDraft: () => applications.current?.dropDraft(),
      /** Wipes what was entered. */
      endApplication: () => applications.end(),
      print: ({ context, self }, { about }: { about: About }) => {
        const subject: SlipSubject | null = about === 'outcome' ? slipOfApplication(context) : { kind: about };
        if (subject !== null) deps.print(subject, self, about === 'outcome' ? context.composed?.at : undefined);
      },
      touch: set(({ touched }) => ({ touched: touched + 1 })),
      cannotBe: set<{ cannot: ApplicationContext['cannot'] }>((_, __, { cannot }) => ({ cannot })),
      /** Another form than before: nothing that was chosen for that one is kept. */
      startAnew: set(() => ({ choices: FIRST_CHOICES, shots: 0, adviceSeen: false, composed: null })),
      choose: set<Partial<ApplicationChoices>>(({ choices }, _, choice) => ({ choices: { ...choices, ...choice } })),
      toggle: set<{ which: keyof CertificatesWanted }>(({ choices }, _, { which }) => ({
        choices: { ...choices, certificates: { ...choices.certificates, [which]: !choices.certificates[which] } },
      })),
      countShot: set(({ shots }) => ({ shots: shots + 1 })),
    },
    guards: {
      ...commonGuards,
      hasPhoto: ({ context }) => context.shots > 0,
      backWithPhoto: ({ event, context }) => isPressed(event, 'back') && context.shots > 0,
      fresh: ({ event }) => event.type === 'form-read' && event.fresh,
      /** A hint is no refusal: it asks once in a visit. */
      asksOnce: ({ event, context }) =>
        event.type === 'photo-taken' && !context.adviceSeen && hintsFor(context.choices.way, event.hints).length > 0,
      stillWaiting: ({ context }) => context.answer === null || context.answer.kind === 'waiting',
    },
  });
}
