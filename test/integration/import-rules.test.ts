import { expect, it } from 'vitest';
import { importsOf, judgeImport, wrongImports } from '../check/import-rules.ts';

it.each([
  ['main/core/kiosk.ts', '../hosts/node/access.ts'],
  ['main/core/kiosk.ts', '../../test/support/manual-clock.ts'],
  ['main/core/kiosk.ts', 'electron'],
  ['main/contract/page-protocol.ts', 'node:fs'],
  ['main/contract/page-protocol.ts', '../core/ports.ts'],
  ['renderer/app.tsx', '../main/core/ports.ts'],
  ['renderer/app.tsx', 'node:fs'],
  ['renderer/app.tsx', 'fs'],
  ['native/card-host/main.ts', '../../main/core/ports.ts'],
  ['main/hosts/launch/launch.ts', '../../core/kiosk.ts'],
  ['main/transport/page-endpoint.ts', '../core/ports.ts'],
  ['main/core/sync/round.ts', '../platform-http/wire.ts'],
])('%s may not import %s', (path, name) => {
  expect(judgeImport(path, name)).not.toBeNull();
});

it.each([
  ['main/core/kiosk.ts', '../contract/port.ts'],
  ['main/core/kiosk.test.ts', '../../test/support/manual-clock.ts'],
  ['native/card-host/main.ts', '../../main/contract/card-host.ts'],
  ['main/hosts/core/core-ports.ts', '../../core/platform-http/http-platform.ts'],
  ['test/integration/x.ts', '../support/y.ts'],
])('%s may import %s', (path, name) => {
  expect(judgeImport(path, name)).toBeNull();
});

it('finds every form of import', () => {
  const text =
    "import a from 'a';\nimport 'b';\nexport { c } from 'c';\nawait import('d');\nimport type { E } from 'e';\n// import 'f';\nimport {\n  g,\n} from 'g';";
  expect(importsOf(text)).toEqual(['a', 'b', 'c', 'd', 'e', 'g']);
});

it('the tree keeps to the rules', () => {
  expect(wrongImports(`${import.meta.dirname}/../..`)).toEqual([]);
});
