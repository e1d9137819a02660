import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWedge, FAST_MS, MOST_SIGNS, type WedgeEvent } from './wedge.ts';

/** Feeds keys so many ms apart. */
function feed(keys: readonly string[], gap: number, wedge = createWedge(), from = 1000) {
  const events: WedgeEvent[] = [];
  const taken = keys.map((key, index) => {
    const pressed = wedge.press(key, from + index * gap);
    events.push(...pressed.events);
    return pressed.taken;
  });
  return { wedge, events, taken };
}

describe('a scanner', () => {
  it('is one text, and nobody else sees a key of it, the end neither', () => {
    for (const end of ['Enter', 'Tab']) {
      const { events, taken } = feed([...'4901234567894', end], 5);
      expect(events).toEqual([{ do: 'scan', text: '4901234567894' }]);
      expect(taken.every((each) => each)).toBe(true);
    }
  });

  it('may press Shift between, and end its line twice', () => {
    const { events, taken } = feed(['Shift', 'A', 'Shift', 'B', 'c', 'Enter', 'Enter'], 8);
    expect(events).toEqual([{ do: 'scan', text: 'ABc' }]);
    expect(taken.slice(1)).toEqual([true, true, true, true, true, true]);
  });

  it('may send anything, of which 512 signs are kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), { minLength: 3, maxLength: 900 }),
        (signs) => {
          const single = signs.filter((sign) => [...sign].length === 1);
          fc.pre(single.length >= 3);
          const { events, taken } = feed([...single, 'Enter'], 1);
          expect(events).toEqual([{ do: 'scan', text: single.slice(0, MOST_SIGNS).join('').slice(0, MOST_SIGNS) }]);
          expect(taken.at(-1)).toBe(true);
        },
      ),
    );
  });
});

describe('a person', () => {
  it('keeps every key, and Enter stays Enter', () => {
    const { events, taken, wedge } = feed([...'12', 'Enter'], 120);
    expect(events).toEqual([
      { do: 'keys', keys: ['1'] },
      { do: 'keys', keys: ['2'] },
    ]);
    expect(taken).toEqual([true, true, false]);
    expect(wedge.waits()).toBe(false);
  });

  it('gets a key back when nothing follows', () => {
    const { wedge, events } = feed(['7'], 0);
    expect(events).toEqual([]);
    expect(wedge.waits()).toBe(true);
    expect(wedge.idle()).toEqual([{ do: 'keys', keys: ['7'] }]);
    expect(wedge.idle()).toEqual([]);
  });

  it('may roll two keys, and is slow at exactly the limit', () => {
    const { events } = feed(['1', '2', 'Enter'], 10);
    expect(events).toEqual([{ do: 'keys', keys: ['1', '2'] }]);
    expect(feed(['1', '2', '3', '4', 'Enter'], FAST_MS).events.filter((event) => event.do === 'scan')).toEqual([]);
  });
});
