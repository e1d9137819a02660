import { buildAddon } from '../build-addon.mjs';

// Nothing but Linux has systemd.
if (process.platform === 'linux') buildAddon(import.meta.dirname, 'systemd_notify');
