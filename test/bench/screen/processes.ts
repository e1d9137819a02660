import { readdirSync, readFileSync } from 'node:fs';

/** Processes as Linux accounts for them in /proc. */

export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  /** Words of the command line; what wrote over its own is one word. */
  readonly words: readonly string[];
  /** Processor time of its own so far, ms: all threads, also those that ended. */
  readonly usedMs: number;
}

/** Linux counts in hundredths of a second wherever Node runs (USER_HZ). */
const TICK_MS = 10;
const USER = 11;
const SYSTEM = 12;
const PARENT = 1;

/** @param stat /proc/PID/stat, whose second field is a name that may hold anything */
export function readStat(stat: string): { readonly parent: number; readonly usedMs: number } {
  const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
  const at = (index: number) => Number(fields[index] ?? 0);
  return { parent: at(PARENT), usedMs: (at(USER) + at(SYSTEM)) * TICK_MS };
}

function factsOf(pid: number): ProcessFacts | null {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .filter((word) => word !== '');
    return { pid, words, ...readStat(readFileSync(`/proc/${pid}/stat`, 'utf8')) };
  } catch {
    // It ended while we looked.
    return null;
  }
}

/** Every process there is. */
export const allProcesses = (): ProcessFacts[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => factsOf(Number(name)))
    .filter((facts) => facts !== null);

/** A process and all below it. */
export function treeOf(root: number, all: readonly ProcessFacts[] = allProcesses()): ProcessFacts[] {
  const own = all.filter(({ pid }) => pid === root);
  return [...own, ...all.filter(({ parent }) => parent === root).flatMap(({ pid }) => treeOf(pid, all))];
}

/** What memory a process takes, in kB: pages that it shares count by its share (PSS). */
export interface Memory {
  readonly pss: number;
  /** Of it: of its own, made at run time. */
  readonly anonymous: number;
  /** Of it: pages of files, programs and libraries above all. */
  readonly file: number;
  /** Of it: shared memory, pictures on their way to the screen above all. */
  readonly shared: number;
}

/** @param rollup /proc/PID/smaps_rollup */
export function readRollup(rollup: string): Memory {
  const of = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(rollup)?.[1] ?? 0);
  return { pss: of('Pss'), anonymous: of('Pss_Anon'), file: of('Pss_File'), shared: of('Pss_Shmem') };
}

/** @returns null when it has ended, or is not ours to look at */
export function memoryOf(pid: number): Memory | null {
  try {
    return readRollup(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  } catch {
    return null;
  }
}

/** What a process is for, told by its command line. @returns for example `core`, `screen: gpu-process`, `screen: network service` */
export function roleOf(words: readonly string[]): string {
  const line = words.join(' ');
  if (/card-host\/main/.test(line)) return 'card host';
  if (/hosts\/core\/index/.test(line)) return 'core';
  if (/hosts\/launch\/launch/.test(line)) return 'launcher';
  const type = /--type=([\w-]+)/.exec(line)?.[1];
  if (type === undefined) return /chrom|electron|madoguchi-screen/.test(line) ? 'screen: main process' : (words[0] ?? 'unknown');
  const service = /--utility-sub-type=(\w+)/.exec(line)?.[1];
  return service === undefined ? `screen: ${type}` : `screen: ${service} service`;
}
