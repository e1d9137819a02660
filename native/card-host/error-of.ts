import type { CardHostError, ServiceTrouble } from '../../main/contract/card-host.ts';
import { Code } from '../pcsc/index.ts';

/** A PC/SC return code in the words of the card-host protocol; the number goes along for staff. */
export function errorOf(pcsc: number): CardHostError {
  switch (pcsc) {
    case Code.removedCard:
    case Code.noSmartcard:
      return { code: 'removed', pcsc };
    case Code.sharingViolation:
      return { code: 'reader-busy', pcsc };
    case Code.unresponsiveCard:
    case Code.unpoweredCard:
    case Code.unsupportedCard:
    case Code.protocolMismatch:
      return { code: 'mute', pcsc };
    case Code.unknownReader:
    case Code.readerUnavailable:
    case Code.noReadersAvailable:
      return { code: 'reader-gone', pcsc };
    case Code.securityViolation:
      return { code: 'not-allowed', pcsc };
    case Code.noService:
    case Code.serviceStopped:
    case Code.commError:
    case Code.invalidHandle:
      return { code: 'service-down', pcsc };
    default:
      return { code: 'reader-failed', pcsc };
  }
}

/** Why no context could be had. */
export function troubleOf(pcsc: number): ServiceTrouble {
  return pcsc === Code.securityViolation ? 'not-allowed' : 'not-running';
}

/** After these the context is dead and a new one is needed. */
export function serviceIsGone(pcsc: number): boolean {
  return errorOf(pcsc).code === 'service-down';
}
