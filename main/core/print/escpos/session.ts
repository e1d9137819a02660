import type { PrintFailure } from '../../../contract/slip.ts';
import type { Clock } from '../../ports.ts';
import { AnswerWait } from './answer-wait.ts';
import { askStatus, forget, tellChanges, tellNothing, whenDone } from './commands.ts';
import type { PrinterLink } from './link.ts';
import { createStatusReader, paperNearEnd, realTimeTrouble } from './status.ts';

/** How long each wait may last, ms. */
export interface EscposTimes {
  /** TCP only: until the printer takes the call. */
  readonly connectMs: number;
  /** One real-time answer. */
  readonly statusMs: number;
  /** From the first byte of a slip until the printer says that all of it is on paper. */
  readonly printMs: number;
}
export const ESCPOS_TIMES: EscposTimes = { connectMs: 3000, statusMs: 1000, printMs: 20_000 };

/** Talk with a printer over one open link. */
export interface EscposSession {
  /** Asks now. `null`: it can print. No answer in time: it is as good as off. */
  status(): Promise<PrintFailure | null>;
  /** Sends a slip and waits until it is on paper. `null`: it is. Anything else: some of it may have come out. */
  send(stream: Uint8Array): Promise<PrintFailure | null>;
}

/** @param paperLow told at every look whether the paper is near its end */
export function createEscposSession(
  link: PrinterLink,
  clock: Clock,
  times: EscposTimes,
  paperLow: (low: boolean) => void = () => {},
): EscposSession {
  const answers = new AnswerWait(clock);
  link.onGone(() => answers.lose());
  link.onBytes(
    createStatusReader((said) => {
      if (said.kind === 'change') paperLow(said.paperLow);
      answers.said(said);
    }),
  );

  const ask = async (what: 1 | 2 | 3 | 4): Promise<number | 'late'> => {
    const answer = answers.next(times.statusMs, (said) => (said.kind === 'real-time' ? said.byte : undefined));
    void link.write(askStatus(what));
    return answer;
  };

  const status = async (): Promise<PrintFailure | null> => {
    const said: number[] = [];
    for (const what of [1, 2, 3, 4] as const) {
      const byte = await ask(what);
      if (byte === 'late') return 'offline';
      said.push(byte);
    }
    const [printer = 0, cause = 0, error = 0, paper = 0] = said;
    paperLow(paperNearEnd(paper));
    return realTimeTrouble(printer, cause, error, paper);
  };

  return {
    status,
    async send(stream) {
      const end = answers.next(times.printMs, (said): 'done' | PrintFailure | undefined => {
        if (said.kind === 'done') return 'done';
        return said.kind === 'change' && said.trouble !== null ? said.trouble : undefined;
      });
      // What a broken-off slip may have left is not to come out with this one.
      void link.write(Buffer.concat([forget, tellChanges, stream, tellNothing, whenDone]));
      const how = await end;
      if (how === 'done') return null;
      const why = how === 'late' ? ((await status()) ?? 'offline') : how;
      // The rest must not come out when paper is put in, into another person's hands. Whatever it answers, it has read this far.
      void link.write(forget);
      await ask(1);
      return why;
    },
  };
}
