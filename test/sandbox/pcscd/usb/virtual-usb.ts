import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A USB reader that can be unplugged under a real pcscd: pcscd's own hotplug code runs, only libudev (udev.c) and the opening of the device
 * (driver.c) are ours; slots and cards are Debian's vpcd. It has two slots, on the ports of vpcd.
 */
export interface VirtualUsb {
  /** To be loaded before libudev. */
  readonly udev: string;
  /** What /usr/lib/pcsc/drivers is for this pcscd. */
  readonly drivers: string;
  /** An empty folder: no serial reader. */
  readonly config: string;
}

/** Names of its two slots. */
export const USB_READERS = ['Virtual USB 00 00', 'Virtual USB 00 01'] as const;
/** The pipe that plugs in ('a') and out ('r'). */
export const USB_EVENTS = '/run/pcscd/usb';

const here = import.meta.dirname;
const VPCD = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';

/**
 * Compiles it, unless that was done (half a second; gcc and libpcsclite-dev, which the addon needs too).
 * @param folder that this alone uses @throws what the compiler says
 */
export function virtualUsb(folder: string): VirtualUsb {
  const made = { udev: join(folder, 'udev.so'), drivers: join(folder, 'drivers'), config: join(folder, 'config') };
  if (existsSync(made.config)) return made;
  const bundle = join(made.drivers, 'usb.bundle/Contents');
  const binaries = join(bundle, 'Linux');
  mkdirSync(binaries, { recursive: true });
  copyFileSync(join(here, 'Info.plist'), join(bundle, 'Info.plist'));
  // Under the name that our library asks for; Debian's file name has one number more.
  const vpcd = join(binaries, 'libifdvpcd.so.0');
  copyFileSync(VPCD, vpcd);
  const gcc = (...args: string[]) => execFileSync('gcc', ['-shared', '-fPIC', '-O1', ...args], { stdio: 'pipe' });
  gcc('-o', made.udev, join(here, 'udev.c'));
  const linked = ['-Wl,--no-as-needed', vpcd, '-Wl,-rpath,$ORIGIN'];
  gcc('-I/usr/include/PCSC', '-o', join(binaries, 'libusbpcd.so'), join(here, 'driver.c'), ...linked);
  execFileSync('mkfifo', [USB_EVENTS]);
  mkdirSync(made.config);
  return made;
}
