import { setTimeout as sleep } from 'node:timers/promises';
import type { CardHostError, CardSessionNumber } from '../../main/contract/card-host.ts';
import type { Result } from '../../main/contract/result.ts';
import { err, ok } from '../../main/contract/result.ts';
import {
  type CardLine,
  Code,
  type CommandTrouble,
  createContext,
  Disposition as Numbers,
  type OpenCard,
  type PcscContext,
  Protocol,
  Share,
  State,
} from '../pcsc/index.ts';
import type { Cards } from './cards.ts';
import { errorOf } from './error-of.ts';
import type { HostCards } from './host.ts';

interface Connection {
  readonly session: CardSessionNumber;
  readonly context: PcscContext;
  readonly card: OpenCard;
  readonly reader: string;
  readonly counter: number;
}

const dispositions = { leave: Numbers.leave, reset: Numbers.reset, unpower: Numbers.unpower };

/** Another connect may do what this one did not. */
const isPassing = ({ code }: CardHostError) => code === 'mute' || code === 'reader-failed';

/** Other programs of the machine look at every card that comes, and hold it for a moment. */
const BUSY_TRIES = 5;
const BUSY_WAIT_MS = 200;

/** The connections to cards, one per session, each on a PC/SC context of its own, with their commands on the line. */
export class OpenCards implements HostCards {
  private readonly cards: Pick<Cards, 'find'>;
  private readonly line: CardLine;
  private readonly connections = new Map<CardSessionNumber, Connection>();
  /** Whose connection went with the service. */
  private readonly lost = new Set<CardSessionNumber>();

  constructor(cards: Pick<Cards, 'find'>, line: CardLine) {
    this.cards = cards;
    this.line = line;
  }

  async open(session: CardSessionNumber): Promise<Result<null, CardHostError>> {
    const { cards, line, connections } = this;
    if (connections.has(session)) return ok(null);
    const place = cards.find(session);
    if (place === null) return err({ code: 'wrong-session' });
    await this.letGoOfFormer(place.reader);
    const context = createContext();
    const connected = await this.connect(session, place.reader, context);
    if (!connected.ok) {
      await context.release();
      return connected;
    }
    const connection = { session, context, card: connected.value, ...place };
    // Swapped between the report and the connect, or the service was lost meanwhile: not the card that the number was given to.
    const there = cards.find(session) === null ? false : await stillThere(connection);
    if (there !== true) {
      await this.drop(connection, 'reset');
      return err(there === false ? { code: 'wrong-session' } : errorOf(there));
    }
    connections.set(session, connection);
    context.serve(line, session, connection.card);
    return ok(null);
  }

  /** Why a command of the line has no answer. */
  async whyNot(trouble: CommandTrouble): Promise<CardHostError> {
    const { session } = trouble;
    // What PC/SC says of a connection that went with the service is about the service.
    if (this.lost.has(session)) return { code: 'service-down' };
    if (trouble.what === 'short') return { code: 'removed' };
    const connection = this.connections.get(session);
    if (trouble.what === 'not-open' || connection === undefined) {
      return { code: this.cards.find(session) === null ? 'wrong-session' : 'not-open' };
    }
    const error = errorOf(trouble.code);
    if (error.code !== 'reader-failed' && error.code !== 'removed') return error;
    // A card that leaves under a command often shows as a failed exchange, and a reader that leaves as a card that did.
    const there = await stillThere(connection);
    return there === true ? error : there === false ? { code: 'removed', pcsc: trouble.code } : errorOf(there);
  }

  async close(session: CardSessionNumber, disposition: keyof typeof dispositions): Promise<void> {
    const connection = this.connections.get(session);
    this.connections.delete(session);
    if (connection !== undefined) await this.drop(connection, disposition);
  }

  abandon(): ReturnType<HostCards['abandon']> {
    // Each is still powered off behind the call that hangs in it.
    const all = [...this.connections.values()];
    this.connections.clear();
    for (const connection of all) {
      this.lost.add(connection.session);
      void this.drop(connection, 'unpower');
    }
    return this.line.abandon();
  }

  async closeAll(disposition: keyof typeof dispositions): Promise<void> {
    const all = [...this.connections.values()];
    this.connections.clear();
    await Promise.all(all.map((connection) => this.drop(connection, disposition)));
  }

  private async connect(
    session: CardSessionNumber,
    reader: string,
    context: PcscContext,
  ): Promise<Result<OpenCard, CardHostError>> {
    const established = await context.establish();
    if (!established.ok) return err(errorOf(established.code));
    const connect = () => context.connect(reader, Share.exclusive, Protocol.t0 | Protocol.t1);
    const first = await connect();
    // A card that was put on a moment ago may not have answered yet; the second connect powers it anew.
    let connected = first.ok || !isPassing(errorOf(first.code)) ? first : await connect();
    for (let tries = 0; !connected.ok && errorOf(connected.code).code === 'reader-busy' && tries < BUSY_TRIES; tries += 1) {
      await sleep(BUSY_WAIT_MS);
      if (this.cards.find(session) === null) return err({ code: 'wrong-session' });
      connected = await connect();
    }
    return connected.ok ? ok(connected.value) : err(errorOf(connected.code));
  }

  /** A card that left keeps its exclusive hold on the reader until it is let go of; the next card would be refused as busy. */
  private async letGoOfFormer(reader: string): Promise<void> {
    for (const [session, connection] of this.connections) {
      if (connection.reader !== reader) continue;
      this.connections.delete(session);
      await this.drop(connection, 'leave');
    }
  }

  private async drop({ context, card, session }: Connection, disposition: keyof typeof dispositions): Promise<void> {
    context.unserve(this.line, session);
    await context.disconnect(card.card, dispositions[disposition]);
    await context.release();
  }
}

/**
 * Whether the card that the connection was made with still lies there, asked of PC/SC and not of what we were told.
 * @returns a code of PC/SC's: it cannot tell
 */
async function stillThere({ context, reader, counter }: Connection): Promise<boolean | number> {
  const now = await context.statusChange([{ reader, state: State.unaware }], 0);
  if (!now.ok) return now.code;
  const state = now.value[0]?.state ?? 0;
  if ((state & (State.unknown | State.unavailable)) !== 0) return Code.readerUnavailable;
  return (state & State.present) !== 0 && state >>> 16 === counter;
}
