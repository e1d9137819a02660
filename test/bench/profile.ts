import { Session } from 'node:inspector/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Part } from './row.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE_MICROSECONDS = 200;
const MOST_PARTS = 6;
const LEAST_SHARE = 1;

interface Frame {
  readonly name: string;
  readonly url: string;
  readonly parent: number | null;
}

/** The nearest frame of our own product or bench, at or above this one, that has a name; null: none. */
function ownFrame(frames: ReadonlyMap<number, Frame>, from: number): Frame | null {
  for (let at: number | null = from; at !== null; at = frames.get(at)?.parent ?? null) {
    const frame = frames.get(at);
    if (frame?.url.startsWith('file:') && !frame.url.includes('/node_modules/') && frame.name !== '') return frame;
  }
  return null;
}

/** `native code for enqueue (main/core/outbox/outbox.ts)`: what ran, and for which place of ours. */
function partOf(frames: ReadonlyMap<number, Frame>, node: number): string | null {
  const frame = frames.get(node);
  if (frame === undefined || frame.name === '(root)') return null;
  if (frame.name === '(program)') return 'outside JavaScript';
  if (frame.name === '(idle)') return 'waiting';
  if (frame.name === '(garbage collector)') return 'garbage collector';
  const own = ownFrame(frames, node);
  if (own === null) return 'node and libraries';
  // What measuring itself takes.
  if (own.url === import.meta.url) return null;
  const place = `${own.name} (${relative(ROOT, fileURLToPath(own.url))})`;
  if (own === frame || frame.url === own.url) return place;
  // The database's own calls have neither a name nor a file.
  return `${frame.name === '' ? 'native code' : frame.name} for ${place}`;
}

/** Samples the stack while `work` runs. @returns the largest parts in % of the time, largest first; not what is below 1 % */
export async function profileOf(work: () => unknown): Promise<Part[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const frames = new Map<number, Frame>(
    profile.nodes.map(({ id, callFrame }) => [
      id,
      { name: callFrame.functionName, url: callFrame.url, parent: parents.get(id) ?? null },
    ]),
  );
  const shares = new Map<string, number>();
  let whole = 0;
  profile.samples?.forEach((node, index) => {
    const part = partOf(frames, node);
    const took = profile.timeDeltas?.[index] ?? 0;
    if (part === null) return;
    whole += took;
    shares.set(part, (shares.get(part) ?? 0) + took);
  });
  return [...shares]
    .toSorted(([, a], [, b]) => b - a)
    .map(([part, took]) => ({ part, value: (took / whole) * 100, unit: '%' }))
    .filter(({ value }, place) => place === 0 || (place < MOST_PARTS && value >= LEAST_SHARE));
}
