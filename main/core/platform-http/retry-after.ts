type HeaderValue = string | string[] | undefined;

/** A Date header. @returns epoch ms by the sender's clock, or null */
export function dateOf(header: HeaderValue): number | null {
  const time = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

/**
 * Retry-After (RFC 9110 section 10.2.3): seconds or a date. A date is measured against the Date of the same answer, since the kiosk's
 * own clock may be wrong by hours; against `now` only where the answer says no date.
 * @param date of the answer, epoch ms @param now epoch ms @returns ms from now, not negative; null: not said
 */
export function retryAfter(header: HeaderValue, date: number | null, now: number): number | null {
  if (typeof header !== 'string') return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Only the fixed form of HTTP dates: Date.parse reads far more than a server means by it.
  const at = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - (date ?? now));
}
