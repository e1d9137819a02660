import { lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Each part of a package, by the first rule that fits a file's path in it. The last takes what is left of Electron. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/^resources\/kiosk\/dist\/renderer\/.*\.(?:woff2?|ttf|otf)$/, 'page: fonts'],
  [/^resources\/kiosk\/dist\/renderer\/.*(?:face|_model)/, 'page: finding a face in a photo'],
  [/^resources\/kiosk\/dist\/renderer\/.*(?:zxing|decode-worker)/, 'page: reading codes by camera'],
  [/^resources\/kiosk\/dist\/renderer\/.*\.(?:js|css|html|svg)$/, 'page: scripts, styles, pictures'],
  [/^resources\/kiosk\/dist\/renderer\//, 'page: other'],
  [/^resources\/kiosk\/node_modules\/@(?:fontsource|expo-google-fonts)\//, 'fonts of slips and reports'],
  [/^resources\/kiosk\/node_modules\/better-sqlite3\//, 'better-sqlite3'],
  [/^resources\/kiosk\/node_modules\/@resvg\//, 'resvg (slips as pictures)'],
  [/^resources\/kiosk\/native\//, 'card host and addons'],
  [/^resources\/kiosk\/kiosk-config\//, 'settings, terms, catalogue'],
  [/^resources\/kiosk\/(?:main|chunks)\//, 'core and launcher'],
  [/^resources\/kiosk\//, 'licences and lists'],
  [/^resources\/node\//, 'Node 24'],
  [/^resources\/app\.asar$/, 'window (app.asar)'],
  [/^madoguchi$/, 'core and launcher'],
  [/^madoguchi-screen$/, 'Electron: program'],
  [/^(?:locales|resources)\/|\.pak$/, 'Electron: texts and pictures'],
  [/^LICENSE/, 'Electron: licences'],
  [/\.so(?:\.\d+)?$/, 'Electron: graphics and media libraries'],
  [/./, 'Electron: other'],
];

/** @param path of a file in the package, with `/` */
export const partOf = (path: string): string => RULES.find(([pattern]) => pattern.test(path))?.[1] ?? 'other';

/** Every regular file below a folder, by its path in it, in bytes. */
export const filesIn = (folder: string): { readonly path: string; readonly bytes: number }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path).replaceAll('\\', '/'), bytes: lstatSync(path).size }));

/** Bytes of each part, the largest first. */
export function partsOf(files: readonly { readonly path: string; readonly bytes: number }[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const { path, bytes } of files) sums.set(partOf(path), (sums.get(partOf(path)) ?? 0) + bytes);
  return [...sums].toSorted(([, a], [, b]) => b - a);
}
