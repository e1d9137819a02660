import { createListeners } from '../../contract/listeners.ts';
import type { Result } from '../../contract/result.ts';
import { err } from '../../contract/result.ts';
import type { PrintFailure, Slip } from '../../contract/slip.ts';
import type { Printer } from '../ports.ts';

/** Slips that are remembered. An id is new with every press, so an old one comes again only through a bug close by. */
const REMEMBERED = 1000;

/** What a printer tells while it works. `began`: before the first byte that could bring out paper. `paperLow`: at every look at its paper. */
export interface Tell {
  began(): void;
  paperLow(low: boolean): void;
}

/** A printer without memory. */
export interface PlainPrinter {
  print(slip: Slip, tell: Tell): Promise<Result<null, PrintFailure>>;
  check(tell: Pick<Tell, 'paperLow'>): Promise<Result<null, PrintFailure>>;
}

/**
 * Makes a printer of it that prints no slip id twice, does one thing at a time, and tells staff what is wrong. Once a byte has left, the id is spent,
 * however it ended: what may have come out is never sent again, the same answer comes instead. Another try is a new slip, asked for by
 * a person. An id whose bytes never left may be tried again.
 */
export function printOnce(plain: PlainPrinter): Printer {
  const spent = new Map<string, Promise<Result<null, PrintFailure>>>();
  const changes = createListeners<[]>();
  let trouble: PrintFailure | null = null;
  let low = false;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = (work: () => Promise<Result<null, PrintFailure>>): Promise<Result<null, PrintFailure>> => {
    // A fault of ours while a slip is set (a font file is missing) must not end a visit: the screen shows the number.
    const mine = turn.then(work).catch(() => err('refused' as const));
    turn = mine;
    return mine;
  };
  const told = (result: Result<null, PrintFailure>): Result<null, PrintFailure> => {
    const now = result.ok ? null : result.error;
    if (now !== trouble) {
      trouble = now;
      changes.emit();
    }
    return result;
  };
  const paperLow = (now: boolean) => {
    if (now === low) return;
    low = now;
    changes.emit();
  };

  return {
    print(slip) {
      const earlier = spent.get(slip.id);
      if (earlier !== undefined) return earlier;
      let began = false;
      const result = inTurn(() =>
        plain.print(slip, {
          began() {
            began = true;
          },
          paperLow,
        }),
      ).then((ended) => {
        if (!began && !ended.ok) spent.delete(slip.id);
        return told(ended);
      });
      spent.set(slip.id, result);
      const [oldest] = spent.keys();
      if (spent.size > REMEMBERED && oldest !== undefined) spent.delete(oldest);
      return result;
    },
    check: () => inTurn(() => plain.check({ paperLow })).then(told),
    get trouble() {
      return trouble;
    },
    get paperLow() {
      return low;
    },
    onTrouble: changes.add,
  };
}

/** A terminal without a printer, by its settings: that is no trouble, and the screen shows the number instead. */
export const noPrinter: Printer = {
  print: async () => err('no-printer'),
  check: async () => err('no-printer'),
  trouble: null,
  paperLow: false,
  onTrouble: () => () => {},
};
