const JAPAN_MS = 9 * 60 * 60 * 1000;

/** The calendar day in Japan, YYYY-MM-DD. @param at epoch ms */
export function japanDay(at: number): string {
  return new Date(at + JAPAN_MS).toISOString().slice(0, 10);
}
