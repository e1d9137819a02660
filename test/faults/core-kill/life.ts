import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { dialLocal } from '../../../main/transport/local-socket.ts';
import { drivePage, type PageDriver } from '../../support/page-driver.ts';
import { Told } from './told.ts';

/** One run of the core's process, from start to death. */
export interface Life {
  readonly page: PageDriver;
  /** Resolves with the first message of that kind, also when it came already. */
  told<T extends Told['type']>(type: T): Promise<Extract<Told, { type: T }>>;
  lay(): void;
  off(): void;
  kill(): void;
  /** The signal or code it ended with. */
  readonly ended: Promise<string>;
}

export interface LifeOptions {
  readonly data: string;
  readonly socket: string;
  readonly set: readonly string[];
  readonly point: string | null;
  readonly delayMs: number;
  /** What is run: the sources, when not said. */
  readonly child?: string | undefined;
}

const CHILD = join(import.meta.dirname, 'child.ts');
const COMPILED = join(import.meta.dirname, '../../../.cache/compiled');

function startChild({ data, socket, set, point, delayMs, child = CHILD }: LifeOptions): ChildProcess {
  return fork(
    child,
    [
      ...['--data', data, '--socket', socket, '--delay', String(delayMs)],
      ...(point === null ? [] : ['--point', point]),
      ...set.flatMap((pair) => ['--set', pair]),
    ],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // Two processes for each round: they start in half the time when Node keeps what it compiled.
      env: { ...process.env, NODE_COMPILE_CACHE: COMPILED },
    },
  );
}

/** @returns null when it died before it listened */
export async function startLife(options: LifeOptions): Promise<{ life: Life | null; ended: Promise<string> }> {
  const child = startChild(options);
  const messages: Told[] = [];
  const waiting = new Set<() => void>();
  let gone = false;
  const look = () => {
    for (const check of [...waiting]) check();
  };
  child.on('message', (message) => {
    messages.push(Told.parse(message));
    look();
  });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      gone = true;
      resolve(signal ?? String(code));
      look();
    });
  });
  const told: Life['told'] = <T extends Told['type']>(type: T) =>
    new Promise<Extract<Told, { type: T }>>((resolve, reject) => {
      const check = () => {
        const found = messages.find((one): one is Extract<Told, { type: T }> => one.type === type);
        if (found === undefined && !gone) return;
        waiting.delete(check);
        if (found === undefined) reject(new Error(`the core ended before it was ${type}`));
        else resolve(found);
      };
      waiting.add(check);
      check();
    });
  const listening = await told('listening').then(
    () => true,
    () => false,
  );
  const port = listening ? await dialLocal(options.socket) : null;
  if (port === null) return { life: null, ended };
  // An order to a dead process is the same as one that came too late.
  const order = (word: string) => void child.send(word, () => {});
  const life: Life = {
    page: drivePage(port),
    told,
    lay: () => order('lay'),
    off: () => order('off'),
    kill: () => void child.kill('SIGKILL'),
    ended,
  };
  return { life, ended };
}
