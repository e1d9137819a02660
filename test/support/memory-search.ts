import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

/** One form in which something may lie in memory. `alone`: counts only where no letter, digit or sign of a longer word stands beside it. */
export interface MemoryNeedle {
  readonly form: string;
  readonly bytes: Buffer;
  readonly alone?: boolean;
}

const PAGE = 4096;
const PIECE_PAGES = 1024;
const PRESENT_OR_SWAPPED = 0xc0;

/** Writable memory of a process that was ever written to, in pieces of at most 4 MiB with a little of the piece before. Needs root. */
function* writtenMemory(pid: number, overlap: number): Generator<Buffer> {
  const maps = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r');
  try {
    for (const line of maps) {
      const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      if (from === '') continue;
      const first = Number.parseInt(from, 16) / PAGE;
      const end = Number.parseInt(to, 16) / PAGE;
      for (let page = first; page < end; page += PIECE_PAGES) {
        const pages = Math.min(PIECE_PAGES, end - page);
        const entries = Buffer.alloc(pages * 8);
        readSync(pagemap, entries, 0, entries.length, page * 8);
        for (let at = 0; at < pages; ) {
          let run = 0;
          while (at + run < pages && ((entries[(at + run) * 8 + 7] ?? 0) & PRESENT_OR_SWAPPED) !== 0) run++;
          if (run > 0) {
            const before = at === 0 && page > first ? overlap : 0;
            const piece = Buffer.alloc(run * PAGE + before);
            try {
              readSync(memory, piece, 0, piece.length, (page + at) * PAGE - before);
            } catch {
              // Given back to the system while we looked.
              piece.fill(0);
            }
            yield piece;
          }
          at += Math.max(run, 1);
        }
      }
    }
  } finally {
    closeSync(memory);
    closeSync(pagemap);
  }
}

const OF_A_WORD = /[0-9A-Za-z+/.:_=-]/;

/** How often each form lies in the memory of a process. @throws when the process is gone, or we may not look */
export function searchMemory(pid: number, needles: readonly MemoryNeedle[]): { bytes: number; counts: Map<string, number> } {
  const counts = new Map(needles.map(({ form }) => [form, 0]));
  const overlap = Math.max(...needles.map(({ bytes }) => bytes.length)) + 1;
  let total = 0;
  for (const piece of writtenMemory(pid, overlap)) {
    total += piece.length;
    for (const { form, bytes, alone = false } of needles) {
      for (let at = piece.indexOf(bytes); at >= 0; at = piece.indexOf(bytes, at + 1)) {
        const beside = String.fromCharCode(piece[at - 1] ?? 0, piece[at + bytes.length] ?? 0);
        if (!alone || !OF_A_WORD.test(beside)) counts.set(form, (counts.get(form) ?? 0) + 1);
      }
    }
  }
  return { bytes: total, counts };
}

/** This process's children, their children and so on, with their command lines; Linux. */
export function descendants(of: number): { pid: number; words: string }[] {
  const parents = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const parent = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]);
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)]);
    } catch {
      // It ended while we looked.
    }
  }
  const below = (pid: number): number[] => (parents.get(pid) ?? []).flatMap((child) => [child, ...below(child)]);
  return below(of).flatMap((pid) => {
    try {
      return [{ pid, words: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
    } catch {
      return [];
    }
  });
}
