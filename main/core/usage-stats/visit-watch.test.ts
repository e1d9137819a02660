import { describe, expect, it } from 'vitest';
import type { ReadBack, Screen, ScreenOf } from '../../contract/screens.ts';
import { createVisitWatch } from './visit-watch.ts';

const receipt = '1234567897';
const slip = { state: 'none' as const };
const at = '2026-11-26T00:00:00.000Z';
const readBack = (kind: 'set-up' | 'sign-up', more: { helped?: boolean; makeId?: boolean } = {}): Screen => ({
  name: 'read-back',
  page: 1,
  content: { kind, helped: false, makeId: false, receipt, at, ...more } as ReadBack,
});
const service = (category: 'qr' | 'prepaid'): Screen => ({ name: 'service', hit: { category } }) as ScreenOf<'service'>;
const about = (family: string | null): Screen => ({ name: 'about-sign-up', family }) as ScreenOf<'about-sign-up'>;
const signedUp: Screen = { name: 'signed-up', receipt, slip } as ScreenOf<'signed-up'>;
const received: Screen = { name: 'received', receipt, at, nextPerson: false, slip };
const issued: Screen = { name: 'issued', myKeyId: 'ABCD1234', alreadySet: false, goesOn: 'sign-up', receipt, slip };
const menu: Screen = { name: 'menu', can: [], cardPresent: false };
const attract: Screen = { name: 'attract', can: [] };
const goodbye = (reason: ScreenOf<'goodbye'>['reason']): Screen => ({ name: 'goodbye', reason });
const problem = (code: 'pin-locked' | 'mute'): Screen => ({ name: 'card-problem', problem: { code }, journey: 'set-up', slip });

/** Counts after these screens, ten seconds each. A number lets so many minutes pass; a text begins another day. */
function counted(...script: (Screen | number | string)[]): Record<string, number> {
  const found: Record<string, number> = {};
  let ms = 0;
  let day = '2026-11-26';
  const see = createVisitWatch((one) => {
    const key = one.day === '2026-11-26' ? one.key : `${one.day} ${one.key}`;
    found[key] = (found[key] ?? 0) + one.n;
    if (found[key] === 0) delete found[key];
  });
  for (const one of script) {
    if (typeof one === 'number') ms += one * 60_000;
    else if (typeof one === 'string') day = one;
    else {
      see({ screen: one }, { day, ms });
      ms += 10_000;
    }
  }
  return found;
}

const setUp: Screen[] = [attract, menu, { name: 'about-set-up' }, { name: 'whose-card' }];

