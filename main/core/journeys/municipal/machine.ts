import { and, assign, sendTo, setup } from 'xstate';
import { Purpose } from '../../../contract/catalogue.ts';
import { pageActions, press, turnPage } from '../../charts/common.ts';
import { isPressed, type JourneyEvent } from '../../charts/events.ts';
import type { Shows } from '../../charts/screen-of.ts';
import type { SubmissionRequest } from '../../submission/types.ts';
import type { JourneyDeps } from '../deps.ts';
import { handsOn, type JourneyInput, type JourneyOutput, leave } from '../journey.ts';
import {
  freshPrologue,
  type PrologueContext,
  prologueActions,
  prologueGuards,
  termsState,
  whoseCardStates,
  whoTypesStates,
} from '../prologue/prologue.ts';
import { createPolicies, type Policies } from './policies.ts';

interface MunicipalContext extends PrologueContext {
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

function requestOf({ agreed, whose, helped, documents, policy, answers }: MunicipalContext): SubmissionRequest | null {
  if (!agreed || policy === null || whose === null) return null;
  return { kind: 'municipal', whose, helped, terms: documents, policy, answers };
}

/** Named guards and actions of the journey "municipal". */
const parts = ({ submission, terms }: JourneyDeps, policies: Policies) =>
  setup({
    types: {
      context: {} as MunicipalContext,
      events: {} as JourneyEvent,
      input: {} as JourneyInput,
      output: {} as JourneyOutput,
      meta: {} as Shows<MunicipalContext>,
    },
    actors: { submission },
    actions: {
      ...prologueActions<MunicipalContext>(),
      toSubmission: sendTo('submission', ({ event }) => event),
      /** The list by what the points are for; `all`: every one. */
      narrow: assign(({ event }) => {
        const purpose = event.type === 'choose' ? Purpose.safeParse(event.id) : null;
        return { purpose: purpose?.success === true ? purpose.data : null, page: 1 };
      }),
      ...pageActions<MunicipalContext>(),
      choose: assign(({ event }) => (event.type === 'choose' ? { policy: event.id, answers: [] } : {})),
      forgetAnswers: assign({ answers: [] }),
      answer: assign(({ context: { policy, answers }, event }) => {
        const question = policies.questions(policy ?? '')[answers.length];
        if (question === undefined || event.type !== 'press') return {};
        return {
          answers: [...answers, { question: question.id, answer: event.button === 'yes' ? ('yes' as const) : ('no' as const) }],
        };
      }),
      unanswer: assign({ answers: ({ context }) => context.answers.slice(0, -1) }),
      openTerms: assign({ documents: () => terms.programme, termsIndex: 0, full: false }),
      agree: assign({ agreed: true }),
    },
    guards: {
      ...prologueGuards('municipal'),
      empty: () => policies.empty(),
      yesOrNo: ({ event }) => isPressed(event, 'yes') || isPressed(event, 'no'),
      byPurpose: ({ event }) => event.type === 'choose' && (event.id === 'all' || Purpose.safeParse(event.id).success),
      known: ({ event }) => event.type === 'choose' && policies.known(event.id),
      nextOpen: ({ event, context }) => isPressed(event, 'next') && policies.open(context.policy ?? ''),
      backInQuestions: ({ event, context }) => isPressed(event, 'back') && context.answers.length > 0,
      notForYou: ({ context }) => !fits(policies, context),
      allAnswered: ({ context }) => context.answers.length >= policies.questions(context.policy ?? '').length,
      previousPage: ({ event, context }) => isPressed(event, 'previous-page') && context.page > 1,
      followingPage: ({ event, context }) => isPressed(event, 'next-page') && context.page < policies.pages(context.purpose),
    },
  });

/**
 * Journey "municipal" (自治体マイナポイント): choose a policy, say whether it is for you, then the same card-bound submission. Eligibility is
 * asked and never read from the chip (SOURCES.md, Municipal points).
 */
export function createMunicipal(deps: JourneyDeps) {
  const policies = createPolicies(deps.catalogue, deps.clock);
  const finished = '#municipal.finished';
  return parts(deps, policies).createMachine({
    id: 'municipal',
    context: ({ input: { card, shuffled, helpers } }) => ({
      ...freshPrologue,
      card,
      shuffled,
      helpers,
      page: 1,
      purpose: null,
      policy: null,
      answers: [],
    }),
    initial: 'before',
    on: { 'retry-read': { actions: 'retryRead' } },
    states: {
      before: {
        meta: { screen: () => ({ name: 'no-catalogue', journey: 'municipal' }) },
        initial: 'deciding',
        entry: 'notAgreed',
        on: {
          card: { actions: 'takeCard' },
          press: { guard: press('home'), actions: leave('home'), target: 'finished' },
        },
        always: { guard: 'hasProblem', target: 'submission' },
        states: {
          resume: { type: 'history', history: 'deep' },
          deciding: { always: [{ guard: 'empty', target: 'noCatalogue' }, { target: 'list' }] },
          noCatalogue: {
            on: {
              press: [
                { guard: press('back'), actions: leave('menu'), target: finished },
                { guard: press('done'), actions: leave('done'), target: finished },
              ],
            },
          },
          list: {
            meta: { screen: ({ page, purpose }, language) => policies.list(page, purpose, language) },
            on: {
              choose: [
                { guard: 'byPurpose', actions: 'narrow' },
                { guard: 'known', actions: 'choose', target: 'policy' },
              ],
              press: [
                { guard: 'previousPage', actions: turnPage(-1) },
                { guard: 'followingPage', actions: turnPage(1) },
                { guard: press('back'), actions: leave('menu'), target: finished },
              ],
            },
          },
          policy: {
            meta: { screen: ({ policy }, language) => policies.policy(policy ?? '', language) },
            entry: 'forgetAnswers',
            on: {
              press: [
                { guard: 'nextOpen', target: 'questions' },
                { guard: press('back'), target: 'list' },
              ],
            },
          },
          questions: {
            meta: { screen: ({ policy, answers }, language) => policies.question(policy ?? '', answers.length, language) },
            always: [
              { guard: 'notForYou', target: 'notForYou' },
              { guard: 'allAnswered', target: 'whose' },
            ],
            on: {
              press: [
                { guard: 'yesOrNo', actions: 'answer' },
                { guard: 'backInQuestions', actions: 'unanswer' },
                { guard: press('back'), target: 'policy' },
              ],
            },
          },
          notForYou: {
            meta: { screen: ({ policy }, language) => policies.notForYou(policy ?? '', language) },
            on: {
              press: [
                { guard: press('back'), actions: 'unanswer', target: 'questions' },
                { guard: press('next'), target: 'list' },
                { guard: press('done'), actions: leave('done'), target: finished },
              ],
            },
          },
          ...whoseCardStates({ back: { target: 'questions', actions: 'unanswer' }, next: 'askWho', finished }),
          ...whoTypesStates({ next: 'terms', backs: [{ guard: press('back'), target: 'whose' }] }),
          ...termsState((_: MunicipalContext, language) => deps.terms.documents(language), {
            agreed: '#municipal.submission',
            backs: [
              { guard: and([press('back'), 'asksWho']), target: '#municipal.before.whoTypes' },
              { guard: press('back'), target: '#municipal.before.whose' },
            ],
          }),
        },
      },
      submission: {
        meta: { child: 'submission', screen: () => ({ name: 'reading-card', journey: 'municipal' }) },
        invoke: {
          id: 'submission',
          src: 'submission',
          // Every step of the submission is a step of the journey: the page hears of it.
          onSnapshot: {},
          input: ({ context }) => ({
            journey: 'municipal',
            card: context.card,
            request: requestOf(context),
            shuffled: context.shuffled,
            offers: [],
          }),
          onDone: [
            { guard: ({ event }) => event.output.end === 'resume', target: 'before.resume' },
            { guard: ({ event }) => event.output.end === 'back', target: 'before.policy' },
            { guard: ({ event }) => event.output.end === 'done', actions: leave('done'), target: 'finished' },
            { actions: leave('home'), target: 'finished' },
          ],
        },
        on: handsOn,
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => context.output,
  });
}
