import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { dropFolder, newFolder } from '../folders.ts';

const SOURCE = join(import.meta.dirname, 'fsync-counter.c');
const CACHE = join(import.meta.dirname, '../../../.cache/bench');

/** What a piece of work cost an act: wall time, calls of fsync and fdatasync, and the time in them; milliseconds. */
export const Cost = z.object({ ms: z.number(), fsyncs: z.number(), fsyncMs: z.number() }).strict();
export type Cost = z.infer<typeof Cost>;
const Costs = z.record(z.string(), Cost);

/** Builds the counter with the C compiler that the addon is built with. @throws where there is none: the figures cannot be had */
function counterLibrary(): string {
  const library = join(CACHE, 'fsync-counter.so');
  if (existsSync(library) && statSync(library).mtimeMs > statSync(SOURCE).mtimeMs) return library;
  mkdirSync(CACHE, { recursive: true });
  const built = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`fsyncs cannot be counted without a C compiler: ${built.stderr ?? built.error}`);
  return library;
}

/** Runs a program of ours with the counter in it. @param args its arguments @returns what it printed, as costs by name */
export function costsOf(program: string, args: readonly string[]): Record<string, Cost> {
  const folder = newFolder('memory');
  const done = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env: { ...process.env, LD_PRELOAD: counterLibrary(), BENCH_FSYNC_COUNTS: join(folder, 'counts') },
  });
  dropFolder(folder);
  if (done.status !== 0) throw new Error(`${program} ended with ${done.status}: ${done.stderr}`);
  return Costs.parse(JSON.parse(done.stdout));
}

/** Inside that program: measures a piece of work. @param acts how many acts it is, so that the cost is of one */
export function cost(acts: number, work: () => void): Cost {
  const counts = () => {
    const file = readFileSync(z.string().parse(process.env['BENCH_FSYNC_COUNTS']));
    // Both machines that the kiosk runs on keep the low byte first.
    return { calls: Number(file.readBigUInt64LE(0)), nanoseconds: Number(file.readBigUInt64LE(8)) };
  };
  const before = counts();
  const began = performance.now();
  work();
  const ms = performance.now() - began;
  const after = counts();
  return {
    ms: ms / acts,
    fsyncs: (after.calls - before.calls) / acts,
    fsyncMs: (after.nanoseconds - before.nanoseconds) / 1e6 / acts,
  };
}
