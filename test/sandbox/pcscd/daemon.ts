import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = '/usr/sbin/pcscd';
/** Ours: pcscd writes its own only as a background daemon. */
const PID_FILE = '/run/pcscd/sandbox.pid';
/** vsmartcard-vpcd listens on this port and the next, one for each of its two slots. */
export const VPCD_PORTS = [35963, 35964] as const;

const pidOf = (): number | null => {
  const pid = existsSync(PID_FILE) ? Number(readFileSync(PID_FILE, 'utf8').trim()) : Number.NaN;
  return Number.isInteger(pid) && pid > 1 ? pid : null;
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A zombie whose parent has not looked yet is dead enough.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};

/** Whether the port is listened on, asked of the kernel: connecting would lay a card on the reader. */
const listens = (port: number): boolean =>
  readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .some((line) => line.includes(`:${port.toString(16).toUpperCase()} 00000000:0000 0A`));

async function until(done: () => boolean, what: string): Promise<void> {
  for (let n = 0; n < 400; n++) {
    if (done()) return;
    await sleep(25);
  }
  throw new Error(`${what}: not within 10 s`);
}

/**
 * Starts pcscd with the virtual reader in this process's namespace, and waits until both answer.
 * @throws when it does not start
 */
export async function startPcscd(): Promise<void> {
  const running = pidOf();
  if (running !== null && alive(running)) return;
  const daemon: ChildProcess = spawn(PROGRAM, ['--foreground'], { stdio: 'ignore', detached: true });
  daemon.unref();
  daemon.on('error', () => {});
  writeFileSync(PID_FILE, String(daemon.pid ?? 0));
  await until(() => existsSync('/run/pcscd/pcscd.comm') && VPCD_PORTS.every(listens), 'pcscd with vpcd');
}

/** Ends the pcscd of this namespace. @param signal SIGKILL: as a crash does */
export async function endPcscd(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  const pid = pidOf();
  if (pid === null || !alive(pid)) return;
  process.kill(pid, signal);
  await until(() => !alive(pid), 'the end of pcscd');
  // A killed one leaves its socket behind, which the next one would take for a running daemon.
  for (const file of [PID_FILE, '/run/pcscd/pcscd.comm']) rmSync(file, { force: true });
}
