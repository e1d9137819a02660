import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { descendants, type MemoryNeedle, searchMemory } from './memory-search.ts';

/** Everything of a kiosk that runs on the node host, by its command line. */
export const KIOSK_PROCESSES = {
  launcher: 'main/hosts/launch/',
  core: 'main/hosts/core/',
  'card host': 'native/card-host/main',
  'page (renderer)': '--type=renderer',
  'browser, its other processes': 'chromium',
} as const;
export type KioskProcess = keyof typeof KIOSK_PROCESSES;

export function processesOfTheKiosk(): { pid: number; kind: KioskProcess }[] {
  return descendants(process.pid).flatMap(({ pid, words }) => {
    const kind = (Object.keys(KIOSK_PROCESSES) as KioskProcess[]).find((name) => words.includes(KIOSK_PROCESSES[name]));
    return kind === undefined ? [] : [{ pid, kind }];
  });
}

/** Counts by process and form, what is not there left out. `words`: all of it in one line. */
export function foundInMemory(
  needles: readonly MemoryNeedle[],
  processes = processesOfTheKiosk(),
): { hits: Record<string, number>; words: string } {
  const hits: Record<string, number> = {};
  const words: string[] = [];
  for (const { pid, kind } of processes) {
    try {
      const { bytes, counts } = searchMemory(pid, needles);
      let sum = 0;
      for (const [form, count] of counts) {
        sum += count;
        if (count > 0) hits[`${kind}: ${form}`] = (hits[`${kind}: ${form}`] ?? 0) + count;
      }
      words.push(`${kind} ${sum} in ${Math.round(bytes / 2 ** 20)} MB`);
    } catch (error) {
      // A browser's helper process that ended meanwhile; ours do not.
      if (!kind.startsWith('browser')) throw error;
    }
  }
  return { hits, words: words.join(', ') };
}

/** A process that holds every form, each once: that a search finds them there shows that it can find. */
export async function planted(needles: readonly MemoryNeedle[]): Promise<ChildProcess> {
  const hex = needles.map(({ bytes }) => bytes.toString('hex'));
  const script = `const kept = ${JSON.stringify(hex)}.map((hex) => Buffer.from('00' + hex + '00', 'hex'));
    process.stdout.write('ready'); setInterval(() => kept.length, 1000);`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}
