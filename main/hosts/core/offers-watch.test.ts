import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createManualClock } from '../../../test/support/manual-clock.ts';
import { testSettings } from '../../../test/support/scripted-kiosk.ts';
import type { Journey } from '../../contract/screens.ts';
import { watchOffers } from './offers-watch.ts';
import { cameraMayBeThere } from './system.ts';

test('a camera that is plugged in later brings its journey, once, in its place', () => {
  const clock = createManualClock();
  const logged: unknown[] = [];
  let there = false;
  const settings = { ...testSettings, journeys: ['card-application', 'check', 'municipal'] satisfies Journey[] };
  const offers = watchOffers({ settings, clock, log: (event, fields) => logged.push([event, fields]), camera: () => there });
  const came: (readonly Journey[])[] = [];
  const stop = offers.start((journeys) => came.push(journeys));
  expect(offers.journeys).toEqual(['check']);
  expect(logged).toEqual([
    ['journey.left-out', { journey: 'card-application', lacks: 'camera' }],
    ['journey.left-out', { journey: 'municipal', lacks: 'catalogue-key' }],
  ]);
  clock.advance(60_000);
  expect(came).toEqual([]);
  there = true;
  clock.advance(60_000);
  there = false;
  clock.advance(60_000);
  expect(came).toEqual([['card-application', 'check']]);
  expect(offers.leftOut).toEqual([{ journey: 'municipal', lacks: 'catalogue-key' }]);
  expect(logged.slice(2)).toEqual([['journey.offered', { journey: 'card-application' }]]);
  stop();
});

test('a camera is what the kernel lists; where nobody can tell it may be there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'video-'));
  expect(cameraMayBeThere('linux', 'production', join(folder, 'none'))).toBe(false);
  expect(cameraMayBeThere('linux', 'production', folder)).toBe(false);
  writeFileSync(join(folder, 'v4l-subdev0'), '');
  expect(cameraMayBeThere('linux', 'production', folder)).toBe(false);
  mkdirSync(join(folder, 'video0'));
  expect(cameraMayBeThere('linux', 'production', folder)).toBe(true);
  expect(cameraMayBeThere('win32', 'production', join(folder, 'none'))).toBe(true);
  expect(cameraMayBeThere('linux', 'sandbox', join(folder, 'none'))).toBe(true);
  rmSync(folder, { recursive: true });
});
