import { expect, it } from 'vitest';
import { systemLines } from './system-uses.ts';

it('finds what asks for the system, and leaves comments and our own paths alone', () => {
  const lines = [
    "if (process.platform === 'win32') return;",
    "const VIDEO = '/sys/class/video4linux';",
    'const mine = process.getuid();',
    '// process.platform is asked elsewhere',
    " * Under systemd it is '/dev/null'",
    "import { x } from './run/things.ts';",
    "const path = join(folder, 'run');",
  ];
  expect(systemLines(lines.join('\n'))).toEqual([1, 2, 3]);
});
