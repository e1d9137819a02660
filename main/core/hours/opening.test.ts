import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { Hours } from '../../contract/hours.ts';
import { createCalendar } from './calendar.ts';
import { closedView } from './closed-view.ts';
import { createOpening } from './opening.ts';
import { openOverrideStore, overrideInMemory } from './override-store.ts';

const at = (text: string) => Date.parse(`${text}:00+09:00`);
const MINUTE = 60_000;
const office = ['08:30-12:00', '13:00-17:15'];
const calendar = createCalendar(Hours.parse({ week: { mon: office, tue: office, fri: office } }));
const up = (from: string, store = overrideInMemory(), hours: typeof calendar | null = calendar) => {
  const clock = createManualClock(at(from));
  const opening = createOpening({ calendar: hours, clock, store });
  const told: boolean[] = [];
  opening.onChange(() => told.push(opening.state.open));
  opening.start();
  return { clock, opening, told };
};

describe('by the hours', () => {
  it('opens and closes in the very minute, and says when it changes next', () => {
    const { clock, opening, told } = up('2026-11-27T08:00');
    expect(opening.state).toEqual({ open: false, by: 'hours', until: at('2026-11-27T08:30') });
    clock.advance(30 * MINUTE - 1);
    expect(opening.state.open).toBe(false);
    clock.advance(1);
    expect(opening.state).toEqual({ open: true, by: 'hours', until: at('2026-11-27T12:00') });
    clock.advance(3.5 * 60 * MINUTE);
    expect([opening.state.open, told]).toEqual([false, [true, false]]);
    clock.advance(24 * 60 * MINUTE);
    expect(opening.state).toEqual({ open: false, by: 'hours', until: at('2026-11-30T08:30') });
  });

  it('a clock that is set, either way, and a machine that slept are noticed within a quarter of a minute', () => {
    const { clock, opening } = up('2026-11-27T07:00');
    clock.jump(2 * 60 * MINUTE);
    clock.advance(15_000);
    expect(opening.state.open).toBe(true);
    clock.jump(-60 * MINUTE);
    clock.advance(15_000);
    expect(opening.state.open).toBe(false);
    opening.stop();
    expect(clock.pending).toBe(0);
  });

  it('no hours: always open, and no timer', () => {
    const { clock, opening } = up('2026-11-27T07:00', overrideInMemory(), null);
    expect([opening.state, clock.pending]).toEqual([{ open: true, by: 'always', until: null }, 0]);
  });
});

describe('by hand', () => {
  it('open for today, up to midnight', () => {
    const { clock, opening } = up('2026-11-28T10:00');
    opening.order('open-today');
    expect(opening.state).toEqual({ open: true, by: 'staff', until: at('2026-11-29T00:00') });
    clock.advance(14 * 60 * MINUTE);
    expect(opening.state).toEqual({ open: false, by: 'hours', until: at('2026-11-30T08:30') });
  });

  it('closed up to the next opening; closed and open until somebody says otherwise', () => {
    const { clock, opening } = up('2026-11-27T10:00');
    opening.order('close-till-next');
    expect(opening.state).toEqual({ open: false, by: 'staff', until: at('2026-11-27T13:00') });
    clock.advance(3 * 60 * MINUTE);
    expect(opening.state).toMatchObject({ open: true, by: 'hours' });
    opening.order('close');
    clock.advance(7 * 24 * 60 * MINUTE);
    expect(opening.state).toEqual({ open: false, by: 'staff', until: null });
    opening.order('open');
    clock.advance(7 * 24 * 60 * MINUTE);
    expect(opening.state).toEqual({ open: true, by: 'staff', until: null });
    opening.order('follow');
    expect(opening.state.by).toBe('hours');
  });

  it('holds over a restart, and without hours too', () => {
    const data = mkdtempSync(join(tmpdir(), 'opening-'));
    const first = up('2026-11-27T10:00', openOverrideStore(data), null);
    expect(first.opening.order('close')).toBe(true);
    first.opening.stop();
    expect(up('2026-11-28T10:00', openOverrideStore(data), null).opening.state).toEqual({
      open: false,
      by: 'staff',
      until: null,
    });
    writeFileSync(join(data, 'opening.json'), '{"v":1,"set":"ajar"}');
    expect(up('2026-11-28T10:00', openOverrideStore(data), null).opening.state.open).toBe(true);
    rmSync(data, { recursive: true });
    const { opening } = up('2026-11-27T10:00', openOverrideStore(data), null);
    // No disk: it holds as long as the core runs.
    expect([opening.order('close'), opening.state.open]).toEqual([false, false]);
  });
});

it('the closed screen says how far the day is', () => {
  const seen = (from: string) => closedView(up(from).opening.state, at(from))?.opens;
  expect(seen('2026-11-27T12:30')).toEqual({ at: '2026-11-27T04:00:00.000Z', on: 'today' });
  expect(seen('2026-11-29T23:59')).toEqual({ at: '2026-11-29T23:30:00.000Z', on: 'tomorrow' });
  expect(seen('2026-11-30T00:00')).toEqual({ at: '2026-11-29T23:30:00.000Z', on: 'today' });
  expect(seen('2026-11-28T00:00')).toEqual({ at: '2026-11-29T23:30:00.000Z', on: 'later' });
  expect(closedView({ open: false, by: 'staff', until: null }, 0)).toEqual({ opens: null });
  expect(closedView({ open: true, by: 'hours', until: 0 }, 0)).toBeNull();
});
