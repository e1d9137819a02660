import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { Log } from '../../contract/log-events.ts';
import type { Clock } from '../ports.ts';
import { createEvdevReader } from './evdev.ts';
import type { ScannedText } from './scan-gate.ts';

/** A scan without a line end has ended when nothing came for so long, ms. */
const PAUSE_MS = 300;
/** How often a device that is not there is looked for, ms. */
const AGAIN_MS = 2000;

export interface ScannerDevice {
  start(): void;
  stop(): void;
  /** `denied`: it is there, and the core's user may not open it. */
  readonly state: 'there' | 'missing' | 'denied';
}

export interface ScannerDeviceDeps {
  /** `/dev/input/by-id/...-event-kbd`: a name that stays when it is plugged in elsewhere. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onScan: (scan: ScannedText) => void;
}

/**
 * The hand scanner that the settings name, read from the kernel: what it sends never passes a desktop, a browser or a page. It comes back by
 * itself when it is plugged in again. A child reads the device, because a read that waits cannot be broken off in a process.
 */
export function createScannerDevice({ path, clock, log, onScan }: ScannerDeviceDeps): ScannerDevice {
  const events = createEvdevReader();
  let child: ChildProcess | null = null;
  let pause: unknown = null;
  let again: unknown = null;
  let stopped = true;
  let told: boolean | null = null;

  const tell = (there: boolean) => {
    if (told !== there) log('scanner.device', { there });
    told = there;
  };
  const take = (chunk: Uint8Array) => {
    for (const scan of events.take(chunk)) onScan(scan);
    chunk.fill(0);
    clock.clearTimeout(pause);
    if (!events.waits) return;
    pause = clock.setTimeout(() => {
      const scan = events.pause();
      if (scan !== null) onScan(scan);
    }, PAUSE_MS);
  };
  const gone = () => {
    child = null;
    clock.clearTimeout(pause);
    events.wipe();
    if (stopped) return;
    tell(stateOf(path) === 'there');
    again = clock.setTimeout(open, AGAIN_MS);
  };
  const open = () => {
    if (stateOf(path) !== 'there') {
      gone();
      return;
    }
    tell(true);
    // Reads until the device is gone, and writes what it read; nothing else is inherited.
    const reader = spawn('/bin/cat', [path], { stdio: ['ignore', 'pipe', 'ignore'], env: {} });
    child = reader;
    reader.stdout.on('data', take);
    reader.once('error', () => undefined);
    reader.once('close', gone);
  };
  return {
    start() {
      stopped = false;
      open();
    },
    stop() {
      stopped = true;
      clock.clearTimeout(again);
      clock.clearTimeout(pause);
      child?.kill('SIGKILL');
    },
    get state() {
      return stateOf(path);
    },
  };
}

export function stateOf(path: string): ScannerDevice['state'] {
  try {
    accessSync(path, constants.R_OK);
    return 'there';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES' ? 'denied' : 'missing';
  }
}
