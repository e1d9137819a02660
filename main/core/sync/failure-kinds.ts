import { unreachable } from '../../contract/result.ts';
import type { PlatformError } from '../ports.ts';

/** Whether this failure may come from one of the rows. The others are about the platform as a whole, or about the line. */
export function mayBeARow(error: PlatformError): boolean {
  switch (error.kind) {
    case 'failed':
    case 'rejected':
    case 'garbage':
      return true;
    case 'line':
      return error.cause === 'timeout' || error.cause === 'cut';
    case 'busy':
    case 'denied':
      return false;
    default:
      return unreachable(error);
  }
}

/** Whether this failure says nothing against sending as much again: nothing left the kiosk, or the platform said when to come with it. */
export const isHarmless = (error: PlatformError): boolean =>
  (error.kind === 'line' && error.cause === 'unreachable') || (error.kind === 'busy' && error.retryAfterMs !== null);
