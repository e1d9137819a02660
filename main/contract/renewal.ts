import { z } from 'zod';

/** A calendar day in Japan, YYYY-MM-DD: the order of days is the order of their text. */
const Day = z.iso.date();

/**
 * The way to the counter that renews a certificate, for a card whose certificate ends within a year or has ended. It is about dates, and about nobody.
 * The counter takes it from the day after the one that lies three months before the end, because less than three months must be left
 * (公的個人認証法施行規則: 三月未満).
 */
export const RenewalTrip = z
  .object({
    /** `later`: it cannot be renewed yet. `over`: the last day has gone; it can be renewed all the same. */
    state: z.enum(['later', 'now', 'over']),
    /** First day on which it can be renewed. */
    from: Day,
    /** Last day on which it can be used, to 24:00. */
    until: Day,
    /** The day on which the card was read. */
    today: Day,
    /** It ends before the holder's fifth birthday after its issue can have come: then the card itself ends on that day (10th or 5th birthday, end of a stay). */
    cardToo: z.boolean(),
  })
  .strict();
export type RenewalTrip = z.infer<typeof RenewalTrip>;

/** The days beside a day. @param day YYYY-MM-DD */
export function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The words of the entry (calendar.json), without readings. */
export interface CalendarWords {
  (key: 'calendar.certificate' | 'calendar.card' | 'calendar.bring' | 'calendar.where'): string;
  (key: 'calendar.until' | 'calendar.over', values: { readonly until: string }): string;
}

const escaped = (text: string) => text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll('\n', '\\n');

/** Bytes of a character in UTF-8. */
function bytesOf(sign: string): number {
  const code = sign.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
}

/** Lines of at most 75 bytes of UTF-8, cut between characters; what follows a cut begins with a space (RFC 5545 section 3.1). */
function folded(line: string): string {
  const lines = [''];
  let room = 75;
  for (const sign of line) {
    if (bytesOf(sign) > room) {
      lines.push('');
      room = 74;
    }
    lines[lines.length - 1] += sign;
    room -= bytesOf(sign);
  }
  return lines.join('\r\n ');
}

/**
 * The trip for a telephone's calendar: one event of a whole day (RFC 5545), short enough for a QR code. On the first day that the counter takes it; where
 * that has come, on the day after today. The same dates give the same text: it knows nothing of the card or its holder.
 */
export function renewalCalendar(trip: RenewalTrip, t: CalendarWords): string {
  const day = trip.state === 'later' ? trip.from : dayPlus(trip.today, 1);
  const plain = (date: string) => date.replaceAll('-', '');
  const limit = t(trip.state === 'over' ? 'calendar.over' : 'calendar.until', { until: trip.until.replaceAll('-', '/') });
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Madoguchi//EN',
    'BEGIN:VEVENT',
    `UID:renew-${plain(trip.until)}-${plain(day)}@madoguchi.invalid`,
    `DTSTAMP:${plain(trip.today)}T000000Z`,
    `DTSTART;VALUE=DATE:${plain(day)}`,
    `DTEND;VALUE=DATE:${plain(dayPlus(day, 1))}`,
    `SUMMARY:${escaped(t(trip.cardToo ? 'calendar.card' : 'calendar.certificate'))}`,
    `LOCATION:${escaped(t('calendar.where'))}`,
    `DESCRIPTION:${escaped(`${limit}. ${t('calendar.bring')}`)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
