import Database from 'better-sqlite3';

/** Ends this process at one named point, as a power button does: nothing runs after it, no handler, no flush. */
export interface Killer {
  /** This point has been reached. */
  at(point: string): void;
}

/** @param point where to die, null: nowhere @param delayMs 0: at once; else so long after, while everything goes on */
export function createKiller(point: string | null, delayMs: number): Killer {
  let armed = point !== null;
  const die = () => {
    process.kill(process.pid, 'SIGKILL');
    // The signal is taken before the system call returns; should that ever change, nothing may go on here.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
  return {
    at(reached) {
      if (!armed || reached !== point) return;
      armed = false;
      if (delayMs === 0) die();
      else setTimeout(die, delayMs);
    },
  };
}

const writes: readonly (readonly [RegExp, string])[] = [
  [/^INSERT INTO outbox/, 'row'],
  [/^UPDATE outbox SET state = 'sending'/, 'mark'],
  [/^UPDATE outbox SET state = \?, code/, 'settle'],
  [/^UPDATE outbox SET next_attempt/, 'postpone'],
  [/^DELETE FROM challenge WHERE challenge/, 'challenge'],
];
const others: readonly (readonly [RegExp, string])[] = [
  [/^DELETE FROM reservation$/, 'reopened'],
  [/^PRAGMA incremental_vacuum/, 'vacuumed'],
  [/^PRAGMA wal_checkpoint/, 'checkpointed'],
];

/**
 * Calls the killer after each statement of the outbox: `X-written` inside the transaction, `X-committed` right after its COMMIT,
 * before anything else of the core runs. Works on the driver's statements, so that the outbox under test is the unchanged one.
 */
export function watchStatements(killer: Killer): void {
  const probe = new Database(':memory:');
  const statement: Record<'run' | 'get' | 'all', (...args: unknown[]) => unknown> & { source: string } = Object.getPrototypeOf(
    probe.prepare('SELECT 1'),
  );
  probe.close();
  let written: string | null = null;
  /** Opening the queue tidies as well; what is meant is the time after a row. */
  let rows = 0;
  for (const name of ['run', 'get', 'all'] as const) {
    const real = statement[name];
    statement[name] = function (this: typeof statement, ...args: unknown[]) {
      const source = this.source.trim();
      const result = real.apply(this, args);
      if (source === 'ROLLBACK') written = null;
      if (source === 'COMMIT') {
        const what = written;
        written = null;
        if (what === 'row') rows += 1;
        if (what !== null) killer.at(what === 'challenge' ? 'challenge-spent' : `${what}-committed`);
        return result;
      }
      const write = writes.find(([pattern]) => pattern.test(source))?.[1];
      if (write !== undefined) {
        // A transaction is called after its first write.
        written ??= write;
        killer.at(`${write}-written`);
      }
      const other = others.find(([pattern]) => pattern.test(source))?.[1];
      if (other === 'reopened' || (other !== undefined && rows > 0)) killer.at(other);
      return result;
    };
  }
}
