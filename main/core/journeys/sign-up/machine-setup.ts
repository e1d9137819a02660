import { sendTo, setup } from 'xstate';
import type { GrantOn } from '../../../contract/catalogue.ts';
import type { ScanProblem, ScreenOf } from '../../../contract/screens.ts';
import { type Filter, NO_FILTER } from '../../../contract/service-filter.ts';
import type { TermsRef, WhoseCard } from '../../../contract/submission.ts';
import { changes, pageActions } from '../../charts/common.ts';
import { isPressed, type JourneyEvent } from '../../charts/events.ts';
import type { Shows } from '../../charts/screen-of.ts';
import { pickCode } from '../../scan/pick-code.ts';
import type { SubmissionRequest } from '../../submission/types.ts';
import type { JourneyDeps } from '../deps.ts';
import type { JourneyInput, JourneyOutput, Known } from '../journey.ts';
import { type PrologueContext, prologueActions, prologueGuards } from '../prologue/prologue.ts';
import { unread } from '../prologue/terms.ts';
import type { Services } from './services.ts';

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
}

export const isMinor = ({ whose }: SignUpContext): boolean => whose === 'child-under-15';

export function requestOf(context: SignUpContext): SubmissionRequest | null {
  const { agreed, whose, agreedTo, service, on, makeId, helped } = context;
  if (!agreed || service === null || on === null || whose === null) return null;
  return { kind: 'sign-up', whose, terms: agreedTo, service, on, makeId, helped };
}

/** The one service that the codes in view belong to. `null`: none, or several. */
function scannedService({ scanned }: Services, event: JourneyEvent): string | null {
  const picked = event.type === 'scanned' ? pickCode(event, scanned) : 'several';
  return picked === 'several' ? null : scanned(picked.text);
}

/** Only what was really said. */
const said = (filter: Extract<JourneyEvent, { type: 'find' }>['filter']): Partial<Filter> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));

function actionsOf({ services, print }: JourneyDeps) {
  const set = changes<SignUpContext, SignUpContext>();
  const termsOf = ({ service, makeId }: SignUpContext) => services.terms(service ?? '', makeId);
  return {
    ...prologueActions<SignUpContext>(),
    ...pageActions<SignUpContext>(),
    narrow: set(({ filter }, event) => (event.type === 'find' ? { filter: { ...filter, ...said(event.filter) }, page: 1 } : {})),
    widen: set(() => ({ filter: NO_FILTER, page: 1, typing: false })),
    showKeyboard: set<{ typing: boolean }>((_, __, { typing }) => ({ typing })),
    typeKeyword: set(({ filter }, event) =>
      event.type === 'type' ? { filter: { ...filter, keyword: services.typed(filter.keyword, event.key) }, page: 1 } : {},
    ),
    editKeyword: set(({ filter }, event) => {
      if (event.type !== 'type-edit') return {};
      const { keyword } = filter;
      const after = { back: [...keyword].slice(0, -1).join(''), clear: '', ok: keyword }[event.edit];
      return { filter: { ...filter, keyword: after }, page: 1, typing: event.edit !== 'ok' };
    }),
    openCamera: set<{ scan: SignUpContext['scan'] }>((_, __, { scan }) => ({ scan, scanProblem: null })),
    sayScan: set((_, event) => {
      const several = event.type === 'scanned' && pickCode(event, services.scanned) === 'several';
      return { scanProblem: several ? 'scan-several' : 'scan-garbage' };
    }),
    choose: set((_, event) => (event.type === 'choose' ? { service: event.id, on: null, typing: false } : {})),
    chooseLone: set(({ filter }) => ({ service: services.only(filter), on: null, typing: false })),
    chooseScanned: set((_, event) => ({ service: scannedService(services, event), on: null })),
    chooseOn: set<{ on: GrantOn }>((_, __, { on }) => ({ on })),
    anotherService: set(({ saidWhose }) => ({ service: null, whose: saidWhose })),
    sayOwn: set(() => ({ whose: 'self', saidWhose: 'self' })),
    sayLater: set(() => ({ whose: null, saidWhose: null })),
    makeId: set<{ makeId: boolean }>((_, __, { makeId }) => ({ makeId })),
    /** A second attempt shows only what is new. */
    openTerms: set((context) => ({ documents: unread(termsOf(context), context.agreedTo), termsIndex: 0, full: false })),
    agree: set((context) => ({ agreed: true, agreedTo: termsOf(context) })),
    agreeAnew: set(({ known }) => ({ agreedTo: known?.agreedTo ?? [] })),
    print: ({ context, self }: { context: SignUpContext; self: Parameters<typeof print>[1] }) => {
      const service = services.find(context.service ?? '');
      if (service === null) return;
      const { id, name, preRegistration, account, codes } = service;
      print({ kind: 'later', id, service: name, preRegistration, needs: [account, ...codes].map(({ label }) => label) }, self);
    },
  };
}

interface Now {
  readonly context: SignUpContext;
  readonly event: JourneyEvent;
}

const guardsOf = (services: Services) => ({
  ...prologueGuards('sign-up'),
  /** Whose card it is was said before the service was chosen. */
  saidWhose: ({ context }: Now) => context.saidWhose !== null,
  isKnown: ({ context }: Now) => context.known !== null,
  empty: () => services.empty(),
  isTyping: ({ context }: Now) => context.typing,
  known: ({ event }: Now) => event.type === 'choose' && services.find(event.id) !== null,
  scanKnown: ({ event }: Now) => scannedService(services, event) !== null,
  previousPage: ({ event, context }: Now) => isPressed(event, 'previous-page') && context.page > 1,
  followingPage: ({ event, context }: Now) => isPressed(event, 'next-page') && context.page < services.pages(context.filter),
  charge: ({ event, context }: Now) => isPressed(event, 'charge') && services.takes(context.service, 'charge', isMinor(context)),
  purchase: ({ event, context }: Now) =>
    isPressed(event, 'purchase') && services.takes(context.service, 'purchase', isMinor(context)),
  registerFirst: ({ context }: Now) => (services.find(context.service ?? '')?.preRegistration ?? null) !== null,
  hindered: ({ context }: Now) =>
    !services.takes(context.service, context.on ?? 'charge', isMinor(context)) &&
    !services.takes(context.service, 'purchase', isMinor(context)),
  chosenBefore: ({ context }: Now) => context.service !== null,
  /** A keyword that leaves one service has chosen it. */
  lone: ({ event, context }: Now) =>
    event.type === 'type-edit' && event.edit === 'ok' && context.typing && services.only(context.filter) !== null,
});

/** Named guards and actions of the journey "sign-up". */
export const signUpParts = (deps: JourneyDeps) =>
  setup({
    types: {
      context: {} as SignUpContext,
      events: {} as JourneyEvent,
      input: {} as JourneyInput,
      output: {} as JourneyOutput,
      meta: {} as Shows<SignUpContext>,
    },
    actors: { submission: deps.submission },
    actions: { ...actionsOf(deps), toSubmission: sendTo('submission', ({ event }) => event) },
    guards: guardsOf(deps.services),
  });
