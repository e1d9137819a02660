import { execFile } from 'node:child_process';
import type { PrintFailure } from '../../../contract/slip.ts';

/** What a program of CUPS said. `code`: its exit code; `null`: it could not be started, or was ended for being late. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Runs a program without a shell. @param input goes to its standard input */
export type Run = (program: string, args: readonly string[], input: Uint8Array | null) => Promise<Ran>;

/** @param ms how long one program may take */
export function runPrograms(ms: number): Run {
  return (program, args, input) =>
    new Promise((resolve) => {
      // In English, so that the answers can be read; nothing else of our environment is theirs to know.
      const env = { PATH: process.env.PATH, LC_ALL: 'C' };
      const child = execFile(program, [...args], { env, timeout: ms, killSignal: 'SIGKILL' }, (error, out, errors) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        resolve({ code, out, errors });
      });
      // A program that ends early reads no more.
      child.stdin?.on('error', () => {});
      child.stdin?.end(input);
    });
}

/** Keywords of the printer that CUPS repeats in its answers (RFC 8011 section 5.4.12), the worst first. */
const ALERTS: readonly (readonly [RegExp, PrintFailure])[] = [
  [/cover-open|door-open|interlock-open/, 'cover-open'],
  [/media-empty|media-needed|media-jam/, 'paper-out'],
  [/offline|shutdown|timed-out/, 'offline'],
  [/toner-empty|marker-supply-empty|fuser|other-error|cups-(?:missing-filter|insecure-filter)|spool-area-full/, 'refused'],
];

const alertsOf = (out: string): string[] => (/^\s*Alerts:(.*)$/m.exec(out)?.[1] ?? '').split(/[\s,]+/);

/** Reads `lpstat -l -p QUEUE`: paper near its end, whatever weight the printer gives to that. */
export const mediaLow = ({ out }: Ran): boolean => alertsOf(out).some((alert) => alert.startsWith('media-low'));

/**
 * Reads `lpstat -l -p QUEUE`. `null`: it can print.
 * `no-printer`: there is no such queue, or no scheduler to know of it; `offline`: the queue is stopped.
 */
export function queueTrouble({ code, out, errors }: Ran): PrintFailure | null {
  if (/invalid destination|unknown destination/i.test(errors)) return 'no-printer';
  if (code !== 0) return 'offline';
  // With these ends a keyword says that it still prints.
  const serious = alertsOf(out).filter((alert) => !/-(?:warning|report)$/.test(alert));
  const found = ALERTS.find(([pattern]) => serious.some((alert) => pattern.test(alert)));
  if (found !== undefined) return found[1];
  return /\bdisabled since\b/.test(out) ? 'offline' : null;
}

/** Reads `lpstat -r`. */
export const isRunning = ({ out }: Ran): boolean => out.includes('scheduler is running');

/** Reads `lpstat -a QUEUE`. */
export const takesJobs = ({ out }: Ran): boolean => / accepting requests /.test(out) && !/ not accepting /.test(out);

/** Reads what `lp` said. `null`: no job was made. */
export const jobOf = ({ code, out }: Ran): string | null =>
  code === 0 ? (/request id is ([A-Za-z0-9._-]+-\d+)/.exec(out)?.[1] ?? null) : null;

/** Reads `lpstat -l -W all -o QUEUE`: the lines of one job. `null`: it is not among them. */
export function jobLines({ out }: Ran, job: string): string | null {
  const lines = out.split('\n');
  const from = lines.findIndex((line) => line.split(/\s/)[0] === job);
  if (from === -1) return null;
  const rest = lines.slice(from + 1);
  const to = rest.findIndex((line) => line !== '' && !/^\s/.test(line));
  return [lines[from], ...rest.slice(0, to === -1 ? undefined : to)].join('\n');
}
