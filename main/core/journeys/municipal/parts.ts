import { assign, sendParent, sendTo, setup } from 'xstate';
import { Purpose } from '../../../contract/catalogue.ts';
import type { TermsRef } from '../../../contract/submission.ts';
import { createSubmissionMachine, TELEPHONE_LAYOUT } from '../../submission/submission-machine.ts';
import type { CardState } from '../card-state.ts';
import { problemFor } from '../card-state.ts';
import type { JourneyEvent, JourneyOutput } from '../events.ts';
import { pressed } from '../events.ts';
import type { PrologueContext } from '../prologue/prologue.ts';
import { isLastDocument } from '../prologue/prologue.ts';

/** The municipalities' policies as the statechart needs them. Injected. */
export interface Policies {
  readonly stocked: () => boolean;
  /** Open today. */
  readonly open: (policy: string) => boolean;
  readonly known: (policy: string) => boolean;
  readonly questions: (policy: string) => readonly { readonly id: string; readonly wanted: 'yes' | 'no' }[];
  readonly pages: (purpose: Purpose | null) => number;
  readonly terms: () => readonly TermsRef[];
}

export const emptyPolicies: Policies = {
  stocked: () => false,
  open: () => false,
  known: () => false,
  questions: () => [],
  pages: () => 0,
  terms: () => [],
};

export interface MunicipalContext extends PrologueContext {
  page: number;
  purpose: Purpose | null;
  policy: string | null;
  answers: readonly { readonly question: string; readonly answer: 'yes' | 'no' }[];
}

const fits = (policies: Policies, { policy, answers }: MunicipalContext): boolean =>
  policies.questions(policy ?? '').every(({ id, wanted }, at) => {
    const given = answers[at];
    return given === undefined || (given.question === id && given.answer === wanted);
  });

/** Named guards and actions of the journey "municipal". */
export const municipalParts = (policies: Policies) =>
  setup({
    types: {
      context: {} as MunicipalContext,
      events: {} as JourneyEvent,
      input: {} as { card: CardState; shuffled: boolean; helpers: boolean },
      output: {} as JourneyOutput,
    },
    actors: { act: createSubmissionMachine(() => TELEPHONE_LAYOUT) },
    actions: {
      takeCard: assign(({ event }) => (event.type === 'CARD' ? { card: event.card } : {})),
      toAct: sendTo('act', ({ event }) => event),
      relayRetry: sendParent({ type: 'RETRY_READ' }),
      /** The list by what the points are for; `all`: every one. */
      narrow: assign(({ event }) => {
        const purpose = event.type === 'CHOOSE' ? Purpose.safeParse(event.id) : null;
        return { purpose: purpose?.success === true ? purpose.data : null, page: 1 };
      }),
      choose: assign(({ event }) => (event.type === 'CHOOSE' ? { policy: event.id, answers: [] } : {})),
      answer: assign(({ context, event }) => {
        const question = policies.questions(context.policy ?? '')[context.answers.length];
        if (question === undefined || event.type !== 'PRESS') return {};
        return {
          answers: [
            ...context.answers,
            { question: question.id, answer: event.button === 'yes' ? ('yes' as const) : ('no' as const) },
          ],
        };
      }),
      unanswer: assign({ answers: ({ context }) => context.answers.slice(0, -1) }),
      openTerms: assign({ documents: () => policies.terms(), termsIndex: 0, full: false }),
    },
    guards: {
      home: ({ event }) => pressed(event, 'home'),
      next: ({ event }) => pressed(event, 'next'),
      back: ({ event }) => pressed(event, 'back'),
      done: ({ event }) => pressed(event, 'done'),
      self: ({ event }) => pressed(event, 'self'),
      child: ({ event }) => pressed(event, 'child'),
      represented: ({ event }) => pressed(event, 'represented'),
      other: ({ event }) => pressed(event, 'other'),
      holder: ({ event }) => pressed(event, 'holder'),
      helper: ({ event }) => pressed(event, 'helper'),
      agree: ({ event }) => pressed(event, 'agree'),
      agreeLast: ({ event, context }) => pressed(event, 'agree') && isLastDocument(context),
      backInTerms: ({ event, context }) => pressed(event, 'back') && context.termsIndex > 0,
      showAll: ({ event }) => pressed(event, 'show-all'),
      showSummary: ({ event }) => pressed(event, 'show-summary'),
      yesOrNo: ({ event }) => pressed(event, 'yes') || pressed(event, 'no'),
      empty: () => !policies.stocked(),
      byPurpose: ({ event }) => event.type === 'CHOOSE' && (event.id === 'all' || Purpose.safeParse(event.id).success),
      known: ({ event }) => event.type === 'CHOOSE' && policies.known(event.id),
      nextOpen: ({ event, context }) => pressed(event, 'next') && policies.open(context.policy ?? ''),
      backInQuestions: ({ event, context }) => pressed(event, 'back') && context.answers.length > 0,
      notForYou: ({ context }) => !fits(policies, context),
      allAnswered: ({ context }) => context.answers.length >= policies.questions(context.policy ?? '').length,
      previousPage: ({ event, context }) => pressed(event, 'previous-page') && context.page > 1,
      followingPage: ({ event, context }) => pressed(event, 'next-page') && context.page < policies.pages(context.purpose),
      asksWho: ({ context }) => context.helpers,
      hasProblem: ({ context }) => problemFor('municipal', context.card) !== null,
    },
  });
