import { unreachable } from '../../contract/result.ts';
import type { PlatformError, RandomBytes } from '../ports.ts';
import { asked, backOff } from './back-off.ts';

/**
 * How long to wait after a failure, by what the platform or the line said.
 * @param failures in a row, this one included, from 1
 * @returns ms; `holdsAll`: the platform asked for it by name (Retry-After of a busy one), and it holds for every purpose
 */
export function waitAfter(
  error: PlatformError,
  failures: number,
  { random, capMs }: { readonly random: RandomBytes; readonly capMs: number },
): { readonly ms: number; readonly holdsAll: boolean } {
  const own = backOff(failures, capMs, random);
  switch (error.kind) {
    case 'busy':
      return error.retryAfterMs === null
        ? { ms: own, holdsAll: false }
        : { ms: asked(error.retryAfterMs, random), holdsAll: true };
    case 'failed':
      return { ms: error.retryAfterMs === null ? own : Math.max(own, asked(error.retryAfterMs, random)), holdsAll: false };
    case 'line': {
      if (error.retryAfterMs === null) return { ms: own, holdsAll: false };
      // Whoever said it, it was not the platform: a hint, and no reason to stay away longer than we would by ourselves.
      return { ms: Math.max(own, Math.min(asked(error.retryAfterMs, random), capMs)), holdsAll: false };
    }
    case 'garbage':
    case 'denied':
    case 'rejected':
      return { ms: own, holdsAll: false };
    default:
      return unreachable(error);
  }
}
