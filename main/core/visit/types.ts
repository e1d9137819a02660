import type { AnyMachineSnapshot, DoneActorEvent } from 'xstate';
import type { CameraUse } from '../../contract/camera.ts';
import type { CardFacts, CardProblem } from '../../contract/card.ts';
import type { CardSessionNumber, ReaderEvent } from '../../contract/card-host.ts';
import type { Prefs } from '../../contract/page-protocol.ts';
import type { Journey, ScreenOf } from '../../contract/screens.ts';
import type { Slots } from '../card/slots.ts';
import type { CardState } from '../charts/card-state.ts';
import type { PersonEvent } from '../charts/events.ts';
import type { JourneyOutput } from '../journeys/journey.ts';

export type GoodbyeReason = ScreenOf<'goodbye'>['reason'];
export type OutOfOrderReason = ScreenOf<'out-of-order'>['reason'];

/** What the closed screen says beside the card. */
type Closed = Pick<ScreenOf<'closed'>, 'opens'>;

/** Everything the visit knows. No field can name a person: those live in the card session. */
export interface VisitContext {
  /** What this terminal offers. */
  offers: readonly Journey[];
  readonly firstPrefs: Prefs;
  prefs: Prefs;
  /** `null`: not heard of yet. */
  service: boolean | null;
  /** The service, or the reader's card, is refused to us (polkit). */
  denied: boolean;
  slots: Slots;
  storageOk: boolean;
  /** Reading failed several times in a row: the reader is stuck, not the card. */
  faults: number;
  session: CardSessionNumber | null;
  card: CardState;
  journey: Journey | null;
  output: JourneyOutput | null;
  /** The journey that is up has told its result: the person has finished, however the visit ends. */
  over: boolean;
  /** A family run: the service that the next person finds chosen already. Not personal. */
  family: string | null;
  alarm: boolean;
  reason: GoodbyeReason;
  staffCalled: boolean;
  /** The staff console is open: nobody can begin a visit. */
  staffOpen: boolean;
  /** Closed now: nobody can begin a visit, and one that goes on is not touched. null: open. */
  closed: Closed | null;
  /** Which camera staff try; null: none. Only while their console is open. */
  trial: CameraUse | null;
  secondsLeft: number;
  extensionsLeft: number;
}

export interface VisitInput {
  /** The settings name the readers that are used. */
  readonly readersNamed: boolean;
  readonly offers: readonly Journey[];
  readonly prefs: Prefs;
  readonly storageOk: boolean;
  readonly closed: Closed | null;
  readonly extensions: number;
  readonly warningSeconds: number;
}

export type VisitEvent =
  | PersonEvent
  | { readonly type: 'reader'; readonly event: ReaderEvent }
  | { readonly type: 'active' }
  /** What is committed can be kept, or cannot any more. */
  | { readonly type: 'storage'; readonly usable: boolean }
  | { readonly type: 'hours'; readonly closed: Closed | null }
  | { readonly type: 'offers'; readonly journeys: readonly Journey[] }
  | { readonly type: 'prefs'; readonly prefs: Partial<Prefs> }
  | { readonly type: 'call-staff' }
  | { readonly type: 'cancel-call' }
  | { readonly type: 'staff-cancel' }
  | { readonly type: 'staff-open' }
  | { readonly type: 'staff-close' }
  | { readonly type: 'staff-try'; readonly use: CameraUse | null }
  // From the journey that runs.
  | { readonly type: 'retry-read' }
  | DoneActorEvent<JourneyOutput, 'journey'>
  | { readonly type: 'xstate.snapshot.journey'; readonly snapshot: AnyMachineSnapshot }
  // Raised by the chart itself.
  | { readonly type: 'card-in'; readonly session: CardSessionNumber }
  | { readonly type: 'begin-session'; readonly session: CardSessionNumber }
  | { readonly type: 'card-out'; readonly session: CardSessionNumber }
  /** The reader with the card of the running session is gone. */
  | { readonly type: 'reader-gone' }
  | { readonly type: 'mute-in' }
  | { readonly type: 'mute-out' }
  | { readonly type: 'card-changed' }
  | { readonly type: 'card-set-aside' }
  | { readonly type: 'visit-began' }
  | { readonly type: 'visit-ended' }
  | { readonly type: 'timeout' };

export type ReadResult = { readonly ok: true; readonly facts: CardFacts } | { readonly ok: false; readonly problem: CardProblem };

/** After so many reading faults in a row we say "out of order" instead of blaming the card. */
export const STUCK_AFTER = 3;

/** A card can be read. Without it no visit can go on. */
export function readerWorks(context: VisitContext): boolean {
  return context.service === true && (context.slots.names ?? []).length > 0 && context.faults < STUCK_AFTER;
}

/** Somebody may begin a visit. */
export function kioskWorks(context: VisitContext): boolean {
  return !context.staffOpen && context.storageOk && readerWorks(context);
}

/** The closed screen is due where nobody is at the kiosk. What is broken is nobody's business then; the staff's console is. */
export const isShut = (context: VisitContext): boolean => context.closed !== null && !context.staffOpen;

export function outOfOrderReason(context: VisitContext): OutOfOrderReason {
  if (context.staffOpen) return 'staff';
  if (!context.storageOk) return 'storage';
  if (context.denied) return 'reader-not-allowed';
  if (context.service === false) return 'reader-service';
  if (context.service === null || context.slots.names === null) return 'starting';
  if (context.slots.names.length === 0) return 'reader-missing';
  return 'reader-stuck';
}
