import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A real file system of its own on a loop device, whose power can be cut. */
export interface Device {
  readonly path: string;
  /** Everything that was not written to the device by now is gone; the file system answers with errors from here on. */
  cut(): void;
  /** Mounts what stands on the device now, as after a restart of the machine; its log is replayed. */
  again(): void;
  remove(): void;
}

export const fileSystems = ['ext4', 'xfs'] as const;
export type FileSystem = (typeof fileSystems)[number];

/** xfs makes none that is smaller. The image is sparse. */
const SIZES: Record<FileSystem, number> = { ext4: 64 * 1024 * 1024, xfs: 300 * 1024 * 1024 };
const TOOLS = ['mkfs.ext4', 'mkfs.xfs', 'xfs_io', 'mount', 'umount'];

const quiet = (command: string, args: readonly string[]) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });

/** @returns in one line why there can be none here; null: there can */
export function whyNoDevices(folder: string): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  const missing = TOOLS.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
  if (missing.length > 0) return `needs ${missing.join(', ')} (Debian: e2fsprogs, xfsprogs, mount)`;
  try {
    makeDevice(folder, 'probe', 'ext4').remove();
    return null;
  } catch {
    return 'no loop device can be mounted';
  }
}

/** @param folder for the image and the place it is mounted at; memory or a real disk */
export function makeDevice(folder: string, name: string, fileSystem: FileSystem): Device {
  let image = join(folder, `${name}.img`);
  const path = join(folder, name);
  const file = openSync(image, 'w');
  ftruncateSync(file, SIZES[fileSystem]);
  closeSync(file);
  mkdirSync(path, { recursive: true });
  if (fileSystem === 'ext4') quiet('mkfs.ext4', ['-q', '-F', image]);
  else quiet('mkfs.xfs', ['-q', '-f', image]);
  // xfs mounts no second file system of one name, and the one before the cut may be alive still.
  const options = fileSystem === 'xfs' ? 'loop,nouuid' : 'loop';
  const mount = () => quiet('mount', ['-o', options, image, path]);
  mount();
  let isCut = false;
  return {
    path,
    cut() {
      isCut = true;
      // Without -f its log is not flushed first.
      quiet('xfs_io', ['-x', '-c', 'shutdown', path]);
    },
    again() {
      if (!isCut) quiet('sync', ['-f', path]);
      // A copy is mounted: whoever has made a mount namespace meanwhile keeps the old file system alive, shut down as it is, and mounting its image
      // again would only show that one.
      const old = image;
      image = join(folder, `${name}-again.img`);
      quiet('cp', ['--sparse=always', old, image]);
      quiet('umount', ['-l', path]);
      rmSync(old, { force: true });
      mount();
    },
    remove() {
      spawnSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
      rmSync(image, { force: true });
    },
  };
}
