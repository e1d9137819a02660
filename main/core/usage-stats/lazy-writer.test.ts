import { expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { LazyWriter } from './lazy-writer.ts';

function harness() {
  const clock = createManualClock();
  const disk = { full: false, writes: 0, faults: 0 };
  const writer = new LazyWriter({
    clock,
    write() {
      if (disk.full) throw new Error('full');
      disk.writes += 1;
    },
    onFault: () => {
      disk.faults += 1;
    },
  });
  return { clock, disk, writer };
}

it('writes once for all that came within a second', () => {
  const { clock, disk, writer } = harness();
  for (let n = 0; n < 100; n++) writer.soon();
  clock.advance(999);
  expect(disk.writes).toBe(0);
  clock.advance(1);
  expect(disk.writes).toBe(1);
  clock.advance(100_000);
  expect(disk.writes).toBe(1);
});

it('tells a disk that fails once, and tries it again a minute after the next change', () => {
  const { clock, disk, writer } = harness();
  disk.full = true;
  writer.soon();
  clock.advance(1000);
  writer.soon();
  clock.advance(59_999);
  expect(disk).toEqual({ full: true, writes: 0, faults: 1 });
  disk.full = false;
  clock.advance(1);
  expect(disk.writes).toBe(1);
  disk.full = true;
  writer.soon();
  clock.advance(1000);
  expect(disk.faults).toBe(2);
});

it('a flush writes at once, and leaves no timer', () => {
  const { clock, disk, writer } = harness();
  writer.soon();
  writer.flush();
  clock.advance(10_000);
  expect(disk.writes).toBe(1);
});
