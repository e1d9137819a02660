import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unreachable } from '../../../main/contract/result.ts';

const DAY_MS = 24 * 3_600_000;
const LOOK_MS = 500;
const SAID_EVERY_MS = 5000;

export interface FetchOptions {
  /** Holds `node_modules/electron`; the note of a failure goes into its `.cache`. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  /** Epoch ms. */
  readonly now: () => number;
  /** So long no byte may come. */
  readonly silentMs: number;
}

/** `silent`: no byte came for too long. `failed`: its own program said no (a refusal, a wrong checksum, no room). `lately`: it failed within a day. */
export type Fetched = 'fetched' | 'silent' | 'failed' | 'lately';

const noteOf = (root: string) => join(root, '.cache/electron-failed');

function failedLately({ root, now }: FetchOptions): boolean {
  const note = noteOf(root);
  const age = existsSync(note) ? now() - Number(readFileSync(note, 'utf8')) : Number.NaN;
  return age >= 0 && age < DAY_MS;
}

function bytesBelow(folder: string): number {
  let sum = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    sum += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  return sum;
}

/** @returns whether `install-electron` ended well; `silent`: it was ended, because nothing came any more */
async function install(options: FetchOptions, work: string): Promise<'fetched' | 'silent' | 'failed'> {
  const { root, env, say, now, silentMs } = options;
  const program = join(root, 'node_modules/electron/install.js');
  // Its temporary folder is ours, so that what has come can be counted.
  const child = spawn(process.execPath, [program], {
    cwd: root,
    stdio: 'ignore',
    env: { ...env, TMPDIR: work, TEMP: work, TMP: work, ELECTRON_GET_NO_PROGRESS: '1' },
  });
  let bytes = 0;
  let movedAt = now();
  let saidAt = now();
  let silent = false;
  const look = setInterval(() => {
    const have = bytesBelow(work);
    if (have !== bytes) movedAt = now();
    bytes = have;
    if (now() - saidAt >= SAID_EVERY_MS) {
      saidAt = now();
      say(`Electron: ${Math.round(bytes / 1e6)} MB so far ...`);
    }
    if (now() - movedAt < silentMs) return;
    silent = true;
    child.kill('SIGKILL');
  }, LOOK_MS);
  const code = await new Promise<number | null>((settle) => {
    child.once('error', () => settle(null));
    child.once('exit', (end) => settle(end));
  });
  clearInterval(look);
  if (silent) return 'silent';
  return code === 0 ? 'fetched' : 'failed';
}

/**
 * Lets the electron package's own program fetch the runtime, which it checks against the checksums that came with the package. Nobody waits long: a
 * line that gives nothing ends it, and after a failure it is not tried again for a day.
 */
export async function fetchElectron(options: FetchOptions): Promise<Fetched> {
  const { root, now, say } = options;
  if (failedLately(options)) return 'lately';
  say('Electron: is being fetched, about 110 MB, once ...');
  const work = mkdtempSync(join(tmpdir(), 'madoguchi-electron-'));
  const done = await install(options, work);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(join(root, '.cache'), { recursive: true });
  if (done === 'fetched') rmSync(noteOf(root), { force: true });
  else writeFileSync(noteOf(root), String(now()));
  return done;
}

/** The one line that says why there is no Electron. */
export function whyNoElectron(fetched: Exclude<Fetched, 'fetched'>): string {
  const again = 'tried again in a day, or now when .cache/electron-failed is removed';
  switch (fetched) {
    case 'silent':
      return `no Electron: nothing came for a minute (${again})`;
    case 'failed':
      return `no Electron: it cannot be fetched here (${again})`;
    case 'lately':
      return `no Electron: it could not be fetched within the last day (${again})`;
    default:
      return unreachable(fetched);
  }
}
