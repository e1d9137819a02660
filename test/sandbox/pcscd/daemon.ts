import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { USB_EVENTS, virtualUsb } from './usb/virtual-usb.ts';

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

const SOCKET = '/run/pcscd/pcscd.comm';
/** In the private /run/pcscd: gone with the run. */
const USB_FOLDER = '/run/pcscd/virtual-usb';

async function start(command: string, args: readonly string[], ready: () => boolean, env: NodeJS.ProcessEnv): Promise<void> {
  const running = pidOf();
  if (running !== null && alive(running)) return;
  const daemon: ChildProcess = spawn(command, args, { stdio: 'ignore', detached: true, env: { ...process.env, ...env } });
  daemon.unref();
  daemon.on('error', () => {});
  writeFileSync(PID_FILE, String(daemon.pid ?? 0));
  await until(() => existsSync(SOCKET) && ready(), 'pcscd');
}

/**
 * Starts pcscd with the virtual reader in this process's namespace, unless one runs, and waits until both answer.
 * @throws when it does not start
 */
export async function startPcscd(): Promise<void> {
  await start(PROGRAM, ['--foreground'], () => VPCD_PORTS.every(listens), {});
}

/** Starts pcscd with a USB reader that is not plugged in yet. @throws when it does not start, or one runs already */
export async function startPcscdWithUsb(): Promise<void> {
  if (pidOf() !== null) throw new Error('another pcscd runs');
  const { udev, drivers, config } = virtualUsb(USB_FOLDER);
  // A mount namespace of its own: the place of drivers is compiled in, and this changes it for one pcscd alone.
  const script = `mount --bind ${drivers} /usr/lib/pcsc/drivers && LD_PRELOAD=${udev} exec ${PROGRAM} --foreground --config ${config}`;
  await start('unshare', ['--mount', 'sh', '-c', script], () => true, { MADOGUCHI_USB_EVENTS: USB_EVENTS });
}

/** Plugs the USB reader in, and waits until a card can be laid on either slot. */
export async function plugIn(): Promise<void> {
  writeFileSync(USB_EVENTS, 'a');
  await until(() => VPCD_PORTS.every(listens), 'the USB reader');
}

/** Unplugs it, with whatever lies on it. */
export async function unplug(): Promise<void> {
  writeFileSync(USB_EVENTS, 'r');
  await until(() => !VPCD_PORTS.some(listens), 'the end of the USB reader');
}

/** Ends the pcscd of this namespace. @param signal SIGKILL: as a crash does */
export async function endPcscd(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  const pid = pidOf();
  if (pid === null || !alive(pid)) return;
  process.kill(pid, signal);
  await until(() => !alive(pid), 'the end of pcscd');
  // A killed one leaves its socket behind, which the next one would take for a running daemon.
  for (const file of [PID_FILE, SOCKET]) rmSync(file, { force: true });
}

/** Stops the pcscd of this namespace in its tracks, or lets it go on. */
export function hangPcscd(hang: boolean): void {
  const pid = pidOf();
  if (pid !== null) process.kill(pid, hang ? 'SIGSTOP' : 'SIGCONT');
}
