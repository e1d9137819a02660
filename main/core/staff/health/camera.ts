import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckOf, found } from './check.ts';

/** As the contract bounds a fact. */
const LONGEST = 120;

/**
 * The system knows a camera. The core has no right to look through one (it is the page's), and on an installed kiosk does not even see
 * /dev/video*: the kernel's own list says enough. @param folder /sys/class/video4linux
 */
export const cameraCheck =
  (platform: NodeJS.Platform, folder: string): CheckOf<'camera'> =>
  async () => {
    if (platform !== 'linux') return found('unknown', 'cannot-tell');
    const names = (await readdir(folder).catch(() => [])).filter((name) => /^video\d+$/.test(name));
    if (names.length === 0) return found('warning', 'none');
    // What the settings name a camera by. One camera has several inputs of one name.
    const read = await Promise.all(names.map((name) => readFile(join(folder, name, 'name'), 'utf8').catch(() => '')));
    const labels = [...new Set(read.map((label) => label.trim()).filter((label) => label !== ''))].toSorted();
    return found('good', 'there', { count: names.length, names: labels.join(', ').slice(0, LONGEST) });
  };
