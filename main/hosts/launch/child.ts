import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Timers } from '../../transport/timers.ts';

export interface ChildOptions {
  readonly command: string;
  /** A function: asked at every start. */
  readonly args: readonly string[] | (() => readonly string[]);
  readonly env?: NodeJS.ProcessEnv;
  /** Run as another user (only root can). */
  readonly uid?: number;
  readonly gid?: number;
  readonly timers: Timers;
  /** Exit codes after which starting again cannot help. */
  readonly finalCodes: readonly number[];
  /** One line of its standard output. Its standard error goes to ours. */
  readonly onLine: (line: string) => void;
  /** A process was started. */
  readonly onStart?: () => void;
  /** It is gone, asked or unasked. */
  readonly onEnd?: () => void;
  /** It ended unasked and will be started again. `code`: -1 when a signal ended it, or when it could not be started at all. */
  readonly onRestart: (exit: { code: number; signal: string; restartInMs: number }) => void;
}

export interface Child {
  /** Settles when no further start will come: with the final exit code, or 0 after `stop`. */
  readonly ended: Promise<number>;
  /** SIGTERM, and SIGKILL after five seconds. */
  stop(): Promise<void>;
}

export interface KeptChild extends Child {
  /** SIGKILL, for one that answers no more; it is started again. */
  kill(): void;
}

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 10_000;
/** Up so long: the next crash is a new story, and waits the shortest time again. */
const STEADY_MS = 60_000;
const KILL_AFTER_MS = 5000;

/** Starts a program and starts it again whenever it dies: after 200 ms, then twice as long each time, at most 10 s. */
export function keepRunning(options: ChildOptions): KeptChild {
  const { command, args, env, uid, gid, timers, finalCodes, onLine, onStart, onEnd, onRestart } = options;
  let child: ChildProcess | null = null;
  let wait = FIRST_WAIT_MS;
  let timer: unknown = null;
  let stopping = false;
  let settle: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    settle = resolve;
  });

  const start = () => {
    const startedAt = timers.now();
    // The open standard input is a life line: it closes when we die, however we die.
    const running = spawn(command, typeof args === 'function' ? args() : args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      ...(env === undefined ? {} : { env }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    child = running;
    running.stdin.on('error', () => {});
    createInterface({ input: running.stdout }).on('line', onLine);
    let over = false;
    const exited = (code: number, signal: string) => {
      if (over) return;
      over = true;
      child = null;
      onEnd?.();
      if (stopping) settle(0);
      else if (finalCodes.includes(code)) settle(code);
      else {
        if (timers.now() - startedAt > STEADY_MS) wait = FIRST_WAIT_MS;
        onRestart({ code, signal, restartInMs: wait });
        timer = timers.setTimeout(start, wait);
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
    };
    running.once('exit', (code, signal) => exited(code ?? -1, signal ?? 'none'));
    running.once('error', () => exited(-1, 'not-started'));
    onStart?.();
  };
  start();

  return {
    ended,
    kill: () => void child?.kill('SIGKILL'),
    async stop() {
      stopping = true;
      timers.clearTimeout(timer);
      const running = child;
      if (running === null) settle(0);
      else {
        running.stdin?.end();
        running.kill('SIGTERM');
        const kill = timers.setTimeout(() => running.kill('SIGKILL'), KILL_AFTER_MS);
        void ended.then(() => timers.clearTimeout(kill));
      }
      await ended;
    },
  };
}
