import { and, assign } from 'xstate';
import type { GrantOn } from '../../../contract/catalogue.ts';
import { inLanguage } from '../../../contract/languages.ts';
import { NO_FILTER } from '../../../contract/service-filter.ts';
import { OVER, press, turnPage } from '../../charts/common.ts';
import type { JourneyDeps } from '../deps.ts';
import { handsOn, type JourneyOutput, leave } from '../journey.ts';
import { freshPrologue, termsState, whoseCardStates, whoTypesStates } from '../prologue/prologue.ts';
import { termsOfService } from '../prologue/terms.ts';
import { isMinor, requestOf, type SignUpContext, signUpParts } from './machine-setup.ts';
import { createServiceScreens } from './services.ts';

const chooseOn = <On extends GrantOn>(on: On) => ({ type: 'chooseOn', params: { on } }) as const;
const makeId = <M extends boolean>(make: M) => ({ type: 'makeId', params: { makeId: make } }) as const;
const camera = <S extends SignUpContext['scan']>(scan: S) => ({ type: 'openCamera', params: { scan } }) as const;
const keyboard = <T extends boolean>(typing: T) => ({ type: 'showKeyboard', params: { typing } }) as const;

/**
 * Journey "sign-up" (マイナポイント申し込み): find one service, its conditions, whose card, terms, then the submission with the entry of the
 * account (DESIGN.md, Journeys). Up to the submission nothing of it is personal.
 */
