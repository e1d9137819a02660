import { setTimeout as sleep } from 'node:timers/promises';
import { FRAMEBUFFER } from '../../electron/display.ts';
import { printRows } from '../apart.ts';
import { against, interleaved, median } from '../rounds.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow } from '../row.ts';
import { placeOfButton } from './button-place.ts';
import { openGlass, takePointer } from './glass.ts';
import { HOST_WORDS, type HostName, makeScreens } from './screens.ts';
import { type Look, type Start, watchStart } from './watch-start.ts';

/** Where a pcscd and a display are. The first start of each is to see what it looks like, and warms the machine up. */
const SETTLED_MS = 8000;
const GOAL = 1.5;
const framebuffer = process.env[FRAMEBUFFER];
if (framebuffer === undefined) throw new Error('no Xvfb whose pixels could be read (apt install xvfb)');
const glass = openGlass(framebuffer);
const pointer = takePointer();
const screens = await makeScreens();

async function lookOfKiosk(host: HostName): Promise<Look> {
  const screen = screens.startKiosk(host);
  await sleep(SETTLED_MS);
  const page = await screen.page();
  const snapshot = await page.see('attract');
  const pixels = glass.look();
  page.close();
  await screen.stop();
  return { pixels, button: await placeOfButton(snapshot, 'start') };
}

async function lookOfEmpty(host: HostName): Promise<Look> {
  const screen = screens.startEmpty(host);
  await sleep(SETTLED_MS);
  const pixels = glass.look();
  await screen.stop();
  return { pixels, button: { x: 540, y: 960 } };
}

async function startOn(host: HostName, { rounds, say }: BenchOptions): Promise<BenchRow[]> {
  const looks = { kiosk: await lookOfKiosk(host), empty: await lookOfEmpty(host) };
  const starts: Record<'kiosk' | 'empty', Start[]> = { kiosk: [], empty: [] };
  const one = (side: 'kiosk' | 'empty') => async () => {
    const screen = side === 'kiosk' ? screens.startKiosk(host) : screens.startEmpty(host);
    const start = await watchStart(screen, looks[side], glass, pointer);
    await screen.stop();
    starts[side].push(start);
    return start.touchable;
  };
  const taken = await interleaved(rounds, { kiosk: one('kiosk'), empty: one('empty') });
  say(`start: ${HOST_WORDS[host]}: ${taken.kiosk.map(Math.round)} ms, empty page ${taken.empty.map(Math.round)} ms`);
  const painted = against(
    starts.kiosk.map((start) => start.painted),
    starts.empty.map((start) => start.painted),
  );
  const touchable = against(taken.kiosk, taken.empty);
  const what = (until: string) => `${HOST_WORDS[host]}: start of the process to ${until}; floor: an empty React page`;
  const settles = median(starts.kiosk.map((start) => start.touchable - start.painted));
  return [
    await judgedRow(
      { bench: 'start', what: what('an attract screen that can be touched'), unit: 'ms', ...touchable },
      atMost(GOAL, 'x'),
      () => [
        { part: 'the empty page', value: touchable.floor, unit: 'ms' },
        { part: 'more until the attract screen is painted', value: painted.value - touchable.floor, unit: 'ms' },
        { part: 'until it takes touches', value: settles, unit: 'ms' },
      ],
    ),
    await judgedRow({ bench: 'start', what: what('its picture'), unit: 'ms', ...painted }, null, () => []),
  ];
}

try {
  await printRows('start', { electron: (options) => startOn('electron', options), node: (options) => startOn('node', options) });
} finally {
  pointer.close();
  glass.close();
  screens.close();
}
