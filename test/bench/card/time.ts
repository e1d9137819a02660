import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { against, interleaved } from '../rounds.ts';
import { atMost, type BenchOptions, type BenchRow, judgedRow } from '../row.ts';
import { floorProgram } from './floor.ts';

const run = promisify(execFile);
const COMMANDS = 3000;

/** A card in a process of its own, so that every side meets the same one. */
async function cardOnReader(): Promise<ChildProcess> {
  const card = spawn(process.execPath, [join(import.meta.dirname, '../../sandbox/virtual-card/main.ts'), '--card', 'fresh'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: card.stdout })) if (line.includes('lies on the reader')) break;
  // pcscd looks a few times a second.
  await new Promise((done) => setTimeout(done, 1500));
  return card;
}

/** One short command to the card and its answer, from C, from the addon in one process, and from the core over the card host. */
export async function timePerCommand({ rounds }: BenchOptions): Promise<BenchRow[]> {
  const card = await cardOnReader();
  const loop = join(import.meta.dirname, 'transmit-loop.ts');
  const sideOf = (program: string, args: readonly string[]) => async () => Number((await run(program, args)).stdout);
  const taken = await interleaved(rounds, {
    c: sideOf(floorProgram(), ['transmit', String(COMMANDS)]),
    addon: sideOf(process.execPath, [loop, 'addon', String(COMMANDS)]),
    core: sideOf(process.execPath, [loop, 'core', String(COMMANDS)]),
  });
  card.kill('SIGTERM');
  await once(card, 'exit');
  const row = (what: string, values: readonly number[], limit: number, over: string) => {
    const figures = against(values, taken.c);
    return judgedRow({ bench: 'card', what, unit: 'us', ...figures }, atMost(limit, 'x'), () => [
      { part: 'the same call in C', value: figures.floor, unit: 'us' },
      { part: over, value: figures.value - figures.floor, unit: 'us' },
    ]);
  };
  return [
    await row(
      'time per command: the addon alone, against a loop in C',
      taken.addon,
      1.15,
      "waking the context's thread and, with the answer, JavaScript's",
    ),
    await row(
      'time per command: core to card host and back, against a loop in C',
      taken.core,
      1.5,
      "waking the host's line and, with the answer, the core; their frames",
    ),
  ];
}
