import { connect } from 'node:net';
import type { ReaderSeen } from '../../card/reader-health.ts';
import { codeOf } from '../../outbox/database.ts';
import { type CheckOf, found } from './check.ts';

/** SCARD_W_SECURITY_VIOLATION: pcscd was asked, and polkit said no to this card. */
const SECURITY_VIOLATION = 0x8010006a;
const CONNECT_MS = 2000;

export interface PolkitDeps {
  readonly driver: 'pcsc' | 'virtual';
  readonly platform: NodeJS.Platform;
  readonly seen: () => ReaderSeen;
  /** pcscd's own socket. */
  readonly socket: string;
}

/**
 * Whether the core's user may use the service. pcscd gives no reason: it takes the connection and hangs up. So: its socket can be
 * reached, and the card host is told that there is no service, means that we are refused (polkit where pcscd asks it, Debian 13 and
 * newer; on Debian 12 the socket's own mode: kiosk-config/system).
 */
export const polkitCheck =
  ({ driver, platform, seen, socket }: PolkitDeps): CheckOf<'polkit'> =>
  async () => {
    if (driver === 'virtual') return found('good', 'not-used');
    if (platform !== 'linux') return found('unknown', 'cannot-tell');
    const { service, trouble, openCode } = seen();
    if (service === true) return openCode === SECURITY_VIOLATION ? found('bad', 'card-refused') : found('good', 'allowed');
    if (trouble === 'not-allowed') return found('bad', 'refused');
    const reached = await reach(socket);
    if (reached === 'EACCES' || reached === 'EPERM') return found('bad', 'socket-denied');
    return reached === null ? found('bad', 'refused') : found('unknown', 'no-service');
  };

/** @returns null: connected; else the error's code */
function reach(path: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const end = (code: string | null) => {
      socket.destroy();
      resolve(code);
    };
    socket.setTimeout(CONNECT_MS, () => end('ETIMEDOUT'));
    socket.once('connect', () => end(null));
    socket.once('error', (error) => end(codeOf(error)));
  });
}
