import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { v7 } from 'uuid';
import type { Settings } from '../../contract/config.ts';
import type { Clock, RandomBytes } from '../../core/ports.ts';
import type { Boot } from '../../core/sync/platform-time.ts';
import { CAMERAS_FOLDER } from '../../core/system/linux-places.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

/** Where the system does not name its boot (it is not Linux) every run of the core counts as one. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return v7();
  }
}

/** The machine's run since it was switched on; on Linux its uptime goes on while it sleeps (CLOCK_BOOTTIME). */
export const systemBoot: Boot = { id: bootId(), uptimeMs: () => uptime() * 1000 };

export const systemRandom: RandomBytes = (length) => randomBytes(length);

/** UUIDv7 (RFC 9562). */
export const newId = (): string => v7();

/** Which system this is, for what differs by it. */
export const systemPlatform: NodeJS.Platform = process.platform;

/** The core needs no right to look through a camera. One is there, or nobody can tell: another system, or a sandbox, whose browser brings one of its own. */
export function cameraMayBeThere(
  platform: NodeJS.Platform,
  environment: Settings['environment'],
  folder = CAMERAS_FOLDER,
): boolean {
  if (platform !== 'linux' || environment === 'sandbox') return true;
  try {
    return readdirSync(folder).some((name) => /^video\d+$/.test(name));
  } catch {
    return false;
  }
}
