import type { PublicLanguage } from '../../../contract/languages.ts';
import type { Journey, Screen, SlipState, TermsDocument } from '../../../contract/screens.ts';
import type { TermsRef, WhoseCard } from '../../../contract/submission.ts';
import { type CardState, problemFor } from '../../charts/card-state.ts';
import { cardActions, changes, commonGuards, press } from '../../charts/common.ts';
import { isPressed } from '../../charts/events.ts';
import { type JourneyOutput, journeyActions, leave } from '../journey.ts';

/** What every journey that signs knows before the card is needed. */
export interface PrologueContext {
  card: CardState;
  readonly shuffled: boolean;
  whose: WhoseCard | null;
  /** People are helped here: who touches the screen is asked. */
  readonly helpers: boolean;
  /** Somebody else works the screen for the holder. */
  helped: boolean;
  /** The documents to agree to, in order, and the one that is up. */
  documents: readonly TermsRef[];
  termsIndex: number;
  full: boolean;
  /** Every document was agreed to in this visit. */
  agreed: boolean;
  slip: SlipState;
  output: JourneyOutput;
}

/** The fields of a prologue that has not begun. */
export const freshPrologue = {
  whose: null,
  helped: false,
  documents: [],
  termsIndex: 0,
  full: false,
  agreed: false,
  slip: { state: 'none' },
  output: { end: 'home' },
} as const satisfies Omit<PrologueContext, 'card' | 'shuffled' | 'helpers'>;

type Asked = { readonly context: PrologueContext; readonly event: { readonly type: string } };

/** @param journey whose card problems are told about at once, not after the terms */
export const prologueGuards = (journey: Journey) => ({
  ...commonGuards,
  asksWho: ({ context }: Asked) => context.helpers,
  nothingToRead: ({ context }: Asked) => context.documents.length === 0,
  agreesToLast: ({ context, event }: Asked) => isPressed(event, 'agree') && context.termsIndex + 1 >= context.documents.length,
  backInTerms: ({ context, event }: Asked) => isPressed(event, 'back') && context.termsIndex > 0,
  hasProblem: ({ context }: Asked) => problemFor(journey, context.card) !== null,
});

export function prologueActions<Context extends PrologueContext>() {
  const set = changes<PrologueContext, Context>();
  return {
    ...journeyActions<Context>(),
    ...cardActions<Context>(),
    sayWhose: set<{ whose: WhoseCard }>((_, __, { whose }) => ({ whose })),
    sayWhoTypes: set<{ helped: boolean }>((_, __, { helped }) => ({ helped })),
    turnTerms: set<{ by: 1 | -1 }>(({ termsIndex }, _, { by }) => ({ termsIndex: termsIndex + by, full: false })),
    showWholeText: set<{ full: boolean }>((_, __, { full }) => ({ full })),
    notAgreed: set(() => ({ agreed: false })),
  };
}

const says = <W extends WhoseCard>(whose: W) => ({ type: 'sayWhose', params: { whose } }) as const;
const typedBy = <H extends boolean>(helped: H) => ({ type: 'sayWhoTypes', params: { helped } }) as const;

/** Where "back" leads to: a transition without its event. */
interface Way {
  readonly target: string;
  readonly guard?: string;
  readonly actions?: string;
}
const back = <W extends Way>(way: W) => ({ ...way, guard: press('back') });

/**
 * Whose card it is: one's own, of one's child under 15, of somebody one represents; anybody else's is politely refused (SOURCES.md,
 * Set-up: minors and representatives).
 */
export const whoseCardStates = <const Back extends Omit<Way, 'guard'>>(to: {
  readonly back: Back;
  readonly next: string;
  readonly finished: string;
}) =>
  ({
    whose: {
      meta: { screen: (): Screen => ({ name: 'whose-card' }) },
      on: {
        press: [
          { guard: press('self'), actions: says('self'), target: to.next },
          { guard: press('child'), actions: says('child-under-15'), target: to.next },
          { guard: press('represented'), actions: says('represented'), target: to.next },
          { guard: press('other'), target: 'whoseStop' },
          back(to.back),
        ],
      },
    },
    whoseStop: {
      meta: { screen: (): Screen => ({ name: 'whose-stop' }) },
      on: {
        press: [
          { guard: press('back'), target: 'whose' },
          { guard: press('done'), actions: leave('done'), target: to.finished },
        ],
      },
    },
  }) as const;

/** Who touches the screen; asked only where people are helped. @param to `known`: where back leads to who has said before whose card it is */
export const whoTypesStates = <const Backs extends readonly object[]>(to: { readonly next: string; readonly backs: Backs }) =>
  ({
    askWho: {
      entry: typedBy(false),
      always: [{ guard: 'asksWho', target: 'whoTypes' }, { target: to.next }],
    },
    whoTypes: {
      meta: { screen: (): Screen => ({ name: 'who-types' }) },
      on: {
        press: [
          { guard: press('holder'), actions: typedBy(false), target: to.next },
          { guard: press('helper'), actions: typedBy(true), target: to.next },
          ...to.backs,
        ],
      },
    },
  }) as const;

/**
 * The documents, one after the other. The journey says which (`openTerms`) and notes that all were agreed to (`agree`).
 * @param known the documents that the kiosk has, in the language that is up
 */
export const termsState = <Context extends PrologueContext, const Backs extends readonly object[]>(
  known: (context: Context, language: PublicLanguage) => readonly TermsDocument[],
  to: { readonly agreed: string; readonly backs: Backs },
) =>
  ({
    terms: {
      meta: { screen: (context: Context, language: PublicLanguage) => termsScreen(context, known(context, language)) },
      entry: 'openTerms',
      initial: 'deciding',
      states: {
        deciding: { always: [{ guard: 'nothingToRead', actions: 'agree', target: to.agreed }, { target: 'reading' }] },
        reading: {
          on: {
            press: [
              { guard: 'agreesToLast', actions: 'agree', target: to.agreed },
              { guard: press('agree'), actions: { type: 'turnTerms', params: { by: 1 } } },
              { guard: 'backInTerms', actions: { type: 'turnTerms', params: { by: -1 } } },
              ...to.backs,
              { guard: press('show-all'), actions: { type: 'showWholeText', params: { full: true } } },
              { guard: press('show-summary'), actions: { type: 'showWholeText', params: { full: false } } },
            ],
          },
        },
      },
    },
  }) as const;

/** `null`: one of the documents is not known here any more (a newer catalogue came). */
function termsScreen({ termsIndex, documents, full }: PrologueContext, known: readonly TermsDocument[]): Screen | null {
  const found = documents.flatMap((wanted) =>
    known.filter(({ ref: { id, version } }) => id === wanted.id && version === wanted.version).slice(0, 1),
  );
  if (found.length === 0 || found.length < documents.length) return null;
  return { name: 'terms', documents: found, index: termsIndex, full };
}
