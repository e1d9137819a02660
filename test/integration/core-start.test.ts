import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
/** Names every module that is loaded, one a line, before it is. */
const NAME_MODULES = `import { registerHooks } from 'node:module';
registerHooks({ load(url, context, next) { process.stderr.write('loads ' + url + '\\n'); return next(url, context); } });`;

it('the settings are checked before the kiosk is loaded: a screen need not wait for that', () => {
  const done = spawnSync(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(NAME_MODULES)}`],
      join(root, 'main/hosts/core/index.ts'),
      ...['--profile', 'no-such-profile', '--data', '/nonexistent', '--socket', '/nonexistent/socket'],
    ],
    { encoding: 'utf8' },
  );
  const loaded = done.stderr.match(/^loads .*$/gm) ?? [];
  expect(loaded.some((line) => line.endsWith('/main/hosts/core/index.ts'))).toBe(true);
  for (const heavy of ['/main/core/kiosk.ts', '/better-sqlite3/', '/undici/', '/pdfkit/'])
    expect(loaded.filter((line) => line.includes(heavy))).toEqual([]);
});
