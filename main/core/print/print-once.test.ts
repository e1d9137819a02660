import { describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../../contract/result.ts';
import type { PrintFailure, Slip } from '../../contract/slip.ts';
import { noPrinter, type PlainPrinter, printOnce } from './print-once.ts';

const slip = (id: string): Slip => ({ id, receipt: null, large: false, lines: [{ type: 'rule' }] });

/** A printer that does as it is told, and keeps what began to come out. */
function scripted() {
  const out: string[] = [];
  const next: { began: boolean; result: Result<null, PrintFailure> | Error }[] = [];
  const plain: PlainPrinter = {
    async print({ id }, tell) {
      const { began: begins, result } = next.shift() ?? { began: true, result: ok(null) };
      if (begins) {
        tell.began();
        out.push(id);
      }
      await Promise.resolve();
      if (result instanceof Error) throw result;
      return result;
    },
    check: async () => ok(null),
  };
  return { out, next, printer: printOnce(plain) };
}

describe('a slip id', () => {
  it('is spent with its first byte, however it ended', async () => {
    for (const result of [ok(null), err('offline' as const), err('paper-out' as const), new Error('bug')]) {
      const { out, next, printer } = scripted();
      next.push({ began: true, result });
      const first = await printer.print(slip('a'));
      expect(first).toEqual(result instanceof Error ? err('refused') : result);
      for (let n = 0; n < 3; n += 1) expect(await printer.print(slip('a'))).toEqual(first);
      expect(out).toEqual(['a']);
    }
  });

  it('is not spent while nothing has left', async () => {
    const { out, next, printer } = scripted();
    next.push({ began: false, result: err('cover-open') }, { began: false, result: new Error('bug') });
    expect(await printer.print(slip('a'))).toEqual(err('cover-open'));
    expect(await printer.print(slip('a'))).toEqual(err('refused'));
    expect(await printer.print(slip('a'))).toEqual(ok(null));
    expect(out).toEqual(['a']);
  });

  it('asked for many times at once comes out once', async () => {
    const { out, printer } = scripted();
    const all = await Promise.all(Array.from({ length: 20 }, () => printer.print(slip('a'))));
    expect(all).toEqual(Array(20).fill(ok(null)));
    expect(out).toEqual(['a']);
  });

  it('is remembered among the slips of a busy day, in bounded memory', async () => {
    const { out, printer } = scripted();
    for (let n = 0; n < 1000; n += 1) await printer.print(slip(String(n)));
    for (const n of [0, 1, 500, 999]) await printer.print(slip(String(n)));
    expect(out).toHaveLength(1000);
  });
});

describe('what staff are told', () => {
  it('is told once for each change, and no more after they have gone', async () => {
    const { next, printer } = scripted();
    const told: (PrintFailure | null)[] = [];
    const leave = printer.onTrouble(() => told.push(printer.trouble));
    const fails = (result: PrintFailure) => next.push({ began: false, result: err(result) });
    fails('paper-out');
    fails('paper-out');
    fails('cover-open');
    for (const id of ['a', 'b', 'c', 'd', 'e']) await printer.print(slip(id));
    expect(told).toEqual(['paper-out', 'cover-open', null]);
    fails('offline');
    leave();
    await printer.print(slip('f'));
    expect(told).toHaveLength(3);
    expect(printer.trouble).toBe('offline');
    expect((await printer.check()).ok).toBe(true);
    expect(printer.trouble).toBeNull();
  });

  it('a terminal without a printer is no trouble', async () => {
    expect(await noPrinter.check()).toEqual(err('no-printer'));
    expect(noPrinter.trouble).toBeNull();
  });
});
