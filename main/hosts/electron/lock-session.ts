import type { Session } from 'electron';
import type { Log } from '../../contract/log-events.ts';
import { ORIGIN } from './address.ts';

/** The page's own origin may see through the camera (codes are scanned in the page), and may hear nothing. */
const isOurs = (origin: string | undefined): boolean => origin === ORIGIN || origin === `${ORIGIN}/`;

/**
 * Refuses everything a session could be asked for, but the camera's picture for our own page, and that only as long as the screen on top is
 * made of it. Set on the page's own session: handlers on the default one would guard nothing.
 * @param wantsCamera asked anew every time
 */
export function lockSession(session: Session, log: Log, wantsCamera: () => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    const types = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const origin = 'securityOrigin' in details ? details.securityOrigin : details.requestingUrl;
    const granted = permission === 'media' && types.length === 1 && types[0] === 'video' && isOurs(origin) && wantsCamera();
    if (!granted) log('host.refused', { reason: 'permission' });
    decide(granted);
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin, { mediaType }) =>
      permission === 'media' && mediaType === 'video' && isOurs(origin) && wantsCamera(),
  );
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, decide) => decide({ confirmed: false }));
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses);
  session.setCertificateVerifyProc((_request, decide) => decide(-2));
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => {
    event.preventDefault();
    log('host.refused', { reason: 'download' });
  });
  session.on('select-hid-device', (event) => event.preventDefault());
  session.on('select-serial-port', (event) => event.preventDefault());
  session.on('select-usb-device', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    const cancel = !url.startsWith(`${ORIGIN}/`);
    if (cancel) log('host.refused', { reason: 'request' });
    decide({ cancel });
  });
}
