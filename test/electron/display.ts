import { existsSync } from 'node:fs';

const XVFB = '/usr/bin/xvfb-run';

/**
 * What a command is run inside of to have a display of its own, with a window manager, as every kiosk has one: without it, nothing gives a
 * window back its full screen to the pixel. Empty where only the display at hand can be used.
 */
export function displayCommand(): string[] {
  if (!existsSync(XVFB)) return [];
  const manager = existsSync('/usr/bin/openbox')
    ? ['sh', '-c', 'openbox 2>/dev/null & "$@"; code=$?; kill $!; exit $code', 'sh']
    : [];
  return [XVFB, '-a', '-s', '-screen 0 1080x1920x24', ...manager];
}
