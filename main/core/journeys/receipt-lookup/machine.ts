import { and, assign, fromPromise, setup } from 'xstate';
import type { ApplicationState } from '../../../contract/application.ts';
import type { ScreenOf, SlipState } from '../../../contract/screens.ts';
import { commonGuards, OVER, press } from '../../charts/common.ts';
import { isPressed, type JourneyEvent } from '../../charts/events.ts';
import type { Shows } from '../../charts/screen-of.ts';
import { pickCode } from '../../scan/pick-code.ts';
import type { JourneyDeps } from '../deps.ts';
import { type JourneyInput, type JourneyOutput, journeyActions, leave } from '../journey.ts';
import type { ReceiptRow } from './receipt-lookup.ts';

interface ReceiptLookupContext {
  text: string;
  problem: ScreenOf<'receipt-find'>['problem'];
  /** The viewfinder is up. */
  camera: boolean;
  row: ReceiptRow | null;
  /** How the race with the sender ended. */
  cancelled: boolean;
  /** How an application stands; `null`: the line is down, or the platform does not know it. */
  application: ApplicationState | null;
  slip: SlipState;
  output: JourneyOutput;
}

const DIGITS = 10;
const printing = { actions: ['beginPrint', 'print'] } as const;

/** Named guards, actions and effects of the journey. */
const parts = ({ receipts, askApplication, print }: Pick<JourneyDeps, 'receipts' | 'askApplication' | 'print'>) =>
  setup({
    types: {
      context: {} as ReceiptLookupContext,
      events: {} as JourneyEvent,
      input: {} as JourneyInput,
      output: {} as JourneyOutput,
      meta: {} as Shows<ReceiptLookupContext>,
    },
    actors: {
      askApplication: fromPromise<ApplicationState | null, { receipt: string }>(({ input }) => askApplication(input.receipt)),
    },
    actions: {
      ...journeyActions<ReceiptLookupContext>(),
      print: ({ context: { row, cancelled, application }, self }) => {
        if (row === null) return;
        const { receipt } = row;
        print(
          application === null ? { kind: 'cancelled', receipt, cancelled } : { kind: 'application-status', receipt, application },
          self,
        );
      },
      type: assign(({ context, event }) => {
        if (event.type !== 'type' || !/^[0-9]$/.test(event.key) || context.text.length >= DIGITS) return {};
        return { text: context.text + event.key, problem: null };
      }),
      edit: assign(({ context, event }) =>
        event.type === 'type-edit' ? { text: event.edit === 'clear' ? '' : context.text.slice(0, -1), problem: null } : {},
      ),
      scan: assign(({ event }) => {
        if (event.type !== 'scanned') return {};
        const picked = pickCode(event, receipts.read);
        if (picked === 'several') return { problem: 'scan-several' as const };
        const receipt = receipts.read(picked.text);
        return receipt === null ? { problem: 'scan-garbage' as const } : { text: receipt, problem: null, camera: false };
      }),
      look: assign(({ context }) => {
        const receipt = receipts.read(context.text);
        if (receipt === null) return { row: null, problem: 'check-digit' as const };
        const row = receipts.look(receipt);
        return row === null ? { row, problem: 'unknown' as const } : { row, problem: null };
      }),
      /** Exactly one of this and the sender wins; what is shown after it is read anew. */
      cancel: assign(({ context }) => {
        if (context.row === null) return {};
        const cancelled = receipts.cancel(context.row.receipt);
        return { cancelled, row: receipts.look(context.row.receipt) ?? context.row };
      }),
      again: assign({ text: '', problem: null, row: null, camera: false, application: null }),
    },
    guards: {
      ...commonGuards,
      ok: ({ event }) => event.type === 'type-edit' && event.edit === 'ok',
      known: ({ context }) => context.row !== null,
      readable: ({ event }) => {
        const picked = event.type === 'scanned' ? pickCode(event, receipts.read) : 'several';
        return picked !== 'several' && receipts.read(picked.text) !== null;
      },
      canCancel: ({ event, context }) => isPressed(event, 'cancel-it') && context.row?.state === 'waiting',
      /** Only what the platform has can stand anywhere. */
      canAsk: ({ event, context }) =>
        isPressed(event, 'status') && context.row?.kind === 'card-application' && context.row.state === 'accepted',
      hasAnswer: ({ context }) => context.application !== null,
    },
  });

