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
  /** Settles when the core listens for the first time, or with its exit code when it will not. `staff`: its staff socket, if it has one. */
  readonly ready: Promise<{ readonly staff: string | null } | number>;
  /** Settles when the core is down for good. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

/** The core as a process of its own, started again whenever it dies (not for bad settings: exit code 2). */
export function startCore({ node, entry, args, timers, log, onLine }: CoreProcessOptions): CoreProcess {
  let listening: (said: { staff: string | null }) => void = () => {};
  const first = new Promise<{ staff: string | null }>((resolve) => {
    listening = resolve;
  });
  const child = keepRunning({
    command: node,
    args: [entry, ...args],
    timers,
    finalCodes: [BAD_SETTINGS],
    onLine(line) {
      const said = saysListening(line);
      if (said === null) onLine(line);
      else listening(said);
    },
    onRestart: (exit) => log('core.exited', exit),
  });
  return { ready: Promise.race([first, child.ended]), ended: child.ended, stop: child.stop };
}

function saysListening(line: string): { staff: string | null } | null {
  if (!line.includes('"listening"')) return null;
  try {
    const message: unknown = JSON.parse(line);
    if (typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'listening') return null;
    return { staff: 'staff' in message && typeof message.staff === 'string' ? message.staff : null };
  } catch {
    return null;
  }
}