describe('what is counted', () => {
  it('a set-up that was done, with its whole minutes; leaving after it is no giving up', () => {
    expect(counted(...setUp, 3, readBack('set-up'), { name: 'pin-last-try' }, issued, goodbye('removed'), attract)).toEqual({
      visits: 1,
      'outcome:set-up:issued': 1,
      'minutes:set-up:3': 1,
    });
  });

  it('a 受付 counts at once; an answer that comes after all takes its place, on the day of the 受付', () => {
    expect(counted(...setUp, received)).toMatchObject({ 'outcome:set-up:received': 1, 'minutes:set-up:0': 1 });
    const answered = counted(...setUp, received, '2026-11-27', issued, goodbye('done'));
    expect(answered).toEqual({ visits: 1, '2026-11-27 outcome:set-up:issued': 1, '2026-11-27 minutes:set-up:0': 1 });
    const refused = counted(
      ...setUp,
      received,
      { name: 'refused', receipt, code: 'certificate-revoked', nextPerson: false, slip },
      goodbye('done'),
    );
    expect(refused).toEqual({ visits: 1, 'outcome:set-up:refused': 1, 'referral:certificate-revoked': 1 });
  });

  it('a sign-up by category; an ID made along; somebody helped', () => {
    const visit = [menu, about(null), service('qr'), { name: 'who-types' } as const];
    const done = counted(attract, ...visit, readBack('sign-up', { helped: true, makeId: true }), signedUp, goodbye('done'));
    expect(done).toEqual({
      visits: 1,
      'outcome:sign-up:signed-up': 1,
      'category:qr': 1,
      'made-along': 1,
      helped: 1,
      'minutes:sign-up:0': 1,
    });
    expect(
      counted(attract, ...visit, readBack('sign-up', { helped: true }), { name: 'pin-last-try' }, goodbye('removed')),
    ).toEqual({
      visits: 1,
      'abandoned:sign-up:pin-last-try:removed': 1,
    });
  });

  it('a 受付 whose answer asks once more is none, until the second try', () => {
    const script = [
      attract,
      menu,
      about(null),
      service('qr'),
      readBack('sign-up'),
      received,
      { name: 'not-set-up', receipt, slip } as const,
    ];
    expect(counted(...script, goodbye('removed'))).toEqual({ visits: 1, 'abandoned:sign-up:not-set-up:removed': 1 });
    expect(counted(...script, readBack('sign-up', { makeId: true }), signedUp, goodbye('done'))).toMatchObject({
      'outcome:sign-up:signed-up': 1,
      'category:qr': 1,
      'made-along': 1,
    });
  });

  it('the family goes on: a visit for each person', () => {
    const one = [service('qr'), readBack('sign-up'), signedUp];
    expect(
      counted(attract, menu, about(null), ...one, { name: 'take-card', alarm: false }, about('x'), ...one, goodbye('done')),
    ).toMatchObject({ visits: 2, 'outcome:sign-up:signed-up': 2, 'category:qr': 2 });
    expect(counted(attract, menu, about(null), ...one, about('x'), attract)).toMatchObject({
      visits: 2,
      'outcome:sign-up:signed-up': 1,
      'abandoned:sign-up:about-sign-up:home': 1,
    });
  });
});

describe('giving up', () => {
  it.each(['home', 'timeout', 'removed', 'staff', 'reader'] as const)('by %s, at the screen that was up', (reason) => {
    const end: Screen[] = reason === 'home' ? [attract] : [{ name: 'take-card', alarm: false }, goodbye(reason)];
    expect(counted(...setUp, ...end)).toEqual({ visits: 1, [`abandoned:set-up:whose-card:${reason}`]: 1 });
  });

  it('at the screen before, where the end of the journey shows as reading for a moment', () => {
    const reading: Screen = { name: 'reading-card', journey: 'set-up' };
    expect(counted(...setUp, reading, attract)).toEqual({ visits: 1, 'abandoned:set-up:whose-card:home': 1 });
    expect(counted(...setUp, reading, goodbye('removed'))).toEqual({ visits: 1, 'abandoned:set-up:reading-card:removed': 1 });
  });

  it('at the menu only when nothing had come of the visit', () => {
    expect(counted(attract, menu, attract)).toEqual({ visits: 1, 'abandoned:menu:menu:home': 1 });
    const looked: Screen = { name: 'check-result', items: ['pin-reset-needed'], slip } as unknown as ScreenOf<'check-result'>;
    expect(counted(attract, menu, looked, menu, attract)).toEqual({
      visits: 1,
      'outcome:check:shown': 1,
      'minutes:check:0': 1,
      'referral:pin-unusable': 1,
    });
  });

  it('is not what a person does who is sent elsewhere, each reason counted once a visit; a card that did not answer is no referral', () => {
    expect(counted(attract, menu, problem('pin-locked'), menu, problem('pin-locked'), goodbye('removed'))).toEqual({
      visits: 1,
      'referral:pin-locked': 1,
    });
    expect(counted(attract, menu, problem('mute'), goodbye('removed'))).toEqual({
      visits: 1,
      'abandoned:set-up:card-problem:removed': 1,
    });
  });

  it('a card that is taken away before anybody began is no visit', () => {
    expect(counted(attract, { name: 'take-card', alarm: false }, goodbye('home'), attract)).toEqual({});
    expect(
      counted({ name: 'out-of-order', reason: 'starting' }, attract, { name: 'out-of-order', reason: 'staff' }, attract),
    ).toEqual({});
  });
});
