import { isAbsolute } from 'node:path';
import { err, ok, type Result } from '../../contract/result.ts';

/** What the Electron host is started with. */
export interface ScreenArguments {
  /** The core's local socket: a path, or a named pipe. It need not exist yet. */
  readonly socket: string;
  /** Folder of the built page. */
  readonly page: string;
}

/** What an Electron that is not packaged may find before our own arguments: its app, loaded early (`-r`), and a debugger's ports. */
const RUNTIME = [/^-r$/, /^--inspect=\d+$/, /^--remote-debugging-port=\d+$/];

/**
 * Takes exactly `--socket=PATH --page=DIR`, in any order. Everything else is refused, and so is every Chromium switch: fuses do not close
 * `--remote-debugging-port`, and `--no-sandbox`, `--proxy-server` or `--renderer-cmd-prefix` are as bad (SOURCES.md, Electron:
 * start switches).
 * Only a run from the sources may have a debugger.
 * @param argv as in `process.argv` @returns the arguments, or one sentence that says what is wrong
 */
export function parseScreenArguments(argv: readonly string[], packaged: boolean): Result<ScreenArguments, string> {
  const given = packaged ? argv.slice(1) : afterRuntime(argv.slice(1));
  const found = new Map<string, string>();
  for (const argument of given) {
    const [, name, value] = /^--(socket|page)=(.+)$/s.exec(argument) ?? [];
    if (name === undefined || value === undefined) return err(`${nameOf(argument)}: no such argument`);
    if (found.has(name)) return err(`--${name}: given twice`);
    if (!isAbsolute(value)) return err(`--${name}: wants an absolute path`);
    found.set(name, value);
  }
  const socket = found.get('socket');
  const page = found.get('page');
  if (socket === undefined || page === undefined) return err('--socket=PATH and --page=DIR are wanted');
  return ok({ socket, page });
}

function afterRuntime(argv: readonly string[]): readonly string[] {
  let at = 0;
  while (RUNTIME.some((known) => known.test(argv[at] ?? ''))) at += argv[at] === '-r' ? 2 : 1;
  // The app itself; if a switch stands in its place, that is refused like any other.
  return argv[at]?.startsWith('-') === false ? argv.slice(at + 1) : argv.slice(at);
}

/** The name alone: a value might be anything. */
const nameOf = (argument: string) => argument.split('=')[0]?.slice(0, 60) ?? '';
