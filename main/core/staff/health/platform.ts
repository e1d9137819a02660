import { unreachable } from '../../../contract/result.ts';
import type { Clock, Platform, PlatformError } from '../../ports.ts';
import { type CheckOf, type Finding, found } from './check.ts';
import { DEADLINE_MS } from './run-checks.ts';

/** One sign of life. `ms`: how long it took; `skewMs`: how far our clock is ahead of the platform's (negative: behind). */
export type Pulse =
  | { readonly ok: true; readonly ms: number; readonly skewMs: number; readonly maintenance: boolean }
  | { readonly ok: false; readonly error: PlatformError };

const SLOW_MS = 3000;

/** Asks once, for both checks that want to know: `platform` and `clock`. */
export function takePulse(client: Pick<Platform, 'status'>, clock: Clock): () => Promise<Pulse> {
  let asked: Promise<Pulse> | null = null;
  const ask = async (): Promise<Pulse> => {
    const began = clock.monotonic();
    const answer = await client.status(AbortSignal.timeout(DEADLINE_MS), { urgent: true });
    const ms = Math.round(clock.monotonic() - began);
    if (!answer.ok) return answer;
    // What the platform wrote down lies about in the middle of the way there and back.
    const skewMs = Math.round(clock.now() - ms / 2 - Date.parse(answer.value.body.time));
    return { ok: true, ms, skewMs, maintenance: answer.value.body.maintenance };
  };
  return () => {
    asked ??= ask();
    return asked;
  };
}

/** The platform answers. */
export const platformCheck =
  (pulse: () => Promise<Pulse>): CheckOf<'platform'> =>
  async () => {
    const beat = await pulse();
    if (!beat.ok) return failure(beat.error);
    const { ms, maintenance } = beat;
    if (maintenance) return found('warning', 'maintenance', { ms });
    return ms > SLOW_MS ? found('warning', 'slow', { ms }) : found('good', 'answers', { ms });
  };

function failure(error: PlatformError): Finding<'away' | 'busy' | 'refused' | 'garbage'> {
  switch (error.kind) {
    case 'line':
      // Something on the way answered in the platform's place.
      return found('bad', error.cause === 'unmarked' ? 'garbage' : 'away');
    case 'busy':
    case 'failed':
      return found('warning', 'busy', { status: error.status });
    case 'denied':
    case 'rejected':
      return found('bad', 'refused', { status: error.status });
    case 'garbage':
      return found('bad', 'garbage');
    default:
      return unreachable(error);
  }
}
