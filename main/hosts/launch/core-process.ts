import { writeFileSync } from 'node:fs';
import type { Log } from '../../contract/log-events.ts';
import type { Timers } from '../../transport/timers.ts';
import { keepRunning } from './child.ts';
import { coreEnvironment, NO_DEBUGGER } from './core-environment.ts';
import { SILENCE, type SilenceBounds, watchSilence } from './silence.ts';

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
  /** Path of the file that tells the next core that this one stood still (`STOOD_STILL` in its data folder). */
  readonly stoodStill: string;
  /** For tests that cannot wait so long. */
  readonly silence?: SilenceBounds;
}

export interface CoreProcess {
  /** Settles with the core's first word, which it says when its settings are good, or with its exit code. */
  readonly begun: Promise<null | number>;
  /** Settles when the core listens for the first time, or with its exit code when it will not. `staff`: its staff socket, if it has one. */
  readonly ready: Promise<{ readonly staff: string | null } | number>;
  /** Settles when the core is down for good. */
  readonly ended: Promise<number>;
  stop(): Promise<void>;
}

/**
 * The core as a process of its own, started again whenever it dies (not for bad settings: exit code 2), and killed when its event loop
 * stands still: a core that hangs looks alive to the system and answers nobody.
 */
export function startCore(options: CoreProcessOptions): CoreProcess {
  const { node, entry, args, timers, log, onLine, silence = SILENCE } = options;
  let listening: (said: { staff: string | null }) => void = () => {};
  const first = new Promise<{ staff: string | null }>((resolve) => {
    listening = resolve;
  });
  let begins: () => void = () => {};
  const begun = new Promise<null>((resolve) => {
    begins = () => resolve(null);
  });
  const watch = watchSilence(timers, silence, (afterMs) => {
    log('core.silent', { afterMs });
    leaveWord(options.stoodStill);
    child.kill();
  });
  const child = keepRunning({
    command: node,
    args: [NO_DEBUGGER, entry, ...args],
    env: coreEnvironment(process.env),
    timers,
    finalCodes: [BAD_SETTINGS],
    onStart: watch.started,
    onLine(line) {
      const said = saidBy(line);
      switch (said.type) {
        case 'beat':
          begins();
          watch.heard();
          return;
        case 'listening':
          begins();
          watch.listening();
          listening({ staff: said.staff });
          return;
        case 'other':
          onLine(line);
      }
    },
    onEnd: watch.ended,
    onRestart: (exit) => log('core.exited', exit),
  });
  return {
    begun: Promise.race([begun, child.ended]),
    ready: Promise.race([first, child.ended]),
    ended: child.ended,
    stop: child.stop,
  };
}

/** Without it the next core meets a freeze like a crash. */
function leaveWord(path: string): void {
  try {
    writeFileSync(path, '');
  } catch {}
}

type Said = { readonly type: 'beat' | 'other' } | { readonly type: 'listening'; readonly staff: string | null };

function saidBy(line: string): Said {
  if (!line.includes('"listening"') && !line.includes('"beat"')) return { type: 'other' };
  try {
    const message: unknown = JSON.parse(line);
    if (typeof message !== 'object' || message === null || !('type' in message)) return { type: 'other' };
    if (message.type === 'beat') return { type: 'beat' };
    if (message.type !== 'listening') return { type: 'other' };
    return { type: 'listening', staff: 'staff' in message && typeof message.staff === 'string' ? message.staff : null };
  } catch {
    return { type: 'other' };
  }
}
