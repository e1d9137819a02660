import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { cLibrary } from '../../support/c-library.ts';

/** The library, or in one line why it cannot be had. */
export const failIoLibrary = () => cLibrary(join(import.meta.dirname, 'fail-io.c'));

/** What fails from now on. `part`: only files whose path contains it. `how`: an errno, `short` or `torn`. `times` 0: for ever. */
export interface Plan {
  readonly ops: string;
  readonly nth: number;
  readonly times: number;
  readonly how: number | 'short' | 'torn';
  readonly part: string;
}

/** Tells the library something; only in a process that it is loaded into. @throws when it is not */
const tell = (command: string): void => closeSync(openSync(`/.fail-io/${command}`, 'r'));

export const failIo = {
  watch: (folder: string) => tell(`watch/${folder}`),
  /** Nothing is watched any more. */
  forget: () => tell('forget'),
  beginLog: (path: string) => tell(`log/${path}`),
  endLog: () => tell('log/'),
  plan: ({ ops, nth, times, how, part }: Plan) => tell(`plan/${ops},${nth},${times},${how},${part}`),
  clear: () => tell('clear'),
  /** As after kill -9: what is done from now on does not happen, and says that it did. */
  die: () => tell('dead/1'),
  live: () => tell('dead/0'),
};
