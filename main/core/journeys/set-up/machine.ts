import { and, assign, sendTo, setup } from 'xstate';
import type { Journey } from '../../../contract/screens.ts';
import { press } from '../../charts/common.ts';
import type { JourneyEvent } from '../../charts/events.ts';
import type { Shows } from '../../charts/screen-of.ts';
import type { SubmissionRequest } from '../../submission/types.ts';
import type { JourneyDeps } from '../deps.ts';
import { handsOn, type JourneyInput, type JourneyOutput, type Known, leave } from '../journey.ts';
import {
  freshPrologue,
  type PrologueContext,
  prologueActions,
  prologueGuards,
  termsState,
  whoseCardStates,
  whoTypesStates,
} from '../prologue/prologue.ts';

interface SetUpContext extends PrologueContext {
  readonly offers: readonly Journey[];
}

function requestOf({ agreed, whose, helped, documents }: SetUpContext): SubmissionRequest | null {
  return agreed ? { kind: 'set-up', whose: whose ?? 'self', helped, terms: documents } : null;
}

/** Said once, and not asked again by what follows with the same card. */
const knownOf = ({ whose, helped, documents }: SetUpContext): Known => ({ whose: whose ?? 'self', helped, agreedTo: documents });

const parts = ({ submission, terms }: JourneyDeps) =>
  setup({
    types: {
      context: {} as SetUpContext,
      events: {} as JourneyEvent,
      input: {} as JourneyInput,
      output: {} as JourneyOutput,
      meta: {} as Shows<SetUpContext>,
    },
    actors: { submission },
    actions: {
      ...prologueActions<SetUpContext>(),
      toSubmission: sendTo('submission', ({ event }) => event),
      openTerms: assign({ documents: () => terms.all, termsIndex: 0, full: false }),
      agree: assign({ agreed: true }),
    },
    guards: prologueGuards('set-up'),
  });

/** Journey "set-up" (マイナポイントの予約): what it is, whose card, terms, then the submission (DESIGN.md, Journeys). */
export function createSetUp(deps: JourneyDeps) {
  const finished = '#set-up.finished';
  return parts(deps).createMachine({
    id: 'set-up',
    context: ({ input: { card, shuffled, helpers, offers } }) => ({ ...freshPrologue, card, shuffled, helpers, offers }),
    initial: 'before',
    on: { 'retry-read': { actions: 'retryRead' } },
    states: {
      /** Everything before a card is needed. A card that cannot be used is told about at once, not after the terms. */
      before: {
        meta: { screen: () => ({ name: 'reading-card', journey: 'set-up' }) },
        initial: 'about',
        entry: 'notAgreed',
        on: {
          card: { actions: 'takeCard' },
          press: { guard: press('home'), actions: leave('home'), target: 'finished' },
        },
        always: { guard: 'hasProblem', target: 'submission' },
        states: {
          resume: { type: 'history', history: 'deep' },
          about: {
            meta: { screen: () => ({ name: 'about-set-up' }) },
            on: {
              press: [
                // Most people have their own card in the hand: one press says so.
                { guard: press('self'), actions: { type: 'sayWhose', params: { whose: 'self' } }, target: 'askWho' },
                { guard: press('next'), target: 'whose' },
                { guard: press('back'), actions: leave('menu'), target: finished },
              ],
            },
          },
          ...whoseCardStates({ back: { target: 'about' }, next: 'askWho', finished }),
          ...whoTypesStates({ next: 'terms', backs: [{ guard: press('back'), target: 'whose' }] }),
          ...termsState((_: SetUpContext, language) => deps.terms.documents(language), {
            agreed: '#set-up.submission',
            backs: [
              { guard: and([press('back'), 'asksWho']), target: '#set-up.before.whoTypes' },
              { guard: press('back'), target: '#set-up.before.whose' },
            ],
          }),
        },
      },
      submission: {
        meta: { child: 'submission', screen: () => ({ name: 'reading-card', journey: 'set-up' }) },
        invoke: {
          id: 'submission',
          src: 'submission',
          // Every step of the submission is a step of the journey: the page hears of it.
          onSnapshot: {},
          input: ({ context }) => ({
            journey: 'set-up',
            card: context.card,
            request: requestOf(context),
            shuffled: context.shuffled,
            offers: context.offers,
          }),
          onDone: [
            { guard: ({ event }) => event.output.end === 'resume', target: 'before.resume' },
            { guard: ({ event }) => event.output.end === 'back' && event.output.from === 'card', target: 'before.terms' },
            { guard: ({ event }) => event.output.end === 'back', target: 'before.whose' },
            { guard: ({ event }) => event.output.end === 'done', actions: leave('done'), target: 'finished' },
            {
              guard: ({ event }) => event.output.end === 'switch',
              actions: assign({
                output: ({ context, event }): JourneyOutput =>
                  event.output.end === 'switch' ? { ...event.output, readAgain: true, known: knownOf(context) } : { end: 'done' },
              }),
              target: 'finished',
            },
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
