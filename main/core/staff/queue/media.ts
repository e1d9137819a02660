import { readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';

/** As the contract bounds a QueueView. */
const MOST = 8;

/**
 * The media there are now: the folders of `settings.staff.mediaFolder` that something is mounted on. A folder that is left over from
 * a medium long gone lies on the kiosk's own disk, and a file there would never reach the platform.
 * @param plain sandbox only: any folder counts
 */
export function listMedia(folder: string, plain: boolean): string[] {
  const above = statOf(folder);
  if (above === null) return [];
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name.length <= 80)
      .filter(({ name }) => plain || isMounted(statOf(join(folder, name)), above))
      .map(({ name }) => name)
      .sort()
      .slice(0, MOST);
  } catch {
    return [];
  }
}

/** Another device than the folder above it. */
const isMounted = (here: Stats | null, above: Stats): boolean => here !== null && here.dev !== above.dev;

function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

/** The folder of a medium that is there now; null: it is not (a name that was made up leads nowhere). */
export function mediumFolder(folder: string, plain: boolean, name: string): string | null {
  return listMedia(folder, plain).includes(name) ? join(folder, name) : null;
}
