import { assign, sendParent, sendTo, setup } from 'xstate';
import type { GrantOn } from '../../../contract/catalogue.ts';
import type { ScanProblem, ScreenOf, SlipState } from '../../../contract/screens.ts';
import type { Filter, ServiceHindrance } from '../../../contract/service-filter.ts';
import { NO_FILTER } from '../../../contract/service-filter.ts';
import type { TermsRef, WhoseCard } from '../../../contract/submission.ts';
import { pickCode } from '../../scan/pick-code.ts';
import { createSubmissionMachine, TELEPHONE_LAYOUT } from '../../submission/submission-machine.ts';
import type { CardState } from '../card-state.ts';
import { problemFor } from '../card-state.ts';
import type { JourneyEvent, JourneyOutput, Known } from '../events.ts';
import { pressed } from '../events.ts';
import type { PrologueContext } from '../prologue/prologue.ts';
import { isLastDocument } from '../prologue/prologue.ts';

/** The catalogue as the statechart needs it. Injected; `null` services and counts when there is none. */
export interface ServiceChoice {
  readonly stocked: () => boolean;
  /** What stands in the way of this service, today. `null`: no such service. */
  readonly hindrances: (service: string, minor: boolean) => readonly ServiceHindrance[] | null;
  /** The service wants a registration first. */
  readonly registerFirst: (service: string) => boolean;
  /** On what it grants points. */
  readonly grantsOn: (service: string) => readonly GrantOn[];
  /** The documents that this sign-up must be agreed to with. */
  readonly terms: (service: string, makeId: boolean) => readonly TermsRef[];
  readonly pages: (filter: Filter) => number;
  /** The one service that is left; `null`: none, or several. */
  readonly only: (filter: Filter) => string | null;
  /** The service that a scanned code belongs to: a slip for later, or what its app shows. */
  readonly scanned: (text: string) => string | null;
  /** A keyword with one more key of the on-screen keyboard. */
  readonly typed: (keyword: string, key: string) => string;
}

/** Nothing to choose from: for drawing the statechart. */
export const noServices: ServiceChoice = {
  stocked: () => false,
  hindrances: () => null,
  registerFirst: () => false,
  grantsOn: () => [],
  terms: () => [],
  pages: () => 0,
  only: () => null,
  scanned: () => null,
  typed: (keyword) => keyword,
};

export interface SignUpContext extends PrologueContext {
  filter: Filter;
  typing: boolean;
  page: number;
  service: string | null;
  on: GrantOn | null;
  makeId: boolean;
  /** What was agreed to in this visit, also by an earlier attempt. */
  agreedTo: readonly TermsRef[];
  /** The same card has just made its My Key ID: whose it is, who types and that it has one are not asked again. `null`: it has not. */
  readonly known: Known | null;
  /** Whose card it is, where that was said before the service was chosen; another service does not ask again. */
  saidWhose: WhoseCard | null;
  /** The service was chosen by somebody of the family before. */
  readonly family: boolean;
  /** The slip of another day, before anything is chosen. */
  scan: ScreenOf<'about-sign-up'>['scan'];
  scanProblem: ScanProblem | null;
  slip: SlipState;
}

const sameRef = (a: TermsRef, b: TermsRef) => a.id === b.id && a.version === b.version;

/** The one service that the codes in view belong to. `null`: none, or several. */
function scannedService(shelf: ServiceChoice, event: JourneyEvent): string | null {
  const picked = event.type === 'SCANNED' ? pickCode(event, shelf.scanned) : 'several';
  return picked === 'several' ? null : shelf.scanned(picked.text);
}

/** What is still to be agreed to. */
export function unread(wanted: readonly TermsRef[], agreedTo: readonly TermsRef[]): readonly TermsRef[] {
  return wanted.filter((ref) => !agreedTo.some((agreed) => sameRef(agreed, ref)));
}