export function createSignUp(deps: JourneyDeps) {
  const { services, terms } = deps;
  const screens = createServiceScreens(deps.catalogue, services);
  const finished = '#sign-up.finished';
  const chosen = ({ service }: SignUpContext) => services.find(service ?? '');
  return signUpParts(deps).createMachine({
    id: 'sign-up',
    context: ({ input: { card, shuffled, helpers, known, family } }) => ({
      ...freshPrologue,
      card,
      shuffled,
      helpers,
      whose: known?.whose ?? null,
      helped: known?.helped ?? false,
      agreedTo: known?.agreedTo ?? [],
      saidWhose: known?.whose ?? null,
      known,
      filter: NO_FILTER,
      typing: false,
      page: 1,
      service: family,
      on: null,
      makeId: false,
      family: family !== null,
      scan: 'ready',
      scanProblem: null,
    }),
    initial: 'before',
    on: { 'retry-read': { actions: 'retryRead' }, slip: { actions: 'takeSlip' } },
    states: {
      /** Needs no card: nothing personal is entered. A card that cannot be used is told about at once. */
      before: {
        meta: { screen: () => ({ name: 'no-catalogue', journey: 'sign-up' }) },
        initial: 'deciding',
        entry: 'notAgreed',
        on: {
          card: { actions: 'takeCard' },
          press: { guard: press('home'), actions: leave('home'), target: 'finished' },
        },
        always: { guard: 'hasProblem', target: 'submission' },
        states: {
          resume: { type: 'history', history: 'deep' },
          deciding: {
            always: [
              { guard: 'empty', target: 'noCatalogue' },
              // What it is about was said in the journey before.
              { guard: 'isKnown', target: 'finder' },
              { target: 'about' },
            ],
          },
          noCatalogue: {
            on: {
              press: [
                { guard: press('back'), actions: leave('menu'), target: finished },
                { guard: press('done'), actions: leave('done'), target: finished },
              ],
            },
          },
          about: {
            meta: { screen: (context, language) => screens.about(context.family ? context.service : null, context, language) },
            entry: camera('ready'),
            on: {
              scanned: [{ guard: 'scanKnown', actions: 'chooseScanned', target: 'service' }, { actions: 'sayScan' }],
              press: [
                { guard: press('scan'), actions: camera('camera') },
                { guard: press('stop-scan'), actions: camera('ready') },
                // Most people have their own card in the hand: one press says so.
                { guard: and([press('self'), 'chosenBefore']), actions: 'sayOwn', target: 'service' },
                { guard: press('self'), actions: 'sayOwn', target: 'finder' },
                { guard: and([press('next'), 'chosenBefore']), actions: 'sayLater', target: 'service' },
                { guard: press('next'), actions: 'sayLater', target: 'finder' },
                { guard: press('back'), actions: leave('menu'), target: finished },
              ],
            },
          },
          finder: {
            meta: { screen: (context, language) => screens.finder({ ...context, minor: isMinor(context) }, language) },
            on: {
              find: { actions: 'narrow' },
              choose: { guard: 'known', actions: 'choose', target: 'service' },
              scanned: { guard: 'scanKnown', actions: 'chooseScanned', target: 'service' },
              type: { guard: 'isTyping', actions: 'typeKeyword' },
              'type-edit': [
                { guard: 'lone', actions: 'chooseLone', target: 'service' },
                { guard: 'isTyping', actions: 'editKeyword' },
              ],
              press: [
                { guard: press('type'), actions: keyboard(true) },
                { guard: press('clear'), actions: 'widen' },
                { guard: 'previousPage', actions: turnPage(-1) },
                { guard: 'followingPage', actions: turnPage(1) },
                { guard: press('back'), actions: keyboard(false), target: 'about' },
              ],
            },
          },
          /** What it asks, and what stands in the way: told here, not later. */
          service: {
            meta: { screen: (context, language) => screens.service(context.service ?? '', isMinor(context), language) },
            on: {
              press: [
                { guard: 'charge', actions: chooseOn('charge'), target: 'registering' },
                { guard: 'purchase', actions: chooseOn('purchase'), target: 'registering' },
                { guard: press('later'), target: 'saved' },
                { guard: press('back'), actions: 'anotherService', target: 'finder' },
              ],
            },
          },
          registering: { always: [{ guard: 'registerFirst', target: 'registered' }, { target: 'askWhose' }] },
          askWhose: { always: [{ guard: 'saidWhose', target: 'checkWhose' }, { target: 'whose' }] },
          /** Asked, because only the service knows: who has not registered gets a slip that says how. */
          registered: {
            meta: {
              screen: (context, language) => {
                const service = chosen(context);
                const text = inLanguage(service?.preRegistration, language);
                return service === null || text === null
                  ? null
                  : { name: 'pre-registration', service: inLanguage(service.name, language), text };
              },
            },
            on: {
              press: [
                { guard: press('yes'), target: 'askWhose' },
                { guard: press('no'), target: 'saved' },
                { guard: press('back'), target: 'service' },
              ],
            },
          },
          /** A slip with the service's code: no personal data, and no session waits. */
          saved: {
            meta: {
              screen: (context, language) => {
                const service = chosen(context);
                if (service === null) return null;
                const preRegistration = inLanguage(service.preRegistration, language);
                return {
                  name: 'saved-for-later',
                  service: inLanguage(service.name, language),
                  preRegistration,
                  slip: context.slip,
                };
              },
            },
            tags: OVER,
            entry: ['beginPrint', 'print'],
            on: {
              press: [
                { guard: 'printing', actions: ['beginPrint', 'print'] },
                { guard: press('back'), target: 'service' },
                { guard: press('done'), actions: leave('done'), target: finished },
              ],
            },
          },
          ...whoseCardStates({ back: { target: 'service' }, next: 'checkWhose', finished }),
          /** A service that takes no minors says so on its own screen. */
          checkWhose: {
            always: [{ guard: 'hindered', target: 'service' }, { guard: 'isKnown', target: 'terms' }, { target: 'askWho' }],
          },
          ...whoTypesStates({
            next: 'hasId',
            backs: [
              { guard: and([press('back'), 'saidWhose']), target: 'service' },
              { guard: press('back'), target: 'whose' },
            ],
          }),
          hasId: {
            meta: { screen: () => ({ name: 'has-id' }) },
            on: {
              press: [
                { guard: press('yes'), actions: makeId(false), target: 'terms' },
                { guard: press('no'), actions: makeId(true), target: 'terms' },
                { guard: and([press('back'), 'asksWho']), target: 'whoTypes' },
                { guard: and([press('back'), 'saidWhose']), target: 'service' },
                { guard: press('back'), target: 'whose' },
              ],
            },
          },
          ...termsState(
            (context: SignUpContext, language) => {
              const service = chosen(context);
              const own = service === null ? [] : [termsOfService(service, language)];
              return [...terms.documents(language), ...own];
            },
            {
              agreed: '#sign-up.submission',
              backs: [
                { guard: and([press('back'), 'isKnown']), target: '#sign-up.before.service' },
                { guard: press('back'), target: '#sign-up.before.hasId' },
              ],
            },
          ),
        },
      },
      submission: {
        meta: { child: 'submission', screen: () => ({ name: 'reading-card', journey: 'sign-up' }) },
        invoke: {
          id: 'submission',
          src: 'submission',
          // Every step of the submission is a step of the journey: the page hears of it.
          onSnapshot: {},
          input: ({ context }) => ({
            journey: 'sign-up',
            card: context.card,
            request: requestOf(context),
            shuffled: context.shuffled,
            offers: [],
          }),
          onDone: [
            { guard: ({ event }) => event.output.end === 'resume', target: 'before.resume' },
            { guard: ({ event }) => event.output.end === 'back', actions: 'agreeAnew', target: 'before.service' },
            {
              guard: ({ event }) => event.output.end === 'again' && event.output.why === 'not-set-up',
              actions: [makeId(true), 'retryRead'],
              target: 'before.terms',
            },
            { guard: ({ event }) => event.output.end === 'again', actions: 'retryRead', target: 'before.terms' },
            {
              guard: ({ event, context }) => event.output.end === 'next-person' && context.service !== null,
              actions: assign({
                output: ({ context }): JourneyOutput => ({ end: 'next-person', service: context.service ?? '' }),
              }),
              target: 'finished',
            },
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
