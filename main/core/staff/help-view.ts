import type { CameraFault } from '../../contract/camera.ts';
import { cameraOf } from '../../contract/camera-of-screen.ts';
import type { CardProblem } from '../../contract/card.ts';
import type { LeftOut } from '../../contract/left-out.ts';
import type { Snapshot } from '../../contract/page-protocol.ts';
import type { Journey, Screen } from '../../contract/screens.ts';
import type { PrintFailure } from '../../contract/slip.ts';
import type { HelpView } from '../../contract/staff.ts';

/** What the help window knows beside the public snapshot. */
export interface HelpFacts {
  /** A visit is going on, or its card still lies on the reader. */
  readonly busy: boolean;
  /** The journey that is up; null: nobody, or at the menu. */
  readonly journey: Journey | null;
  /** Since when staff are called and nobody has said "coming"; epoch ms, null: not called. */
  readonly calledAt: number | null;
  readonly printer: PrintFailure | null;
  readonly paperLow: boolean;
  readonly camera: CameraFault | null;
  readonly parked: number;
  /** A slot that nobody uses holds something that is no person's card. */
  readonly strangeSlot: boolean;
  /** What the settings name and this terminal cannot offer. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Where help is wanted, and never with what. Only names of screens and codes from the contract's closed lists go in here; no text of
 * a snapshot that a person or a catalogue put there.
 */
export function helpView({ screen, line }: Pick<Snapshot, 'screen' | 'line'>, facts: HelpFacts): HelpView {
  const { busy, journey, calledAt, printer, paperLow, camera, parked, strangeSlot, leftOut } = facts;
  return {
    called: calledAt !== null,
    since: calledAt === null ? null : new Date(calledAt).toISOString(),
    journey,
    step: screen.name,
    reason: cameraReason(screen, camera) ?? reasonOf(screen) ?? reasonOfDevices(facts),
    busy,
    line,
    reader: strangeSlot ? 'strange-slot' : 'good',
    printer: printer !== null ? 'trouble' : paperLow ? 'paper-low' : 'good',
    camera: camera === null ? 'good' : 'trouble',
    parked,
    leftOut: [...leftOut],
  };
}

/** Whoever stands before a camera's screen stands before that trouble. A stand-in holds nobody up. */
const cameraReason = (screen: Screen, fault: CameraFault | null): string | null =>
  cameraOf(screen) === null || fault === null || fault === 'stand-in' ? null : `camera.${fault}`;

const reasonOfDevices = ({ printer, camera }: HelpFacts): string | null =>
  printer !== null ? `printer.${printer}` : camera !== null ? `camera.${camera}` : null;

const isDenied = (problem: CardProblem) => problem.code === 'reader-failed' && problem.why === 'not-allowed';

/** Why the screen stands still: `card.`, `order.`, `refused.`, `cannot.`, `parked`, `entry.`, `form.`, `contact.`, `receipt.`, `printer.` and a code of the contract. */
function reasonOf(screen: Screen): string | null {
  switch (screen.name) {
    case 'card-problem':
      return isDenied(screen.problem) ? 'order.reader-not-allowed' : `card.${screen.problem.code}`;
    case 'out-of-order':
      return `order.${screen.reason}`;
    case 'refused':
      return `refused.${screen.code}`;
    case 'cannot-accept':
      return `cannot.${screen.reason}`;
    case 'parked':
      return 'parked';
    case 'entry':
      return screen.problem === null ? null : `entry.${screen.problem}`;
    case 'form-read':
    case 'form-again':
      return screen.problem === null ? null : `form.${screen.problem}`;
    case 'contact-entry':
      return screen.problem === null ? null : `contact.${screen.problem}`;
    case 'receipt-find':
      return screen.problem === null ? null : `receipt.${screen.problem}`;
    case 'insert-card':
      return screen.slow ? 'card.slow' : null;
    case 'take-card':
      return screen.alarm ? 'card.left' : null;
    // How often a person was wrong with the PIN is nobody's business; that they stand before it, the step says.
    default: {
      const slip = 'slip' in screen ? screen.slip : null;
      return slip?.state === 'failed' ? `printer.${slip.reason}` : null;
    }
  }
}
