import type { Log } from '../../contract/log-events.ts';
import type { Timers } from '../../transport/timers.ts';
import { keepRunning } from './child.ts';

/** The core's exit code for settings that cannot be used; it has said why on standard error. */
export const BAD_SETTINGS = 2;

export interface CoreProcessOptions {
  /** The pinned Node. */
  readonly node: string;
  /** Entry file: `main/hosts/core/index.ts`, or its bundle. */
  readonly entry: string;
  /** `--profile`, `--data`, `--socket` and what is passed through. */
  readonly args: readonly string[];
  readonly timers: Timers;
  readonly log: Log;
  /** What else the core writes on standard output: its log. */
  readonly onLine: (line: string) => void;
}

export interface CoreProcess {
  /** Settles when the core listens for the first time, or with its exit code when it will not. */
  readonly ready: Promise<'listening' | number>;
  /** Settles when the core is down for good. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

/** The core as a process of its own, started again whenever it dies (not for bad settings: exit code 2). */
export function startCore({ node, entry, args, timers, log, onLine }: CoreProcessOptions): CoreProcess {
  let listening: () => void = () => {};
  const first = new Promise<'listening'>((resolve) => {
    listening = () => resolve('listening');
  });
  const child = keepRunning({
    command: node,
    args: [entry, ...args],
    timers,
    finalCodes: [BAD_SETTINGS],
    onLine(line) {
      if (saysListening(line)) listening();
      else onLine(line);
    },
    onRestart: (exit) => log('core.exited', exit),
  });
  return { ready: Promise.race([first, child.ended]), ended: child.ended, stop: child.stop };
}

function saysListening(line: string): boolean {
  if (!line.includes('"listening"')) return false;
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === 'object' && message !== null && 'type' in message && message.type === 'listening';
  } catch {
    return false;
  }
}