/** Named guards and actions of the journey "sign-up". */
export const signUpParts = (shelf: ServiceChoice) =>
  setup({
    types: {
      context: {} as SignUpContext,
      events: {} as JourneyEvent,
      input: {} as {
        card: CardState;
        shuffled: boolean;
        helpers: boolean;
        preselected: string | null;
        known: Known | null;
      },
      output: {} as JourneyOutput,
    },
    actors: { act: createSubmissionMachine(() => TELEPHONE_LAYOUT) },
    actions: {
      takeCard: assign(({ event }) => (event.type === 'CARD' ? { card: event.card } : {})),
      takeSlip: assign(({ event }) => (event.type === 'SLIP' ? { slip: event.slip } : {})),
      toAct: sendTo('act', ({ event }) => event),
      relayRetry: sendParent({ type: 'RETRY_READ' }),
      /** Injected: prints the slip for another day and sends SLIP back. */
      print: () => {},
      narrow: assign(({ context, event }) =>
        event.type === 'FIND' ? { filter: { ...context.filter, ...event.filter }, page: 1 } : {},
      ),
      widen: assign({ filter: NO_FILTER, page: 1, typing: false }),
      typeKeyword: assign(({ context, event }) =>
        event.type === 'TYPE'
          ? { filter: { ...context.filter, keyword: shelf.typed(context.filter.keyword, event.key) }, page: 1 }
          : {},
      ),
      editKeyword: assign(({ context, event }) => {
        if (event.type !== 'TYPE_EDIT') return {};
        const { keyword } = context.filter;
        const after = { back: [...keyword].slice(0, -1).join(''), clear: '', ok: keyword }[event.edit];
        return { filter: { ...context.filter, keyword: after }, page: 1, typing: event.edit !== 'ok' };
      }),
      sayScan: assign(({ event }) => {
        const several = event.type === 'SCANNED' && pickCode(event, shelf.scanned) === 'several';
        return { scanProblem: several ? ('scan-several' as const) : ('scan-garbage' as const) };
      }),
      choose: assign(({ event }) => (event.type === 'CHOOSE' ? { service: event.id, on: null } : {})),
      sayOwn: assign({ whose: 'self', saidWhose: 'self' }),
      sayLater: assign({ whose: null, saidWhose: null }),
      chooseLone: assign(({ context }) => ({ service: shelf.only(context.filter), on: null, typing: false })),
      chooseScanned: assign(({ event }) => ({ service: scannedService(shelf, event), on: null })),
      /** Reads what is not agreed to yet; a second attempt shows only what is new. */
      openTerms: assign(({ context }) => ({
        documents: unread(shelf.terms(context.service ?? '', context.makeId), context.agreedTo),
        termsIndex: 0,
        full: false,
      })),
      agreeAll: assign(({ context }) => ({
        agreed: true,
        agreedTo: shelf.terms(context.service ?? '', context.makeId),
      })),
    },
    guards: {
      asksWho: ({ context }) => context.helpers,
      /** Whose card it is was said before the service was chosen. */
      saidWhose: ({ context }) => context.saidWhose !== null,
      isKnown: ({ context }) => context.known !== null,
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
      yes: ({ event }) => pressed(event, 'yes'),
      no: ({ event }) => pressed(event, 'no'),
      type: ({ event }) => pressed(event, 'type'),
      clear: ({ event }) => pressed(event, 'clear'),
      later: ({ event }) => pressed(event, 'later'),
      agree: ({ event }) => pressed(event, 'agree'),
      agreeLast: ({ event, context }) => pressed(event, 'agree') && isLastDocument(context),
      backInTerms: ({ event, context }) => pressed(event, 'back') && context.termsIndex > 0,
      showAll: ({ event }) => pressed(event, 'show-all'),
      showSummary: ({ event }) => pressed(event, 'show-summary'),
      printing: ({ event, context }) =>
        pressed(event, 'print') && context.slip.state !== 'printing' && context.slip.state !== 'printed',
      empty: () => !shelf.stocked(),
      isTyping: ({ context }) => context.typing,
      known: ({ event }) => event.type === 'CHOOSE' && shelf.hindrances(event.id, false) !== null,
      scan: ({ event }) => pressed(event, 'scan'),
      stopScan: ({ event }) => pressed(event, 'stop-scan'),
      scanKnown: ({ event }) => scannedService(shelf, event) !== null,
      previousPage: ({ event, context }) => pressed(event, 'previous-page') && context.page > 1,
      followingPage: ({ event, context }) => pressed(event, 'next-page') && context.page < shelf.pages(context.filter),
      /** The service takes this sign-up, here and today. */
      charge: ({ event, context }) => pressed(event, 'charge') && isOpen(shelf, context, 'charge'),
      purchase: ({ event, context }) => pressed(event, 'purchase') && isOpen(shelf, context, 'purchase'),
      registerFirst: ({ context }) => shelf.registerFirst(context.service ?? ''),
      hindered: ({ context }) => !isOpen(shelf, context, context.on ?? 'charge') && !isOpen(shelf, context, 'purchase'),
      preselected: ({ event, context }) => (pressed(event, 'next') || pressed(event, 'self')) && context.service !== null,
      /** A keyword that leaves one service has chosen it. */
      lone: ({ event, context }) =>
        event.type === 'TYPE_EDIT' && event.edit === 'ok' && context.typing && shelf.only(context.filter) !== null,
      nothingToRead: ({ context }) => unread(shelf.terms(context.service ?? '', context.makeId), context.agreedTo).length === 0,
      hasProblem: ({ context }) => problemFor('sign-up', context.card) !== null,
    },
  });

function isOpen(shelf: ServiceChoice, { service, whose }: SignUpContext, on: GrantOn): boolean {
  if (service === null || !shelf.grantsOn(service).includes(on)) return false;
  return shelf.hindrances(service, whose === 'child-under-15')?.length === 0;
}
