import { createRequire } from 'node:module';
import { Code } from './codes.ts';

export { Code, Disposition, PNP_NOTIFICATION, Protocol, Share, State } from './codes.ts';

/** A PC/SC call's end. `code`: the 32-bit return code, never 0. Expected failures come like this; nothing is thrown. */
type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: number };

/** What was last known of a reader: `state` 0 when nothing was. */
export interface KnownState {
  readonly reader: string;
  readonly state: number;
}

/** What a reader is like now. `state`: bits of `State`; give it back with the next question. `atr`: empty without a card. */
interface ReaderNow extends KnownState {
  readonly atr: Uint8Array;
}

/** An open card of one context. `protocol`: what was agreed on, for `transmit`. */
export interface OpenCard {
  readonly card: number;
  readonly protocol: number;
}

/**
 * One PC/SC context with a thread of its own: its calls run one after the other, and no other context waits for them. A call that the
 * driver never answers cannot be ended from here (nothing in PC/SC can); whoever needs that ends the process.
 * Pending calls do not keep the process alive.
 */
export interface PcscContext {
  /** Connects to the service. */
  establish(): Promise<Outcome<null>>;
  /** Ends the context; later calls are bugs and throw. */
  release(): Promise<Outcome<null>>;
  /** Names of the readers; none is an empty list. */
  listReaders(): Promise<Outcome<string[]>>;
  /** Waits until one of the readers is not as known. @param timeoutMs `INFINITE`: for ever */
  statusChange(known: readonly KnownState[], timeoutMs: number): Promise<Outcome<ReaderNow[]>>;
  /** Ends a `statusChange` under way with `Code.cancelled`. */
  cancel(): Promise<void>;
  /** @param share of `Share` @param protocols of `Protocol`, added up */
  connect(reader: string, share: number, protocols: number): Promise<Outcome<OpenCard>>;
  /** @param disposition of `Disposition` */
  disconnect(card: number, disposition: number): Promise<Outcome<null>>;
  /** One command APDU. Our copies of it are wiped. @returns what came back, at most 65,538 bytes; may be shorter than a status word */
  transmit(open: OpenCard, apdu: Uint8Array): Promise<Outcome<Uint8Array>>;
  /** From now on the commands that come over `line` for this session go to this card. */
  serve(line: CardLine, session: number, open: OpenCard): void;
  /** They are no longer passed on; one under way ends by itself. */
  unserve(line: CardLine, session: number): void;
}

/**
 * Carries frames of commands and answers (main/contract/card-line.ts) between a socket and the cards that are served on it, on a thread of
 * its own: neither ever passes through JavaScript, and the addon's buffers are wiped after every command.
 */
export interface CardLine {
  readonly native: object;
  /** Nothing will come of the command that is under way, whenever PC/SC answers it. @returns its number; null: there is none */
  abandon(): number | null;
}

/**
 * What a line cannot answer by itself. `failed`: PC/SC's code; `short`: an answer without room for a status word; `not-open`: no card is
 * served under this session. After `broken` (no frames of ours) and `ended` the line does nothing more.
 */
export type LineTrouble = CommandTrouble | { readonly what: 'broken' } | { readonly what: 'ended' };
export type CommandTrouble =
  | { readonly what: 'failed'; readonly id: number; readonly session: number; readonly code: number }
  | { readonly what: 'short'; readonly id: number; readonly session: number }
  | { readonly what: 'not-open'; readonly id: number; readonly session: number };

type Handle = object;
interface Coded {
  readonly code: number;
}
interface Binding {
  open(): Handle;
  establish(context: Handle): Promise<Coded>;
  release(context: Handle): Promise<Coded>;
  listReaders(context: Handle): Promise<Coded & { names: string[] }>;
  statusChange(
    context: Handle,
    timeoutMs: number,
    readers: readonly string[],
    states: readonly number[],
  ): Promise<Coded & { events: number[]; atrs: Uint8Array[] }>;
  cancel(context: Handle): Promise<Coded>;
  connect(context: Handle, reader: string, share: number, protocols: number): Promise<Coded & { card: number; protocol: number }>;
  disconnect(context: Handle, card: number, disposition: number): Promise<Coded>;
  transmit(context: Handle, card: number, protocol: number, apdu: Uint8Array): Promise<Coded & { response: Uint8Array }>;
  abandonCommand(line: object): number | null;
  openLine(fd: number, trouble: (what: number, id: number, session: number, code: number) => void): object;
  attach(context: Handle, line: object, session: number, card: number, protocol: number): void;
  detach(context: Handle, line: object, session: number): void;
}

let binding: Binding | null = null;

/** @throws when the addon was not built (`npm run build`) or the PC/SC library is not installed */
function load(): Binding {
  binding ??= createRequire(import.meta.url)('./build/Release/pcsc.node') as Binding;
  return binding;
}

async function outcome<A extends Coded, T>(answer: Promise<A>, value: (answer: A) => T): Promise<Outcome<T>> {
  const told = await answer;
  return told.code === 0 ? { ok: true, value: value(told) } : { ok: false, code: told.code };
}

const nothing = () => null;

/** Readers may come between the question for the length and the one for the list; the list is then longer than was told. */
const LIST_ATTEMPTS = 10;

function wholeList(ask: () => Promise<Outcome<string[]>>, attempts = LIST_ATTEMPTS): Promise<Outcome<string[]>> {
  return ask().then((listed) =>
    listed.ok || listed.code !== Code.insufficientBuffer || attempts === 1 ? listed : wholeList(ask, attempts - 1),
  );
}

export function createContext(): PcscContext {
  const native = load();
  const context = native.open();
  return {
    establish: () => outcome(native.establish(context), nothing),
    release: () => outcome(native.release(context), nothing),
    listReaders: () => wholeList(() => outcome(native.listReaders(context), ({ names }) => names)),
    statusChange: (known, timeoutMs) =>
      outcome(
        native.statusChange(
          context,
          timeoutMs,
          known.map(({ reader }) => reader),
          known.map(({ state }) => state),
        ),
        ({ events, atrs }) =>
          known.map(({ reader }, index) => ({ reader, state: events[index] ?? 0, atr: atrs[index] ?? new Uint8Array() })),
      ),
    cancel: async () => void (await native.cancel(context)),
    connect: (reader, share, protocols) =>
      outcome(native.connect(context, reader, share, protocols), ({ card, protocol }) => ({ card, protocol })),
    disconnect: (card, disposition) => outcome(native.disconnect(context, card, disposition), nothing),
    transmit: ({ card, protocol }, apdu) => outcome(native.transmit(context, card, protocol, apdu), ({ response }) => response),
    serve: (line, session, { card, protocol }) => native.attach(context, line.native, session, card, protocol),
    unserve: (line, session) => native.detach(context, line.native, session),
  };
}

/** The numbers of src/line.h. */
const TROUBLES = ['failed', 'short', 'not-open', 'broken', 'ended'] as const;

/** @param fd a connected socket, the line's own from now on; it is served until the other side closes it */
export function openLine(fd: number, trouble: (trouble: LineTrouble) => void): CardLine {
  const addon = load();
  const native = addon.openLine(fd, (number, id, session, code) => {
    const what = TROUBLES[number];
    switch (what) {
      case 'failed':
        return trouble({ what, id, session, code });
      case 'short':
      case 'not-open':
        return trouble({ what, id, session });
      default:
        return trouble({ what: what ?? 'broken' });
    }
  });
  return { native, abandon: () => addon.abandonCommand(native) };
}
