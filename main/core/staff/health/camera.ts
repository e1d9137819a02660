import { readdir } from 'node:fs/promises';
import { type CheckOf, found } from './check.ts';

/**
 * The system knows a camera. The core has no right to look through one (it is the page's), and on an installed kiosk does not even see
 * /dev/video*: the kernel's own list says enough. @param folder /sys/class/video4linux
 */
export const cameraCheck =
  (platform: NodeJS.Platform, folder: string): CheckOf<'camera'> =>
  async () => {
    if (platform !== 'linux') return found('unknown', 'cannot-tell');
    const names = (await readdir(folder).catch(() => [])).filter((name) => /^video\d+$/.test(name));
    return names.length > 0 ? found('good', 'there', { count: names.length }) : found('warning', 'none');
  };
