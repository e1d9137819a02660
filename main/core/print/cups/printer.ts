import { err, ok, type Result } from '../../../contract/result.ts';
import type { PrintFailure } from '../../../contract/slip.ts';
import type { Clock, Printer } from '../../ports.ts';
import { printOnce, type Tell } from '../print-once.ts';
import { slipPdf } from './pdf.ts';
import { isRunning, jobLines, jobOf, mediaLow, queueTrouble, type Run, runPrograms, takesJobs } from './spooler.ts';

/** How long each wait may last, ms. */
interface CupsTimes {
  /** One program. */
  readonly runMs: number;
  /** Until the job has left the queue. */
  readonly printMs: number;
  /** Between two looks at it. */
  readonly lookMs: number;
}
const CUPS_TIMES: CupsTimes = { runMs: 10_000, printMs: 60_000, lookMs: 500 };

export interface CupsDeps {
  readonly queue: string;
  readonly clock: Clock;
  readonly times?: CupsTimes;
  readonly run?: Run;
}

/**
 * Any printer of the system, A4, by CUPS' own programs with fixed arguments and no shell. The document goes through standard input: no file of ours.
 * A job that does not come out in time, or stops, is taken back, so that it does not come out later into another person's hands.
 */
export function createCupsPrinter({ queue, clock, times = CUPS_TIMES, run = runPrograms(times.runMs) }: CupsDeps): Printer {
  const trouble = async ({ paperLow }: Pick<Tell, 'paperLow'>): Promise<PrintFailure | null> => {
    const said = await run('lpstat', ['-l', '-p', queue], null);
    paperLow(mediaLow(said));
    const wrong = queueTrouble(said);
    // Without a scheduler no queue is known either.
    if (wrong === 'no-printer') return isRunning(await run('lpstat', ['-r'], null)) ? wrong : 'offline';
    if (wrong !== null) return wrong;
    return takesJobs(await run('lpstat', ['-a', queue], null)) ? null : 'refused';
  };
  const result = (failure: PrintFailure | null): Result<null, PrintFailure> => (failure === null ? ok(null) : err(failure));
  const pause = () => new Promise<void>((resume) => clock.setTimeout(resume, times.lookMs));

  /** Waits until the job has left the queue. */
  const outcome = async (job: string): Promise<PrintFailure | null> => {
    const until = clock.monotonic() + times.printMs;
    for (;;) {
      const waiting = await run('lpstat', ['-W', 'not-completed', '-o', queue], null);
      if (waiting.code === 0 && jobLines(waiting, job) === null) {
        const ended = await run('lpstat', ['-l', '-W', 'completed', '-o', queue], null);
        return /aborted|canceled|with-errors/.test(jobLines(ended, job) ?? '') ? 'refused' : null;
      }
      const wrong = queueTrouble(await run('lpstat', ['-l', '-p', queue], null));
      if (wrong !== null) return wrong;
      if (clock.monotonic() >= until) return 'offline';
      await pause();
    }
  };

  return printOnce({
    check: async (tell) => result(await trouble(tell)),
    async print(slip, tell) {
      const wrong = await trouble(tell);
      if (wrong !== null) return err(wrong);
      const document = await slipPdf(slip);
      tell.began();
      const job = jobOf(await run('lp', ['-d', queue, '-o', 'media=A4', '-t', 'slip'], document));
      if (job === null) return err('refused');
      const failure = await outcome(job);
      if (failure !== null) await run('cancel', ['-x', job], null);
      return result(failure);
    },
  });
}
