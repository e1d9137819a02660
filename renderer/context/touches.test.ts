import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleaving } from '../../test/support/fingers.ts';
import { createRollover, createTouches } from './touches.ts';

/** Touches that begin at these times and last so long each. @returns how many count */
function tap(times: readonly number[], lasts: number): number {
  const touches = createTouches();
  return times.filter((at, finger) => {
    touches.down(finger, at, 1);
    return touches.up(finger, at + lasts, 1);
  }).length;
}

describe('a panel that bounces', () => {
  it.each([0, 5, 12])('is one touch at 15 and 40 ms, two at 90 (each %d ms long)', (lasts) => {
    expect(tap([1000, 1015], lasts)).toBe(1);
    expect(tap([1000, 1040], lasts)).toBe(1);
    expect(tap([1000, 1090], lasts)).toBe(2);
  });

  it('may bounce more than once, and where the finger leaves it', () => {
    expect(tap([1000, 1020, 1040, 1055], 5)).toBe(1);
    expect(tap([1000, 1030, 1060, 1090], 5)).toBe(1);
    expect(tap([1000, 1140], 120)).toBe(1);
    expect(tap([1000, 1200, 1400], 80)).toBe(3);
  });

  it('and after a touch that the system took away the next one counts', () => {
    const touches = createTouches();
    expect(touches.down(1, 1000, 1)).toBe(true);
    touches.cancel();
    expect(touches.down(2, 1020, 1)).toBe(true);
    expect(touches.up(2, 1050, 1)).toBe(true);
  });
});

describe('a touch', () => {
  it('counts on the screen on which it began', () => {
    const touches = createTouches();
    touches.down(1, 1000, 7);
    expect(touches.up(1, 1400, 8)).toBe(false);
    touches.down(1, 2000, 8);
    expect(touches.up(1, 2100, 8)).toBe(true);
  });

  it('is the finger that began it; another one beside it changes nothing', () => {
    const touches = createTouches();
    touches.down(1, 1000, 7);
    expect(touches.up(2, 1100, 7)).toBe(false);
    expect(touches.up(1, 1200, 7)).toBe(true);
    expect(touches.up(1, 1300, 7)).toBe(false);
  });
});

describe('two fingers on the keys of a pad', () => {
  const pad = () => {
    const rollover = createRollover();
    const keys = { a: { sign: 'a' }, b: { sign: 'b' }, c: { sign: 'c' } };
    const ran: string[] = [];
    return {
      ran,
      down: (key: keyof typeof keys, step = 1) => rollover.down(keys[key], step, () => ran.push(key)),
      up: (key: keyof typeof keys, step = 1) => rollover.up(keys[key], step),
      drop: (key: keyof typeof keys) => rollover.drop(keys[key]),
    };
  };

  it.each([
    ['a', 'b', 'c'],
    ['a', 'c', 'b'],
    ['b', 'a', 'c'],
    ['b', 'c', 'a'],
    ['c', 'a', 'b'],
    ['c', 'b', 'a'],
  ] as const)('touched a, b, c and lifted %s, %s, %s: a, b, c, each once', (...lifts) => {
    const { ran, down, up } = pad();
    for (const key of ['a', 'b', 'c'] as const) down(key);
    for (const key of lifts) up(key);
    expect(ran).toEqual(['a', 'b', 'c']);
  });

  it('up to five of them, coming and going in any order: each key once, in the order in which it was touched', () => {
    fc.assert(
      fc.property(interleaving(5), (moves) => {
        const rollover = createRollover();
        const keys = [{}, {}, {}, {}, {}];
        const ran: number[] = [];
        for (const { finger, go } of moves) {
          const key = keys[finger] ?? {};
          if (go === 'down') rollover.down(key, 1, () => ran.push(finger));
          else rollover.up(key, 1);
        }
        expect(ran).toEqual([...ran].sort((one, other) => one - other));
        expect(ran.length).toBe(moves.length / 2);
      }),
    );
  });

  it('one that slid away, or was held on another screen, does not count', () => {
    const { ran, down, up, drop } = pad();
    down('a');
    down('b');
    drop('a');
    up('b');
    down('c', 1);
    down('a', 2);
    up('a', 2);
    up('c', 2);
    expect(ran).toEqual(['b', 'a']);
  });
});
