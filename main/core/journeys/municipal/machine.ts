import { and, assign } from 'xstate';
import type { SubmissionRequest } from '../../submission/types.ts';
import type { MunicipalContext, Policies } from './parts.ts';
import { municipalParts } from './parts.ts';

function askOf({ agreed, whose, helped, documents, policy, answers }: MunicipalContext): SubmissionRequest | null {
  if (!agreed || policy === null || whose === null) return null;
  return { kind: 'municipal', whose, helped, terms: documents, policy, answers };
}

/**
 * Journey "municipal" (自治体マイナポイント): choose a policy, say whether it is for you, then the same card-bound act. Eligibility is asked and
 * never read from the chip (official-flows.md section 7).
 */
export function createMunicipalMachine(policies: Policies) {
  return municipalParts(policies).createMachine({
    id: 'municipal',
    context: ({ input }) => ({
      card: input.card,
      shuffled: input.shuffled,
      whose: null,
      helpers: input.helpers,
      helped: false,
      documents: [],
      termsIndex: 0,
      full: false,
      agreed: false,
      output: { end: 'home' },
      page: 1,
      purpose: null,
      policy: null,
      answers: [],
    }),
    initial: 'before',
    on: { RETRY_READ: { actions: 'relayRetry' } },
    states: {
      before: {
        initial: 'deciding',
        entry: assign({ agreed: false }),
        on: {
          CARD: { actions: 'takeCard' },
          PRESS: { guard: 'home', actions: assign({ output: { end: 'home' } }), target: 'finished' },
        },
        always: { guard: 'hasProblem', target: 'act' },
        states: {
          resume: { type: 'history', history: 'deep' },
          deciding: { always: [{ guard: 'empty', target: 'noCatalogue' }, { target: 'list' }] },
          noCatalogue: {
            on: {
              PRESS: [
                { guard: 'back', actions: assign({ output: { end: 'menu' } }), target: '#municipal.finished' },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#municipal.finished' },
              ],
            },
          },
          list: {
            on: {
              CHOOSE: [
                { guard: 'byPurpose', actions: 'narrow' },
                { guard: 'known', actions: 'choose', target: 'policy' },
              ],
              PRESS: [
                { guard: 'previousPage', actions: assign({ page: ({ context }) => context.page - 1 }) },
                { guard: 'followingPage', actions: assign({ page: ({ context }) => context.page + 1 }) },
                { guard: 'back', actions: assign({ output: { end: 'menu' } }), target: '#municipal.finished' },
              ],
            },
          },
          policy: {
            entry: assign({ answers: [] }),
            on: {
              PRESS: [
                { guard: 'nextOpen', target: 'questions' },
                { guard: 'back', target: 'list' },
              ],
            },
          },
          questions: {
            always: [
              { guard: 'notForYou', target: 'notForYou' },
              { guard: 'allAnswered', target: 'whose' },
            ],
            on: {
              PRESS: [
                { guard: 'yesOrNo', actions: 'answer' },
                { guard: 'backInQuestions', actions: 'unanswer' },
                { guard: 'back', target: 'policy' },
              ],
            },
          },
          notForYou: {
            on: {
              PRESS: [
                { guard: 'back', actions: 'unanswer', target: 'questions' },
                { guard: 'next', target: 'list' },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#municipal.finished' },
              ],
            },
          },
          whose: {
            on: {
              PRESS: [
                { guard: 'self', actions: assign({ whose: 'self' }), target: 'askWho' },
                { guard: 'child', actions: assign({ whose: 'child-under-15' }), target: 'askWho' },
                { guard: 'represented', actions: assign({ whose: 'represented' }), target: 'askWho' },
                { guard: 'other', target: 'whoseStop' },
                { guard: 'back', actions: 'unanswer', target: 'questions' },
              ],
            },
          },
          whoseStop: {
            on: {
              PRESS: [
                { guard: 'back', target: 'whose' },
                { guard: 'done', actions: assign({ output: { end: 'done' } }), target: '#municipal.finished' },
              ],
            },
          },
          askWho: {
            entry: assign({ helped: false }),
            always: [{ guard: 'asksWho', target: 'whoTypes' }, { target: 'terms' }],
          },
          whoTypes: {
            on: {
              PRESS: [
                { guard: 'holder', actions: assign({ helped: false }), target: 'terms' },
                { guard: 'helper', actions: assign({ helped: true }), target: 'terms' },
                { guard: 'back', target: 'whose' },
              ],
            },
          },
          terms: {
            entry: 'openTerms',
            initial: 'reading',
            states: {
              reading: {
                on: {
                  PRESS: [
                    { guard: 'agreeLast', actions: assign({ agreed: true }), target: '#municipal.act' },
                    { guard: 'agree', actions: assign({ termsIndex: ({ context }) => context.termsIndex + 1, full: false }) },
                    {
                      guard: 'backInTerms',
                      actions: assign({ termsIndex: ({ context }) => context.termsIndex - 1, full: false }),
                    },
                    { guard: and(['back', 'asksWho']), target: '#municipal.before.whoTypes' },
                    { guard: 'back', target: '#municipal.before.whose' },
                    { guard: 'showAll', actions: assign({ full: true }) },
                    { guard: 'showSummary', actions: assign({ full: false }) },
                  ],
                },
              },
            },
          },
        },
      },
      act: {
        invoke: {
          id: 'act',
          src: 'act',
          onSnapshot: {},
          input: ({ context }) => ({ card: context.card, ask: askOf(context), shuffled: context.shuffled }),
          onDone: [
            { guard: ({ event }) => event.output.end === 'resume', target: 'before.resume' },
            { guard: ({ event }) => event.output.end === 'back', target: 'before.policy' },
            {
              guard: ({ event }) => event.output.end === 'done',
              actions: assign({ output: { end: 'done' } }),
              target: 'finished',
            },
            { actions: assign({ output: { end: 'home' } }), target: 'finished' },
          ],
        },
        on: {
          CARD: { actions: ['takeCard', 'toAct'] },
          PRESS: { actions: 'toAct' },
          PIN_KEY: { actions: 'toAct' },
          PIN_EDIT: { actions: 'toAct' },
        },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => context.output,
  });
}
