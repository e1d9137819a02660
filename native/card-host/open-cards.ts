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

/** The connections to cards, one per session, each on a PC/SC context of its own, with their commands on the line. */
export interface OpenCards extends HostCards {
  /** Why a command of the line has no answer. */
  whyNot(trouble: CommandTrouble): Promise<CardHostError>;
}

const dispositions = { leave: Numbers.leave, reset: Numbers.reset, unpower: Numbers.unpower };

/** Another connect may do what this one did not. */
const isPassing = ({ code }: CardHostError) => code === 'mute' || code === 'reader-failed';

/** Other programs of the machine look at every card that comes, and hold it for a moment. */
const BUSY_TRIES = 5;
const BUSY_WAIT_MS = 200;

export function createOpenCards(cards: Cards, line: CardLine): OpenCards {
  const connections = new Map<CardSessionNumber, Connection>();
  /** Whose connection went with the service. */
  const lost = new Set<CardSessionNumber>();

  /** Whether the card that the connection was made with still lies there, asked of PC/SC and not of what we were told. */
  const stillThere = async ({ context, reader, counter }: Connection): Promise<boolean | number> => {
    const now = await context.statusChange([{ reader, state: State.unaware }], 0);
    if (!now.ok) return now.code;
    const state = now.value[0]?.state ?? 0;
    if ((state & (State.unknown | State.unavailable)) !== 0) return Code.readerUnavailable;
    return (state & State.present) !== 0 && state >>> 16 === counter;
  };

  const drop = async ({ context, card, session }: Connection, disposition: keyof typeof dispositions) => {
    context.unserve(line, session);
    await context.disconnect(card.card, dispositions[disposition]);
    await context.release();
  };

  /** A card that left keeps its exclusive hold on the reader until it is let go of; the next card would be refused as busy. */
  const letGoOfFormer = async (reader: string) => {
    for (const [session, connection] of connections) {
      if (connection.reader !== reader) continue;
      connections.delete(session);
      await drop(connection, 'leave');
    }
  };

  return {
    async open(session) {
      if (connections.has(session)) return ok(null);
      const place = cards.find(session);
      if (place === null) return err({ code: 'wrong-session' });
      await letGoOfFormer(place.reader);
      const context = createContext();
      const fail = async (error: CardHostError): Promise<Result<null, CardHostError>> => {
        await context.release();
        return err(error);
      };
      const established = await context.establish();
      if (!established.ok) return fail(errorOf(established.code));
      const connect = () => context.connect(place.reader, Share.exclusive, Protocol.t0 | Protocol.t1);
      const first = await connect();
      // A card that was put on a moment ago may not have answered yet; the second connect powers it anew.
      let connected = first.ok || !isPassing(errorOf(first.code)) ? first : await connect();
      for (let tries = 0; !connected.ok && errorOf(connected.code).code === 'reader-busy' && tries < BUSY_TRIES; tries += 1) {
        await sleep(BUSY_WAIT_MS);
        if (cards.find(session) === null) return fail({ code: 'wrong-session' });
        connected = await connect();
      }
      if (!connected.ok) return fail(errorOf(connected.code));
      const connection = { session, context, card: connected.value, ...place };
      // Swapped between the report and the connect, or the service was lost meanwhile: not the card that the number was given to.
      const there = cards.find(session) === null ? false : await stillThere(connection);
      if (there !== true) {
        await drop(connection, 'reset');
        return err(there === false ? { code: 'wrong-session' } : errorOf(there));
      }
      connections.set(session, connection);
      context.serve(line, session, connection.card);
      return ok(null);
    },

    async whyNot(trouble) {
      const { session } = trouble;
      // What PC/SC says of a connection that went with the service is about the service.
      if (lost.has(session)) return { code: 'service-down' };
      if (trouble.what === 'short') return { code: 'removed' };
      const connection = connections.get(session);
      if (trouble.what === 'not-open' || connection === undefined) {
        return { code: cards.find(session) === null ? 'wrong-session' : 'not-open' };
      }
      const error = errorOf(trouble.code);
      if (error.code !== 'reader-failed' && error.code !== 'removed') return error;
      // A card that leaves under a command often shows as a failed exchange, and a reader that leaves as a card that did.
      const there = await stillThere(connection);
      return there === true ? error : there === false ? { code: 'removed', pcsc: trouble.code } : errorOf(there);
    },

    async close(session, disposition) {
      const connection = connections.get(session);
      connections.delete(session);
      if (connection !== undefined) await drop(connection, disposition);
    },

    abandon() {
      // Each is still powered off behind the call that hangs in it.
      const all = [...connections.values()];
      connections.clear();
      for (const connection of all) {
        lost.add(connection.session);
        void drop(connection, 'unpower');
      }
      return line.abandon();
    },

    async closeAll(disposition) {
      const all = [...connections.values()];
      connections.clear();
      await Promise.all(all.map((connection) => drop(connection, disposition)));
    },
  };
}
