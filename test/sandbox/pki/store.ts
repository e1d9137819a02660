import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Replaces a file in one step, so that a reader sees the old or the new one, never a part. Private keys: owner only. */
export async function writeWhole(dir: string, name: string, data: Uint8Array | string): Promise<void> {
  const part = join(dir, `.${name}.${randomUUID()}`);
  await writeFile(part, data, { mode: 0o600 });
  await rename(part, join(dir, name));
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const tryLock = async (path: string): Promise<boolean> => {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
};

const isAbandoned = async (path: string): Promise<boolean> => {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  return Number.isInteger(pid) && pid > 0 && !alive(pid);
};

/**
 * Runs `work` while no other process works on `dir` (several test workers ask for the same PKI at once).
 * A lock whose process is gone is taken over. The lock lies beside the directory, not in it.
 */
export async function withLock<T>(dir: string, work: () => Promise<T>, waitMs = 180_000): Promise<T> {
  const path = `${dir}.lock`;
  await mkdir(dirname(path), { recursive: true });
  const deadline = performance.now() + waitMs;
  while (!(await tryLock(path))) {
    if (await isAbandoned(path)) await rm(path, { force: true });
    else if (performance.now() > deadline) throw new Error(`another process holds ${path}; remove it if that process is gone`);
    else await sleep(50);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}
