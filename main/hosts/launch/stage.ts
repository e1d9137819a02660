import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../contract/result.ts';

const Project = z.object({ name: z.string(), productName: z.string(), version: z.string(), description: z.string() });
const Profile = z.object({ environment: z.string().optional() });

const readProject = (root: string) => Project.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** The archive's content: the window's two bundles. */
export function stageApp(root: string, into: string): void {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  for (const name of ['main.cjs', 'preload.cjs']) cpSync(join(root, 'dist/electron', name), join(into, name));
  writeJson(join(into, 'package.json'), { ...readProject(root), author: 'Madoguchi', main: 'main.cjs' });
}

function wholeFont(name: string, ...files: readonly string[]): string[] {
  return ['LICENSE', 'LICENSE_FONT', 'package.json', ...files].map((file) => `node_modules/@expo-google-fonts/${name}/${file}`);
}

/** What lies beside the bundles at run time, from the root. */
export const BESIDE = [
  // Whole fonts: the printed report, and what the small files of the slips' font lack (main/core/print/draw/fonts.ts).
  ...wholeFont('biz-udpgothic', '400Regular/BIZUDPGothic_400Regular.ttf', '700Bold/BIZUDPGothic_700Bold.ttf'),
  ...wholeFont('noto-sans-jp', '400Regular/NotoSansJP_400Regular.ttf'),
  'dist/renderer',
  'native/pcsc/build/Release/pcsc.node',
  'native/systemd-notify/build/Release/systemd_notify.node',
  'node_modules/better-sqlite3/LICENSE',
  'node_modules/better-sqlite3/package.json',
  'node_modules/better-sqlite3/lib',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node',
  'node_modules/@resvg/resvg-js/LICENSE',
  'node_modules/@resvg/resvg-js/package.json',
  'node_modules/@resvg/resvg-js/index.js',
  'node_modules/@resvg/resvg-js/js-binding.js',
  'node_modules/@resvg/resvg-js-linux-x64-gnu',
];

/** The font of slips: its list of files, and of these the ones that are read (main/core/print/draw/fonts.ts). */
const SLIP_FONT = 'node_modules/@fontsource/biz-udgothic';
const isSlipFont = (name: string) => /^biz-udgothic-(?!japanese-).*\.woff$/.test(name);

function stageSlipFont(root: string, into: string): string | null {
  const from = join(root, SLIP_FONT);
  if (!existsSync(from)) return `${SLIP_FONT} is missing (npm install)`;
  for (const name of ['LICENSE', 'package.json', 'unicode.json']) cpSync(join(from, name), join(into, SLIP_FONT, name));
  for (const name of readdirSync(join(from, 'files')).filter(isSlipFont))
    cpSync(join(from, 'files', name), join(into, SLIP_FONT, 'files', name));
  return null;
}

/**
 * Puts beside the bundles in `into` what the core and its children read at run time, at the same places below the root as in the
 * sources. Profiles of the sandbox stay out.
 * @returns the profiles that are in, or a sentence that names what is missing
 */
export function stageKiosk(root: string, into: string): Result<string[], string> {
  for (const path of BESIDE) {
    if (!existsSync(join(root, path))) return err(`${path} is missing (npm run build)`);
    cpSync(join(root, path), join(into, path), { recursive: true });
  }
  const font = stageSlipFont(root, into);
  if (font !== null) return err(font);
  const { name, version } = readProject(root);
  writeJson(join(into, 'package.json'), { name, version, type: 'module' });

  const config = join(root, 'kiosk-config');
  const target = join(into, 'kiosk-config');
  cpSync(config, target, { recursive: true, filter: (path) => path !== join(config, 'profiles') });
  mkdirSync(join(target, 'profiles'), { recursive: true });
  const profiles = readdirSync(join(config, 'profiles')).filter((file) => {
    const { environment } = Profile.parse(JSON.parse(readFileSync(join(config, 'profiles', file), 'utf8')));
    return environment !== 'sandbox';
  });
  for (const file of profiles) cpSync(join(config, 'profiles', file), join(target, 'profiles', file));
  return ok(profiles);
}
