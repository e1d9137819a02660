import { and, assign, fromPromise, setup } from 'xstate';
import type { ApplicationState } from '../../../contract/application.ts';
import type { ScreenOf, SlipState } from '../../../contract/screens.ts';
import { pickCode } from '../../scan/pick-code.ts';
import type { JourneyEvent, JourneyOutput } from '../events.ts';
import { pressed } from '../events.ts';
import { OVER } from '../over.ts';

export type PendingRow = Omit<ScreenOf<'pending-row'>, 'name'>;
type FindProblem = ScreenOf<'pending-find'>['problem'];

export interface ReceiptLookupContext {
  text: string;
  problem: FindProblem;
  /** The viewfinder is up. */
  camera: boolean;
  row: PendingRow | null;
  /** How the race with the sender ended. */
  cancelled: boolean;
  /** How an application stands; `null`: the line is down, or the platform does not know it. */
  application: ApplicationState | null;
  slip: SlipState;
  output: JourneyOutput;
}

const DIGITS = 10;

/** The queue, as somebody with a slip may ask it. Injected. */
export interface ReceiptLookup {
  /** A receipt number in whatever a scanner read; null: none. */
  readonly read: (text: string) => string | null;
  /** `null`: not a receipt of this kiosk. */
  readonly look: (receipt: string) => PendingRow | null;
  /** @returns whether it was taken back before the sender had it */
  readonly cancel: (receipt: string) => boolean;
}

export const noReceiptLookup: ReceiptLookup = { read: () => null, look: () => null, cancel: () => false };

/** Journey "pending": a slip's number, what became of it, and taking it back while it has not been sent (DESIGN section 4). */
export function createReceiptLookupMachine(queue: ReceiptLookup) {
  return setup({
    types: { context: {} as ReceiptLookupContext, events: {} as JourneyEvent, output: {} as JourneyOutput },
    actors: {
      /** Injected: asks the platform. */
      askApplication: fromPromise<ApplicationState | null, { receipt: string }>(async () => null),
    },
    actions: {
      /** Injected: prints what became of it, or how it stands, and sends SLIP back. */
      print: () => {},
      takeSlip: assign(({ event }) => (event.type === 'SLIP' ? { slip: event.slip } : {})),
      type: assign(({ context, event }) => {
        if (event.type !== 'TYPE' || !/^[0-9]$/.test(event.key) || context.text.length >= DIGITS) return {};
        return { text: context.text + event.key, problem: null };
      }),
      edit: assign(({ context, event }) =>
        event.type === 'TYPE_EDIT' ? { text: event.edit === 'clear' ? '' : context.text.slice(0, -1), problem: null } : {},
      ),
      scan: assign(({ event }) => {
        if (event.type !== 'SCANNED') return {};
        const picked = pickCode(event, queue.read);
        if (picked === 'several') return { problem: 'scan-several' as const };
        const receipt = queue.read(picked.text);
        return receipt === null ? { problem: 'scan-garbage' as const } : { text: receipt, problem: null, camera: false };
      }),
      look: assign(({ context }) => {
        const receipt = queue.read(context.text);
        if (receipt === null) return { row: null, problem: 'check-digit' as const };
        const row = queue.look(receipt);
        return row === null ? { row, problem: 'unknown' as const } : { row, problem: null };
      }),
      /** Exactly one of this and the sender wins; what is shown after it is read anew. */
      cancel: assign(({ context }) => {
        if (context.row === null) return {};
        const cancelled = queue.cancel(context.row.receipt);
        return { cancelled, row: queue.look(context.row.receipt) ?? context.row };
      }),
      again: assign({ text: '', problem: null, row: null, camera: false, application: null }),
    },
    guards: {
      home: ({ event }) => pressed(event, 'home'),
      back: ({ event }) => pressed(event, 'back'),
      done: ({ event }) => pressed(event, 'done'),
      scanning: ({ event }) => pressed(event, 'scan'),
      noScanning: ({ event }) => pressed(event, 'stop-scan'),
      ok: ({ event }) => event.type === 'TYPE_EDIT' && event.edit === 'ok',
      known: ({ context }) => context.row !== null,
      readable: ({ event }) => {
        const picked = event.type === 'SCANNED' ? pickCode(event, queue.read) : 'several';
        return picked !== 'several' && queue.read(picked.text) !== null;
      },
      canCancel: ({ event, context }) => pressed(event, 'cancel-it') && context.row?.state === 'waiting',
      /** Only what the platform has can stand anywhere. */
      canAsk: ({ event, context }) =>
        pressed(event, 'status') && context.row?.kind === 'card-application' && context.row.state === 'accepted',
      hasAnswer: ({ context }) => context.application !== null,
      cancelIt: ({ event }) => pressed(event, 'cancel-it'),
      printing: ({ event, context }) =>
        pressed(event, 'print') && context.slip.state !== 'printing' && context.slip.state !== 'printed',
    },
  }).createMachine({
    id: 'pending',
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
    on: {
      SLIP: { actions: 'takeSlip' },
      PRESS: { guard: 'home', actions: assign({ output: { end: 'home' } }), target: '.finished' },
    },
    states: {
      find: {
        on: {
          TYPE: { actions: 'type' },
          TYPE_EDIT: [{ guard: 'ok', actions: 'look', target: 'looked' }, { actions: 'edit' }],
          SCANNED: [{ guard: 'readable', actions: ['scan', 'look'], target: 'looked' }, { actions: 'scan' }],
          PRESS: [
            { guard: 'scanning', actions: assign({ camera: true, problem: null }) },
            { guard: 'noScanning', actions: assign({ camera: false }) },
            { guard: 'back', actions: assign({ output: { end: 'menu' } }), target: 'finished' },
          ],
        },
      },
      looked: { always: [{ guard: 'known', target: 'row' }, { target: 'find' }] },
      row: {
        tags: OVER,
        on: {
          PRESS: [
            { guard: 'canCancel', target: 'sure' },
            { guard: 'canAsk', target: 'asking' },
            { guard: 'back', actions: 'again', target: 'find' },
            { guard: 'done', actions: assign({ output: { end: 'done' } }), target: 'finished' },
          ],
        },
      },
      sure: {
        on: {
          PRESS: [
            { guard: 'cancelIt', actions: 'cancel', target: 'ended' },
            { guard: 'back', target: 'row' },
          ],
        },
      },
      ended: {
        tags: OVER,
        on: {
          PRESS: [
            { guard: 'printing', actions: [assign({ slip: { state: 'printing' } }), 'print'] },
            { guard: 'done', actions: assign({ output: { end: 'done' } }), target: 'finished' },
          ],
        },
      },
      asking: {
        invoke: {
          src: 'askApplication',
          input: ({ context }) => ({ receipt: context.row?.receipt ?? '' }),
          onDone: { actions: assign({ application: ({ event }) => event.output }), target: 'status' },
          onError: { actions: assign({ application: null }), target: 'status' },
        },
        on: { PRESS: { guard: 'back', target: 'row' } },
      },
      status: {
        tags: OVER,
        entry: assign({ slip: { state: 'none' } }),
        on: {
          PRESS: [
            { guard: and(['printing', 'hasAnswer']), actions: [assign({ slip: { state: 'printing' } }), 'print'] },
            { guard: 'back', target: 'row' },
            { guard: 'done', actions: assign({ output: { end: 'done' } }), target: 'finished' },
          ],
        },
      },
      finished: { type: 'final' },
    },
    output: ({ context }) => context.output,
  });
}
