import type { RenewalTrip } from '../../../contract/renewal.ts';
import { dayPlus } from '../../../contract/renewal.ts';
import { japanDay } from '../../time.ts';

const RENEWAL_MONTHS = 3;

/** The same day so many months on; where that month has none, its last one. @param day YYYY-MM-DD */
function monthsOn(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/**
 * What a certificate's dates say about the way to the counter (SOURCES.md, Card: validity). A certificate ends on the fifth
 * birthday after its issue, or with the
 * card where that ends sooner: the tenth birthday, the fifth for who was under 18, the end of a foreign resident's stay. Which of them it is only
 * shows where a fifth birthday cannot have come yet: those lie more than four years after the issue.
 * @param at epoch ms
 */
export function renewalTrip(notBefore: number, notAfter: number, at: number): RenewalTrip | null {
  if (at < notBefore) return null;
  const [issued, until, today] = [japanDay(notBefore), japanDay(notAfter), japanDay(at)];
  if (monthsOn(today, 12) < until) return null;
  const from = dayPlus(monthsOn(until, -RENEWAL_MONTHS), 1);
  const state = at > notAfter ? 'over' : today >= from ? 'now' : 'later';
  return { state, from, until, today, cardToo: until <= monthsOn(issued, 48) };
}