/**
 * Journey "receipt lookup": a slip's number, what became of it, and taking it back while it has not been sent (DESIGN.md,
 * Journeys). Needs no
 * card: the slip is what a person has in the hand.
 */
export function createReceiptLookupJourney(deps: Pick<JourneyDeps, 'receipts' | 'askApplication' | 'print'>) {
  return parts(deps).createMachine({
    id: 'receipt-lookup',
    context: {
      text: '',
      problem: null,
      camera: false,
      row: null,
      cancelled: false,
      application: null,
      slip: { state: 'none' },
      output: { end: 'home' },
    },
    initial: 'find',
    meta: { screen: ({ text, problem, camera }) => ({ name: 'receipt-find', text, problem, camera }) },
    on: {
      slip: { actions: 'takeSlip' },
      press: { guard: press('home'), actions: leave('home'), target: '.finished' },
    },
    states: {
      find: {
        on: {
          type: { actions: 'type' },
          'type-edit': [{ guard: 'ok', actions: 'look', target: 'looked' }, { actions: 'edit' }],
          scanned: [{ guard: 'readable', actions: ['scan', 'look'], target: 'looked' }, { actions: 'scan' }],
          press: [
            { guard: press('scan'), actions: assign({ camera: true, problem: null }) },
            { guard: press('stop-scan'), actions: assign({ camera: false }) },
            { guard: press('back'), actions: leave('menu'), target: 'finished' },
          ],
        },
      },
      looked: { always: [{ guard: 'known', target: 'row' }, { target: 'find' }] },
      row: {
        meta: { screen: rowScreen },
        tags: OVER,
        on: {
          press: [
            { guard: 'canCancel', target: 'sure' },
            { guard: 'canAsk', target: 'asking' },
            { guard: press('back'), actions: 'again', target: 'find' },
            { guard: press('done'), actions: leave('done'), target: 'finished' },
          ],
        },
      },
      sure: {
        meta: { screen: ({ row }) => (row === null ? null : { name: 'receipt-cancel', receipt: row.receipt, kind: row.kind }) },
        on: {
          press: [
            { guard: press('cancel-it'), actions: 'cancel', target: 'ended' },
            { guard: press('back'), target: 'row' },
          ],
        },
      },
      ended: {
        meta: {
          screen: ({ row, cancelled, slip }) =>
            row === null ? null : { name: 'receipt-cancelled', receipt: row.receipt, cancelled, slip },
        },
        tags: OVER,
        on: {
          press: [
            { guard: 'printing', ...printing },
            { guard: press('done'), actions: leave('done'), target: 'finished' },
          ],
        },
      },
      asking: {
        meta: { screen: rowScreen },
        invoke: {
          src: 'askApplication',
          input: ({ context }) => ({ receipt: context.row?.receipt ?? '' }),
          onDone: { actions: assign({ application: ({ event }) => event.output }), target: 'status' },
          onError: { actions: assign({ application: null }), target: 'status' },
        },
        on: { press: { guard: press('back'), target: 'row' } },
      },
      status: {
        meta: {
          screen: ({ row, application, slip }) =>
            row === null ? null : { name: 'application-status', receipt: row.receipt, application, slip },
        },
        tags: OVER,
        entry: 'noSlip',
        on: {
          press: [
            { guard: and(['printing', 'hasAnswer']), ...printing },
            { guard: press('back'), target: 'row' },
            { guard: press('done'), actions: leave('done'), target: 'finished' },
          ],
        },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => context.output,
  });
}

function rowScreen({ row }: ReceiptLookupContext) {
  return row === null ? null : ({ name: 'receipt-state', ...row } as const);
}
