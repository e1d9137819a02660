import { expect, it } from 'vitest';
import { createManualClock } from '../../test/support/manual-clock.ts';
import { createCrowd, GREETING_MS } from './crowd.ts';

function setUp(most: number) {
  const clock = createManualClock();
  const dropped: string[] = [];
  const timers = { ...clock, now: () => clock.monotonic() };
  const crowd = createCrowd<string>({ most, timers, drop: (member) => dropped.push(member) });
  return { clock, dropped, crowd };
}

it('a stranger has five seconds, longer only when it does something; who is known stays', () => {
  const { clock, dropped, crowd } = setUp(10);
  for (const member of ['silent', 'busy', 'known']) crowd.enter(member);
  crowd.know('known');
  clock.advance(GREETING_MS - 1);
  crowd.stay('busy');
  clock.advance(1);
  expect(dropped).toEqual(['silent']);
  clock.advance(GREETING_MS - 1);
  expect([dropped, crowd.size]).toEqual([['silent', 'busy'], 1]);
  clock.advance(3_600_000);
  expect([dropped, clock.pending]).toEqual([['silent', 'busy'], 0]);
});

it('who holds all places as a stranger makes room, the longest there first; known ones never do', () => {
  const { dropped, crowd } = setUp(3);
  for (const member of ['known', 'a', 'b']) crowd.enter(member);
  crowd.know('known');
  crowd.enter('c');
  crowd.enter('d');
  expect(dropped).toEqual(['a', 'b']);
  crowd.know('c');
  crowd.know('d');
  crowd.enter('e');
  expect([dropped, crowd.size]).toEqual([['a', 'b', 'e'], 3]);
  crowd.leave('c');
  crowd.enter('f');
  expect([dropped, crowd.size]).toEqual([['a', 'b', 'e'], 3]);
});
