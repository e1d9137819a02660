import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Log } from '../../contract/log-events.ts';
import type { Clock } from '../ports.ts';
import { asideFiles, wipeAside } from './aside-files.ts';
import { unsentRow } from './file-row.ts';
import type { OutboxStore } from './outbox.ts';
import { openQueueFile, SCRATCH } from './queue-file.ts';

/** `accounted`: every row that can be saved from it is, or once was, in the queue. `whole`: no row and no place of it is unreadable. */
const Known = z
  .object({ lookedAt: z.number().int(), ageMs: z.number().int().min(0), accounted: z.boolean(), whole: z.boolean() })
  .strict();
type Known = z.infer<typeof Known>;
const State = z.record(z.string(), Known);

/** So long a file is kept of which somebody may save more than our tools can. */
export const KEPT_MS = 30 * 24 * 3_600_000;
const FIRST_LOOK_MS = 10 * 60_000;
const LOOK_MS = 6 * 3_600_000;
const ROWS_A_TURN = 50;

/**
 * Whether the payloads of a set-aside file have to go. One that holds a row which can still be saved and never was in this queue stays until
 * staff have saved it: it may be the only copy of what somebody was promised.
 * @param seen staff have acknowledged every finding
 */
export const mayGo = ({ accounted, whole, ageMs }: Known, seen: boolean): boolean =>
  accounted && ((seen && whole) || ageMs >= KEPT_MS);

export interface AsideKeeperDeps {
  readonly store: Pick<OutboxStore, 'usable' | 'counts'> & { readonly staff: Pick<OutboxStore['staff'], 'findings' | 'stateOf'> };
  /** The live database's file. */
  readonly path: string;
  readonly journalFolder: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Looks at the files that were set aside, some times a day, and wipes those that are needed no more. */
export class AsideKeeper {
  private readonly options: AsideKeeperDeps;
  private timer: unknown = null;
  private stopped = false;

  constructor(options: AsideKeeperDeps) {
    this.options = options;
  }

  start(): void {
    removeScratch(dirname(this.options.path));
    this.later(FIRST_LOOK_MS);
  }

  private later(ms: number): void {
    const { clock, log } = this.options;
    this.timer = clock.setTimeout(() => {
      this.look()
        .catch(() => log('core.fault', { where: 'outbox.aside' }))
        .finally(() => {
          if (!this.stopped) this.later(LOOK_MS);
        });
    }, ms);
  }

  stop(): void {
    this.stopped = true;
    if (this.timer !== null) this.options.clock.clearTimeout(this.timer);
  }

  private get statePath(): string {
    return join(dirname(this.options.path), 'set-aside.json');
  }

  /** What cannot be read is begun anew: then files are kept longer. */
  private read(): z.infer<typeof State> {
    try {
      return State.parse(JSON.parse(readFileSync(this.statePath, 'utf8')));
    } catch {
      return {};
    }
  }

  /** One look at all of them. @throws the system's error */
  async look(): Promise<void> {
    const { store, path, journalFolder, log } = this.options;
    const before = this.read();
    const after: Record<string, Known> = {};
    for (const aside of asideFiles(path, journalFolder)) {
      const known = await this.age(aside, before[aside]);
      const { pending, sending } = store.counts();
      if (this.stopped) return;
      if (known === null) continue;
      if (store.usable && pending + sending === 0 && mayGo(known, store.staff.findings().length === 0)) {
        await wipeAside(aside);
        log('outbox.aside-wiped', {});
      } else after[aside] = known;
    }
    if (Object.keys(before).length + Object.keys(after).length > 0)
      writeFileSync(this.statePath, JSON.stringify(after), { mode: 0o600 });
  }

  /**
   * Counted from look to look and never more at once than two looks are apart, so that a clock that jumps ends no file's time. Once accounted is
   * for ever: settled rows are forgotten by the queue after a while.
   */
  private async age(aside: string, before: Known | undefined): Promise<Known | null> {
    const now = this.options.clock.now();
    const passed = before === undefined ? 0 : Math.min(Math.max(0, now - before.lookedAt), 2 * LOOK_MS);
    const times = { lookedAt: now, ageMs: (before?.ageMs ?? 0) + passed };
    if (before?.accounted === true) return { ...before, ...times };
    const judged = await this.judge(aside);
    return judged === null ? null : { ...judged, ...times };
  }

  /** @returns null: it cannot be looked at now */
  private async judge(aside: string): Promise<Pick<Known, 'accounted' | 'whole'> | null> {
    const { store, path } = this.options;
    const opened = await openQueueFile(aside, dirname(path));
    if (!opened.ok) return opened.error === 'unknown' ? { accounted: true, whole: false } : null;
    const file = opened.value;
    let [accounted, whole, read] = [true, true, 0];
    try {
      for (const row of file.turns()) {
        read += 1;
        if (row === null || read % ROWS_A_TURN === 0) await pause();
        if (row === null) continue;
        const unsent = unsentRow(row);
        const here = unsent === null ? null : store.staff.stateOf(unsent.id);
        if (!row.good) whole = false;
        else if (unsent !== null && (here === null || here === 'lost')) accounted = false;
      }
      // Where not every place was tried, a better tool may find rows that never were in the queue.
      return { accounted: accounted && !file.jumped, whole: whole && file.gaps === 0 };
    } finally {
      await file.close();
    }
  }
}

/** Copies of a queue that a core had made to read them, when it died over it. */
function removeScratch(folder: string): void {
  try {
    for (const name of readdirSync(folder)) if (name.startsWith(SCRATCH)) rmSync(join(folder, name), { recursive: true });
  } catch {}
}
