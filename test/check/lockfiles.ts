import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Lock {
  readonly packages: Record<
    string,
    { resolved?: string; integrity?: string; version?: string; link?: boolean; hasInstallScript?: boolean }
  >;
}
interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly allowScripts?: Record<string, boolean>;
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** Exact versions, no registry's host, an integrity hash on everything, every install script named. @returns one line per fault */
export function lockfileFaults(root: string): string[] {
  return ['.', 'native/node'].flatMap((folder) => {
    const name = (file: string) => join(folder, file);
    const manifest = read(join(root, folder, 'package.json')) as Manifest;
    if (!existsSync(join(root, folder, 'package-lock.json'))) return [`${name('package-lock.json')}: missing`];
    const lock = read(join(root, folder, 'package-lock.json')) as Lock;
    const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
    const loose = Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
    const installed = Object.entries(lock.packages).filter(([path]) => path !== '');
    // npm 11 runs no script that allowScripts does not name; npm 10 knows this setting only.
    const quiet = readFileSync(join(root, folder, '.npmrc'), 'utf8')
      .split('\n')
      .includes('ignore-scripts=true');
    return [
      ...(quiet ? [] : [`${name('.npmrc')}: ignore-scripts=true is missing`]),
      ...loose.map(([dependency, version]) => `${name('package.json')}: ${dependency} ${version}: not an exact version`),
      ...installed
        .filter(([, { resolved }]) => resolved !== undefined)
        .map(([path]) => `${name('package-lock.json')}: ${path}: names a host`),
      ...installed
        .filter(([, { integrity, link }]) => integrity === undefined && link !== true)
        .map(([path]) => `${name('package-lock.json')}: ${path}: no integrity hash`),
      ...installed
        .filter(([path, { hasInstallScript }]) => {
          const dependency = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
          return hasInstallScript === true && manifest.allowScripts?.[dependency] === undefined;
        })
        .map(([path]) => `${name('package.json')}: allowScripts does not name ${path}`),
    ];
  });
}
