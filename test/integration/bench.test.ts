import { expect, test } from 'vitest';
import { alike } from '../bench/screen/glass.ts';
import { partOf, partsOf } from '../bench/screen/package-parts.ts';
import { readRollup, readStat, roleOf, treeOf } from '../bench/screen/processes.ts';
import { byRole } from '../bench/screen/roles.ts';
import { percentile } from '../bench/tap/summary.ts';
import { transitionsOf } from '../bench/tap/transitions.ts';

/** The arithmetic of the benches of a screen. */
test('a process: its time of user and system, and its parent, whatever its name holds', () => {
  const fields = 'S 41 1 1 0 -1 0 0 0 0 0 250 30 7 8 20 0 4 0';
  expect(readStat(`42 (a) (b c) ${fields}`)).toEqual({ parent: 41, usedMs: 2800 });
});

test('memory: what is shared counts by its share', () => {
  const rollup =
    'Rss:  9000 kB\nPss:                4000 kB\nPss_Anon:           2500 kB\nPss_File:           1400 kB\nPss_Shmem:           100 kB\n';
  expect(readRollup(rollup)).toEqual({ pss: 4000, anonymous: 2500, file: 1400, shared: 100 });
});

test('a tree: the process and all below it, and no other', () => {
  const process = (pid: number, parent: number) => ({ pid, parent, words: [], usedMs: 0 });
  const all = [process(1, 0), process(2, 1), process(3, 2), process(4, 1), process(5, 2)];
  expect(treeOf(2, all).map(({ pid }) => pid)).toEqual([2, 3, 5]);
});

test.each([
  ['/x/node --disable-sigusr1 /k/main/hosts/core/index.js --profile p', 'core'],
  ['/x/node --disable-sigusr1 /k/native/card-host/main.js', 'card host'],
  ['/x/node /k/main/hosts/launch/launch.ts --host electron', 'launcher'],
  ['/p/madoguchi-screen --socket=/tmp/s', 'screen: main process'],
  ['/usr/lib/chromium/chromium --type=gpu-process --x', 'screen: gpu-process'],
  ['/p/madoguchi-screen --type=utility --utility-sub-type=network.mojom.NetworkService', 'screen: network service'],
])('%s is the %s', (line, role) => {
  expect(roleOf(line.split(' '))).toBe(role);
});

test('processes of one role count together, the largest first', () => {
  const shares = [
    { role: 'a', value: 1 },
    { role: 'b', value: 5 },
    { role: 'a', value: 2 },
  ];
  expect(byRole(shares, 'MB')).toEqual([
    { part: 'b', value: 5, unit: 'MB' },
    { part: 'a (2)', value: 3, unit: 'MB' },
  ]);
});

test('a package: every file belongs to one part, and no byte is lost', () => {
  const files = [
    ['resources/kiosk/dist/renderer/assets/a.woff2', 'page: fonts'],
    ['resources/kiosk/dist/renderer/assets/face-worker-x.js', 'page: finding a face in a photo'],
    ['resources/kiosk/dist/renderer/assets/index-x.js', 'page: scripts, styles, pictures'],
    ['resources/kiosk/node_modules/@resvg/resvg-js/index.js', 'resvg (slips as pictures)'],
    ['resources/node/node', 'Node 24'],
    ['madoguchi-screen', 'Electron: program'],
    ['icudtl.dat', 'Electron: other'],
  ] as const;
  for (const [path, part] of files) expect(partOf(path)).toBe(part);
  const parts = partsOf(files.map(([path], index) => ({ path, bytes: 10 ** index })));
  expect(parts.reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(1_111_111);
  expect(parts[0]).toEqual(['Electron: other', 1_000_000]);
});

test('two looks at the glass: as alike as they have pixels in common', () => {
  expect(alike(Uint32Array.of(1, 2, 3, 4), Uint32Array.of(1, 2, 3, 5))).toBe(0.75);
});

test('a percentile is the nearest rank', () => {
  const values = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect([50, 95, 99, 100].map((share) => percentile(values, share))).toEqual([50, 95, 99, 100]);
  expect(percentile([7], 95)).toBe(7);
  expect(percentile([], 95)).toBeNaN();
});

test('a trace: the frame counts that was shown after the step, not one that changed nothing, nor one of another page', () => {
  const at = (ts: number, name: string, more: object = {}) => ({
    name,
    ts,
    ph: 'I',
    cat: 'devtools.timeline',
    pid: 1,
    tid: 1,
    ...more,
  });
  const mark = (ts: number, name: string) => at(ts, name, { cat: 'blink.user_timing' });
  const shown = (ts: number, sequence: number, more: object = {}) =>
    at(ts, 'AnimationFrame::Presentation', { ph: 'n', args: { begin_frame_id: { sequence_number: sequence } }, ...more });
  const traceEvents = [
    mark(1000, 'tap:1'),
    at(2000, 'FunctionCall', { ph: 'X', dur: 3000 }),
    shown(4000, 5),
    mark(9000, 'step:1:attract>menu'),
    at(11_000, 'AnimationFrame::Render', { ph: 'e', pid: 2 }),
    at(12_000, 'AnimationFrame::Render', { ph: 'e' }),
    shown(12_500, 0),
    shown(13_000, 6, { pid: 2 }),
    shown(21_000, 7),
    mark(30_000, 'tap:2'),
    at(31_000, 'Unreadable', { ts: 'late' }),
  ];
  const [only, ...more] = transitionsOf({ traceEvents });
  expect(more).toEqual([]);
  expect(only).toMatchObject({ from: 'attract', to: 'menu', total: 20, answer: 8, page: 3, draw: 9 });
  expect(only?.work).toMatchObject({ FunctionCall: 3, Layout: 0 });
});
