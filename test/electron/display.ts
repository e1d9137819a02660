import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const XVFB = '/usr/bin/xvfb-run';

/** Where a spec finds the pixels of the display it runs on (framebuffer.ts); not set on a display that is not ours. */
export const FRAMEBUFFER = 'MADOGUCHI_FRAMEBUFFER';

/**
 * What a command is run inside of to have a display of its own, with a window manager, as every kiosk has one: without it, nothing gives a
 * window back its full screen to the pixel. Empty where only the display at hand can be used.
 */
export function displayCommand(): string[] {
  if (!existsSync(XVFB)) return [];
  const folder = mkdtempSync(join(tmpdir(), 'mado-display-'));
  const manager = existsSync('/usr/bin/openbox') ? 'openbox 2>/dev/null & manager=$!' : 'manager=';
  const inside = `folder=$1; shift; ${manager}; "$@"; code=$?; kill $manager 2>/dev/null; rm -rf "$folder"; exit $code`;
  const screen = `-screen 0 1080x1920x24 -fbdir ${folder}`;
  return [XVFB, '-a', '-s', screen, 'env', `${FRAMEBUFFER}=${join(folder, 'Xvfb_screen0')}`, 'sh', '-c', inside, 'sh', folder];
}
