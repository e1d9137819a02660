import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * Which folder may import what (DESIGN.md, Shape). `own`: folders of ours; `packages`: npm packages;
 * `node`: node's own modules. A test file beside its source may also import `test/` and what tests use.
 */
interface Rule {
  readonly folder: string;
  readonly own: readonly string[];
  readonly packages: readonly string[] | 'any';
  readonly node: boolean;
}

const rules: readonly Rule[] = [
  { folder: 'main/contract', own: ['main/contract'], packages: ['zod', 'canonicalize', 'intl-messageformat'], node: false },
  {
    folder: 'main/core',
    own: ['main/contract', 'main/core', 'kiosk-config/words'],
    packages: [
      'xstate',
      'zod',
      'jose',
      'undici',
      'pino',
      'better-sqlite3',
      // Enrolment.
      '@peculiar/x509',
      'reflect-metadata',
      // Slips.
      '@resvg/resvg-js',
      'fontkit',
      'iconv-lite',
      'pdfkit',
      'uqr',
    ],
    node: true,
  },
  { folder: 'main/transport', own: ['main/contract', 'main/transport'], packages: ['ws', 'zod'], node: true },
  {
    folder: 'main/hosts/core',
    own: ['main/contract', 'main/core', 'main/transport', 'main/hosts/core', 'native/systemd-notify'],
    packages: ['uuid', 'zod'],
    node: true,
  },
  {
    folder: 'main/hosts/electron',
    own: ['main/contract', 'main/transport', 'main/hosts/electron', 'main/hosts/page'],
    packages: ['electron', 'vite', 'zod'],
    node: true,
  },
  {
    folder: 'main/hosts/node',
    own: ['main/contract', 'main/transport', 'main/hosts/node', 'main/hosts/page'],
    packages: ['ws'],
    node: true,
  },
  { folder: 'main/hosts/page', own: ['main/contract', 'main/transport', 'main/hosts/page'], packages: ['zod'], node: true },
  {
    folder: 'main/hosts/launch',
    own: ['main/contract', 'main/transport', 'main/hosts/launch', 'main/hosts/node', 'main/hosts/page'],
    packages: ['zod', 'electron-builder', '@electron/fuses'],
    node: true,
  },
  { folder: 'native/systemd-notify', own: ['native/systemd-notify', 'native/build-addon.mjs'], packages: [], node: true },
  { folder: 'native/pcsc', own: ['native/pcsc', 'native/build-addon.mjs'], packages: [], node: true },
  { folder: 'native/card-host', own: ['native/card-host', 'native/pcsc', 'main/contract'], packages: ['zod'], node: true },
  { folder: 'renderer', own: ['renderer', 'main/contract', 'kiosk-config/words'], packages: 'any', node: false },
];

/** Adapters: who else may name what is in them. To everybody but these a port (main/core/ports.ts) is all there is. */
const adapters: readonly { readonly folder: string; readonly by: readonly string[] }[] = [
  { folder: 'main/core/platform-http', by: ['main/hosts/core'] },
];

/** Who may name what is in main/core/staff: the citizen's path (card, visit, journeys, queue) never runs through it. */
const STAFF_SIDE = ['main/core/staff', 'main/core/audit', 'main/hosts/core'];

const TEST_FILE = /\.test\.tsx?$/;
const IMPORT =
  /(?:^|[\s;])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|[\s;])import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\brequire\(\s*['"]([^'"]+)['"]\s*\)/g;
const builtins = new Set(builtinModules);

export function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'build' ? [] : sourcesBelow(path);
    // A build's own settings run on the engineer's machine, not on the kiosk.
    return /\.(ts|tsx|mjs|cts|mts)$/.test(entry.name) && entry.name !== 'vite.config.ts' ? [path] : [];
  });
}

/** Every module that a source names. Comments are taken out first, so that an example in one does not count. */
export function importsOf(text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(IMPORT)].map((found) => found[1] ?? found[2] ?? found[3] ?? found[4] ?? '');
}

const inside = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

/** @param path of the importing file, from the root @returns why this import is not allowed, or null */
export function judgeImport(path: string, name: string): string | null {
  const rule = rules.filter(({ folder }) => inside(path, folder)).sort((a, b) => b.folder.length - a.folder.length)[0];
  const isTest = TEST_FILE.test(path);
  if (name.startsWith('.')) {
    const target = join(dirname(path), name);
    if (inside(target, 'test')) return isTest || inside(path, 'test') ? null : 'nothing imports test/';
    if (rule === undefined || isTest) return null;
    const closed = adapters.find(({ folder }) => inside(target, folder) && !inside(path, folder));
    if (closed !== undefined && !closed.by.some((folder) => inside(path, folder)))
      return `${closed.folder} is an adapter: use its port`;
    if (!isTest && inside(target, 'main/core/staff') && !STAFF_SIDE.some((folder) => inside(path, folder)))
      return 'only the staff side names main/core/staff';
    return rule.own.some((folder) => inside(target, folder)) ? null : `${rule.folder} does not import ${dirname(target)}`;
  }
  if (rule === undefined || isTest) return null;
  if (name.startsWith('node:') || builtins.has(name)) return rule.node ? null : `${rule.folder} knows no Node`;
  if (rule.packages === 'any' || rule.packages.includes(packageOf(name))) return null;
  return `${rule.folder} does not use ${packageOf(name)}`;
}

/** @returns one line per import that goes the wrong way */
export function wrongImports(root: string): string[] {
  return ['main', 'native', 'renderer']
    .flatMap((folder) => sourcesBelow(join(root, folder)))
    .flatMap((file) => {
      const path = relative(root, resolve(file));
      return importsOf(readFileSync(file, 'utf8')).flatMap((name) => {
        const reason = judgeImport(path, name);
        return reason === null ? [] : [`${path}: imports ${name}: ${reason}`];
      });
    });
}
