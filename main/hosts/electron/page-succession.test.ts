import { expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { PageSuccession } from './page-succession.ts';

function setUp() {
  const clock = createManualClock();
  const told: string[] = [];
  let opened = 0;
  const pages = new PageSuccession<{ name: string }>({
    timers: { ...clock, now: () => clock.monotonic() },
    open: () => {
      opened += 1;
      told.push(`open ${opened}`);
      return { name: `${opened}` };
    },
    end: ({ name }) => told.push(`end ${name}`),
    onHeard: ({ name }, first) => told.push(`${first ? 'first' : 'heard'} ${name}`),
    onSeen: ({ name }, step) => told.push(`seen ${name} at ${step}`),
    probe: () => told.push('probe'),
  });
  const drain = () => told.splice(0);
  /** The page that comes paints, and paints again when it is asked. */
  const paint = (step: number) => {
    const page = pages.heard.at(-1);
    if (page === undefined) throw new Error('no page');
    pages.painted(page, step);
    clock.advance(50);
    pages.painted(page, step);
    return page;
  };
  return { clock, pages, drain, paint };
}

it('shows a page when it has said twice that it has painted, and loads one for the next visit after that', () => {
  const { clock, pages, drain, paint } = setUp();
  pages.next();
  const page = paint(3);
  expect(drain()).toEqual(['open 1', 'first 1', 'probe', 'seen 1 at 3']);
  expect(pages.seen).toBe(page);
  clock.advance(500);
  expect(drain()).toEqual(['open 2']);
});

it('ends the old page only when the next one is seen, and uses the one that was loaded', () => {
  const { clock, pages, drain, paint } = setUp();
  pages.next();
  const first = paint(1);
  clock.advance(500);
  drain();
  pages.next();
  expect(pages.seen).toBe(first);
  pages.painted(first, 2);
  expect(drain()).toEqual(['heard 2']);
  paint(2);
  expect(drain()).toEqual(['probe', 'seen 2 at 2', 'end 1']);
});

it('one that never paints is ended by the one after it', () => {
  const { pages, drain } = setUp();
  pages.next();
  pages.next();
  expect(drain()).toEqual(['open 1', 'first 1', 'end 1', 'open 2', 'first 2']);
});

it('a failure of the page loaded in advance is nobody’s', () => {
  const { clock, pages, drain, paint } = setUp();
  pages.next();
  const seen = paint(1);
  clock.advance(500);
  const spare = pages.close().at(-1);
  if (spare === undefined || spare === seen) throw new Error('none was loaded');
  drain();
  expect([pages.dropSpare(seen), pages.dropSpare(spare), pages.dropSpare(spare)]).toEqual([false, true, false]);
  expect(drain()).toEqual(['end 2']);
});

it('loads nothing and asks nothing after the window is closed', () => {
  const { clock, pages, drain, paint } = setUp();
  pages.next();
  const page = paint(1);
  drain();
  expect(pages.close()).toEqual([page]);
  clock.advance(10_000);
  expect(drain()).toEqual([]);
});
