import { fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { LINE_FD, LONGEST_ANSWER, lineFrame, lineReader } from '../../contract/card-line.ts';
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
      stdio: ['ignore', 'ignore', 'inherit', 'ipc', 'pipe'],
    });
    const line = child.stdio[LINE_FD] as Socket;
    // Broken or closed: `onExit` tells.
    line.on('error', () => {});
    return {
      send(request) {
        if (child.connected) child.send(request, () => {});
      },
      command(frame) {
        const bytes = lineFrame(frame);
        // Called when the kernel has it, and also when the host is gone.
        line.write(bytes, () => bytes.fill(0));
      },
      onAnswer(listener) {
        const read = lineReader(LONGEST_ANSWER);
        line.on('data', (piece) => {
          const frames = read(piece);
          if (frames === null) listener(null);
          else for (const frame of frames) listener(frame);
        });
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
