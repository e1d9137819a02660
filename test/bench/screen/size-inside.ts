import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { printRows } from '../apart.ts';
import { type BenchRow, NO_GOAL } from '../row.ts';
import { filesIn, partsOf } from './package-parts.ts';
import { type Memory, memoryOf, roleOf, treeOf } from './processes.ts';
import { byRole } from './roles.ts';
import { HOST_WORDS, type HostName, makeScreens, type RunningScreen } from './screens.ts';

/** Where a pcscd and a display are. */
const MEGABYTE = 1e6;
const KB = 1024;
/** The page of the visit after this one has been loaded by then. */
const SETTLED_MS = 20_000;
const screens = await makeScreens();

type Figure = Pick<BenchRow, 'what' | 'value' | 'floor'>;
const row = ({ what, value, floor }: Figure): BenchRow => ({
  bench: 'size',
  what,
  value,
  unit: 'MB',
  floor,
  ratio: floor === null ? null : value / floor,
  goal: NO_GOAL,
  ok: true,
});

/** The whole, then each part of it. */
function packageRows(): BenchRow[] {
  const files = filesIn(screens.package);
  const parts = partsOf(files);
  const whole = parts.reduce((sum, [, bytes]) => sum + bytes, 0) / MEGABYTE;
  const electron = parts.filter(([part]) => part.startsWith('Electron')).reduce((sum, [, bytes]) => sum + bytes, 0) / MEGABYTE;
  return [
    row({ what: 'package, whole; floor: the Electron in it', value: whole, floor: electron }),
    ...parts.map(([part, bytes]) => row({ what: `package: ${part}`, value: bytes / MEGABYTE, floor: null })),
  ];
}

const PAGE = 'resources/kiosk/dist/renderer';

/** What the public page loads before the first screen, and each font. */
function pageRows(): BenchRow[] {
  const files = filesIn(join(screens.package, PAGE));
  const bytesOf = (path: string) => readFileSync(join(screens.package, PAGE, path));
  const first = files.filter(({ path }) => /^assets\/(?:index|websocket-channel)-.*\.(?:js|css)$/.test(path));
  const sum = (list: typeof files) => list.reduce((total, { bytes }) => total + bytes, 0) / MEGABYTE;
  const packed = first.reduce((total, { path }) => total + gzipSync(bytesOf(path)).length, 0) / MEGABYTE;
  return [
    row({ what: 'page: scripts and styles of the first screen; floor: the same by gzip', value: sum(first), floor: packed }),
    ...files
      .filter(({ path }) => /\.(?:woff2?|ttf|otf)$/.test(path))
      .toSorted((a, b) => b.bytes - a.bytes)
      .map(({ path, bytes }) =>
        row({ what: `page: font ${path.replace(/^assets\//, '')}`, value: bytes / MEGABYTE, floor: null }),
      ),
  ];
}

const KINDS = ['anonymous', 'file', 'shared'] as const satisfies readonly (keyof Memory)[];

function measured(screen: RunningScreen): { role: string; memory: Memory }[] {
  return treeOf(screen.pid).flatMap(({ pid, words }) => {
    const memory = memoryOf(pid);
    return memory === null ? [] : [{ role: roleOf(words), memory }];
  });
}

/** Resident memory of every process at the attract screen. */
async function memoryRows(host: HostName): Promise<BenchRow[]> {
  const empty = screens.startEmpty(host);
  await sleep(SETTLED_MS);
  const floor = measured(empty);
  await empty.stop();
  const kiosk = screens.startKiosk(host);
  await sleep(SETTLED_MS);
  const page = await kiosk.page();
  await page.see('attract');
  page.close();
  const own = measured(kiosk);
  await kiosk.stop();
  const inMegabytes = (list: typeof own, kind: keyof Memory) =>
    byRole(
      list.map(({ role, memory }) => ({ role, value: (memory[kind] * KB) / MEGABYTE })),
      'MB',
    );
  const total = (list: typeof own, kind: keyof Memory) => inMegabytes(list, kind).reduce((sum, { value }) => sum + value, 0);
  const name = `memory with ${HOST_WORDS[host]}`;
  const floors = new Map(inMegabytes(floor, 'pss').map(({ part, value }) => [part.replace(/ \(\d+\)$/, ''), value]));
  return [
    row({
      what: `${name}: all processes (PSS); floor: an empty React page`,
      value: total(own, 'pss'),
      floor: total(floor, 'pss'),
    }),
    ...KINDS.map((kind) => row({ what: `${name}: of it ${kind} pages`, value: total(own, kind), floor: total(floor, kind) })),
    ...inMegabytes(own, 'pss').map(({ part, value }) =>
      row({ what: `${name}: ${part}`, value, floor: floors.get(part.replace(/ \(\d+\)$/, '')) ?? null }),
    ),
  ];
}

try {
  await printRows('size', {
    package: async () => packageRows(),
    page: async () => pageRows(),
    electron: () => memoryRows('electron'),
    node: () => memoryRows('node'),
  });
} finally {
  screens.close();
}
