import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ensureTestPki } from '../../sandbox/pki/index.ts';
import { createVirtualCard } from '../../sandbox/virtual-card/card.ts';
import { insertCard } from '../../sandbox/virtual-card/insert.ts';
import { median } from '../rounds.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow } from '../row.ts';
import { coreReader } from './core-reader.ts';
import { floorProgram } from './floor.ts';

const SWAPS = 10;
/** Both sides have heard of the empty reader by then. */
const QUIET_MS = 1500;
const monotonicMs = () => Number(process.hrtime.bigint()) / 1e6;

/** How much later than a SCardGetStatusChange in C, which waits beside it, the core hears of a card that came or went. */
export async function cardEvents({ rounds }: BenchOptions): Promise<BenchRow[]> {
  const pki = await ensureTestPki();
  const floor = spawn(floorProgram(), ['watch'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const inC: { present: boolean; at: number }[] = [];
  createInterface({ input: floor.stdout }).on('line', (line) => {
    const [present, nanoseconds] = line.split(' ');
    inC.push({ present: present === '1', at: Number(nanoseconds) / 1e6 });
  });
  const reader = coreReader();
  const inCore: { present: boolean; at: number }[] = [];
  reader.onEvent(({ type }) => {
    if (type === 'inserted' || type === 'removed') inCore.push({ present: type === 'inserted', at: monotonicMs() });
  });
  reader.start();
  const until = async (present: boolean, count: number) => {
    const seen = (list: readonly { present: boolean }[]) => list.filter((event) => event.present === present).length;
    while (seen(inC) < count || seen(inCore) < count) await new Promise((done) => setTimeout(done, 20));
  };
  // The empty reader at the start is a line of C's too. The card of a bench before may still be leaving: nothing of it counts.
  while (inC.at(-1)?.present !== false) await new Promise((done) => setTimeout(done, 20));
  await new Promise((done) => setTimeout(done, QUIET_MS));
  inC.length = 0;
  inCore.length = 0;
  const swaps = SWAPS * Math.max(1, Math.round(rounds / 2));
  for (let n = 1; n <= swaps; n++) {
    const card = await insertCard(createVirtualCard('fresh', pki));
    await until(true, n);
    await card.remove();
    await until(false, n);
  }
  await reader.stop();
  floor.kill();
  await once(floor, 'exit');
  const late = (present: boolean) => {
    const at = (list: typeof inC) => list.filter((event) => event.present === present).map((event) => event.at);
    const c = at(inC);
    return at(inCore).map((time, index) => time - (c[index] ?? Number.NaN));
  };
  const row = (what: string, present: boolean, limit: number) => {
    const value = median(late(present));
    return judgedRow({ bench: 'card', what, value, unit: 'ms', floor: null, ratio: null }, atMost(limit, 'ms'), () => [
      { part: 'from pcscd to C, and at the same time over the card host to the core', value, unit: 'ms' },
    ]);
  };
  return [
    await row('card put on: told in the core, after a wait in C heard of it', true, 1),
    await row('card taken off: told in the core, after a wait in C heard of it', false, 1),
  ];
}
