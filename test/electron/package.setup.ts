import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { root } from './host.ts';
import { hasPackage, packageOut } from './packaged.ts';

/** Makes the package that package.spec.ts looks at. As root: in a namespace without a network, so that nothing can be fetched. */
test('npm run package makes a package, and needs no network for it', () => {
  test.setTimeout(180_000);
  const alone = process.getuid?.() === 0 && spawnSync('unshare', ['--net', 'true']).status === 0 ? ['unshare', '--net'] : [];
  const [command = '', ...args] = [...alone, process.execPath, join(root, 'main/hosts/launch/package.ts'), '--out', packageOut];
  const began = performance.now();
  const made = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  expect(made.status, `${made.stdout}${made.stderr}`).toBe(0);
  expect(hasPackage()).toBe(true);
  const line = /^Package: .*$/m.exec(made.stdout)?.[0] ?? '';
  const network = alone.length > 0 ? 'without a network' : 'network at hand: only root can take it away';
  process.stdout.write(`${line}, ${Math.round((performance.now() - began) / 1000)} s, ${network}\n`);
});
