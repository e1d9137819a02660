import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type RenewalTrip, renewalCalendar } from '../../../contract/renewal.ts';
import { slipText } from '../../print/slip-text.ts';
import { renewalTrip } from './renewal.ts';

afterEach(() => vi.unstubAllEnvs());

/** The end of a day in Japan, as certificates have it. */
const endOf = (day: string) => Date.parse(`${day}T23:59:59+09:00`);
const noon = (day: string) => Date.parse(`${day}T12:00:00+09:00`);

/** A birthday in some year; who was born on 29 February has it on the 28th in the others. */
function birthday(born: string, year: number): string {
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return `${year}-${born.slice(5) === '02-29' && !leap ? '02-28' : born.slice(5)}`;
}
/** The n-th birthday after a day: the day itself is not counted. */
function nthBirthday(born: string, after: string, n: number): string {
  const first = Number(after.slice(0, 4)) + (birthday(born, Number(after.slice(0, 4))) > after ? 0 : 1);
  return birthday(born, first + n - 1);
}
const age = (born: string, day: string) =>
  Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (birthday(born, Number(day.slice(0, 4))) > day ? 1 : 0);
interface Holder {
  readonly born: string;
  readonly card: string;
  /** When the certificate was issued, where that was later. */
  readonly certificate?: string;
  /** Last day of a limited stay. */
  readonly stay?: string;
}
/**
 * The last days of a card and of the certificate in it, by the rules (SOURCES.md, Card: validity; adult from 18 since April
 * 2022).
 */
function ends({ born, card, certificate = card, stay = '9999-12-31' }: Holder): { card: string; certificate: string } {
  const own = nthBirthday(born, card, age(born, card) >= 18 ? 10 : 5);
  const cardEnds = own < stay ? own : stay;
  const fifth = nthBirthday(born, certificate, 5);
  return { card: cardEnds, certificate: fifth < cardEnds ? fifth : cardEnds };
}

