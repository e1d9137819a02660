import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { personOf, type TestPki } from '../pki/index.ts';
import { type Answer, encodeAnswer, parseCommand, status } from './apdu.ts';
import { createChip, resetChip, triesOf } from './chip.ts';
import { execute } from './dispatch.ts';
import { type CardMemory, cardMemory } from './memory.ts';
import { type CardStateName, cardImage, type ImageOptions } from './states.ts';
import { SW } from './status-words.ts';
import { createT0 } from './t0.ts';

export { type CardStateName, cardStateNames } from './states.ts';

/** A card in memory, at the level of APDUs. It begins without power: the reader it lies on powers it. */
export interface VirtualCard {
  readonly name: string;
  /** The user-authentication PIN; empty for a card that is not ours. */
  readonly pin: string;
  readonly atr: Uint8Array;
  /** `on` after `off` is a cold start; `reset` is warm and keeps what was verified. */
  power(event: 'on' | 'off' | 'reset'): void;
  /**
   * @returns data and SW. Without power: no byte at all. `leave`: the card left the reader with this command; it has
   * lost power. Never throws. One command at a time: callers wait for the answer.
   */
  transmit(apdu: Uint8Array): Promise<Uint8Array | 'leave'>;
}

export interface CardOptions extends ImageOptions {
  /** The first command after a cold start answers 6F00 (SOURCES.md, Card: PIN and VERIFY). */
  readonly firstCommandFails?: boolean;
  readonly extendedLength?: 'accepted' | 'refused';
  /** `T=0`: replies arrive through 61xx / 6Cxx. Default `T=1`. */
  readonly transport?: 'T=1' | 'T=0';
  /** Milliseconds before the answer to a command with this INS. */
  readonly delayMs?: (ins: number) => number;
  readonly sleep?: (ms: number) => Promise<void>;
  /** The card leaves at its n-th command (1 = the first), counted from its making or its last leaving. */
  readonly leaveAt?: number;
  /** Whether it still executes that command (a PIN try may count although no answer came). Default `before`. */
  readonly leaveMoment?: 'before' | 'after';
  /** Keeps the counters beyond this object. */
  readonly memory?: CardMemory;
  readonly random?: (length: number) => Uint8Array;
}

/** Not measured on any real card (SOURCES.md, Card: times): long enough that a person sees the kiosk wait. */
const slowDelay = (ins: number): number => (ins === 0x2a ? 3000 : 700);

const defaults = (state: CardStateName): CardOptions => {
  if (state === 'slow') return { delayMs: slowDelay };
  return state === 'leaves-mid-command' ? { leaveAt: 5 } : {};
};

/** A card of that state. The same state and PKI twice: two cards with counters of their own, unless they share a memory. */
export function createVirtualCard(state: CardStateName, pki: TestPki, given: CardOptions = {}): VirtualCard {
  const options = { ...defaults(state), ...given };
  const memory = options.memory ?? cardMemory();
  const image = cardImage(state, pki, options);
  const chip = createChip(image, memory.read(state));
  const t0 = options.transport === 'T=0' ? createT0() : null;
  const random = options.random ?? randomBytes;
  const sleep = options.sleep ?? wait;
  let powered = false;
  let cold = false;
  let sinceLeft = 0;

  /** What of an answer did not fit a short one: GET RESPONSE fetches it, on a T=1 card too (ISO 7816-4 section 5.1.3). */
  let waiting: Uint8Array = new Uint8Array();
  const inPieces = (data: Uint8Array): Answer => {
    waiting = data.slice(256);
    return { data: data.slice(0, 256), sw: waiting.length === 0 ? SW.done : 0x6100 | (Math.min(waiting.length, 256) & 0xff) };
  };

  const answer = (apdu: Uint8Array): Answer => {
    const command = parseCommand(apdu);
    if (cold) {
      cold = false;
      if (options.firstCommandFails === true) return status(SW.noDiagnosis);
    }
    if (command === null) return status(SW.wrongLength);
    if (command.extended && options.extendedLength === 'refused') return status(SW.wrongLength);
    if (t0 !== null) return t0.transmit(command, (inner) => execute(chip, inner, random));
    if (waiting.length > 0 && command.ins === 0xc0) return inPieces(waiting);
    const whole = execute(chip, command, random);
    return command.extended || whole.data.length <= 256 ? whole : inPieces(whole.data);
  };

  const run = (apdu: Uint8Array): Uint8Array => {
    const before = JSON.stringify(triesOf(chip));
    const reply = encodeAnswer(answer(apdu));
    if (JSON.stringify(triesOf(chip)) !== before) memory.write(state, triesOf(chip));
    return reply;
  };

  const power = (event: 'on' | 'off' | 'reset'): void => {
    if (event === 'on' && powered) return;
    resetChip(chip, event === 'reset' ? 'kept' : 'lost');
    t0?.reset();
    waiting = new Uint8Array();
    if (event === 'reset') return;
    powered = event === 'on';
    cold = powered;
  };

  return {
    name: state,
    pin: state === 'other' ? '' : (options.pin ?? personOf(pki, state).pin),
    atr: image.atr,
    power,
    transmit: async (apdu) => {
      const ms = options.delayMs?.(apdu[1] ?? 0) ?? 0;
      if (ms > 0) await sleep(ms);
      if (!powered) return new Uint8Array();
      sinceLeft += 1;
      if (sinceLeft !== options.leaveAt) return run(apdu);
      if (options.leaveMoment === 'after') run(apdu);
      sinceLeft = 0;
      power('off');
      return 'leave';
    },
  };
}
