import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SAMPLES } from '../../../test/screens/samples.ts';
import type { Screen } from '../../contract/screens.ts';
import { DONE, keys, StatsKey } from './keys.ts';
import { createVisitWatch } from './visit-watch.ts';

/** Whatever screens follow each other, personal ones among them. */
const screens: readonly Screen[] = SAMPLES.map(({ snapshot }) => snapshot('ja').screen);
const walk = fc.array(fc.nat({ max: screens.length - 1 }), { maxLength: 60 });

/** Every text that a screen holds, but its own name and codes: those are what the kiosk counts. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return /^[a-z-]{2,30}$/.test(value) ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
const personal = new Set(screens.flatMap(textsIn).filter((text) => text.length > 2));

it('the keys are codes, hold nothing that a screen tells a person, and no count ends below zero', () => {
  expect(personal.size).toBeGreaterThan(100);
  fc.assert(
    fc.property(walk, (steps) => {
      const found = new Map<string, number>();
      const see = createVisitWatch(({ key, n }) => {
        expect(StatsKey.safeParse(key).success).toBe(true);
        expect(key.split(':').filter((part) => personal.has(part))).toEqual([]);
        found.set(key, (found.get(key) ?? 0) + n);
      });
      steps.forEach((step, index) => {
        const screen = screens[step];
        if (screen !== undefined) see({ screen }, { day: '2026-11-26', ms: index * 45_000 });
        expect(Math.min(0, ...found.values())).toBe(0);
      });
      const sum = (start: string) => [...found].reduce((total, [key, n]) => total + (key.startsWith(start) ? n : 0), 0);
      expect(sum('abandoned:')).toBeLessThanOrEqual(sum('visits'));
      // Every sign-up that was done has a category, and nothing else has one.
      expect(sum('category:')).toBe(
        DONE.reduce((total, outcome) => total + (found.get(keys.outcome('sign-up', outcome)) ?? 0), 0),
      );
      expect(sum('made-along')).toBeLessThanOrEqual(sum('category:'));
      expect(sum('helped')).toBeLessThanOrEqual(sum('category:'));
    }),
    { numRuns: 400 },
  );
});