describe('every class of expiry, to the day', () => {
  it.each<[string, Holder, string, string, boolean]>([
    ['an adult: the fifth birthday', { born: '1985-04-06', card: '2025-10-27' }, '2030-04-06', '2030-01-07', false],
    [
      'issued on the birthday: that day is not counted',
      { born: '1985-04-06', card: '2025-04-06' },
      '2030-04-06',
      '2030-01-07',
      false,
    ],
    ['issued the day before it', { born: '1985-04-06', card: '2025-04-05' }, '2029-04-06', '2029-01-07', false],
    ['born on 29 February, in a common year', { born: '1988-02-29', card: '2025-10-27' }, '2030-02-28', '2029-11-29', false],
    ['born on 29 February, in a leap year', { born: '1988-02-29', card: '2023-10-27' }, '2028-02-29', '2027-11-30', false],
    [
      'a child: card and certificate on the fifth birthday',
      { born: '2015-08-31', card: '2025-10-27' },
      '2030-08-31',
      '2030-06-01',
      false,
    ],
    ['17 years and 364 days: five years', { born: '2008-06-15', card: '2026-06-14' }, '2030-06-15', '2030-03-16', false],
    [
      '18 on the day of issue: the card for ten, the certificate for five',
      { born: '2008-06-15', card: '2026-06-15' },
      '2031-06-15',
      '2031-03-16',
      false,
    ],
    [
      'a second certificate that ends with the card on the tenth birthday',
      { born: '1985-04-06', card: '2020-05-01', certificate: '2026-05-20' },
      '2030-04-06',
      '2030-01-07',
      true,
    ],
    [
      'a limited stay: its last day',
      { born: '1995-12-01', card: '2025-10-27', stay: '2027-05-31' },
      '2027-05-31',
      '2027-03-01',
      true,
    ],
    ['a stay of a few weeks', { born: '1995-12-01', card: '2026-10-27', stay: '2026-12-20' }, '2026-12-20', '2026-09-21', true],
    [
      'a stay longer than five years',
      { born: '1995-12-01', card: '2025-10-27', stay: '2031-10-01' },
      '2029-12-01',
      '2029-09-02',
      false,
    ],
  ])('%s', (_, holder, until, from, cardToo) => {
    const { certificate, card } = ends(holder);
    expect(certificate).toBe(until);
    // Said only where it is so.
    if (cardToo) expect(card).toBe(certificate);
    const trip = renewalTrip(noon(holder.certificate ?? holder.card), endOf(until), noon(until));
    expect(trip).toEqual({ state: 'now', from, until, today: until, cardToo });
  });

  it('never says that the card ends where a fifth birthday can be the reason', () => {
    const day = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
    const born = fc
      .date({ min: new Date('1930-01-01'), max: new Date('2019-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10));
    fc.assert(
      fc.property(born, day, fc.option(day), (birth, card, stay) => {
        const { certificate, card: cardEnds } = ends({ born: birth, card, ...(stay === null || stay <= card ? {} : { stay }) });
        const trip = renewalTrip(noon(card), endOf(certificate), endOf(certificate));
        expect(trip?.until).toBe(certificate);
        if (trip?.cardToo === true) expect(cardEnds).toBe(certificate);
      }),
    );
  });
});

describe('from when', () => {
  // As a city prints it: less than three months, so the day after; where that day of the month is missing, the first of the next.
  it.each([
    ['2023-07-07', '2023-04-08'],
    ['2023-05-28', '2023-03-01'],
    ['2023-05-29', '2023-03-01'],
    ['2023-05-31', '2023-03-01'],
    ['2024-05-28', '2024-02-29'],
    ['2024-05-29', '2024-03-01'],
    ['2024-05-31', '2024-03-01'],
    ['2024-02-29', '2023-11-30'],
    ['2026-11-30', '2026-08-31'],
    ['2026-01-31', '2025-11-01'],
    ['2026-03-31', '2026-01-01'],
  ])('until %s: from %s, and not a second sooner', (until, from) => {
    const trip = (at: number) => renewalTrip(noon('2020-01-15'), endOf(until), at);
    const opens = Date.parse(`${from}T00:00:00+09:00`);
    expect(trip(opens)).toMatchObject({ state: 'now', from, until });
    expect(trip(opens - 1)).toMatchObject({ state: 'later', from, until });
    expect(trip(endOf(until))).toMatchObject({ state: 'now' });
    expect(trip(endOf(until) + 1000)).toMatchObject({ state: 'over' });
  });

  it('is asked of nobody whose certificate runs for more than a year, or has not begun', () => {
    const until = endOf('2028-02-29');
    expect(renewalTrip(noon('2023-10-27'), until, noon('2027-02-27'))).toBeNull();
    expect(renewalTrip(noon('2023-10-27'), until, noon('2027-02-28'))).toBeNull();
    expect(renewalTrip(noon('2023-10-27'), until, noon('2027-03-01'))).toMatchObject({ state: 'later', from: '2027-11-30' });
    expect(renewalTrip(noon('2027-06-01'), until, noon('2027-05-31'))).toBeNull();
    expect(renewalTrip(noon('2020-10-27'), endOf('2021-01-05'), noon('2030-01-05'))).toMatchObject({
      state: 'over',
      until: '2021-01-05',
    });
  });

  it('the day is Japan’s, whatever clock and zone the kiosk has', () => {
    const at = (text: string) => Date.parse(text);
    for (const [zone, hour] of [
      ['Asia/Tokyo', 9],
      ['UTC', 0],
      ['America/Los_Angeles', 16],
      ['Pacific/Kiritimati', 14],
      ['Pacific/Pago_Pago', 13],
      ['Australia/Lord_Howe', 11],
    ] as const) {
      vi.stubEnv('TZ', zone);
      // The process is there.
      expect(new Date('2026-01-01T00:00:00Z').getHours(), zone).toBe(hour);
      const trips = [
        renewalTrip(at('2025-10-27T01:37:00Z'), at('2030-02-17T14:59:59Z'), at('2029-11-17T14:59:59Z')),
        renewalTrip(at('2025-10-27T01:37:00Z'), at('2030-02-17T14:59:59Z'), at('2029-11-17T15:00:00Z')),
        renewalTrip(at('2019-03-01T15:30:00Z'), at('2024-02-29T14:59:59Z'), at('2024-02-29T15:00:00Z')),
      ];
      expect(trips, zone).toMatchObject([
        { state: 'later', from: '2029-11-18', until: '2030-02-17', today: '2029-11-17' },
        { state: 'now', from: '2029-11-18', until: '2030-02-17', today: '2029-11-18' },
        { state: 'over', from: '2023-11-30', until: '2024-02-29', today: '2024-03-01' },
      ]);
    }
  });
});

describe('the calendar', () => {
  const trip: RenewalTrip = { state: 'later', from: '2029-11-18', until: '2030-02-17', today: '2029-06-01', cardToo: false };
  /** The properties of the event, unfolded and unescaped. */
  const read = (text: string) =>
    new Map(
      text
        .replaceAll('\r\n ', '')
        .split('\r\n')
        .filter((line) => line !== '')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const),
    );

  it('is one event of the whole day on which it can first be renewed', () => {
    const event = read(renewalCalendar(trip, slipText('ja')));
    expect(event.get('DTSTART;VALUE=DATE')).toBe('20291118');
    expect(event.get('DTEND;VALUE=DATE')).toBe('20291119');
    expect(event.get('DTSTAMP')).toBe('20290601T000000Z');
    expect(event.get('SUMMARY')).toBe('マイナンバーカードの電子証明書の更新');
    expect(event.get('LOCATION')).toBe('市区町村のマイナンバーカード窓口');
    expect(event.get('DESCRIPTION')).toBe('期限 2030/02/17. カードと暗証番号を持って行く');
    expect(read(renewalCalendar({ ...trip, cardToo: true }, slipText('en'))).get('SUMMARY')).toBe('Renew My Number Card');
  });

  it('is tomorrow where it can be renewed already, over the end of a month and a leap day too', () => {
    const start = (today: string, state: 'now' | 'over') =>
      read(renewalCalendar({ ...trip, state, today }, slipText('en'))).get('DTSTART;VALUE=DATE');
    expect(start('2029-12-31', 'now')).toBe('20300101');
    expect(start('2028-02-28', 'over')).toBe('20280229');
    expect(start('2030-02-28', 'over')).toBe('20300301');
  });

  it('keeps to the form: CRLF, lines of at most 75 bytes, no character cut, and small enough for a code', () => {
    for (const language of ['ja', 'en'] as const)
      for (const state of ['later', 'now', 'over'] as const)
        for (const cardToo of [true, false]) {
          const text = renewalCalendar({ ...trip, state, cardToo }, slipText(language));
          expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
          expect(text.endsWith('END:VEVENT\r\nEND:VCALENDAR\r\n')).toBe(true);
          expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n\ufffd]/);
          for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(Buffer.byteLength(text)).toBeLessThan(520);
        }
  });

  it('knows nobody: the same dates give the same text', () => {
    expect(renewalCalendar({ ...trip }, slipText('ja'))).toBe(renewalCalendar({ ...trip }, slipText('ja')));
    const { UID = '' } = Object.fromEntries(read(renewalCalendar(trip, slipText('ja'))));
    expect(UID).toBe('renew-20300217-20291118@madoguchi.invalid');
  });
});
