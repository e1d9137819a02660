const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Japan is nine hours ahead of UTC, all year, since 1951. */
const JAPAN_MS = 9 * 60 * MINUTE_MS;

/** Days in Japan since 1970-01-01. @param at epoch ms */
export const japanDayNumber = (at: number): number => Math.floor((at + JAPAN_MS) / DAY_MS);

/** When a day in Japan begins, epoch ms. @param day as `japanDayNumber` counts */
export const japanDayStart = (day: number): number => day * DAY_MS - JAPAN_MS;

/** Minute of the day in Japan, 0 to 1439. @param at epoch ms */
export const japanMinute = (at: number): number => Math.floor((at - japanDayStart(japanDayNumber(at))) / MINUTE_MS);

/** The calendar day in Japan, YYYY-MM-DD. @param at epoch ms */
export function japanDay(at: number): string {
  return new Date(at + JAPAN_MS).toISOString().slice(0, 10);
}
