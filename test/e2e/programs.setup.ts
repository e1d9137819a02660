import { join, resolve } from 'node:path';
import { bundle } from '../support/bundle.ts';

const FOLDER = resolve(import.meta.dirname, '../../.cache/programs');
const STARTED = [
  'main/hosts/launch/launch.ts',
  'main/hosts/core/index.ts',
  'test/sandbox/platform/main.ts',
  'test/sandbox/virtual-reader/host-main.ts',
];

/** Nearly every test starts these anew, each a process of its own; bundled they start in half the processor time. */
// biome-ignore lint/style/noDefaultExport: Playwright looks for it
export default async function bundlePrograms(): Promise<void> {
  for (const entry of STARTED) await bundle(entry, FOLDER);
  process.env.MADOGUCHI_PROGRAMS = FOLDER;
  process.env.MADOGUCHI_CORE_ENTRY = join(FOLDER, 'main/hosts/core/bundle.js');
}
