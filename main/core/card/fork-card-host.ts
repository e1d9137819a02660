import { fork } from 'node:child_process';
import type { HostProcess } from './host-process.ts';

/** What a card host may know of the core's environment. */
const PASSED_ON = ['PATH', 'LANG', 'PCSCLITE_CSOCK_NAME', 'MADOGUCHI_VIRTUAL_READER_PORT', 'SystemRoot'];

export interface CardHostProgram {
  /** File of the host's program. */
  readonly entry: string;
  /** Beside what every host gets. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a card host as a child process on our own Node. */
export function forkCardHost({ entry, env: own = {} }: CardHostProgram): () => HostProcess {
  return () => {
    const env = Object.fromEntries(
      PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    );
    const child = fork(entry, [], {
      serialization: 'advanced',
      env: { ...env, ...own },
      // No debugger opens at SIGUSR1.
      execArgv: ['--disable-sigusr1'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    return {
      send(request) {
        if (child.connected) child.send(request, () => {});
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit(listener) {
        let over = false;
        const tell = (code: number, signal: string) => {
          if (over) return;
          over = true;
          listener({ code, signal });
        };
        child.once('exit', (code, signal) => tell(code ?? -1, signal ?? 'none'));
        child.once('error', () => tell(-1, 'not-started'));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
