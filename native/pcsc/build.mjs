import { buildAddon } from '../build-addon.mjs';

buildAddon(import.meta.dirname, 'pcsc');
