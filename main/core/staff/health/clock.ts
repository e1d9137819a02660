import { type CheckOf, found } from './check.ts';
import type { Pulse } from './platform.ts';

/** Challenges and dates of certificates are judged by time: from here on somebody should look. */
const OFF_MS = 10_000;
/** From here on what people do offline comes near to being refused (the reference platform bears two hours). */
const FAR_OFF_MS = 30 * 60_000;

/** Our clock against the platform's. */
export const clockCheck =
  (pulse: () => Promise<Pulse>): CheckOf<'clock'> =>
  async () => {
    const beat = await pulse();
    if (!beat.ok) return found('unknown', 'platform-away');
    const { skewMs } = beat;
    const facts = { skewMs, seconds: Math.round(Math.abs(skewMs) / 1000) };
    if (Math.abs(skewMs) >= FAR_OFF_MS) return found('bad', 'far-off', facts);
    return Math.abs(skewMs) >= OFF_MS ? found('warning', 'off', facts) : found('good', 'right', facts);
  };
