import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Room that a run may need, bytes. A container's `/dev/shm` is often 64 MB. */
const ROOM = 2 * 1024 ** 3;

/** A disk in memory, where nothing waits for an fsync: with room, and from which an addon may be loaded. */
function memoryDisk(): string | null {
  try {
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .find(([, at]) => at === '/dev/shm');
    const { bavail, bsize } = statfsSync('/dev/shm');
    return mount !== undefined && !mount[3]?.split(',').includes('noexec') && bavail * bsize >= ROOM ? '/dev/shm' : null;
  } catch {
    return null;
  }
}

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

const NAME = 'mado-run-';

const HOUR = 3_600_000;

/** What a run left that was killed: its folder is named by its process, which is gone (or in another namespace), and nobody uses it. */
function removeDead(parent: string): void {
  for (const name of namesIn(parent)) {
    const pid = Number(new RegExp(`^${NAME}(\\d+)-`).exec(name)?.[1]);
    const path = join(parent, name);
    const used = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (!Number.isInteger(pid) || existsSync(`/proc/${pid}`) || used > Date.now() - HOUR) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

/**
 * One folder of this run for everything temporary: `TMPDIR` of this process and of those that it starts is set to it. Within a run that has
 * one already, that one stays. Other users may enter it, as they may the system's.
 * @returns removes it
 */
export function openRunFolder(): () => void {
  if (process.env['MADOGUCHI_RUN_FOLDER'] !== undefined) return () => {};
  const before = process.env['TMPDIR'];
  const parent = memoryDisk() ?? tmpdir();
  if (process.platform === 'linux') removeDead(parent);
  const folder = mkdtempSync(join(parent, `${NAME}${process.pid}-`));
  chmodSync(folder, 0o1777);
  process.env['MADOGUCHI_RUN_FOLDER'] = folder;
  process.env['TMPDIR'] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    delete process.env['MADOGUCHI_RUN_FOLDER'];
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  };
}

let close = () => {};
/** `globalSetup` of Vitest: once for each project that runs. */
export function setup(): void {
  const before = close;
  const closeThis = openRunFolder();
  close = () => {
    closeThis();
    before();
  };
}
export const teardown = (): void => close();

/** What tests, browsers and displays call what they make; others may be at work in the system's folder meanwhile. */
const OURS = /mado|chromium|playwright|puppeteer|xvfb|vitest|electron/i;

/** Of another run beside this one, which removes it itself. */
const ofAnotherRun = (path: string) => {
  const pid = new RegExp(`/${NAME}(\\d+)-[^/]*$`).exec(path)?.[1];
  return pid !== undefined && Number(pid) !== process.pid;
};

/** @returns says what has come into the system's temp folder since, and is still there; paths */
export function watchSystemFolder(): () => string[] {
  const folders = [...new Set([tmpdir(), '/tmp', '/dev/shm'])];
  const before = new Set(folders.flatMap((folder) => namesIn(folder).map((name) => join(folder, name))));
  return () =>
    folders
      .flatMap((folder) => namesIn(folder).map((name) => join(folder, name)))
      .filter(
        (path) =>
          !before.has(path) &&
          OURS.test(path) &&
          !ofAnotherRun(path) &&
          statSync(path, { throwIfNoEntry: false })?.uid === process.getuid?.(),
      );
}
